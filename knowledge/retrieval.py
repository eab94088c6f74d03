"""Retrieval: the passages that may answer a question, best first, and how sure it is that one does.

Three things speak for a passage: the closeness of its vector to the question's (Chroma), a name of
its entry in the question, and how many of the question's words its entry uses. They are weighed by
one logistic function, whose value is the hit's score; the best hit's score is the confidence.
"""

import math
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from knowledge.embeddings import Embedder
from knowledge.entry import Entry, Passage
from knowledge.glossary import Glossary
from knowledge.index import Index
from knowledge.language import base, content_stems, fold
from knowledge.names import Mentions, Names

# Fitted by logistic regression (L2 of 0.005) on the first 157 questions of
# tests/data/questions.yaml; docs/retrieval.md shows the fit and what it gets wrong.
_CLOSENESS = 4.3
_WORDS = 2.8
_NAME = 1.5
_OFFSET = -3.7
ANSWERABLE = 0.45
"""The confidence from which the glossary is taken to answer: fewest mistakes on those questions."""

_POOL = (
    60  # passages asked of Chroma: enough that both languages of the best entries are among them
)
_CANDIDATES = 12  # entries weighed


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found, and what speaks for it."""

    passage: Passage
    score: float
    """0 to 1: how likely its entry answers the question."""
    cosine: float
    """Similarity of the vectors, −1 to 1."""
    words: float
    """The part of the words for the question's subject that the entry uses, 0 to 1."""
    name: float
    """The part of them that stand in names, if one is a name of the entry; else 0."""


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


class Retriever:
    """Finds passages of a glossary. Threads may share one; it holds no lock while it embeds."""

    def __init__(self, glossary: Glossary, index: Index, embedder: Embedder) -> None:
        self.glossary = glossary
        self.index = index
        self.embedder = embedder
        self.names = Names(glossary)
        self._stems: dict[str, tuple[str, ...]] = {}
        self._lock = threading.Lock()

    def retrieve(self, question: str, language: str, k: int = 8) -> Evidence:
        """The ``k`` best passages for a question, in its language where the entry is written in it.

        Raises:
            EmbedderError: the question cannot be embedded.
            IndexFailure: the index cannot be searched.
        """
        mentions = self.names.find(question, language)
        found = self.index.search(
            self.embedder.query(self._spelt(question, language, mentions)), _POOL
        )
        cosines = {row: cosine for row, cosine in found if row in self.glossary.passages}
        best: dict[str, float] = {}
        for row, cosine in cosines.items():
            best.setdefault(self.glossary.passages[row].entry_id, cosine)
        floor = min(cosines.values(), default=0.0)
        stems = content_stems(question, language, aspects=False)
        # Who asks what AI is does not ask for AI agents, nor for entries that speak of AI.
        another = not mentions.found and self.names.is_part(stems)
        hits: list[Hit] = []
        for entry_id in dict.fromkeys((*mentions.entry_ids, *list(best)[:_CANDIDATES])):
            entry = self.glossary.get(entry_id, language)
            if entry is None:
                continue
            if base(entry.language) == base(language):
                words = 0.0 if another else self._overlap(stems, entry, named=mentions.coverage)
            else:  # words do not compare across languages: closeness stands for them
                words = min(1.0, max(0.0, self._closeness(best.get(entry_id, floor))))
            name = mentions.coverage if entry_id in mentions.entry_ids else 0.0
            shown = [(p, cosines[p.id]) for p in entry.passages if p.id in cosines]
            if best.get(entry_id, floor) > max((cosine for _, cosine in shown), default=-1.0):
                # Found by its other language: its summary stands for what was found there.
                summary = entry.passages[0]
                shown = [(p, c) for p, c in shown if p != summary]
                shown.append((summary, best.get(entry_id, floor)))
            hits += [
                Hit(passage, self._score(cosine, words, name), cosine, words, name)
                for passage, cosine in shown
            ]
        hits.sort(key=lambda hit: -hit.score)
        ranked: dict[str, float] = {}
        for hit in hits:
            ranked.setdefault(hit.passage.entry_id, hit.score)
        entries = ((self.glossary.get(entry_id, language), s) for entry_id, s in ranked.items())
        return Evidence(
            question=question,
            language=language,
            hits=tuple(hits[:k]),
            entries=tuple((entry, score) for entry, score in entries if entry),
            mentions=mentions,
            confidence=hits[0].score if hits else 0.0,
        )

    def _spelt(self, question: str, language: str, mentions: Mentions) -> str:
        """The question, with the terms behind its aliases: to an embedder, RAG is but cloth."""
        folded = fold(question)
        entries = (self.glossary.get(entry_id, language) for entry_id in mentions.entry_ids)
        terms = [entry.term for entry in entries if entry and fold(entry.term) not in folded]
        return f"{question} ({', '.join(terms)})" if terms else question

    def _closeness(self, cosine: float) -> float:
        """Where a cosine lies between those of unrelated (0) and related (1) questions."""
        manifest = self.index.manifest
        return (cosine - manifest.unrelated) / (manifest.related - manifest.unrelated)

    def _score(self, cosine: float, words: float, name: float) -> float:
        closeness = self._closeness(cosine)
        logit = _CLOSENESS * closeness + _WORDS * words + _NAME * name + _OFFSET
        return 1.0 / (1.0 + math.exp(-logit))

    def _overlap(self, stems: list[str], entry: Entry, named: float) -> float:
        if not stems:
            return 0.0
        used = self._stems.get(entry.key)
        if used is None:
            text = " . ".join((*entry.names, *(s.text for s in entry.sections)))
            used = tuple(content_stems(text, entry.language))
            with self._lock:
                self._stems[entry.key] = used
        if named < 1.0 and not _speaks(stems, used):  # two terms asked about need not be a pair
            return 0.0
        return sum(stem in used for stem in stems) / len(stems)


def _speaks(stems: list[str], used: Sequence[str]) -> bool:
    """Whether an entry speaks of a subject of two words: not of deep waters and quick learning."""
    return len(stems) != 2 or (stems[0], stems[1]) in pairwise(used)  # noqa: PLR2004
