"""Unlaid: the terms of a page that sets them out in no way but the order of its text."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.formats import copied
from knowledge.formats.pages.hypertext import Block


def entries(title: str, page: Sequence[Block], path: PurePath) -> list[Entry | Fault]:
    """The entries that the text of a page would hold if it were copied, title and all."""
    kept = [block for block in page if not block.linked]
    lines = [(line, block.line) for block in kept for line in block.text.split("\n")]
    text = "\n".join([title, *(line for line, _ in lines)])
    found = list(copied.read(text, path)) if copied.recognises(text) else []
    return [_placed(each, [1, *(n for _, n in lines)]) for each in found]


def _placed(item: Entry | Fault, lines: Sequence[int]) -> Entry | Fault:
    """What was read of some lines, with the line of the page that each is on."""
    if isinstance(item, Fault):
        return replace(item, line=lines[item.line - 1])
    sections = tuple(
        replace(each, lines=tuple(lines[n - 1] for n in each.lines)) for each in item.sections
    )
    return replace(item, line=lines[item.line - 1], sections=sections)
