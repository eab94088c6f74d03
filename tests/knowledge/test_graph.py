"""The graph of related terms: its layout, and its picture."""

import math
from itertools import combinations
from pathlib import Path
from random import Random
from xml.etree import ElementTree as ET

from knowledge.entry import Entry
from knowledge.exports.drawing import draw
from knowledge.glossary import Glossary
from knowledge.graph import Graph
from tests.knowledge.conftest import an_entry

SVG = "{http://www.w3.org/2000/svg}"
ATTACK = '"><script>alert(1)</script>'


def _glossary(*entries: Entry) -> Glossary:
    return Glossary(Path("/glossaries/sea"), entries)


def test_two_terms_are_joined_once_whichever_names_the_other_and_in_whatever_language() -> None:
    graph = Graph.of(
        _glossary(
            an_entry("ebb", related=("flow", "moon")),
            an_entry("flow", related=("Ebb",)),
            an_entry("flow", "de", related=("ebb", "flow")),
            an_entry("neap", "de", related=("ebb",)),
        ),
        "en",
    )
    assert graph.edges == (("ebb", "flow"), ("ebb", "neap"))
    assert set(graph.entries) == {"ebb", "flow", "neap"}


# The layout


def _invented(count: int, categories: int = 14) -> Graph:
    """Terms of which each is related to two of its category, and some to one of another."""
    chance = Random(1)  # noqa: S311

    def related(n: int) -> tuple[str, ...]:
        near = (str((n + categories * chance.randrange(1, 9)) % count) for _ in range(2))
        return (*near, str(chance.randrange(count)))

    entries = (
        an_entry(str(n), category=str(n % categories), related=related(n)) for n in range(count)
    )
    return Graph.of(_glossary(*entries), "en")


def test_no_two_of_a_thousand_terms_overlap() -> None:
    graph = _invented(1000)
    sizes = {entry_id: (40.0 + 5 * (int(entry_id) % 23), 40.0) for entry_id in graph.entries}
    places = graph.layout(sizes)
    by_height = sorted(places, key=lambda i: places[i].y)
    for n, a in enumerate(by_height):
        for b in by_height[n + 1 :]:
            if places[b].y - places[a].y >= 40:
                break
            assert abs(places[a].x - places[b].x) >= (sizes[a][0] + sizes[b][0]) / 2, (a, b)


def test_related_terms_are_nearer_than_others_and_the_same_each_time(bundled: Glossary) -> None:
    graph = Graph.of(bundled, "en")
    sizes = dict.fromkeys(graph.entries, (90.0, 28.0))
    places = graph.layout(sizes)

    def mean(pairs: list[tuple[str, str]]) -> float:
        apart = [math.hypot(places[a].x - places[b].x, places[a].y - places[b].y) for a, b in pairs]
        return sum(apart) / len(apart)

    assert mean(list(graph.edges)) < 0.6 * mean(list(combinations(graph.entries, 2)))
    assert graph.layout(sizes) == places


# The picture


def test_a_picture_has_all_terms_as_text_and_nothing_of_them_as_markup() -> None:
    glossary = _glossary(
        an_entry("ebb", term=ATTACK, category=ATTACK, related=("flow",)),
        an_entry("flow", term="Flow", category="Land"),
    )
    svg = ET.fromstring(draw(glossary, "en"))  # noqa: S314
    assert not list(svg.iter(f"{SVG}script"))
    assert [text.text for text in svg.iter(f"{SVG}text")] == [ATTACK, "Land", ATTACK, "Flow"]
    assert len(list(svg.iter(f"{SVG}path"))) == 1
    glossary = _glossary(an_entry("ebb", "ar", term="الجزر", category="البحر"))
    arabic = ET.fromstring(draw(glossary, "ar"))  # noqa: S314
    assert arabic.get("lang") == "ar"
    assert {text.get("direction") for text in arabic.iter(f"{SVG}text")} == {"rtl"}
