"""Nearness: which of some sentences of the glossary a text is nearest to, by an embedder."""

import threading
from collections.abc import Sequence

import numpy as np

from knowledge.entry import Sentence
from knowledge.search.embeddings import Embedder

_BEST = 3  # sentences, at the most
_NEAR, _BESIDE = 0.35, 0.12
"""The cosine (Universal Sentence Encoder) from which on a text is near a sentence, which one in 200
of 588 true Arabic claims is not to those that it rests on; and what another may be further."""


class Nearness:
    """How near a claim is to sentences of the glossary, by an embedder, each read once."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._vectors: dict[str, list[float]] = {}
        self._lock = threading.Lock()

    def best(self, claim: str, among: Sequence[Sentence]) -> tuple[Sentence, ...]:
        """The sentences that a claim rests on, in reading order; none where none is near."""
        if not among:
            return ()
        close = self.to(claim, among)
        least = max(float(close.max()) - _BESIDE, _NEAR)
        best = np.argsort(-close)[:_BEST]
        return tuple(among[n] for n in sorted(best) if close[n] >= least)

    def to(self, claim: str, among: Sequence[Sentence]) -> np.ndarray:
        """The cosines of a claim to some sentences."""
        self.read(among)
        vector = self._embedder.passages([claim])[0]
        return np.array([np.dot(self._vectors[sentence.id], vector) for sentence in among])

    def read(self, sentences: Sequence[Sentence]) -> None:
        """Embeds sentences, each once."""
        with self._lock:
            new = {s.id: s.embedded for s in sentences if s.id not in self._vectors}
            if new:
                vectors = self._embedder.passages([*new.values()])
                self._vectors |= dict(zip(new, vectors, strict=True))
