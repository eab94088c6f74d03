"""Evidence: what was found for a question, how it was found, and how sure it is that it answers."""

from dataclasses import dataclass
from typing import NamedTuple

from knowledge.entry import Entry, Passage
from knowledge.fusion import ANSWERABLE
from knowledge.names import Mentions


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
