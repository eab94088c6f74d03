"""Records: rows and objects with named fields, each a concept (``concepts``).

CSV and its kin, flash cards, sheets of Excel and OpenDocument; JSON, JSON Lines, YAML and TOML.
"""

import csv
import io
import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import PurePath
from typing import Any

import yaml

from knowledge import GlossaryError
from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.formats import columns as columns_
from knowledge.formats import matter
from knowledge.formats.columns import DEFINITION, NOTHING, TERM, Column, column, language_of
from knowledge.formats.concepts import Concept, entries, texts
from knowledge.formats.decoding import decode
from knowledge.formats.preview import SheetPreview, letter
from knowledge.language.text import clean

TABLES, SHEETS = (".csv", ".tsv", ".tab"), (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
TREES = (".json", ".jsonl", ".ndjson", ".yaml", ".yml", ".toml")
_DELIMITERS = ",;\t|؛"
_TOP = 20  # rows within which a header is looked for
_MOST_ROWS, _MOST_COLUMNS = 200_000, 1_000
_SHOWN = 3  # rows of a table that show what is in it
_A_TERM = 80  # characters
_MOSTLY = 0.7
_CURED = re.compile(
    "'+[=+\\-@\t\r＝＋－＠]"
)  # what keeps a spreadsheet from running a cell (OWASP)
_ANKI = re.compile(r"#([a-z ]+):(.*)")
_ANKI_SEPARATORS = {"tab": "\t", "comma": ",", "semicolon": ";", "pipe": "|"}
_UNKNOWN = "has no column that says what the terms mean: add one, named “definition”."


@dataclass
class Table:
    """Rows under a header, and what its columns hold."""

    name: str
    header: Sequence[str]
    rows: Sequence[tuple[int, Sequence[str]]]
    """The line of each, and its cells."""
    columns: Mapping[int, Column]
    faults: list[Fault] = field(default_factory=list)


def handles(path: PurePath, data: bytes) -> bool:
    """Whether a file is a table or a tree of fields, by its suffix or by how it begins."""
    suffix = path.suffix.lower()
    if suffix in (*TABLES, *SHEETS, *TREES):
        return True
    if suffix not in ("", ".txt"):
        return False
    text, _ = decode(data[: 64 * 1024], str(path))
    return bool(text) and (_is_tree(text, suffix) or bool(_table(text, path).columns))


def read(
    path: PurePath,
    data: bytes,
    columns: Mapping[str, str] | None = None,
    by_sheet: Mapping[str, Mapping[str, str]] | None = None,
) -> Iterator[Entry | Fault]:
    """The entries of a table or a tree, and what could not be used.

    ``columns`` says which columns hold what, where their names do not: from a role to a column's
    name, letter or number; ``by_sheet`` the same of single sheets, of which one with an empty
    choice is not read.

    Raises:
        GlossaryError: there is no such role or column.
    """
    origin = str(path)
    if path.suffix.lower() in SHEETS:
        yield from _of_workbook(path, data, columns, by_sheet or {})
        return
    text, fault = decode(data, origin)
    if fault is not None:
        yield fault
    if text is None:
        return
    text = clean(text)
    language = _language(path)
    if _is_tree(text, path.suffix.lower()) and columns is None:
        try:
            found = list(_of_tree(_parsed(text, path.suffix.lower()), text))
        except _UnreadableError as error:
            yield Fault(origin, error.line, str(error))
            return
        yield from entries(found, origin, language)
        return
    table = _table(text, path, columns)
    yield from table.faults
    if table.columns:
        yield from entries(_concepts(table), origin, language)
        yield from _unused(table, origin)
    elif table.rows:
        yield Fault(origin, 1, _UNKNOWN)


def sheets(path: PurePath, data: bytes) -> list[SheetPreview]:
    """The tables of a file, with what was understood of their columns; none if it is no table.

    Raises:
        GlossaryError: it cannot be read.
    """
    if path.suffix.lower() in SHEETS:
        try:
            found = _tables(data)
        except _UnreadableError as error:
            raise GlossaryError(f"{path} {error}") from error
    else:
        text, _ = decode(data, str(path))
        is_table = text and text.strip() and not _is_tree(text, path.suffix.lower())
        found = [_table(clean(text), path)] if text and is_table else []
    return [_preview(table, path.name, several=len(found) > 1) for table in found if table.rows]


def _preview(table: Table, file: str, *, several: bool) -> SheetPreview:
    width = max(len(table.header), *(len(cells) for _, cells in table.rows[:_TOP]))
    header = (*table.header, *[""] * (width - len(table.header)))
    rows = tuple(tuple(cells) for _, cells in table.rows[:_SHOWN])
    told = SheetPreview(file, table.name if several else "", header, rows, {}).columns
    roles = {
        held.key: told[n] for n, held in reversed(table.columns.items()) if held.role != NOTHING
    }
    return SheetPreview(file, table.name if several else "", header, rows, roles)


# Tables.


def _table(text: str, path: PurePath, columns: Mapping[str, str] | None = None) -> Table:
    """The table that a text is; of cards the front is the term, the back the definition."""
    lines = text.split("\n")
    told: dict[str, str] = {}
    while lines and (match := _ANKI.fullmatch(lines[0].strip().lower())):
        told[match[1]] = match[2].strip()
        lines = lines[1:]
    separator = told.get("separator", "")
    delimiter = _ANKI_SEPARATORS.get(separator, separator[:1]) or _delimiter(lines)
    try:
        rows, faults = list(_rows(lines, delimiter, len(told), strict=True)), []
    except _UnreadableError as error:
        rows = list(_rows(lines, delimiter, len(told), strict=False))
        message = f"{error}: quotation marks were read as letters; double them within quotes."
        faults = [Fault(str(path), error.line, message, "warning")]
    if "columns" in told:
        rows.insert(0, (len(told), told["columns"].split(delimiter)))
    table = _understood(path.stem, rows, columns, str(path))
    table.faults[:0] = faults
    return _fitted(table, delimiter, str(path)) if table.columns else table


def _delimiter(lines: Sequence[str]) -> str:
    """What parts the cells: what makes a header known, else what most lines have equally often."""
    top = [line for line in islice(lines, 100) if line.strip()]

    def score(delimiter: str) -> tuple[int, float]:
        rows = [cells for _, cells in _rows(top, delimiter, 0, strict=False)]
        known = max((len(_known(cells)) for cells in rows[:_TOP]), default=0)
        width, often = Counter(map(len, rows)).most_common(1)[0] if rows else (1, 0)
        return known, often / len(rows) if width > 1 else 0.0

    return max(_DELIMITERS, key=score)


def _rows(
    lines: Sequence[str], delimiter: str, above: int, *, strict: bool
) -> Iterator[tuple[int, list[str]]]:
    quoting = csv.QUOTE_MINIMAL if strict else csv.QUOTE_NONE
    reader = csv.reader(
        (f"{line}\n" for line in lines), delimiter=delimiter, quoting=quoting, strict=strict,
        skipinitialspace=delimiter != "\t",
    )  # fmt: skip
    at = above + 1
    try:
        for cells in reader:
            if any(map(str.strip, cells)):
                yield at, [_cell(cell) for cell in cells[:_MOST_COLUMNS]]
            at = above + 1 + reader.line_num
    except csv.Error as error:
        raise _UnreadableError(f"is not valid CSV here ({error})", at) from error


def _cell(text: str) -> str:
    text = text.strip()
    return text[1:] if _CURED.match(text) else text


def _known(cells: Sequence[str]) -> dict[int, Column]:
    """What some cells name, if they are a header that is enough to read a table by."""
    if len(cells) < 2 or max(map(len, cells)) > _A_TERM:  # noqa: PLR2004
        return {}
    found = columns_.roles([" ".join(cell.split()) for cell in cells])
    return found if columns_.holds_entries(found) else {}


def _understood(
    name: str,
    rows: Sequence[tuple[int, Sequence[str]]],
    columns: Mapping[str, str] | None = None,
    origin: str = "",
) -> Table:
    """A table of some rows: where its header is, and what its columns hold.

    Without a header that is known, of two columns that with the short texts holds the term.

    Raises:
        GlossaryError: ``columns`` names one that is not there.
    """
    if len(rows) > _MOST_ROWS:
        message = f"holds more than {_MOST_ROWS:,} rows: part it into several files."
        return Table(name, (), (), {}, [Fault(origin, 1, message)])
    tops = [_known(cells) for _, cells in rows[:_TOP]]
    place = max(range(len(tops)), key=lambda n: len(tops[n]), default=-1)
    known = tops[place] if tops else {}
    if columns:
        names = {name.casefold() for name in columns.values()}
        headed = (
            n for n, (_, cells) in enumerate(rows[:_TOP]) if names & {c.casefold() for c in cells}
        )
        place = place if known else next(headed, -1)
        width = max((len(cells) for _, cells in rows), default=0)
        header = rows[place][1] if place >= 0 else ()
        known = columns_.chosen((*header, *[""] * (width - len(header))), columns, origin)
    elif not known:
        place, known = -1, _guessed(rows)
    header = [" ".join(cell.split()) for cell in rows[place][1]] if place >= 0 else []
    return Table(name, header, rows[place + 1 :], known)


def _guessed(rows: Sequence[tuple[int, Sequence[str]]]) -> dict[int, Column]:
    """Two columns without names: the shorter texts are terms, the longer their definitions."""
    some = [cells for _, cells in rows[:200] if len(cells) > 1 and cells[0] and cells[1]]
    if not some or len(some) < _MOSTLY * len(rows[:200]) or max(map(len, some)) > 2:  # noqa: PLR2004
        return {}
    first, second = (sorted(len(cells[n]) for cells in some)[len(some) // 2] for n in (0, 1))
    term = 0 if first <= second else 1
    if min(first, second) > _A_TERM or max(first, second) < 4:  # noqa: PLR2004
        return {}
    return {term: Column(TERM), 1 - term: Column(DEFINITION)}


def _fitted(table: Table, delimiter: str, origin: str) -> Table:
    """The rows with no more cells than the header: what is too much ends the last text."""
    width = len(table.header)
    rows = []
    for at, cells in table.rows:
        if width and any(cells[width:]):
            last = table.columns.get(width - 1, Column(NOTHING)).role
            advice = f"has {len(cells)} cells for {width} columns: put quotes around a cell that holds “{delimiter}”."
            if last not in (DEFINITION, "note", "example"):
                table.faults.append(Fault(origin, at, advice))
                continue
            table.faults.append(Fault(origin, at, advice, "warning"))
            cells = [*cells[: width - 1], f"{delimiter} ".join(cells[width - 1 :])]  # noqa: PLW2901
        rows.append((at, cells))
    table.rows = rows
    return table


def _concepts(table: Table, category: str = "") -> Iterator[Concept]:
    for at, cells in table.rows:
        if sum(map(bool, cells)) < 2 and len("".join(cells)) < 2:  # noqa: PLR2004
            continue  # the letter that the terms below begin with
        concept = Concept(line=at)
        for n, held in sorted(table.columns.items(), key=lambda each: each[1].rank):
            if n < len(cells) and held.role != NOTHING:
                concept.add(held, cells[n], table.header[n] if n < len(table.header) else "")
        if concept.versions:
            concept.add(Column("category"), category)
            yield concept


def _unused(table: Table, origin: str) -> Iterator[Fault]:
    filled = {n for _, cells in table.rows for n, cell in enumerate(cells) if cell}
    names = [f"“{name}”" for n, name in enumerate(table.header)
             if name and n in filled and n not in table.columns]  # fmt: skip
    if names:
        listed = ", ".join(names[:10])
        message = f"nothing was read from the columns that are no part of an entry: {listed}."
        yield Fault(origin, 1, message, "warning")


def _tables(data: bytes) -> list[Table]:
    """The visible sheets of a workbook."""
    from python_calamine import (  # noqa: PLC0415
        CalamineError,
        CalamineWorkbook,
        SheetVisibleEnum,
    )

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        shown = [m.name for m in book.sheets_metadata if m.visible == SheetVisibleEnum.Visible]
        found = []
        for name in shown:
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            cells = (
                (n, [_text(cell) for cell in row[:_MOST_COLUMNS]]) for n, row in enumerate(rows, 1)
            )
            found.append(_understood(name, [(n, row) for n, row in cells if any(row)]))
    except (CalamineError, OSError, ValueError) as error:
        raise _UnreadableError(f"cannot be opened as a workbook: {error}.") from error
    return found


def _text(value: Any) -> str:  # noqa: ANN401
    whole = isinstance(value, float) and value.is_integer()
    return clean(str(int(value) if whole else value)).strip()


def _of_workbook(
    path: PurePath,
    data: bytes,
    columns: Mapping[str, str] | None,
    by_sheet: Mapping[str, Mapping[str, str]],
) -> Iterator[Entry | Fault]:
    """The entries of sheets; the name of one among several is a language or a category."""
    origin = str(path)
    try:
        found = _tables(data)
    except _UnreadableError as error:
        yield Fault(origin, 1, str(error))
        return
    tables = []
    for table in found:
        own = by_sheet.get(table.name, columns)
        rows = [(0, table.header), *table.rows] if table.header else table.rows
        if own:
            tables.append(_understood(table.name, rows, own, origin))
        elif table.columns and table.name not in by_sheet:
            tables.append(table)
    headed = [
        table
        for table in tables
        if table.header and (held := column(table.name), held)[0] != Column("note")
    ]
    tables = headed or tables
    if not tables:
        yield Fault(origin, 1, _UNKNOWN)
    for table in tables:
        language = language_of(table.name)
        alone = len(tables) == 1 or language or column(table.name) or table.name[-1:].isdecimal()
        items = entries(_concepts(table, "" if alone else table.name), origin, language)
        for item in (*items, *table.faults, *_unused(table, origin)):
            if isinstance(item, Fault) and len(found) > 1:
                message = f"in the sheet “{table.name}”: {item.message}"
                yield Fault(item.path, item.line, message, item.severity)
            else:
                yield item


def _language(path: PurePath) -> str:
    """The language that a file's name or its folder says: “terms_de.json”, “ar/terms.csv”."""
    last = re.split(r"[._-]", path.stem)[-1]
    return language_of(last) or language_of(path.parent.name)


# Trees.


class _UnreadableError(Exception):
    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.line = line


def _is_tree(text: str, suffix: str) -> bool:
    return suffix in TREES or (suffix not in TABLES and text.lstrip()[:1] in ("{", "["))


def _parsed(text: str, suffix: str) -> Any:  # noqa: ANN401
    """What JSON, JSON Lines, YAML or TOML says.

    Raises:
        _UnreadableError: it is not valid.
    """
    try:
        if suffix in (".yaml", ".yml"):
            return matter.parsed(text)[0]
        if suffix == ".toml":
            return tomllib.loads(text)
        if suffix in (".jsonl", ".ndjson"):
            return [json.loads(line) for line in text.split("\n") if line.strip()]
        return json.loads(text)
    except (ValueError, yaml.YAMLError, RecursionError) as error:
        if suffix == ".json" and "Extra data" in str(error):
            return _parsed(text, ".jsonl")
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else getattr(error, "lineno", 1)
        kind = {".yml": "YAML", ".yaml": "YAML", ".toml": "TOML"}.get(suffix, "JSON")
        raise _UnreadableError(
            f"is not valid {kind} here: {matter.reason(error)}.", line
        ) from error


def _of_tree(tree: Any, text: str) -> Iterator[Concept]:  # noqa: ANN401
    """The concepts of a tree, if they hold most of its text: a configuration has none."""
    found = list(_walk(tree, "", 0))
    held = sum(
        len(t) for c in found for v in c.versions.values() for t in (*v.terms, *v.definition)
    )
    if held * 4 < sum(map(len, texts(_bare(tree)))):
        return
    at, line = 0, 1
    for concept in found:
        # No parser tells lines: its term stands on the next that has it.
        term = next((v.terms[0] for v in concept.versions.values() if v.terms), "")
        place = text.find(term, at) if term else -1
        if place >= 0:
            line, at = line + text.count("\n", at, place), place
        concept.line = line
        yield concept


def _walk(node: Any, category: str, depth: int) -> Iterator[Concept]:  # noqa: ANN401
    """Lists of objects, objects by their terms or ids, and either below keys, their categories."""
    if isinstance(node, list):
        for each in node:
            if isinstance(each, dict):
                yield from (
                    [c] if (c := _concept(each, category)) else _walk(each, category, depth + 1)
                )
    elif isinstance(node, dict) and depth < 5:  # noqa: PLR2004
        if (concept := _concept(node, category)) is not None:
            yield concept
        elif told := _texts_by_term(node):
            for term, text in told.items():
                concept = Concept()
                concept.add(Column(TERM), term)
                concept.add(Column(DEFINITION), text)
                concept.add(Column("category"), category)
                yield concept
        else:
            for key, each in node.items():
                inner = _concept(each, category, str(key)) if isinstance(each, dict) else None
                named = (
                    ""
                    if column(str(key)) or language_of(str(key)) or depth == 0 and len(node) == 1
                    else str(key)
                )
                yield from [inner] if inner else _walk(each, named or category, depth + 1)


def _concept(node: Mapping[str, Any], category: str, key: str = "") -> Concept | None:
    """An object as a concept; its key, if it has no term, is that."""
    concept = Concept()
    fields = {str(name): value for name, value in node.items()}
    nested = {n: v for n, v in fields.items() if isinstance(v, dict) and language_of(n)}
    plain = [name for name in fields if name not in nested]
    held = {plain[n]: known for n, known in columns_.roles(plain).items()}
    if key and not any(c.role == TERM for c in held.values()) and not nested:
        concept.add(Column(TERM), key)
    elif key:
        concept.name = key
    for name in plain:
        known = Column("sections") if name == "sections" else held.get(name)
        if (
            known
            and known.role != NOTHING
            and not (known.role == TERM and isinstance(fields[name], dict))
        ):
            concept.add(known, fields[name], name)
    for name, inner in nested.items():
        for n, known in columns_.roles(list(map(str, inner))).items():
            concept.add(Column(known.role, language_of(name)), inner[[*inner][n]], [*inner][n])
    defined = [v for v in concept.versions.values() if v.terms]
    sure = (
        key
        or nested
        or any(c.role == DEFINITION and not columns_.is_unsure(n) for n, c in held.items())
    )
    whole = (
        any(v.definition for v in concept.versions.values()) or len(defined) > 1 or concept.exact
    )
    if not defined or not whole or not (sure or _reads(concept)):
        return None
    if category and not any(v.category for v in concept.versions.values()):
        concept.add(Column("category"), category)
    return concept


def _reads(concept: Concept) -> bool:
    """Whether a definition is words, and not a command or a setting."""
    said = [t for v in concept.versions.values() for t in v.definition]
    return any(_is_prose(text) for text in said)


def _texts_by_term(node: Mapping[str, Any]) -> dict[str, str]:
    """An object that is nothing but texts by their terms; settings and translations are none."""
    found = {str(k): v for k, v in node.items() if isinstance(v, str)}
    if len(found) < max(2, len(node)) or sum(column(k) is not None for k in found) * 2 > len(found):
        return {}
    prose = sum(map(_is_prose, found.values()))
    return found if prose >= _MOSTLY * len(found) else {}


def _is_prose(text: str) -> bool:
    words = text.split()
    spelt = sum(word.strip(".,;:!?()«»“”\"'،؛؟").replace("-", "").isalpha() for word in words)
    unspaced = len(text) > 5 and not text.isascii() and len(words) < 3  # noqa: PLR2004
    return unspaced or (len(words) > 2 and spelt >= _MOSTLY * len(words))  # noqa: PLR2004


def _bare(tree: Any) -> list[str]:  # noqa: ANN401
    """All texts of a tree."""
    found, stack = [], [tree]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            found.append(node)
        elif isinstance(node, dict | list):
            stack += node.values() if isinstance(node, dict) else node
    return found
