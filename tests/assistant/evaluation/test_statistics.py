"""Statistics: ratios, and the intervals that chance alone explains."""

import pytest

from assistant.evaluation.statistics import Part, change, estimate


def _parts(right: int, of: int) -> list[Part]:
    return [(float(n < right), 1.0) for n in range(of)]


def test_the_interval_of_a_share_is_that_of_the_binomial_distribution() -> None:
    found = estimate(_parts(50, 100), range(100))
    assert found is not None
    assert found.value == 0.5
    assert found.low == pytest.approx(0.40, abs=0.015)  # 0.5 ± 1.96 √(0.25 / 100)
    assert found.high == pytest.approx(0.60, abs=0.015)


def test_a_ratio_is_of_sums_not_a_mean_of_ratios() -> None:
    found = estimate([(1, 1), (0, 3)], "ab")
    assert found is not None
    assert found.value == 0.25


def test_nothing_below_the_line_is_no_measure() -> None:
    assert estimate([], []) is None
    assert estimate([(0, 0), (0, 0)], "ab") is None


def test_units_are_drawn_whole() -> None:
    """Ten conversations of ten turns, alike within each, tell no more than ten questions."""
    parts = [part for part in _parts(5, 10) for _ in range(10)]
    whole = estimate(parts, [n // 10 for n in range(100)])
    single = estimate(_parts(5, 10), range(10))
    assert whole == single


def test_a_change_is_paired() -> None:
    """Between halves that differ by one question in fifty the change has a narrow interval."""
    old, new = _parts(50, 100), _parts(52, 100)
    found = change(new, old, range(100))
    assert found is not None
    assert found.value == pytest.approx(0.02)
    assert found.high - found.low < 0.06
    same = change(old, old, range(100))
    assert same == (0, 0, 0)
