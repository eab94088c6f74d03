"""Sheets: a table as rows of cells with their lines, whatever file it came from."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.formats.tables import choice, contents, records
from knowledge.formats.tables import columns as names
from knowledge.formats.tables.columns import DEFINITION, NOTHING, TERM, Column
from knowledge.formats.tables.record import Record
from knowledge.formats.tables.tongues import language_of
from knowledge.language.words import fold

_TITLES = 20  # rows above a header that are looked through
_NOTE = "one cell spans the row: what it says was taken for a note, and was not read."
_FEW = 2
_HEADED = 30  # characters of a cell that may name a column


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row, and the line of its file that it begins on."""

    line: int
    cells: tuple[str, ...]
    is_band: bool = False
    """Whether all it says stands in one cell that spans others: a title of rows below, a note."""

    @property
    def is_letter(self) -> bool:
        """Whether it says but the letter that the terms below begin with, in whatever cells."""
        said = {cell.strip() for cell in self.cells} - {""}
        return len(said) == 1 and len(said.pop()) == 1

    @property
    def is_numbering(self) -> bool:
        """Whether it but numbers the columns, as some do below a header: 1, 2, 3; or from 0."""
        said = [cell.strip() for cell in self.cells if cell.strip()]
        return len(said) > 1 and any(
            said == [str(n) for n in range(first, first + len(said))] for first in (0, 1)
        )

    @property
    def is_comment(self) -> bool:
        """Whether it is a line beginning with a “#” that says something of other rows."""
        first, *others = self.cells or ("",)
        return first.lstrip().startswith("#") and not any(map(str.strip, others))


@dataclass(frozen=True)
class Sheet:
    """A table: its header, if it has one, and the rows below."""

    name: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    columns: Mapping[int, Column] = field(default_factory=dict)
    """What the columns hold, by their places, as far as it is known."""
    faults: tuple[Fault, ...] = ()
    """Rows that could not be read, and what had to be mended."""

    @property
    def roles(self) -> dict[str, str]:
        """What was understood, as a mapping of columns has it: from a role to a column."""
        found: dict[str, str] = {}
        for n, known in self.columns.items():
            name = self.header[n] if n < len(self.header) else ""
            alone = name.strip() and self.header.count(name) == 1
            if known.role != NOTHING:
                found.setdefault(known.key, name if alone else choice.letter(n))
        return found

    def names(self, chosen: str) -> bool:
        """Whether a column is named so."""
        return bool(fold(chosen)) and fold(chosen) in map(fold, self.header)

    def chosen(self, columns: Mapping[str, str], origin: str) -> "Sheet":
        """The sheet with some of its columns as somebody chose them, the others as before.

        Raises:
            GlossaryError: there is no such column.
        """
        picked = choice.mapped(self.header, columns, origin)
        keys = {known.key for known in picked.values()}
        kept = {n: known for n, known in self.columns.items() if known.key not in keys}
        return replace(self, columns={**kept, **picked})


def understood(
    name: str,
    rows: Sequence[Row],
    columns: Mapping[str, str] | None = None,
    *,
    origin: str = "",
    faults: tuple[Fault, ...] = (),
) -> Sheet:
    """A sheet of some rows: where its header is and what its columns hold.

    Titles and empty rows above the header are passed over, and one of languages above it is read
    with it. Without a header the first column holds the term and the second the definition, if
    they look it. ``columns`` says which hold what in place of their names.

    Raises:
        GlossaryError: ``columns`` names one that is not there.
    """
    rows = [row for row in rows if any(map(str.strip, row.cells)) and not row.is_comment]
    rows = rows[1:] if rows and rows[0].is_numbering else rows  # a data frame without names
    place, header = _header(rows)
    if columns is None and (starts := _beside(header)):
        rows, header = _stacked(rows[place:], starts), header[starts[0] : starts[1]]
        place = len(starts) - 1
    below = [row.cells for row in rows[place + 1 :]]
    known = contents.named(header, below) if header else {}
    if columns is not None:
        chosen = {fold(name) for name in columns.values() if len(name) > 1} - {""}
        named = [n for n, r in enumerate(rows[:_TITLES]) if chosen & {fold(c) for c in r.cells}]
        if named:
            place, header = named[0], rows[named[0]].cells
        elif not header and rows and _heads(rows):
            place, header = 0, rows[0].cells
        width = max((len(row.cells) for row in rows), default=0)
        known = choice.mapped((*header, *[""] * (width - len(header))), columns, origin)
    elif not header:
        below = [row.cells for row in rows if not row.is_letter]
        known = contents.guessed(below)
        paired = [tuple(row[n] if n < len(row) else "" for n in known) for row in below]
        if known and contents.is_named(paired):  # by names that nobody knows
            place, header = 0, rows[0].cells
    return Sheet(name, tuple(header), tuple(rows[place + 1 :]), known, faults)


def _header(rows: Sequence[Row]) -> tuple[int, tuple[str, ...]]:
    """Which of the first rows names the columns, and as what; none is row -1."""
    headers = [tuple(" ".join(cell.split()) for cell in row.cells) for row in rows[:_TITLES]]
    known = [
        contents.named(cells, [row.cells for row in rows[n + 1 :] or rows[max(0, n - 1) : n]])
        for n, cells in enumerate(headers)
    ]
    likely = [
        n
        for n, found in enumerate(known)
        if names.holds_entries(found) and not contents.is_among(headers[n], headers[:n])
    ]
    defining = [n for n in likely if any(k.role == DEFINITION for k in known[n].values())]
    # A row of words may hold one that names a column; it says less than the header above it.
    named = [n for n in defining if len(known[n]) >= len(known[likely[0]])]
    for n in named or likely:
        cells = headers[n]
        repeats = len(cells) - len({*cells}) > max(0, cells.count("") - 1)
        below = rows[n + 1].cells if repeats and n + 1 < len(rows) else ()
        if below and all(map(language_of, filter(None, below))):
            return n + 1, _spread(cells, below)
        if n and repeats:
            spread = _spread(rows[n - 1].cells, cells)
            if names.holds_entries(names.recognised(spread)):
                return n, spread
        return n, cells
    return -1, ()


def _beside(header: Sequence[str]) -> list[int]:
    """Where each of several tables begins that stand side by side, with the same names."""
    filled = [n for n, name in enumerate(header) if name]
    for count in range(2, len(filled) // 2 + 1):
        width, rest = divmod(len(filled), count)
        own = [header[n] for n in filled[:width]]
        if not rest and len({*own}) == width and [header[n] for n in filled] == own * count:
            return filled[::width] if names.holds_entries(names.recognised(own)) else []
    return []


def _stacked(rows: Sequence[Row], starts: Sequence[int]) -> list[Row]:
    """The rows of tables that stand side by side, each of a table in a row of its own."""
    ends = [*starts[1:], None]
    return [
        replace(row, cells=row.cells[start:end])
        for row in rows
        for start, end in zip(starts, ends, strict=True)
        if any(row.cells[start:end])
    ]


def _spread(above: Sequence[str], cells: Sequence[str]) -> tuple[str, ...]:
    """The names of columns with those above them, each of which stands for several.

    One of the two is of languages.
    """
    found, last = [], ""
    for n, cell in enumerate(cells):
        last = (above[n].strip() if n < len(above) else "") or last
        name, tongue = (cell, language_of(last)) if not language_of(cell) else (last, cell)
        found.append(f"{name} ({tongue})" if tongue and cell else cell or last)
    return tuple(found)


def _heads(rows: Sequence[Row]) -> bool:
    """Whether the first row names columns that nobody knows: short cells, each another."""
    first, rest = rows[0].cells, rows[1:50]
    filled = [cell for cell in first if cell.strip()]
    longest = max((len(cell) for row in rest for cell in row.cells), default=0)
    return (
        bool(rest)
        and len(filled) == len({*filled})
        and all(
            len(cell) <= _HEADED and not cell.rstrip().endswith((".", "。", "؟", "?"))
            for cell in filled
        )
        and longest > 2 * max(map(len, filled), default=0)
    )


def entries(sheet: Sheet, origin: str, default_language: str = "") -> Iterator[Entry | Fault]:
    """The entries of a sheet, and what of it was not used."""
    yield from sheet.faults
    yield from records.read(_records(sheet, origin), origin, default_language)
    unused = [
        name.strip()
        for n, name in enumerate(sheet.header)
        if name.strip()
        and n not in sheet.columns
        and any(n < len(r.cells) and r.cells[n].strip() for r in sheet.rows)
    ]
    if unused and sheet.rows:
        line = sheet.rows[0].line - 1
        listed = ", ".join(f"“{name}”" for name in unused[:10])
        message = f"nothing was read from the columns that are no part of an entry: {listed}."
        yield Fault(origin, max(1, line), message, "warning")


def _headed(sheet: Sheet) -> Sequence[Row]:
    """The rows, those as bands that say but a term, if the first does and others apart from it."""
    alone = [
        n for n, row in enumerate(sheet.rows) if sum(map(bool, map(str.strip, row.cells))) == 1
    ]
    named = next((n for n, known in sheet.columns.items() if known.role == TERM), 0)
    apart = all(after - before > 1 for before, after in pairwise([*alone, len(sheet.rows)]))
    if len(alone) < _FEW or alone[0] or not apart:
        return sheet.rows
    bands = {n for n in alone if named < len(sheet.rows[n].cells) and sheet.rows[n].cells[named]}
    return [replace(row, is_band=True) if n in bands else row for n, row in enumerate(sheet.rows)]


def _joined(rows: Sequence[Row], columns: Mapping[int, Column]) -> Iterator[Row]:
    """The rows, those that but go on with a definition as part of the row above."""
    told = [n for n, known in columns.items() if known.role == DEFINITION]
    above: Row | None = None
    for row in rows:
        filled = [n for n, cell in enumerate(row.cells) if cell.strip()]
        if above is not None and filled == told and (said := _goes_on(above, row, told[0])):
            above = replace(above, cells=said)
            continue
        if above is not None:
            yield above
        above = row
    if above is not None:
        yield above


def _goes_on(above: Row, row: Row, n: int) -> tuple[str, ...]:
    """The cells of a row with what the next one says, if that begins within a sentence."""
    said = above.cells[n].strip() if n < len(above.cells) else ""
    rest = row.cells[n].strip()
    open_ended = said and said[-1] not in ".!?:。！？؟…" and rest[0].islower()
    return (*above.cells[:n], f"{said} {rest}", *above.cells[n + 1 :]) if open_ended else ()


def _records(sheet: Sheet, origin: str) -> Iterator[Record | Fault]:
    header = tuple(cell.strip() for cell in sheet.header)
    filed = any(known.role == "category" for known in sheet.columns.values())
    band = ""
    bilingual = all(known.role != DEFINITION for known in sheet.columns.values())
    rows = _headed(sheet) if header and not filed else sheet.rows
    first = sheet.rows[0].line if sheet.rows else 0
    for row in _joined(rows, sheet.columns):
        if header and tuple(cell.strip() for cell in row.cells) == header:
            continue  # the header, said again further down
        if row.is_letter or row.is_comment or (header and row.line == first and row.is_numbering):
            continue
        if row.is_band:
            said = next(filter(None, row.cells))
            band = said if not filed and len(said) <= _HEADED else ""
            if len(said) > _HEADED:
                yield Fault(origin, row.line, _NOTE, "warning")
            continue
        record = Record(line=row.line, bilingual=bilingual)
        for n, known in sheet.columns.items():
            if n < len(row.cells) and known.role != NOTHING:
                record.add(known, sheet.header[n] if n < len(sheet.header) else "", row.cells[n])
        if record.held:
            record.add(Column("category"), "", band)
            yield record
