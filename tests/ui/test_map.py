"""The map: categories with their best-known terms, and from nearby one with all of its own."""

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from assistant.assistant import Assistant
from knowledge.entry import SUMMARY, Entry, Section
from knowledge.glossary import Glossary
from tests.ui.conftest import html_of, links, opened
from ui import formatting
from ui.strings import LANGUAGES, strings
from ui.views.map import Map


def _entry(name: str, term: str = "", language: str = "en", **fields: Any) -> Entry:
    return Entry(name, term or name, language, (Section(SUMMARY, "", "It rises."),), **fields)


def _glossary(*entries: Entry) -> Glossary:
    return Glossary(Path("/glossaries/sea"), entries)


SEA = _glossary(
    _entry("ebb", "Ebb", category="Water", related=("flow", "moon")),
    _entry("flow", "Flow", category="Water", related=("ebb",)),
    *(_entry(f"wave-{n}", category="Water", related=("flow",)) for n in range(9)),
    _entry("moon", "Moon", category="Sky"),
    _entry("ebb", "الجزر", "ar", category="الماء", related=("flow",)),
)


def test_the_whole_map_has_every_category_with_its_best_known_terms() -> None:
    water, sky = Map(SEA, "en").whole()
    assert (water.category, water.terms, len(water.places)) == ("Water", 11, 6)
    assert [place.entry.id for place in water.places][:2] == ["flow", "ebb"]
    assert [place.size for place in water.places] == [3, 3, 2, 2, 1, 1]
    assert (sky.category, sky.terms) == ("Sky", 1)


def test_a_relation_holds_both_ways_whichever_of_the_two_names_it() -> None:
    shown = Map(SEA, "en")
    assert shown.relations["moon"] == {"ebb"}
    assert all(i in shown.relations[o] for i, others in shown.relations.items() for o in others)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_leads_nearer_and_to_every_term(assistant: Assistant, language: str) -> None:
    glossary, words = assistant.glossary, strings(language)
    app = opened(assistant, language, view="map")
    html = html_of(app)

    def at(**address: str) -> AppTest:
        app.query_params.clear()
        for name, value in {"lang": language, **address}.items():
            app.query_params[name] = value
        return app.run()

    found = links(html)
    for category, count in glossary.categories(language).items():
        assert any(category in text for text in found)
        assert formatting.number(count, language) in html
        nearer = html_of(at(category=category))
        for entry in glossary.entries:
            if entry.language == language and entry.category == category:
                assert f'data-place="{entry.id}"' in nearer
    assert words["map_whole"] in nearer
    sought = html_of(at(id="foundation-model", path="1"))
    assert sought.count('aria-current="true"') == 1
    assert 'data-step="1"' in sought
