"""Tables whose columns stand under rows of dashes, as Pandoc has them, made tables of HTML."""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise, takewhile
from unicodedata import east_asian_width

_COLUMNS = re.compile(r" {0,3}-{2,}(?: +-{2,})+ *")
_RULE = re.compile(r" {0,3}-{4,} *")
_FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,})")
_MOST_NAMED = 20  # lines that the names of columns may take
_BESIDE = "<br>"  # for a line on which nothing new begins: a blank one would end the table


def plain(text: str) -> str:
    """Markdown in which such a table is one of HTML; each row stays on the line it begins on."""
    if "-- " not in text:
        return text
    lines = text.split("\n")
    fence, end = "", 0
    for n, line in enumerate(lines):
        if mark := _FENCE.match(line):
            fence = "" if fence and mark[1].startswith(fence) else fence or mark[1]
        if n < end or fence or not _COLUMNS.fullmatch(line):
            continue
        first = _first(lines, n)
        framed = first == n or _is_rule(lines[first])
        found = _end(lines, n, framed=framed)
        if found > n + 1:
            lines[first:found] = _table(lines[first:found], n - first)
            end = found
    return "\n".join(lines)


def _is_rule(line: str) -> bool:
    return (_RULE.fullmatch(line) or _COLUMNS.fullmatch(line)) is not None


def _first(lines: Sequence[str], n: int) -> int:
    """The line on which the table begins: that of its columns' names, or the rule above them."""
    above = range(n - 1, max(n - _MOST_NAMED, 0) - 1, -1)
    named = sum(1 for _ in takewhile(lambda m: lines[m].strip(), above))
    rules = (m for m in range(n - named, n) if _is_rule(lines[m]))
    return next(rules, n - 1 if named == 1 else n)


def _end(lines: Sequence[str], n: int, *, framed: bool) -> int:
    """The line behind the table: a rule closes one that is framed, a blank line any other; or 0."""
    blank = 0
    for m in range(n + 1, len(lines)):
        blank = 0 if lines[m].strip() else blank + 1
        if blank and not framed:
            return m
        if blank > 1 or lines[m].startswith("#"):
            return 0
        if _is_rule(lines[m]):
            return m + 1
    return 0 if framed else len(lines)


def _table(lines: Sequence[str], columns: int) -> list[str]:
    """As many lines as the table has."""
    places = [m.start() for m in re.finditer(r"(?<!-)-", lines[columns])]
    parted = any(not line.strip() for line in lines)  # then rows may have several lines
    made = [_BESIDE] * len(lines)
    rows: list[tuple[int, str, list[str]]] = []
    head = [line for line in lines[:columns] if not _is_rule(line)]
    if head:
        rows.append((0, "th", head))
    for n, line in enumerate(lines[columns + 1 :], columns + 1):
        above = lines[n - 1]
        begins = not above.strip() if parted else bool(line[: places[1]].strip())
        if not line.strip() or _is_rule(line):
            continue
        if begins or n == columns + 1:
            rows.append((n, "td", [line]))
        else:
            rows[-1][2].append(line)
    for n, tag, written in rows:
        whole = zip(*(_cells(line, places) for line in written), strict=True)
        made[n] = f"<tr>{''.join(f'<{tag}>{_joined(cell)}</{tag}>' for cell in whole)}</tr>"
    made[0] = f"<table>{made[0]}"
    made[-1] = f"{made[-1]}</table>"
    return made


def _cells(line: str, places: Sequence[int]) -> Iterator[str]:
    """What of a line stands in each column; a wide letter takes up the room of two."""
    widths = accumulate(1 + (east_asian_width(letter) in "WF") for letter in line)
    starts = [0, *widths]
    for start, stop in pairwise((0, *places[1:], starts[-1] + 1)):
        yield "".join(c for c, at in zip(line, starts, strict=False) if start <= at < stop).strip()


def _joined(lines: Sequence[str]) -> str:
    return " ".join(filter(None, lines))
