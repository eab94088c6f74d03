"""Tables drawn with rules of ``+---+``, as Pandoc has them, made tables of HTML."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

_RULE = re.compile(r" {0,3}\+(?:[-=:]{3,}\+)+\s*")
_FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,})")
_PIPED = re.compile(r"^\|[ \t|:-]+$", re.MULTILINE)
_EMPTY = re.compile(r"\|[ \t]*(?=\|)")
_BAR = re.compile(r"(?<!\\)\|")
_BESIDE = "<br>"  # for a line on which nothing new begins: a blank one would end the table


def plain(text: str) -> str:
    """Markdown in which such a table is one of HTML; each row stays on the line it begins on.

    The rule of a table of Markdown that leaves out a column, ``|---|  |``, has that, too.
    """
    if "|" in text:
        text = _PIPED.sub(lambda m: _EMPTY.sub("|---", m[0]) if "-" in m[0] else m[0], text)
    if "\n+--" not in text and not text.startswith("+--"):
        return text
    lines = text.split("\n")
    found: list[str] = []
    n, fence = 0, ""
    while n < len(lines):
        if mark := _FENCE.match(lines[n]):
            fence = "" if fence and mark[1].startswith(fence) else fence or mark[1]
        end = n
        while not fence and end < len(lines) and _is_drawn(lines[end], first=end == n):
            end += 1
        found += _table(lines[n:end]) if end > n else [lines[n]]
        n = max(end, n + 1)
    return "\n".join(found)


def _is_drawn(line: str, *, first: bool) -> bool:
    return _RULE.fullmatch(line) is not None or (not first and line.lstrip().startswith("|"))


def _table(lines: Sequence[str]) -> Iterator[str]:
    """As many lines as the table has; those of one with cells over several columns as they are."""
    width = lines[0].count("+") - 1
    cells = [_BAR.split(line.strip())[1:-1] for line in lines]
    rules = [n for n, line in enumerate(lines) if _RULE.fullmatch(line)]
    even = all(len(row) == width for n, row in enumerate(cells) if n not in rules)
    if len(rules) < 2 or rules[-1] != len(lines) - 1 or not even:  # noqa: PLR2004
        yield from lines
        return
    head = next((n for n in rules if "=" in lines[n]), 0)
    yield "<table>"
    for start, stop in pairwise(rules):
        tag = "th" if start < head else "td"
        whole = zip(*cells[start + 1 : stop], strict=True)
        row = "".join(f"<{tag}>{_joined(cell)}</{tag}>" for cell in whole)
        yield from [f"<tr>{row}</tr>", *[_BESIDE] * (stop - start - 2)][: stop - start - 1]
        yield "</table>" if stop == rules[-1] else _BESIDE


def _joined(lines: Sequence[str]) -> str:
    """The lines of a cell as one; a blank one parts what stands above from what stands below."""
    text = " ".join(line.strip() or "\n" for line in lines)
    parts = text.replace("\\<", "&lt;").replace("\\>", "&gt;").split("\n")
    return "<br>".join(part.strip() for part in parts if part.strip())
