"""Headings: what those of a Markdown text say of the terms below them."""

import re
from bisect import bisect
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise, takewhile

from knowledge.formats.draft import known_heading, slug
from knowledge.formats.sites import versions
from knowledge.formats.sites.blocks import Block
from knowledge.formats.sites.lead import Term
from knowledge.formats.sites.trimmed import bare
from knowledge.formats.sites.wording import (
    ASKS,
    is_called,
    is_label,
    is_letter,
    tells_of_terms,
)
from knowledge.words import fold

_LAST = 1 << 60
_DEFINED = re.compile(r"([^:：\n]{1,60}?)\s*[:：]\s+(\S+(?:\s+\S+){5,})")
"""A heading that holds a definition as well."""
_SEVERAL = 4
_ORDERLY = 0.8


def tells(heading: str) -> bool:
    """Whether a heading says no more than that terms stand below it."""
    named = is_called(heading, "term") or is_called(heading, "definition")
    return named or is_letter(heading) or tells_of_terms(heading)


def borne(name: Block) -> list[Block]:
    """The footnotes that a name bears, as if a paragraph below it bore them."""
    return [Block("text", "", name.line, notes=name.notes)] if name.notes else []


def says(below: Sequence[Block]) -> bool:
    """Whether there is text in what stands below a heading."""
    return any(b.kind not in ("rule", "head", "row") and b.text for b in below)


def is_apart(block: Block, *, lettered: bool) -> bool:
    """Whether a heading is no term: a letter, or what stands beside the terms."""
    if lettered and is_letter(block.text):
        return True
    return is_called(block.text, "apart") or is_called(block.text, "unheaded")


def is_lexicon(title: str, blocks: Sequence[Block]) -> bool:
    """Whether a title is but “Vocabulary” or the like, and no heading below it is a page's part."""
    headings = [b.text for b in blocks if b.kind == "heading"][1:]
    parts = (known_heading(text) or is_label(text) or text.endswith(ASKS) for text in headings)
    return is_called(bare(title), "lexicon") and len(headings) > 2 and not any(parts)  # noqa: PLR2004


def is_of_a_letter(title: str, blocks: Sequence[Block]) -> bool:
    """Whether a page is called by a letter, with which all its headings begin, or what it marks."""
    if not is_letter(title):
        return False
    headings = [b.text for b in blocks if b.kind == "heading" and not is_letter(b.text)]
    rows = [b.cells[0].text if b.kind == "row" and b.cells else b.lead for b in blocks]
    rows += [b.text for b in blocks if b.kind == "term"]
    names = [fold(name)[:1] for name in headings or filter(None, rows)]
    return bool(names) and set(names) == {fold(title.strip())[:1]}


def headed_by(blocks: Sequence[Block], *, titled: bool) -> Iterator[Term]:
    """The headings that are terms, each with what stands below it.

    The level of most of those that have text of their own is the level of the terms. Above it
    stand categories; where letters are headings, also terms, for want of care, and so do terms
    below it where none is open.
    """
    headings = [n for n, block in enumerate(blocks) if block.kind == "heading"]
    first = [n for n in headings if blocks[n].level == 1]
    headings = [n for n in headings if len(first) != 1 or n >= first[0]]  # a notice above the title
    following = dict(zip(headings, [*headings[1:], len(blocks)], strict=False))
    mixed = _mixed(headings, blocks)
    named = {n for n in headings if blocks[n].level in mixed and _is_named(n, following, blocks)}
    letters = {blocks[n].level for n in headings if is_letter(blocks[n].text) and n not in named}
    lettered = sum(is_letter(blocks[n].text) and n not in named for n in headings) > 1
    if not lettered and not titled:
        return
    titles = {n for n in first if len(first) == 1}
    titles |= {n for n in headings if tells_of_terms(blocks[n].text)}
    titles |= {n for n in first[:1] if tells_of_terms(blocks[n].text, "lexicon")}
    titles |= {
        n
        for n in headings
        if tells(blocks[n].text)
        and (not says(below := blocks[n + 1 : following[n]]) or _lists(blocks[n].text, below))
    }
    apart = {n for n in headings if n in titles or is_apart(blocks[n], lettered=lettered)} - named
    counts = Counter(
        blocks[n].level for n in headings if n not in apart and says(blocks[n + 1 : following[n]])
    )
    if counts.total() < 2 and not _is_alone(headings, following, blocks, apart):  # noqa: PLR2004
        return
    level = _named_level(headings, blocks, counts) or counts.most_common(1)[0][0]
    level = _above_parts([n for n in headings if n not in apart], blocks, level)
    around = _around([n for n in headings if n not in titles and blocks[n].level <= level], apart)
    peers = [n for n in headings if blocks[n].level == level and n not in titles]
    around |= {n for n in _out_of_order(peers, blocks, apart) if not is_letter(blocks[n].text)}
    linked = {slug(link.entry) for block in blocks for link in block.links if link.entry} - {""}
    own = {
        n
        for n in headings
        if blocks[n].level > level and n not in apart and slug(blocks[n].text) in linked
    }
    around |= set(_before_all(headings, blocks, titles | apart, level))
    own |= _astray(headings, following, blocks, apart, level)
    category, depth, within, letter = "", 0, 0, ""
    for place, n in enumerate(headings):
        block = blocks[n]
        if depth and block.level <= depth:
            category, depth = "", 0
        if block.level <= max(level, within) or n in own:
            within = 0
        letter = block.text if is_letter(block.text) and n not in named else letter
        parent = following[n] < len(blocks) and blocks[following[n]].level > block.level
        beside = parent and fold(block.text)[:1] != fold(letter)[:1]
        if within or (lettered and is_letter(block.text) and n not in named):
            continue
        if n in titles or n in around or (n in apart and block.level > level):
            within = 0 if n in titles and block.level == 1 else block.level
            continue
        if (
            block.level < level
            and n not in own
            and (not lettered or block.level not in letters or beside)
        ):
            category, depth = "" if tells(block.text) else block.text, block.level
        else:
            within = block.level  # deeper headings are parts of this
            deepest = level if n in own else max(block.level, level)
            behind = (headings[m] for m in range(place + 1, len(headings)))
            stop = next((m for m in behind if blocks[m].level <= deepest or m in own), len(blocks))
            end = blocks[stop].line if stop < len(blocks) else _LAST
            yield from _below(block, blocks[n + 1 : stop], end, category)


def _above_parts(headings: Sequence[int], blocks: Sequence[Block], level: int) -> int:
    """The level of terms: above one on which the same parts recur below each, else that one."""
    names = Counter(fold(blocks[n].text) for n in headings if blocks[n].level == level)
    recurring = sum(count for count in names.values() if count > 2)  # noqa: PLR2004
    upper = {blocks[n].level for n in headings if 1 < blocks[n].level < level}
    return max(upper) if upper and 2 * recurring > names.total() else level


def _named_level(
    headings: Sequence[int], blocks: Sequence[Block], counts: Mapping[int, int]
) -> int:
    """The level right below “Terms” on which other headings of a page have text; or 0."""
    most = max(counts.values(), default=0)
    for place, n in enumerate(headings[:-1]):
        below = headings[place + 1]
        level = blocks[below].level
        heads = is_called(blocks[n].text, "term") or tells_of_terms(blocks[n].text)
        if not heads or below > n + 1 or not 1 < blocks[n].level < level:
            continue
        ends = (m for m in headings[place + 2 :] if blocks[m].level < level)
        within = [m for m in headings if below <= m < next(ends, len(blocks))]
        told = [m for m in within if blocks[m].level == level and says(blocks[m + 1 : m + 2])]
        if len(told) > 1 and 2 * counts[level] >= most:
            return level
    return 0


def _below(block: Block, told: Sequence[Block], end: int, category: str) -> Iterator[Term]:
    """The term that a heading is, of what stands below it; behind a rule, in another language."""
    below = list(takewhile(lambda b: b.kind != "rule", told))
    behind = told[len(below) + 1 :]
    below += borne(block)
    if not below and (match := _DEFINED.fullmatch(block.text)):
        block = replace(block, text=match[1])
        below = [replace(block, kind="text", text=match[2], level=0)]
    term = Term(block.text, below, block.line, end, category, anchor=block.anchor)
    yield from versions.both(term, behind)


def _is_alone(
    headings: Sequence[int],
    following: Mapping[int, int],
    blocks: Sequence[Block],
    apart: Collection[int],
) -> bool:
    """Whether a single term is all that stands below the title of a glossary."""
    named = [n for n in headings if n not in apart]
    above = [b for b in blocks[: named[0]] if b.kind != "heading"] if named else []
    texts = blocks[named[0] + 1 : following[named[0]]] if named else []
    linked = any(block.links for block in texts)
    single = len(named) == 1 and len(headings) == 2 and blocks[headings[0]].level == 1  # noqa: PLR2004
    return single and not above and says(texts) and not linked


def _astray(
    headings: Sequence[int],
    following: Mapping[int, int],
    blocks: Sequence[Block],
    apart: Collection[int],
    level: int,
) -> set[int]:
    """Headings on other levels than the terms that are terms as well.

    Its own text begins with it, which no other heading is called: “Tides are …”. Or one above that
    level has its place in the alphabet, as all have.
    """
    told = [n for n in headings if n not in apart and says(blocks[n + 1 : following[n]])]
    names = [fold(blocks[n].text) for n in told]
    rising = len(names) >= _SEVERAL and all(a <= b for a, b in pairwise(names))
    counts = Counter(names)
    upper = {n for n in told if blocks[n].level < level and n < told[-1]}
    lower = {
        n
        for n, name in zip(told, names, strict=True)
        if blocks[n].level > level and counts[name] == 1 and not known_heading(blocks[n].text)
    }
    return (upper if rising else set()) | {
        n
        for n, name in zip(told, names, strict=True)
        if n in upper | lower and f"{fold(blocks[n + 1].text)} ".startswith(f"{name} ")
    }


def _before_all(
    headings: Sequence[int], blocks: Sequence[Block], apart: Collection[int], level: int
) -> Iterator[int]:
    """Smaller headings above all terms that do not stand where the alphabet has them."""
    first = next(n for n in headings if blocks[n].level == level and n not in apart)
    for n in headings:
        if n >= first or not (n in apart or blocks[n].level > level):
            return
        if n not in apart and fold(blocks[n].text) > fold(blocks[first].text):
            yield n


def _mixed(headings: Sequence[int], blocks: Sequence[Block]) -> set[int]:
    """The levels on which fewer headings than half are letters."""
    peers = Counter(blocks[n].level for n in headings)
    letters = Counter(blocks[n].level for n in headings if is_letter(blocks[n].text))
    return {level for level, count in peers.items() if 2 * letters[level] < count}


def _is_named(n: int, following: Mapping[int, int], blocks: Sequence[Block]) -> bool:
    """Whether a letter, or two, is a term as the other headings of its level may be: “A-B”."""
    below = blocks[n + 1 : following[n]]
    return is_letter(blocks[n].text) and bool(below) and below[0].kind == "text"


def _lists(heading: str, below: Sequence[Block]) -> bool:
    """Whether several terms are listed below a heading that is but “Terms” or “Definitions”."""
    if not (is_called(heading, "term") or is_called(heading, "definition")):
        return False
    return sum(b.kind in ("item", "row", "term") or (b.strong and b.text != b.lead)
               for b in below) > 1  # fmt: skip


def _out_of_order(
    headings: Sequence[int], blocks: Sequence[Block], apart: Collection[int]
) -> Iterator[int]:
    """Those of some headings that are apart and do not stand where the alphabet has them.

    Among terms in no order, those below which no term ever stands: “Contributing”, “See also”.
    """
    names = {n: fold(blocks[n].text) for n in headings}
    terms = [n for n in headings if n not in apart]
    rising = sum(names[a] <= names[b] for a, b in pairwise(terms))
    in_order = len(terms) >= _SEVERAL and rising >= _ORDERLY * (len(terms) - 1)
    for n in (n for n in headings if n in apart):
        place = bisect(terms, n)
        before = terms[place - 1] if place else n
        behind = terms[place] if place < len(terms) else n
        fits = names[before] <= names[n] <= names[behind]
        beside = is_called(blocks[n].text, "aside") or is_called(blocks[n].text, "apart")
        if not fits if in_order else beside:
            yield n


def _around(headings: Sequence[int], apart: Collection[int]) -> set[int]:
    """Those first and last of some headings that are apart; others may well be terms: “Scope”."""
    before = takewhile(lambda n: n in apart, headings)
    behind = takewhile(lambda n: n in apart, reversed(headings))
    return {*before, *behind}
