"""What a chat model writes on the page, and what the page says when it fails."""

from itertools import product
from pathlib import Path

import pytest

from assistant import WriterError
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
from ui.strings import strings

KETTLE = "What is a kettle?"
SAYS = "A kettle is a vessel in which water is boiled [1]. It holds 90 litres [1.1]."
QUOTED = "A kettle is a vessel for boiling water."
WORDS = strings("en")


def test_a_model_explains_and_what_was_withheld_is_told_with_the_cost(
    explaining: Assistant, model_server: OpenAIServer
) -> None:
    model_server.script += [Reply(SAYS, usage=(1200, 50)), Reply("1 yes\n0 yes", usage=(34, 6))]
    priced = explaining.settings.model_copy(update={"input_price": 1.0, "output_price": 2.0})
    app = opened(Assistant(explaining.retriever, priced))
    ask(app, KETTLE)
    html = html_of(app)
    shown, _, withheld = markup_of(app).partition('<details class="m-withheld"')
    assert "A kettle is a vessel in which water is boiled." in text_of(shown)
    assert "90" not in shown
    assert WORDS["withheld_one"] in text_of(withheld)
    assert "the number 90 is not in the quote" in text_of(withheld)
    assert "Written by \u2068test-model\u2069, each" in html
    assert "Tokens: 1,234 read, 56 written" in html
    assert "Cost: 0.001" in html

    model_server.script += [Reply(SAYS, usage=(1, 1)), Reply("1 yes\n0 yes")]
    app = opened(explaining)
    ask(app, KETTLE)
    assert "Cost" not in html_of(app)


def test_half_a_surrogate_pair_of_a_models_is_lost_and_nothing_else(
    explaining: Assistant, model_server: OpenAIServer
) -> None:
    model_server.says("A kettle \ud83d is for boiling water [1].")
    app = opened(explaining)
    ask(app, KETTLE)
    assert "is for boiling water" in text_of(markup_of(app))


@pytest.mark.parametrize("verdict", ["2 no: water", ""])
def test_what_is_withdrawn_and_what_nobody_has_checked_is_told(
    explaining: Assistant, model_server: OpenAIServer, verdict: str
) -> None:
    claims = "A kettle is a vessel in which water is boiled [1]. It is a vessel for water [1]."
    model_server.says(claims, verdict)
    app = opened(explaining, "ar")
    ask(app, KETTLE)
    html, words = html_of(app), strings("ar")
    assert html.count('data-support="unchecked"') == (1 if verdict else 2)
    assert words["compare"] in html
    assert words["written_note"].format(model="\u2068test-model\u2069") in html
    assert html.count(words["struck_withdrawn"]) == bool(verdict)  # in its place, and there alone


def test_when_nothing_can_be_shown_the_glossary_is_quoted(
    explaining: Assistant, model_server: OpenAIServer
) -> None:
    model_server.says("Napoleon had one [1]. Caesar had two [1].")
    app = opened(explaining)
    ask(app, KETTLE)
    html = html_of(app)
    assert QUOTED in text_of(markup_of(app))
    assert WORDS["withheld_other"].format(n=2) in html
    assert WORDS["error_unsupported"] in html
    assert WORDS["instead"] in html


@pytest.mark.parametrize(
    ("reply", "key"),
    [
        (Reply(status=401), "error_key"),
        (Reply(status=429), "error_busy"),
        (Reply("the content_filter objects", status=400, code="content_filter"), "error_content"),
    ],
)
def test_when_the_model_fails_the_page_says_so_and_quotes(
    explaining: Assistant, model_server: OpenAIServer, reply: Reply, key: str
) -> None:
    model_server.always = reply
    app = opened(explaining, "ar")
    ask(app, KETTLE)
    words = strings("ar")
    text = text_of(markup_of(app))
    assert text.index(words[key]) < text.index(words["instead"]) < text.index(QUOTED)

    model_server.always = Reply(SAYS)
    press(app, words["ask_again"])
    assert words[key] in html_of(app)  # it stays with its turn
    assert html_of(app).count('class="m-question"') == 2
    assert "in which water is boiled" in text_of(markup_of(app))


def test_every_failure_has_its_words_and_one_that_is_unknown_is_told_as_one(
    explaining: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = "key model busy unreachable slow context content failed unsupported"
    assert all(f"error_{kind}" in WORDS for kind in known.split())

    def fails(*_: object) -> None:
        raise WriterError("Odd.", "odd")

    monkeypatch.setattr(type(explaining.writer("explain")), "write", fails)
    app = opened(explaining)
    ask(app, KETTLE)
    assert WORDS["error_failed"] in html_of(app)


# What was chosen.


def test_an_answer_is_as_long_and_as_deep_as_was_chosen_or_is_set(
    teahouse: Assistant, browser: Browser
) -> None:
    settings = teahouse.settings.model_copy(update={"length": "short", "level": "deep"})
    wanted = [("", ""), *product(("short", "normal", "full"), ("simple", "normal", "deep"))]
    for length, level in wanted[::3]:
        browser.choices(length=length, level=level)
        app = opened(Assistant(teahouse.retriever, settings))
        ask(app, KETTLE)
        answer = turns(app)[-1].answer
        assert answer
        assert (answer.length, answer.level) == (length or "short", level or "deep")


def test_only_the_category_that_was_chosen_is_asked_until_it_is_lifted(
    assistant: Assistant, tmp_path: Path, browser: Browser
) -> None:
    browser.choices(within="Data")
    app = opened(elsewhere(assistant, tmp_path), "ar")
    words = strings("ar")
    assert words["within_only"].format(category="البيانات") in text_of(markup_of(app))
    ask(app, "What is a hallucination?")
    press(app, words["within_lift"])
    assert 'class="m-within"' not in html_of(app)
    ask(app, "What is a hallucination?")
    statuses = [turn.answer.status for turn in turns(app) if turn.answer]
    assert statuses == ["not_in_glossary", "answered"]


def test_what_was_chosen_and_is_not_there_changes_nothing(
    teahouse: Assistant, browser: Browser
) -> None:
    browser.choices(within="Astronomy", writer="explain")
    app = opened(teahouse)
    assert 'class="m-within"' not in html_of(app)
    ask(app, KETTLE)
    assert QUOTED in text_of(markup_of(app))


def test_the_chosen_writer_writes_and_the_other_is_asked_by_a_touch(
    explaining: Assistant, model_server: OpenAIServer, browser: Browser
) -> None:
    browser.choices(writer="quote")
    app = opened(explaining)
    ask(app, KETTLE)
    assert QUOTED in text_of(markup_of(app))
    assert not model_server.requests
    browser.choices()
    model_server.says(SAYS)
    app = opened(explaining)
    ask(app, KETTLE)
    press(app, WORDS["other_writer_quote"])
    press(app, WORDS["other_language_en"])
    told = [turn.answer for turn in turns(app) if turn.answer]
    assert [answer.writer for answer in told[:2]] == ["explain", "quote"]
    assert [answer.language for answer in told] == ["en", "en", "ar"]
