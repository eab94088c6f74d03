"""The report: the intervals that chance alone explains, and which changes count."""

import pytest

from assistant.evaluation import report
from assistant.evaluation.scoring import Score
from assistant.evaluation.statistics import estimate


def _score(number: int, *, key: bool, refused: bool = False, language: str = "en") -> Score:
    return Score(
        id=f"q{number}",
        asked=f"question {number}?",
        language=language,
        kind="why" if number % 2 else "how",
        unit=f"q{number}",
        parts={"key": (float(key), 1.0), "wrongly refused": (float(refused), 1.0)},
        turn=1 + (number == 0),
    )


def test_the_interval_of_a_share_is_that_of_the_binomial_distribution() -> None:
    found = estimate([(float(n < 50), 1.0) for n in range(100)], range(100))
    assert found is not None
    assert found.value == 0.5
    assert found.low == pytest.approx(0.40, abs=0.015)  # 0.5 ± 1.96 √(0.25 / 100)
    assert found.high == pytest.approx(0.60, abs=0.015)


@pytest.mark.parametrize(
    ("key", "refused", "lost"),
    [
        (range(25), range(0), ["key"]),
        (range(48), range(0), []),  # two questions of fifty are chance
        (range(50), range(20), ["wrongly refused"]),  # of which less is better
    ],
)
def test_a_loss_counts_if_it_is_not_chance(key: range, refused: range, lost: list[str]) -> None:
    old = [_score(n, key=True) for n in range(50)]
    new = [_score(n, key=n in key, refused=n in refused) for n in range(50)]
    rows = report.comparison_rows(*report.paired(new, old))
    assert [row[0] for row in rows if row[-1] == report.LOSS] == lost
    gains = report.comparison_rows(*report.paired(old, new))
    assert [row[0] for row in gains if row[-1] == "a significant gain"] == lost
