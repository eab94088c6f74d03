"""Gradient descent: the steps down a curve, at a learning rate too small, right or too large."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from assistant.classroom.demonstrations import (
    Choice,
    Drawing,
    Given,
    Range,
    Table,
    View,
    steps,
)


class Curve(NamedTuple):
    """A loss of one parameter, where its lowest point is, and where one begins."""

    loss: Callable[[Any], Any]
    slope: Callable[[float], float]
    start: float
    lowest: float
    shown: tuple[float, float]


CURVES = {
    "entry": Curve(lambda w: (w - 3) ** 2, lambda w: 2 * (w - 3), 0.0, 3.0, (-3, 9)),
    "square": Curve(lambda w: w**2, lambda w: 2 * w, 1.0, 0.0, (-3, 3)),
    # Two valleys, of which the one at the right is the shallow one.
    "valleys": Curve(
        lambda w: w**4 / 4 - 2 * w**2 + w + 6,
        lambda w: w**3 - 4 * w + 1,
        2.6,
        -2.1149,
        (-3.2, 3.2),
    ),
}
RATES = (0.001, 0.01, 0.05, 0.1, 0.2, 0.3, 0.5, 0.8, 0.9, 1.0, 1.1)
ENTRIES = {
    "gradient-descent": {},
    "learning-rate": {"curve": "square", "steps": "3"},
    "optimiser": {},
    "loss-function": {},
}
KNOBS = (
    Range("rate", RATES, 0.1, digits=3),
    Range("steps", steps(0, 20, 1), 2),
    Choice("curve", tuple(CURVES)),
)
RIGHT = 2
_FAR = 1e6  # where it is as good as lost
_DRAWN = 80  # points of a curve


def descent(curve: Curve, rate: float, count: int) -> list[float]:
    """Where it is at the start and after each step, as far as it stays in sight."""
    found = [curve.start]
    while len(found) <= count and abs(found[-1]) < _FAR:
        found.append(found[-1] - rate * curve.slope(found[-1]))
    return found


def show(given: Given) -> View:
    """The curve, the steps on it, and the loss at each."""
    say, write, curve = given.say, given.number, CURVES[given["curve"]]
    rate, count = float(given["rate"]), int(given["steps"]) if given.revealed else 0
    path = descent(curve, rate, count)
    losses = [float(curve.loss(w)) for w in path]
    low, high = curve.shown
    xs = np.linspace(low, high, _DRAWN)
    most = float(max(curve.loss(xs)))
    seen = [(w, loss) for w, loss in zip(path, losses, strict=True) if low <= w <= high]
    series: list[dict[str, Any]] = [
        {"name": say("loss"), "curve": list(zip(xs, curve.loss(xs), strict=True))},
        {"name": say("where"), "points": [*seen[-1:]]},
    ]
    if len(seen) > 1:
        series += [{"line": seen}, {"name": say("path"), "points": seen[:-1]}]
    plot = {"x": "w", "y": say("loss"), "x_range": (low, high), "y_range": (0, most)}
    if not given.revealed:
        says = say("says_first", w=curve.start, loss=losses[0])
        return View(says, [Drawing({"says": says, "plot": {**plot, "series": series}})])
    key = "says_far" if len(seen) < len(path) else "says"
    steps_done = len(path) - 1
    says = say(key, rate=write(rate, 3), n=steps_done, w=write(path[-1], 3), loss=losses[-1])
    blocks: list[Any] = [Drawing({"says": say("says_path"), "plot": {**plot, "series": series}})]
    if steps_done:
        shown = [min(loss, most) for loss in losses]
        falling = {
            "x": say("step"),
            "y": say("loss"),
            "y_range": (0, max(1.0, *shown)),
            "x_range": (0, steps_done),
            "series": [{"name": say("loss_by_step"), "line": list(enumerate(shown))}],
        }
        blocks.append(Drawing({"says": say("says_losses"), "plot": falling}))
    rows = [
        (write(n), write(w, 3), write(curve.slope(w), 3), write(loss))
        for n, (w, loss) in enumerate(zip(path, losses, strict=True))
    ]
    blocks.append(Table((say("step"), "w", say("slope"), say("loss")), rows))
    return View(says, blocks)
