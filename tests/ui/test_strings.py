"""The words on screen: every language has all of them, with the same placeholders."""

import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from ui.strings import LANGUAGES, strings

UI = Path(__file__).parents[2] / "ui"


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def _sources() -> Iterator[str]:
    for path in UI.glob("*.py"):
        yield path.read_text("utf-8")


@pytest.mark.parametrize("language", [tag for tag in LANGUAGES if tag != "en"])
def test_every_language_has_the_same_strings(language: str) -> None:
    english, other = strings("en"), strings(language)
    assert english.keys() == other.keys()
    for key, text in english.items():
        assert _placeholders(text) == _placeholders(other[key]), key


def test_no_string_is_unused() -> None:
    code = "\n".join(_sources())
    for key in strings("en"):
        prefix = key.rpartition("_")[0]
        used = f'"{key}"' in code or (prefix and f'"{prefix}_{{' in code)
        assert used, f"{key} is never shown"


def test_arabic_uses_arabic_punctuation() -> None:
    for key, text in strings("ar").items():
        assert not set("?;") & set(text), key
