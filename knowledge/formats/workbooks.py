"""Workbooks: the sheets of XLSX, XLSB, XLS and ODS files, read by ``calamine``."""

import io
import re
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

_ZIP, _COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MOST = 128 * 1024 * 1024  # bytes of what is packed; a glossary of 100,000 terms has 40 million
_MOST_CELLS = 2_000_000
_CELL = re.compile(rb'<(?:\w+:)?c\b[^<>]*?\br="([A-Z]{1,3})(\d{1,7})"')
_REPEATED = re.compile(rb'number-(?:columns|rows)-repeated="(\d{5,})"[^<>]*>\s*<text')
_TOO_LARGE = "unpacks to too much: save the sheets with terms alone, as CSV."
_BROKEN = "is no workbook that can be opened: save it anew, or as CSV."
_LOCKED = "is protected by a password: save it without one."


class Unreadable(Exception):  # noqa: N818
    """The workbook cannot be read; the message says why and what to do, for a fault."""


@dataclass(frozen=True)
class Part:
    """A sheet: its rows, each with its number from 1."""

    name: str
    hidden: bool = False
    rows: list[tuple[int, list[str]]] = field(default_factory=list)


def recognises(data: bytes) -> bool:
    """Whether some bytes are a workbook, of Excel or OpenDocument."""
    if data.startswith(_COMPOUND):
        return True
    if not data.startswith(_ZIP):
        return False
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return False
    return any(name.startswith("xl/") for name in names) or (
        b"opendocument.spreadsheet" in data[:200]
    )


def sheets(data: bytes) -> list[Part]:
    """The sheets of a workbook, the hidden ones empty.

    Raises:
        Unreadable: it is broken, locked, or unpacks to too much.
    """
    import python_calamine as calamine  # noqa: PLC0415  (a library of 3 MB)

    if data.startswith(_ZIP):
        _weigh(data)
    found: list[Part] = []
    cells = 0
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        for about in book.sheets_metadata:
            if about.typ != calamine.SheetTypeEnum.WorkSheet:
                continue
            if about.visible != calamine.SheetVisibleEnum.Visible:
                found.append(Part(about.name, hidden=True))
                continue
            sheet = book.get_sheet_by_name(about.name)
            cells += sheet.height * sheet.width
            _refuse(cells > _MOST_CELLS)
            found.append(Part(about.name, rows=_rows(sheet)))
    except (Unreadable, MemoryError, KeyboardInterrupt, SystemExit):
        raise
    except calamine.PasswordError as error:
        raise Unreadable(_LOCKED) from error
    except BaseException as error:  # its panics are no Exceptions
        raise Unreadable(_LOCKED if b"E\0n\0c\0r\0y" in data[:100_000] else _BROKEN) from error
    return found


def _refuse(condition: bool, /) -> None:  # noqa: FBT001
    if condition:
        raise Unreadable(_TOO_LARGE)


def _weigh(data: bytes) -> None:
    """Refuses what unpacks to too much, or has cells so far apart that all between are too many."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        _refuse(sum(info.file_size for info in archive.infolist()) > _MOST)
        for info in archive.infolist():
            if info.filename.startswith("xl/worksheets/") and info.filename.endswith(".xml"):
                _weigh_sheet(archive.read(info))
            elif info.filename == "content.xml":
                _refuse(_REPEATED.search(archive.read(info)) is not None)
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, EOFError) as error:
        raise Unreadable(_BROKEN) from error


def _weigh_sheet(sheet: bytes) -> None:
    width = height = 0
    for column, row in _CELL.findall(sheet):
        place = 0
        for letter in column:
            place = place * 26 + letter - ord("A") + 1
        width, height = max(width, place), max(height, int(row))
    _refuse(width * height > 10 * _MOST_CELLS)


def _rows(sheet: Any) -> list[tuple[int, list[str]]]:  # noqa: ANN401
    """The rows; a cell merged over several stands in each of them."""
    top, left = sheet.start or (0, 0)
    cells = [[_text(cell) for cell in row] for row in sheet.iter_rows()]
    for (first, one), (last, _) in sheet.merged_cell_ranges or ():
        place, row = one - left, first - top
        if 0 <= row < len(cells) and 0 <= place < len(cells[row]):
            for below in range(row + 1, min(last - top + 1, len(cells))):
                cells[below][place] = cells[below][place] or cells[row][place]
    return [(top + n + 1, [""] * left + row) for n, row in enumerate(cells)]


def _text(cell: Any) -> str:  # noqa: ANN401
    """A cell as it is shown, more or less: whole numbers without a point, days as ISO 8601."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:  # noqa: PLR2004
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if not cell.time() else cell.isoformat(" ")
    return cell.isoformat() if isinstance(cell, date) else str(cell)
