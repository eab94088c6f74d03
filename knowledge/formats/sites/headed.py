"""Headed: the headings of a Markdown text that are terms, each with what stands below it."""

import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import pairwise, takewhile

from knowledge.formats.draft import known_heading, slug
from knowledge.formats.sites import versions
from knowledge.formats.sites.blocks import Block
from knowledge.formats.sites.headings import borne, is_apart, says, tells
from knowledge.formats.sites.lead import Term
from knowledge.formats.sites.wording import is_called, is_letter, tells_of_terms
from knowledge.language.words import fold

_LAST = 1 << 60
_DEFINED = re.compile(r"([^:：\n]{1,60}?)\s*[:：]\s+(\S+(?:\s+\S+){5,})")
"""A heading that holds a definition as well."""
_SEVERAL = 4
_ORDERLY = 0.8


def headed_by(blocks: Sequence[Block], *, titled: bool) -> Iterator[Term]:
    """The headings that are terms, each with what stands below it.

    The level of most of those that have text of their own is the level of the terms. Above it
    stand categories; where letters are headings, also terms, for want of care, and so do terms
    below it where none is open.
    """
    headings = _Headings(blocks)
    if (headings.are_lettered or titled) and headings.hold_terms:
        yield from headings.terms()


class _Headings:
    """The headings of a text, by their places among its blocks."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = blocks
        places = [n for n, block in enumerate(blocks) if block.kind == "heading"]
        self._first = [n for n in places if blocks[n].level == 1]
        # What stands above a single title is a notice.
        self._places = [n for n in places if len(self._first) != 1 or n >= self._first[0]]
        self._next = dict(zip(self._places, [*self._places[1:], len(blocks)], strict=False))
        self._levels = {n: blocks[n].level for n in self._places}
        self._names = {n: fold(blocks[n].text) for n in self._places}

    def _below(self, n: int) -> Sequence[Block]:
        """What stands between a heading and the next."""
        return self._blocks[n + 1 : self._next[n]]

    @cached_property
    def _letters(self) -> set[int]:
        """Those that are letters under which terms stand, and no terms themselves (“A-B”)."""
        found = {n for n in self._places if is_letter(self._blocks[n].text)}
        peers, letters = Counter(self._levels.values()), Counter(self._levels[n] for n in found)
        mixed = {level for level, count in peers.items() if 2 * letters[level] < count}
        texts = {n for n in found if [b.kind for b in self._below(n)[:1]] == ["text"]}
        return {n for n in found if self._levels[n] not in mixed or n not in texts}

    @property
    def are_lettered(self) -> bool:
        """Whether terms stand under letters."""
        return len(self._letters) > 1

    @cached_property
    def _titles(self) -> set[int]:
        """Those that say no more than that terms stand below them."""
        texts = {n: self._blocks[n].text for n in self._places}
        found = {n for n in self._first if len(self._first) == 1}
        found |= {n for n in self._places if tells_of_terms(texts[n])}
        found |= {n for n in self._first[:1] if tells_of_terms(texts[n], "lexicon")}
        bare = (n for n in self._places if tells(texts[n]))
        return found | {
            n for n in bare if not says(self._below(n)) or _lists(texts[n], self._below(n))
        }

    @cached_property
    def _apart(self) -> set[int]:
        """Those that are no terms: titles, letters, and what stands beside the terms."""
        lettered = self.are_lettered
        named = {n for n in self._places if is_letter(self._blocks[n].text)} - self._letters
        beside = {n for n in self._places if is_apart(self._blocks[n], lettered=lettered)}
        return (self._titles | beside) - named

    @cached_property
    def _told(self) -> list[int]:
        """Those that may be terms, as text of their own stands below them."""
        return [n for n in self._places if n not in self._apart and says(self._below(n))]

    @property
    def hold_terms(self) -> bool:
        """Whether several are terms, or a single one below the title of a glossary."""
        return len(self._told) > 1 or self._hold_one

    @property
    def _hold_one(self) -> bool:
        named = [n for n in self._places if n not in self._apart]
        if len(named) != 1 or len(self._places) != 2 or self._levels[self._places[0]] != 1:  # noqa: PLR2004
            return False
        above = any(block.kind != "heading" for block in self._blocks[: named[0]])
        below = self._below(named[0])
        return not above and says(below) and not any(block.links for block in below)

    @cached_property
    def _level(self) -> int:
        """That of the terms: above one on which the same parts recur below each, else that one."""
        level = self._likely_level()
        named = [n for n in self._places if n not in self._apart]
        names = Counter(self._names[n] for n in named if self._levels[n] == level)
        recurring = sum(count for count in names.values() if count > 2)  # noqa: PLR2004
        upper = {self._levels[n] for n in named if 1 < self._levels[n] < level}
        return max(upper) if upper and 2 * recurring > names.total() else level

    def _likely_level(self) -> int:
        """The level right below “Terms”, or else that of most that have text of their own."""
        counts = Counter(self._levels[n] for n in self._told)
        most, count = counts.most_common(1)[0]
        if self._common(most):
            return most
        below = (self._levels[self._next[n]] for n in self._places[:-1] if self._leads(n))
        return next((level for level in below if 2 * counts[level] >= count), most)

    def _common(self, level: int) -> bool:
        """Whether half of those above a level are terms, as their own text begins with them."""
        upper = [n for n in self._told if self._levels[n] < level]
        return 1 < sum(map(self._begins, upper)) >= len(upper) / 2

    def _begins(self, n: int) -> bool:
        return f"{fold(self._blocks[n + 1].text)} ".startswith(f"{self._names[n]} ")

    def _leads(self, n: int) -> bool:
        """Whether a heading says that those right below it are terms, and several are."""
        text, below, rest = self._blocks[n].text, self._next[n], self._places
        says_so = is_called(text, "term") or tells_of_terms(text)
        level = self._levels[below]
        if not says_so or below > n + 1 or not 1 < self._levels[n] < level:
            return False
        behind = takewhile(lambda m: self._levels[m] >= level, rest[rest.index(below) :])
        peers = (m for m in behind if self._levels[m] == level)
        return sum(says(self._blocks[m + 1 : m + 2]) for m in peers) > 1

    @cached_property
    def _own(self) -> set[int]:
        """Those on other levels than the terms that are terms as well: linked to, or astray."""
        links = {slug(link.entry) for b in self._blocks for link in b.links if link.entry} - {""}
        lower = (n for n in self._places if self._levels[n] > self._level and n not in self._apart)
        return {n for n in lower if slug(self._blocks[n].text) in links} | self._astray()

    def _astray(self) -> set[int]:
        """Those whose own text begins with them, as no other is called: “Tides are …”.

        Those above the level of the terms are, if half of them are such. Or one of these has its
        place in the alphabet, as all have.
        """
        counts = Counter(self._names[n] for n in self._told)
        rising = len(self._told) >= _SEVERAL and all(
            self._names[a] <= self._names[b] for a, b in pairwise(self._told)
        )
        upper = {n for n in self._told if self._levels[n] < self._level}
        lower = {n for n in self._told if self._levels[n] > self._level}
        lower = {n for n in lower if counts[self._names[n]] == 1}
        lower = {n for n in lower if not known_heading(self._blocks[n].text)}
        found = {n for n in upper | lower if self._begins(n)}
        common = self._common(self._level)
        return found | (upper if common else upper - {self._told[-1]} if rising else set())

    @cached_property
    def _around(self) -> set[int]:
        """Those beside the terms: first, last, or not where the alphabet has them.

        Others that are apart may well be terms: “Scope”.
        """
        upper = [
            n for n in self._places if n not in self._titles and self._levels[n] <= self._level
        ]
        before = takewhile(self._apart.__contains__, upper)
        behind = takewhile(self._apart.__contains__, reversed(upper))
        return {*before, *behind, *self._out_of_order(), *self._before_all()}

    def _out_of_order(self) -> Iterator[int]:
        """Those apart among the terms that do not stand where the alphabet has them.

        Among terms in no order, those below which no term ever stands: “Contributing”, “See also”.
        """
        peers = [n for n in self._places if self._levels[n] == self._level]
        peers = [n for n in peers if n not in self._titles]
        names, terms = self._names, [n for n in peers if n not in self._apart]
        rising = sum(names[a] <= names[b] for a, b in pairwise(terms))
        in_order = len(terms) >= _SEVERAL and rising >= _ORDERLY * (len(terms) - 1)
        for n in (n for n in peers if n in self._apart and not is_letter(self._blocks[n].text)):
            place = bisect(terms, n)
            before = terms[place - 1] if place else n
            behind = terms[place] if place < len(terms) else n
            fits = names[before] <= names[n] <= names[behind]
            text = self._blocks[n].text
            if not fits if in_order else is_called(text, "aside") or is_called(text, "apart"):
                yield n

    def _before_all(self) -> Iterator[int]:
        """Smaller headings above all terms that do not stand where the alphabet has them."""
        apart = self._titles | self._apart
        first = next(n for n in self._places if self._levels[n] == self._level and n not in apart)
        for n in self._places:
            if n >= first or not (n in apart or self._levels[n] > self._level):
                return
            if n not in apart and self._names[n] > self._names[first]:
                yield n

    def terms(self) -> Iterator[Term]:
        """The terms in order, under the category that the heading above them is."""
        category, depth = "", 0  # and the level of its heading
        within = 0  # the level of the heading of which deeper ones are parts
        letter, beside = "", self._titles | self._around
        lettered = {self._levels[n] for n in self._letters} if self.are_lettered else set()
        for n in self._places:
            text, level = self._blocks[n].text, self._levels[n]
            if depth and level <= depth:
                category, depth = "", 0
            if level <= max(self._level, within) or n in self._own:
                within = 0
            letter = text if n in self._letters else letter
            if within or (lettered and n in self._letters):
                continue
            if n in beside or (n in self._apart and level > self._level):
                within = 0 if n in self._titles and level == 1 else level
                continue
            holds = self._next[n] in self._levels and self._levels[self._next[n]] > level
            other = holds and self._names[n][:1] != fold(letter)[:1]  # than the letter above it
            above = level < self._level and n not in self._own
            if above and (level not in lettered or other):
                category, depth = "" if tells(text) else text, level
            else:
                within = level
                yield from self._term(n, category)

    def _term(self, n: int, category: str) -> Iterator[Term]:
        """The term that a heading is; behind a rule, in another language."""
        block = self._blocks[n]
        deepest = self._level if n in self._own else max(block.level, self._level)
        behind = (self._places[m] for m in range(bisect(self._places, n), len(self._places)))
        ends = (m for m in behind if self._levels[m] <= deepest or m in self._own)
        stop = next(ends, len(self._blocks))
        told = self._blocks[n + 1 : stop]
        below = list(takewhile(lambda b: b.kind != "rule", told))
        foreign = told[len(below) + 1 :]
        below += borne(block)
        if not below and (match := _DEFINED.fullmatch(block.text)):
            block = replace(block, text=match[1])
            below = [replace(block, kind="text", text=match[2], level=0)]
        end = self._blocks[stop].line if stop < len(self._blocks) else _LAST
        term = Term(block.text, below, block.line, end, category, anchor=block.anchor)
        yield from versions.both(term, foreign)


def _lists(heading: str, below: Sequence[Block]) -> bool:
    """Whether several terms are listed below a heading that is but “Terms” or “Definitions”."""
    if not (is_called(heading, "term") or is_called(heading, "definition")):
        return False
    return sum(b.kind in ("item", "row", "term") or (b.strong and b.text != b.lead)
               for b in below) > 1  # fmt: skip
