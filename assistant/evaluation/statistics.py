"""Statistics: ratios over all that was asked, and the intervals that chance alone would explain.

Every measure is a ratio: what each question adds above the line, over what it adds below it. One
bootstrap (Efron, 1979, “Bootstrap methods: another look at the jackknife”) serves all of them. It
draws units, which are conversations where there are some, since their turns stand or fall together.
"""

from collections.abc import Hashable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

DRAWS = 1000
LEVEL = 0.95
_SEED = 20_020_531  # any number: so that the same scores give the same intervals

Part = tuple[float, float]
"""What one question adds to a ratio, above and below the line."""


class Estimate(NamedTuple):
    """A ratio, or the difference of two, and its percentile interval."""

    value: float
    low: float
    high: float


def estimate(parts: Sequence[Part], units: Sequence[Hashable]) -> Estimate | None:
    """The ratio of what the parts add up to; None where nothing is below the line."""
    return _estimate(_ratios(parts, units))


def change(new: Sequence[Part], old: Sequence[Part], units: Sequence[Hashable]) -> Estimate | None:
    """How much more the ratio is by new parts than by old ones, of the same questions: paired."""
    return _estimate(_ratios(new, units) - _ratios(old, units))


def _estimate(ratios: Any) -> Estimate | None:  # noqa: ANN401  (an array)
    if np.isnan(ratios[0]):
        return None
    tail = (1 - LEVEL) / 2 * 100
    low, high = np.nanpercentile(ratios[1:], [tail, 100 - tail])
    return Estimate(float(ratios[0]), float(low), float(high))


def _ratios(parts: Sequence[Part], units: Sequence[Hashable]) -> Any:  # noqa: ANN401
    """The ratio, then that of each resample: (1 + DRAWS,); NaN where nothing is below the line."""
    if not units:
        return np.full(1, np.nan)
    rows = {unit: row for row, unit in enumerate(dict.fromkeys(units))}
    sums = np.zeros((len(rows), 2))
    np.add.at(sums, [rows[unit] for unit in units], np.array(parts, float).reshape(-1, 2))
    above, below = (_counts(len(rows)) @ sums).T
    return np.divide(above, below, out=np.full(len(above), np.nan), where=below > 0)


@lru_cache(maxsize=16)
def _counts(units: int) -> Any:  # noqa: ANN401
    """How often each unit counts: once, then as often as each resample draws it."""
    drawn = np.random.default_rng(_SEED).multinomial(units, np.full(units, 1 / units), size=DRAWS)
    return np.vstack([np.ones(units), drawn])
