"""A parcel: files that somebody hands in, kept in a folder of their own until they are read."""

import csv
import io
import re
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath, PureWindowsPath

from knowledge import GlossaryError
from knowledge.formats.draft import slug
from knowledge.glossary import Glossary

ROLES = (
    "term", "definition", "language", "aliases", "category", "example", "related", "sources", "id",
)  # fmt: skip
"""What a column of a table can hold, that which matters most first."""

_LONGEST = 80  # characters of a name
_SHOWN = 3  # rows of a table that show what is in it
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,8}")
_HEADER = re.compile(r"[^\n]*")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as it begins: the names of its columns, its first rows, and what was guessed."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    roles: Mapping[str, int]
    """The column of each role that its name tells."""


class Parcel:
    """Files in a temporary folder, which goes when the parcel does."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="masrad-")
        self._path = Path(self._folder.name)
        self.names: tuple[str, ...] = ()
        """The files' names, made safe, in the order in which they came."""

    def add(self, name: str, data: bytes) -> str:
        """Adds a file; returns the name that it gets: no path, and none that another has."""
        safe = _safe(name)
        number, taken = 1, {each.casefold() for each in self.names}
        wanted = PurePath(safe)
        while safe.casefold() in taken:
            number += 1
            safe = f"{wanted.stem}-{number}{wanted.suffix}"
        (self._path / safe).write_bytes(data)
        self.names = (*self.names, safe)
        return safe

    def sheets(self) -> tuple[Sheet, ...]:
        """Its tables."""
        found = (_sheet(self._path / name) for name in self.names)
        return tuple(sheet for sheet in found if sheet)

    def read(self, columns: Mapping[str, Mapping[str, int]] | None = None) -> Glossary:
        """What its files say; ``columns`` are those of each role, by the names of tables.

        Raises:
            GlossaryError: there is no entry in them.
        """
        with tempfile.TemporaryDirectory(prefix="masrad-") as folder:
            for name in self.names:
                data = (self._path / name).read_bytes()
                chosen = (columns or {}).get(name)
                Path(folder, name).write_bytes(_named(data, chosen) if chosen else data)
            try:
                return Glossary.read(Path(folder))
            except GlossaryError as error:
                said = str(error).replace(f"The glossary at {folder} holds", "That holds")
                raise GlossaryError(said) from None


def _safe(name: str) -> str:
    """A file's name: without a path, and without what a system would not have in one."""
    last = PurePath(PureWindowsPath(name).name)
    ending = last.suffix if _ENDING.fullmatch(last.suffix) else ""
    stem = slug(last.stem if ending else last.name)[:_LONGEST].strip("-") or "file"
    return f"{stem}{ending.lower()}"


def _sheet(path: Path) -> Sheet | None:
    if path.suffix not in (".csv", ".tsv", ".tab"):
        return None
    rows = _rows(path.read_text("utf-8-sig", errors="replace"), _SHOWN + 1)
    if not rows or len(rows[0]) < 2:  # noqa: PLR2004  (of one column there is nothing to choose)
        return None
    header = tuple(cell.strip() for cell in rows[0])
    folded = [name.casefold() for name in header]
    roles = {role: folded.index(role) for role in ROLES if role in folded}
    return Sheet(path.name, header, tuple(map(tuple, rows[1:])), roles)


def _rows(text: str, most: int) -> Sequence[Sequence[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        return [row for row, _ in zip(reader, range(most), strict=False)]
    except csv.Error:
        return []


def _delimiter(text: str) -> str:
    head = _HEADER.match(text)
    return max(",;\t|", key=(head[0] if head else "").count)


def _named(data: bytes, columns: Mapping[str, int]) -> bytes:
    """A table whose columns are named for their roles."""
    text = data.decode("utf-8-sig", errors="replace")
    delimiter = _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    header = next(reader, [])
    by_place = {place: role for role, place in columns.items()}
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow([by_place.get(n, f"column-{n}") for n in range(len(header))])
    rest = text.split("\n", reader.line_num)
    out.write(rest[-1] if len(rest) > reader.line_num else "")
    return out.getvalue().encode()
