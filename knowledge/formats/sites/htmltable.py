"""Tables of HTML within Markdown: their rows and cells, which may hold Markdown themselves."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_TABLE = re.compile(r"<table\b(?:(?!<table\b)[\s\S]){0,100000}?</table\s*>", re.IGNORECASE)
_BLANK = re.compile(r"(?<=\n)[ \t]*(?=\n)")
_ROW = re.compile(r"<tr\b[^<>]*>", re.IGNORECASE)
_CELL = re.compile(r"<(t[hd])\b[^<>]*>", re.IGNORECASE)
_END = re.compile(r"</(?:t[dhr]|table|tbody|thead|tfoot)\s*>", re.IGNORECASE)


class Cell(NamedTuple):
    """A cell: what it holds, and the line on which that begins."""

    html: str
    line: int


class Row(NamedTuple):
    """A row of cells, all of which may be heads."""

    cells: list[Cell]
    line: int
    heads: bool


def joined(text: str) -> str:
    """A text whose tables have no blank lines, at which Markdown would part them."""
    if "<table" not in text.lower():
        return text
    return _TABLE.sub(lambda table: _BLANK.sub("<wbr>", table[0]), text)


def rows(html: str, line: int) -> Iterator[Row]:
    """The rows of the tables in a piece of HTML whose first line is line ``line``."""
    starts = list(_ROW.finditer(html))
    counted = 0
    for n, start in enumerate(starts):
        line += html.count("\n", counted, start.start())
        counted = start.start()
        end = starts[n + 1].start() if n + 1 < len(starts) else len(html)
        marks = list(_CELL.finditer(html, start.end(), end))
        cells = []
        for m, mark in enumerate(marks):
            stop = marks[m + 1].start() if m + 1 < len(marks) else end
            inner = _END.split(html[mark.end() : stop], maxsplit=1)[0]
            cells.append(Cell(inner, line + html.count("\n", counted, mark.end())))
        heads = bool(marks) and all(mark[1].lower() == "th" for mark in marks)
        yield Row(cells, line, heads)
