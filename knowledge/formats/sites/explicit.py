"""Explicit: the terms of definition lists and tables, and those that begin a paragraph or item."""

import re
from collections.abc import Iterator, Sequence

from knowledge.formats.sites.blocks import Block
from knowledge.formats.sites.gridded import Grid, columns_of, rows
from knowledge.formats.sites.groups import categories, remarks
from knowledge.formats.sites.headings import borne, is_apart, tells
from knowledge.formats.sites.headless import headed, headless
from knowledge.formats.sites.lead import Term, are_led, are_plain, led
from knowledge.formats.sites.listing import TERMS_APART
from knowledge.formats.sites.wording import is_called, is_letter, is_part, tells_of_terms
from knowledge.language.words import fold

_COUNTED = re.compile(r"\s*[(（]\d+[^()（）]{0,15}[)）]$")
"""How many terms stand below a heading."""
_LETTERS = 5  # paragraphs that are but letters


def explicit_terms(
    blocks: Sequence[Block], labels: frozenset[str] = frozenset(), *, titled: bool
) -> list[Term]:
    """The terms of a text, in its order; words that are ``labels`` begin none.

    In a glossary (``titled``) words in no emphasis, too, are believed to be terms.
    """
    return list(_Walk(blocks, labels, titled=titled).terms())


class _Walk:
    """A way along the blocks of a text, from term to term."""

    def __init__(self, blocks: Sequence[Block], labels: frozenset[str], *, titled: bool) -> None:
        self._blocks, self._labels, self._titled = blocks, labels, titled
        self._plain = titled and are_plain(blocks)
        self._led = titled and are_led(blocks)
        self._letters, self._groups = _letters(blocks), categories(blocks)
        self._next = 0
        self._above = self._category = ""
        self._depth = 0  # the level of the heading that is the category
        self._aside = 0  # the level of the heading under which no terms stand
        self._grid: Grid | None = None
        self._open: Term | None = None

    def terms(self) -> Iterator[Term]:
        while self._next < len(self._blocks):
            self._next += 1
            yield from self._at(self._next - 1)
        yield from self._closed()

    def _at(self, n: int) -> Iterator[Term]:
        """The terms that end before a block, or are whole with it."""
        block = self._blocks[n]
        if block.kind == "heading" and (not self._aside or block.level <= self._aside):
            self._aside = block.level if _is_aside(self._blocks, n) else 0
        if self._aside or n in self._letters:
            yield from self._closed()
            return
        if n in self._groups:
            yield from self._closed()
            self._category = block.lead.strip(" :：")
            return
        begun = self._begun(n)
        if self._open and not self._is_next(begun, block) and self._open.takes(block):
            self._open.blocks.append(block)
            return
        yield from self._closed()
        if block.kind == "heading":
            self._head(block)
        elif block.kind == "head":
            yield from self._table(n)
        elif block.kind == "row" and self._grid is not None:
            yield from rows(block, self._grid, self._category)
        elif block.kind == "term":
            yield self._defined(n)
        else:
            self._open = begun

    def _closed(self) -> Iterator[Term]:
        if self._open is not None:
            yield self._open
        self._open = None

    def _begun(self, n: int) -> Term | None:
        """The term that a block begins with, if that is no label and no part of an entry."""
        block = self._blocks[n]
        begun = led(self._blocks, n, self._category, titled=self._titled, plain=self._plain)
        if begun is None or fold(begun.name) in self._labels or is_part(begun.name):
            return None
        titles = block.text == block.lead and tells_of_terms(block.text)
        return None if titles or remarks(self._blocks, n, begun.name) else begun

    def _is_next(self, begun: Term | None, block: Block) -> bool:
        """Whether a block begins another term beside the one that is open."""
        begins = block.strong or (self._led if block.lead else self._plain)
        beside = self._open is not None and block.level <= self._open.depth
        return begun is not None and begins and beside

    def _head(self, block: Block) -> None:
        """Takes a heading for the category of what follows, unless it says nothing of that."""
        self._above = _COUNTED.sub("", block.text)
        letter = is_letter(self._above)
        beside = is_apart(block, lettered=False) or (tells(self._above) and not letter)
        if block.level == 1 or beside or not letter or block.level <= self._depth:
            self._category = "" if block.level == 1 or beside or letter else self._above
            self._depth = block.level

    def _table(self, n: int) -> Iterator[Term]:
        """Takes the head of a table, which may be a row itself."""
        block = self._blocks[n]
        if is_called(self._above, "groups"):
            self._grid = None
        elif any(cell.text for cell in block.cells):
            self._grid = columns_of(self._blocks, n, titled=self._titled)
            if self._grid is not None and headed(self._blocks, n, self._grid):
                yield from rows(block, self._grid, self._category)
        else:
            self._grid, last = headless(self._blocks, n, titled=self._titled)
            self._next = last + 1

    def _defined(self, n: int) -> Term:
        """The term of a definition list, with other names and all that is said of it."""
        blocks, end = self._blocks, n
        while end < len(blocks) and blocks[end].kind == "term":
            end += 1
        names, first = blocks[n:end], end
        while end < len(blocks) and blocks[end].kind not in ("term", "heading"):
            if blocks[end].kind != "definition" and not (end > first and blocks[end].level):
                break
            end += 1
        self._next = end
        defined = [*blocks[first:end], *(each for name in names for each in borne(name))]
        words = [word for name in names for word in name.text.split(TERMS_APART)]
        term = Term(words[0], defined, names[0].line, 0, self._category, words[1:], sure=True)
        term.anchor = names[0].anchor
        return term


def _letters(blocks: Sequence[Block]) -> set[int]:
    """The paragraphs that are but letters: many, or each in bold above a list."""
    found = {n for n, b in enumerate(blocks) if b.kind == "text" and is_letter(b.text)}
    above = [
        n for n in found if blocks[n].strong and [b.kind for b in blocks[n + 1 : n + 2]] == ["item"]
    ]
    return found if len(found) >= _LETTERS or len(above) == len(found) > 1 else set()


def _is_aside(blocks: Sequence[Block], n: int) -> bool:
    """Whether no terms stand under a heading: how to read them, or a list of links beside them."""
    below = blocks[n + 1] if n + 1 < len(blocks) else None
    linked = below is not None and below.kind == "item" and bool(below.links)
    return is_called(blocks[n].text, "aside") or (linked and is_called(blocks[n].text, "apart"))
