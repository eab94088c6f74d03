"""What a chat model writes on the page, and what the page says when it fails."""

from dataclasses import replace
from pathlib import Path

import pytest

from assistant import WriterError
from assistant.answer import Began, Lead, Notice, Part, Sentence, Settled, Text
from assistant.assistant import Assistant
from tests.openai_server import OpenAIServer, Reply
from tests.ui.conftest import (
    Browser,
    ask,
    elsewhere,
    html_of,
    markup_of,
    opened,
    press,
    text_of,
    turns,
)
from ui.coming import Page
from ui.strings import strings

SAYS = "A kettle is a vessel in which water is boiled [1]. It holds 90 litres [1.1]."
QUOTED = "A kettle is a vessel for boiling water."


def _sentence(text: str) -> Sentence:
    return Sentence(text, (), "quoted", "en")


def test_parts_grow_as_they_come_and_are_void_when_another_begins() -> None:
    page = Page("en")
    page.add(Began("explain"))
    page.add(Text(_sentence("a")))
    page.add(Lead("L", listed=True))
    page.add(Text(_sentence("b")))
    page.add(Text(_sentence("c")))
    assert page.parts == [Part("", 0, 1), Part("L", 1, 3, listed=True)]
    page.add(Began("quote", Notice("slow", "It was slow.")))
    assert not [*page.parts, *page.sentences, *page.citations]
    assert page.notice
    assert page.notice.kind == "slow"


def test_a_sentence_is_settled_in_its_place() -> None:
    page = Page("en")
    for text in "ab":
        page.add(Text(replace(_sentence(text), support="unchecked")))
    withdrawn = replace(page.sentences[0], support="withdrawn", reason="why")
    page.add(Settled(1, replace(page.sentences[1], support="supported")))
    page.add(Settled(0, withdrawn))
    assert page.sentences[0] == withdrawn
    assert [sentence.support for sentence in page.sentences] == ["withdrawn", "supported"]
    assert page.parts == [Part("", 0, 2)]


def test_a_model_explains(explaining: Assistant, model_server: OpenAIServer) -> None:
    model_server.script += [Reply(SAYS, usage=(1200, 50)), Reply("1 yes\n0 yes", usage=(34, 6))]
    app = opened(explaining)
    ask(app, "What is a kettle?")
    html = html_of(app)
    shown, _, withheld = markup_of(app).partition('<details class="m-withheld"')
    assert "A kettle is a vessel in which water is boiled." in text_of(shown)
    assert "90" not in shown
    assert strings("en")["withheld_one"] in text_of(withheld)
    assert "the number 90 is not in the quote" in text_of(withheld)
    assert "<del>It holds 90 litres.</del>" in withheld
    assert "Written by \u2068test-model\u2069, each" in html
    assert "Tokens: 1,234 read, 56 written" in html
    assert "Cost" not in html


def test_what_it_cost_is_said_where_prices_are_set(
    explaining: Assistant, model_server: OpenAIServer
) -> None:
    priced = explaining.settings.model_copy(update={"input_price": 1.0, "output_price": 2.0})
    model_server.script.append(Reply(SAYS, usage=(1000, 500)))
    app = opened(Assistant(explaining.retriever, priced))
    ask(app, "What is a kettle?")
    assert "Cost: 0.002" in html_of(app)


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("verdict", ["2 no: water", ""])
def test_what_is_withdrawn_and_what_nobody_has_checked_is_told(
    explaining: Assistant, model_server: OpenAIServer, verdict: str, language: str
) -> None:
    claims = "A kettle is a vessel in which water is boiled [1]. It is a vessel for water [1]."
    model_server.says(claims, verdict)
    app = opened(explaining, language)
    ask(app, "What is a kettle?")
    html, words = html_of(app), strings(language)
    assert html.count('data-support="unchecked"') == (1 if verdict else 2)
    assert words["compare"] in html
    assert words["written_note"].format(model="\u2068test-model\u2069") in html
    assert html.count(words["struck_withdrawn"]) == bool(verdict)  # in its place, and there alone


def test_when_nothing_can_be_shown_the_glossary_is_quoted(
    explaining: Assistant, model_server: OpenAIServer
) -> None:
    model_server.says("Napoleon had one [1]. Caesar had two [1].")
    app = opened(explaining)
    ask(app, "What is a kettle?")
    html, words = html_of(app), strings("en")
    assert QUOTED in text_of(markup_of(app))
    assert words["withheld_other"].format(n=2) in html
    assert words["error_unsupported"] in html
    assert words["instead"] in html


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize(
    ("reply", "key"),
    [
        (Reply(status=401), "error_key"),
        (Reply(status=429), "error_busy"),
        (Reply("the content_filter objects", status=400, code="content_filter"), "error_content"),
    ],
)
def test_when_the_model_fails_the_page_says_so_and_quotes(
    explaining: Assistant, model_server: OpenAIServer, reply: Reply, key: str, language: str
) -> None:
    model_server.always = reply
    app = opened(explaining, language)
    ask(app, "What is a kettle?")
    words = strings(language)
    text = text_of(markup_of(app))
    assert text.index(words[key]) < text.index(QUOTED)
    assert words["instead"] in text

    model_server.always = Reply(SAYS)
    press(app, words["ask_again"])
    assert words[key] in html_of(app)  # it stays with its turn
    assert html_of(app).count('class="m-question"') == 2
    assert "in which water is boiled" in text_of(markup_of(app))


def test_a_failure_that_the_page_does_not_know_is_told_as_one(
    explaining: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise WriterError("Odd.", "odd")

    monkeypatch.setattr(type(explaining.writer("explain")), "write", fails)
    app = opened(explaining)
    ask(app, "What is a kettle?")
    assert strings("en")["error_failed"] in html_of(app)


def test_every_failure_has_its_words() -> None:
    known = "key model busy unreachable slow context content failed unsupported"
    for language in ("en", "ar"):
        assert all(f"error_{kind}" in strings(language) for kind in known.split())


@pytest.mark.parametrize("length", ["short", "normal", "full"])
@pytest.mark.parametrize("level", ["simple", "normal", "deep"])
def test_an_answer_is_as_long_and_as_deep_as_was_chosen(
    teahouse: Assistant, browser: Browser, length: str, level: str
) -> None:
    browser.choices(length=length, level=level)
    app = opened(teahouse)
    ask(app, "What is a kettle?")
    answer = turns(app)[-1].answer
    assert answer
    assert (answer.length, answer.level) == (length, level)


def test_what_was_not_chosen_is_as_it_is_set(teahouse: Assistant) -> None:
    settings = teahouse.settings.model_copy(update={"length": "short", "level": "deep"})
    app = opened(Assistant(teahouse.retriever, settings))
    ask(app, "What is a kettle?")
    answer = turns(app)[-1].answer
    assert answer
    assert (answer.length, answer.level) == ("short", "deep")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_only_the_category_that_was_chosen_is_asked_until_it_is_lifted(
    assistant: Assistant, tmp_path: Path, browser: Browser, language: str
) -> None:
    browser.choices(within="Data")
    app = opened(elsewhere(assistant, tmp_path), language)
    words = strings(language)
    told = {"en": "Data", "ar": "البيانات"}[language]
    assert words["within_only"].format(category=told) in text_of(markup_of(app))
    ask(app, "What is a hallucination?")
    press(app, words["within_lift"])
    assert 'class="m-within"' not in html_of(app)
    ask(app, "What is a hallucination?")
    statuses = [turn.answer.status for turn in turns(app) if turn.answer]
    assert statuses == ["not_in_glossary", "answered"]


def test_a_category_that_the_glossary_does_not_have_narrows_nothing(
    teahouse: Assistant, browser: Browser
) -> None:
    browser.choices(within="Astronomy")
    app = opened(teahouse)
    assert 'class="m-within"' not in html_of(app)
    ask(app, "What is a kettle?")
    assert QUOTED in text_of(markup_of(app))


def test_the_chosen_writer_writes(
    explaining: Assistant, model_server: OpenAIServer, browser: Browser
) -> None:
    browser.choices(writer="quote")
    app = opened(explaining)
    ask(app, "What is a kettle?")
    assert QUOTED in text_of(markup_of(app))
    assert not model_server.requests


def test_a_writer_that_is_not_set_up_is_not_asked(teahouse: Assistant, browser: Browser) -> None:
    browser.choices(writer="explain")
    app = opened(teahouse)
    ask(app, "What is a kettle?")
    assert QUOTED in text_of(markup_of(app))


def test_the_other_writer_is_asked_by_a_touch(
    explaining: Assistant, model_server: OpenAIServer
) -> None:
    model_server.says(SAYS)
    app = opened(explaining)
    ask(app, "What is a kettle?")
    press(app, strings("en")["other_writer_quote"])
    press(app, strings("en")["other_language_en"])
    told = [turn.answer for turn in turns(app) if turn.answer]
    assert [answer.writer for answer in told[:2]] == ["explain", "quote"]
    assert told[2].language == "ar"


def test_half_a_surrogate_pair_of_a_models_is_lost_and_nothing_else(
    explaining: Assistant, model_server: OpenAIServer
) -> None:
    model_server.says("A kettle is \ud83d a vessel for boiling water [1].")
    app = opened(explaining)
    ask(app, "What is a kettle?")
    assert "vessel for boiling water" in text_of(markup_of(app))
