"""The words on screen: every language has all of them, with the same placeholders."""

import ast
import re
import string
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import pytest
from babel import Locale
from jinja2 import Environment, nodes

from ui.strings import LANGUAGES, counted, strings

UI = Path(__file__).parents[2] / "ui"
PACKAGES = (UI, UI.parent / "assistant", UI.parent / "knowledge")
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


def test_every_language_has_the_same_strings_and_its_own_plurals() -> None:
    english = _counted_once("en")
    for language in LANGUAGES:
        other = _counted_once(language)
        assert english.keys() == other.keys()
        for key, text in english.items():
            assert _placeholders(text) == _placeholders(other[key]), key
        plurals = {Locale.parse(language).plural_form(n) for n in range(1, 201)}
        assert {key.rpartition("_")[2] for key in strings(language) if _plural(key)} == plurals
    for key, text in strings("ar").items():
        assert not set("?;") & set(text), key  # Arabic has its own


@pytest.mark.parametrize(
    ("language", "n", "text"),
    [
        ("en", 1, "One sentence was kept back"),
        ("en", 2, "{n} sentences were kept back"),
        ("ar", 1, "استُبعدت جملة واحدة"),
        ("ar", 2, "استُبعدت جملتان"),
        ("ar", 10, "استُبعدت {n} جمل"),
        ("ar", 11, "استُبعدت {n} جملة"),
        ("ar", 100, "استُبعدت {n} جملة"),
    ],
)
def test_a_number_has_its_plural(language: str, n: int, text: str) -> None:
    assert counted(language, "withheld", n) == text


@cache
def _nodes(*folders: Path) -> tuple[ast.AST, ...]:
    paths = (path for folder in folders for path in folder.rglob("*.py"))
    return tuple(node for path in paths for node in ast.walk(ast.parse(path.read_text("utf-8"))))


@cache
def _templates() -> tuple[nodes.Node, ...]:
    parsed = (Environment().parse(p.read_text("utf-8")) for p in UI.glob("templates/*.html"))  # noqa: S701
    return tuple(node for each in parsed for node in each.find_all((nodes.Const, nodes.Concat)))


@cache
def _texts(*folders: Path) -> frozenset[str]:
    constants = [node.value for node in _nodes(*folders) if isinstance(node, ast.Constant)]
    constants += [node.value for node in _templates() if isinstance(node, nodes.Const)]
    return frozenset(value for value in constants if isinstance(value, str))


@cache
def _built() -> frozenset[tuple[str, ...]]:
    """What stands around the values of each text of the app that is built, and may be a key."""
    built: list[Sequence[ast.expr | nodes.Expr]]
    built = [node.values for node in _nodes(UI) if isinstance(node, ast.JoinedStr)]
    built += [node.nodes for node in _templates() if isinstance(node, nodes.Concat)]
    found = set()
    for values in built:
        parts = [""]
        for part in values:
            if isinstance(part, ast.Constant | nodes.Const):
                parts[-1] += str(part.value)
            else:
                parts.append("")
        if _WORD("".join(parts)):
            found.add(tuple(parts))
    return frozenset(found)


def _says(parts: tuple[str, ...], name: str) -> bool:
    """Whether an f-string may say a name.

    Where a value stands in one (``f"error_{kind}"``), a text may stand that some code has by
    itself, here or in the packages below; in one of values alone, only one of the app's.
    """
    texts = _texts(*PACKAGES) if re.search("[a-z]", "".join(parts)) else _texts(UI)

    def fits(parts: tuple[str, ...], name: str) -> bool:
        start, *rest = parts
        if not rest or not name.startswith(start):
            return name == start
        name = name.removeprefix(start)
        return any(name[:n] in texts and fits(tuple(rest), name[n:]) for n in range(len(name) + 1))

    return fits(parts, name)


def _unused(keys: Iterable[str]) -> list[str]:
    """The keys that no code of the app names, as a whole or built of values."""
    names = {key: key.rpartition("_")[0] if _plural(key) else key for key in keys}
    return [
        key
        for key, name in names.items()
        if name not in _texts(UI) and not any(_says(parts, name) for parts in _built())
    ]


def test_no_string_is_unused() -> None:
    made = ["nowhere", "nowhere_one", "theme_purple", "error_busy", "theme_light", "withheld_one"]
    assert _unused(made) == ["nowhere", "nowhere_one", "theme_purple"]
    assert not _unused({**strings("en"), **strings("ar")})
