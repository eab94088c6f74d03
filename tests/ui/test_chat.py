"""The chat page: what it answers, what a chat model writes on it, and what it says of a failure."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assistant.assistant import Assistant
from assistant.conversations.store import Conversations
from knowledge.language.alphabet import sort_key
from tests.openai_server import OpenAIServer, Reply
from tests.ui.conftest import (
    PAGE,
    Browser,
    address,
    ask,
    do,
    elsewhere,
    html_of,
    labels,
    markup_of,
    opened,
    press,
    text_of,
    turns,
)
from ui import owner
from ui.strings import strings
from ui.views import chat

AR, EN = strings("ar"), strings("en")
KETTLE = "What is a kettle?"
SAYS = "A kettle is a vessel in which water is boiled [1]. It holds 90 litres [1.1]."
QUOTED = "A kettle is a vessel for boiling water."


# In the glossary's own words.


def test_the_page_invites_and_answers_in_the_interfaces_language(
    assistant: Assistant, tmp_path: Path, browser: Browser
) -> None:
    browser.choices(within="Data")
    app = opened(elsewhere(assistant, tmp_path), "ar")
    assert assistant.glossary.about.subject["ar"] in html_of(app)
    assert app.chat_input[0].placeholder == AR["placeholder"]
    assert AR["within_only"].format(category="البيانات") in text_of(markup_of(app))
    ask(app, "What is a hallucination?")  # of another category than the one that was chosen
    assert "“Hallucination” is in the category “Safety and alignment”." in text_of(markup_of(app))
    do(app, "everywhere", turn=0)
    assert 'class="m-within"' not in html_of(app)
    statuses = [turn.answer.status for turn in turns(app) if turn.answer]
    assert statuses == ["not_in_glossary", "answered"]
    press(app, AR["new_chat"])
    examples = [label for label in labels(app) if label[-1:] == "؟"]
    assert 3 <= len(examples) <= 6
    press(app, examples[0])
    assert html_of(app).count('class="m-question"') == 1
    assert 'class="m-marker"' in html_of(app)
    ask(app, "اذكر مصطلحات فئة البيانات")
    assert "عدد مصطلحات فئة «البيانات»: 21." in text_of(markup_of(app))
    assert html_of(app).count('<li><span class="m-sentence"') == 21
    answer = turns(app)[-1].answer
    assert answer
    terms = [citation.term for citation in answer.citations]
    assert terms == sorted(terms, key=lambda term: sort_key(term, "ar"))


def test_an_answer_has_markers_sources_and_a_way_on(teahouse: Assistant) -> None:
    app = opened(teahouse)
    ask(app, KETTLE)
    assert 'class="m-marker"' in html_of(app)
    assert 'class="m-source"' in html_of(app)
    press(app, next(label for label in labels(app) if "example" in label))
    assert "boils one litre in three minutes" in html_of(app)
    ask(app, "What is the difference between a kettle and a teapot?")
    assert all(f'<th scope="col">{term}' in html_of(app) for term in ("Kettle", "Teapot"))
    ask(app, "What is النعناع?")  # which is in Arabic alone
    assert '<blockquote class="m-foreign" lang="ar" dir="rtl">' in html_of(app)
    ask(app, "What is a samovar?")
    assert "The glossary does not answer this." in html_of(app)
    assert any("Kettle" in label for label in labels(app))


# In a chat model's words.


def test_a_model_explains_and_what_was_withheld_is_told_with_the_cost(
    explaining: Assistant, model_server: OpenAIServer
) -> None:
    model_server.script += [Reply(SAYS, usage=(1200, 50)), Reply("1 yes\n0 yes", usage=(34, 6))]
    priced = explaining.settings.model_copy(update={"input_price": 1.0, "output_price": 2.0})
    app = opened(Assistant(explaining.retriever, priced))
    ask(app, KETTLE)
    shown, _, withheld = markup_of(app).partition('<details class="m-withheld"')
    assert "A kettle is a vessel in which water is boiled." in text_of(shown)
    assert "90" not in shown
    assert EN["withheld_one"] in text_of(withheld)
    assert "the number 90 is not in the quote" in text_of(withheld)
    assert EN["explained_note"].format(model="\u2068test-model\u2069") in html_of(app)
    assert EN["usage"].format(read="1,234", written="56") in html_of(app)
    assert "Cost: 0.001" in html_of(app)


@pytest.mark.parametrize("verdict", ["2 no: x", ""])
def test_what_is_withdrawn_and_what_nobody_has_checked_is_told(
    explaining: Assistant, model_server: OpenAIServer, verdict: str
) -> None:
    # Half a character of a model's is lost, and nothing else.
    claims = (
        "A kettle \ud83d is a vessel in which water is boiled [1]. It is a vessel for water [1]."
    )
    model_server.says(claims, verdict)
    app = opened(explaining, "ar")
    ask(app, KETTLE)
    html = html_of(app)
    assert "is a vessel in which water is boiled" in text_of(html)
    assert html.count('data-support="unchecked"') == (1 if verdict else 2)
    assert AR["compare"] in html
    assert AR["written_note"].format(model="\u2068test-model\u2069") in html
    assert html.count(AR["struck_withdrawn"]) == bool(verdict)  # in its place, and there alone
    assert "Cost" not in html


def test_when_the_model_fails_the_page_says_so_and_quotes(
    explaining: Assistant, model_server: OpenAIServer
) -> None:
    model_server.always, failed = Reply(status=401), AR["error_key"]
    app = opened(explaining, "ar")
    ask(app, KETTLE)
    text = text_of(markup_of(app))
    assert text.index(failed) < text.index(AR["instead"]) < text.index(QUOTED)

    model_server.always = Reply(SAYS)
    press(app, AR["ask_again"])
    assert html_of(app).count('class="m-question"') == 1
    assert "in which water is boiled" in text_of(markup_of(app))
    assert failed not in text_of(html_of(app))
    press(app, AR["variant_back"].format(n=2, all=2))
    assert failed in text_of(html_of(app))  # it stays with its answer


# As often as one may.


def test_at_its_limits_it_quotes_and_then_says_when_to_ask_and_keeps_the_question(
    explaining: Assistant, model_server: OpenAIServer
) -> None:
    model_server.says(SAYS, "1 yes\n0 yes")
    limits = {"limits": "2 questions/month, 2 model calls/month"}
    settings = explaining.settings.model_copy(update=limits)
    app = opened(Assistant(explaining.retriever, settings), "ar")
    for _ in range(2):
        ask(app, KETTLE)
    text = text_of(markup_of(app))
    assert text.index(AR["error_limited"]) < text.index(AR["instead"]) < text.rindex(QUOTED)
    assert len(model_server.requests) == 2
    ask(app, "What is a teapot?")
    assert AR["limit_own"].partition("{when}")[0] in html_of(app)
    assert [turn.kept is None for turn in turns(app)] == [False, False, True]
    assert AR["ask_again"] in labels(app)


# As was chosen.


def test_an_answer_is_as_long_and_as_deep_as_was_chosen_or_is_set(
    teahouse: Assistant, browser: Browser
) -> None:
    settings = teahouse.settings.model_copy(update={"length": "short", "level": "deep"})
    for length, level in (("", ""), ("normal", "simple")):
        browser.choices(length=length, level=level, within="Astronomy", writer="explain")
        app = opened(Assistant(teahouse.retriever, settings))
        assert 'class="m-within"' not in html_of(app)  # there is no such category,
        ask(app, KETTLE)
        answer = turns(app)[-1].answer
        assert answer
        assert answer.writer == "quote"  # and no chat model
        assert (answer.length, answer.level) == (length or "short", level or "deep")


def test_another_answer_stands_in_the_place_of_the_first_and_the_chosen_one_counts(
    explaining: Assistant, model_server: OpenAIServer
) -> None:
    first, other = "In a kettle, water is boiled", "A kettle is a vessel for water that boils"
    model_server.script += [
        said for text in (first, other) for said in (Reply(f"{text} [1]."), Reply("1 yes\n0 yes"))
    ]
    app = opened(explaining)
    ask(app, KETTLE)
    assert EN["variants"] not in markup_of(app)
    press(app, EN["again"])
    assert other in text_of(markup_of(app))
    assert first not in text_of(markup_of(app))
    press(app, EN["variant_back"].format(n=2, all=2))
    assert [turn.answer.text for turn in turns(app) if turn.answer] == [f"{first}. [1]"]
    asked = len(model_server.requests)
    ask(app, "And a teapot?")
    told = str(model_server.requests[asked:])
    assert first in told
    assert other not in told

    store = Conversations.open(explaining.settings.database)
    kept = store.get(address(app)).turns[0]
    store.again(kept)  # as it is left by a process that is killed
    app = opened(explaining, conversation=address(app))
    assert EN["unanswered"] in html_of(app)
    press(app, EN["variant_back"].format(n=3, all=3))
    assert other in text_of(markup_of(app))
    store.close()


# Where the page itself fails.


@pytest.mark.parametrize("owned", [True, False])
def test_why_the_glossary_cannot_be_opened_is_told_to_its_owner_and_logged(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    *,
    owned: bool,
) -> None:
    monkeypatch.setattr(owner, "allowed", lambda *_: owned)
    monkeypatch.setenv("MASRAD_GLOSSARY", str(tmp_path / "missing"))
    app = AppTest.from_file(PAGE, default_timeout=30)
    app.query_params["lang"] = "en"
    app.run()
    assert not app.exception
    assert ("There is no glossary at" in html_of(app)) == owned
    assert (str(tmp_path) in html_of(app)) == owned
    assert str(tmp_path) in caplog.text
    number = re.search(r"under number (\w+)", html_of(app))
    assert bool(number) != owned
    assert number is None or f"Failure {number[1]}" in caplog.text


def test_what_nobody_foresaw_is_said_in_the_apps_own_words(
    teahouse: Assistant, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def breaks(_: Assistant) -> None:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(chat, "view", breaks)
    app = opened(teahouse, "ar", broken=True)
    html = "".join(str(element.proto.body) for element in app.get("html"))
    assert AR["unforeseen_text"] in html
    assert "secret" not in html
    assert "ZeroDivisionError" in caplog.text  # whoever runs it can see it
