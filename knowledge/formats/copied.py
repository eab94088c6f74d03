"""A glossary of many terms, copied from a web page as text: terms on lines of their own, or led."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby, pairwise, takewhile
from pathlib import PurePath
from statistics import median

from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.formats.draft import known_heading
from knowledge.formats.page import is_header, is_sentence
from knowledge.formats.passage import COLONS, Line, Passage, passage_of
from knowledge.formats.sites.blocks import Block
from knowledge.formats.sites.drafts import made
from knowledge.formats.sites.lead import Term
from knowledge.formats.sites.wording import ASKS, asked_for
from knowledge.language.words import fold, is_unspaced

_FEWEST, _SEVERAL = 3, 5
_FOOT = 2  # lines
_SPACED, _UNSPACED = 100, 40  # characters of a name, the latter in Chinese and its like
_MOST = 0.7
_OF_A_PAGE = ("example", "related")
"""Headings of the page of one term."""
_LED = re.compile(
    r"(?:[•▪◦*–-]\s+)?"
    r"(?P<term>(?:[^:：\n.!?؟。(]|\.(?=\S)|\([^()\n]{1,60}\)){1,80}?)"
    r"(?:\s*[:：]\s+|[:：](?=[^\W\d_])|\s+(?:[–—=-]|-->?|=>|→)\s+|(?<=[\w)])[–—-]\s+"
    r"|\s*(?:\.\s?){3,}\s*)(?P<said>\S.*)"
)
_BOXED = re.compile(r"[\[【「『《<＜]([^\[\]【】「」『』《》<>＜＞]{1,80})[\]】」』》>＞]\s*[:：]?")
_STOPPED = re.compile(r"(?P<term>[^\s:：.!?؟。]+(?: [^\s:：.!?؟。]+){0,3})\.\s+(?P<said>\S.*)")
_ITEM = re.compile(r"^[•▪◦*–-]\s+")
_MARKDOWN = re.compile(r"^#{1,6}\s|\*\*\S|^\||^```|\]\(", re.MULTILINE)
_CODE = (";", "{", "}", ">")
"""What a line of code ends in."""


def recognises(text: str) -> bool:
    """Whether a text has a title that tells of terms, and below it lines that can be such."""
    return not _MARKDOWN.search(text) and bool(_terms(text))


def read(text: str, path: PurePath) -> Iterator[Entry | Fault]:
    """The entries of the terms."""
    yield from made(_terms(text), str(path), "")


def _terms(text: str) -> list[Term]:
    passage = passage_of(text)
    body = passage.lines
    if any(known_heading(line) in _OF_A_PAGE for _, line in body if line):
        return []
    ways = (_boxed, partial(_led, _LED), _grouped, _alternating, partial(_led, _STOPPED))
    found = next((found for way in ways if _are_sound(found := way(body), passage)), [])
    several = len({term.category for term in found}) > 1
    for term in found:
        term.blocks = list(_unwrapped(term.blocks))
        term.category = term.category if several else ""  # one of all: a byline, a day
    return found


def _are_sound(terms: Sequence[Term], passage: Passage) -> bool:
    """Whether there are several terms, of names of their own, and more is said of them.

    Without a title that tells of a glossary they are more, and stand in the order of the alphabet.
    """
    names = [fold(term.name) for term in terms]
    if len(set(names)) < max(_FEWEST, _MOST * len(names)):
        return False
    if not passage.titled and len(names) < _SEVERAL:
        return False
    if not (passage.titled or passage.told) and _in_order(names) < _MOST:
        return False
    return median(len(term.text) for term in terms) > median(len(term.name) for term in terms)


def _in_order(names: Sequence[str]) -> float:
    """How many names, of all, stand behind one that the alphabet has before them."""
    return sum(one <= other for one, other in pairwise(names)) / (len(names) - 1)


def _boxed(body: Sequence[Line]) -> list[Term]:
    """Lines that a bracket holds, with what they mean below: “【Tide】”."""
    terms: list[Term] = []
    for n, line in body:
        if match := _BOXED.fullmatch(line):
            terms.append(_term(n, match[1], []))
        elif line and terms:
            terms[-1].blocks.append(Block("text", line, n))
    return [term for term in terms if term.blocks]


def _led(begun: re.Pattern[str], body: Sequence[Line]) -> list[Term]:
    """Lines that begin with a term and a mark, most of all; short ones apart name a category.

    Where blank lines part them, a line below one only goes on with it.
    """
    terms: list[Term] = []
    category, apart, others, more = "", 0, 0, 0
    for place, (n, line) in enumerate(body):
        above, *below = (each for _, each in _around(body, place))
        if match := begun.fullmatch(line):
            terms.append(_term(n, match["term"], [(n, match["said"])], category))
            apart += not above
        elif line and _heads(line) and not above and not any(below):
            category = line.rstrip(" :：")
        elif line:
            others, more = others + (not above), more + bool(above)
            if terms:
                terms[-1].blocks.append(Block("text", line, n))
    others += more if _MOST * len(terms) > apart else 0
    others -= _without_foot(terms)
    return terms if len(terms) >= _MOST * (len(terms) + others) else []


def _without_foot(terms: Sequence[Term]) -> int:
    """How many short lines, which are taken from it, follow the last term: what is beside it."""
    blocks = terms[-1].blocks if terms else []
    foot = len(list(takewhile(lambda block: _heads(block.text), reversed(blocks[1:]))))
    if foot < _FOOT:
        return 0
    terms[-1].blocks = blocks[:-foot]
    return foot


def _around(body: Sequence[Line], place: int) -> Sequence[Line]:
    return [*(body[place - 1 : place] or [(0, "")]), *body[place + 1 : place + 2]]


def _grouped(body: Sequence[Line]) -> list[Term]:
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


def _alternating(body: Sequence[Line]) -> list[Term]:
    """Short lines, each with sentences below it; those with none name a category.

    Where a blank line parts names from what they mean, those above each other are of one term.
    """
    rows = [(n, line, _heads(line) and not _LED.fullmatch(line)) for n, line in body if line]
    coloned = sum(head and line.endswith(COLONS) for _, line, head in rows)
    if 2 * coloned < sum(head for *_, head in rows):  # then a colon leads on
        rows = [(n, line, head and not line.endswith(COLONS)) for n, line, head in rows]
    beside = list(pairwise([*rows, (0, "", True)]))
    apart = [m > n + 1 for (n, _, head), (m, _, below) in beside if head and not below]
    terms: list[Term] = []
    names: list[str] = []
    category, categories = "", 0
    for (n, line, head), (following, _, below) in beside:
        if head and not below:
            terms.append(_term(n, [*names, line][0], [], category))
            terms[-1].aliases, names = [*names, line][1:], []
        elif head and following == n + 1 and 2 * sum(apart) > len(apart):
            names.append(line)
        elif head:
            category, categories, names = line, categories + 1, []
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
    if len(bare) > (_UNSPACED if is_unspaced(bare) else _SPACED):
        return False
    asks = line.endswith(ASKS) and asked_for(line) != line
    return asks or (is_header(bare) and not _ITEM.match(line) and not line.endswith(_CODE))


def _term(n: int, name: str, said: Sequence[Line], category: str = "") -> Term:
    blocks = [Block("text", line, m) for m, line in said]
    return Term(name.rstrip(" :："), blocks, n, category=category)
