"""The comparison of two evaluations."""

import pytest

from assistant.evaluation import EvaluationError
from assistant.evaluation.comparison import compare
from assistant.evaluation.outcomes import Outcome
from tests.assistant.evaluation.making import case, outcome


def _outcomes(right: int, of: int, *, confidence: float = 0.9) -> list[Outcome]:
    return [
        outcome(case(f"Kettle {n}?"), "kettle" if n < right else "teapot", confidence=confidence)
        for n in range(of)
    ]


def test_the_same_is_no_change() -> None:
    found = compare(_outcomes(30, 40), _outcomes(30, 40))
    assert not found.lost
    assert {c.change.value for c in found.changes} <= {0, None}
    assert found.mended == found.broken == ()


def test_a_loss_that_chance_does_not_explain_is_flagged() -> None:
    found = compare(_outcomes(20, 40), _outcomes(32, 40))
    by_name = {change.measure: change for change in found.changes}
    assert by_name["recall@1"].lost
    assert (by_name["recall@1"].old, by_name["recall@1"].new) == (0.8, 0.5)
    assert by_name["recall@1"].change.value == pytest.approx(-0.3)
    assert found.lost
    assert len(found.broken) == 12


def test_a_loss_of_one_is_chance_and_a_gain_is_no_loss() -> None:
    assert not compare(_outcomes(29, 40), _outcomes(30, 40)).lost
    gained = compare(_outcomes(38, 40), _outcomes(20, 40))
    assert not gained.lost
    assert len(gained.mended) == 18


def test_of_the_calibration_error_more_is_the_loss() -> None:
    def error(now: float, then: float) -> bool:
        found = compare(_outcomes(40, 40, confidence=now), _outcomes(40, 40, confidence=then))
        return next(c.lost for c in found.changes if c.measure == "calibration error")

    assert error(0.6, 0.9)
    assert not error(0.9, 0.6)


def test_only_cases_of_both_count_and_they_count_by_their_present_grades() -> None:
    now = [outcome(case("a", entries={"teapot": 2}), "teapot"), outcome(case("b"), "teapot")]
    then = [outcome(case("a"), "teapot"), outcome(case("c"), "kettle")]
    found = compare(now, then)
    assert found.cases == 1
    assert found.changes[0].old == found.changes[0].new == 1


def test_nothing_in_common_is_a_sentence() -> None:
    with pytest.raises(EvaluationError, match="no question in common"):
        compare([outcome(case("a"))], [outcome(case("b"))])
