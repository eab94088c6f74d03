"""Pieces: a long Markdown text in parts that its parser can take, parted where no block is."""

import re
from collections.abc import Iterator, Sequence

SIZE = 64 * 1024  # characters: the tokens of so many take about 30 MB
_CELLS = 100
_ROW_RULE = re.compile(r"^[ \t]*(?:\|[ \t]*)?:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*(?:\|[ \t]*)?$")
_TABLE = re.compile(r"<(/?)table\b", re.IGNORECASE)
_HEAD = re.compile(r"<table\b[^<>]*>.*?</tr\s*>", re.IGNORECASE | re.DOTALL)
_A_ROW = re.compile(r"\s*<tr\b", re.IGNORECASE)
_MOST_LINES = 100  # of a head


def parted(text: str) -> Iterator[tuple[int, str]]:
    """A text in pieces, parted where no block is; a table that is parted keeps its head."""
    if len(text) <= 2 * SIZE:
        yield 0, _narrow(text)
        return
    lines = text.split("\n")
    start = size = 0
    fence, table = "", _Table(lines)
    for number, line in enumerate(lines):
        size += len(line) + 1
        if mark := re.match(r"[ \t>]*(`{3,}|~{3,})", line):
            fence = "" if fence and mark[1].startswith(fence) else fence or mark[1]
        elif not fence:
            table.see(number, start)
        following = lines[number + 1] if number + 1 < len(lines) else ""
        parted = not line.strip() and not following.startswith((" ", "\t"))
        parted = parted or table.goes_on(following)
        if (parted and not fence and size > SIZE) or size > 4 * SIZE:
            yield start, _narrow("\n".join(lines[start : number + 1]))
            start, size = number + 1, 0
            head = table.head(start)
            lines[start - len(head) : start] = head
            start -= len(head)
    if start < len(lines):
        yield start, _narrow("\n".join(lines[start:]))


class _Table:
    """The table within which a line is, of bars or of HTML, if it is within one."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._bars: list[str] = []
        self._opened = -1  # the line of the tag

    def see(self, number: int, start: int) -> None:
        """Looks at the next line of a piece that begins on line ``start``."""
        line, above = self._lines[number], self._lines[number - 1]
        if not line.strip():
            self._bars = []
        elif number > start and _ROW_RULE.match(line) and "|" in line and "|" in above:
            self._bars = [above, line]
        for tag in _TABLE.finditer(line) if "<" in line else ():
            self._opened = -1 if tag[1] else number

    def goes_on(self, line: str) -> bool:
        """Whether the next line begins another row in HTML."""
        return self._opened >= 0 and _A_ROW.match(line) is not None

    def head(self, end: int) -> list[str]:
        """The lines of its head, for a piece that begins on line ``end`` within it."""
        if self._bars or self._opened < 0:
            return self._bars
        near = self._lines[self._opened : min(end, self._opened + _MOST_LINES)]
        head = _HEAD.search("\n".join(near))
        return [" ".join(head[0].split())] if head else []


def _narrow(text: str) -> str:
    """Without tables of more than a hundred columns, over which the parser would brood."""
    if "|" not in text:
        return text
    lines = (
        line.replace("|", " ") if line.count("|") > _CELLS else line for line in text.split("\n")
    )
    return "\n".join(lines)
