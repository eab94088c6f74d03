"""k-means: centres that move to the middle of what is nearest to them, round by round."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from assistant.classroom.demonstrations import (
    Drawing,
    Given,
    InputError,
    Range,
    Table,
    Text,
    View,
    numbers,
    steps,
)

ENTRIES = {"k-means": {}, "clustering": {}, "unsupervised-learning": {}}
KNOBS = (
    Range("round", steps(0, 6, 1), 0),
    Text("centres", 80),
    Text("points", 200),
)
RIGHT = 1
_MOST, _GROUPS = 30, 3


def rounds(points: Any, centres: Any, count: int) -> list[tuple[Any, Any]]:  # noqa: ANN401
    """The centres before each round, and for each point the number of the nearest."""
    found = []
    for _ in range(count + 1):
        distances = np.linalg.norm(points[:, None] - centres[None], axis=2)
        nearest = np.argmin(distances, axis=1)
        found.append((centres, nearest))
        centres = np.array(
            [
                points[nearest == n].mean(axis=0) if (nearest == n).any() else centre
                for n, centre in enumerate(centres)
            ]
        )
    return found


def show(given: Given) -> View:
    """The points in their groups, and the centres."""
    say, write = given.say, given.number
    points, centres = _pairs(given["points"], 2, _MOST), _pairs(given["centres"], 2, _GROUPS)
    count = int(given["round"]) if given.revealed else 0
    every = rounds(points, centres, int(max(KNOBS[0].stops)))
    now, nearest = every[count]
    both = np.concatenate([points, centres])
    low, high = np.floor(both.min(axis=0)) - 1, np.ceil(both.max(axis=0)) + 1
    groups = [points[nearest == n].tolist() for n in range(len(centres))]
    series: list[dict[str, Any]]
    if given.revealed:
        series = [{"name": say("group", n=n), "points": g} for n, g in enumerate(groups, 1)]
    else:
        series = [{"name": say("all"), "points": points.tolist()}]
    series.append(
        {
            "name": say("centre"),
            "points": now.tolist(),
            "labels": [say("centre_n", n=n) for n in range(1, len(now) + 1)],
        }
    )
    plot = {
        "x": say("x"),
        "y": say("y"),
        "x_range": (low[0], high[0]),
        "y_range": (low[1], high[1]),
        "series": series,
    }
    settled = count > 0 and np.allclose(now, every[count - 1][0])
    key = "says_settled" if settled else "says"
    says = say("says_first") if not given.revealed else say(key, n=count, where=_told(given, now))
    drawing = Drawing({"says": say("says_plot"), "plot": plot})
    if not given.revealed:
        return View(says, [drawing])
    rows = [
        (write(n), _told(given, c), *(write(int((near == g).sum())) for g in range(len(centres))))
        for n, (c, near) in enumerate(every[: count + 1])
    ]
    head = (
        say("round"),
        say("centres_at"),
        *(say("group", n=g) for g in range(1, len(centres) + 1)),
    )
    return View(says, [drawing, Table(head, rows)])


def _pairs(text: str, least: int, most: int) -> Any:  # noqa: ANN401
    plain = text.translate(str.maketrans("()[]", "    "))
    found = numbers(plain, 2 * least, 2 * most)
    if len(found) % 2:
        raise InputError("wrong_input")
    return np.array(found).reshape(-1, 2)


def _told(given: Given, centres: Sequence[Sequence[float]]) -> str:
    comma = "، " if given.language == "ar" else ", "
    return " · ".join(
        f"\u2068({comma.join(given.number(float(v)) for v in centre)})\u2069" for centre in centres
    )
