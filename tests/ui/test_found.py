"""How an answer was found, as markup: in both languages, for all that can become of a question."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from math import log
from pathlib import Path

import pytest

from assistant.answer import Answer, Citation, Done, Found, Sentence, Support
from assistant.assistant import Assistant
from knowledge.entry import Entry, Section
from knowledge.glossary import Glossary
from knowledge.search.evidence import Trace, TracedEntry, TracedSentence
from knowledge.search.intent import INTENTS
from knowledge.search.ranker import CONFIDENCE, ENTRY, SENTENCE, likelihood
from tests.openai_server import OpenAIServer
from ui import markup
from ui.markup import curve
from ui.strings import LANGUAGES, strings

EN = strings("en")
KETTLE = "What is a kettle?"
CUP = "Who won the World Cup?"
TWO = "What is a kettle and how does it differ from a teapot?"
# No space stands between them, as in some scripts.
TEXTS = ("Pots hold tea.", "They are warm.", "Some whistle.", "Most are round.", "A few leak.")
GLOSSARY = Glossary(
    Path("x"), (Entry("pot", "Pot", "en", (Section("how", "How", "".join(TEXTS)),)),)
)
ANSWER = Answer("What of it?", "What of it?", "en", "answered", 0.9, "quote", "", spoken="en")


class _Reader(HTMLParser):
    """The elements that a browser would see; every one that opens has to close."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.feed(html)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def _come(
    assistant: Assistant, question: str, history: Sequence[Answer] = ()
) -> tuple[Answer, tuple[Trace, ...]]:
    """An answer, and how it came about."""
    traces: tuple[Trace, ...] = ()
    for event in assistant.stream(question, history):
        if isinstance(event, Found):
            traces = event.traces
        if isinstance(event, Done):
            return event.answer, traces
    raise AssertionError


def _shown(
    answer: Answer, traces: Sequence[Trace], glossary: Glossary = GLOSSARY, interface: str = "en"
) -> str:
    html = markup.found(answer, traces, glossary, 0, interface)
    _Reader(html)
    return html


def _text(html: str) -> str:
    """The text, every two elements apart by one space."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def _steps(html: str) -> dict[str, str]:
    """The markup of each step, by its name."""
    names = ("understood", "entries", "sentences", "sure", "written", "took")
    parts = html.split('<li class="m-step">')[1:]
    title = re.compile(r"<h3>.*?</span>(.*?)</h3>")
    known = {EN[f"found_{name}"]: name for name in names}
    return {known[_text(found[1])]: part for part in parts if (found := title.search(part))}


def _trace(question: str = "What of it?", confidence: float = 0.9) -> Trace:
    """A trace of five sentences, each half as likely to answer as the one before."""
    starts = ("".join(TEXTS).index(text) for text in TEXTS)
    return Trace(
        question=question,
        language="en",
        confidence=confidence,
        intents=(("drawback", 0.7), ("kinds", 0.2), ("teach", 0.1)),
        reasons={"named": 2.0, "missing": -1.0, "unknown": 0.01},
        named=("Pot",),
        entries=(
            TracedEntry("pot", "Pot", "en", 0.75, {"words": 3.0, "close": -0.5, "first": 0.02}),
            TracedEntry("pan", "Pan", "en", 0.25, {"words": 2.0}),
        ),
        sentences=tuple(
            TracedSentence("pot", "Pot", "en", "how", at, text, -n * log(2), {"order": 0.5})
            for n, (at, text) in enumerate(zip(starts, TEXTS, strict=True))
        ),
    )


def _quoting(*numbers: int) -> Answer:
    """The answer that quotes those of the five sentences."""
    whole = "".join(TEXTS)
    citations = tuple(
        Citation(marker, "pot", "Pot", "en", "how", text, start, start + len(text))
        for marker, number in enumerate(numbers, 1)
        for text in [TEXTS[number]]
        for start in [whole.index(text)]
    )
    quoted = tuple(Sentence(c.quote, (c.marker,), "quoted", "en") for c in citations)
    return replace(ANSWER, citations=citations, sentences=quoted)


@pytest.mark.parametrize("interface", LANGUAGES)
def test_all_that_is_weighed_has_a_name_in_either_language(interface: str) -> None:
    named = {"entry": ENTRY, "sentence": SENTENCE, "confidence": (*CONFIDENCE, "offset")}
    keys = [f"reason_{kind}_{name}" for kind, names in named.items() for name in names]
    keys += [f"intent_{name}" for name in INTENTS]
    assert not [key for key in keys if not strings(interface).get(key)]


@pytest.mark.parametrize("interface", LANGUAGES)
@pytest.mark.parametrize("question", [KETTLE, CUP, TWO])
def test_it_is_told_whole_in_either_language(tea: Assistant, question: str, interface: str) -> None:
    html = _shown(*_come(tea, question), tea.glossary, interface)
    words = strings(interface)
    titles = [_text(title) for title in re.findall(r"<h3>.*?</span>(.*?)</h3>", html)]
    names = ("understood", "entries", "sentences", "sure", "written", "took")
    assert titles == [words[f"found_{name}"] for name in names]
    assert html.count('class="m-say"') == len(names)
    text = _text(re.sub(r"<(blockquote|q|h4|bdi)\b.*?</\1>", "", html))
    assert "{" not in text  # no place of a string was left unfilled
    assert "_" not in text  # nor a name without words
    if interface == "ar":
        assert not re.search("[0-9]", text)


def test_it_tells_what_was_understood() -> None:
    answer = replace(ANSWER, question="Its limits?", understood="Pot: its limits?", spoken="ar")
    text = _text(_steps(_shown(replace(answer, rewording="model"), [_trace()]))["understood"])
    assert "The question Its limits?" in text
    assert f"Understood as Pot: its limits? {EN['found_by_model']}" in text
    assert "Language of the question Arabic Language of the answer English" in text
    assert "about limits and risks 70% which kinds there are 20% for a quiz or a lesson 10%" in text
    assert text.endswith("Terms recognised Pot")


def test_what_is_plainly_asked_stands_alone() -> None:
    plain = replace(_trace(), intents=(("kinds", 1.0), ("parts", 0.0), ("when", 0.0)))
    step = _steps(_shown(ANSWER, [plain]))["understood"]
    assert EN["intent_kinds"] in step
    assert step.count('class="m-track"') == 1


def test_entries_are_shown_with_their_likelihood_and_of_the_best_what_spoke_for_it() -> None:
    step = _steps(_shown(_quoting(0, 2), [_trace()]))["entries"]
    best, other = step.split("<li")[1:3]
    assert 'style="inline-size:75.0%"' in best
    assert "75%" in _text(best)
    spoke = [_text(row) for row in re.findall("<tr>.*?</tr>", best)]
    assert spoke == [
        f"{EN['reason_entry_words']} +3.0",
        f"{EN['reason_entry_close']} −0.5",
    ]  # what is of no weight is left out
    assert re.findall(r'<i class="m-(for|against)"', best) == ["for", "against"]
    assert 'class="m-cited"' in best
    assert "Pan 25%" in _text(other)
    assert "<table" not in other


def test_a_sentence_half_as_likely_as_the_first_has_a_bar_half_as_long() -> None:
    step = _steps(_shown(ANSWER, [_trace()]))["sentences"]
    lengths = re.findall(r'class="m-retrieve" style="inline-size:([\d.]+)%"', step)
    assert [float(length) for length in lengths] == pytest.approx(
        [100, 50, 25, 12.5, 6.25], abs=0.1
    )
    assert step.count("<table") == 1
    assert EN["reason_sentence_order"] in step.partition(TEXTS[1])[0]


def test_sentences_that_are_quoted_carry_their_numbers_and_are_not_folded_away() -> None:
    step = _steps(_shown(_quoting(4, 1), [_trace()]))["sentences"]
    cited = re.findall(r'<li class="m-cited">(.*?)</blockquote>', step)
    assert [_text(each) for each in cited] == [
        f"2 Pot · How used in the answer 2 {TEXTS[1]}",
        f"5 Pot · How used in the answer 1 {TEXTS[4]}",
    ]
    assert "Show the rest" not in step  # the only one to be folded away is quoted
    assert "Show the rest (1)" in _steps(_shown(_quoting(1), [_trace()]))["sentences"]


def test_quotations_are_those_of_the_sentences_that_were_weighed(tea: Assistant) -> None:
    answer, traces = _come(tea, KETTLE)
    step = _steps(_shown(answer, traces, tea.glossary))["sentences"]
    marked = re.findall(r'class="m-numbers">(.*?)</span></p>', step)
    numbers = {int(n) for each in marked for n in re.findall(r"\d+", each)}
    assert numbers == {citation.marker for citation in answer.citations} != set()


def test_what_is_quoted_besides_is_told_apart() -> None:
    beside = Citation(1, "pan", "Pan", "en", "summary", "A pan.", 0, 6)
    step = _steps(_shown(replace(ANSWER, citations=(beside,)), [_trace()]))["sentences"]
    assert _text(step).endswith(f"{EN['found_elsewhere']} Pan 1")


def test_the_reasons_add_up_to_the_likelihood() -> None:
    text = _text(_steps(_shown(ANSWER, [_trace()]))["sure"])
    start = log(0.9 / 0.1) - (2.0 - 1.0 + 0.01)
    assert f"{EN['reason_confidence_named']} +2.0" in text
    assert f"{EN['reason_confidence_missing']} −1.0" in text
    assert f"{EN['reason_confidence_offset']} +{start:.1f}" in text
    assert text.endswith("Sum +2.2 The sum, put on the curve 90%")
    assert EN["reason_confidence_unknown"] not in text
    assert "90% likely" in text


@pytest.mark.parametrize(("confidence", "verdict"), [(0.49, "abstains"), (0.5, "answers")])
def test_the_verdict_is_that_of_the_threshold(confidence: float, verdict: str) -> None:
    text = _text(_steps(_shown(ANSWER, [_trace(confidence=confidence)]))["sure"])
    assert EN[f"found_{verdict}"].format(confidence=f"{confidence:.0%}", threshold="50%") in text


def test_an_abstention_shows_what_came_near(tea: Assistant) -> None:
    answer, traces = _come(tea, CUP)
    html = _shown(answer, traces, tea.glossary)
    assert EN["found_by_nobody"] in html
    assert traces[0].entries[0].term in _steps(html)["entries"]
    assert "m-cited" not in html


def test_a_list_needs_no_estimate(assistant: Assistant) -> None:
    answer, traces = _come(assistant, "List the terms in the category Agents")
    steps = _steps(_shown(answer, traces, assistant.glossary))
    assert EN["found_listed"] in _text(steps["sure"])
    assert "m-curve" not in steps["sure"]
    assert "m-gauge" not in steps["entries"]
    assert "sentences" not in steps


def test_what_was_rounded_to_a_certainty_is_an_estimate_still() -> None:
    steps = _steps(_shown(ANSWER, [_trace(confidence=1.0)]))
    assert "99.9% likely" in _text(steps["sure"])
    assert "m-curve" in steps["sure"]


def test_several_things_asked_are_told_each_in_turn() -> None:
    traces = [_trace(question="What is it?"), _trace(question="And why?", confidence=0.2)]
    steps = _steps(_shown(ANSWER, traces))
    for name in ("understood", "entries", "sentences", "sure"):
        headings = [_text(each) for each in re.findall("<h4>.*?</h4>", steps[name])]
        assert headings == ["Part 1: What is it?", "Part 2: And why?"]
    assert steps["sure"].count('class="m-point"') == 2
    assert "Part 2: The glossary is only 20% likely" in _text(steps["sure"])


def test_of_a_conversation_of_an_earlier_version_only_what_was_kept_is_told() -> None:
    entry = TracedEntry("pot", "Pot", "en", 0.8)
    passage = TracedSentence("pot", "Pot", "en", "how", 0, "".join(TEXTS[:2]), 0.8)
    kept = Trace("What of it?", "en", 0.9, entries=(entry,), sentences=(passage,))
    steps = _steps(_shown(replace(_quoting(1), spoken=""), [kept]))
    assert list(steps) == ["understood", "entries", "sentences", "sure", "written"]
    assert _text(steps["understood"]).endswith(
        "The question What of it? Language of the answer English"
    )
    assert _text(steps["entries"]).endswith("1 Pot used in the answer 1 80%")
    assert _text(steps["sentences"]).endswith(f"used in the answer 1 {passage.text} 100%")
    assert "m-curve" in steps["sure"]
    assert "<table" not in steps["sure"]


def test_of_an_answer_without_traces_the_rest_is_told() -> None:
    steps = _steps(_shown(_quoting(1), []))
    assert list(steps) == ["understood", "written"]
    assert EN["found_by_quoting"] in steps["written"]


# What was written


def test_the_prompt_is_shown_as_it_was_sent() -> None:
    answer = replace(_quoting(0), writer="explain", model="a-model", prompt=("Be <true>.", "| x"))
    step = _steps(_shown(answer, [_trace()]))["written"]
    assert re.findall(r'<pre dir="ltr" tabindex="0">(.*?)</pre>', step) == [
        "Be &lt;true&gt;.",
        "| x",
    ]
    assert "\u2068a-model\u2069" in step


def test_what_was_withheld_is_shown(obeying: Assistant, model_server: OpenAIServer) -> None:
    model_server.says("The moon is made of green cheese [1].")
    step = _steps(_shown(*_come(obeying, KETTLE), obeying.glossary))["written"]
    assert "green cheese" in step
    assert EN["found_instead"] in step


def test_every_state_is_counted_and_what_was_kept_back_has_its_reason() -> None:
    states: tuple[Support, ...] = ("quoted", "supported", "unchecked", "withdrawn", "contradicted")
    said = [Sentence(f"{state}.", (), state, "en", reason=f"{state} why") for state in states]
    answer = replace(
        _quoting(0),
        writer="explain",
        sentences=(said[0], said[1], said[1], said[2], said[2], said[2]),
        withheld=(*said[3:], *said[4:]),
    )
    text = _text(_steps(_shown(answer, [_trace()]))["written"])
    for state, count in zip(states, (1, 2, 3, 1, 2), strict=True):
        assert f"{count} {EN[f'found_{state}']}" in text
    assert "Withdrawn: withdrawn. withdrawn why Not shown: contradicted. contradicted why" in text


@pytest.mark.parametrize(
    ("writer", "cited", "said"),
    [
        ("explain", (0,), "found_by_explaining"),
        ("explain", (), "found_by_declining"),
        ("quote", (0,), "found_by_quoting"),
        ("quote", (), "found_by_choosing"),
    ],
)
def test_it_says_who_wrote(writer: str, cited: tuple[int, ...], said: str) -> None:
    answer = replace(_quoting(*cited), writer=writer)
    text = _text(_steps(_shown(answer, [_trace()]))["written"])
    assert EN[said].format(model="\u2068a language model\u2069") in text
    for state in ("withdrawn", "contradicted"):
        assert (f"0 {EN[f'found_{state}']}" in text) == (writer == "explain")


def test_the_times_are_those_of_the_answer() -> None:
    timed = {"understand": 0.04, "retrieve": 3.25, "write": 1234.0, "verify": 0.0, "total": 1500.0}
    step = _steps(_shown(replace(ANSWER, timings_ms=timed), [_trace()]))["took"]
    assert _text(step).endswith(
        "Understanding 0 ms Weighing 3.2 ms Writing 1,234 ms Checking 0 ms"
        " Everything else 263 ms Total 1,500 ms"
    )
    bar = re.search(r'class="m-times".*?</div>', step)
    assert bar
    assert bar[0].count("<i") == 4  # checking took no time


# The curve


def _points(html: str) -> Iterator[tuple[float, float]]:
    for across, up in re.findall(r'm-point" style="left:([\d.]+)%;bottom:([\d.]+)%', html):
        yield float(across), float(up)


@pytest.mark.parametrize("part", [0.05, 0.2, 0.55, 0.9])
def test_a_point_lies_on_the_curve(part: float) -> None:
    [(across, up)] = _points(curve({"x": part}, "said", "en"))
    assert up == pytest.approx(100 * part)
    assert likelihood((across - 50) / 50 * 8) == pytest.approx(part, abs=0.002)


@pytest.mark.parametrize("part", [5e-5, 1 - 5e-5])
def test_a_point_beyond_the_ends_stays_within(part: float) -> None:
    [(across, _)] = _points(curve({"x": part}, "", "en"))
    assert across in (0, 100)


@pytest.mark.parametrize("parts", [(0.83, 0.99), (0.99, 0.83), (0.2, 0.1), (0.1, 0.2)])
def test_labels_of_two_points_stand_apart(parts: tuple[float, float]) -> None:
    html = curve(dict(zip("ab", parts, strict=True)), "", "en")
    places = re.findall(r";(?:top|bottom):calc\(([\d.]+)% \+ (\d)em\)", html)
    (near, low), (far, high) = ((float(percent), int(em)) for percent, em in places)
    assert near <= far
    assert high - low == 2
