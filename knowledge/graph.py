"""The graph of a glossary: its terms, joined where one names the other as related."""

from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from knowledge import layout
from knowledge.entry import Entry
from knowledge.glossary import Glossary

_ROOM = 2.2  # the area of the drawing, by that of its boxes
_HOLD = 1.6  # of a category on its terms, by that of a relation


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

        Forces draw the related together, and loosely those of one category (Fruchterman and
        Reingold, 1991, doi:10.1002/spe.4380211102); then boxes of the given widths and heights are
        moved apart. The drawing is about ``ratio`` times as wide as it is high.
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
        placed = layout.force_layout(layout.scattered(start, 0.1), pairs)[: len(ids)]
        boxes = np.array([sizes[i] for i in ids])
        places = layout.without_overlaps(layout.scaled(placed, boxes, ratio, _ROOM), boxes)
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
        start = layout.scattered(np.zeros((len(categories), 2)), 1.0)
        places = layout.force_layout(start, pairs).tolist()
        return dict(zip(categories, map(tuple, places), strict=True))
