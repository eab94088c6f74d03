"""How an answer was found, as markup: in both languages, for all that can become of a question."""

import re
from collections.abc import Sequence
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from assistant.answer import Answer, Done, Found, Notice, Sentence
from assistant.assistant import Assistant
from assistant.conversations.conversation import KeptEvidence
from assistant.trail import Candidate, Prompt, Search, Trace, Trail
from knowledge.entry import Entry, Passage, Section
from knowledge.evidence import Hit, Way
from knowledge.fusion import likelihood, log_odds
from knowledge.glossary import Glossary
from tests.openai_server import OpenAIServer
from ui import markup
from ui.markup.curve import Point, balance, curve
from ui.strings import LANGUAGES, strings

ATTACKS = [
    "<script>alert(1)</script>",
    '"><svg onload=alert(1)>',
    "'><iframe src=javascript:alert(1)>",
    "</pre></details><style>*{display:none}</style>",
    '" onmouseover="alert(1)',
]
KETTLE = "What is a kettle?"
RIVER = "Who won the 2018 World Cup?"
TWO = "What is a kettle and how does it differ from a teapot?"


class _Reader(HTMLParser):
    """The tags and attributes that a browser would see; every tag that opens has to close."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[str] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [name for name, _ in attrs]
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def _trail(assistant: Assistant, question: str, history: Sequence[Answer] = ()) -> Trail:
    evidence: tuple[KeptEvidence, ...] = ()
    for event in assistant.stream(question, history):
        if isinstance(event, Found):
            evidence = tuple(map(KeptEvidence.of, event.evidence))
        if isinstance(event, Done):
            return Trail.of(event.answer, evidence, assistant, history)
    raise AssertionError


def _shown(trail: Trail, assistant: Assistant, interface: str = "en") -> str:
    html = markup.trail(trail, assistant.glossary, 0, interface)
    _Reader(html)
    return html


def _text(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", html))


@pytest.mark.parametrize("interface", LANGUAGES)
def test_it_has_five_steps_in_either_language(tea: Assistant, interface: str) -> None:
    html = _shown(_trail(tea, KETTLE), tea, interface)
    words = strings(interface)
    titles = [_text(title) for title in re.findall(r"<h3>(.*?)</h3>", html)]
    for title, name in zip(
        titles, ("understood", "compared", "sure", "written", "took"), strict=True
    ):
        assert words[f"found_{name}"] in title
    assert f'lang="{interface}"' in html
    for way in ("closeness", "words", "name"):
        assert words[f"found_{way}"] in _text(html)
    assert words["kind_define"] in html
    assert "{" not in _text(html)  # no place of a string was left unfilled


def test_arabic_has_its_own_digits(tea: Assistant) -> None:
    trail = _trail(tea, RIVER.replace("2018", ""))
    text = re.sub(r"<blockquote.*?</blockquote>", "", _shown(trail, tea, "ar"))
    text = _text(text)
    assert not re.search(r"[0-9]", text)
    assert "٪" in text


def test_passages_that_are_used_carry_the_citations_number(tea: Assistant) -> None:
    trail = _trail(tea, KETTLE)
    html = _shown(trail, tea)
    assert html.count(strings("en")["found_used"]) >= 1
    marked = "".join(re.findall(r'class="m-numbers">(.*?)</(?:summary|li)>', html))
    numbers = re.findall(r"<span>(\d+)</span>", marked)
    assert set(map(int, numbers)) == {c.marker for c in trail.answer.citations}


def test_a_follow_up_shows_how_it_was_understood(tea: Assistant) -> None:
    first = _trail(tea, KETTLE)
    text = _text(_shown(_trail(tea, "How does it work?", [first.answer]), tea))
    assert strings("en")["found_by_rules"] in text
    assert "How does it work?" in text


def test_a_question_in_parts_has_a_block_for_each(tea: Assistant) -> None:
    text = _text(_shown(_trail(tea, TWO), tea))
    assert text.count("Part 1") >= 2
    assert text.count("Part 2") >= 2


@pytest.mark.parametrize("interface", LANGUAGES)
def test_an_abstention_shows_why(tea: Assistant, interface: str) -> None:
    trail = _trail(tea, RIVER)
    html = _shown(trail, tea, interface)
    words = strings(interface)
    assert words["found_by_nobody"] in html
    assert words["found_abstains"].partition("{")[0] in html
    assert trail.searches[0].candidates[0].best.passage.term in html
    assert "m-cited" not in html
    assert 'class="m-pointed"' in html


def test_a_list_needs_no_estimate(assistant: Assistant) -> None:
    html = _shown(_trail(assistant, "List the terms in the category Agents"), assistant)
    assert strings("en")["found_listed"] in _text(html)
    assert "m-curve" not in html


@pytest.mark.parametrize("interface", LANGUAGES)
def test_the_prompt_is_shown_whole(
    obeying: Assistant, model_server: OpenAIServer, interface: str
) -> None:
    html = _shown(_trail(obeying, KETTLE), obeying, interface)
    system, human = (message["content"] for message in model_server.requests[-1]["messages"])
    shown = [unescape(text) for text in re.findall(r"<pre[^>]*>(.*?)</pre>", html, re.DOTALL)]
    assert shown[0] == system
    assert shown[1].splitlines()[1:3] == human.splitlines()[1:3]
    assert html.count('<pre dir="ltr"') == 2
    assert "test-model" in html


def test_what_was_withheld_is_shown(obeying: Assistant, model_server: OpenAIServer) -> None:
    model_server.says("The moon is made of green cheese [1].")
    text = _text(_shown(_trail(obeying, KETTLE), obeying))
    assert "green cheese" in text
    assert strings("en")["found_instead"] in text


def test_a_model_that_finds_no_answer(tea: Assistant) -> None:
    trail = replace(_trail(tea, KETTLE), with_model=True, prompt=None)
    answer = replace(trail.answer, writer="explain", model="m", sentences=(), citations=())
    text = _text(_shown(replace(trail, answer=answer), tea))
    assert "found no answer" in text
    assert strings("en")["found_no_prompt"] in text


def test_the_times_are_those_of_the_answer(tea: Assistant) -> None:
    trail = _trail(tea, KETTLE)
    timed = {"understand": 1.25, "retrieve": 30.0, "write": 1234.0, "ground": 0.0, "total": 1500.0}
    html = _shown(replace(trail, answer=replace(trail.answer, timings_ms=timed)), tea)
    text = _text(html)
    for shown in ("1.2 ms", "30 ms", "1,234 ms", "0 ms", "1,500 ms"):
        assert shown in text
    assert strings("en")["time_rest"] in text  # what no step took
    bar = re.search(r'class="m-times".*?</div>', html)
    assert bar
    assert bar[0].count("<i") == 4  # checking took no time


def test_an_answer_of_an_older_version_has_no_times(tea: Assistant) -> None:
    trail = _trail(tea, KETTLE)
    html = _shown(replace(trail, answer=replace(trail.answer, timings_ms={})), tea)
    assert strings("en")["found_took"] not in html


# The curve


@pytest.mark.parametrize("part", [0.05, 0.2, 0.55, 0.9])
def test_a_point_lies_on_the_curve(part: float) -> None:
    html = curve([Point(part, "x")], "said", "en")
    found = re.search(r'm-this" style="left:([\d.]+)%;bottom:([\d.]+)%', html)
    assert found
    across, up = float(found[1]), float(found[2])
    assert likelihood((across - 50) / 50 * 8) == pytest.approx(up / 100, abs=0.002)


def test_a_point_beyond_the_ends_stays_within() -> None:
    for part in (1e-9, 1 - 1e-9, 0.0, 1.0):
        found = re.search(r'm-this" style="left:([\d.]+)%', curve([Point(part, "x")], "", "en"))
        assert found
        assert 0 <= float(found[1]) <= 100


def test_the_balance_has_both_sides_and_the_sum() -> None:
    html = balance({"nearest": 0.0, "named": 2.5, "missing": -1.5, "demand": 0.0}, 0.73, "en")
    assert html.count('class="m-for"') == 1
    assert html.count('class="m-against"') == 2  # the nearest passage is told even of no weight
    text = _text(html)
    assert "+2.5" in text
    assert "−1.5" in text
    assert "+1.0" in text
    assert "73%" in text
    assert strings("en")["reason_demand"] not in text


def test_log_odds_are_the_curve_the_other_way_round() -> None:
    assert likelihood(log_odds(0.3)) == pytest.approx(0.3)


# Nothing of it becomes markup


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("interface", LANGUAGES)
def test_nothing_from_outside_becomes_markup(attack: str, interface: str) -> None:
    passage = Passage("p", "x", attack, "en", attack, 0, attack)
    way = Way(0.5, 1)
    hit = Hit(passage, 0.5, 0.9, way, way, way, (attack,))
    candidate = Candidate(hit, (Trace(passage, (1,)),), (attack,))
    entry = Entry("x", attack, "en", (Section("summary", "", attack),), category=attack)
    answer = Answer(
        question=attack,
        understood=f"{attack}?",
        language="en",
        status="answered",
        confidence=0.5,
        writer="explain",
        text="",
        sentences=(Sentence(attack, (1,), "supported"),),
        withheld=(Sentence(attack, (), "unsupported", "en"),),
        notice=Notice("failed", attack),
        model=attack,
        category=attack,
        timings_ms={"total": 1.0},
    )
    trail = Trail(
        answer=answer,
        spoken="en",
        rewording="model",
        focus=(entry,),
        searches=(Search(attack, "define", 0.6, (candidate,), {"offset": 0.4}),) * 2,
        with_model=True,
        prompt=Prompt(attack, attack),
    )
    html = markup.trail(trail, Glossary(Path("x"), (entry,)), 0, interface)
    seen = _Reader(html)
    assert not seen.tags & {"script", "svg", "iframe", "style", "img"}
    assert not [name for name in seen.attributes if name.startswith("on")]
    assert attack in _text(html.replace("&lt;", "\u2039")).replace(
        "\u2039", "<"
    ) or attack in unescape(html)
