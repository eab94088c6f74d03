"""Passage: the lines of a page copied as text that may hold its glossary."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from knowledge.formats.draft import known_heading
from knowledge.formats.page import is_chrome, is_header
from knowledge.formats.sites.wording import is_called, is_letter, tells_of_terms
from knowledge.language.words import fold

_TOP = 20  # lines among which the title stands
_OFTEN = 3  # times that a line stands which is on each card of a page: “Learn more”
_ITEM = re.compile(r"^[•▪◦*–-]\s+")
_NUMBER = re.compile(r"^\d{1,3}[.)]\s+(?=\S)")
_ALPHABET = re.compile(r"\W*(?:\w\b\W*){5,}")
_FOOT = re.compile(r"©|\(c\)\s*\d{4}|copyright\b", re.IGNORECASE)
COLONS = (":", "：")

Line = tuple[int, str]
"""The number of a line, from 1, and what stands on it; nothing, where it is blank."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines, without what pages carry beside their text."""

    lines: Sequence[Line]
    titled: bool = False
    """Whether a title above them says that they are a glossary."""
    told: bool = False
    """Whether it only says that they may be: “Poker terms”."""


def passage_of(text: str) -> Passage:
    """The lines below the title of a page; all of them, where it has none that tells of terms."""
    lines = [(n, line.strip()) for n, line in enumerate(text.split("\n"), 1)]
    filled = [each for each in lines if each[1]]
    top = list(takewhile(_can_be_title, filled))[:_TOP]
    titles = [n for n, line in top if tells_of_terms(line) or is_called(line, "lexicon")]
    may = top if titles else [each for each in filled[:_TOP] if _can_be_title(each)]
    told = [n for n, line in may if tells_of_terms(line, "lexicon") or tells_of_terms(line)]
    begins = (titles or told or [0])[-1]
    return Passage(list(_kept(lines[begins:])), bool(titles), bool(told))


def _can_be_title(line: Line) -> bool:
    return is_header(line[1].rstrip(" :："))


def _kept(lines: list[Line]) -> Iterator[Line]:
    counts = Counter(line for _, line in lines)
    below = takewhile(lambda each: not _FOOT.match(each[1]), lines)
    body = list(_joined(_unlisted(list(below))))
    last = {fold(line): n for n, line in body if is_header(line.rstrip(" :："))}
    for n, line in body:
        listed = last.get(fold(line), n) != n  # in a list of what follows
        if not line or not (listed or counts[line] >= _OFTEN or _is_beside(line)):
            yield n, line


def _is_beside(line: str) -> bool:
    """Whether a line is no text of a glossary: a title, a letter, the way back."""
    return (
        not any(map(str.isalpha, line))  # “1 2 3”, of pages
        or is_letter(line)
        or (line[:1].isupper() and line == line[0] + line[0].lower())  # “Aa”
        or _ALPHABET.fullmatch(line) is not None
        or is_chrome(line)
        or known_heading(line) == "back"
        or is_called(line, "glossary")
        or is_called(line, "aside")
        or (line.endswith(COLONS) and tells_of_terms(line, "lexicon"))  # of a list of them
    )


def _unlisted(lines: list[Line]) -> Iterator[Line]:
    """Lines without their numbers; and without what marks items, where most are such."""
    filled = [line for _, line in lines if line]
    listed = 2 * sum(_ITEM.match(line) is not None for line in filled) > len(filled)
    for n, line in lines:
        yield n, (_ITEM if listed else _NUMBER).sub("", line)


def _joined(lines: Iterable[Line]) -> Iterator[Line]:
    """Lines of which none begins with the mark that parts the name above from what it means."""
    kept: Line | None = None
    for n, line in lines:
        if kept and kept[1] and line.startswith((": ", "： ")):
            kept = (kept[0], f"{kept[1]} {line}")
            continue
        if kept:
            yield kept
        kept = (n, line)
    if kept:
        yield kept
