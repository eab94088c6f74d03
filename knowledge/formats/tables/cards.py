"""Flash cards: the text exports of Anki and Quizlet, and other tables without a header."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from pathlib import PurePath

from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.formats.tables import choice, contents, table
from knowledge.formats.tables import columns as names
from knowledge.formats.tables import sheet as sheets
from knowledge.formats.tables.columns import DEFINITION, NOTHING, TERM, Column
from knowledge.formats.tables.prose import plain
from knowledge.formats.tables.sheet import Row, Sheet

_SAID = re.compile(
    r"#(separator|html|tags|columns|notetype|deck|if matches"
    r"|(?:tags|notetype|deck|guid) column):(.*)",
    re.IGNORECASE,
)
_NAMED = {"tab": "\t", "comma": ",", "semicolon": ";", "pipe": "|", "colon": ":", "space": " "}
_CLOZE = re.compile(r"\{\{c\d+::(.*?)(?:::[^{}]*?)?\}\}", re.DOTALL)
_MEDIA = re.compile(
    r"\[sound:[^\[\]\n]{0,300}\]|\[anki:[^\[\]\n]{0,300}\]|<img\b[^<>]*>", re.IGNORECASE
)
_DASHED = re.compile(r"(?<!\s)\s+[-–—]\s+|\t")  # a run of spaces is looked at but once
_MARKED = re.compile(
    r"\s*(?:::|(?<!-)-{3}(?!-)|=>|->|[→⇒]|\|\||##+|@@+|%%+|~~+)\s*|(?<!\s)\s+[=|~]\s+"
)
_COMMA = re.compile(",")
_BETWEEN = ("||", ";;", ";", "|")
_BY_SCRIPT = re.compile(
    r"(?<=[A-Za-z)])[ \t]+(?=[\u0600-\u06ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3])"
)
"""Where words in Latin letters end and others begin."""
_BULLET = re.compile(r"\s*(?:[-*+•#>|]|\d+[.)])\s")
_LOOKED_AT = 200  # lines
_FEWEST = 3  # cards, to be told by nothing but what parts them
_FEWEST_TABBED = 2
_BOTH = 0.9
_SPACED = 0.1  # share of the delimiters of a table that a space follows; of a text most


def recognises(text: str) -> bool:
    """Whether a text is an export of Anki, or rows of a term and what it means without a header."""
    return _SAID.match(text) is not None or _parted(text) is not None


def read(
    text: str, path: PurePath, columns: Mapping[str, str] | None = None
) -> Iterator[Entry | Fault]:
    """An entry a card: the front is the term, the back what it means.

    A cloze gives its first gap as the term and the whole sentence as what it means. Tags are the
    category; sounds and pictures go.

    Raises:
        GlossaryError: ``columns`` names one that is not there.
    """
    sheet = sheet_of(text, path, columns)
    if sheet is not None:
        yield from sheets.entries(sheet, str(path))


def sheet_of(text: str, path: PurePath, columns: Mapping[str, str] | None = None) -> Sheet | None:
    """The cards of a text as a table; None where there are none."""
    if _SAID.match(text):
        return _of_anki(text, path, columns)
    rows = _parted(text)
    if rows is None:
        return None
    sheet = sheets.understood(path.stem, rows, columns, origin=str(path))
    if not sheet.columns:
        term, second, *_ = contents.worded([row.cells for row in rows])
        sheet = replace(sheet, columns={term: Column(TERM), second: Column(DEFINITION)})
    return _mended(sheet)


def _of_anki(text: str, path: PurePath, columns: Mapping[str, str] | None) -> Sheet:
    said: dict[str, str] = {}
    above = 0
    for line in text.split("\n"):
        found = _SAID.fullmatch(line.rstrip())
        if found is None:
            break
        said[found[1].lower()] = found[2].strip("\r\n")
        above += 1
    name = said.get("separator", "tab").strip()
    delimiter = _NAMED.get(name.lower(), name if len(name) == 1 else "\t")
    body = "\n".join(text.split("\n")[above:])
    rows, faults = table.rows_of(body, delimiter, str(path), above)
    header = [cell.strip() for cell in said.get("columns", "").split(delimiter)]
    width = max((len(row.cells) for row in rows), default=0)
    header = (header + [""] * width)[:width] if any(header) else [""] * width
    known = names.recognised(header) if any(header) else {}
    place = {key: int(said[f"{key} column"]) - 1 for key in ("tags", "deck", "notetype", "guid")
             if said.get(f"{key} column", "").strip().isdecimal()}  # fmt: skip
    known |= {n: Column(NOTHING) for n in place.values()}
    if (tagged := place.get("tags", place.get("deck"))) is not None:
        known[tagged] = Column("category")
    held = [n for n in range(width) if n not in known or known[n].role not in (NOTHING, "category")]
    roles = {column.role for column in known.values()}
    if not roles & {TERM, DEFINITION}:
        cells = [[row.cells[n] if n < len(row.cells) else "" for n in held] for row in rows]
        told = contents.guessed(cells)
        known |= {held[n]: column for n, column in told.items()}
        roles |= {column.role for column in told.values()}
        held = held if told else [held[n] for n in contents.worded(cells) if n < len(held)]
    if TERM not in roles and held:
        known[held[0]] = Column(TERM)
    if len(held) > 1 and DEFINITION not in roles:
        known.setdefault(held[1], Column(DEFINITION))
    if columns is not None:
        known = choice.mapped(header, columns, str(path))
    sheet = Sheet(path.stem, tuple(header), tuple(rows), known, tuple(faults))
    return _mended(sheet, place.get("tags"))


def _mended(sheet: Sheet, tags: int | None = None) -> Sheet:
    """The sheet with clozes filled in, sounds and pictures gone, and a term on every card."""
    place = {known.role: n for n, known in reversed(list(sheet.columns.items()))}
    front, back = place.get(TERM, 0), place.get(DEFINITION)
    rows = []
    for row in sheet.rows:
        cells = [_MEDIA.sub("", cell) for cell in row.cells]
        if front < len(cells) and (gap := _CLOZE.search(cells[front])):
            whole = _CLOZE.sub(r"\1", cells[front])
            if back is None or back >= len(cells):
                back = len(cells) if back is None else back
                cells += [""] * (back + 1 - len(cells))
            cells[back] = "\n\n".join(filter(None, (whole, cells[back].strip())))
            cells[front] = gap[1]
        cells = [_CLOZE.sub(r"\1", cell) for cell in cells]
        if tags is not None and tags < len(cells):
            cells[tags] = cells[tags].partition(" ")[0]  # the first of several
        if front < len(cells):
            cells[front] = plain(cells[front])
        rows.append(Row(row.line, tuple(cells)))
    known = dict(sheet.columns)
    if back is not None:
        known.setdefault(back, Column(DEFINITION))
    return Sheet(sheet.name, sheet.header, tuple(rows), known, sheet.faults)


def _parted(text: str) -> list[Row] | None:
    """The rows of a text that has no header, if it is terms with something said of each."""
    lines = [line for line in text[:100_000].split("\n") if line.strip()][:_LOOKED_AT]
    if not lines:
        return None
    tabbed = sum("\t" in line for line in lines)
    comments = sum(line.startswith("#") and "\t" not in line for line in lines)
    if tabbed >= 0.5 * (len(lines) - comments) or '"' in lines[0]:
        rows = table.rows_of(text, "\t")[0]
        filled = _whole([*_told(rows)])
        both = sum(len(row.cells) > 1 and bool(row.cells[0] and row.cells[1]) for row in filled)
        paired = both >= _BOTH * len(filled) and _has_letters(filled)
        if len(filled) >= _FEWEST_TABBED and (
            paired or contents.guessed([row.cells for row in filled])
        ):
            return filled
    if any(_BULLET.match(line) for line in lines):
        return None
    return _delimited(text, lines) or _dashed(text, lines)


def _told(rows: Iterable[Row]) -> Iterator[Row]:
    """Rows that say something, and not but a letter, their numbers or of what others say."""
    return (
        row
        for row in rows
        if any(row.cells) and not (row.is_comment or row.is_letter or row.is_numbering)
    )


def _whole(rows: list[Row]) -> list[Row]:
    """The rows, those of one cell as what goes on with the definition above, if it has lines."""
    starts = [n for n, row in enumerate(rows) if n == 0 or len(row.cells) > 1]
    found: list[Row] = []
    for start, end in pairwise([*starts, len(rows)]):
        *cells, last = rows[start].cells
        lines = [last, *(row.cells[0] for row in rows[start + 1 : end])]
        found.append(replace(rows[start], cells=(*cells, "\n".join(lines))))
    widths = {len(row.cells) for row in found}
    whole = len(found) >= _FEWEST_TABBED and widths == {2}
    return found if whole and contents.looks_like_terms([r.cells for r in found]) else rows


def _has_letters(rows: list[Row]) -> bool:
    """Whether most rows say something: a table of figures holds no terms."""
    told = sum(
        any(c.isalpha() for c in row.cells[0]) and any(c.isalpha() for c in row.cells[1])
        for row in rows
        if len(row.cells) > 1
    )
    return told > len(rows) / 2


def _delimited(text: str, lines: list[str]) -> list[Row] | None:
    """Rows parted as in a table: by a delimiter that no space follows, as it does in prose."""
    for delimiter in ",;|":
        marks = sum(line.count(delimiter) for line in lines)
        spaced = sum(line.split('"')[0].count(f"{delimiter} ") for line in lines)
        firsts = sum(delimiter in line for line in lines)
        if len(lines) < _FEWEST or firsts < 0.5 * len(lines) or spaced > _SPACED * marks:
            continue
        rows = [*_told(table.rows_of(text, delimiter)[0])]
        widths = [len(row.cells) for row in rows[:_LOOKED_AT]]
        if max(map(widths.count, {*widths}), default=0) < 0.9 * len(widths) or not widths:
            continue
        if len(rows) >= _FEWEST and contents.guessed([row.cells for row in rows]):
            return rows
    return None


def _dashed(text: str, lines: list[str]) -> list[Row] | None:
    """Rows of Quizlet's other separators: a mark within, a line's end or semicolons between."""
    between = next((sign for sign in _BETWEEN if text.count(sign) >= _FEWEST - 1), "")
    if len(lines) == 1 and between:
        cards = [(1, card) for card in text.split(between) if card.strip()]
    elif re.search(r"\n\s*\n", text.strip()) and len(lines) > _FEWEST:
        cards = _blocks(text)
    else:
        cards = [(n, line) for n, line in enumerate(text.split("\n"), 1) if line.strip()]
    marks = (_DASHED, _MARKED, _COMMA) if len(lines) == 1 else (_DASHED, _MARKED, _BY_SCRIPT)
    return next(filter(None, (_of_cards(cards, mark) for mark in marks)), None)


def _of_cards(cards: list[tuple[int, str]], mark: re.Pattern[str]) -> list[Row] | None:
    rows = []
    for line, card in cards:
        parts = mark.split(card.strip(), maxsplit=1)
        named = len(parts) > 1 and "\n" not in parts[0] and any(map(str.isalnum, parts[0]))
        if not named:  # as the rule below the header of a table is not
            return None
        rows.append(Row(line, (parts[0].strip(), parts[1].strip())))
    fits = len(rows) >= _FEWEST and contents.looks_like_terms([row.cells for row in rows])
    return rows if fits else None


def _blocks(text: str) -> list[tuple[int, str]]:
    """Cards of several lines, a blank one between, with the line that each begins on."""
    found: list[tuple[int, list[str]]] = []
    open_card = False
    for n, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            open_card = False
        elif open_card:
            found[-1][1].append(line)
        else:
            found.append((n, [line]))
            open_card = True
    return [(n, "\n".join(lines)) for n, lines in found]
