"""Statistics: ratios, and the intervals that chance alone explains."""

import pytest

from assistant.evaluation.statistics import Part, estimate


def _parts(right: int, of: int) -> list[Part]:
    return [(float(n < right), 1.0) for n in range(of)]


def test_the_interval_of_a_share_is_that_of_the_binomial_distribution() -> None:
    found = estimate(_parts(50, 100), range(100))
    assert found is not None
    assert found.value == 0.5
    assert found.low == pytest.approx(0.40, abs=0.015)  # 0.5 ± 1.96 √(0.25 / 100)
    assert found.high == pytest.approx(0.60, abs=0.015)
