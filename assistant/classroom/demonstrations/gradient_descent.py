"""Gradient descent: the steps down a curve, at a learning rate too small, right or too large."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from assistant.classroom.demonstrations import Given, Table, View, plot, series

_FAR = 1e3  # where it is as good as lost


class Curve(NamedTuple):
    """A loss of one parameter, where one begins on it, and from where to where it is shown."""

    loss: Callable[[Any], Any]
    slope: Callable[[float], float]
    start: float
    shown: tuple[float, float]


CURVES = {
    "entry": Curve(lambda w: (w - 3) ** 2, lambda w: 2 * (w - 3), 0.0, (-3, 9)),
    "square": Curve(lambda w: w**2, lambda w: 2 * w, 1.0, (-3, 3)),
    # Of the two valleys the one at the right is the shallow one.
    "valleys": Curve(
        lambda w: w**4 / 4 - 2 * w**2 + w + 6, lambda w: w**3 - 4 * w + 1, 2.6, (-3.2, 3.2)
    ),
}


def descent(curve: Curve, rate: float, count: int) -> list[float]:
    """Where it is at the start and after each step, as far as it stays in sight."""
    found = [curve.start]
    while len(found) <= count and abs(found[-1]) < _FAR:
        found.append(found[-1] - rate * curve.slope(found[-1]))
    return found


def show(given: Given) -> View:
    """The curve, the steps on it, and the loss at each."""
    say, curve, rate = given.say, CURVES[given["curve"]], given["rate"]
    path = descent(curve, rate, int(given["steps"]) if given.revealed else 0)
    losses = [float(curve.loss(w)) for w in path]
    xs = np.linspace(*curve.shown, 80)
    most = float(max(curve.loss(xs)))
    inside = [w for w in path if curve.shown[0] <= w <= curve.shown[1]]
    drawn = [
        series("curve", say("loss"), xs, curve.loss(xs)),
        series("points", say("where"), inside[-1:], curve.loss(np.array(inside[-1:]))),
    ]
    if len(inside) > 1:
        ys = curve.loss(np.array(inside))
        drawn.append(series("line", "", inside, ys))
        drawn.append(series("points", say("path"), inside[:-1], ys[:-1]))
    key = "says" if len(inside) == len(path) else "says_far"
    says = say(key, rate=rate, n=len(path) - 1, w=path[-1], loss=losses[-1])
    if not given.revealed:
        says = say("says_first", w=path[0], loss=losses[0])
    seen: list[Any] = [
        plot(say("says_path"), "w", say("loss"), *drawn, across=curve.shown, up=(0, most))
    ]
    if len(path) > 1:
        shown = [min(loss, most) for loss in losses]
        falling = series("line", say("loss_by_step"), range(len(path)), shown)
        up = 0, max(1.0, *shown)
        seen.append(plot(say("says_losses"), say("step"), say("loss"), falling, up=up))
        rows = [(n, w, curve.slope(w), losses[n]) for n, w in enumerate(path)]
        seen.append(Table((say("step"), "w", say("slope"), say("loss")), rows))
    return View(says, seen)
