"""Evidence: the entries and sentences found for a question, how they were found, how surely."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain, zip_longest
from typing import Self

from knowledge.entry import Entry, Sentence
from knowledge.glossary import Glossary
from knowledge.search import Array
from knowledge.search.intent import IntentPrediction
from knowledge.search.ranker import Weights

ANSWERABLE = 0.5
"""The confidence from which the glossary is taken to answer: the ranker is fitted to it."""


@dataclass(frozen=True, slots=True)
class FoundEntry:
    """An entry that was found, in the language in which it is shown."""

    entry: Entry
    score: float
    """0 to 1: how likely it answers, if the glossary does."""
    parts: Mapping[str, float]
    """What spoke for it, by the names of ``ranker.ENTRY``: in units of the score's log-odds."""
    close: float = 0.0
    """How close its nearest sentence is to the question, in deviations."""


@dataclass(frozen=True, slots=True)
class FoundSentence:
    """A sentence that was found."""

    sentence: Sentence
    score: float
    """In log-odds below the best one, which has 0."""
    features: Array = field(compare=False)
    """What speaks for it: (``ranker.SENTENCE``,)."""
    weights: Weights = field(compare=False)
    match: float
    """How well it answers, by a learned sum of products of its vector's and the question's."""
    question: float
    """How near the nearest of the questions is that it is known to answer: a cosine."""
    belonging: float = 0.0
    """In log-odds, that it belongs in the answer beside the best one."""

    @property
    def parts(self) -> Mapping[str, float]:
        """What spoke for it, by the names of ``ranker.SENTENCE``, in log-odds."""
        return self.weights.parts(self.features)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was found for one question."""

    question: str
    language: str
    """In which entries are shown, where they are written in it."""
    wants: IntentPrediction
    entries: tuple[FoundEntry, ...]
    """Best first."""
    sentences: tuple[FoundSentence, ...]
    """Those of the best entries, best first."""
    named: tuple[str, ...]
    """The ids of the entries that the question names, in its order."""
    confidence: float
    """0 to 1: how likely the glossary answers the question."""
    reasons: Mapping[str, float] = field(default_factory=dict)
    """What makes it sure or unsure, by the names of ``ranker.CONFIDENCE``, in log-odds."""
    whole: bool = False
    """Whether the question is nothing but names of entries, and words of asking."""

    @property
    def answerable(self) -> bool:
        """Whether the glossary is taken to answer."""
        return self.confidence >= ANSWERABLE

    def merged(self, others: Iterable["Evidence"]) -> "Evidence":
        """With what else was found for the same thing, looked up in other ways; each by turns.

        What was found twice counts as it was found first.
        """
        every = (self, *others)
        entries: dict[str, FoundEntry] = {}
        sentences: dict[str, FoundSentence] = {}
        for found in filter(None, chain(*zip_longest(*(e.entries for e in every)))):
            entries.setdefault(found.entry.key, found)
        for said in filter(None, chain(*zip_longest(*(e.sentences for e in every)))):
            sentences.setdefault(said.sentence.id, said)
        return replace(
            self,
            entries=tuple(entries.values()),
            sentences=tuple(sentences.values()),
            confidence=max(each.confidence for each in every),
        )


_SHOWN_ENTRIES, _SHOWN_SENTENCES, _SHOWN_INTENTS = 8, 12, 3


@dataclass(frozen=True, slots=True)
class Trace:
    """How the answer to one thing asked came about: of its evidence, what a reader is shown."""

    question: str
    """As it was looked for."""
    language: str
    confidence: float
    intents: tuple[tuple[str, float], ...] = ()
    """The likeliest, each with its likelihood."""
    reasons: Mapping[str, float] = field(default_factory=dict)
    named: tuple[str, ...] = ()
    """The terms that were recognised."""
    entries: tuple["TracedEntry", ...] = ()
    sentences: tuple["TracedSentence", ...] = ()

    @property
    def answerable(self) -> bool:
        """Whether the glossary was taken to answer."""
        return self.confidence >= ANSWERABLE

    @classmethod
    def of(cls, evidence: Evidence, glossary: Glossary) -> Self:
        """The record of some evidence, found in a glossary."""
        named = (glossary.get(entry_id, evidence.language) for entry_id in evidence.named)
        likely = sorted(evidence.wants.intents.items(), key=lambda item: -item[1])
        return cls(
            question=evidence.question,
            language=evidence.language,
            confidence=round(evidence.confidence, 4),
            intents=tuple((name, round(part, 3)) for name, part in likely[:_SHOWN_INTENTS]),
            reasons=_rounded(evidence.reasons),
            named=tuple(entry.term for entry in named if entry),
            entries=tuple(map(TracedEntry.of, evidence.entries[:_SHOWN_ENTRIES])),
            sentences=tuple(map(TracedSentence.of, evidence.sentences[:_SHOWN_SENTENCES])),
        )


@dataclass(frozen=True, slots=True)
class TracedEntry:
    """An entry that was weighed."""

    id: str
    term: str
    language: str
    score: float
    parts: Mapping[str, float] = field(default_factory=dict)

    @classmethod
    def of(cls, found: FoundEntry) -> Self:
        """The record of one that was found."""
        e = found.entry
        return cls(e.id, e.term, e.language, round(found.score, 4), _rounded(found.parts))


@dataclass(frozen=True, slots=True)
class TracedSentence:
    """A sentence that was weighed."""

    entry_id: str
    term: str
    language: str
    section: str
    start: int
    text: str
    score: float
    parts: Mapping[str, float] = field(default_factory=dict)

    @classmethod
    def of(cls, found: FoundSentence) -> Self:
        """The record of one that was found."""
        s, score = found.sentence, round(found.score, 3)
        place = (s.entry_id, s.term, s.language, s.section, s.start)
        return cls(*place, s.text, score, _rounded(found.parts))


def _rounded(parts: Mapping[str, float]) -> dict[str, float]:
    return {name: round(float(value), 3) for name, value in parts.items()}
