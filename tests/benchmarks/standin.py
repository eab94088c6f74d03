"""A stand-in for the bundled embedder, whose vectors of passages cost nothing.

A passage's vector lies about one of a few hundred centres, told by a hash of its text. The centres
are vectors of the bundled glossary, so that passages lie as near to each other, and to questions,
as real ones do. A question is embedded in earnest.
"""

import hashlib
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from langchain_core.embeddings import Embeddings

from knowledge.embeddings import Embedder, make_embedder
from knowledge.vectors import Vectors

CENTRES = 300
NOISE = 0.3  # its length: passages of a centre have cosines of 0.92, those of two 0.74


@dataclass(frozen=True)
class StandIn(Embeddings):
    """Questions by the real embedder; passages by their hash, but those that hold ``earnest``."""

    real: Embeddings
    centres: Any = field(repr=False)
    earnest: str | None = None

    def embed_query(self, text: str) -> list[float]:
        """The real vector of a question."""
        return self.real.embed_query(text)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """The vectors of passages, in order."""
        return [
            self.real.embed_documents([text])[0]
            if self.earnest and self.earnest in text
            else self._invented(text)
            for text in texts
        ]

    def _invented(self, text: str) -> list[float]:
        seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])
        rng = np.random.default_rng(seed)
        centre = self.centres[rng.integers(len(self.centres))]
        vector = centre + rng.normal(0, NOISE / len(centre) ** 0.5, len(centre))
        found: list[float] = (vector / np.linalg.norm(vector)).tolist()
        return found


def stand_in(earnest: str | None = None) -> Embedder:
    """The stand-in, in front of the bundled embedder."""
    real = make_embedder()
    held = list(Vectors.read().by_hash.values())
    centres = np.array(held[:: max(1, len(held) // CENTRES)][:CENTRES], float)
    centres /= np.linalg.norm(centres, axis=1, keepdims=True)
    return Embedder("stand-in", real.dimension, StandIn(real.embeddings, centres, earnest))
