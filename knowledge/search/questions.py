"""Questions that ship with the glossary's sentences: what people ask that each of them answers.

People ask in other words than those that answer, and a question is nearer to one that asks the same
than to any sentence (Nogueira et al., 2019, “Document Expansion by Query Prediction”,
arXiv:1904.08375). Somebody who had read the sentences of the bundled glossary, and no question of
the evaluation, wrote for each what it answers, in the spoken Arabic of several countries, too.

What is kept of them is a linear map of the vectors of the bundled embedders and of the parts of a
question's words (Bojanowski et al., 2017, “Enriching Word Vectors with Subword Information”,
arXiv:1607.04606), for these embedders know little of dialects and of the field; and for each
sentence a proxy, to which the questions that it answers are near, in whatever words or language
(Zhai and Wu, 2019, “Classification is a Strong Baseline for Deep Metric Learning”,
arXiv:1811.12649). Proxies are kept under a hash of the sentence: one that has changed has none, and
a glossary of other sentences is answered without. ``make weights`` finds map and proxies.
"""

import hashlib
import zlib
from collections.abc import Sequence
from importlib.resources import files
from typing import Self

import numpy as np

from knowledge.language.words import fold
from knowledge.search import Array

HASH_BYTES = 12  # of two sentences in ten thousand million, one pair would share as many
_PART_LENGTHS = (3, 4, 5)  # letters
PARTS = 16384  # numbers that parts have; rare ones share theirs with others


class Questions:
    """The questions of some sentences."""

    def __init__(self, held: dict[str, Array], sentences: Sequence[str]) -> None:
        """Those of some data, for the texts of sentences."""
        places: dict[bytes, list[int]] = {}
        for place, text in enumerate(sentences):
            places.setdefault(text_hash(text), []).append(place)
        told = zip(held["proxy"], held["hashes"], strict=True)
        found = [(n, place) for n, key in told for place in places.get(bytes(key), [])]
        self._proxy, self._sentence = np.array(found, int).reshape(-1, 2).T
        self._proxies = _unit(held["proxies"].astype(np.float32))
        self._centre, self._directions, self._rarity, self._parts = (
            held[name].astype(np.float32) for name in ("centre", "directions", "rarity", "parts")
        )
        self._parts *= held["parts_unit"]

    @classmethod
    def read(cls, name: str, sentences: Sequence[str]) -> Self:
        """Those that ship under a name, ``both`` or ``fast``, for the texts of sentences."""
        with files("knowledge.search").joinpath("weights", f"questions-{name}.npz").open("rb") as f:
            return cls(dict(np.load(f, allow_pickle=False)), sentences)

    def known(self, count: int) -> bool:
        """Whether most of some sentences, so many in all, have any."""
        return len(self._sentence) > count / 2

    def closeness(self, question: str, vector: Array, count: int) -> Array:
        """The cosine of a question with the proxy of each sentence; NaN where it has none.

        ``vector`` is that of the question by the bundled embedders, ``joined``; ``count`` that of
        the sentences.
        """
        parts = word_parts(question)
        read = (vector - self._centre) @ self._directions
        asked = _unit(read + _unit(self._rarity[parts]) @ self._parts[parts])
        found = np.full(count, np.nan)
        found[self._sentence] = (self._proxies @ asked)[self._proxy]
        return found


def greatest(values: Array, of: Array, count: int) -> Array:
    """The greatest value of each group, NaN where there is none; ``of`` has their numbers."""
    found = np.full(count, np.nan)
    np.fmax.at(found, of, values)
    return found


def _unit(vectors: Array) -> Array:
    return vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-9)


def word_parts(text: str) -> list[int]:
    """The numbers of the parts of a text's words, 0 to ``PARTS``, each once."""
    words = [f" {word} " for word in fold(text).split()]
    parts = {
        word[start : start + length]
        for word in words
        for length in _PART_LENGTHS
        for start in range(max(1, len(word) - length + 1))
    }
    return sorted({zlib.crc32(part.encode()) % PARTS for part in parts})


def text_hash(text: str) -> bytes:
    """The key of a text."""
    return hashlib.sha256(text.encode()).digest()[:HASH_BYTES]
