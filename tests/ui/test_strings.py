"""The words on screen: every language has all of them, with the same placeholders."""

import ast
import re
import string
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

from babel import Locale
from jinja2 import Environment, nodes

from ui import reader
from ui.strings import LANGUAGES, strings

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


def _constant(part: ast.expr | nodes.Expr) -> str:
    return str(part.value) if isinstance(part, ast.Constant | nodes.Const) else ""


def _named() -> tuple[set[str], list[re.Pattern[str]]]:
    """The texts in the app's code, and patterns of those that are built (``f"error_{kind}"``)."""
    texts, built = set(), set()
    parsed = [ast.parse(path.read_text("utf-8")) for path in UI.rglob("*.py")]
    shown = [Environment().parse(p.read_text("utf-8")) for p in UI.glob("templates/*.html")]  # noqa: S701
    for node in chain(
        *map(ast.walk, parsed), *(each.find_all((nodes.Const, nodes.Concat)) for each in shown)
    ):
        match node:
            case ast.Constant(value=str(text)) | nodes.Const(value=str(text)):
                texts.add(text)
            case ast.JoinedStr(values=parts) | nodes.Concat(nodes=parts):
                built.add(tuple(_constant(part) for part in parts))
    own = [parts for parts in built if any(part not in ("", "_") for part in parts)]
    pattern = ("".join(re.escape(part) if part else "[a-z_]+" for part in parts) for parts in own)
    return texts, [re.compile(each) for each in pattern]


def test_no_string_is_unused() -> None:
    texts, built = _named()
    texts |= {f"{name}_{value}" for name, values in reader.ALLOWED.items() for value in values}

    def unused(keys: Iterable[str]) -> list[str]:
        names = {key: key.rpartition("_")[0] if _plural(key) else key for key in keys}
        found = (k for k, name in names.items() if not {k, name} & texts)
        return [key for key in found if not any(p.fullmatch(names[key]) for p in built)]

    made = ["nowhere", "nowhere_one", "theme_purple", "error_busy", "theme_light", "withheld_one"]
    assert unused(made) == ["nowhere", "nowhere_one", "theme_purple"]
    assert not unused({**strings("en"), **strings("ar")})
