"""Measures, against values worked out by hand, and the intervals, against chance itself."""

import math

import numpy as np
import pytest

from assistant.evaluation.measures import (
    Estimate,
    Statistic,
    Values,
    calibration_error,
    difference,
    estimate,
    mean,
    ndcg,
    recall,
    reciprocal_rank,
    reliability,
    roc_area,
    statistics,
)
from tests.assistant.evaluation.making import case, outcome

KETTLE = case(entries={"kettle": 2, "teapot": 1})
NOTHING = case("Who won?", unanswerable="sport")


def _value(statistic: Statistic, cases: int) -> float | None:
    return estimate(statistic, cases).value


@pytest.mark.parametrize(
    ("found", "at_1", "at_5", "rank"),
    [
        (("kettle", "cup"), 1, 1, 1),
        (("teapot", "kettle"), 0, 1, 1 / 2),  # a grade of 1 helps, but does not answer
        (("a", "b", "c", "d", "e", "kettle"), 0, 0, 1 / 6),
        (("teapot",), 0, 0, 0),
        ((), 0, 0, 0),
    ],
)
def test_recall_and_reciprocal_rank_ask_for_an_entry_that_answers(
    found: tuple[str, ...], at_1: float, at_5: float, rank: float
) -> None:
    of = outcome(KETTLE, *found)
    assert (recall(of, 1), recall(of, 5)) == (at_1, at_5)
    assert reciprocal_rank(of) == pytest.approx(rank)


def test_of_two_that_answer_either_counts() -> None:
    both = case("Kettle or teapot?", kind="compare", entries={"kettle": 2, "teapot": 2})
    assert recall(outcome(both, "teapot"), 1) == 1


def test_gain_is_graded_and_discounted() -> None:
    # Gains are 3 and 1, discounts log2(2) = 1, log2(3) and log2(4) = 2.
    best = 3 + 1 / math.log2(3)
    assert ndcg(outcome(KETTLE, "kettle", "teapot")) == pytest.approx(1)
    assert ndcg(outcome(KETTLE, "teapot", "kettle")) == pytest.approx((1 + 3 / math.log2(3)) / best)
    assert ndcg(outcome(KETTLE, "cup", "mug", "kettle")) == pytest.approx(3 / 2 / best)
    assert ndcg(outcome(KETTLE, *"abcdefghij", "kettle")) == 0


def test_finding_is_not_measured_where_there_is_nothing_to_find() -> None:
    of = outcome(NOTHING, "kettle")
    assert all(math.isnan(v) for v in (recall(of, 1), reciprocal_rank(of), ndcg(of)))
    measured = statistics([of, outcome(KETTLE, "kettle")])
    assert _value(measured["recall@1"], 2) == 1


def test_refusals() -> None:
    outcomes = [
        outcome(NOTHING, confidence=0.1),  # refused, rightly
        outcome(case("And who lost?", unanswerable="sport"), confidence=0.2),  # so too
        outcome(case("Who played?", unanswerable="sport"), confidence=0.8),  # let in
        outcome(KETTLE, confidence=0.3),  # refused, wrongly
        outcome(case("Kettle?"), confidence=0.9),
    ]
    measured = statistics(outcomes)
    assert _value(measured["refusal precision"], 5) == pytest.approx(2 / 3)
    assert _value(measured["refusal recall"], 5) == pytest.approx(2 / 3)
    # Of six pairs, 0.3 and 0.9 win against 0.1 and 0.2, and 0.9 against 0.8.
    assert _value(measured["ROC area"], 5) == pytest.approx(5 / 6)


def test_what_has_no_case_has_no_value() -> None:
    measured = statistics([outcome(KETTLE, "kettle")])
    none = Estimate(None, None, None)
    for name in ("refusal precision", "refusal recall", "ROC area"):
        assert estimate(measured[name], 1) == none


def test_roc_area() -> None:
    answerable = np.array([1.0, 1.0, 0.0, 0.0])
    separable = np.array([0.9, 0.8, 0.2, 0.1])
    assert estimate(roc_area(separable, answerable), 4) == Estimate(1, 1, 1)
    assert _value(roc_area(1 - separable, answerable), 4) == 0
    assert _value(roc_area(np.full(4, 0.5), answerable), 4) == 0.5


def test_calibration_error() -> None:
    confidence = np.repeat([0.25, 0.75], 4)
    perfect = np.array([1, 0, 0, 0, 1, 1, 1, 0], np.float64)
    assert _value(calibration_error(confidence, perfect), 8) == pytest.approx(0)
    # All answerable: the gaps are 0.75 and 0.25, each over half of the cases.
    assert _value(calibration_error(confidence, np.ones(8)), 8) == pytest.approx(0.5)
    # The two ends of the scale are in the first and the last bin.
    assert _value(calibration_error(np.array([0.0, 1.0]), np.array([0.0, 1.0])), 2) == 0


def test_bins() -> None:
    bins = reliability([outcome(case(c), confidence=v) for c, v in (("a", 0.92), ("b", 1.0))])
    assert [b.cases for b in bins] == [0] * 9 + [2]
    assert (bins[0].low, bins[0].confidence) == (0, None)
    assert (bins[9].high, bins[9].answerable) == (1, 1)
    assert bins[9].confidence == pytest.approx(0.96)


def test_nineteen_in_twenty_intervals_cover_the_truth() -> None:
    random = np.random.default_rng(7)
    truth, covered = 0.7, 0
    for _ in range(300):
        found = estimate(mean((random.random(100) < truth).astype(np.float64)), 100)
        assert found.low is not None
        assert found.high is not None
        covered += found.low <= truth <= found.high
    assert 0.9 <= covered / 300 <= 0.98


def test_the_interval_is_the_same_each_time_and_as_wide_as_theory_has_it() -> None:
    values = np.array([1.0] * 70 + [0.0] * 30)
    found = estimate(mean(values), 100)
    assert found == estimate(mean(values), 100)
    half = 1.96 * math.sqrt(0.7 * 0.3 / 100)
    assert found.low == pytest.approx(0.7 - half, abs=0.02)
    assert found.high == pytest.approx(0.7 + half, abs=0.02)


def test_a_paired_difference_is_surer_than_two_apart() -> None:
    random = np.random.default_rng(7)
    old = (random.random(200) < 0.5).astype(np.float64)
    new = old.copy()
    new[np.flatnonzero(old)[:12]] = 0  # twelve lost, none won
    change = estimate(difference(mean(new), mean(old)), 200)
    assert change.value == pytest.approx(-0.06)
    assert change.high is not None
    assert change.high < 0
    apart = [estimate(mean(v), 200) for v in (new, old)]
    assert apart[0].high is not None
    assert apart[1].low is not None
    assert apart[0].high > apart[1].low


def test_a_statistic_takes_weights_of_the_cases() -> None:
    weights: Values = np.array([[1.0, 1.0, 1.0], [0.0, 0.0, 3.0], [2.0, 1.0, 0.0]])
    values = mean([1.0, 0.0, math.nan])(weights)
    assert values[0] == 0.5
    assert math.isnan(values[1])
    assert values[2] == pytest.approx(2 / 3)
