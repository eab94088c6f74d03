"""TOML of terms: nothing but texts, or tables that say what they mean."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.formats.tables import records, shapes, tree
from knowledge.formats.tables.columns import DEFINITION, column, holds_entries, recognised
from knowledge.formats.tables.lists import holds_records

_KEY = re.compile(r"^[ \t]*[\"']?(\w[\w -]{0,39}?)[\"']?[ \t]*=(?!=)", re.MULTILINE)
_TABLE = re.compile(r"^[ \t]*\[{1,2}[\w.\"' -]+\]{1,2}[ \t]*(?:#.*)?$", re.MULTILINE)
_LISTED = re.compile(r"(?:\s*(?:#[^\n]*)?\n)*[ \t]*[\w\"'-]{1,40}[ \t]*=[ \t]*\[\s*\{")
_LOOKED_AT = 20_000  # characters
_FEWEST, _A_PHRASE, _TOLD = 3, 15, 0.7  # keys, characters, share


def recognises(text: str) -> bool:
    """Whether a text is TOML of terms: nothing but texts, or tables that say what they mean."""
    top = text[:_LOOKED_AT]
    names = _KEY.findall(top)
    if _TABLE.search(top):
        often = {name: names.count(name) for name in names}
        repeated = recognised([name for name in often if often[name] > 1])
        defining = sum(known.role == DEFINITION for name in names if (known := column(name)))
        if defining > 1 or holds_entries(repeated):
            return bool(_parsed(text))
        return len(names) >= _FEWEST and any(map(_are_told, _tables(_parsed(text))))
    if _LISTED.match(text):
        return any(map(holds_records, _tables(_parsed(text))))
    held = _parsed(text) if len(names) >= _FEWEST else {}
    return len(held) >= _FEWEST and all(isinstance(each, str) for each in held.values())


def _tables(held: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """An object and those within, however deep."""
    within = [held]
    while within:
        yield (each := within.pop())
        within += [value for value in each.values() if isinstance(value, dict)]


def _are_told(held: dict[str, Any]) -> bool:
    """Whether an object holds but texts, and most say something."""
    texts = [text for text in held.values() if isinstance(text, str)]
    worded = sum(len(text) > _A_PHRASE and text.count(" ") > 1 for text in texts)
    return _FEWEST <= len(texts) == len(held) and worded > _TOLD * len(texts)


def read(text: str, path: PurePath) -> Iterator[Entry | Fault]:
    """Entries from TOML of the same shapes."""
    value = _parsed(text)
    if any(isinstance(held, list | dict) for held in value.values()):  # settings beside are none
        value = {key: held for key, held in value.items() if isinstance(held, list | dict)}
    yield from records.read(shapes.records(value, str(path), tree.Lines(text).of), str(path))


def _parsed(text: str) -> dict[str, Any]:
    try:
        value = tomllib.loads(text)
        tree.refuse_deep(value)
    except (tomllib.TOMLDecodeError, RecursionError):
        return {}
    return value
