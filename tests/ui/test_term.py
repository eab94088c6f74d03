"""The page of a term: each of its parts, in both languages; and what is absent leaves nothing."""

import json
import re
from html import unescape
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from knowledge.entry import Entry, Section
from knowledge.glossary import Glossary
from knowledge.language.text import Span, clean
from tests.ui.conftest import links, text_of
from ui import markup, templates
from ui.markup import Context
from ui.strings import LANGUAGES, strings

ADDRESS = "https://masrad.example/term?id=foundation-model&lang=en"
ASKED = {"en": "What does “Foundation model” mean?", "ar": "ما المقصود بمصطلح «النموذج الأساسي»؟"}


def _known(glossary: Glossary, language: str) -> Entry:
    found = glossary.get("foundation-model", language)
    assert found
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_is_there(assistant: Assistant, language: str) -> None:
    glossary, words = assistant.glossary, strings(language)
    shown = _known(glossary, language)
    other = _known(glossary, "ar" if language == "en" else "en")
    to = Context(language, glossary, assistant.linker)
    html = markup.term(to, shown, address=ADDRESS)
    html += templates.render("term#end", language, entry=shown, glossary=glossary)
    found, text = links(html), text_of(html)
    assert found[words["view_glossary"]] == f"./glossary?lang={language}"
    assert found[shown.category].startswith(f"./glossary?lang={language}&category=")
    assert f"<h1>{shown.term}</h1>" in html
    assert found[other.term] == f"./term?id=foundation-model&lang={other.language}"
    for alias in shown.aliases:
        assert f"<bdi>{alias}</bdi>" in html
    for section in shown.sections:
        assert section.name == "summary" or section.heading in text
        assert all(paragraph in text for paragraph in section.text.split("\n\n"))
    example = {"en": "Example", "ar": "مثال"}[language]
    assert f'<section class="m-entry-example"><h2>{example}</h2>' in html
    for each in glossary.related(shown):
        assert found[each.term] == f"./term?id={each.id}&lang={language}"
    for source in shown.sources:
        assert found[source.title] == source.url
    linked = re.findall(r'class="m-link" href="[^"]*id=([\w-]*)&', html)
    assert "foundation-model" not in linked  # never to itself
    (card,) = re.findall(rf'class="m-link" href="[^"]*id={linked[0]}&.*?data-card="([^"]*)"', html)
    defined = glossary.get(linked[0], language)
    assert defined
    assert clean(json.loads(unescape(card))["quote"]) == defined.sentences[0].text
    assert 0 < len(linked) == len(set(linked))
    assert f'datetime="{shown.updated}"' in html
    dialog = links(markup.entry(Context(language, glossary), shown))  # over the chat
    assert dialog[words["term_page"]] == f"./term?id=foundation-model&lang={language}"
    for interface in LANGUAGES:  # it is asked about in its own language
        done = re.findall(r'data-do="([^"]*)"', markup.term(Context(interface, glossary), shown))
        assert any(ASKED[language] in each and "&#34;ask&#34;" in each for each in done)


def test_the_quoted_words_are_marked_and_no_link_crosses_their_end(assistant: Assistant) -> None:
    shown = _known(assistant.glossary, "en")
    to = Context("en", assistant.glossary, assistant.linker)
    start = shown.summary.index("neural network")
    for quote, found in ((Span(0, start + 6), False), (Span(start, len(shown.summary)), True)):
        html = markup.entry(to, shown, ("summary", quote))
        (summary,) = re.findall(r'<section class="m-entry-summary">(.*?)</section>', html)
        (marked,) = re.findall(r'<mark id="m-quote">(.*?)</mark>', summary)
        assert text_of(marked) == shown.summary[slice(*quote)]
        assert ("id=neural-network" in summary) is found
    bare = Entry("x", "Term", "en", (Section("summary", "", "One two.\n\nThree four."),))
    html = markup.entry(Context("en", Glossary(Path(), (bare,))), bare, ("summary", Span(4, 15)))
    assert '<p>One <mark id="m-quote">two.</mark></p><p><mark>Three</mark> four.</p>' in html
