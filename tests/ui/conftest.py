"""The page in Streamlit's own test harness, and assistants with conversations of the test's own."""

from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from assistant.assistant import Assistant
from assistant.settings import Settings
from tests.conftest import TEA
from tests.openai_server import OpenAIServer
from ui import shared

PAGE = str(Path(__file__).parents[2] / "ui" / "chat.py")


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    st.cache_resource.clear()
    yield
    shared._handed.clear()
    st.cache_resource.clear()


def opened(assistant: Assistant, language: str = "en", conversation: str = "") -> AppTest:
    """The page, as an assistant is handed over to it."""
    shared.hand_over(assistant)
    app = AppTest.from_file(PAGE, default_timeout=30)
    app.query_params["lang"] = language
    if conversation:
        app.query_params["c"] = conversation
    app.run()
    assert not app.exception
    return app


def html_of(app: AppTest) -> str:
    """All markup on the page, its texts as they are read."""
    return unescape("\n".join(str(element.proto.body) for element in app.get("html")))


def button(app: AppTest, label: str) -> None:
    """Presses a button."""
    next(each for each in app.button if each.label == label).click().run()
    assert not app.exception


def ask(app: AppTest, question: str) -> None:
    """Asks, and waits for the answer."""
    app.chat_input[0].set_value(question).run()
    assert not app.exception


def elsewhere(assistant: Assistant, folder: Path) -> Assistant:
    """The same assistant, which keeps conversations in that folder."""
    settings = assistant.settings.model_copy(update={"data_dir": folder})
    return Assistant(assistant.retriever, settings, assistant.report)


@pytest.fixture
def teahouse(tea: Assistant, tmp_path: Path) -> Assistant:
    """The assistant of the small glossary of tea things."""
    return elsewhere(tea, tmp_path)


@pytest.fixture
def explaining(
    model_server: OpenAIServer, teahouse: Assistant, monkeypatch: pytest.MonkeyPatch
) -> Assistant:
    """The same, with a chat model."""
    monkeypatch.setenv("OPENAI_BASE_URL", model_server.url)
    monkeypatch.setenv("MASRAD_TIMEOUT", "5")
    settings = Settings.load(glossary=TEA, data_dir=teahouse.settings.data_dir)
    return Assistant(teahouse.retriever, settings)
