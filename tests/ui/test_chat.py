"""The chat page by Streamlit's own test harness: what is on it, without a browser."""

from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from assistant.assistant import Assistant
from assistant.settings import Settings
from tests.conftest import TEA
from tests.openai_server import OpenAIServer, Reply
from ui import shared
from ui.strings import strings

PAGE = str(Path(__file__).parents[2] / "ui" / "chat.py")


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    st.cache_resource.clear()
    yield
    shared._handed.clear()
    st.cache_resource.clear()


def _open(assistant: Assistant, language: str = "en") -> AppTest:
    shared.hand_over(assistant)
    app = AppTest.from_file(PAGE, default_timeout=30)
    app.query_params["lang"] = language
    app.run()
    assert not app.exception
    return app


def _html(app: AppTest) -> str:
    return unescape("\n".join(str(element.proto.body) for element in app.get("html")))


def _button(app: AppTest, label: str) -> None:
    next(button for button in app.button if button.label == label).click().run()


def _ask(app: AppTest, question: str) -> None:
    app.chat_input[0].set_value(question).run()
    assert not app.exception


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_page_invites_in_the_interfaces_language(assistant: Assistant, language: str) -> None:
    app = _open(assistant, language)
    words = strings(language)
    assert words["tagline"] in _html(app)
    assert app.chat_input[0].placeholder == words["placeholder"]
    assert 3 <= len([b for b in app.button if "?" in b.label or "؟" in b.label]) <= 6


@pytest.mark.parametrize(
    ("question", "start"),
    [("What is a kettle?", "A kettle is a vessel"), ("ما النعناع؟", "النعناع نبات عطري")],
)
def test_an_answer_stands_with_markers_and_sources(
    tea: Assistant, question: str, start: str
) -> None:
    app = _open(tea)
    _ask(app, question)
    html = _html(app)
    assert start in html
    assert 'class="m-marker"' in html
    assert f"<mark><b>1</b> {start}" in html


def test_an_example_is_asked_by_a_click(tea: Assistant) -> None:
    app = _open(tea)
    label = app.button[0].label
    _button(app, label)
    assert label in _html(app)


def test_a_follow_up_is_asked_by_a_click_and_the_chat_goes_on(tea: Assistant) -> None:
    app = _open(tea)
    _ask(app, "What is a kettle?")
    offer = next(b.label for b in app.button if "example" in b.label)
    _button(app, offer)
    html = _html(app)
    assert "What is a kettle?" in html
    assert "boils one litre in three minutes" in html


def test_what_the_glossary_does_not_hold_is_said_with_the_nearest_terms(tea: Assistant) -> None:
    app = _open(tea)
    _ask(app, "Who won the 2018 World Cup?")
    assert "The glossary does not answer this." in _html(app)
    assert any("Kettle" in button.label for button in app.button)


@pytest.mark.parametrize(
    ("question", "key"), [("🙂", "error_wordless"), ("a" * 3000, "error_long")]
)
def test_what_is_no_question_gets_a_sentence(tea: Assistant, question: str, key: str) -> None:
    app = _open(tea, "ar")
    _ask(app, question)
    assert strings("ar")[key].split("{")[0] in _html(app)


def test_a_conversation_can_be_cleared_and_brought_back(tea: Assistant) -> None:
    app = _open(tea)
    _ask(app, "What is a kettle?")
    _button(app, strings("en")["new_chat"])
    assert "What is a kettle?" not in _html(app)
    _button(app, strings("en")["undo"])
    assert "What is a kettle?" in _html(app)


@pytest.fixture
def explaining(
    model_server: OpenAIServer, tea_data: Path, monkeypatch: pytest.MonkeyPatch
) -> Assistant:
    monkeypatch.setenv("OPENAI_BASE_URL", model_server.url)
    monkeypatch.setenv("MASRAD_TIMEOUT", "5")
    return Assistant.open(Settings.load(glossary=TEA, data_dir=tea_data))


def test_a_model_explains(explaining: Assistant, model_server: OpenAIServer) -> None:
    model_server.says("A kettle is a vessel in which water is boiled [1]. Napoleon had one [1].")
    app = _open(explaining)
    _ask(app, "What is a kettle?")
    html = _html(app)
    assert "A kettle is a vessel in which water is boiled." in html
    assert "Napoleon" not in html
    assert strings("en")["withheld_one"] in html


@pytest.mark.parametrize(
    ("reply", "key"),
    [(Reply(status=401), "error_key"), (Reply(status=429), "error_busy")],
)
def test_when_the_model_fails_the_page_offers_the_glossarys_own_words(
    explaining: Assistant, model_server: OpenAIServer, reply: Reply, key: str
) -> None:
    model_server.always = reply
    app = _open(explaining)
    _ask(app, "What is a kettle?")
    assert strings("en")[key] in _html(app)
    _button(app, strings("en")["answer_quote"])
    html = _html(app)
    assert strings("en")[key] not in html
    assert "A kettle is a vessel for boiling water." in html


def test_a_glossary_that_cannot_be_opened_is_said_on_the_page(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("MASRAD_GLOSSARY", str(tmp_path / "missing"))
    app = AppTest.from_file(PAGE, default_timeout=30)
    app.query_params["lang"] = "en"
    app.run()
    assert not app.exception
    assert "There is no glossary at" in _html(app)
