"""The map: categories with their best-known terms, and from nearby one with all of its own."""

import pytest
from streamlit.testing.v1 import AppTest

from assistant.assistant import Assistant
from tests.ui.conftest import html_of, links, opened
from ui import formatting
from ui.strings import LANGUAGES, strings


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
