"""Measures: what outcomes amount to, each with the interval that chance alone would explain.

A *statistic* takes weights of the cases, an array of shape (draws, cases), and gives a value for
each draw, of shape (draws,). Weights of one give the measure itself; the counts of a resample with
replacement give one bootstrap draw of it (Efron 1979). The difference of two statistics over the
same cases is a statistic too, and its bootstrap a paired one.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from assistant.evaluation.cases import ANSWERS
from assistant.evaluation.outcomes import DEPTH, Outcome

Values = NDArray[np.float64]
Statistic = Callable[[Values], Values]

DRAWS: Final = 1000
BINS: Final = 10
LEVEL: Final = 0.95
_SEED = 20_020_531  # any number: so that the same outcomes give the same intervals


@dataclass(frozen=True, slots=True)
class Estimate:
    """A measure and the 95 % percentile interval of its bootstrap; None where it is undefined."""

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Bin:
    """Cases of about the same confidence: their number, mean confidence, and part answerable."""

    low: float
    high: float
    cases: int
    confidence: float | None
    answerable: float | None


def recall(outcome: Outcome, k: int) -> float:
    """1 if an entry that answers is among the first ``k`` found, else 0.

    Where several answer, any of them counts. Undefined (NaN) where the glossary does not answer.
    """
    if not outcome.case.answerable:
        return math.nan
    return float(any(outcome.case.entries.get(i) == ANSWERS for i in outcome.ids[:k]))


def reciprocal_rank(outcome: Outcome) -> float:
    """1 over the rank of the first entry that answers, 0 where none is found. NaN as in recall."""
    if not outcome.case.answerable:
        return math.nan
    ranks = (n for n, i in enumerate(outcome.ids, 1) if outcome.case.entries.get(i) == ANSWERS)
    return 1.0 / next(ranks, math.inf)


def ndcg(outcome: Outcome) -> float:
    """Normalised discounted cumulative gain of the first ten entries, 0 to 1. NaN as in recall.

    The entry at rank r brings (2^grade − 1) / log2(r + 1), and the sum is divided by that of the
    best order (Järvelin and Kekäläinen 2002; the exponential gain is of Burges et al. 2005).
    """
    if not outcome.case.answerable:
        return math.nan
    grades = outcome.case.entries
    best = _gain(sorted(grades.values(), reverse=True))
    return _gain([grades.get(i, 0) for i in outcome.ids]) / best


def _gain(grades: Sequence[int]) -> float:
    return sum((2.0**g - 1) / math.log2(rank + 1) for rank, g in enumerate(grades[:DEPTH], 1))


def refusal_precision(outcome: Outcome) -> float:
    """Whether a refusal is right: 1 if the glossary does not answer. NaN where none was made."""
    return math.nan if outcome.accepted else float(not outcome.case.answerable)


def refusal_recall(outcome: Outcome) -> float:
    """1 if an unanswerable question is refused, 0 if let in. NaN where the glossary answers."""
    return math.nan if outcome.case.answerable else float(not outcome.accepted)


FINDING: Final[Mapping[str, Callable[[Outcome], float]]] = {
    "recall@1": lambda outcome: recall(outcome, 1),
    "recall@5": lambda outcome: recall(outcome, 5),
    "MRR": reciprocal_rank,
    f"nDCG@{DEPTH}": ndcg,
}
"""How well answerable questions find their entries."""

REFUSING: Final[Mapping[str, Callable[[Outcome], float]]] = {
    "refusal precision": refusal_precision,
    "refusal recall": refusal_recall,
}
"""How well the others are refused."""

LOWER_IS_BETTER: Final = frozenset({"calibration error"})


def statistics(outcomes: Sequence[Outcome]) -> dict[str, Statistic]:
    """Every measure of these outcomes, by name."""
    confidence = np.array([o.confidence for o in outcomes], np.float64)
    answerable = np.array([o.case.answerable for o in outcomes], np.float64)
    per_case = {**FINDING, **REFUSING}
    return {
        **{name: mean([score(o) for o in outcomes]) for name, score in per_case.items()},
        "ROC area": roc_area(confidence, answerable),
        "calibration error": calibration_error(confidence, answerable),
    }


def mean(values: Sequence[float] | Values) -> Statistic:
    """The mean of the values, of shape (cases,), that are not NaN."""
    given = np.asarray(values, np.float64)
    defined = (~np.isnan(given)).astype(np.float64)
    filled = np.nan_to_num(given)
    return lambda weights: _over(weights @ filled, weights @ defined)


def roc_area(confidence: Values, answerable: Values) -> Statistic:
    """The chance that an answerable case has more confidence than an unanswerable one.

    That is the area under the ROC curve, as Mann and Whitney's U over the number of pairs; a tie
    counts for half. Both arguments have the shape (cases,); ``answerable`` is 1 or 0.
    """
    yes, no = np.flatnonzero(answerable == 1), np.flatnonzero(answerable == 0)
    pairs = confidence[yes][:, None] - confidence[no][None, :]
    won = (pairs > 0) + 0.5 * (pairs == 0)

    def area(weights: Values) -> Values:
        of_yes, of_no = weights[:, yes], weights[:, no]
        return _over(((of_yes @ won) * of_no).sum(axis=1), of_yes.sum(axis=1) * of_no.sum(axis=1))

    return area


def calibration_error(confidence: Values, answerable: Values) -> Statistic:
    """Expected calibration error (Guo et al. 2017), 0 to 1, in ten bins of equal width.

    The mean over cases of how far, in a case's bin, the mean confidence lies from the part that is
    answerable. Both arguments have the shape (cases,); ``answerable`` is 1 or 0.
    """
    number = _bin_numbers(confidence)
    gaps = np.zeros((len(confidence), BINS))
    gaps[np.arange(len(confidence)), number] = confidence - answerable
    return lambda weights: _over(np.abs(weights @ gaps).sum(axis=1), weights.sum(axis=1))


def reliability(outcomes: Sequence[Outcome]) -> tuple[Bin, ...]:
    """The ten bins of the calibration error, from confidence 0 to 1."""
    confidence = np.array([o.confidence for o in outcomes], np.float64)
    answerable = np.array([o.case.answerable for o in outcomes], np.float64)
    number = _bin_numbers(confidence)
    bins = []
    for n in range(BINS):
        held = number == n
        means = [float(v[held].mean()) if held.any() else None for v in (confidence, answerable)]
        bins.append(Bin(n / BINS, (n + 1) / BINS, int(held.sum()), *means))
    return tuple(bins)


def _bin_numbers(confidence: Values) -> NDArray[np.intp]:
    return np.clip((confidence * BINS).astype(np.intp), 0, BINS - 1)


def estimate(statistic: Statistic, cases: int) -> Estimate:
    """A statistic over so many cases, and its 95 % percentile interval of 1,000 resamples."""
    [value] = statistic(np.ones((1, cases)))
    if np.isnan(value):
        return Estimate(None, None, None)
    drawn = statistic(_resamples(cases))
    tail = (1 - LEVEL) / 2 * 100
    low, high = np.nanpercentile(drawn, [tail, 100 - tail])
    return Estimate(float(value), float(low), float(high))


def difference(new: Statistic, old: Statistic) -> Statistic:
    """How much more one statistic is than another over the same cases."""
    return lambda weights: new(weights) - old(weights)


@lru_cache(maxsize=8)
def _resamples(cases: int) -> Values:
    """How often each case is drawn in each resample, of shape (draws, cases)."""
    random = np.random.default_rng(_SEED)
    drawn = random.integers(cases, size=(DRAWS, cases)) + np.arange(DRAWS)[:, None] * cases
    counts = np.bincount(drawn.ravel(), minlength=DRAWS * cases)
    return counts.reshape(DRAWS, cases).astype(np.float64)


def _over(above: Any, below: Any) -> Values:  # noqa: ANN401
    """One over the other, NaN where that is zero."""
    result: Values = np.divide(above, below, out=np.full(np.shape(above), np.nan), where=below > 0)
    return result
