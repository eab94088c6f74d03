"""Boxes are placed so that pairs are near and none overlap; many take little longer than few."""

import time
from collections.abc import Callable
from itertools import combinations
from random import Random

import numpy as np
import pytest

from knowledge import layout
from knowledge.graph import Graph
from tests.knowledge.conftest import an_entry
from tests.knowledge.test_graph import _graph


def _invented(count: int, categories: int = 14) -> Graph:
    """Terms of which each is related to two of its category, and some to one of another."""
    chance = Random(1)  # noqa: S311

    def related(n: int) -> tuple[str, ...]:
        near = (str((n + categories * chance.randrange(1, 9)) % count) for _ in range(2))
        return (*near, str(chance.randrange(count)))

    return _graph(
        *(an_entry(str(n), category=str(n % categories), related=related(n)) for n in range(count))
    )


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def test_no_two_of_two_thousand_terms_overlap() -> None:
    graph = _invented(2000)
    sizes = {entry_id: (40.0 + 5 * (int(entry_id) % 23), 40.0) for entry_id in graph.entries}
    places = graph.layout(sizes)
    by_height = sorted(places, key=lambda i: places[i].y)
    for n, a in enumerate(by_height):
        for b in by_height[n + 1 :]:
            if places[b].y - places[a].y >= 40:
                break
            assert abs(places[a].x - places[b].x) >= (sizes[a][0] + sizes[b][0]) / 2, (a, b)


@pytest.mark.parametrize("count", [1, 2, 50])
def test_boxes_at_one_place_are_parted(count: int) -> None:
    boxes = np.full((count, 2), 20.0)
    places = layout.without_overlaps(np.zeros((count, 2)), boxes)
    for a, b in combinations(places, 2):
        assert max(abs(a - b)) >= 20


def test_boxes_that_do_not_overlap_stay_where_they_are() -> None:
    places = np.array([[0.0, 0.0], [200.0, 0.0], [0.0, 200.0]])
    assert (layout.without_overlaps(places.copy(), np.full((3, 2), 90.0)) == places).all()
