"""A glossary of many terms, copied from a web page as text: terms on lines of their own, or led."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby, takewhile
from pathlib import PurePath
from statistics import median

from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.formats.draft import known_heading
from knowledge.formats.page import is_chrome, is_header, is_sentence
from knowledge.formats.sites.blocks import Block
from knowledge.formats.sites.drafts import made
from knowledge.formats.sites.lead import Term
from knowledge.formats.sites.wording import ASKS, asked_for, is_letter, tells_of_terms
from knowledge.words import fold

_TOP = 20  # lines among which the title stands
_OFTEN = 3  # times that a line stands which is on each card of a page: “Learn more”
_FEWEST = 3
_MOST = 0.7
_OF_A_PAGE = ("example", "related")
"""Headings of the page of one term."""
_LED = re.compile(
    r"(?:[•▪◦*–-]\s+)?(?P<term>[^:：\n.!?؟。]{1,80}?)"
    r"(?:\s*[:：]\s+|：|\s+[–—-]\s+|\s*(?:\.\s?){3,}\s*)(?P<said>\S.*)"
)
_STOPPED = re.compile(r"(?P<term>[^\s:：.!?؟。]+(?: [^\s:：.!?؟。]+){0,3})\.\s+(?P<said>\S.*)")
_ITEM = re.compile(r"[•▪◦*–-]\s")
_ALPHABET = re.compile(r"\W*(?:\w\b\W*){5,}")
_FOOT = re.compile(r"©|\(c\)\s*\d{4}|copyright\b", re.IGNORECASE)

_Line = tuple[int, str]
"""The number of a line, from 1, and what stands on it; nothing, where it is blank."""


def recognises(text: str) -> bool:
    """Whether a text has a title that tells of terms, and below it lines that can be such."""
    return bool(_terms(text))


def read(text: str, path: PurePath) -> Iterator[Entry | Fault]:
    """The entries of the terms."""
    yield from made(_terms(text), str(path), "")


def _terms(text: str) -> list[Term]:
    lines = [(n, line.strip()) for n, line in enumerate(text.split("\n"), 1)]
    body = _body(lines)
    if any(known_heading(line) in _OF_A_PAGE for _, line in body if line):
        return []
    ways = (partial(_led, _LED), _grouped, _alternating, partial(_led, _STOPPED))
    found = next((found for way in ways if _are_sound(found := way(body))), [])
    for term in found:
        term.blocks = list(_unwrapped(term.blocks))
    return found


def _body(lines: Sequence[_Line]) -> list[_Line]:
    """The lines below the title, without what pages carry beside their text; none without one."""
    top = list(takewhile(lambda each: is_header(each[1]), [each for each in lines if each[1]]))
    titles = [n for n, line in top[:_TOP] if tells_of_terms(line)]
    if not titles:
        return []
    counts = Counter(line for _, line in lines)
    below = takewhile(lambda each: not _FOOT.match(each[1]), lines[titles[-1] :])
    return [
        (n, line)
        for n, line in below
        if not line
        or not (
            counts[line] >= _OFTEN
            or is_letter(line)
            or _ALPHABET.fullmatch(line)
            or is_chrome(line)
            or known_heading(line) == "back"
        )
    ]


def _are_sound(terms: Sequence[Term]) -> bool:
    """Whether there are several terms, of names of their own, and more is said of them."""
    if len({fold(term.name) for term in terms}) < max(_FEWEST, len(terms)):
        return False
    return median(len(term.text) for term in terms) > median(len(term.name) for term in terms)


def _led(begun: re.Pattern[str], body: Sequence[_Line]) -> list[Term]:
    """Lines that begin with a term and a mark, most of all."""
    filled = [(n, line, begun.fullmatch(line)) for n, line in body if line]
    terms: list[Term] = []
    for n, line, match in filled:
        if match:
            terms.append(_term(n, match["term"], [(n, match["said"])]))
        elif terms:
            terms[-1].blocks.append(Block("text", line, n))
    return terms if len(terms) >= _MOST * len(filled) else []


def _grouped(body: Sequence[_Line]) -> list[Term]:
    """Paragraphs of which the first line is a term; those of one line may name a category."""
    groups = [list(group) for filled, group in groupby(body, lambda each: bool(each[1])) if filled]
    terms: list[Term] = []
    category, categories = "", 0
    for (n, first), *said in groups:
        if said and _heads(first):
            terms.append(_term(n, first, said, category))
        elif not said and _heads(first):
            category, categories = first, categories + 1
        elif terms:
            terms[-1].blocks += [Block("text", line, m) for m, line in [(n, first), *said]]
    most = len(terms) >= _MOST * (len(groups) - categories)
    return terms if most and len(terms) >= 2 * categories else []


def _alternating(body: Sequence[_Line]) -> list[Term]:
    """Short lines, each with sentences below it; those with none name a category."""
    filled = [each for each in body if each[1]]
    terms: list[Term] = []
    category, categories = "", 0
    for (n, line), (_, below) in zip(filled, [*filled[1:], (0, "")], strict=False):
        head = _heads(line) and not _LED.fullmatch(line)
        if head and below and not _heads(below):
            terms.append(_term(n, line, [], category))
        elif head:
            category, categories = line, categories + 1
        elif terms:
            terms[-1].blocks.append(Block("text", line, n))
    return terms if len(terms) >= 2 * categories else []


def _unwrapped(blocks: Sequence[Block]) -> Iterator[Block]:
    """Paragraphs, of which a text may have each line on its own."""
    kept: Block | None = None
    for block in blocks:
        if kept and not is_sentence(kept.text) and not _ITEM.match(block.text):
            kept = replace(kept, text=f"{kept.text} {block.text}")
            continue
        if kept:
            yield kept
        kept = block
    if kept:
        yield kept


def _heads(line: str) -> bool:
    """Whether a line can be a term: it is short and no sentence, or asks what one is."""
    bare = line.rstrip(" :：")
    asks = line.endswith(ASKS) and asked_for(line) != line
    return asks or (is_header(bare) and not _ITEM.match(line))


def _term(n: int, name: str, said: Sequence[_Line], category: str = "") -> Term:
    blocks = [Block("text", line, m) for m, line in said]
    return Term(name.rstrip(" :："), blocks, n, category=category)
