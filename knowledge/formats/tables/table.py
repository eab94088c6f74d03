"""Tables as text: CSV and its kin, whatever parts the cells."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath

from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.formats.tables import columns as names
from knowledge.formats.tables import contents
from knowledge.formats.tables import sheet as sheets
from knowledge.formats.tables.columns import DEFINITION, TERM
from knowledge.formats.tables.sheet import Row, Sheet

DELIMITERS = ",;\t|؛،"
_TOP = 8  # rows within which a header is looked for, in a text that may be prose
_LOOKED_AT = 64 * 1024  # characters
_MENDED = 20
"""Rows with a quote that nothing closes: each costs a look at all that follows."""
_FULL, _FEW = 0.8, 0.1  # shares of the rows in which more than one cell is filled
_LONG = 400  # characters of a cell above a header, or in it
_CURED = re.compile("'+[=+\\-@\t\r＝＋－＠]")
_RULE = re.compile(r":?-{2,}:?")


def recognises_csv(text: str) -> bool:
    """Whether one of the first lines names columns, a term's and a definition's, of those below."""
    return delimiter_of(text) is not None


def delimiter_of(text: str) -> str | None:
    """What parts the cells of a text that is a table with a header; None if it is no such table."""
    if (said := _said(text)) and _headed(text, said):
        return said
    tabs = [line.count("\t") for line in text[:_LOOKED_AT].split("\n")[:100] if line.strip()]
    is_tabbed = len(tabs) > 1 and 0 < tabs[0] == min(tabs)  # whatever else stands in the texts
    marks = "\t" if is_tabbed else DELIMITERS
    best = max(marks, key=lambda delimiter: _headed(text, delimiter))
    return best if _headed(text, best) else None


def names_only(text: str) -> bool:
    """Whether a text is a table whose header names the terms, and nothing that is said of them."""
    for delimiter in DELIMITERS:
        rows = [row for row in rows_of(text[:_LOOKED_AT], delimiter)[0] if any(row.cells)][:2]
        known = names.recognised(rows[0].cells) if len(rows) > 1 and len(rows[0].cells) > 1 else {}
        if any(column.role == TERM for column in known.values()):
            return True
    return False


def _said(text: str) -> str:
    """The delimiter that a first line such as ``sep=;`` names for Excel."""
    first = text[:10].split("\n", 1)[0].strip().strip('"')
    return first[4] if first.lower().startswith("sep=") and len(first) > 4 else ""  # noqa: PLR2004


def _headed(text: str, delimiter: str) -> int:
    """How many columns are known by a header of a table parted so; 0 where there is none."""
    top = text[:_LOOKED_AT]
    if delimiter not in top:
        return 0
    top = top[: top.rfind("\n") + 1] or top if len(text) > len(top) else top
    rows = [row for row in rows_of(top, delimiter)[0] if any(map(str.strip, row.cells))][:50]
    for n, row in enumerate(rows[:_TOP]):
        if max(map(len, row.cells)) > _LONG:
            return 0
        below = rows[n + 1 :]
        near = [r.cells for r in below or rows[max(0, n - 1) : n]]
        known = contents.named(row.cells, near) if len(row.cells) > 1 else {}
        above = [r.cells for r in rows[:n]]
        if names.holds_entries(known) and not contents.is_among(row.cells, above):
            if below and any(_RULE.fullmatch(cell) for cell in below[0].cells):  # Markdown's
                return 0
            # Prose may have a line that reads like a header; not many lines that read like rows.
            told = [r for r in below if not r.is_letter]
            full = sum(sum(map(bool, map(str.strip, r.cells))) > 1 for r in told)
            sure = n == 0 and len(known) == len(row.cells)  # a line of nothing but such names
            return len(known) if full >= (_FEW if sure else _FULL) * (len(told) - 1) else 0
    return 0


def read_csv(
    text: str, path: PurePath, columns: Mapping[str, str] | None = None
) -> Iterator[Entry | Fault]:
    """An entry a row, or one in each language that its columns are named for.

    ``columns`` says which hold what, where their names do not: from a role to a column's name,
    letter or number.

    Raises:
        GlossaryError: ``columns`` names one that is not there.
    """
    yield from sheets.entries(sheet_of(text, path, columns), str(path))


def sheet_of(text: str, path: PurePath, columns: Mapping[str, str] | None = None) -> Sheet:
    """The table that a text is.

    Raises:
        GlossaryError: ``columns`` names one that is not there.
    """
    origin = str(path)
    delimiter = delimiter_of(text) or guessed_delimiter(text)
    rows, faults = rows_of(text, delimiter, origin)
    sheet = sheets.understood(path.stem, rows, columns, origin=origin)
    fitted, more = _fitted(sheet, text, delimiter, origin)
    fitted = tuple(replace(row, cells=tuple(map(_bare, row.cells))) for row in fitted)
    return Sheet(sheet.name, sheet.header, fitted, sheet.columns, (*faults, *more))


def _unquoted(cell: str, delimiter: str) -> str:
    """A cell of a row whose quotes are wrong; in cards, a tab between, they are mostly letters."""
    if delimiter != "\t":
        return cell.strip('"')
    return cell[1:-1] if len(cell) > 1 and cell[0] == cell[-1] == '"' else cell


def _bare(cell: str) -> str:
    """A cell without the apostrophe that keeps a spreadsheet from running it (OWASP)."""
    return cell[1:] if _CURED.match(cell) else cell


def guessed_delimiter(text: str) -> str:
    """What parts the cells of a table that has no header: what most lines have equally often."""
    lines = [line for line in text[:_LOOKED_AT].split("\n") if line.strip()][:100]
    if tabbed := sum("\t" in line for line in lines):
        return "\t" if tabbed > len(lines) / 2 else ","
    return max(",;|", key=lambda d: sum(d in line for line in lines) * 100 - lines.count(d))


def rows_of(
    text: str, delimiter: str, origin: str = "", above: int = 0
) -> tuple[list[Row], list[Fault]]:
    r"""The rows of a text, each with its line, and what is wrong with some.

    A quote within quotes is doubled, or has a backslash before it. A row whose quotes are wrong is
    read as if they were letters, and those below as ever. ``above`` is how many lines stand above.
    """
    if _said(text):
        above, text = above + 1, text.partition("\n")[2]
    if '\\"' in text:
        text = text.replace('\\"', '""')
    rows: list[Row] = []
    faults: list[Fault] = []
    lines: list[str] = []
    start, mended = 0, 0
    while (broken := _strict(text, delimiter, start, above, rows)) is not None:
        start = broken
        lines = lines or text.split("\n")
        line, mended = start + above + 1, mended + 1
        if mended > _MENDED:
            faults.append(Fault(origin, line, "not valid CSV here: the rest was not read."))
            break
        if len(lines[start]) > csv.field_size_limit():
            faults.append(Fault(origin, line, "holds too long a cell: the row was not read."))
        else:
            cells = next(
                csv.reader([lines[start]], delimiter=delimiter, quoting=csv.QUOTE_NONE), []
            )
            rows.append(Row(line, tuple(_unquoted(cell.strip(), delimiter) for cell in cells)))
            message = "not valid CSV here: a quotation mark was read as a letter; double it."
            faults.append(Fault(origin, line, message, "warning"))
        start += 1
    return _unwrapped(rows, delimiter), faults


def _strict(text: str, delimiter: str, start: int, above: int, rows: list[Row]) -> int | None:
    """Reads rows from a line on (from 0), up to the end or to the line of one that is broken."""
    stream = io.StringIO(text, newline="\n")
    for _ in range(start):
        stream.readline()
    reader = csv.reader(
        stream, delimiter=delimiter, skipinitialspace=delimiter != "\t", strict=True
    )
    line = start
    try:
        for cells in reader:
            if cells:
                rows.append(Row(line + above + 1, tuple(cell.strip() for cell in cells)))
            line = start + reader.line_num
    except csv.Error:
        return line
    return None


def _unwrapped(rows: list[Row], delimiter: str) -> list[Row]:
    """Rows each of which was quoted as a whole, as some programs do, with its cells."""
    whole = [row for row in rows if len(row.cells) == 1 and delimiter in row.cells[0]]
    if not rows or len(whole) < len([row for row in rows if row.cells]) or delimiter == "\t":
        return rows
    header = whole[0].cells[0].split(delimiter) if whole else []
    if not names.holds_entries(names.recognised(header)):
        return rows
    width = len(header)
    return [
        Row(row.line, tuple(cell.strip() for cell in row.cells[0].split(delimiter, width - 1)))
        for row in whole
    ]


def _fitted(
    sheet: Sheet, text: str, delimiter: str, origin: str
) -> tuple[tuple[Row, ...], list[Fault]]:
    """The rows, none of which has more cells than there are columns.

    What is too much belongs to a definition in the last column, which holds the delimiter and
    should have been quoted; else nobody can tell which cell is whose.
    """
    width = len(sheet.header) or (2 if set(sheet.columns) == {0, 1} else 0)
    if not width:
        return sheet.rows, []
    named = [n for n, name in enumerate(sheet.header) if name.strip()] or [1]
    last = sheet.columns.get(named[-1]) if named[-1] == width - 1 else None
    joins = last is not None and last.role in (DEFINITION, "note", "example")
    rows: list[Row] = []
    faults: list[Fault] = []
    lines: Sequence[str] = ()
    for row in sheet.rows:
        if not any(row.cells[width:]):
            rows.append(row)
        elif joins and sheet.header:
            lines = lines or text.split("\n")
            raw = lines[row.line - 1]
            cut = raw.split(delimiter, width - 1)[-1]
            whole = cut if '"' not in raw else f"{delimiter} ".join(row.cells[width - 1 :])
            rows.append(Row(row.line, (*row.cells[: width - 1], whole.strip())))
            message = (
                f"has {len(row.cells)} cells for {width} columns: what is too much was taken for"
                f" the end of the last; put quotes around a cell that holds “{delimiter}”."
            )
            faults.append(Fault(origin, row.line, message, "warning"))
        elif sheet.header:
            message = (
                f"has {len(row.cells)} cells for {width} columns: put quotes"
                f" around a cell that holds “{delimiter}”."
            )
            faults.append(Fault(origin, row.line, message))
        else:
            rows.append(row)
    return tuple(rows), faults
