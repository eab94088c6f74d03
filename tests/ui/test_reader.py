"""The reader: the choices that a cookie holds, and the tokens by which one's programs ask."""

import json
import re
from itertools import product
from typing import Any
from urllib.parse import quote

from assistant.assistant import Assistant
from assistant.conversations.conversation import mark
from assistant.conversations.credentials import Tokens
from assistant.people import Person
from tests.ui.conftest import Browser, button, do, markup_of, opened
from ui import shared
from ui.reader import CHOICES_COOKIE, TOKEN_COOKIE, Choices
from ui.strings import strings

EN = strings("en")
ALL = {
    "language": "ar",
    "writer": "quote",
    "length": "short",
    "level": "deep",
    "within": "Data & «أمور»",
    "size": "huge",
    "theme": "dark",
    "keys": False,
    "guided": True,
    "group": "Q7KM2X",
}
WRONG: list[Any] = [None, 1, 0, 1.0, -1, 10**30, [], ["ar"], {}, {"a": "b"}, "\ud800", "w" * 201]
NO_COOKIE = [
    "", "no JSON", "%00", "%ff%fe", '{"language": ', "null", '["language"]', "9" * 6000, "NaN",
    "[" * 100_000, "é\u202e\0",
]  # fmt: skip


def _cookie(value: object) -> str:
    return quote(json.dumps(value))


def test_what_was_chosen_is_read_again_and_what_does_not_fit_is_passed_over() -> None:
    assert Choices.read(_cookie(ALL)) == Choices(**ALL)  # type: ignore[arg-type]
    for name, value in product(ALL, WRONG):
        expected = Choices(**{**ALL, name: getattr(Choices(), name)})
        assert Choices.read(_cookie({**ALL, name: value})) == expected
    strange = {"__class__": 1, "read": "x", "": 0, "Language": "ar", "size": "large"}
    assert Choices.read(_cookie(strange)) == Choices(size="large")
    for cookie in NO_COOKIE:
        assert Choices.read(cookie) == Choices.read(quote(cookie)) == Choices()


def test_a_page_opens_with_any_cookie_and_the_address_says_the_language_first(
    teahouse: Assistant, browser: Browser
) -> None:
    browser.cookies[CHOICES_COOKIE] = _cookie({"language": ["ar"], "within": "\ud800"})
    assert strings("en")["tagline"] in markup_of(opened(teahouse, ""))
    browser.choices(language="ar")
    assert strings("en")["tagline"] in markup_of(opened(teahouse, "en"))
    assert strings("ar")["tagline"] in markup_of(opened(teahouse, "xx"))


def test_a_token_is_shown_once_and_withdrawn_by_its_maker(
    teahouse: Assistant, browser: Browser
) -> None:
    app = opened(teahouse)
    shared.kept(Tokens).make(Person("he"), "his notes")
    do(app, "settings")
    app.text_input(key="token-name").set_value("her notes")
    button(app, EN["tokens_make"], "settings")
    (secret,) = set(re.findall(r"masrad_[\w-]{43}", markup_of(app)))
    found = shared.kept(Tokens).person(secret)
    assert found
    assert found.reader == mark(browser.cookies[TOKEN_COOKIE])
    do(app, "settings")
    assert secret not in markup_of(app)
    assert "her notes" in markup_of(app)
    assert "his notes" not in markup_of(app)
    button(app, EN["tokens_withdraw"], "settings")
    assert shared.kept(Tokens).person(secret) is None
