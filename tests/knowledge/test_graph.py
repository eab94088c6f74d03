"""The graph of related terms, and its layout."""

import math
from itertools import combinations
from pathlib import Path

from knowledge.entry import Entry
from knowledge.glossary import Glossary
from knowledge.graph import Graph
from tests.knowledge.conftest import an_entry

SIZE = (90.0, 28.0)


def _graph(*entries: Entry, language: str = "en") -> Graph:
    return Graph.of(Glossary(Path("/glossaries/sea"), entries), language)


def test_two_terms_are_joined_once_whichever_names_the_other_and_in_whatever_language() -> None:
    graph = _graph(
        an_entry("ebb", related=("flow", "moon")),
        an_entry("flow", related=("Ebb",)),
        an_entry("flow", "de", related=("ebb", "flow")),
        an_entry("neap", "de", related=("ebb",)),
    )
    assert graph.edges == (("ebb", "flow"), ("ebb", "neap"))
    assert set(graph.entries) == {"ebb", "flow", "neap"}


def test_no_two_terms_of_the_bundled_glossary_overlap(bundled: Glossary) -> None:
    graph = Graph.of(bundled, "en")
    sizes = {i: (8.0 * len(entry.term), 28.0) for i, entry in graph.entries.items()}
    places = graph.layout(sizes)
    for a, b in combinations(graph.entries, 2):
        across = abs(places[a].x - places[b].x) - (sizes[a][0] + sizes[b][0]) / 2
        down = abs(places[a].y - places[b].y) - (sizes[a][1] + sizes[b][1]) / 2
        assert max(across, down) > 0, (a, b)


def test_related_terms_are_nearer_than_others(bundled: Glossary) -> None:
    graph = Graph.of(bundled, "en")
    places = graph.layout(dict.fromkeys(graph.entries, SIZE))

    def mean(pairs: list[tuple[str, str]]) -> float:
        apart = [math.hypot(places[a].x - places[b].x, places[a].y - places[b].y) for a, b in pairs]
        return sum(apart) / len(apart)

    assert mean(list(graph.edges)) < 0.6 * mean(list(combinations(graph.entries, 2)))


def test_a_layout_is_the_same_each_time(bundled: Glossary) -> None:
    graph = Graph.of(bundled, "en")
    sizes = dict.fromkeys(graph.entries, SIZE)
    assert graph.layout(sizes) == graph.layout(sizes)
