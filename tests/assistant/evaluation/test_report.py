"""The report: the intervals that chance alone explains, and which changes count."""

import pytest

from assistant.evaluation import report
from assistant.evaluation.scoring import Score


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
