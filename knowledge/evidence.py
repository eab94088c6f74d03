"""Evidence: what was found for a question, how it was found, and how sure it is that it answers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from knowledge.entry import Entry, Passage
from knowledge.fusion import ANSWERABLE, Features, ranks
from knowledge.names import Mentions

_ALIKE = 0.5  # from this much on, a word is told as matched by one that it resembles


class Way(NamedTuple):
    """How well one way of finding found an entry."""

    score: float
    """0 to 1; closeness goes a little beyond either."""
    rank: int
    """Its place among the entries found: 1 is the best, 0 is none."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found, and what speaks for it."""

    passage: Passage
    score: float
    """0 to 1: how likely its entry answers the question."""
    cosine: float
    """Similarity of the vectors, −1 to 1."""
    closeness: Way
    """Of its entry's nearest passage: 0 as near as everyday questions come, 1 as its own terms."""
    words: Way
    """BM25 of the question's words in its entry, as a part of the most that is possible."""
    name: Way
    """The part of the question that is its entry's name."""
    matched: tuple[str, ...]
    """The question's words that its entry uses, folded."""


@dataclass(frozen=True, slots=True)
class Found:
    """The entries found for a question, by any way, and what speaks for each."""

    entries: tuple[Entry, ...]
    features: Features
    nearest: tuple[str, ...]
    """The id of each entry's nearest passage; empty for one that its vectors did not find."""
    mentions: Mentions
    used: Any
    """How much of each word of the question's subject each entry uses: (words, entries)."""

    def hits(
        self,
        entries: Sequence[Entry],
        order: Any,  # noqa: ANN401
        scores: Any,  # noqa: ANN401
        cosines: Mapping[str, float],
    ) -> Iterator[Hit]:
        """The passages that were found of some entries, the nearest of each with its score.

        ``entries`` are those found, as they are to be shown. One that was found by its words, its
        name, what it is asked as or in another language shows its summary.
        """
        features = self.features
        ways = [
            list(map(Way, values.tolist(), np.where(values > 0, ranks(values), 0).tolist()))
            for values in (features.closeness, features.words, features.name)
        ]
        floor = min(cosines.values(), default=0.0)
        for n in order:
            entry, nearest = entries[n], cosines.get(self.nearest[n], floor)
            shown = {p: cosines[p.id] for p in entry.passages if p.id in cosines}
            if nearest > max(shown.values(), default=-1.0):
                shown[entry.passages[0]] = nearest
            matched = tuple(
                word.text
                for word, part in zip(self.mentions.subject, self.used[:, n], strict=True)
                if part >= _ALIKE
            )
            best = max(shown.values())
            for passage, cosine in sorted(shown.items(), key=lambda item: -item[1]):
                score = float(scores[n]) * (1.0 - (best - cosine))
                closeness, words, name = (way[n] for way in ways)
                yield Hit(passage, score, cosine, closeness, words, name, matched)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was found for one question."""

    question: str
    language: str
    hits: tuple[Hit, ...]
    entries: tuple[tuple[Entry, float], ...]
    """The entries that come nearest, each with its best score, best first."""
    mentions: Mentions
    confidence: float
    """0 to 1: how likely the glossary answers the question."""

    @property
    def answerable(self) -> bool:
        """Whether the glossary is taken to answer."""
        return self.confidence >= ANSWERABLE
