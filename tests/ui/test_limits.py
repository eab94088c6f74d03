"""Limits on the page: who may not ask now is told when, and keeps the question."""

import pytest
from streamlit.testing.v1 import AppTest

from assistant.assistant import Assistant
from tests.openai_server import OpenAIServer
from tests.ui.conftest import (
    Browser,
    address,
    ask,
    html_of,
    markup_of,
    opened,
    text_of,
    turns,
)
from ui import shared
from ui.strings import LANGUAGES, strings

KETTLE = "What is a kettle?"
QUOTED = "A kettle is a vessel for boiling water."
SAYS = "A kettle is a vessel in which water is boiled [1]."


def _limited(assistant: Assistant, text: str) -> Assistant:
    settings = assistant.settings.model_copy(update={"limits": text})
    return Assistant(assistant.retriever, settings)


def _box(app: AppTest) -> str:
    return str(app.chat_input[0].proto.value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_at_its_limit_the_page_says_when_to_ask_and_the_question_stays_in_the_box(
    teahouse: Assistant, browser: Browser, language: str
) -> None:
    again = strings(language)["limit_own"].partition("{when}")[0]
    app = opened(_limited(teahouse, "1 questions/month"), language)
    ask(app, KETTLE)
    assert QUOTED in html_of(app)
    kept = address(app)
    ask(app, "What is a teapot?")
    assert [turn.question for turn in turns(app)] == [KETTLE]
    assert again in html_of(app)
    assert _box(app) == "What is a teapot?"
    assert shared.conversations().get(kept, limit=0).length == 1
    app.run()
    assert again not in html_of(app)

    browser.reader("he")  # who has asked nothing yet
    other = opened(_limited(teahouse, "1 questions/month"), language)
    ask(other, KETTLE)
    assert QUOTED in html_of(other)


def test_where_the_model_may_not_be_asked_the_glossary_is_quoted_and_the_page_says_so(
    explaining: Assistant, model_server: OpenAIServer
) -> None:
    model_server.says(SAYS, "1 yes\n0 yes")
    app = opened(_limited(explaining, "2 model calls/month"), "ar")
    ask(app, KETTLE)
    assert "in which water is boiled" in text_of(markup_of(app))
    ask(app, KETTLE)
    words, html = strings("ar"), html_of(app)
    assert words["error_limited"] in html
    assert words["instead"] in html
    assert QUOTED in text_of(markup_of(app))
    assert len(model_server.requests) == 2
