"""Mending: YAML written by hand whose lines lack quotes, or of which one entry is broken."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

import yaml

from knowledge.formats.tables import tree

_FIELD = re.compile(
    r"([ \t]*(?:- +)*(?:\"[^\"\n]*\"|'[^'\n]*'|[^\s\"'#:\[{][^:\n]{0,160}?)[ \t]*:[ \t]+)(\S.*)"
)
_ITEM, _KEY = re.compile(r"( *)- "), re.compile(r"( *)[^\s#\-][^:\n]{0,160}:(?:\s|$)")
_BLOCK = re.compile(r"\A[|>][+-]? +(?=\S)")  # of a text that should begin below it
_QUOTES = "\"'"
_MOST, _MOST_READ = 50, 4_000_000  # mends of a text, and characters that are read for them


class Mend(NamedTuple):
    """A line that is no YAML, and what was done about it."""

    line: int
    problem: str
    is_read: bool
    """Whether its text was read as it stands; else the entry was left out."""


def of_yaml(text: str) -> tuple[list[Any], list[Mend]]:
    """The documents of a text (``tree.of_yaml``), and what had to be mended.

    A value that cannot stand so is read as text; an entry that is still no YAML is left out.

    Raises:
        YAMLError: it cannot be mended, or must not be: it nests too deep.
    """
    lines = text.split("\n")
    told: dict[int, Mend] = {}
    quoted: set[int] = set()
    for _ in range(max(1, min(_MOST, _MOST_READ // (len(text) + 1)))):
        try:
            return tree.of_yaml("\n".join(lines)), sorted(told.values())
        except yaml.YAMLError as error:
            n, problem = _place(error), getattr(error, "problem", "")
            if n is None or n >= len(lines):
                raise
            field = next((m for m in _fields(lines, n) if m not in quoted), None)
            if field is not None:
                quoted.add(field)
                _quote(lines, field)
            elif not _cut(lines, n):
                raise
            told[n] = Mend(n + 1, problem, field is not None)
    return tree.of_yaml("\n".join(lines)), sorted(told.values())


def _place(error: yaml.YAMLError) -> int | None:
    """The line (from 0) that is broken; None of what is valid, and refused."""
    too_deep = "nesting" in (getattr(error, "problem", None) or "")
    if too_deep or isinstance(error, yaml.composer.ComposerError):
        return None
    scanning = "scanning" in (getattr(error, "context", None) or "")  # began there: a quote
    mark = getattr(error, "context_mark" if scanning else "problem_mark", None)
    return mark.line if mark else None


def _fields(lines: list[str], n: int) -> Iterator[int]:
    """The line, if it has a field, and that of the field whose text goes on there."""
    if _FIELD.fullmatch(lines[n]):
        yield n
    above = next((m for m in range(n - 1, -1, -1) if _depth(lines[m]) < _depth(lines[n])), None)
    if above is not None and (field := _FIELD.fullmatch(lines[above])) and field[2][0] not in "|>":
        yield above


def _quote(lines: list[str], n: int) -> None:
    """Writes the text of a field, which may go on below, in quotes on its line."""
    field = _FIELD.fullmatch(lines[n])
    said = [field[2]] if field else []
    for below in range(n + 1, len(lines)):
        indent = len(lines[below]) - len(lines[below].lstrip())
        if lines[below].strip() and indent <= _depth(lines[n]):
            break
        said.append(lines[below].strip())
        lines[below] = ""
    text = " ".join(filter(None, said)).strip()
    if text[0] in _QUOTES and (text.endswith(text[0]) or text.count(text[0]) == 1):
        text = text.strip(text[0]).replace('\\"', '"')
    text = _BLOCK.sub("", text)
    written = text.replace("'", "''")
    lines[n] = f"{field[1] if field else ''}'{written}'"


def _cut(lines: list[str], n: int) -> bool:
    """Empties the lines of the entry in which a line stands; whether there is one."""
    starts = [(m, found) for m, line in enumerate(lines) if (found := _ITEM.match(line))]
    starts = starts or [(m, found) for m, line in enumerate(lines) if (found := _KEY.match(line))]
    often = Counter(len(found[1]) for _, found in starts)
    level = min((depth for depth, count in often.items() if count > 1), default=-1)
    places = [m for m, found in starts if len(found[1]) == level]
    first = max((m for m in places if m <= n), default=None)
    if first is None:
        return False
    last = min((m for m in places if m > n), default=len(lines))
    lines[first:last] = [""] * (last - first)
    return True


def _depth(line: str) -> int:
    """How far a line is indented; the dash of a list belongs to it."""
    return len(line) - len(line.lstrip(" \t-"))
