"""The words on screen: every language has all of them, with the same placeholders."""

import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel import Locale

from ui.strings import LANGUAGES, counted, strings

UI = Path(__file__).parents[2] / "ui"
PLURALS = {"one", "two", "few", "many", "other"}


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def _plural(key: str) -> bool:
    return key.rpartition("_")[2] in PLURALS


def _counted_once(language: str) -> dict[str, str]:
    """The strings, but of what is counted only the form that every language has."""
    words = strings(language)
    return {key: text for key, text in words.items() if not _plural(key) or key.endswith("_other")}


def _sources() -> Iterator[str]:
    for path in UI.rglob("*.py"):
        yield path.read_text("utf-8")


@pytest.mark.parametrize("language", [tag for tag in LANGUAGES if tag != "en"])
def test_every_language_has_the_same_strings(language: str) -> None:
    english, other = _counted_once("en"), _counted_once(language)
    assert english.keys() == other.keys()
    for key, text in english.items():
        assert _placeholders(text) == _placeholders(other[key]), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_counted_has_the_plurals_of_its_language(language: str) -> None:
    plurals = {Locale.parse(language).plural_form(n) for n in range(1, 201)}
    found = {key.rpartition("_")[2] for key in strings(language) if _plural(key)}
    assert found == plurals


@pytest.mark.parametrize(
    ("language", "n", "start"),
    [
        ("en", 1, "One sentence was"),
        ("en", 2, "{n} sentences were"),
        ("ar", 1, "حُجبت جملة واحدة"),
        ("ar", 2, "حُجبت جملتان"),
        ("ar", 3, "حُجبت {n} جمل "),
        ("ar", 10, "حُجبت {n} جمل "),
        ("ar", 11, "حُجبت {n} جملة"),
        ("ar", 100, "حُجبت {n} جملة"),
    ],
)
def test_a_number_has_its_plural(language: str, n: int, start: str) -> None:
    assert counted(language, "withheld", n).startswith(start)


def test_no_string_is_unused() -> None:
    code = "\n".join(_sources())
    for key in {**strings("en"), **strings("ar")}:
        if _plural(key):
            assert f'counted(interface, "{key.rpartition("_")[0]}"' in code
            continue
        prefix = key.rpartition("_")[0]
        used = f'"{key}"' in code or (prefix and f'"{prefix}_{{' in code)
        assert used, f"{key} is never shown"


def test_arabic_uses_arabic_punctuation() -> None:
    for key, text in strings("ar").items():
        assert not set("?;") & set(text), key
