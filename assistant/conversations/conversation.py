"""A conversation as it is kept: its turns, what each rested on, and what was said of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Self

from assistant.answer import Answer
from assistant.conversations.readers import NOBODY, owns
from knowledge.entry import Passage
from knowledge.evidence import Evidence, Hit, Way

Thumb = Literal[-1, 0, 1]
"""Down, none, up."""


@dataclass(frozen=True, slots=True)
class KeptEvidence:
    """What was found for one thing asked: the hits in full, so that no glossary is needed."""

    question: str
    language: str
    confidence: float
    hits: tuple[Hit, ...]

    @classmethod
    def of(cls, evidence: Evidence) -> Self:
        """What is kept of some evidence."""
        return cls(evidence.question, evidence.language, evidence.confidence, evidence.hits)

    def as_json(self) -> dict[str, Any]:
        """The evidence, ready for ``json.dumps``."""
        return {
            "question": self.question,
            "language": self.language,
            "confidence": float(self.confidence),
            "hits": [_hit_as_json(hit) for hit in self.hits],
        }

    @classmethod
    def of_json(cls, values: Mapping[str, Any]) -> Self:
        """The evidence that ``as_json`` was made of.

        Raises:
            KeyError: the values are those of no evidence.
        """
        hits = tuple(map(_hit_of_json, values["hits"]))
        return cls(values["question"], values["language"], values["confidence"], hits)


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a reader said of an answer."""

    thumb: Thumb
    comment: str
    given_at: datetime


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and its answer, with what it rested on when it was given."""

    id: str
    conversation_id: str
    position: int
    """Its place in the conversation, from 0."""
    answer: Answer
    evidence: tuple[KeptEvidence, ...]
    """What was found for each thing asked."""
    versions: Mapping[str, str]
    """``Entry.version`` of every cited entry, by its key."""
    asked_at: datetime
    feedback: Feedback | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
    """Turns that belong together, under a title."""

    id: str
    title: str
    created_at: datetime
    changed_at: datetime
    deleted_at: datetime | None = None
    length: int = 0
    """How many turns it has."""
    turns: tuple[Turn, ...] = ()
    """The turns, where it was asked for by its id; none where it is one of a list."""
    reader: str = NOBODY
    """The hash of its reader's token, which no export shows."""

    @property
    def answers(self) -> tuple[Answer, ...]:
        """Its answers in order: the history of what is asked next."""
        return tuple(turn.answer for turn in self.turns)

    def belongs_to(self, reader: str) -> bool:
        """Whether it is the conversation of the reader with that token.

        One that is nobody's is not that of who opens it either: they go on with a copy.
        """
        return owns(reader, self.reader)


@dataclass(frozen=True, slots=True)
class Gap:
    """A question that the glossary did not answer, and how often it was asked."""

    term: str
    """The shortest question that asked for it."""
    question: str
    """As it was asked first."""
    language: str
    nearest: tuple[str, ...]
    """The terms that came nearest when it was asked last."""
    count: int
    first_at: datetime
    last_at: datetime
    key: str = ""
    """What the questions for it have in common: by this it is told from others."""


def _hit_as_json(hit: Hit) -> dict[str, Any]:
    passage = hit.passage
    return {
        "passage_id": passage.id,
        "entry_id": passage.entry_id,
        "term": passage.term,
        "language": passage.language,
        "section": passage.section,
        "start": passage.start,
        "text": passage.text,
        "score": float(hit.score),  # NumPy's numbers are none of JSON's
        "cosine": float(hit.cosine),
        "closeness": _way_as_json(hit.closeness),
        "words": _way_as_json(hit.words),
        "name": _way_as_json(hit.name),
        "matched": list(hit.matched),
    }


def _way_as_json(way: Way) -> dict[str, Any]:
    return {"score": float(way.score), "rank": int(way.rank)}


def _hit_of_json(values: Mapping[str, Any]) -> Hit:
    fields = ("passage_id", "entry_id", "term", "language", "section", "start", "text")
    return Hit(
        Passage(*(values[name] for name in fields)),
        values["score"],
        values["cosine"],
        closeness=Way(**values["closeness"]),
        words=Way(**values["words"]),
        name=Way(**values["name"]),
        matched=tuple(values["matched"]),
    )
