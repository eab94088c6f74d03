"""Similar words: those of a vocabulary that are spelt like a word it lacks."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Any

import numpy as np

_LEAST = 0.5  # of the pairs of letters in common: under half, words are alike by chance
_MOST = 8  # words taken for one


class SimilarWords:
    """Words by their pairs of letters, to find those alike by Dice's coefficient.

    Dice, 1945, doi:10.2307/1932409; for spelling: Adamson and Boreham, 1974,
    doi:10.1016/0020-0271(74)90020-5.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self.words = tuple(words)

    @cached_property
    def _pairs(self) -> tuple[dict[str, Any], Any]:
        """The places of the words that have a pair, by pair; and how many pairs each word has."""
        places: dict[str, list[int]] = defaultdict(list)
        counts = np.zeros(len(self.words))
        for n, word in enumerate(self.words):
            pairs = _pairs(word)
            counts[n] = len(pairs)
            for pair in pairs:
                places[pair].append(n)
        return {pair: np.array(found) for pair, found in places.items()}, counts

    def of(self, word: str) -> list[tuple[str, float]]:
        """The words most like one, each with the square of its likeness (0.25 to 1)."""
        places, counts = self._pairs
        pairs = _pairs(word)
        common = np.zeros(len(self.words))
        for pair in pairs:
            if pair in places:
                common[places[pair]] += 1
        likeness = 2 * common / (counts + len(pairs))
        best = np.flatnonzero(likeness >= _LEAST)
        best = best[np.argsort(-likeness[best], kind="stable")][:_MOST]
        return [(self.words[n], float(likeness[n]) ** 2) for n in best]


def _pairs(word: str) -> set[str]:
    """The pairs of neighbouring letters, the word's ends among them."""
    whole = f" {word} "
    return {whole[n : n + 2] for n in range(len(whole) - 1)}
