"""Overfitting: a polynomial through a few points, and its error at a point that it never saw."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from assistant.classroom.demonstrations import Given, Table, View, numbers, plot, series


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
    say, (*known, unseen) = given.say, numbers(given["heights"], 4, 10)
    last, degrees = len(known) + 1, range(min(5, len(known)))
    degree = min(int(given["degree"]), degrees[-1])
    curve = fit(known, degree)
    xs = np.linspace(1, last if given.revealed else len(known), 60)
    low, high = min(0.0, *known, unseen), max(*known, unseen)
    up = low, float(np.ceil(high + (high - low) / 2))
    seen = [
        series("points", say("known"), range(1, last), known),
        series("curve", say("curve", degree=degree), xs, curve(xs)),
    ]
    if not given.revealed:
        says = say("says_first", n=len(known))
        return View(says, [plot(says, say("x"), say("y"), *seen, across=(0, last + 1), up=up)])
    seen.append(series("points", say("unseen"), [last], [unseen]))
    train, test = zip(*(errors(known, unseen, d) for d in degrees), strict=True)
    now = {"predicted": float(curve(last)), "train": train[degree], "test": test[degree]}
    by_degree = [
        series("line", say("train"), degrees, train),
        series("line", say("test"), degrees, test),
        series("points", say("now"), [degree, degree], [train[degree], test[degree]]),
    ]
    rows = [(d, float(fit(known, d)(last)), train[d], test[d]) for d in degrees]
    drawn = say("says_curve", degree=degree)
    return View(
        say("says", degree=degree, x=last, **now),
        [
            plot(drawn, say("x"), say("y"), *seen, across=(0, last + 1), up=up),
            plot(say("says_errors"), say("degree"), say("error"), *by_degree),
            Table([say(key) for key in ("degree", "predicted", "train", "test")], rows),
        ],
    )
