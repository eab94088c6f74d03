"""Overfitting: a polynomial through a few points, and its error at a point that it never saw."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from assistant.classroom.demonstrations import (
    Drawing,
    Given,
    Range,
    Table,
    Text,
    View,
    numbers,
    steps,
)

ENTRIES = {"overfitting": {}, "underfitting": {"degree": "0"}, "bias-variance-trade-off": {}}
KNOBS = (Range("degree", steps(0, 4, 1), 1), Text("heights", 80))
RIGHT = 0
_DRAWN = 60  # points of a curve


def fit(known: Sequence[float], degree: int) -> Any:  # noqa: ANN401
    """The polynomial of least squares through values at 1, 2, 3 and so on."""
    return np.polynomial.Polynomial.fit(np.arange(1, len(known) + 1), known, degree)


def errors(known: Sequence[float], unseen: float, degree: int) -> tuple[float, float]:
    """How far it is off on average where it was fitted, and how far off at the next place."""
    curve = fit(known, degree)
    train = np.abs(curve(np.arange(1, len(known) + 1)) - known).mean()
    return float(train), float(abs(curve(len(known) + 1) - unseen))


def show(given: Given) -> View:
    """The points, the curve through them, and both errors by degree."""
    *known, unseen = numbers(given["heights"], 4, 10)
    most = min(4, len(known) - 1)
    degree = min(int(given["degree"]), most)
    say, write, last = given.say, given.number, len(known) + 1
    curve = fit(known, degree)
    xs = np.linspace(1, last if given.revealed else len(known), _DRAWN)
    seen: list[dict[str, Any]] = [
        {"name": say("known"), "points": list(enumerate(known, 1))},
        {"name": say("curve", degree=degree), "curve": list(zip(xs, curve(xs), strict=True))},
    ]
    low, high = min(0.0, *known, unseen), max(*known, unseen)
    room = (high - low) * 0.5
    plot = {
        "x": say("x"),
        "y": say("y"),
        "x_range": (0, last + 1),
        "y_range": (low, float(np.ceil(high + room))),
    }
    if not given.revealed:
        says = say("says_first", n=len(known))
        return View(says, [Drawing({"says": says, "plot": {**plot, "series": seen}})])
    seen.append({"name": say("unseen"), "points": [(last, unseen)]})
    train, test = zip(*(errors(known, unseen, d) for d in range(most + 1)), strict=True)
    predicted = float(curve(last))
    says = say(
        "says", degree=degree, x=last, predicted=predicted, train=train[degree], test=test[degree]
    )
    by_degree = {
        "x": say("degree"),
        "y": say("error"),
        "x_range": (0, most),
        "series": [
            {"name": say("train"), "line": list(enumerate(train))},
            {"name": say("test"), "line": list(enumerate(test))},
            {"name": say("now"), "points": [(degree, train[degree]), (degree, test[degree])]},
        ],
    }
    rows = [
        (write(d), write(float(fit(known, d)(last))), write(train[d]), write(test[d]))
        for d in range(most + 1)
    ]
    return View(
        says,
        [
            Drawing({"says": say("says_curve", degree=degree), "plot": {**plot, "series": seen}}),
            Drawing({"says": say("says_errors"), "plot": by_degree}),
            Table((say("degree"), say("predicted"), say("train"), say("test")), rows),
        ],
    )
