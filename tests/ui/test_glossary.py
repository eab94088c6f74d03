"""The glossary's list: what is in it, and what narrows it."""

import re

import pytest

from assistant.assistant import Assistant
from tests.ui.conftest import do, html_of, opened, text_of

_TERM = re.compile(r"<h3><a [^>]*>(.*?)</a>")


def _terms(html: str) -> list[str]:
    return [text_of(term) for term in _TERM.findall(html)]


@pytest.mark.parametrize(("language", "first"), [("en", "A/B test"), ("ar", "الإجابة عن الأسئلة")])
def test_it_lists_the_whole_glossary_and_what_the_address_narrows_it_to(
    assistant: Assistant, language: str, first: str
) -> None:
    app = opened(assistant, language, view="glossary")
    whole = _terms(html_of(app))
    assert whole[0] == first
    assert len(whole) == len(assistant.glossary.ids)
    assert f'<p class="m-other" lang="{"ar" if language == "en" else "en"}"' in html_of(app)
    do(app, "go", view="glossary", letter="<b>", category="x" * 9000)
    assert _terms(html_of(app)) == whole  # what an address may not say is passed over
    category = next(iter(assistant.glossary.categories(language)))
    do(app, "go", view="glossary", category=category)
    assert 0 < len(_terms(html_of(app))) < len(whole)
    do(app, "go", view="glossary", q="hallucinat")
    assert _terms(html_of(app))[0] == {"en": "Hallucination", "ar": "الهلوسة"}[language]


def test_an_entry_has_its_address_and_its_language_if_it_is_another(teahouse: Assistant) -> None:
    html = html_of(opened(teahouse, view="glossary"))
    assert 'href="./term?id=kettle&lang=en"' in html
    assert '<span class="m-badge" dir="auto">Arabic</span>' in html  # the mint has no English


def test_what_is_typed_finds_within_what_was_chosen(assistant: Assistant) -> None:
    app = opened(assistant, view="glossary")
    do(app, "go", view="glossary", category="Training")
    app.text_input(key="search").set_value("overfit").run()
    assert _terms(html_of(app))[0] == "Overfitting"
    assert app.query_params["category"] == "Training"
    app.text_input(key="search").set_value("").run()
    assert len(_terms(html_of(app))) > 2
