"""Fenced: the entries that a page, or a part of one, holds as YAML or JSON between fences."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from pathlib import PurePath

from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.formats.sites.blocks import Prose
from knowledge.formats.tables import notation

_READERS = {
    "yaml": notation.read_yaml,
    "yml": notation.read_yaml,
    "json": notation.read_json,
    "jsonc": notation.read_json,
    "json5": notation.read_json,
}
_SEVERAL = 2


def entries(found: Prose, path: PurePath) -> Iterator[Entry | Fault] | None:
    """The entries in the fences of a text that says more in them than around them, or None."""
    fences = [b for b in found.blocks if b.kind == "code" and b.lead.lower() in _READERS]
    within = sum(len(block.text) for block in fences)
    around = sum(len(b.text) for b in found.blocks if b.kind not in ("heading", "code"))
    if within <= around:
        return None
    held = [
        [_placed(item, block.line) for item in _READERS[block.lead.lower()](block.text, path)]
        for block in fences
    ]
    told = [items for items in held if sum(isinstance(i, Entry) for i in items) >= _SEVERAL]
    return chain.from_iterable(told) if told else None


def _placed(item: Entry | Fault, above: int) -> Entry | Fault:
    """What was read between fences, with its line in the page."""
    return replace(item, line=item.line + above)
