"""Grids: tables of a page that hold terms in two languages or more, each in columns of its own."""

from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.formats.pages.furniture import elements
from knowledge.formats.pages.hypertext import Block, blocks_of
from knowledge.formats.tables import sheet as sheets
from knowledge.formats.tables.columns import DEFINITION, TERM
from knowledge.formats.tables.sheet import Row, Sheet

_FEW = 2


def sheets_of(root: Any) -> list[Sheet]:  # noqa: ANN401
    """The tables within an element whose heads name columns in several languages."""
    found = []
    for table in elements(root, lambda _, tag: tag == "table"):
        sheet = sheets.understood("", [_row(row) for row in _rows(table)])
        if sheet.header and len(sheet.rows) >= _FEW and _is_of_several(sheet):
            found.append(sheet)
    return found


def entries(found: Sequence[Sheet], origin: str, language: str) -> Iterator[Entry | Fault]:
    """The entries of such tables, and what of them was not used."""
    for sheet in found:
        yield from sheets.entries(sheet, origin, language)


def _is_of_several(sheet: Sheet) -> bool:
    """Whether terms or definitions of several languages stand side by side."""
    for role in (TERM, DEFINITION):
        named = [known.language for known in sheet.columns.values() if known.role == role]
        if len({*named}) > 1:
            return True
    return False


def _rows(table: Any) -> Iterator[Any]:  # noqa: ANN401
    return elements(table, lambda _, tag: tag == "tr")


def _row(row: Any) -> Row:  # noqa: ANN401
    cells = elements(row, lambda _, tag: tag in ("td", "th"))
    return Row(row.sourceline or 1, tuple(_text(list(blocks_of(cell))) for cell in cells))


def _text(blocks: Sequence[Block]) -> str:
    """A cell's text, of which nothing is taken for a mark once more."""
    return escape("\n\n".join(block.text for block in blocks), quote=False)
