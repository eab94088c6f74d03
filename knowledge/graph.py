"""The graph of a glossary: its terms, joined where one names the other as related, and drawn.

In the drawing, forces hold related terms together, and no box stands over another. All that is
quadratic is a product of matrices, and what overlaps is sought among neighbours only: 2,000 boxes
take seconds.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from knowledge.entry import Entry
from knowledge.glossary import Glossary

_ROOM = 2.2  # the area of the drawing, by that of its boxes
_HOLD = 1.6  # of a category on its terms, by that of a relation
_GAP = 10.0  # between two boxes
_SEED = 7
_LEAST, _MOST, _WORK = 80, 400, 160_000  # rounds of the forces: fewer, the more there is to place
_ROUNDS = 2000  # of moving boxes apart
_PATIENCE, _GROWTH = 40, 1.03  # so many rounds in vain, and everything is spread by so much

Array = Any  # of NumPy: n × 2 places or sizes, m × 2 pairs


class Point(NamedTuple):
    """A place: to the right, and down."""

    x: float
    y: float


@dataclass(frozen=True)
class Graph:
    """Terms by id, each in one language, and the pairs of them that are related."""

    entries: dict[str, Entry]
    edges: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, glossary: Glossary, language: str) -> "Graph":
        """The graph of all terms, in a language where they have it."""
        entries = {i: entry for i in glossary.ids if (entry := glossary.get(i, language))}
        pairs = {
            (min(entry.id, other.id), max(entry.id, other.id))
            for entry in glossary.entries
            for other in glossary.related(entry)
            if other.id != entry.id
        }
        return cls(entries, tuple(sorted(pairs)))

    def layout(self, sizes: dict[str, tuple[float, float]], ratio: float = 1.5) -> dict[str, Point]:
        """A place for the middle of each term, so that related ones are near and none overlap.

        Forces draw the related together, and loosely those of one category; then boxes of the given
        widths and heights are moved apart. The drawing is about ``ratio`` times as wide as high.
        """
        if not self.entries:
            return {}
        ids = list(self.entries)
        category = [entry.category for entry in self.entries.values()]
        hubs = [name for name in dict.fromkeys(category) if name]
        middles = self._middles(hubs)
        number = {name: n for n, name in enumerate((*ids, *hubs))}
        start = np.array([middles.get(name, (0.0, 0.0)) for name in (*category, *hubs)])
        pairs = [(number[a], number[b], 1.0) for a, b in self.edges]
        # A hub, which is not drawn, holds a category together.
        pairs += [(n, number[name], _HOLD) for n, name in enumerate(category) if name]
        placed = _force_layout(_scattered(start, 0.1), pairs)[: len(ids)]
        boxes = np.array([sizes[i] for i in ids])
        places = _without_overlaps(_scaled(placed, boxes, ratio, _ROOM), boxes)
        return {i: Point(*p) for i, p in zip(ids, places.tolist(), strict=True)}

    def _middles(self, categories: list[str]) -> dict[str, tuple[float, float]]:
        """A place for each category, near those with which it shares relations."""
        number = {name: n for n, name in enumerate(categories)}
        of = {i: number[e.category] for i, e in self.entries.items() if e.category}
        shared = Counter(
            (of[a], of[b]) for a, b in self.edges if a in of and b in of and of[a] != of[b]
        )
        most = max(shared.values(), default=1)
        pairs = [(*pair, count / most) for pair, count in shared.items()]
        start = _scattered(np.zeros((len(categories), 2)), 1.0)
        places = _force_layout(start, pairs).tolist()
        return dict(zip(categories, map(tuple, places), strict=True))


def _force_layout(start: Array, pairs: list[tuple[int, int, float]]) -> Array:
    """Places to which forces move those of ``start``: pairs attract, and all repel one another."""
    # After Fruchterman and Reingold (1991), doi:10.1002/spe.4380211102. A pair is the numbers of
    # two places, and how strongly they attract.
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


def _scattered(middles: Array, spread: float) -> Array:
    """Places about those of the middles, by chance, yet the same each time."""
    return middles + np.random.default_rng(_SEED).normal(0, spread, middles.shape)


def _scaled(places: Array, boxes: Array, ratio: float, room: float) -> Array:
    """The places at a scale at which boxes of those sizes fill ``1 / room`` of the drawing."""
    area = float((boxes + _GAP).prod(axis=1).sum()) * room
    # What lies far out does not set the scale.
    extent = np.percentile(np.abs(places - np.median(places, axis=0)), 98, axis=0) * 2
    sides = np.sqrt(area) * np.array([np.sqrt(ratio), 1 / np.sqrt(ratio)])
    return (places - places.mean(axis=0)) / np.where(extent > 0, extent, 1.0) * sides


def _without_overlaps(places: Array, boxes: Array) -> Array:
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
