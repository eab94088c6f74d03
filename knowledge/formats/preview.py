"""Previews: what was understood of a file, for a person to choose from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

Columns: TypeAlias = Mapping[str, Mapping[str, str]]
"""What the columns of tables hold, by a table's key (``SheetPreview.key``), “” for all: from a
role (``term``, ``definition_ar``) to a column's name, letter or number. A table with an empty
choice is not read."""


@dataclass(frozen=True, slots=True)
class ShapePreview:
    """A way to read a document, or a folder of them."""

    name: str
    terms: int
    first: tuple[str, ...]
    """The first terms that it gives."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What was understood of a file, or of a folder of them."""

    sheets: "tuple[SheetPreview, ...]"
    shapes: tuple[ShapePreview, ...]
    """The one that reading chooses first."""


@dataclass(frozen=True, slots=True)
class SheetPreview:
    """A table as it begins: the names of its columns, its first rows, and what was understood."""

    name: str
    """The file's."""
    sheet: str
    """Its own in a workbook of several; else empty."""
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    roles: Mapping[str, str]
    """From a role (``definition_ar``) to the column that has it: its name, or its letter."""

    @property
    def key(self) -> str:
        """Tells the table from the others of several files."""
        return f"{self.name}/{self.sheet}" if self.sheet else self.name

    @property
    def columns(self) -> tuple[str, ...]:
        """What each column is told by: its name, or its letter where it has none of its own."""
        return tuple(
            name if name and self.header.count(name) == 1 else letter(n)
            for n, name in enumerate(self.header)
        )


def letter(place: int) -> str:
    """A column as spreadsheets name it: A, B … Z, AA."""
    letters = ""
    while place >= 0:
        letters, place = chr(ord("A") + place % 26) + letters, place // 26 - 1
    return letters
