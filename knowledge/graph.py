"""The graph of a glossary: its terms, joined where one names the other as related."""

from dataclasses import dataclass
from typing import Any, NamedTuple

import networkx as nx
import numpy as np

from knowledge.entry import Entry
from knowledge.glossary import Glossary

_GAP = 10.0  # between two boxes
_ROOM = 3.0  # the area of the drawing, by that of its boxes
_ROUNDS = 3000  # of the bundled glossary two boxes still overlap after 500, none after 2,000


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

    @property
    def islands(self) -> tuple[frozenset[str], ...]:
        """The ids that can be reached from one another, the largest island first."""
        found = nx.connected_components(self._network())
        return tuple(sorted(map(frozenset, found), key=lambda ids: (-len(ids), min(ids))))

    def layout(self, sizes: dict[str, tuple[float, float]], ratio: float = 1.5) -> dict[str, Point]:
        """A place for the middle of each term, so that related ones are near and none overlap.

        Forces draw the related together, and loosely those of one category (Fruchterman and
        Reingold, 1991, doi:10.1002/spe.4380211102); then boxes of the given widths and heights are
        moved apart. The drawing is about ``ratio`` times as wide as it is high.
        """
        if not self.entries:
            return {}
        network = self._network()
        for entry in self.entries.values():  # a hub, which is not drawn, holds a category together
            if entry.category:
                network.add_edge(entry.id, ("category", entry.category), weight=1.6)
        placed = nx.spring_layout(network, iterations=400, seed=7, method="force")
        ids = list(self.entries)
        boxes = np.array([sizes[i] for i in ids])
        area = float((boxes + _GAP).prod(axis=1).sum()) * _ROOM
        spread = np.array([placed[i] for i in ids])
        spread = (spread - spread.mean(axis=0)) / (np.abs(spread).max() or 1.0)
        places = spread * np.sqrt(area / 4) * np.array([np.sqrt(ratio), 1 / np.sqrt(ratio)])
        return {i: Point(*p) for i, p in zip(ids, _apart(places, boxes).tolist(), strict=True)}

    def _network(self) -> nx.Graph:
        network = nx.Graph()
        network.add_nodes_from(self.entries)
        network.add_edges_from(self.edges)
        return network


def _apart(places: Any, boxes: Any) -> Any:  # noqa: ANN401  (arrays of n × 2)
    """Places at which no two boxes overlap: those that do part along the shorter way, by halves."""
    reach = (boxes[:, None] + boxes[None]) / 2 + _GAP
    for _ in range(_ROUNDS):
        away = places[:, None] - places[None]
        overlap = reach - np.abs(away)
        np.einsum("iik->ik", overlap)[:] = 0.0
        touching = (overlap > 0).all(axis=2)
        if not touching.any():
            break
        across = overlap[..., 0] < overlap[..., 1]
        shift = np.zeros_like(away)
        shift[..., 0] = np.where(touching & across, overlap[..., 0], 0.0)
        shift[..., 1] = np.where(touching & ~across, overlap[..., 1], 0.0)
        order = np.sign(np.arange(len(places))[:, None] - np.arange(len(places))[None])
        sign = np.where(away == 0, order[..., None], np.sign(away))
        places = places + (shift * sign).sum(axis=1) / 2
    return places
