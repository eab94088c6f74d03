"""The words on screen: every language has all of them, with the same placeholders."""

import ast
import re
import string
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from babel import Locale

from ui.strings import LANGUAGES, counted, strings

UI = Path(__file__).parents[2] / "ui"
PACKAGES = [UI, UI.parent / "assistant", UI.parent / "knowledge"]
_WORD = re.compile("[a-z0-9_]+").fullmatch
PLURALS = {"one", "two", "few", "many", "other"}


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def _plural(key: str) -> bool:
    return key.rpartition("_")[2] in PLURALS


def _counted_once(language: str) -> dict[str, str]:
    """The strings, but of what is counted only the form that every language has."""
    words = strings(language)
    return {key: text for key, text in words.items() if not _plural(key) or key.endswith("_other")}


def _sources(*folders: Path) -> Iterator[ast.Module]:
    for folder in folders:
        for path in folder.rglob("*.py"):
            yield ast.parse(path.read_text("utf-8"))


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
    ("language", "n", "text"),
    [
        ("en", 1, "One sentence was kept back"),
        ("en", 2, "{n} sentences were kept back"),
        ("ar", 1, "استُبعدت جملة واحدة"),
        ("ar", 2, "استُبعدت جملتان"),
        ("ar", 3, "استُبعدت {n} جمل"),
        ("ar", 10, "استُبعدت {n} جمل"),
        ("ar", 11, "استُبعدت {n} جملة"),
        ("ar", 100, "استُبعدت {n} جملة"),
    ],
)
def test_a_number_has_its_plural(language: str, n: int, text: str) -> None:
    assert counted(language, "withheld", n) == text


def _unused(keys: Iterable[str]) -> list[str]:
    """The keys that no code of the app names, as a whole or built of values.

    Where a value stands in one that is built (``f"error_{kind}"``), a text may stand that some code
    has by itself, here or in the packages below; in one of values alone (``f"{name}_{value}"``),
    only one of the app's.
    """
    own = {text for source in _sources(UI) for text in _texts(source)}
    all_of_them = {text for source in _sources(*PACKAGES) for text in _texts(source)}
    nodes = [node for source in _sources(UI) for node in ast.walk(source)]
    fixed = {_fixed(node) for node in nodes if isinstance(node, ast.JoinedStr)}
    built = [
        re.compile(
            _any_of(all_of_them if re.search("[a-z]", "".join(parts)) else own).join(
                map(re.escape, parts)
            )
        )
        for parts in fixed
        if _WORD("".join(parts))
    ]
    return [
        key
        for key in keys
        if (name := _told(key)) not in own and not any(p.fullmatch(name) for p in built)
    ]


def _texts(source: ast.Module) -> Iterator[str]:
    for node in ast.walk(source):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _fixed(node: ast.JoinedStr) -> tuple[str, ...]:
    """What stands around the values of a text."""
    parts = [""]
    for part in node.values:
        if isinstance(part, ast.Constant):
            parts[-1] += str(part.value)
        else:
            parts.append("")
    return tuple(parts)


def _any_of(texts: set[str]) -> str:
    return f"(?:{'|'.join(sorted(filter(_WORD, texts)))})"


def _told(key: str) -> str:
    """A key as code names it: without its plural, which ``counted`` adds."""
    return key.rpartition("_")[0] if _plural(key) else key


def test_no_string_is_unused() -> None:
    unused = _unused({**strings("en"), **strings("ar")})
    assert not unused, f"never shown: {', '.join(unused)}"


def test_a_string_that_no_code_names_would_be_found() -> None:
    made = [
        "nowhere",
        "nowhere_one",
        "theme_purple",
        "error_busy",
        "theme_light",
        "withheld_one",
    ]
    assert _unused(made) == ["nowhere", "nowhere_one", "theme_purple"]


def test_arabic_uses_arabic_punctuation() -> None:
    for key, text in strings("ar").items():
        assert not set("?;") & set(text), key
