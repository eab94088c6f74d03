"""Questions that ship with the glossary's sentences: what people ask that each of them answers.

People ask in other words than those that answer, and a question is nearer to one that asks the same
than to any sentence (Nogueira et al., 2019, “Document Expansion by Query Prediction”,
arXiv:1904.08375). Somebody who had read the sentences of the bundled glossary, and no question of
the evaluation, wrote for each what it answers, in the spoken Arabic of several countries, too. Only
the vectors are here, under a hash of the sentence: one that has changed has none, and a glossary of
other sentences is answered without.

A vector is that of the bundled embedders, in the directions in which questions that ask for
different things differ most, as against those that ask for the same in other words or another
language (Fisher's linear discriminants); beside them stands what is wanted, so that a question for
a remedy is nearer to another such than to one for a definition of the same. ``make weights`` finds
them.
"""

import hashlib
from collections.abc import Sequence
from importlib.resources import files
from typing import Self

import numpy as np

from knowledge.search import Array

HASH_BYTES = 12  # of two sentences in ten thousand million, one pair would share as many
WANTED = 0.5  # the length of what is wanted, beside that of what it is wanted of


class Questions:
    """The questions of some sentences."""

    def __init__(self, held: dict[str, Array], sentences: Sequence[str]) -> None:
        """Those of some data, for the texts of sentences."""
        places: dict[bytes, list[int]] = {}
        for place, text in enumerate(sentences):
            places.setdefault(text_hash(text), []).append(place)
        rows = [(n, p) for n, h in enumerate(held["hashes"]) for p in places.get(bytes(h), ())]
        row, self._sentence = np.array(rows, int).reshape(-1, 2).T
        vectors = held["bytes"][row].astype(np.float32)
        self._vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
        self._centre, self._directions = (
            held[name].astype(np.float32) for name in ("centre", "directions")
        )

    @classmethod
    def read(cls, name: str, sentences: Sequence[str]) -> Self:
        """Those that ship under a name, ``both`` or ``fast``, for the texts of sentences."""
        with files("knowledge.search").joinpath("weights", f"questions-{name}.npz").open("rb") as f:
            return cls(dict(np.load(f, allow_pickle=False)), sentences)

    def closeness(self, vector: Array, intents: Array, count: int) -> Array:
        """The cosine of a question with the nearest one of each sentence; NaN where there is none.

        ``vector`` is that of the question by the bundled embedders, ``joined``; ``intents`` how
        likely each intent is; ``count`` that of the sentences.
        """
        asked = projected(vector, intents, self._centre, self._directions)
        return greatest(self._vectors @ asked, self._sentence, count)


def greatest(values: Array, of: Array, count: int) -> Array:
    """The greatest value of each group, NaN where there is none; ``of`` has their numbers."""
    found = np.full(count, np.nan)
    np.fmax.at(found, of, values)
    return found


def projected(vectors: Array, intents: Array, centre: Array, directions: Array) -> Array:
    """Vectors in some directions, and what they want beside them, of unit length."""
    found = (vectors - centre) @ directions
    found /= np.maximum(np.linalg.norm(found, axis=-1, keepdims=True), 1e-9)
    return np.concatenate([found, WANTED * np.sqrt(intents)], axis=-1) / np.sqrt(1 + WANTED**2)


def text_hash(text: str) -> bytes:
    """The key of a text."""
    return hashlib.sha256(text.encode()).digest()[:HASH_BYTES]
