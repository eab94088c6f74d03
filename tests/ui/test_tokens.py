"""The tokens in the settings: shown once, one's own alone, and withdrawn there."""

import re

from assistant.assistant import Assistant
from assistant.conversations.conversation import mark
from assistant.people import Person
from tests.ui.conftest import Browser, button, do, markup_of, opened
from ui import shared
from ui.reader import TOKEN_COOKIE
from ui.strings import strings

WORDS = strings("en")


def test_a_token_is_shown_once_and_withdrawn_by_its_maker(
    teahouse: Assistant, browser: Browser
) -> None:
    app = opened(teahouse)
    shared.tokens().make(Person("he"), "his notes")
    do(app, "settings")
    app.text_input(key="token-name").set_value("her notes")
    button(app, WORDS["tokens_make"], "settings")
    (secret,) = set(re.findall(r"masrad_[\w-]{43}", markup_of(app)))
    found = shared.tokens().person(secret)
    assert found
    assert found.reader == mark(browser.cookies[TOKEN_COOKIE])
    do(app, "settings")
    assert secret not in markup_of(app)
    assert "her notes" in markup_of(app)
    assert "his notes" not in markup_of(app)
    button(app, WORDS["tokens_withdraw"], "settings")
    assert shared.tokens().person(secret) is None
