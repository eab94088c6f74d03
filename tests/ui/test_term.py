"""The page of a term: each of its parts, in both languages; and what is absent leaves nothing."""

import json
import re
from datetime import date
from html import escape, unescape
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from knowledge.entry import Entry, Section, Source
from knowledge.glossary import Glossary
from knowledge.language.text import Span
from knowledge.linking import Linker
from ui import markup
from ui.markup import News
from ui.strings import LANGUAGES, strings

ADDRESS = "https://masrad.example/term?id=foundation-model&lang=en"


def _page(shown: Entry, glossary: Glossary, interface: str, linker: Linker | None = None) -> str:
    """The page whole, as it is read from top to bottom."""
    return markup.term(shown, glossary, interface, linker, ADDRESS) + markup.term_end(
        shown, glossary, interface
    )


def _links(html: str) -> dict[str, str]:
    """Addresses by the text of the link."""
    found = re.findall(r'<a [^>]*?href="([^"]*)"[^>]*>(.*?)</a>', html)
    return {re.sub("<[^>]*>", "", unescape(text)): unescape(address) for address, text in found}


def _told(html: str, name: str) -> list[str]:
    return [unescape(each) for each in re.findall(rf' {name}="([^"]*)"', html)]


def _bare(language: str = "en", **parts: object) -> Glossary:
    entry = Entry("x", "Term", language, (Section("summary", "", "It is."),), **parts)  # type: ignore[arg-type]
    return Glossary(Path("x"), (entry,))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_is_there(assistant: Assistant, language: str) -> None:
    glossary, words = assistant.glossary, strings(language)
    shown = glossary.get("foundation-model", language)
    other = glossary.get("foundation-model", "ar" if language == "en" else "en")
    assert shown
    assert other
    html = _page(shown, glossary, language, assistant.linker)
    links = _links(html)
    assert links[words["view_glossary"]] == f"./glossary?lang={language}"
    assert links[shown.category].startswith(f"./glossary?lang={language}&category=")
    assert f"<h1>{shown.term}</h1>" in html
    assert links[other.term] == f"./term?id=foundation-model&lang={other.language}"
    for alias in shown.aliases:
        assert f"<bdi>{alias}</bdi>" in html
    text = re.sub("<[^>]*>", "", unescape(html))
    for section in shown.sections:
        assert section.name == "summary" or f"<h2>{escape(section.heading)}</h2>" in html
        for paragraph in section.text.split("\n\n"):
            assert paragraph in text
    for each in glossary.related(shown):
        assert links[each.term] == f"./term?id={each.id}&lang={language}"
    for source in shown.sources:
        assert links[source.title] == source.url
    for key in ("related", "references", "term_ask", "term_copy", "term_order"):
        assert words[key] in unescape(html)
    assert f'datetime="{shown.updated}"' in html


@pytest.mark.parametrize(("language", "said"), [("en", "Example"), ("ar", "مثال")])
def test_the_example_stands_apart(assistant: Assistant, language: str, said: str) -> None:
    shown = assistant.glossary.get("foundation-model", language)
    assert shown
    html = _page(shown, assistant.glossary, language)
    assert f'<section class="m-entry-example"><h2>{said}</h2>' in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_terms_before_and_after_are_those_of_the_alphabet(
    assistant: Assistant, language: str
) -> None:
    first, second, third, *_, last = assistant.glossary.ordered(language)

    def beside(shown: Entry) -> dict[str, str]:
        html = markup.term_end(shown, assistant.glossary, language)
        return dict(re.findall(r'<a rel="(prev|next)" href="[^"]*id=([\w-]*)&', html))

    assert beside(first) == {"next": second.id}
    assert beside(second) == {"prev": first.id, "next": third.id}
    assert beside(last).keys() == {"prev"}


def test_what_is_absent_leaves_nothing() -> None:
    glossary = _bare()
    html = _page(glossary.entries[0], glossary, "en")
    for key in ("related", "references", "term_aliases", "term_news", "term_order"):
        assert strings("en")[key] not in html
    for name in ("m-versions", "m-page-category", "m-updated", "m-chips", "<ul", "<h2"):
        assert name not in html
    bare = re.sub(r'<span class="m-icon .*?</span>', "", html)
    empty = re.findall(r"<(\w+)(?: [^>]*)?></\1>", bare)
    assert empty == ["div"]  # the sources' place, which the style closes up


def test_without_an_address_there_is_none_to_copy() -> None:
    glossary = _bare()
    assert "data-copy" not in markup.term(glossary.entries[0], glossary, "en")
    html = markup.term(glossary.entries[0], glossary, "en", address=ADDRESS)
    assert _told(html, "data-copy") == [json.dumps(ADDRESS)]


@pytest.mark.parametrize(
    ("language", "question"),
    [("en", "What does “Foundation model” mean?"), ("ar", "ما المقصود بمصطلح «النموذج الأساسي»؟")],
)
def test_the_term_is_asked_about_in_its_language(
    assistant: Assistant, language: str, question: str
) -> None:
    shown = assistant.glossary.get("foundation-model", language)
    assert shown
    for interface in LANGUAGES:
        told = _told(markup.term(shown, assistant.glossary, interface), "data-do")
        assert any(question in each and '"ask"' in each for each in told)


def test_an_entry_is_linked_where_it_is_first_named_and_never_to_itself(
    assistant: Assistant,
) -> None:
    shown = assistant.glossary.get("foundation-model", "en")
    assert shown
    html = markup.term(shown, assistant.glossary, "en", assistant.linker)
    linked = re.findall(r'class="m-link" href="[^"]*id=([\w-]*)&', html)
    assert "pre-training" in linked
    assert len(linked) == len(set(linked))
    assert "foundation-model" not in linked


def test_a_link_does_not_cross_the_end_of_a_quotation(assistant: Assistant) -> None:
    shown = assistant.glossary.get("foundation-model", "en")
    assert shown
    start = shown.summary.index("neural network")
    for quote, found in ((Span(0, start + 6), False), (Span(start, len(shown.summary)), True)):
        html = markup.entry(shown, assistant.glossary, "en", ("summary", quote), assistant.linker)
        (summary,) = re.findall(r'<section class="m-entry-summary">(.*?)</section>', html)
        (marked,) = re.findall(r'<mark id="m-quote">(.*?)</mark>', summary)
        assert re.sub("<[^>]*>", "", unescape(marked)) == shown.summary[slice(*quote)]
        assert ("id=neural-network" in summary) is found


def test_a_quotation_over_two_paragraphs_is_marked_in_each() -> None:
    text = "One two.\n\nThree four."
    entry = Entry("x", "Term", "en", (Section("body", "", text),))
    glossary = Glossary(Path("x"), (entry,))
    html = markup.entry(entry, glossary, "en", ("body", Span(4, 15)))
    assert '<p>One <mark id="m-quote">two.</mark></p><p><mark>Three</mark> four.</p>' in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_entry_over_the_chat_leads_to_its_page(assistant: Assistant, language: str) -> None:
    shown = assistant.glossary.get("foundation-model", language)
    assert shown
    html = markup.entry(shown, assistant.glossary, language)
    link = f"./term?id=foundation-model&lang={language}"
    assert _links(html)[strings(language)["term_page"]] == link


def test_sources_are_links_over_https_only() -> None:
    urls = ("https://a.example", "http://b.example", "javascript:alert(1)", "")
    glossary = _bare(sources=tuple(Source(f"Title {n}", url=url) for n, url in enumerate(urls)))
    html = markup.term_end(glossary.entries[0], glossary, "en")
    assert _links(html) == {"Title 0": "https://a.example"}
    assert "Title 3" in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_news_have_a_place_while_there_are_some(language: str) -> None:
    glossary = _bare()
    title = strings(language)["term_news"]
    assert title not in markup.term_end(glossary.entries[0], glossary, language)
    report = News("Something new", "https://news.example/1", "The Paper", date(2026, 1, 2))
    html = markup.term_end(glossary.entries[0], glossary, language, [report])
    assert title in html
    assert _links(html)["Something new"] == "https://news.example/1"
    assert "The Paper" in html
    assert (
        "<a"
        not in markup.term_end(
            glossary.entries[0], glossary, language, [News("x", "javascript:alert(1)")]
        )
        .split("m-news")[1]
        .split("</section>")[0]
    )


def test_a_term_in_a_third_language_stands_in_its_own_direction() -> None:
    for tag, direction in (("fa", "rtl"), ("fr", "ltr")):
        glossary = _bare(tag, related=("x",))
        html = markup.term(glossary.entries[0], glossary, "en")
        assert f'<div class="m-entry" lang="{tag}" dir="{direction}">' in html
        assert 'class="m-page" lang="en" dir="ltr"' in html


def test_a_glossary_in_another_language_does_not_take_the_interfaces(tea: Assistant) -> None:
    shown = tea.glossary.get("kettle", "ar")
    assert shown
    assert shown.language == "en"
    html = _page(shown, tea.glossary, "ar")
    assert _links(html)["Teapot"] == "./term?id=teapot&lang=ar"


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_there_is_no_term_there_is_a_way_on(assistant: Assistant, language: str) -> None:
    html = markup.no_term("fundation-model", assistant.glossary, language)
    words, links = strings(language), _links(html)
    term = assistant.glossary.get("foundation-model", language)
    assert term
    assert words["term_unknown"] in html
    assert links[term.term] == f"./term?id=foundation-model&lang={language}"
    search = words["term_search"].format(words="fundation model")
    assert links[search] == f"./glossary?lang={language}&q=fundation+model"
    assert links[words["browse"]] == f"./glossary?lang={language}"
