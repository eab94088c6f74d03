"""Uploaded files, kept in a temporary folder of their own until they are read."""

import contextlib
import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath, PureWindowsPath

from knowledge import GlossaryError, formats
from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.formats.draft import slug
from knowledge.glossary import Glossary

COLUMN_ROLES = (
    "term", "definition", "language", "aliases", "category", "example", "related", "sources", "id",
)  # fmt: skip
"""What a column of a table can hold, that which matters most first."""

RARE_COLUMN_ROLES = ("asked", "note", "acronym", "expansion", "translation", "updated")
"""What a column holds seldom: offered where it is understood so."""

_LONGEST = 80  # characters of a name
_SHOWN = 3  # rows of a table that show what is in it
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,8}")


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
    """From a role to the column that has it, by the column's name, or its letter."""

    @property
    def key(self) -> str:
        """Tells the table from the others of the upload."""
        return f"{self.name}/{self.sheet}" if self.sheet else self.name

    @property
    def columns(self) -> tuple[str, ...]:
        """What each column is told by: its name, or its letter where others have that name."""
        alone = (name and self.header.count(name) == 1 for name in self.header)
        return tuple(
            name if one else _letter(n)
            for n, (name, one) in enumerate(zip(self.header, alone, strict=True))
        )


class Uploads:
    """Files in a temporary folder, which goes when this does, or is closed."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="masrad-")
        self._path = Path(self._folder.name)
        self.names: tuple[str, ...] = ()
        """The files' names, made safe, in the order in which they came."""

    def close(self) -> None:
        """Removes the files; it can be used no more."""
        self._folder.cleanup()

    def add(self, name: str, data: bytes) -> str:
        """Adds a file; returns the name that it gets: no path, and none that another has."""
        safe = _safe(name)
        number, taken, wanted = 1, {each.casefold() for each in self.names}, PurePath(safe)
        while safe.casefold() in taken:
            number += 1
            safe = f"{wanted.stem}-{number}{wanted.suffix}"
        (self._path / safe).write_bytes(data)
        self.names = (*self.names, safe)
        return safe

    def sheets(self) -> tuple[SheetPreview, ...]:
        """Its tables."""
        return tuple(sheet for name in self.names for sheet in _sheets(self._path / name))

    def read(self, columns: Mapping[str, Mapping[str, str]] | None = None) -> Glossary:
        """What its files say; ``columns`` are those of each role, by the keys of tables.

        Raises:
            GlossaryError: there is no entry in them, or a table has no such column.
        """
        chosen = columns or {}
        items = [item for name in self.names for item in self._read(name, chosen)]
        faults = [str(item) for item in items if isinstance(item, Fault)]
        if len(faults) == len(items):
            reasons = f" ({'; '.join(faults[:3])})" if faults else ""
            raise GlossaryError(f"There is no entry in that{reasons}.")
        return Glossary.of(self._path, items)

    def _read(self, name: str, columns: Mapping[str, Mapping[str, str]]) -> Iterator[Entry | Fault]:
        path, start = self._path / name, f"{name}/"
        own = {key.removeprefix(start): columns[key] for key in columns if key.startswith(start)}
        return formats.read_sheets(path, own) if own else formats.read(path, columns.get(name))


def _safe(name: str) -> str:
    """A file's name: without a path, and without what a system would not have in one."""
    last = PurePath(PureWindowsPath(name).name)
    ending = last.suffix if _ENDING.fullmatch(last.suffix) else ""
    stem = slug(last.stem if ending else last.name)[:_LONGEST].strip("-") or "file"
    return f"{stem}{ending.lower()}"


def _letter(place: int) -> str:
    """A column as spreadsheets name it: A, B … Z, AA."""
    letters = ""
    while place >= 0:
        letters, place = chr(ord("A") + place % 26) + letters, place // 26 - 1
    return letters


def _sheets(path: Path) -> Iterator[SheetPreview]:
    """The tables of a file; nothing where there is none to choose from."""
    with contextlib.suppress(GlossaryError):  # it is told where the file is read
        found = formats.sheets(path)
        for sheet in found:
            width = max((len(row.cells) for row in sheet.rows), default=0)
            header = (*sheet.header, *[""] * (width - len(sheet.header)))
            if len(header) > 1:
                rows = tuple(row.cells for row in sheet.rows[:_SHOWN])
                name = sheet.name if len(found) > 1 else ""
                yield SheetPreview(path.name, name, header, rows, sheet.roles)
