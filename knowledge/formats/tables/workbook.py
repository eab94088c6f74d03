"""Workbooks: the sheets of XLSX, XLSB, XLS and ODS files, read by ``calamine``."""

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import PurePath
from typing import Any

from knowledge import GlossaryError
from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.formats.sites.wording import is_called, is_letter
from knowledge.formats.tables import choice
from knowledge.formats.tables import sheet as tables
from knowledge.formats.tables.bulk import BROKEN, LOCKED, Unreadable, is_locked, weigh, weigh_area
from knowledge.formats.tables.sheet import Row, Sheet
from knowledge.formats.tables.tongues import language_of

_ZIP, _COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MOST_MERGED = 1_000_000
_IN_SHEET = "in the sheet “{}”: {}"
_HIDDEN = "the sheet “{}” is hidden and was not read."
_ASIDE = "the sheet “{}” is not one of terms by its name, or has no header, and was not read."
_NO_TABLE = "the sheet “{}” has no columns of terms and definitions, and was not read."


def recognises(data: bytes) -> bool:
    """Whether some bytes are a workbook, of Excel or OpenDocument."""
    if data.startswith(_COMPOUND):
        return True
    if not data.startswith(_ZIP):
        return False
    try:
        names = set(zipfile.ZipFile(io.BytesIO(data)).namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return False
    if "mimetype" in names and b"opendocument.spreadsheet" in data[:200]:
        return True
    return any(name.startswith("xl/") for name in names)


def read(
    data: bytes,
    path: PurePath,
    columns: Mapping[str, str] | None = None,
    own: Mapping[str, Mapping[str, str]] | None = None,
) -> Iterator[Entry | Fault]:
    """The entries of all sheets that hold terms; a sheet named for a language is in it.

    ``own`` are the columns of single sheets, by their names; one that is left none is not read.

    Raises:
        GlossaryError: ``columns`` names a column that no sheet has, ``own`` one that its has not.
    """
    origin, own = str(path), own or {}
    try:
        found = sheets_of(data, path, columns)
    except Unreadable as error:
        yield Fault(origin, 1, str(error))
        return
    found = [_with(sheet, own.get(sheet.name), origin) for sheet in found]
    told = [sheet for sheet in found if sheet.columns]
    headed = [sheet for sheet in told if sheet.header or sheet.name in own]
    headed = [sheet for sheet in headed if not is_called(sheet.name, "aside")] or headed or told
    if not headed:
        message = "no sheet has columns of terms and definitions: name two so in the first row."
        yield Fault(origin, 1, message)
        return
    for sheet in found:
        if sheet in headed or (sheet in told and is_letter(sheet.name)):
            made = tables.entries(sheet, origin, language_of(sheet.name))
            yield from _placed(made, sheet) if len(found) > 1 else made
        else:
            yield from sheet.faults
            if sheet.rows:
                why = _ASIDE if sheet in told else _NO_TABLE
                yield Fault(origin, 1, why.format(sheet.name), "warning")


def _placed(items: Iterator[Entry | Fault], sheet: Sheet) -> Iterator[Entry | Fault]:
    """The items of one of several sheets, whose faults say which: the row alone does not tell."""
    for item in items:
        if isinstance(item, Fault):
            yield replace(item, message=_IN_SHEET.format(sheet.name, item.message))
        else:
            yield item


def _with(sheet: Sheet, columns: Mapping[str, str] | None, origin: str) -> Sheet:
    """A sheet whose columns are chosen, if they are."""
    if columns is None:
        return sheet
    if not sheet.header:  # it may have one, of names that say nothing
        return tables.understood(sheet.name, sheet.rows, columns, origin=origin)
    width = max((len(row.cells) for row in sheet.rows), default=0)
    header = (*sheet.header, *[""] * (width - len(sheet.header)))
    return replace(sheet, columns=choice.mapped(header, columns, origin))


def sheets(data: bytes, path: PurePath) -> tuple[Sheet, ...]:
    """The sheets of a workbook that are not hidden.

    Raises:
        GlossaryError: it cannot be read.
    """
    try:
        return tuple(sheet for sheet in sheets_of(data, path) if sheet.rows or sheet.header)
    except Unreadable as error:
        raise GlossaryError(f"{path} {error}") from error


def sheets_of(data: bytes, path: PurePath, columns: Mapping[str, str] | None = None) -> list[Sheet]:
    """The sheets of a workbook; of a hidden one only the fault that it was not read."""
    import python_calamine as calamine  # noqa: PLC0415  (a library of 3 MB)

    weigh(data)
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        found: list[Sheet | tuple[str, list[Row]]] = []
        area = 0
        for about in book.sheets_metadata:
            if about.visible != calamine.SheetVisibleEnum.Visible:
                fault = Fault(str(path), 1, _HIDDEN.format(about.name), "warning")
                found.append(Sheet(about.name, (), (), faults=(fault,)))
            elif about.typ == calamine.SheetTypeEnum.WorkSheet:
                sheet = book.get_sheet_by_name(about.name)
                area += sheet.height * sheet.width  # several sheets may be one part, read again
                weigh_area(area)
                found.append((about.name, _rows(sheet)))
    except Unreadable:
        raise
    except calamine.PasswordError as error:
        raise Unreadable(LOCKED) from error
    except BaseException as error:  # its panics are no Exceptions
        if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
            raise
        raise Unreadable(LOCKED if is_locked(data) else BROKEN) from error
    parts = [item for item in found if not isinstance(item, Sheet)]
    read = iter(_chosen(parts, columns, str(path)) if columns else _told(parts, str(path)))
    return [item if isinstance(item, Sheet) else next(read) for item in found]


def _told(parts: Sequence[tuple[str, list[Row]]], origin: str) -> list[Sheet]:
    """The sheets as their own headers tell them."""
    return [tables.understood(name, rows, origin=origin) for name, rows in parts]


def _chosen(
    parts: Sequence[tuple[str, list[Row]]], columns: Mapping[str, str], origin: str
) -> list[Sheet]:
    """The sheets with columns chosen for one of them: what fits another applies there, too.

    Letters and numbers fit every sheet: they are for those whose own headers do not tell.

    Raises:
        GlossaryError: no sheet has the columns.
    """
    if len(parts) == 1:
        return [tables.understood(*parts[0], columns, origin=origin)]
    told = _told(parts, origin)
    named = [{k: name for k, name in columns.items() if sheet.names(name)} for sheet in told]
    untold = any(not sheet.header or not sheet.columns for sheet in told)
    found: list[Sheet] = []
    refusals: list[GlossaryError] = []
    fits = any(named)
    for part, sheet, own in zip(parts, told, named, strict=True):
        is_told = bool(sheet.header and sheet.columns)
        if is_told and not own and (untold or any(named)):
            found.append(sheet)
            continue
        try:
            found.append(tables.understood(*part, columns, origin=origin))
            fits = True
        except GlossaryError as refusal:
            refusals.append(refusal)
            found.append(sheet.chosen(own, origin))
    if refusals and not fits:
        raise refusals[0]
    return found


def _rows(sheet: Any) -> list[Row]:  # noqa: ANN401
    top, left = sheet.start or (0, 0)
    cells = [[_text(cell) for cell in row] for row in sheet.iter_rows()]
    filled = 0
    bands: set[int] = set()
    for (first, one), (last, other) in sheet.merged_cell_ranges or ():
        value = _at(cells, first - top, one - left)
        if other > one:
            bands.add(first - top)
        for r in range(max(0, first - top), min(len(cells), last - top + 1)):
            for c in range(max(0, one - left), min(len(cells[r]), other - left + 1)):
                filled += 1
                if value and filled < _MOST_MERGED and not cells[r][c]:
                    cells[r][c] = value
    return [
        Row(top + n + 1, ("",) * left + tuple(row), is_band=n in bands and len({*row} - {""}) == 1)
        for n, row in enumerate(cells)
    ]


def _at(cells: Sequence[Sequence[str]], row: int, place: int) -> str:
    inside = 0 <= row < len(cells) and 0 <= place < len(cells[row])
    return cells[row][place] if inside else ""


def _text(cell: Any) -> str:  # noqa: ANN401
    """A cell as it is shown, more or less: whole numbers without a point, days as ISO 8601."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:  # noqa: PLR2004
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if not cell.time() else cell.isoformat(" ")
    return cell.isoformat() if isinstance(cell, date) else str(cell)
