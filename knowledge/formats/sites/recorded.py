"""Records: terms and definitions that stand behind labels, “Term: … / Definition: …”."""

import re
from collections.abc import Iterator, Sequence

from knowledge.formats.sites.wording import is_called
from knowledge.language.words import fold

_LABELLED = re.compile(
    r"(?P<before>[ ]{0,3}(?:#{1,6}[ \t]+|[-*+][ \t]+|\d{1,3}[.)][ \t]+)?)[*_]{0,2}"
    r"(?P<label>[^\W\d_][^:：\n*_`\[]{0,30}?)[ \t]?(?:[:：][*_]{1,2}|[*_]{0,2}[ \t]?[:：])[ \t]*"
    r"(?P<value>\S[^\n]{0,120}?)[ \t\\]*"
)
_OTHERS = ("definition", "aliases", "category", "example", "related", "source")
_NEAR = 4  # lines below a term in which its definition begins
_SEVERAL = 2


def plain(text: str) -> str:
    """Markdown in which the term of each such record is a heading; each line stays on its line."""
    if ":" not in text and "：" not in text:
        return text
    lines = text.split("\n")
    found = list(_terms(lines))
    names = {fold(match["value"]) for _, match in found}
    if len(found) < _SEVERAL or len(names) < len(found):
        return text
    for n, match in found:
        marks = match["before"].strip()
        lines[n] = f"{marks if marks.startswith('#') else '######'} {match['value']}"
        above = next((m for m in range(n - 1, -1, -1) if lines[m].strip()), n)
        if re.fullmatch(r"#{1,6}[ \t]+\W*\d+\W*", lines[above]):  # the number of the record
            lines[above] = ""
    return "\n".join(lines)


def _terms(lines: Sequence[str]) -> Iterator[tuple[int, re.Match[str]]]:
    """The lines that name terms, each under the same label, with a definition close below."""
    label = ""
    for n, line in enumerate(lines):
        match = _LABELLED.fullmatch(line) if ":" in line or "：" in line else None
        if match is None or not is_called(match["label"], "term"):
            continue
        named = fold(match["label"])
        above = lines[n - 1].strip() if n else ""
        begins = named == label if label else not above or above.startswith(("#", "-", "*"))
        if (
            begins
            and not any(is_called(match["label"], name) for name in _OTHERS)
            and _defined(lines, n, named)
        ):
            label = named
            yield n, match


def _defined(lines: Sequence[str], n: int, label: str) -> bool:
    """Whether a line says what the term is before the next is named."""
    filled = [line for line in lines[n + 1 : n + 4 * _NEAR] if line.strip()][:_NEAR]
    for line in filled:
        match = _LABELLED.match(line)
        if match and fold(match["label"]) == label:
            return False
        if match and is_called(match["label"], "definition"):
            return True
    return False
