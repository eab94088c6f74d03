"""Records: rows and objects with named fields, each a concept (``concepts``).

CSV and its kin, flash cards, sheets of Excel and OpenDocument; JSON, JSON Lines, YAML and TOML.
"""

import csv
import io
import json
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import takewhile
from statistics import median_high as median
from typing import Any, TypeAlias

from knowledge import lists
from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.formats import columns as columns_
from knowledge.formats import folders, matter
from knowledge.formats.columns import DEFINITION, NOTHING, TERM, Column, column, language_of
from knowledge.formats.concepts import Concept, entries, lines
from knowledge.formats.decoding import File, UnreadableError, decode
from knowledge.language.text import clean
from knowledge.language.words import fold

_TOP = 20  # rows within which a header is looked for
_MOST_COLUMNS = 1_000
_A_TERM = 80  # characters
_MOSTLY = 0.7
_DEEPEST = 5  # levels of a tree around its records
_EXECUTABLE = re.compile("'+[=+\\-@\t\r＝＋－＠]")  # but for its apostrophe (OWASP)
_KEY = re.compile(r"\S*(?:[./:_]|[a-z][A-Z])\S*")  # of a program: button.save, max_width
_ANKI = re.compile(r"#([a-z ]+):(.*)")
_ANKI_MARKS = re.compile(r"\[sound:[^\]]*\]|\{\{c\d+::(.*?)(?:::[^{}]*)?\}\}")  # sounds, gaps
_UNKNOWN = "has no column that says what the terms mean: add one, named “definition”."

Row: TypeAlias = tuple[int, Sequence[str]]
"""The line, and the cells."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a header, and what its columns hold; of text, what stands between its cells."""

    name: str
    header: Sequence[str]
    rows: Sequence[Row]
    columns: Mapping[int, Column]
    delimiter: str = " "
    fault: Fault | None = None


def handles(file: File) -> bool:
    """Whether a file is a table or a tree of fields, by its suffix or by how it begins."""
    if file.path.suffix.lower() not in ("", ".txt"):
        return bool(_kind(file))
    with suppress(UnreadableError):
        text, _ = decode(file.data)
        return _is_tree(text, file) or bool(_table(text[: 64 * 1024], file).columns)
    return False


def read(file: File, columns: columns_.Columns) -> Iterator[Entry | Fault]:
    """The entries of a table or a tree; ``columns`` says what those hold whose names do not."""
    text, warning = ("", "") if _kind(file) == "sheet" else decode(file.data)
    if warning:
        yield Fault(file.origin, 1, warning, "warning")
    if _is_tree(text, file) and columns.get(file.origin, columns.get("")) is None:
        yield from _of_tree(clean(text), file)
        return
    tables = [table for table in _tables(file, text, columns) if table.rows]
    if not any(table.columns for table in tables):
        raise UnreadableError(_UNKNOWN if tables else "has no row below its header.")
    for table in tables:
        yield from [table.fault] if table.fault else []
        language = _language(file, table.name)
        where = f"in the sheet “{table.name}”: " if len(tables) > 1 else ""
        for item in entries(concepts(table), file.origin, language):
            if isinstance(item, Fault):
                item = replace(item, message=f"{where}{item.message}")  # noqa: PLW2901
            yield item
        if not table.columns:
            lacks = "it has no columns of terms and definitions: left out."
            yield Fault(file.origin, 1, f"{where}{lacks}", "warning")


def sheets(file: File) -> Iterator[columns_.SheetPreview]:
    """The tables of a file, with what was understood of their columns; none if it is no table."""
    text = "" if _kind(file) == "sheet" else decode(file.data)[0]
    found = [] if _is_tree(text, file) else _tables(file, text, {})
    for table in (each for each in found if each.rows):
        width = max(len(table.header), *(len(cells) for _, cells in table.rows[:_TOP]))
        header = (*table.header, *[""] * (width - len(table.header)))
        rows = tuple(tuple(cells) for _, cells in table.rows[:3])
        name = table.name if len(found) > 1 else ""
        sheet = columns_.SheetPreview(file.path.name, name, header, rows, {})
        held = sorted(table.columns.items(), reverse=True)  # of two in one role the first
        roles = {each.key: sheet.columns[n] for n, each in held if each.role != NOTHING}
        yield replace(sheet, roles=roles)


def _kind(file: File) -> str:
    return lists.kind(file.path, "records")


def _is_tree(text: str, file: File) -> bool:
    return _kind(file) == "tree" or (not _kind(file) and text.lstrip()[:1] in ("{", "["))


def _language(file: File, name: str) -> str:
    """The language that a name says, or the file's folder: “German”, “terms_de”, “de/terms”."""
    last = re.split("[._-]", name)[-1]
    return language_of(name) or language_of(last) or folders.language(file.path)


# Tables.


def _tables(file: File, text: str, columns: columns_.Columns) -> list[Table]:
    own = columns.get(file.origin, columns.get(""))
    if _kind(file) != "sheet":
        return [_table(clean(text), file, own)]
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum  # noqa: PLC0415

    found = []
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(file.data))
        for sheet in book.sheets_metadata:
            chosen = columns.get(f"{file.origin}/{sheet.name}", own)
            if sheet.visible == SheetVisibleEnum.Visible and chosen != {}:
                grid = book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
                cells = ((n, [*map(_cell, row[:_MOST_COLUMNS])]) for n, row in enumerate(grid, 1))
                rows = [(n, row) for n, row in cells if any(row)]
                found.append(understood(sheet.name, rows, chosen, file.origin))
    except (CalamineError, OSError, ValueError) as error:
        raise UnreadableError(f"cannot be opened as a workbook: {error}.") from error
    if any(
        t.header and t.columns for t in found
    ):  # one without is of something else, if not chosen
        wanted = {t.name for t in found if t.header or f"{file.origin}/{t.name}" in columns}
        found = [t if t.name in wanted else replace(t, columns={}) for t in found]
    return found


def _table(text: str, file: File, columns: Mapping[str, str] | None = None) -> Table:
    """The table that a text is; of cards the front is the term, the back the definition."""
    lines = text.split("\n")
    heads = (_ANKI.fullmatch(line.strip().lower()) for line in lines)
    anki = {head[1]: head[2].strip() for head in takewhile(bool, heads) if head}
    if anki:
        lines = [_ANKI_MARKS.sub(r"\1", line) for line in lines[len(anki) :]]
    delimiter = _delimiter(lines)
    fault = None
    try:
        rows = list(_rows(lines, delimiter, len(anki), quoted=True))
    except UnreadableError as error:
        rows = list(_rows(lines, delimiter, len(anki), quoted=False))
        message = f"{error}: quotation marks were read as letters; double them within quotes."
        fault = Fault(file.origin, error.line, message, "warning")
    table = understood(file.path.stem, rows, columns, file.origin)
    if anki and not table.columns:
        places = {int(at) - 1: key for key, at in anki.items() if key.endswith(" column")}
        front, back, *_ = (n for n in range(2 + len(places)) if n not in places)
        tags = {n: Column("category") for n, key in places.items() if key == "tags column"}
        table = replace(table, columns={front: Column(TERM), back: Column(DEFINITION), **tags})
    return replace(table, delimiter=f"{delimiter} ", fault=fault)


def _delimiter(lines: Sequence[str]) -> str:
    """What parts the cells: what makes a header known, else what most lines have equally often."""

    def score(delimiter: str) -> tuple[int, float]:
        rows = [cells for _, cells in _rows(lines[:100], delimiter, 0, quoted=False)]
        known = max((len(_known(cells)) for cells in rows[:_TOP]), default=0)
        width, often = Counter(map(len, rows)).most_common(1)[0] if rows else (1, 0)
        return known, often / len(rows) if width > 1 else 0.0

    return max(",;\t|؛", key=score)


def _rows(lines: Sequence[str], delimiter: str, above: int, *, quoted: bool) -> Iterator[Row]:
    csv.field_size_limit(2**25)
    reader = csv.reader(
        [f"{line}\n" for line in lines], delimiter=delimiter, strict=quoted,
        quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE,
        skipinitialspace=delimiter != "\t",
    )  # fmt: skip
    at = above + 1
    try:
        for cells in reader:
            if any(map(str.strip, cells)):
                yield at, [_cell(cell) for cell in cells[:_MOST_COLUMNS]]
            at = above + 1 + reader.line_num
    except csv.Error as error:
        raise UnreadableError(f"is not valid CSV here ({error})", at) from error


def _cell(value: Any) -> str:  # noqa: ANN401
    whole = isinstance(value, float) and value.is_integer()
    text = clean(str(int(value) if whole else value)).strip()
    return text[1:] if _EXECUTABLE.match(text) else text


def _known(cells: Sequence[str]) -> Mapping[int, Column]:
    """What some cells name, if they are a header that is enough to read a table by."""
    if len(cells) < 2 or max(map(len, cells)) > _A_TERM:  # noqa: PLR2004
        return {}
    found = columns_.roles(tuple(" ".join(cell.split()) for cell in cells))
    return found if columns_.holds_entries(found) else {}


def understood(
    name: str, rows: Sequence[Row], columns: Mapping[str, str] | None = None, origin: str = ""
) -> Table:
    """A table of some rows: where its header is, and what its columns hold."""
    tops = [_known(cells) for _, cells in rows[:_TOP]]
    place, known = max(enumerate(tops), key=lambda top: len(top[1]), default=(-1, {}))
    width = max((len(cells) for _, cells in rows), default=0)
    if columns:
        wanted = {name.casefold() for name in columns.values()}
        headed = (n for n, (_, c) in enumerate(rows[:_TOP]) if wanted & {*map(str.casefold, c)})
        place = place if known else next(headed, 0 if rows and _heads(rows) else -1)
        names = rows[max(place, 0)][1] if rows else ()
        known = columns_.chosen((*names, *[""] * (width - len(names))), columns, origin)
    elif not known:
        is_other = bool(rows) and all(map(column, rows[0][1]))  # a table of something else
        place, known = -1, {} if is_other else _guessed([cells for _, cells in rows[:200]])
    header = [" ".join(cell.split()) for cell in rows[place][1]] if place >= 0 else []
    return Table(name, header, rows[place + 1 :], known)


def _heads(rows: Sequence[Row]) -> bool:
    """Whether the first row names columns that nobody knows: all is shorter than a cell below."""
    (_, names), *below = rows[:50]
    longest = max((len(cell) for _, cells in below for cell in cells), default=0)
    return len({*names}) == len(names) and sum(map(len, names)) < longest


def _guessed(rows: Sequence[Sequence[str]]) -> dict[int, Column]:
    """Two columns without names: the shorter texts are terms, the longer their definitions."""
    pairs = [cells for cells in rows if len(cells) == 2 and all(cells)]  # noqa: PLR2004
    if not pairs or len(pairs) < _MOSTLY * len(rows):
        return {}
    (short, term), (long, other) = sorted((median(len(c[n]) for c in pairs), n) for n in (0, 1))
    is_told = short <= _A_TERM and long >= 4  # noqa: PLR2004
    return {term: Column(TERM), other: Column(DEFINITION)} if is_told else {}


def concepts(table: Table) -> Iterator[Concept]:
    """The rows of a table, each as a concept."""
    width = len(table.header)
    for at, cells in table.rows:
        if len("".join(cells)) < 2:  # noqa: PLR2004
            continue  # the letter that the terms below begin with
        if width and len(cells) > width:  # a text whose signs were taken for those between cells
            cells = [*cells[: width - 1], table.delimiter.join(cells[width - 1 :])]  # noqa: PLW2901
        concept = Concept(line=at)
        for n, held in sorted(table.columns.items(), key=lambda each: each[1].rank):
            if n < len(cells):
                concept.add(held, cells[n], table.header[n] if n < width else "")
        if concept.said:
            yield concept


# Trees.


def _of_tree(text: str, file: File) -> Iterator[Entry | Fault]:
    """The entries of JSON, JSON Lines, YAML or TOML; of JSON Lines, a broken line is a fault."""
    suffix = file.path.suffix.lower()
    if suffix not in (".jsonl", ".ndjson") and "}\n{" not in text:
        tree = _parsed(text, suffix)
    else:
        tree = []
        for at, line in enumerate(text.split("\n"), 1):
            try:
                tree += [_parsed(line, suffix)] if line.strip() else []
            except UnreadableError as error:
                yield Fault(file.origin, at, str(error))
    yield from entries(_concepts(tree, text), file.origin, _language(file, file.path.stem))


def _parsed(text: str, suffix: str) -> Any:  # noqa: ANN401
    kind, load = _PARSERS.get(suffix, ("JSON", json.loads))
    try:
        return load(text)
    except matter.INVALID as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else getattr(error, "lineno", 1)
        why = f"is not valid {kind} here: {matter.reason(error)}."
        raise UnreadableError(why, line) from error


_PARSERS: Mapping[str, tuple[str, Callable[[str], Any]]] = {
    ".yml": ("YAML", matter.load), ".yaml": ("YAML", matter.load), ".toml": ("TOML", tomllib.loads),
}  # fmt: skip


def _concepts(tree: Any, text: str) -> Iterator[Concept]:  # noqa: ANN401
    """The concepts of a tree, each at its line; none of one that mostly says other things."""
    found = list(_walk(tree, "", 0))
    said = sum(map(len, (text for c in found for r in (TERM, DEFINITION) for text in c.all(r))))
    is_ours = any(concept.exact is not None for concept in found)
    if is_ours or said * 5 > len(text) - text.count(" "):
        terms = (next(iter(concept.all(TERM)), "") for concept in found)
        for concept, line in zip(found, lines(terms, text), strict=True):
            concept.line = line
            yield concept


def _walk(node: Any, category: str, depth: int) -> Iterator[Concept]:  # noqa: ANN401
    """Objects in lists, or by their terms or ids; or either below keys, which are categories."""
    if depth > _DEEPEST:
        return
    if isinstance(node, list):
        for each in node:
            concept = _concept(each, category, is_listed=True) if isinstance(each, dict) else None
            yield from [concept] if concept else _walk(each, category, depth + 1)
    elif isinstance(node, dict):
        if concept := _concept(node, category):
            yield concept
            return
        prose = _prose_by_term(node)
        for key, each in node.items():
            record = {TERM: key, DEFINITION: each} if prose else each
            inner = _concept(record, category, str(key)) if isinstance(record, dict) else None
            says = not (len(node) == 1 or column(str(key)) or language_of(str(key)))
            below = str(key) if says else category
            yield from [inner] if inner else _walk(each, below, depth + 1)


def _concept(
    node: Mapping[str, Any], category: str, key: str = "", *, is_listed: bool = False
) -> Concept | None:
    """An object as a concept; its ``key`` is its term if it has none, else its id."""
    concept = Concept()
    fields = {str(name): value for name, value in node.items()}
    by_language = {n: v for n, v in fields.items() if isinstance(v, dict) and language_of(n)}
    names = tuple(name for name in fields if name not in by_language)
    held = {names[n]: known for n, known in columns_.roles(names).items()}
    if key and fields.get(TERM) != key:
        has_term = by_language or any(c.role == TERM for c in held.values())
        concept.add(Column("id" if has_term else TERM), key)
    for name in names:
        known = Column("sections") if name == "sections" else held.get(name, Column(NOTHING))
        is_object = isinstance(fields[name], dict) and not all(map(language_of, fields[name]))
        if not (known.role == TERM and is_object):
            concept.add(known, fields[name], name)
    for tag, inner in by_language.items():
        for n, known in columns_.roles(tuple(map(str, inner))).items():
            concept.add(Column(known.role, language_of(tag)), [*inner.values()][n])
    named = [version for version in concept.said.values() if version[TERM]]
    texts, unsure = concept.all(DEFINITION), lists.folded("columns", "unsure")
    sure = any(c.role == DEFINITION and fold(name) not in unsure for name, c in held.items())
    told = by_language or sure or concept.exact or (is_listed and any(map(_is_prose, texts)))
    if not named or not (texts or concept.exact or (is_listed and len(named) > 1)) or not told:
        return None
    if category and not concept.all("category"):
        concept.add(Column("category"), category)
    return concept


def _prose_by_term(node: Mapping[str, Any]) -> bool:
    """Whether an object is nothing but texts by their terms; settings and translations are not."""
    texts = [value for value in node.values() if isinstance(value, str)]
    known = sum(column(str(key)) is not None or bool(_KEY.fullmatch(str(key))) for key in node)
    mostly = sum(map(_is_prose, texts)) >= _MOSTLY * len(texts)
    return len(texts) == len(node) > 1 and known * 2 <= len(node) and mostly


def _is_prose(text: str) -> bool:
    """Whether a text is words, and not a command or a setting."""
    words = text.split()
    spelt = sum(word.strip(".,;:!?()«»“”\"'،؛؟").replace("-", "").isalpha() for word in words)
    unspaced = len(text) > 5 and not text.isascii() and len(words) < 3  # noqa: PLR2004
    return unspaced or (len(words) > 2 and spelt >= _MOSTLY * len(words))  # noqa: PLR2004
