"""Properties: the fields of a note, on lines of their own above its text, as Logseq writes them."""

import re
from typing import Any

_LINE = re.compile(r"([A-Za-z][\w -]{0,40})::[ \t]*(.*)")
_WIKI = re.compile(r"\[\[([^\[\]|]+)(?:\|[^\[\]]*)?\]\]")


def parted(text: str) -> tuple[dict[str, Any], dict[str, int], str]:
    """The properties of a note, the line of each, and the text, each line of it on its line."""
    found: dict[str, Any] = {}
    lines: dict[str, int] = {}
    rows = text.split("\n")
    for number, row in enumerate(rows):
        match = _LINE.fullmatch(row.strip().removeprefix("- "))
        if match is None:
            if row.strip():
                break
            continue
        key = re.sub(r"[-\s]", "_", match[1].strip()).lower()
        found[key] = _WIKI.sub(r"\1", match[2]).replace("#", "").strip()
        lines[key] = number + 1
        rows[number] = ""
    return found, lines, "\n".join(rows)
