"""The words on screen: every language has all of them; and numbers, in one system of digits."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel import Locale

from knowledge.language.text import clean
from tests.ui.test_problems import places
from ui import formatting, reader, templates
from ui.strings import LANGUAGES, strings

UI = Path(__file__).parents[2] / "ui"
PLURALS = {"one", "two", "few", "many", "other"}


def _plural(key: str) -> bool:
    return key.rpartition("_")[2] in PLURALS


def _counted_once(language: str) -> dict[str, str]:
    """The strings, but of what is counted only the form that every language has."""
    words = strings(language)
    return {key: text for key, text in words.items() if not _plural(key) or key.endswith("_other")}


def test_every_language_has_the_same_strings_and_its_own_plurals() -> None:
    english = _counted_once("en")
    for language in LANGUAGES:
        other = _counted_once(language)
        assert english.keys() == other.keys()
        for key, text in english.items():
            assert places(text) == places(other[key]), key
        plurals = {Locale.parse(language).plural_form(n) for n in range(1, 201)}
        assert {key.rpartition("_")[2] for key in strings(language) if _plural(key)} == plurals
    for key, text in strings("ar").items():
        assert not set("?;") & set(text), key  # Arabic has its own


def test_no_string_is_unused() -> None:
    files = (*UI.rglob("*.py"), *UI.glob("templates/*.html"))
    text = "\n".join(path.read_text("utf-8") for path in files)
    named = set(re.findall(r"""["'](\w+)["']""", text))
    named |= {f"{name}_{value}" for name, values in reader.ALLOWED.items() for value in values}
    # Those that are built: f"error_{kind}", "error_" ~ kind.
    built = tuple(re.findall(r'"(\w+_)(?:\{|" ~)', text))
    keys = {**strings("en"), **strings("ar")}
    names = {key: key.rpartition("_")[0] if _plural(key) else key for key in keys}
    assert not [k for k, n in names.items() if not {k, n} & named and not n.startswith(built)]


# Numbers.


@pytest.fixture
def eastern() -> Iterator[None]:
    formatting.choose_digits("arab")
    yield
    formatting.choose_digits("latn")


TEXT = "عام 2017: الدقة 0.85 أي 85%، و2 × 3 = 6، ونموذج GPT-4."


def test_by_default_arabic_is_written_with_the_digits_of_the_entries() -> None:
    assert clean(templates.note(TEXT)).count(TEXT) == 1
    assert formatting.number(1234.5, "ar") == "1,234.5"


@pytest.mark.usefixtures("eastern")
def test_chosen_they_are_those_of_texts_and_numbers_alike_but_not_of_latin_names() -> None:
    shown = clean(templates.note(TEXT))
    assert "عام ٢٠١٧: الدقة ٠٫٨٥ أي ٨٥٪، و٢ × ٣ = ٦، ونموذج GPT-4." in shown
    assert formatting.number(1234.5, "ar") == "١٬٢٣٤٫٥"
    assert "In 2017" in templates.note("In 2017 there were 3.")
