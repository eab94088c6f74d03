"""The map: every term and every relation once, in either language, and nothing but text."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from assistant.assistant import Assistant
from knowledge.entry import SUMMARY, Entry, Section
from knowledge.glossary import Glossary
from tests.ui.conftest import do, html_of, opened
from ui import markup
from ui.components import network
from ui.components.chart import Chart, Theme
from ui.hues import hues
from ui.strings import LANGUAGES, strings

TAGS = {
    "a", "b", "details", "div", "h2", "h3", "i", "li", "nav", "p", "section", "span", "summary",
    "ul",
}  # fmt: skip


class _Reader(HTMLParser):
    """Collects the tags, the names of attributes, and the text that a browser would see."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data


def _entry(name: str, term: str = "", language: str = "en", **fields: Any) -> Entry:
    return Entry(name, term or name, language, (Section(SUMMARY, "", "It rises."),), **fields)


def _glossary(*entries: Entry) -> Glossary:
    return Glossary(Path("/glossaries/sea"), entries)


def _sea() -> Glossary:
    return _glossary(
        _entry("ebb", "Ebb", category="Water", related=("flow", "moon")),
        _entry("flow", "Flow", category="Water", related=("ebb",)),
        _entry("moon", "Moon", category="Sky"),
        _entry("ebb", "الجزر", "ar", category="الماء", related=("flow",)),
    )


def _series(chart: Chart, theme: Theme = "light", **wanted: Any) -> dict[str, Any]:
    found: dict[str, Any] = chart.spec(theme, **wanted)["baseOption"]["series"][0]
    return found


def _view(chart: Chart, **wanted: Any) -> dict[str, Any]:
    wide: dict[str, Any] = chart.spec("light", **wanted)["media"][-1]["option"]["series"][0]
    return wide


def _spec(app: AppTest) -> dict[str, Any]:
    (drawn,) = app.get("echarts_chart")
    spec: dict[str, Any] = json.loads(drawn.proto.spec)
    return spec


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_term_and_every_relation_is_drawn_once(assistant: Assistant, language: str) -> None:
    glossary = assistant.glossary
    series = _series(Chart.of(glossary, language))
    assert [node["id"] for node in series["data"]] == list(glossary.ids)
    names = {entry.term for entry in glossary.entries if entry.language == language}
    assert {node["name"] for node in series["data"]} == names
    ids = [node["id"] for node in series["data"]]
    pairs = [frozenset((ids[link["source"]], ids[link["target"]])) for link in series["links"]]
    related = {
        frozenset((entry.id, other.id))
        for entry in glossary.entries
        for other in glossary.related(entry)
    }
    assert len(pairs) == len(set(pairs))
    assert set(pairs) == related


def test_a_term_has_the_hue_of_its_category_and_a_size_by_its_relations() -> None:
    chart = Chart.of(_sea(), "en")
    for theme in ("light", "dark"):
        series = _series(chart, theme)
        ebb, flow, moon = series["data"]
        assert ebb["category"] == flow["category"] != moon["category"]
        assert ebb["symbolSize"] > flow["symbolSize"]
        colours = [category["itemStyle"]["color"] for category in series["categories"]]
        assert colours == [getattr(hue, theme) for hue in chart.hues.values()]


def test_eighteen_categories_are_told_apart_and_more_have_a_hue_too() -> None:
    told = hues(map(str, range(40)))
    assert len(told) == 40
    assert len({(hue.light, hue.shape) for hue in list(told.values())[:18]}) == 18
    assert len({(hue.dark, hue.shape) for hue in list(told.values())[:18]}) == 18


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        '"><svg onload=alert(1)>',
        '" onmouseover="alert(1)',
        "\u2068'><img src=x onerror=alert(1)>",
        "&lt;b&gt;",
        "{b}",
        "{c}",
        "{a|b}",
    ],
)
def test_what_a_glossary_says_stays_text(attack: str) -> None:
    glossary = _glossary(
        _entry("a", attack, category=attack, related=("b",)), _entry("b", attack, category="")
    )
    chart = Chart.of(glossary, "en")
    spec = chart.spec("light")
    assert "tooltip" not in json.dumps(spec)  # which would be HTML
    assert not re.search(r"\{\w", spec["baseOption"]["series"][0]["data"][0]["name"])
    around, pairs = network.related(glossary.entries[0], glossary)
    html = (
        markup.legend(chart.counts, chart.hues, attack, "en")
        + markup.map_list(chart.graph, glossary, None, "en")
        + markup.network(glossary.entries[0], around, pairs, glossary, "en")
    )
    reader = _Reader()
    reader.feed(str(html))
    reader.close()
    assert reader.tags <= TAGS
    assert not [name for name in reader.attributes if name.startswith("on")]
    assert attack in reader.text


def test_letters_are_as_large_as_the_reader_has_chosen() -> None:
    chart = Chart.of(_sea(), "en")
    assert _series(chart)["label"]["fontSize"] == 13
    large = _series(chart, found="ebb", size=1.4375)
    assert large["label"]["fontSize"] == 19
    assert large["data"][0]["label"]["fontSize"] == 23


def test_what_stands_out_is_seen_near_and_the_others_are_faint() -> None:
    chart = Chart.of(_sea(), "en")
    ebb, flow, moon = _series(chart, shown={"ebb", "flow"})["data"]
    assert "itemStyle" not in ebb | flow
    assert moon["itemStyle"]["opacity"] < 0.5
    assert moon["label"] == {"show": False}
    assert _view(chart)["zoom"] == 1
    assert _view(chart, shown={"ebb", "flow"})["zoom"] >= 1


def test_a_term_that_is_found_is_in_the_middle_and_its_relations_are_strong(
    assistant: Assistant,
) -> None:
    chart = Chart.of(assistant.glossary, "ar")
    place = chart.places["transformer"]
    assert _view(chart, found="transformer")["center"] == pytest.approx([place.x, place.y])
    assert _view(chart, found="transformer")["zoom"] > 1
    strong = [each for each in _series(chart, found="transformer")["links"] if "lineStyle" in each]
    ends = sum("transformer" in edge for edge in chart.graph.edges)
    assert len(strong) == ends > 0


@pytest.mark.parametrize("number", [-1, 3, "0", None, 1.5])
def test_a_point_that_is_not_there_is_no_term(number: object) -> None:
    assert Chart.of(_sea(), "en").entry_id(number) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_view_shows_the_map_and_the_same_as_a_list(assistant: Assistant, language: str) -> None:
    app = opened(assistant, language, view="map")
    words, html = strings(language), html_of(app)
    assert words["map_title"] in html
    assert len(_spec(app)["baseOption"]["series"][0]["data"]) == len(assistant.glossary.ids)
    (drawn,) = app.get("echarts_chart")
    assert drawn.proto.alt == markup.chart_label(
        Chart.of(assistant.glossary, language).graph, language
    )
    for category in assistant.glossary.categories(language):
        assert f'<h3 dir="auto">{category}</h3>' in html
    for term in assistant.glossary.terms(language):
        assert f">{term}</a>" in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_category_is_chosen_in_either_language_and_given_up(
    assistant: Assistant, language: str
) -> None:
    app = opened(assistant, language, view="map")
    do(app, "go", view="map", category="النماذج")
    faint = [node for node in _spec(app)["baseOption"]["series"][0]["data"] if "itemStyle" in node]
    assert len(faint) == len(assistant.glossary.ids) - 33
    name = "النماذج" if language == "ar" else "Models"
    chosen = re.findall(r'aria-current="true">.*?<span dir="auto">(.*?)</span>', html_of(app))
    assert chosen == [name]
    assert html_of(app).count('<h3 dir="auto">') == 1
    do(app, "whole")
    assert "itemStyle" not in json.dumps(_spec(app)["baseOption"]["series"][0]["data"])


@pytest.mark.parametrize("value", ["nothing", "<b>", "../x"])
def test_an_address_that_names_nothing_shows_all(tea: Assistant, value: str) -> None:
    app = opened(tea, view="map")
    do(app, "go", view="map", id=value, category=value)
    series = _spec(app)["baseOption"]["series"][0]
    assert not [node for node in series["data"] if "itemStyle" in node]


def test_the_whole_map_is_drawn_anew(tea: Assistant) -> None:
    app = opened(tea, view="map")
    before = _spec(app)
    do(app, "whole")
    assert _spec(app) != before


def test_a_term_is_found_by_its_name(assistant: Assistant) -> None:
    app = opened(assistant, "ar", view="map")
    (field,) = app.selectbox
    assert field.options == [e.term for e in assistant.glossary.ordered("ar")]
    field.select("transformer").run()
    assert not app.exception
    assert app.query_params["id"] == "transformer"
    marked = [n for n in _spec(app)["baseOption"]["series"][0]["data"] if "itemStyle" in n]
    assert [node["id"] for node in marked] == ["transformer"]


def test_around_a_term_are_those_it_names_and_those_that_name_it() -> None:
    glossary = _sea()
    moon = next(entry for entry in glossary.entries if entry.id == "moon")
    around, pairs = network.related(moon, glossary)
    assert [entry.id for entry in around] == ["ebb"]
    ebb = glossary.entries[0]
    assert [entry.id for entry in network.related(ebb, glossary)[0]] == ["flow", "moon"]
    assert pairs == ()


def test_around_a_term_are_twelve_at_most_and_the_relations_among_them() -> None:
    names = [f"t{n}" for n in range(20)]
    glossary = _glossary(
        _entry("hub", related=tuple(names)), *(_entry(name, related=("t0",)) for name in names)
    )
    around, pairs = network.related(glossary.entries[0], glossary)
    assert len(around) == 12
    assert pairs == tuple((0, n) for n in range(1, 12))


@pytest.mark.parametrize("count", [1, 2, 3, 12])
def test_each_term_around_has_a_place_of_its_own(count: int) -> None:
    names = [f"t{n}" for n in range(count)]
    glossary = _glossary(_entry("hub", related=tuple(names)), *map(_entry, names))
    around, pairs = network.related(glossary.entries[0], glossary)
    html = markup.network(glossary.entries[0], around, pairs, glossary, "en")
    sides = re.findall(r'class="m-side-(\d)" style="--row: (\d+); --narrow: (\d+)"', html)
    assert len(sides) == count
    assert len({(side, row) for side, row, _ in sides}) == count
    assert len({(side, row) for side, _, row in sides}) == count
    middle = re.findall(r"--middle: (\d+)", html)
    assert middle[0] not in {row for _, _, row in sides}
