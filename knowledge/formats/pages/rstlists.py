"""Definitions in the source of reStructuredText: those of its directives, and of its lists."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile

from knowledge.formats.lines import indent_of
from knowledge.formats.pages.rstbody import Effort, inline
from knowledge.formats.sites.wording import is_letter

GLOSSARY = re.compile(r"^( *)\.\. glossary *::[ \t]*(?::\w+:[ \t]*)*$", re.MULTILINE)
TERM = re.compile(r"^( *)\.\. [\w:-]*term *::[ \t]+([^\W_][^\n]*)$", re.MULTILINE)
"""A directive for each term."""
OPENED = re.compile(
    r"^( *)\.\. (?:admonition|collapse|describe|details|dropdown|object|topic) *::[ \t]+([^\n]+)$",
    re.MULTILINE,
)
"""Directives that may each hold a term, and what it means."""
_ABBREVIATED = re.compile(r"\s*:(?:abbr|abbreviation|acronym)s?:[ \t]+(\S[^\n]*)")
_OPTION = re.compile(r"\s*:[\w-]+:(?:\s|$)")
_UNDERLINE = re.compile(r"([!-/:-@\[-`{-~])\1{2,}\s*")
_NO_TERM = re.compile(
    r"(?:[-*+•‣]|\(?(?:\d{1,3}|[A-Za-z#])[.)])\s|\.\.(?:\s|$)|:[^:\s][^:]*:\s|\||>>>|__(?:\s|$)"
)


@dataclass
class Item:
    """A definition: its terms, each with its line, and the lines of its text."""

    terms: list[tuple[int, str]]
    category: str = ""
    lines: list[tuple[int, str]] = field(default_factory=list)


def of_directives(
    rows: list[tuple[int, str]], effort: Effort, own: re.Pattern[str] = TERM
) -> Iterator[Item]:
    """The definitions within glossary directives, as Sphinx parts them, and in their ``own``."""
    category = ""
    place = 0
    while place < len(rows):
        number, row = rows[place]
        category = _title(rows, place, category, effort)
        place += 1
        match = GLOSSARY.fullmatch(row) or own.fullmatch(row)
        if match is None:
            continue
        end = _end(rows, place, len(match[1]))
        if match.re is own:
            yield _own(match[2], number, rows[place:end], category)
        else:
            yield from _parted(rows[place:end], category)
        place = end


def _own(name: str, line: int, block: list[tuple[int, str]], category: str) -> Item:
    """The definition in a directive of its own."""
    options = list(takewhile(lambda row: _OPTION.match(row[1]), block))
    short = [(n, match[1]) for n, row in options if (match := _ABBREVIATED.fullmatch(row))]
    return Item([(line, name), *short], category, block[len(options) :])


def _parted(block: list[tuple[int, str]], category: str) -> Iterator[Item]:
    begin = next(
        (n for n, (_, row) in enumerate(block) if row.strip() and not _OPTION.match(row)),
        len(block),
    )
    block = block[begin:]
    least = min((indent_of(row) for _, row in block if row.strip()), default=0)
    item: Item | None = None
    in_comment = False
    for number, row in block:
        if not row.strip():
            if item:
                item.lines.append((number, ""))
        elif indent_of(row) > least:
            if item and not in_comment:
                item.lines.append((number, row))
        elif row.strip() == ".." or row.strip().startswith(".. "):
            in_comment = True
        else:
            in_comment = False
            if item is None or any(line.strip() for _, line in item.lines):
                if item:
                    yield item
                item = Item([], category)
            item.terms.append((number, row))
    if item:
        yield item


def of_lists(rows: list[tuple[int, str]], effort: Effort) -> Iterator[Item]:
    """The definitions of lists that stand at the margin."""
    category = ""
    place = 0
    free = True  # whether a list may begin here
    while place < len(rows):
        number, row = rows[place]
        category = _title(rows, place, category, effort)
        below = rows[place + 1][1] if place + 1 < len(rows) else ""
        place += 1
        begins = (
            free and row.strip() and not indent_of(row) and below.strip() and indent_of(below) > 0
        )
        if not begins or _NO_TERM.match(row):
            free = not row.strip() or _UNDERLINE.fullmatch(row) is not None
            if _NO_TERM.match(row):  # explicit markup, or an item: with what belongs to it
                place = _end(rows, place)
                free = True
            continue
        end = _end(rows, place)
        yield Item([(number, row)], category, rows[place:end])
        place, free = end, True


def _end(rows: list[tuple[int, str]], place: int, margin: int = 0) -> int:
    """Behind the rows from a place on that are blank, or indented by more than a margin."""
    while place < len(rows) and (not (row := rows[place][1]).strip() or indent_of(row) > margin):
        place += 1
    return place


def _title(rows: list[tuple[int, str]], place: int, category: str, effort: Effort) -> str:
    """The title of the section that begins here, else the one before; a letter is none."""
    title = rows[place][1].strip()
    below = rows[place + 1][1] if place + 1 < len(rows) else ""
    if not title or _UNDERLINE.fullmatch(title) or not _UNDERLINE.fullmatch(below):
        return category
    if indent_of(rows[place][1]) > 1 or len(below.rstrip()) < min(len(title), 4):
        return category
    return "" if is_letter(title) else inline(title, {}, effort)
