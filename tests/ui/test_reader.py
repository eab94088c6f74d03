"""The reader: who one is as far as a browser tells, and the choices that its cookie holds."""

import json
from typing import Any
from urllib.parse import quote

import pytest

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
    "both": True,
}
WRONG: list[Any] = [None, 1, 0, 1.0, -1, 10**30, [], ["ar"], {}, {"a": "b"}, "\ud800", "purple"]


def _cookie(value: object) -> str:
    return quote(json.dumps(value))


def test_what_was_chosen_is_read_again() -> None:
    assert Choices.read(_cookie(ALL)) == Choices(**ALL)  # type: ignore[arg-type]


def test_nothing_is_chosen_where_there_is_no_cookie() -> None:
    nothing = Choices.read("")
    assert nothing == Choices()
    assert (nothing.language, nothing.writer, nothing.within) == ("", "", "")
    assert (nothing.size, nothing.theme, nothing.keys, nothing.both) == (
        "normal",
        "auto",
        True,
        False,
    )


@pytest.mark.parametrize(
    "cookie",
    [
        "no JSON",
        "%",
        "%00",
        "%ff%fe",
        "{",
        '{"language": ',
        "null",
        "[]",
        '["language"]',
        '"ar"',
        "1",
        "9" * 6000,
        "NaN",
        "[" * 100_000,
        '{"a":' * 50_000,
        "é\u202e\0",
    ],
)
def test_a_cookie_that_is_none_of_ours_chooses_nothing(cookie: str) -> None:
    assert Choices.read(cookie) == Choices()
    assert Choices.read(quote(cookie)) == Choices()


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("value", WRONG)
def test_a_value_that_does_not_fit_is_passed_over_and_the_others_are_not(
    name: str, value: object
) -> None:
    if (name, value) == ("within", "purple"):
        return  # it may be a category's name
    expected = Choices(**{**ALL, name: getattr(Choices(), name)})
    assert Choices.read(_cookie({**ALL, name: value})) == expected


def test_names_that_are_no_choices_are_passed_over() -> None:
    strange = {
        "__class__": 1,
        "read": "x",
        "": 0,
        "_ALLOWED": {},
        "Language": "ar",
        "writ": "quote",
    }
    assert Choices.read(_cookie({**strange, "size": "large"})) == Choices(size="large")


def test_a_category_is_no_longer_than_a_name() -> None:
    assert Choices.read(_cookie({"within": "w" * 200})).within == "w" * 200
    assert not Choices.read(_cookie({"within": "w" * 201})).within


def test_a_readers_name_cannot_be_guessed() -> None:
    names = {new_token() for _ in range(1000)}
    assert len(names) == 1000
    assert min(map(len, names)) >= 43  # 256 bits, six in each letter


def test_a_reader_is_told_by_the_cookie(teahouse: Assistant, browser: Browser) -> None:
    browser.reader("a name")
    assert opened(teahouse).session_state[TOKEN_COOKIE] == "a name"


def test_where_the_browser_keeps_no_cookies_the_tab_is_a_reader(
    teahouse: Assistant, browser: Browser
) -> None:
    browser.cookies.clear()
    app = opened(teahouse)
    name = app.session_state[TOKEN_COOKIE]
    assert len(name) >= 43
    ask(app, "What is a kettle?")
    assert app.session_state[TOKEN_COOKIE] == name
    assert "What is a kettle?" in markup_of(app)
    assert opened(teahouse).session_state[TOKEN_COOKIE] != name


@pytest.mark.parametrize("cookie", ["[", _cookie({"language": ["ar"], "within": "\ud800"})])
def test_a_page_opens_with_any_cookie(teahouse: Assistant, browser: Browser, cookie: str) -> None:
    browser.cookies[CHOICES_COOKIE] = cookie
    assert strings("en")["tagline"] in markup_of(opened(teahouse))


def test_the_language_is_the_addresss_before_the_chosen_one(
    teahouse: Assistant, browser: Browser
) -> None:
    browser.choices(language="ar")
    assert strings("en")["tagline"] in markup_of(opened(teahouse, "en"))
    assert strings("ar")["tagline"] in markup_of(opened(teahouse, ""))
    assert strings("ar")["tagline"] in markup_of(opened(teahouse, "xx"))
