"""How an answer was found, as markup: in both languages, for all that can become of a question."""

import re
from html import unescape
from pathlib import Path

import pytest

from assistant.answer import Answer, Done, Found, Sentence, Support
from assistant.assistant import Assistant
from knowledge.glossary import Glossary
from knowledge.search.evidence import Trace
from knowledge.search.intent import INTENTS
from knowledge.search.ranker import CONFIDENCE, ENTRY, SENTENCE
from ui import markup
from ui.strings import LANGUAGES, strings

EN = strings("en")
STEPS = ("understood", "entries", "sentences", "sure", "written", "took")
GLOSSARY = Glossary(Path("x"), ())


def _come(assistant: Assistant, question: str) -> tuple[Answer, tuple[Trace, ...]]:
    """An answer, and how it came about."""
    events = list(assistant.stream(question))
    (found,) = (event for event in events if isinstance(event, Found))
    (done,) = (event for event in events if isinstance(event, Done))
    return done.answer, found.traces


def _text(html: str) -> str:
    """The text, every two elements apart by one space."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def _steps(
    answer: Answer, *traces: Trace, glossary: Glossary = GLOSSARY, interface: str = "en"
) -> dict[str, str]:
    """The markup of each step, by its name."""
    html = markup.found(markup.Context(interface, glossary), answer, traces, 0)
    title = re.compile(r"<h3>.*?</span>(.*?)</h3>")
    known = {strings(interface)[f"found_{name}"]: name for name in STEPS}
    parts = html.split('<li class="m-step">')[1:]
    return {known[_text(found[1])]: part for part in parts if (found := title.search(part))}


@pytest.mark.parametrize("interface", LANGUAGES)
def test_it_is_told_whole_in_either_language(tea: Assistant, interface: str) -> None:
    named = {"entry": ENTRY, "sentence": SENTENCE, "confidence": (*CONFIDENCE, "offset")}
    keys = [f"reason_{kind}_{name}" for kind, names in named.items() for name in names]
    keys += [f"intent_{name}" for name in INTENTS]
    assert not [key for key in keys if not strings(interface).get(key)]
    for question in ("What is a kettle and how does it differ from a teapot?", "Who won?"):
        answer, traces = _come(tea, question)
        steps = _steps(answer, *traces, glossary=tea.glossary, interface=interface)
        assert tuple(steps) == STEPS
        said = re.sub(r"<(blockquote|q|h4|bdi)\b.*?</\1>", "", "".join(steps.values()))
        assert not set("{_") & set(_text(said))  # no place left unfilled, no name without words
        assert not re.search("[٠-٩]", _text(said))  # one system of digits on a screen


def test_an_abstention_shows_what_came_near(tea: Assistant) -> None:
    answer, traces = _come(tea, "Who won the World Cup?")
    steps = _steps(answer, *traces, glossary=tea.glossary)
    assert EN["found_by_nobody"] in steps["written"]
    assert traces[0].entries[0].term in steps["entries"]
    assert "m-cited" not in "".join(steps.values())


def test_what_was_written_is_told_with_its_states_and_its_times() -> None:
    states: tuple[Support, ...] = ("quoted", "supported", "unchecked", "withdrawn", "contradicted")
    said = [Sentence(f"{state}.", (), state, "en", reason=f"{state} why") for state in states]
    answer = Answer(
        *("What of it?", "What of it?", "en", "answered", 0.9, "explain", ""),
        model="a-model",
        sentences=(said[0], said[1], said[1], said[2], said[2], said[2]),
        withheld=(*said[3:], *said[4:]),
        timings_ms={"understand": 0.04, "retrieve": 3.25, "write": 1234.0, "total": 1500.0},
    )
    steps = _steps(answer)
    text = _text(steps["written"])
    assert EN["found_by_explaining"].format(model="\u2068a-model\u2069") in text
    for state, count in zip(states, (1, 2, 3, 1, 2), strict=True):
        assert f"{count} {EN[f'found_{state}']}" in text
    assert _text(steps["took"]).endswith("Total 1,500 ms")
