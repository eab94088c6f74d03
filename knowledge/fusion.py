"""Fusion: what speaks for an entry made into one score, and the best score into a confidence.

An entry's *utility* is a weighted sum of what speaks for it. The weights are those under which the
entries that answer are the likeliest to be chosen from among the candidates: a conditional logit
(McFadden, 1974, “Conditional logit analysis of qualitative choice behavior”). The *confidence* is
the likelihood that the best entry answers at all: a logistic function of what speaks for it and of
what makes one doubt (Platt, 1999, “Probabilistic outputs for support vector machines”). Under the
logit, the odds of another entry are those of the best, times e to the difference of utilities.

Both are fitted on the questions that are not held out of ``knowledge/bundled/questions`` and on
those of ``tests/data/questions.yaml``, with the wordings in which entries say they are asked and
without. ``python -m tests.benchmarks.confidence`` fits them and prints the constants below.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np

ANSWERABLE = 0.55
"""The confidence from which the glossary is taken to answer: with it, refusals are at once as often
right and as often made as can be (the greatest F1) on the questions that it is fitted on."""

_WHOLE = 0.999  # of a question: all of it, rounding aside
LONG = 8
"""Words that carry meaning, from which on a question is as long as any."""


class Features(NamedTuple):
    """What speaks for each entry found: arrays of one value an entry."""

    closeness: Any
    """Of its nearest passage: 0 as near as everyday questions come, 1 as near as its own terms."""
    words: Any
    """BM25 of the question's words in it, as a part of the most that is possible."""
    covered: Any
    """The part of the question's words that it uses."""
    name: Any
    """The part of the question that is made of names, if one is its own; else 0."""
    missing: Any
    """The part of the question's words, other than names, that it does not use."""


class Subject(NamedTuple):
    """What the question as a whole tells of the best entry."""

    named: float = 0.0
    """The part of the question that is made of names, if one is the entry's; else 0."""
    demand: bool = False
    """It demands a particular (a price, a link) that the entry does not speak of."""
    length: int = 0
    """How many of its words carry meaning."""


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of the confidence."""

    nearest: float = 3.97
    """Of the closeness of whichever entry is nearest."""
    named: float = 2.79
    missing: float = -2.94
    """Of the words, names aside, that the best entry does not use."""
    beside: float = -1.39
    """The same, where the question names the entry: it asks for something else about it."""
    demand: float = -1.54
    length: float = 2.67
    """Of the length, as a part of eight words: what is told at length is met less closely."""
    offset: float = -1.91


@dataclass(frozen=True, slots=True)
class Fusion:
    """The weights of what speaks for an entry, and those of the confidence."""

    closeness: float = 6.84
    words: float = 5.4
    covered: float = 5.13
    name: float = 3.69
    whole: float = 3.0
    """Of being named by a question that is nothing but names. Not fitted: so much that “What is X?”
    brings X first for every name of the bundled glossary."""
    confidence: Weights = Weights()

    def utilities(self, features: Features) -> Any:  # noqa: ANN401  (an array)
        """The utility of each entry."""
        return (
            self.closeness * features.closeness
            + self.words * features.words
            + self.covered * features.covered
            + self.name * features.name
            + self.whole * (features.name >= _WHOLE)
        )

    def scores(self, utilities: Any, features: Features, subject: Subject) -> Any:  # noqa: ANN401
        """The score of each entry, 0 to 1, in the order of utilities; ``subject`` is of the best.

        With no entry, none.
        """
        if not len(utilities):
            return utilities
        best = int(utilities.argmax())
        total = sum(self.reasons(features, best, subject).values())
        return likelihood(total + utilities - utilities[best])

    def reasons(self, features: Features, best: int, subject: Subject) -> dict[str, float]:
        """What makes one sure or unsure that the best entry answers, by the names of ``Weights``.

        Their sum is the log-odds of which the confidence is the ``likelihood``.
        """
        weights, missing = self.confidence, float(features.missing[best])
        return {
            "nearest": weights.nearest * float(features.closeness.max()),
            "named": weights.named * subject.named,
            "missing": weights.missing * missing,
            "beside": weights.beside * missing * (subject.named > 0),
            "demand": weights.demand * subject.demand,
            "length": weights.length * min(subject.length, LONG) / LONG,
            "offset": weights.offset,
        }


@dataclass(frozen=True, slots=True)
class RankFusion(Fusion):
    """The sum of reciprocal ranks, with k = 60 (Cormack, Clarke and Büttcher, 2009)."""

    def utilities(self, features: Features) -> Any:  # noqa: ANN401  (an array)
        """The sum of 1 / (60 + rank) by closeness, by words and by name."""
        ways = (features.closeness, features.words, features.name)
        return sum(np.where(values > 0, 1.0 / (60 + ranks(values)), 0.0) for values in ways)


def likelihood(log_odds: Any) -> Any:  # noqa: ANN401  (an array, or a number)
    """The logistic curve: how likely something is, 0 to 1; at log-odds of 0, as likely as not."""
    return 1.0 / (1.0 + np.exp(-log_odds))


def log_odds(likelihood: float) -> float:
    """Where on the curve a likelihood between 0 and 1 lies; infinitely far out at the ends."""
    if 0.0 < likelihood < 1.0:
        return math.log(likelihood / (1.0 - likelihood))
    return math.copysign(math.inf, likelihood - 0.5)


def ranks(values: Any) -> Any:  # noqa: ANN401  (an array)
    """The place of each value: 1 for the greatest."""
    places = np.empty(len(values), int)
    places[np.argsort(-values, kind="stable")] = np.arange(1, len(values) + 1)
    return places


FUSED = Fusion()
ABLATIONS: Mapping[str, Fusion] = {
    "dense only": replace(
        FUSED,
        words=0.0,
        covered=0.0,
        name=0.0,
        whole=0.0,
        confidence=replace(FUSED.confidence, named=0.0, missing=0.0, beside=0.0),
    ),
    "lexical only": replace(
        FUSED,
        closeness=0.0,
        name=0.0,
        whole=0.0,
        confidence=replace(FUSED.confidence, nearest=0.0, named=0.0, beside=0.0),
    ),
    "without names": replace(
        FUSED, name=0.0, whole=0.0, confidence=replace(FUSED.confidence, named=0.0, beside=0.0)
    ),
    "without calibration": replace(
        FUSED, closeness=1.0, words=1.0, covered=0.0, name=1.0, whole=0.0
    ),
    "rank fusion (RRF, k = 60)": RankFusion(),
}
"""The fusion without some part of it, to see what each part is worth."""
