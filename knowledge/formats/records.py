"""Records: tables and trees of named fields, made into entries.

CSV and its kin, flash cards, sheets of Excel and OpenDocument, JSON, JSON Lines, YAML and TOML: a
row or object becomes a ``trees.Record``, that a ``Concept``, and that an entry in each language.
"""

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import islice, pairwise
from pathlib import PurePath
from typing import Any

from knowledge import GlossaryError
from knowledge.entry import BODY, Entry, Section
from knowledge.fault import Fault
from knowledge.formats import columns as named
from knowledge.formats import trees, workbooks
from knowledge.formats.columns import DEFINITION, NOTHING, TERM, Column
from knowledge.formats.concept import Concept, entries, says_nothing, source_of
from knowledge.formats.decoding import decode
from knowledge.formats.telling import may_be
from knowledge.formats.trees import Record
from knowledge.language.text import clean, detect, main_script
from knowledge.language.words import fold

TABLES = (".csv", ".tsv", ".tab", ".psv")
_DELIMITERS = ",;\t|؛،"
_TOP = 20  # rows within which a header is looked for
_LOOKED_AT = 64 * 1024  # characters
_MOST_ROWS, _MOST_COLUMNS = 100_000, 1_000
_MENDED = 20  # rows with a quote that nothing closes
_SHOWN = 3  # rows of a table that show what is in it
_SAMPLES = 20  # of five texts, by which the language of very many is told
_SHORT = 80  # characters of a term
_CURED = re.compile("'+[=+\\-@\t\r＝＋－＠]")
_EMPTY = frozenset(["", "-", "–", "—", "n/a", "na", "none", "null", "nan", "#n/a", "~"])
_BETWEEN = re.compile(r"\s*[;|؛\n]\s*")
_COMMAS = re.compile(r"\s*[,،、]\s*")
_SAID = re.compile(
    r"#(separator|html|tags|columns|notetype|deck|guid)\b([^:]*):(.*)", re.IGNORECASE
)
_ANKI = {"tab": "\t", "comma": ",", "semicolon": ";", "pipe": "|", "colon": ":", "space": " "}
_CLOZE = re.compile(r"\{\{c\d+::(.*?)(?:::[^{}]*?)?\}\}", re.DOTALL)
_MEDIA = re.compile(r"\[(?:sound|anki):[^\[\]\n]{0,300}\]|<img\b[^<>]*>", re.IGNORECASE)
_UNTOLD = "has no column that says what the terms mean: add one, named “definition”."


@dataclass(frozen=True)
class Row:
    """The cells of a row, and the line of its file that it begins on."""

    line: int
    cells: tuple[str, ...]

    @cached_property
    def filled(self) -> list[int]:
        """The places of the cells that say something."""
        return [n for n, cell in enumerate(self.cells) if cell]


@dataclass(frozen=True)
class Table:
    """A table: its header, if it has one, the rows below, and what its columns hold."""

    name: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    columns: Mapping[int, Column] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as it begins: the names of its columns, its first rows, and what was understood."""

    name: str
    """The file's."""
    sheet: str
    """Its own in a workbook of several; else empty."""
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    roles: Mapping[str, str]
    """From a role (``definition_ar``) to the column that has it, as ``columns`` tells it."""

    @property
    def key(self) -> str:
        """Tells the table from the others of several files."""
        return f"{self.name}/{self.sheet}" if self.sheet else self.name

    @property
    def columns(self) -> tuple[str, ...]:
        """What each column is told by: its name, or its letter where it has none of its own."""
        return tuple(_told_by(n, self.header) for n in range(len(self.header)))


def _told_by(place: int, header: Sequence[str]) -> str:
    name = header[place] if place < len(header) else ""
    return name if name and header.count(name) == 1 else named.letter(place)


def handles(path: PurePath, data: bytes) -> bool:
    """Whether a file is a table or a tree of fields, by its suffix or by how it begins."""
    suffix = path.suffix.lower()
    if suffix in (*trees.SUFFIXES, *TABLES) or workbooks.recognises(data):
        return True
    if suffix not in ("", ".txt"):
        return False
    start = data[:_LOOKED_AT].decode("utf-8-sig", "replace").lstrip()
    return start[:1] in "{[" or (bool(start) and bool(_table(start, path).columns))


def read(
    path: PurePath,
    data: bytes,
    columns: Mapping[str, str] | None = None,
    own: Mapping[str, Mapping[str, str]] | None = None,
) -> Iterator[Entry | Fault]:
    """The entries of a table or a tree, and what could not be used.

    ``columns`` says which columns of tables hold what, where their names do not: from a role to a
    column's name, letter or number; ``own`` the same of single sheets, by their names, of which
    those that are left none are not read.

    Raises:
        GlossaryError: there is no such role or column.
    """
    origin = str(path)
    if workbooks.recognises(data):
        yield from _sheets_read(path, data, columns, own or {})
        return
    text, fault = decode(data, origin)
    if fault is not None:
        yield fault
    if text is None:
        return
    text = clean(text)
    if _is_tree(text, path):
        try:
            yield from _made(trees.records(text, path), origin, path)
        except trees.Unreadable as error:
            yield Fault(origin, error.line, str(error))
        return
    table = _table(text, path, columns)
    yield from table.faults
    if table.columns:
        yield from _made(_records(table, origin), origin, path)
        yield from _unused(table, origin)
    elif table.rows:
        yield Fault(origin, 1, _UNTOLD)


def sheets(path: PurePath, data: bytes) -> tuple[Sheet, ...]:
    """The tables of a file, with what was understood of their columns; none if it is no table.

    Raises:
        GlossaryError: the file cannot be read.
    """
    if workbooks.recognises(data):
        try:
            found = [_understood(part.name, _rows_of(part)) for part in workbooks.sheets(data)]
        except workbooks.Unreadable as error:
            raise GlossaryError(f"{path} {error}") from error
    else:
        text, fault = decode(data, str(path))
        if text is None:
            raise GlossaryError(f"{path} {fault.message if fault else 'cannot be read.'}")
        text = clean(text)
        found = [] if _is_tree(text, path) or not text.strip() else [_table(text, path)]
    shown = [table for table in found if table.rows or table.header]
    return tuple(_sheet(table, path.name, several=len(shown) > 1) for table in shown)


def _sheet(table: Table, file: str, *, several: bool) -> Sheet:
    width = max(len(table.header), *(len(row.cells) for row in table.rows[:_TOP]), 0)
    header = (*table.header, *[""] * (width - len(table.header)))
    roles: dict[str, str] = {}
    for n, known in table.columns.items():
        if known.role != NOTHING:
            roles.setdefault(known.key, _told_by(n, header))
    rows = tuple(row.cells for row in table.rows[:_SHOWN])
    return Sheet(file, table.name if several else "", header, rows, roles)


def _is_tree(text: str, path: PurePath) -> bool:
    suffix = path.suffix.lower()
    if suffix in TABLES:
        return False
    return suffix in trees.SUFFIXES or text.lstrip()[:1] in ("{", "[")


# Tables as text


def _table(text: str, path: PurePath, columns: Mapping[str, str] | None = None) -> Table:
    """The table that a text is; of cards, the front is the term, the back the definition."""
    said = {}
    lines = text.split("\n")
    while lines and (found := _SAID.match(lines[0])):
        said[found[1].lower() + found[2].lower()] = found[3].strip()
        lines = lines[1:]
    above = len(said)
    if lines and lines[0].strip('"').lower().startswith("sep=") and len(lines[0].strip('"')) > 4:  # noqa: PLR2004
        said["separator"], above, lines = lines[0].strip('"')[4], above + 1, lines[1:]
    delimiter = said.get("separator", "").lower()
    delimiter = _ANKI.get(delimiter, delimiter[:1]) or _delimiter(lines)
    rows, faults = _parsed(lines, delimiter, str(path), above)
    if "columns" in said:
        rows.insert(0, Row(above, tuple(said["columns"].split(delimiter))))
    if columns is None and said.keys() - {"separator", "columns"}:
        table = _cards(path.stem, rows, said)
    else:
        table = _understood(path.stem, rows, columns, origin=str(path))
    fitted, more = _fitted(_uncovered(table), delimiter, str(path))
    return replace(fitted, faults=(*faults, *more))


def _cards(name: str, rows: Sequence[Row], said: Mapping[str, str]) -> Table:
    """The notes that Anki exports: what it says of its columns, then the front and the back."""
    header = rows[0].cells if "columns" in said else ()
    known = named.roles(header)
    for key in ("deck column", "notetype column", "guid column", "tags column"):
        if said.get(key, "").isdecimal():
            known[int(said[key]) - 1] = Column("category" if key[0] == "t" else NOTHING)
    if not named.holds_entries(known):
        held = [n for n in range(2 + len(known)) if n not in known or known[n].role == TERM]
        known |= {held[0]: Column(TERM), held[1]: Column(DEFINITION)}
    return Table(name, header, tuple(rows[1:] if header else rows), known)


def _delimiter(lines: Sequence[str]) -> str:
    """What parts the cells: what makes a header known, else what most lines have equally often."""
    top = [line for line in "\n".join(lines[:500])[:_LOOKED_AT].split("\n") if line.strip()][:100]

    def score(delimiter: str) -> tuple[int, float]:
        if not any(delimiter in line for line in top):
            return (0, 0.0)
        rows = [row.cells for row in _parsed(top, delimiter, "", 0)[0]]
        known = max((len(_known(cells)) for cells in rows[:_TOP]), default=0)
        widths = Counter(map(len, rows))
        width, often = widths.most_common(1)[0] if widths else (1, 0)
        return (known, often / len(rows) if width > 1 and rows else 0.0)

    return max(_DELIMITERS, key=score)


def _known(cells: Sequence[str]) -> dict[int, Column]:
    """What some cells name, if they are a header that is enough to read a table by."""
    if len(cells) < 2 or max(map(len, cells)) > _SHORT * 2:  # noqa: PLR2004
        return {}
    found = named.roles([" ".join(cell.split()) for cell in cells])
    return found if named.holds_entries(found) else {}


def _parsed(
    lines: Sequence[str], delimiter: str, origin: str, above: int
) -> tuple[list[Row], list[Fault]]:
    """The rows of lines; one whose quotes are wrong is read as if they were letters."""
    rows: list[Row] = []
    faults: list[Fault] = []
    if delimiter == "\t" and len({line.count("\t") for line in lines if line}) == 1:
        told = (line for line in enumerate(lines, above + 1) if line[1])
        found = (Row(n, tuple(map(_unquoted, line.split("\t")))) for n, line in told)
        return [*islice(found, _MOST_ROWS)], []
    start = 0
    while start < len(lines):
        stream = (f"{line}\n".replace('\\"', '""') for line in islice(lines, start, None))
        reader = csv.reader(
            stream, delimiter=delimiter, skipinitialspace=delimiter != "\t", strict=True
        )
        at = start
        try:
            for cells in reader:
                if len(cells) > _MOST_COLUMNS or len(rows) > _MOST_ROWS:
                    message = "has too many columns or rows: the rest was not read."
                    return rows, [*faults, Fault(origin, at + above + 1, message)]
                if cells:
                    rows.append(Row(at + above + 1, tuple(map(_cell, cells))))
                at = start + reader.line_num
            break
        except csv.Error:
            line = lines[at] if at < len(lines) else ""
            if len(faults) > _MENDED or len(line) > csv.field_size_limit():
                message = "not valid CSV here: the rest was not read; close each quotation mark."
                faults.append(Fault(origin, at + above + 1, message))
                break
            cells = [c.strip().strip('"').replace('""', '"') for c in line.split(delimiter)]
            rows.append(Row(at + above + 1, tuple(map(_cell, cells))))
            message = "not valid CSV here: a quotation mark was read as a letter; double it."
            faults.append(Fault(origin, at + above + 1, message, "warning"))
            start = at + 1
    return rows, faults


def _unquoted(text: str) -> str:
    """A cell of a line of its own, in which quotation marks are letters unless they enclose it."""
    text = text.strip()
    inner = text[1:-1].replace('""', "")
    quoted = len(text) > 1 and text[0] == text[-1] == '"' and '"' not in inner
    return _cell(text[1:-1].replace('""', '"') if quoted else text)


def _cell(text: str) -> str:
    """A cell without the apostrophe that keeps a spreadsheet from running it (OWASP)."""
    text = text.strip()
    return text[1:] if text.startswith("'") and _CURED.match(text) else text


def _fitted(table: Table, delimiter: str, origin: str) -> tuple[Table, list[Fault]]:
    """The rows with no more cells than there are columns: what is too much ends the last text."""
    width = len(table.header)
    last = table.columns.get(width - 1)
    rows: list[Row] = []
    faults: list[Fault] = []
    for row in table.rows:
        if not width or not any(row.cells[width:]):
            rows.append(row)
            continue
        much = f"has {len(row.cells)} cells for {width} columns"
        advice = f"put quotes around a cell that holds “{delimiter}”."
        if last is None or last.role not in (DEFINITION, "note", "example"):
            faults.append(Fault(origin, row.line, f"{much}: {advice}"))
            continue
        between = delimiter if delimiter == "\t" else f"{delimiter} "
        whole = between.join(row.cells[width - 1 :])
        rows.append(Row(row.line, (*row.cells[: width - 1], whole)))
        message = f"{much}: what is too much was taken for the end of the last; {advice}"
        faults.append(Fault(origin, row.line, message, "warning"))
    return replace(table, rows=tuple(rows)), faults


def _uncovered(table: Table) -> Table:
    """Flash cards without sounds and pictures; a cloze gives its gap and the whole sentence."""
    front = next((n for n, known in table.columns.items() if known.role == TERM), 0)
    rows = []
    for row in table.rows:
        if not any("{{c" in cell or "[sound:" in cell or "<img" in cell for cell in row.cells):
            rows.append(row)
            continue
        cells = [_MEDIA.sub("", cell).strip() for cell in row.cells]
        back = next((n for n, known in table.columns.items() if known.role == DEFINITION), 1)
        if front < len(cells) and (gap := _CLOZE.search(cells[front])):
            cells += [""] * (back + 1 - len(cells))
            whole = _CLOZE.sub(r"\1", cells[front])
            cells[back] = "\n\n".join(filter(None, (whole, cells[back])))
            cells[front] = gap[1]
        rows.append(Row(row.line, tuple(_CLOZE.sub(r"\1", cell) for cell in cells)))
    return replace(table, rows=tuple(rows))


def _understood(
    name: str,
    rows: Sequence[Row],
    columns: Mapping[str, str] | None = None,
    *,
    origin: str = "",
) -> Table:
    """A table of some rows: where its header is and what its columns hold.

    Without a header that is known, of two columns the short one holds the term and the other the
    definition.

    Raises:
        GlossaryError: ``columns`` names one that is not there.
    """
    rows = [row for row in rows if row.filled and not _is_comment(row)]
    place, known = max(
        ((n, _known(row.cells)) for n, row in enumerate(rows[:_TOP])),
        key=lambda each: len(each[1]),
        default=(-1, {}),
    )
    if not known:
        place = 0 if rows and _heads(rows) else -1
        untold = columns or (rows and all(map(named.column, rows[0].cells)))
        known = {} if untold else _guessed(rows[place + 1 :])
    if columns:
        chosen = {fold(each) for each in columns.values() if len(each) > 1} - {""}
        headed = (n for n, row in enumerate(rows[:_TOP]) if chosen & {*map(fold, row.cells)})
        place = next(headed, place)
        header = rows[place].cells if place >= 0 else ()
        width = max((len(row.cells) for row in rows), default=0)
        known = named.chosen((*header, *[""] * (width - len(header))), columns, origin)
    header = tuple(" ".join(cell.split()) for cell in rows[place].cells) if place >= 0 else ()
    below = (row for row in rows[place + 1 :] if row.cells != rows[place].cells or not header)
    return Table(name, header, tuple(below), known)


def _is_comment(row: Row) -> bool:
    return row.cells[0].startswith("#") and not any(row.cells[1:]) and len(row.cells) == 1


def _heads(rows: Sequence[Row]) -> bool:
    """Whether the first row names columns that nobody knows: short, where all below says more."""
    first, below = rows[0].cells, [row.cells for row in rows[1:50]]
    width = len(first)
    if not below or len({*first}) < width or any(c.endswith((".", "。", "؟", "?")) for c in first):
        return False
    longest = max(range(width), key=lambda n: sum(len(row[n]) for row in below if n < len(row)))
    texts = [row[longest] for row in below if longest < len(row) and row[longest]]
    return bool(texts) and len(first[longest]) <= 30 and min(map(len, texts)) > len(first[longest])  # noqa: PLR2004


def _guessed(rows: Sequence[Row]) -> dict[int, Column]:
    """Two columns without names, one of which is clearly the term and the other what it means."""
    some = [row for row in rows[:200] if len(row.filled) > 1]
    if not some or len(some) < 0.8 * len(rows[:200]):
        return {}
    width = max(len(row.cells) for row in some)
    held = [n for n in range(width) if sum(n in row.filled for row in some) > len(some) / 2]
    if len(held) != 2:  # noqa: PLR2004
        return {}
    lengths = [sorted(len(row.cells[n]) for row in some if n in row.filled) for n in held]
    middle = [each[len(each) // 2] for each in lengths]
    term = 0 if middle[0] <= middle[1] else 1
    if middle[term] > _SHORT or middle[1 - term] < 4:  # noqa: PLR2004
        return {}
    return {held[term]: Column(TERM), held[1 - term]: Column(DEFINITION)}


# Workbooks


def _rows_of(part: workbooks.Part) -> list[Row]:
    return [Row(line, tuple(cell.strip() for cell in cells)) for line, cells in part.rows]


def _sheets_read(
    path: PurePath,
    data: bytes,
    columns: Mapping[str, str] | None,
    own: Mapping[str, Mapping[str, str]],
) -> Iterator[Entry | Fault]:
    origin = str(path)
    try:
        parts = workbooks.sheets(data)
    except workbooks.Unreadable as error:
        yield Fault(origin, 1, str(error))
        return
    tables = [_chosen(part, columns, own, origin, alone=len(parts) == 1) for part in parts]
    if columns and len(parts) > 1 and not any(chosen for _, chosen in tables):
        named.chosen(tables[0][0].header, columns, origin)  # says which is not there
    used = [table for table, _ in tables if table.columns and not _is_aside(table)]
    used = used or [table for table, _ in tables if table.columns]
    if not used:
        yield Fault(origin, 1, f"has no sheet with a header that is known: it {_UNTOLD}")
    for part, (table, _) in zip(parts, tables, strict=True):
        if part.hidden or (table not in used and table.rows and used):
            why = "is hidden" if part.hidden else "has no columns of terms and definitions"
            message = f"the sheet “{part.name}” {why}, and was not read."
            yield Fault(origin, 1, message, "warning")
    for table in used:
        language = named.language_of(table.name)
        category = "" if language or len(used) < 2 or _says_nothing(table.name) else table.name  # noqa: PLR2004
        found = _records(table, origin, category)
        for item in (*_made(found, origin, path, language), *_unused(table, origin)):
            if isinstance(item, Fault) and len(parts) > 1:
                yield replace(item, message=f"in the sheet “{table.name}”: {item.message}")
            else:
                yield item


def _chosen(
    part: workbooks.Part,
    columns: Mapping[str, str] | None,
    own: Mapping[str, Mapping[str, str]],
    origin: str,
    *,
    alone: bool,
) -> tuple[Table, bool]:
    """A sheet as a table, and whether a person's choice was for it."""
    rows = _rows_of(part)
    if part.name in own:
        chosen = own[part.name]
        table = _understood(part.name, rows, chosen or None, origin=origin)
        return (table, True) if chosen else (replace(table, columns={}), True)
    if not columns or part.hidden:
        return _understood(part.name, rows), False
    if alone:
        return _understood(part.name, rows, columns, origin=origin), True
    try:
        return _understood(part.name, rows, columns, origin=origin), True
    except GlossaryError:  # of another sheet
        return _understood(part.name, rows), False


def _is_aside(table: Table) -> bool:
    known = named.column(table.name)
    return not table.header or (known is not None and known.role == "note")


def _says_nothing(name: str) -> bool:
    """Whether a sheet's name is no category: “Sheet1”, “A”, “Terms”."""
    return len(name) < 2 or name[-1].isdecimal() or named.column(name) is not None  # noqa: PLR2004


# From rows to entries


def _records(table: Table, origin: str, category: str = "") -> Iterator[Record | Fault]:
    term = next((n for n, known in table.columns.items() if known.role == TERM), 0)
    filed = any(known.role == "category" for known in table.columns.values())
    bands = set() if filed else _bands(table, term)
    for number, row in enumerate(table.rows):
        if number in bands:
            category = row.cells[term]
            continue
        if len(row.filled) == 1 and len(row.cells[row.filled[0]]) == 1:
            continue  # the letter that the terms below begin with
        values = [
            (known, table.header[n] if n < len(table.header) else "", row.cells[n])
            for n, known in table.columns.items()
            if n < len(row.cells) and known.role != NOTHING
        ]
        values += [(Column("category"), "", category)] if category else []
        if any(value for known, _, value in values if known.role != "category"):
            yield Record(values, row.line)
    if len(table.rows) > _MOST_ROWS:
        yield Fault(origin, table.rows[-1].line, "holds too many rows: part the file.")


def _bands(table: Table, term: int) -> set[int]:
    """The rows of a name alone that head those below, where the first is one and others are not."""
    alone = [n for n, row in enumerate(table.rows) if row.filled == [term]]
    apart = all(b - a > 1 for a, b in pairwise([*alone, len(table.rows)]))
    return {*alone} if len(alone) > 1 and alone[0] == 0 and apart else set()


def _unused(table: Table, origin: str) -> Iterator[Fault]:
    filled = {n for row in table.rows[:_MOST_ROWS] for n in row.filled}
    unused = [name for n, name in enumerate(table.header)
              if name and n in filled and n not in table.columns]  # fmt: skip
    if unused and table.rows:
        listed = ", ".join(f"“{name}”" for name in unused[:10])
        message = f"nothing was read from the columns that are no part of an entry: {listed}."
        yield Fault(origin, max(1, table.rows[0].line - 1), message, "warning")


def _made(
    records: Iterable[Record | Fault], origin: str, path: PurePath, language: str = ""
) -> Iterator[Entry | Fault]:
    concepts = []
    for record in records:
        if isinstance(record, Fault):
            yield record
            continue
        concepts.append(_concept(record))
    # Among ids that say something a number is one, too.
    sure = sum(not says_nothing(c.name) for c in concepts if c.name) * 2 > len(concepts)
    for concept in concepts:
        concept.trusted |= sure
    language = language or _of_name(path, concepts)
    if not language:
        _agree(concepts)
    yield from entries(concepts, origin, language)


def _of_name(path: PurePath, concepts: Sequence[Concept]) -> str:
    """The language that a file’s name says (“terms_de.json”, “ar/terms.csv”), if it may be that."""
    last = re.split(r"[._-]", path.stem)[-1]
    told = next(filter(None, map(named.language_of, (last, path.parent.name))), "")
    texts = [t for c in concepts[:50] for v in c.versions.values() for t in v.definition]
    return told if told and may_be(" ".join(texts)[:2000], told) else ""


def _agree(concepts: Sequence[Concept]) -> None:
    """Tells the language of many concepts that say none by a part of them, as each takes time.

    Those in one script are in one language if all samples of them are.
    """
    scripts: dict[str, list[Concept]] = {}
    for concept in concepts:
        if [*concept.versions] == [""] and concept.versions[""].definition:
            script = main_script(concept.versions[""].definition[0][:100], kana=True)
            scripts.setdefault(script, []).append(concept)
    for alike in scripts.values():
        texts = [concept.versions[""].definition[0] for concept in alike]
        step = len(texts) // _SAMPLES
        samples = (" ".join(texts[n : n + 5]) for n in range(0, len(texts), step)) if step else ()
        told = {detect(sample) for sample in samples}
        if len(told) == 1 and (language := told.pop()):
            for concept in alike:
                concept.versions = {language: concept.versions[""]}


def _concept(record: Record) -> Concept:
    """What a record says, by its columns; of several definitions the surest named comes first."""
    found = Concept(record.name, record.line, trusted=bool(record.name))
    spoken = ""
    for known, name, given in sorted(record.values, key=lambda each: each[0].rank):
        value = _cleaned(given)
        if known.role == "sections":
            found.exact = found.trusted = True
            sections = [*filter(None, map(_section, given))]
            found.version(known.language).sections = sections
        elif value in ("", [], {}, None) or (known.role != TERM and _is_empty(value)):
            continue
        elif known.role == "language":
            spoken = named.language_of(value) or (value if len(value) < 4 else "")  # noqa: PLR2004
        elif known.role == "id":
            found.name = found.name or str(value)
        elif known.role in _OF_CONCEPT:
            getattr(found, known.role).extend(_OF_CONCEPT[known.role](value))
        else:
            _put(found, known, name, value)
    if spoken and "" in found.versions and spoken not in found.versions:
        found.versions = {tag or spoken: version for tag, version in found.versions.items()}
    return found


def _put(found: Concept, known: Column, name: str, value: Any) -> None:  # noqa: ANN401
    """A value that belongs to one language, or to those that it is shared by."""
    untold = known.role == "translation" and not known.language
    version = found.version("und" if untold else known.language)
    if known.role == "category":
        version.category = version.category or next(iter(_names(value)), "")
    elif known.role == "updated":
        version.updated = str(value)
    elif known.role == "note":
        version.notes.append((name, "\n\n".join(_texts(value))))
    else:
        attribute, parts = _OF_VERSION[known.role]
        getattr(version, attribute).extend(parts(value))


def _is_empty(value: Any) -> bool:  # noqa: ANN401
    return isinstance(value, str) and value.casefold() in _EMPTY


def _cleaned(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, str):
        return clean(value).strip()
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, int | float) else value


def _section(given: Any) -> Section | None:  # noqa: ANN401
    """A section as the project itself writes it."""
    if not isinstance(given, dict) or not isinstance(given.get("text"), str):
        return None
    heading, text = str(given.get("heading") or ""), clean(given["text"])
    return Section(str(given.get("name") or BODY), heading, text)


def _texts(value: Any) -> list[str]:  # noqa: ANN401
    """Readable paragraphs, from text, a list, or an object with a text among its fields."""
    if isinstance(value, list):
        return [text for each in value for text in _texts(each)]
    if isinstance(value, dict):
        known = {str(k): c for k, v in value.items() if v and (c := named.column(str(k)))}
        told = [k for k, c in known.items() if c.role in (DEFINITION, "example", "")]
        return [text for key in told or [*value] for text in _texts(value[key])]
    return [str(value)] if value not in ("", None) else []


def _names(value: Any) -> list[str]:  # noqa: ANN401
    """Names, from a list or from text with semicolons, bars, lines or commas between."""
    if isinstance(value, list):
        return [name for each in value for name in _name(each)]
    if isinstance(value, dict):
        return _name(value) or [name for each in value.values() for name in _names(each)]
    parts = _listed(value)
    if len(parts) == 1:
        parts = _COMMAS.split(parts[0])
    return [part for part in parts if part] if max(map(len, parts), default=0) <= _SHORT else []


def _name(value: Any) -> list[str]:  # noqa: ANN401
    """The name of one thing in a list: text, or an object that says it."""
    if isinstance(value, dict):
        roles = ((named.column(str(key)), each) for key, each in value.items())
        told = [(c.role != TERM, str(v)) for c, v in roles if c and c.role in (TERM, "id")]
        return [min(told)[1]] if told else []
    return [str(value)] if value not in ("", None) and not isinstance(value, list) else []


def _listed(value: Any) -> list[str]:  # noqa: ANN401
    """Phrases, which may hold commas, from a list or from text."""
    if isinstance(value, list):
        return [str(each) for each in value if isinstance(each, str | int | float)]
    return [part for part in _BETWEEN.split(str(value).strip()) if part]


def _sources(value: Any) -> list[dict[str, Any]]:  # noqa: ANN401
    """Publications, from text (one a line), an object, or a list of either."""
    if isinstance(value, list):
        return [source for each in value for source in _sources(each)]
    if isinstance(value, dict):
        fields = {str(key).lower(): each for key, each in value.items() if each}
        url = next((str(fields[k]) for k in ("url", "link", "href", "uri") if k in fields), "")
        title = next(
            (str(fields[k]) for k in ("title", "name", "text", "label") if k in fields), url
        )
        authors = fields.get("authors") or fields.get("author") or ""
        authors = ", ".join(map(str, authors)) if isinstance(authors, list) else str(authors)
        year = re.fullmatch(r"-?\d{1,4}", str(fields.get("year", "")))
        known = {"year": int(year[0])} if year else {}
        return [{"title": title, "authors": authors, "url": url, **known}] if title else []
    return [source_of(line) for line in str(value).split("\n") if line.strip()]


def _whole(value: Any) -> list[str]:  # noqa: ANN401
    """One name, which may hold commas; or a list of such."""
    return _names(value) if isinstance(value, list | dict) else [str(value)]


_OF_CONCEPT: Mapping[str, Callable[[Any], list[str]]] = {"related": _names, "asked": _listed}
_OF_VERSION: Mapping[str, tuple[str, Callable[[Any], list[Any]]]] = {
    "term": ("terms", _whole),
    "expansion": ("aliases", _whole),
    "translation": ("terms", _names),
    "aliases": ("aliases", _names),
    "acronym": ("aliases", _names),
    "definition": ("definition", _texts),
    "example": ("examples", _texts),
    "sources": ("sources", _sources),
}
