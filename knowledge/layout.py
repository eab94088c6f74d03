"""Layout: places for boxes that some pairs of hold together, none over another.

All that is quadratic is a product of matrices, and what overlaps is sought among neighbours only:
2,000 boxes take seconds.
"""

from typing import Any

import numpy as np

_GAP = 10.0  # between two boxes
_SEED = 7
_LEAST, _MOST, _WORK = 80, 400, 160_000  # rounds of the forces: fewer, the more there is to place
_ROUNDS = 2000  # of moving boxes apart
_PATIENCE, _GROWTH = 40, 1.03  # so many rounds in vain, and everything is spread by so much

Array = Any  # of NumPy: n × 2 places or sizes, m × 2 pairs


def force_layout(start: Array, pairs: list[tuple[int, int, float]]) -> Array:
    """Places to which forces move those of ``start``: pairs attract, and all repel one another.

    A pair is the numbers of two places, and how strongly they attract. After Fruchterman and
    Reingold (1991), doi:10.1002/spe.4380211102.
    """
    if not pairs:
        return start
    places = np.asarray(start, dtype=np.float32)
    count = len(places)
    rounds = min(_MOST, max(_LEAST, _WORK // count))
    apart = np.float32(1 / np.sqrt(count))  # the distance at which a pair rests
    first, second = (np.array([pair[n] for pair in pairs]) for n in (0, 1))
    pull = np.array([pair[2] for pair in pairs], dtype=np.float32) / apart
    for step in np.linspace(0.1, 0.0, rounds, endpoint=False, dtype=np.float32):
        squares = (places**2).sum(axis=1)
        near = places @ places.T  # the squares of all distances, in place: there may be millions
        near *= -2
        near += squares[:, None]
        near += squares[None]
        np.maximum(near, np.float32(1e-4) * apart**2, out=near)
        np.divide(apart**2, near, out=near)
        force = places * near.sum(axis=1)[:, None] - near @ places
        away = places[first] - places[second]
        drawn = away * (pull * np.sqrt((away**2).sum(axis=1)))[:, None]
        for axis in (0, 1):
            force[:, axis] -= np.bincount(first, drawn[:, axis], count)
            force[:, axis] += np.bincount(second, drawn[:, axis], count)
        length = np.maximum(np.sqrt((force**2).sum(axis=1)), 1e-6)
        places = places + force * (step / length)[:, None]
        places -= places.mean(axis=0)
    return places.astype(float)


def scattered(middles: Array, spread: float) -> Array:
    """Places about those of the middles, by chance, yet the same each time."""
    return middles + np.random.default_rng(_SEED).normal(0, spread, middles.shape)


def scaled(places: Array, boxes: Array, ratio: float, room: float) -> Array:
    """The places at a scale at which boxes of those sizes fill ``1 / room`` of the drawing."""
    area = float((boxes + _GAP).prod(axis=1).sum()) * room
    # What lies far out does not set the scale.
    extent = np.percentile(np.abs(places - np.median(places, axis=0)), 98, axis=0) * 2
    sides = np.sqrt(area) * np.array([np.sqrt(ratio), 1 / np.sqrt(ratio)])
    return (places - places.mean(axis=0)) / np.where(extent > 0, extent, 1.0) * sides


def without_overlaps(places: Array, boxes: Array) -> Array:
    """Places at which no two boxes overlap: those that do part along the shorter way, by halves."""
    for number in range(1, _ROUNDS + 1):
        first, second, across, down = _overlaps(places, boxes)
        if not len(first):
            break
        by_x = across < down
        for axis, overlap, chosen in ((0, across, by_x), (1, down, ~by_x)):
            one, other = first[chosen], second[chosen]
            # Those at one place part too, by their order.
            side = np.where(places[one, axis] < places[other, axis], -0.5, 0.5)
            same = places[one, axis] == places[other, axis]
            shift = np.where(same & (one < other), -0.5, side) * overlap[chosen]
            places[:, axis] += np.bincount(one, shift, len(places))
            places[:, axis] -= np.bincount(other, shift, len(places))
        if number % _PATIENCE == 0:
            places = places * _GROWTH
    return places


def _overlaps(places: Array, boxes: Array) -> tuple[Array, Array, Array, Array]:
    """The pairs that overlap, and by how much across and down."""
    order = np.argsort(places[:, 1], kind="stable")
    height = places[order, 1]
    # Sorted by height, those that can overlap one stand in a row after it.
    ends = np.searchsorted(height, height + boxes[:, 1].max() + _GAP)
    counts = ends - np.arange(len(order)) - 1
    starts = np.cumsum(counts) - counts
    ahead = np.arange(counts.sum()) - np.repeat(starts, counts) + 1
    row = np.repeat(np.arange(len(order)), counts)
    first, second = order[row], order[row + ahead]
    reach = (boxes[first] + boxes[second]) / 2 + _GAP
    overlap = reach - np.abs(places[first] - places[second])
    touching = (overlap > 1e-6).all(axis=1)  # noqa: PLR2004
    return first[touching], second[touching], overlap[touching, 0], overlap[touching, 1]
