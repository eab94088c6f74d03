"""k-means: centres that move to the middle of what is nearest to them, round by round."""

from typing import Any

import numpy as np

from assistant.classroom.demonstrations import Given, InputError, Table, View, numbers, plot, series

_MOST, _GROUPS = 30, 3
_BRACKETS = str.maketrans("()[]", "    ")


def rounds(points: Any, centres: Any, count: int) -> list[tuple[Any, Any]]:  # noqa: ANN401
    """The centres before each round, and for each point the number of the one nearest to it."""
    found = []
    for _ in range(count + 1):
        nearest = np.linalg.norm(points[:, None] - centres[None], axis=2).argmin(axis=1)
        found.append((centres, nearest))
        members = [points[nearest == n] for n in range(len(centres))]
        means = [m.mean(axis=0) if len(m) else c for m, c in zip(members, centres, strict=True)]
        centres = np.array(means)
    return found


def show(given: Given) -> View:
    """The points in their groups, and the centres."""
    say, count = given.say, int(given["round"]) if given.revealed else 0
    points, centres = _pairs(given["points"], _MOST), _pairs(given["centres"], _GROUPS)
    every = rounds(points, centres, count)
    now, nearest = every[count][0], every[max(0, count - 1)][1]
    groups = range(1, len(centres) + 1)
    drawn = [series("points", say("group", n=n), *points[nearest == n - 1].T) for n in groups]
    drawn = drawn if count else [series("points", say("all"), *points.T)]
    labels = {"labels": [say("centre_n", n=n) for n in groups]}
    drawn.append(series("points", say("centre"), *now.T) | labels)
    both = np.concatenate([points, centres])
    (left, low), (right, high) = np.floor(both.min(axis=0)) - 1, np.ceil(both.max(axis=0)) + 1
    axes = {"across": (float(left), float(right)), "up": (float(low), float(high))}
    settled = count and np.allclose(now, every[count - 1][0])
    says = say("says_settled" if settled else "says", n=count, where=_told(given, now))
    blocks: list[Any] = [plot(say("says_plot"), say("x"), say("y"), *drawn, **axes)]
    if count:
        rows = [
            (n, _told(given, every[n][0]), *((every[n - 1][1] == g - 1).sum() for g in groups))
            for n in range(1, count + 1)
        ]
        head = say("round"), say("centres_at"), *(say("group", n=g) for g in groups)
        blocks.append(Table(head, rows, folded=False))
    return View(says if given.revealed else say("says_first"), blocks)


def _pairs(text: str, most: int) -> Any:  # noqa: ANN401
    found = numbers(text.translate(_BRACKETS), 4, 2 * most)
    if len(found) % 2:
        raise InputError("wrong_input")
    return np.array(found).reshape(-1, 2)


def _told(given: Given, centres: Any) -> str:  # noqa: ANN401
    pairs = [given.listed(given.write(round(float(v), 2)) for v in each) for each in centres]
    return " · ".join(f"\u2068({pair})\u2069" for pair in pairs)
