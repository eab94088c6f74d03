"""The material: a passage taken apart into sentences, for claims to be held against."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

import numpy as np

from assistant.alignment import Source
from assistant.phrases import is_order
from assistant.statement import Statement, Term, statement
from knowledge.entry import Passage
from knowledge.language import Span, base, sentences
from knowledge.search.embeddings import Embedder

TOGETHER = 3
"""Sentences that can bear a claim out together."""


@dataclass
class Material:
    """A passage taken apart, each part once an answer."""

    passage: Passage
    _sources: dict[tuple[int, int], Source] = field(default_factory=dict)
    _vectors: dict[tuple[int, int], np.ndarray] = field(default_factory=dict)

    @cached_property
    def spans(self) -> list[Span]:
        """Where its sentences stand."""
        return sentences(self.passage.text, self.passage.language)

    @cached_property
    def orders(self) -> list[bool]:
        """Which of its sentences order whoever writes the answer about."""
        return [is_order(self.passage.text[a:b]) for a, b in self.spans]

    @cached_property
    def _said(self) -> list[Statement]:
        text = self.passage.text
        return [statement(text[a:b], self.passage.language) for a, b in self.spans]

    @cached_property
    def _stems(self) -> list[frozenset[str]]:
        return [
            frozenset(s for n in said.content for s in said.terms[n].stems | said.terms[n].roots)
            for said in self._said
        ]

    @cached_property
    def _heavy(self) -> list[frozenset[str]]:
        """The stems of its sentences' words, without those that say little."""
        return [
            frozenset(
                s for n in said.content if not said.terms[n].light for s in said.terms[n].stems
            )
            for said in self._said
        ]

    @cached_property
    def _context(self) -> frozenset[str]:
        return name_stems((self.passage.term,), self.passage.language)

    def speaks(self, language: str) -> bool:
        """Whether the passage is in a language."""
        return base(self.passage.language) == base(language)

    def holding(self, text: str) -> Span | None:
        """Where a text stands as a sentence to the letter, or as two that follow each other."""
        start = self.passage.text.find(text)
        found = Span(start, start + len(text))
        among = (self.span(a, b) for a, b in self.windows() if b - a < TOGETHER)
        return found if start >= 0 and found in among else None

    def windows(self) -> Iterator[tuple[int, int]]:
        """Sentences that follow each other: the first, and the one behind the last.

        None is an order to whoever writes the answer: on such a sentence nothing rests.
        """
        count = len(self.spans)
        for size in range(1, TOGETHER + 1):
            for first in range(count - size + 1):
                if not any(self.orders[first : first + size]):
                    yield first, first + size

    def span(self, first: int, last: int) -> Span:
        """Where some sentences stand together."""
        return Span(self.spans[first].start, self.spans[last - 1].end)

    def stems(self, first: int, last: int) -> frozenset[str]:
        """The stems of some sentences, and of what the passage is about."""
        return self._context.union(*self._stems[first:last])

    def source(self, first: int, last: int) -> Source:
        """Some sentences as what may bear a claim out."""
        if (first, last) not in self._sources:
            parts: list[int] = []
            terms: list[Term] = []
            for said in self._said[first:last]:
                parts.append(len(terms))
                terms += said.terms
            inside = frozenset[str]().union(*self._heavy[first:last])
            self._sources[first, last] = Source(
                Statement(base(self.passage.language), tuple(terms)),
                tuple(parts),
                self._context,
                frozenset[str]().union(*self._heavy[:first], *self._heavy[last:]) - inside,
            )
        return self._sources[first, last]

    def vector(self, first: int, last: int, embedder: Embedder) -> np.ndarray:
        """What an embedder makes of some sentences, of length 1."""
        if (first, last) not in self._vectors:
            start, end = self.span(first, last)
            self._vectors[first, last] = unit(embedder.passages([self.passage.text[start:end]])[0])
        return self._vectors[first, last]


@lru_cache(maxsize=256)
def name_stems(names: tuple[str, ...], language: str) -> frozenset[str]:
    """The stems of some names' words."""
    return frozenset(
        stem
        for name in names
        for term in statement(name, language).terms
        if term.content
        for stem in term.stems
    )


def unit(vector: Sequence[float]) -> np.ndarray:
    """A vector of length 1 in the same direction."""
    found = np.asarray(vector, dtype=np.float32)
    return found / (np.linalg.norm(found) or 1.0)
