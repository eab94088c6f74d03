"""Indented: terms that stand indented below headings, what defines them deeper, as Markdown."""

import re
from collections.abc import Iterator

from knowledge.formats.lines import indent_of

_HEADING = re.compile(r"#{1,6}[ \t]+\S")
_CODE = 4  # columns: what is indented so far is code to any parser of Markdown
_A_NAME = 80  # characters: what is longer is a sentence
_SEVERAL = 2


def plain(text: str) -> str:
    """Markdown in which such terms are a definition list; any other text as it is."""
    lines = text.expandtabs(4).split("\n") if "\n    " in text or "\n\t" in text else []
    filled = [line for line in lines if line.strip() and not _HEADING.match(line)]
    least = min(map(indent_of, filled), default=0)
    if least < _CODE:
        return text
    names = [n for n, line in enumerate(lines) if line in filled and indent_of(line) == least]
    if len(names) < _SEVERAL or not all(_is_name(lines, n, least) for n in names):
        return text
    return "\n".join(_listed(lines, least))


def _is_name(lines: list[str], n: int, least: int) -> bool:
    """Whether a line is short, stands apart, and what follows it is indented deeper."""
    above = lines[n - 1].strip() if n else ""
    below = next((line for line in lines[n + 1 :] if line.strip()), "")
    apart = not above or _HEADING.match(lines[n - 1]) is not None
    return apart and len(lines[n].strip()) <= _A_NAME and indent_of(below) > least


def _listed(lines: list[str], least: int) -> Iterator[str]:
    deeper = 0
    for line in lines:
        if not line.strip() or _HEADING.match(line):
            yield line
        elif indent_of(line) == least:
            deeper = 0
            yield line.strip()
        elif not deeper:
            deeper = indent_of(line)
            yield f":   {line.strip()}"
        else:
            yield "    " + " " * max(0, indent_of(line) - deeper) + line.strip()
