"""The reader: who one is as far as a browser tells, and the choices that its cookie holds."""

import json
from itertools import product
from typing import Any
from urllib.parse import quote

from assistant.assistant import Assistant
from tests.ui.conftest import Browser, ask, markup_of, opened
from ui.reader import CHOICES_COOKIE, TOKEN_COOKIE, Choices, new_token
from ui.strings import strings

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
    "both": True,
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


def test_a_reader_is_told_by_a_cookie_or_is_the_tab(teahouse: Assistant, browser: Browser) -> None:
    browser.reader("a name")
    assert opened(teahouse).session_state[TOKEN_COOKIE] == "a name"
    browser.cookies.clear()
    app = opened(teahouse)
    name = app.session_state[TOKEN_COOKIE]
    ask(app, "What is a kettle?")
    assert app.session_state[TOKEN_COOKIE] == name
    assert opened(teahouse).session_state[TOKEN_COOKIE] != name
    assert min(len(new_token()) for _ in range(99)) >= 43  # 256 bits, six in each letter
