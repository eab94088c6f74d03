"""Keys: those that name an entry and a field of it at once, and those of the parts of a graph."""

import re
from collections.abc import Mapping
from typing import Any

from knowledge.formats.tables.columns import DEFINITION, TERM
from knowledge.formats.tables.fields import column_role

_JOINED = re.compile(r"(.*\w\W?)[-_.:/ ](\w+)", re.DOTALL)
_FEWEST, _MOST = 2, 0.9  # entries, and share of the keys


def parted(value: Mapping[str, Any]) -> dict[str, dict[str, Any]] | None:
    """The entries of ``{"tide-term": "Tide", "tide-definition": "It rises."}`` by their keys.

    None if the keys do not say it; those that name something else are left out.
    """
    entries: dict[str, dict[str, Any]] = {}
    for key, held in value.items():
        found = _JOINED.fullmatch(str(key)[:1000])
        if found and column_role(found[2]):
            entries.setdefault(found[1], {})[found[2]] = held
    whole = {
        key: entry
        for key, entry in entries.items()
        if {TERM, DEFINITION} <= {column_role(name) for name in entry}
    }
    named = sum(map(len, whole.values()))
    return whole if len(whole) >= _FEWEST and named >= _MOST * len(value) else None


def nodes(value: Mapping[str, Any]) -> dict[str, Any] | None:
    """A graph without the lines between its nodes, which have a source and a target, too."""
    lined = isinstance(value.get("nodes"), list) and {"links", "edges"} & value.keys()
    return {"nodes": value["nodes"]} if lined else None
