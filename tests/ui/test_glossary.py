"""The glossary's list: what is in it, and what narrows it."""

import re
from collections.abc import Iterable
from html import unescape
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from assistant.assistant import Assistant
from knowledge.catalogue import Catalogue, Filter
from knowledge.entry import SUMMARY, Entry, Section
from knowledge.glossary import Glossary
from tests.ui.conftest import do, html_of, opened, text_of
from ui.strings import strings
from ui.views import glossary as glossary_view

if TYPE_CHECKING:
    from knowledge.search.retriever import Retriever

WORDS = strings("en")
ROWS = 5
_LINK = re.compile(r'<a href="(\./glossary[^"]*)" data-wanted="([^"]*)"([^>]*)>(.*?)</a>')
_TERM = re.compile(r"<h3><a [^>]*>(.*?)</a>")
_NOTHING = SimpleNamespace(entries=())


def _entry(
    name: str, language: str = "en", text: str = "It rises.", term: str = "", category: str = ""
) -> Entry:
    sections = (Section(SUMMARY, "", text),)
    return Entry(name, term or name, language, sections, category=category)


def _shown(
    *entries: Entry,
    interface: str = "en",
    wanted: Filter = Filter(),  # noqa: B008  (frozen)
    both: bool = False,
    most: int = 100,
) -> str:
    """The list of a glossary of these entries; nothing is found but by names."""
    nothing = cast("Retriever", SimpleNamespace(retrieve=lambda *_, **__: _NOTHING))
    catalogue = Catalogue(Glossary(Path("x"), entries), interface)
    listing = catalogue.listing(wanted, nothing)
    return glossary_view.markup(catalogue, listing, interface, both=both, most=most)


def _terms(html: str) -> list[str]:
    return [text_of(term) for term in _TERM.findall(html)]


def _links(html: str) -> dict[str, tuple[str, str]]:
    """Of each link that narrows the list, by its text: the address, and its other attributes."""
    return {
        text_of(text): (unescape(address), attributes)
        for address, _, attributes, text in _LINK.findall(html)
    }


@pytest.mark.parametrize(("language", "first"), [("en", "A/B test"), ("ar", "الإجابة عن الأسئلة")])
def test_it_lists_the_whole_glossary_and_what_the_address_narrows_it_to(
    assistant: Assistant, language: str, first: str
) -> None:
    app = opened(assistant, language, view="glossary")
    whole = _terms(html_of(app))
    assert whole[0] == first
    assert len(whole) == len(assistant.glossary.ids)
    do(app, "go", view="glossary", letter="<b>", category="x" * 9000)
    assert _terms(html_of(app)) == whole  # what an address may not say is passed over
    category = next(iter(assistant.glossary.categories(language)))
    do(app, "go", view="glossary", category=category)
    assert 0 < len(_terms(html_of(app))) < len(whole)
    do(app, "go", view="glossary", q="hallucinat")
    assert _terms(html_of(app))[0] == {"en": "Hallucination", "ar": "الهلوسة"}[language]


def test_an_entry_has_its_address_its_other_language_and_its_category() -> None:
    other = _entry("moon", "ar", "يدور حول الأرض.", term="القمر")
    moon, tide = _entry("moon", category="Sky"), _entry("tide", category="Sea")
    html = _shown(moon, other, tide)
    assert 'href="./term?id=moon&amp;lang=en"' in html
    assert '<p class="m-other" lang="ar" dir="rtl">القمر</p>' in html
    assert html.count("m-badge") == 2
    assert "m-badge" not in _shown(moon, other, tide, wanted=Filter(category="Sky"))
    html = _shown(moon, other, tide, both=True)
    assert '<div lang="ar" dir="rtl">' in html
    assert "يدور حول الأرض." in html
    assert WORDS["both_missing"].format(language="Arabic") in html  # of the tide
    assert WORDS["both"] not in _shown(tide)  # where there is one language alone
    html = _shown(_entry("قمر", "ar"), _entry("tide"), _entry("ebb"))
    assert '<span class="m-badge" dir="auto">Arabic</span>' in html


def test_another_name_that_was_typed_is_shown_and_a_long_summary_cut() -> None:
    sections = (Section(SUMMARY, "", "Moons pull."),)
    entry = Entry("moon", "Moon", "en", sections, aliases=("Luna",))
    assert "Also:" not in text_of(_shown(entry, wanted=Filter(query="moo")))
    assert "Also: Luna" in text_of(_shown(entry, wanted=Filter(query="lun")))
    assert "word…</p>" in _shown(_entry("moon", text="word " * 100))


def test_letters_and_categories_narrow_the_list_keep_each_other_and_are_lifted() -> None:
    moon, tide = _entry("moon", category="A & B"), _entry("tide")
    html = _shown(moon, tide, wanted=Filter("M"))
    links = _links(html)
    assert list(links) == ["All", "M", "T", "All categories 1", "A & B 1"]
    assert "aria-current" in links["M"][1]
    assert "aria-current" not in links["T"][1]
    assert '<span aria-hidden="true">A</span>' in html  # no entry begins with it
    assert '<section class="m-group" id="letter-M"><h2>M</h2>' in html
    html = _shown(moon, tide, wanted=Filter("", "A & B", "moo"))
    assert _links(html)["M"][0] == "./glossary?lang=en&letter=M&category=A+%26+B&q=moo"
    for name in ("category", "q"):
        assert f'data-wanted="{{"{name}": ""}}"' in unescape(html)
    html = unescape(_shown(moon, wanted=Filter("X", "A & B")))
    assert WORDS["none_narrow"] in html
    assert '{"letter": "", "category": "", "q": ""}' in html


@pytest.mark.parametrize(
    ("told", "address"),
    [
        (
            {"letter": "", "category": "Models", "q": "  a \u200f b ", "told": 3},
            {"lang": "ar", "category": "Models", "q": "a b"},
        ),
        ({"letter": 1, "category": None, "q": ["x"], "told": "x", "shown": -1}, {"lang": "ar"}),
        (
            {"letter": "\ud800", "q": "x\x00" * 5000},
            {"lang": "ar", "q": "x" * glossary_view.MOST},
        ),
        (["q"], {"lang": "ar", "letter": "B"}),
    ],
)
def test_what_the_browser_tells_is_the_address_whatever_it_is(
    monkeypatch: pytest.MonkeyPatch, told: object, address: dict[str, str]
) -> None:
    params = QueryParams({"lang": "ar", "letter": "B"})
    session: dict[str, object] = {"search": SimpleNamespace(wanted=told)}
    streamlit = SimpleNamespace(session_state=session, query_params=params)
    monkeypatch.setattr(glossary_view, "st", streamlit)
    glossary_view._keep()
    assert params == address


class QueryParams(dict[str, str]):
    """As Streamlit has them."""

    def from_dict(self, items: Iterable[tuple[str, str]]) -> None:
        fresh = dict(items)
        self.clear()
        self.update(fresh)
