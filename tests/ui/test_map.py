"""The map: every term and every relation once, in either language, and nothing but text."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from assistant.assistant import Assistant
from knowledge.entry import SUMMARY, Entry, Section
from knowledge.glossary import Glossary
from tests.attacks import ATTACKS
from tests.ui.conftest import do, html_of, opened
from ui import formatting, markup
from ui.components.chart import Chart, Theme, hues
from ui.strings import LANGUAGES, strings


def _entry(name: str, term: str = "", language: str = "en", **fields: Any) -> Entry:
    return Entry(name, term or name, language, (Section(SUMMARY, "", "It rises."),), **fields)


def _glossary(*entries: Entry) -> Glossary:
    return Glossary(Path("/glossaries/sea"), entries)


SEA = _glossary(
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


def _drawn(app: AppTest) -> dict[str, Any]:
    (drawn,) = app.get("echarts_chart")
    series: dict[str, Any] = json.loads(drawn.proto.spec)["baseOption"]["series"][0]
    return series


def _marked(app: AppTest) -> list[str]:
    return [node["id"] for node in _drawn(app)["data"] if "itemStyle" in node]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_term_and_every_relation_is_drawn_once_and_listed(
    assistant: Assistant, language: str
) -> None:
    glossary = assistant.glossary
    app = opened(assistant, language, view="map")
    series, html = _drawn(app), html_of(app)
    ids = [node["id"] for node in series["data"]]
    assert ids == list(glossary.ids)
    assert {node["name"] for node in series["data"]} == set(glossary.terms(language))
    pairs = [frozenset((ids[link["source"]], ids[link["target"]])) for link in series["links"]]
    related = {frozenset((e.id, o.id)) for e in glossary.entries for o in glossary.related(e)}
    assert len(pairs) == len(set(pairs))
    assert set(pairs) == related

    (drawn,) = app.get("echarts_chart")
    graph = Chart.of(glossary, language).graph
    assert drawn.proto.alt == strings(language)["map_alt"].format(
        terms=formatting.number(len(graph.entries), language),
        relations=formatting.number(len(graph.edges), language),
    )
    assert strings(language)["map_title"] in html
    for category in glossary.categories(language):
        assert f'<h3 dir="auto">{category}</h3>' in html
    for term in glossary.terms(language):
        assert f">{term}</a>" in html


def test_a_term_has_the_hue_of_its_category_and_a_size_by_its_relations() -> None:
    chart = Chart.of(SEA, "en")
    for theme in ("light", "dark"):
        series = _series(chart, theme)
        ebb, flow, moon = series["data"]
        assert ebb["category"] == flow["category"] != moon["category"]
        assert ebb["symbolSize"] > flow["symbolSize"]
        colours = [category["itemStyle"]["color"] for category in series["categories"]]
        assert colours == [getattr(hue, theme) for hue in chart.hues.values()]
    told = list(hues(map(str, range(40))).values())
    assert len({(hue.light, hue.shape) for hue in told[:18]}) == 18 < len(told)


def test_what_stands_out_is_seen_near_and_the_others_are_faint(assistant: Assistant) -> None:
    chart = Chart.of(SEA, "en")
    large = _series(chart, found="ebb", size=1.4375)  # the letters, as the reader has chosen
    assert (large["label"]["fontSize"], large["data"][0]["label"]["fontSize"]) == (19, 23)
    ebb, flow, moon = _series(chart, shown={"ebb", "flow"})["data"]
    assert "itemStyle" not in ebb | flow
    assert moon["itemStyle"]["opacity"] < 0.5
    assert moon["label"] == {"show": False}
    assert _view(chart)["zoom"] == 1
    assert _view(chart, shown={"ebb", "flow"})["zoom"] >= 1
    assert [chart.entry_id(number) for number in (-1, 3, "0", None, 1.5)] == [None] * 5

    chart = Chart.of(assistant.glossary, "ar")
    place = chart.places["transformer"]
    assert _view(chart, found="transformer")["center"] == pytest.approx([place.x, place.y])
    assert _view(chart, found="transformer")["zoom"] > 1
    strong = [each for each in _series(chart, found="transformer")["links"] if "lineStyle" in each]
    assert len(strong) == sum("transformer" in edge for edge in chart.graph.edges) > 0


def test_what_a_glossary_says_stays_text() -> None:
    for attack in ("{b}", "{a|b}", *ATTACKS[::8]):
        glossary = _glossary(
            _entry("a", attack, category=attack, related=("b",)), _entry("b", attack, category="")
        )
        spec = Chart.of(glossary, "en").spec("light")
        assert "tooltip" not in json.dumps(spec)  # which would be HTML
        assert not re.search(r"\{\w", spec["baseOption"]["series"][0]["data"][0]["name"])


def test_a_category_or_a_term_is_chosen_in_either_language_and_given_up(
    assistant: Assistant,
) -> None:
    app = opened(assistant, view="map")
    do(app, "go", view="map", category="النماذج")
    models = [e for e in assistant.glossary.ordered("en") if e.category == "Models"]
    assert len(_marked(app)) == len(assistant.glossary.ids) - len(models)  # the others are faint
    chosen = re.findall(r'aria-current="true">.*?<span dir="auto">(.*?)</span>', html_of(app))
    assert chosen == ["Models"]
    before = app.get("echarts_chart")[0].proto.spec
    do(app, "whole")
    assert not _marked(app)
    assert app.get("echarts_chart")[0].proto.spec != before
    for value in ("nothing", "<b>", "../x"):
        do(app, "go", view="map", id=value, category=value)
        assert not _marked(app)
    (field,) = app.selectbox
    assert field.options == [e.term for e in assistant.glossary.ordered("en")]
    field.select("transformer").run()
    assert app.query_params["id"] == "transformer"
    assert _marked(app) == ["transformer"]


def test_around_a_term_are_twelve_at_most_each_in_a_place_of_its_own() -> None:
    moon = next(entry for entry in SEA.entries if entry.id == "moon")
    around, pairs = markup.related(moon, SEA)
    assert ([entry.id for entry in around], pairs) == (["ebb"], ())  # which names it
    names = tuple(f"t{n}" for n in range(20))
    hub = _entry("hub", related=names)
    glossary = _glossary(hub, *(_entry(name, related=("t0",)) for name in names))
    around, pairs = markup.related(hub, glossary)
    assert pairs == tuple((0, n) for n in range(1, 12))
    html = markup.network(hub, around, pairs, glossary, "en")
    sides = re.findall(r'class="m-side-(\d)" style="--row: (\d+); --narrow: (\d+)"', html)
    assert len({(side, row) for side, row, _ in sides}) == len(around) == 12
