"""Pieces: a long Markdown text in parts that its parser can take, parted where no block is."""

import re
from collections.abc import Iterator

SIZE = 64 * 1024  # characters: the tokens of so many take about 30 MB
_CELLS = 100
_ROW_RULE = re.compile(r"^[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")


def parted(text: str) -> Iterator[tuple[int, str]]:
    """A text in pieces, parted where no block is; a table that is parted keeps its head."""
    if len(text) <= 2 * SIZE:
        yield 0, _narrow(text)
        return
    lines = text.split("\n")
    start = size = 0
    fence, head = "", ""
    for number, line in enumerate(lines):
        size += len(line) + 1
        if mark := re.match(r"[ \t>]*(`{3,}|~{3,})", line):
            fence = "" if fence and mark[1].startswith(fence) else fence or mark[1]
        elif not line.strip():
            head = ""
        elif number > start and _ROW_RULE.match(line) and "|" in line and "|" in lines[number - 1]:
            head = f"{lines[number - 1]}\n{line}\n"
        following = lines[number + 1] if number + 1 < len(lines) else ""
        parted = not fence and not line.strip() and not following.startswith((" ", "\t"))
        if (parted and size > SIZE) or size > 4 * SIZE:
            piece = "\n".join(lines[start : number + 1])
            yield start, _narrow(piece)
            start, size = number + 1, 0
            if head:
                lines[start - 2 : start] = head.rstrip("\n").split("\n")
                start -= 2
    if start < len(lines):
        yield start, _narrow("\n".join(lines[start:]))


def _narrow(text: str) -> str:
    """Without tables of more than a hundred columns, over which the parser would brood."""
    if "|" not in text:
        return text
    lines = (
        line.replace("|", " ") if line.count("|") > _CELLS else line for line in text.split("\n")
    )
    return "\n".join(lines)
