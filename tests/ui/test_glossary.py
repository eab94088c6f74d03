"""The glossary's list: what is in it, and what narrows it."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from assistant.assistant import Assistant
from knowledge.catalogue import Catalogue, Wanted
from knowledge.entry import SUMMARY, Entry, Section
from knowledge.glossary import Glossary
from tests.ui.conftest import Browser, do, elsewhere, html_of, opened, press, text_of
from ui import markup
from ui.components import searchbox
from ui.formatting import excerpt
from ui.strings import strings

if TYPE_CHECKING:
    from knowledge.search.retriever import Retriever

_LINK = re.compile(r'<a href="(\./glossary[^"]*)" data-wanted="([^"]*)"([^>]*)>(.*?)</a>')
_TERM = re.compile(r"<h3><a [^>]*>(.*?)</a>")
ROWS = 5


def _entry(name: str, language: str = "en", text: str = "It rises.", **fields: str) -> Entry:
    fields = {"term": name, "category": "", **fields}
    return Entry(
        name, fields["term"], language, (Section(SUMMARY, "", text),), category=fields["category"]
    )


def _shown(
    *entries: Entry,
    interface: str = "en",
    wanted: Wanted = Wanted(),  # noqa: B008  (frozen)
    both: bool = False,
    most: int = 100,
) -> str:
    """The list of a glossary of these entries; nothing is found but by names."""
    nothing = cast("Retriever", SimpleNamespace(retrieve=lambda *_, **__: _NOTHING))
    catalogue = Catalogue(Glossary(Path("x"), entries), interface)
    listing = catalogue.listing(wanted, nothing)
    return markup.glossary(markup.Shown(catalogue, listing, interface, both, most))


_NOTHING = SimpleNamespace(entries=())


def _terms(html: str) -> list[str]:
    return [text_of(term) for term in _TERM.findall(html)]


def _links(html: str) -> Iterator[tuple[str, str, str]]:
    """The text of each link that narrows the list, its address, and its other attributes."""
    for address, _, attributes, text in _LINK.findall(html):
        yield text_of(text), unescape(address), attributes


class TestTheView:
    @pytest.mark.parametrize(
        ("language", "first"), [("en", "Accuracy"), ("ar", "الإجابة عن الأسئلة")]
    )
    def test_lists_the_whole_glossary_in_the_interfaces_language(
        self, assistant: Assistant, language: str, first: str
    ) -> None:
        html = html_of(opened(assistant, language, view="glossary"))
        terms = _terms(html)
        assert terms[0] == first
        assert len(terms) == len(assistant.glossary.ids)

    def test_takes_what_it_is_narrowed_by_from_the_address(self, assistant: Assistant) -> None:
        app = opened(assistant)
        do(app, "go", view="glossary", letter="C", category="Models")
        assert all(term.startswith("C") for term in _terms(html_of(app)))
        do(app, "go", view="glossary", q="hallucinat")
        assert _terms(html_of(app))[0] == "Hallucination"

    def test_passes_over_what_an_address_may_not_say(self, assistant: Assistant) -> None:
        app = opened(assistant)
        do(app, "go", view="glossary", letter="<b>", category="x" * 9000)
        assert len(_terms(html_of(app))) == len(assistant.glossary.ids)

    def test_shows_both_languages_and_keeps_that(self, assistant: Assistant) -> None:
        app = opened(assistant, view="glossary")
        assert "m-pair" not in html_of(app)
        press(app, strings("en")["both"])
        html = html_of(app)
        assert html.count("m-pair") == len(assistant.glossary.ids)
        assert 'aria-pressed="true"' in html
        press(app, strings("en")["both"])
        assert "m-pair" not in html_of(app)

    def test_knows_that_choice_from_an_earlier_visit(
        self, assistant: Assistant, browser: Browser
    ) -> None:
        browser.choices(both=True)
        assert "m-pair" in html_of(opened(assistant, view="glossary"))

    @pytest.mark.parametrize("language", ["en", "ar"])
    def test_offers_to_ask_the_chat_what_it_does_not_find(
        self, assistant: Assistant, tmp_path: Path, language: str
    ) -> None:
        app = opened(elsewhere(assistant, tmp_path), language)
        do(app, "go", view="glossary", q="zzyzx")
        words = strings(language)
        assert "zzyzx" in text_of(html_of(app))
        press(app, words["none_ask"])
        assert app.session_state["turns"][-1].question == "zzyzx"

    def test_marks_an_entry_in_another_language(self, teahouse: Assistant) -> None:
        html = html_of(opened(teahouse, "en", view="glossary"))
        assert _terms(html) == ["Kettle", "Teapot", "النعناع"]
        assert html.count(">Arabic</span>") == 1


class TestAnEntry:
    def test_opens_its_page(self) -> None:
        html = _shown(_entry("moon"))
        assert 'href="./term?id=moon&amp;lang=en"' in html

    def test_shows_its_name_in_the_other_language(self) -> None:
        html = _shown(_entry("moon"), _entry("moon", "ar", term="القمر"), _entry("tide"))
        assert '<p class="m-other" lang="ar" dir="rtl">القمر</p>' in html

    def test_stands_beside_the_other_language_in_its_own_direction(self) -> None:
        other = _entry("moon", "ar", "يدور حول الأرض.", term="القمر")
        html = _shown(_entry("moon"), other, _entry("tide"), both=True)
        assert '<div lang="ar" dir="rtl">' in html
        assert "يدور حول الأرض." in html
        assert strings("en")["both_missing"].format(language="Arabic") in html  # of the tide

    def test_that_is_not_in_the_lists_language_says_so(self) -> None:
        html = _shown(_entry("قمر", "ar"), _entry("tide"), _entry("ebb"))
        assert '<span class="m-badge" dir="auto">Arabic</span>' in html

    def test_has_its_category_unless_all_have_it(self) -> None:
        moon, tide = _entry("moon", category="Sky"), _entry("tide", category="Sea")
        assert _shown(moon, tide).count("m-badge") == 2
        assert "m-badge" not in _shown(moon, tide, wanted=Wanted(category="Sky"))

    def test_has_the_words_marked_that_were_typed(self) -> None:
        html = _shown(_entry("moon", text="Moons pull."), wanted=Wanted(query="moo"))
        assert "<mark>moon</mark>" in html
        assert "<mark>Moons</mark>" in html

    def test_shows_the_other_name_by_which_it_was_found(self) -> None:
        entry = Entry("moon", "Moon", "en", (Section(SUMMARY, "", "It."),), aliases=("Luna",))
        html = _shown(entry, wanted=Wanted(query="lun"))
        assert "Also: Luna" in text_of(html)

    def test_begins_its_summary_with_whole_words(self) -> None:
        text = excerpt("word " * 100, 220)
        assert text.endswith("word…")
        assert len(text) < 230
        assert excerpt("字" * 300, 220) == "字" * 220 + "…"
        assert excerpt("Short.", 220) == "Short."


class TestLetters:
    def test_without_entries_are_no_links(self) -> None:
        html = _shown(_entry("moon"), _entry("tide"))
        assert [text for text, _, _ in _links(html)] == ["All", "M", "T"]
        assert '<span aria-hidden="true">A</span>' in html

    def test_run_as_they_are_read_in_an_interface_of_the_other_direction(self) -> None:
        assert '<ul dir="ltr">' in _shown(_entry("moon"), interface="ar")
        assert '<ul dir="rtl">' in _shown(_entry("قمر", "ar"), interface="en")

    def test_tell_which_is_chosen(self) -> None:
        html = _shown(_entry("moon"), _entry("tide"), wanted=Wanted("M"))
        chosen = [text for text, _, attributes in _links(html) if "aria-current" in attributes]
        assert chosen == ["M"]

    def test_keep_the_other_filters_in_their_addresses(self) -> None:
        html = _shown(_entry("moon", category="A & B"), wanted=Wanted("", "A & B", "moo"))
        addresses = {text: address for text, address, _ in _links(html)}
        assert addresses["M"] == "./glossary?lang=en&letter=M&category=A+%26+B&q=moo"

    def test_are_headings_with_an_anchor(self) -> None:
        assert '<section class="m-group" id="letter-M"><h2>M</h2>' in _shown(_entry("moon"))

    def test_are_none_in_a_script_without_an_alphabet(self) -> None:
        html = _shown(*(_entry(term, "zh") for term in ("月亮", "潮汐", "海")))
        assert "m-letters" not in html
        assert "<h2>" not in html
        assert _terms(html) == sorted(("月亮", "潮汐", "海"))


class TestCategories:
    def test_have_their_numbers_in_the_interfaces_digits(self) -> None:
        entries = [_entry(f"م{n}", "ar", category="بحر") for n in range(12)]
        texts = [text for text, _, _ in _links(_shown(*entries, interface="ar"))]
        assert texts[-2:] == ["كل الفئات ١٢", "بحر ١٢"]

    def test_are_not_there_where_entries_have_none(self) -> None:
        html = _shown(_entry("moon"))
        assert "m-categories" not in html
        assert "m-alone" in html

    def test_count_entries_without_one_in_the_whole(self) -> None:
        texts = [text for text, _, _ in _links(_shown(_entry("a", category="X"), _entry("b")))]
        assert texts[-2:] == ["All categories 2", "X 1"]


class TestFilters:
    def test_are_lifted_one_by_one(self) -> None:
        moon = _entry("moon", category="Sky")
        html = unescape(_shown(moon, wanted=Wanted("M", "Sky", "moo")))
        for name in ("letter", "category", "q"):
            assert f'data-wanted="{{"{name}": ""}}"' in html

    def test_that_leave_nothing_are_lifted_together(self) -> None:
        html = unescape(_shown(_entry("moon", category="Sky"), wanted=Wanted("X", "Sky")))
        assert strings("en")["none_narrow"] in html
        assert '{"letter": "", "category": "", "q": ""}' in html

    def test_one_language_has_no_other_beside_it(self) -> None:
        assert strings("en")["both"] not in _shown(_entry("moon"))

    @pytest.mark.parametrize(
        ("interface", "count", "said"),
        [("en", 0, "No term"), ("en", 1, "One term"), ("en", 2, "2 terms"),
         ("ar", 0, "لا مصطلحات"), ("ar", 2, "مصطلحان"), ("ar", 12, "١٢ مصطلحًا")],
    )  # fmt: skip
    def test_leave_so_many_in_words(self, interface: str, count: int, said: str) -> None:
        catalogue = Catalogue(
            Glossary(Path("x"), tuple(_entry(f"m{n}") for n in range(count or 1))), "en"
        )
        wanted = Wanted(letter="" if count else "X")
        listing = catalogue.listing(wanted, cast("Retriever", None))
        assert markup.glossary_count(listing, interface) == said


def test_more_than_can_be_read_at_once_is_shown_on_demand() -> None:
    html = _shown(*(_entry(f"m{n}") for n in range(ROWS + 2)), most=ROWS)
    assert len(_terms(html)) == ROWS
    assert strings("en")["more_terms"].format(n=2) in html
    assert f'{{"shown": {ROWS}}}' in unescape(html)


class TestWhatTheBrowserTells:
    @staticmethod
    def _told(
        monkeypatch: pytest.MonkeyPatch, told: object
    ) -> tuple[dict[str, str], dict[str, object]]:
        """The address after it, and what the session keeps."""

        class Address(dict[str, str]):
            def from_dict(self, items: object) -> None:
                fresh = dict(cast("list[tuple[str, str]]", items))
                self.clear()
                self.update(fresh)

        address = Address(lang="ar", letter="B", q="old")
        session: dict[str, object] = {"search": SimpleNamespace(wanted=told)}
        monkeypatch.setattr(
            searchbox, "st", SimpleNamespace(session_state=session, query_params=address)
        )
        searchbox._keep()
        return dict(address), session

    def test_is_the_address(self, monkeypatch: pytest.MonkeyPatch) -> None:
        told = {"letter": "", "category": "Models", "q": "  a \u200f b ", "told": 3, "shown": 60}
        address, session = self._told(monkeypatch, told)
        assert address == {"lang": "ar", "category": "Models", "q": "a b"}
        assert (session["told"], session["listed"]) == (3, 60)

    @pytest.mark.parametrize(
        "told",
        [
            {"letter": 1, "category": None, "q": ["x"], "told": "x", "shown": -1},
            {"letter": "\ud800", "q": "\x00", "told": None, "shown": {}},
            {},
        ],
    )
    def test_may_be_anything(self, monkeypatch: pytest.MonkeyPatch, told: object) -> None:
        address, session = self._told(monkeypatch, told)
        assert address == {"lang": "ar"}
        assert (session["told"], session["listed"]) == (0, 0)

    @pytest.mark.parametrize("told", [None, "x", 3, ["q"]])
    def test_may_be_nothing_of_the_kind(
        self, monkeypatch: pytest.MonkeyPatch, told: object
    ) -> None:
        address, _ = self._told(monkeypatch, told)
        assert address == {"lang": "ar", "letter": "B", "q": "old"}

    def test_is_cut_where_it_is_too_long(self, monkeypatch: pytest.MonkeyPatch) -> None:
        address, _ = self._told(monkeypatch, {"q": "x" * 5000})
        assert len(address["q"]) == searchbox.MOST
