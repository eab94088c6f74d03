"""Statistics: the intervals that chance alone explains."""

import pytest

from assistant.evaluation.statistics import Part, change, estimate

UNITS = range(50)


def _parts(right: int) -> list[Part]:
    return [(float(n < right), 1.0) for n in UNITS]


@pytest.mark.parametrize(("right", "is_loss"), [(25, True), (48, False)])
def test_two_questions_of_fifty_are_chance_and_a_half_is_not(right: int, *, is_loss: bool) -> None:
    by = change(_parts(right), _parts(50), UNITS)
    assert by is not None
    assert by.value == pytest.approx(right / 50 - 1)
    assert (by.high < 0) == is_loss
    assert estimate([], []) is None
