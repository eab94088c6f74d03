"""The glossary as one list: by letter, by category, and as one types."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import numpy as np
import pytest

from knowledge import EmbedderError
from knowledge.catalogue import MOST_LISTED, WORTH_LISTING, Catalogue, Filter, list_language
from knowledge.entry import Entry
from knowledge.glossary import Glossary
from knowledge.search.evidence import Evidence, FoundEntry
from knowledge.search.intent import ROLES, IntentPrediction
from knowledge.search.retriever import Retriever
from tests.knowledge.conftest import an_entry

RETRIEVED = [  # what is typed; a term that stands first, though it may not begin with it
    ("how machines learn", "Machine learning"),
    ("hallucinate", "Hallucination"),
    ("الشبكات العصبية", "Neural network"),
]


@dataclass
class Scripted:
    """Retrieval that finds what it is told to, and keeps the questions."""

    glossary: Glossary
    scores: dict[str, float] = field(default_factory=dict)
    confidence: float = 1.0
    failure: str = ""
    asked: list[tuple[str, str]] = field(default_factory=list)

    def retrieve(self, question: str, spoken: str, *, language: str) -> Evidence:
        self.asked.append((question, spoken))
        if self.failure:
            raise EmbedderError(self.failure)
        found = ((self.glossary.get(name, language), score) for name, score in self.scores.items())
        entries = tuple(FoundEntry(entry, score, {}) for entry, score in found if entry)
        wants = IntentPrediction({"definition": 1.0}, np.ones(len(ROLES)), 0.0)
        return Evidence(question, language, wants, entries, (), (), self.confidence)


def _glossary(*entries: Entry) -> Glossary:
    return Glossary(Path("x"), entries)


TIDES = _glossary(
    an_entry("spring-tide", category="Tides"),
    an_entry("spring-tide", "ar", term="المد الأعلى", category="المد"),
    an_entry("neap-tide", category="Tides", aliases=("Springless tide",)),
    an_entry("neap-tide", "ar", term="المد الأدنى", category="المد"),
    an_entry("moon", category="Sky"),
    an_entry("moon", "ar", term="القمر", category="السماء"),
    an_entry("surge", category="Tides"),  # not in Arabic
    an_entry("delta"),  # in no category
)


def _ids(catalogue: Catalogue, wanted: Filter, script: Scripted | None = None) -> list[str]:
    retriever = cast("Retriever", script or Scripted(catalogue.glossary))
    return [entry.id for entry in catalogue.listing(wanted, retriever).entries]


def _all(catalogue: Catalogue, wanted: Filter = Filter()) -> list[str]:  # noqa: B008  (frozen)
    return _ids(catalogue, wanted)


class TestTheList:
    @pytest.mark.parametrize(
        ("interface", "language"), [("ar", "ar"), ("en", "en"), ("en-GB", "en"), ("fr", "en")]
    )
    def test_is_in_the_interfaces_language_else_in_the_glossarys_first(
        self, interface: str, language: str
    ) -> None:
        assert list_language(TIDES, interface) == language

    def test_has_each_entry_once_in_alphabetical_order(self) -> None:
        assert _all(Catalogue(TIDES, "en")) == [
            "delta", "moon", "neap-tide", "spring-tide", "surge",
        ]  # fmt: skip

    def test_shows_an_entry_in_the_language_that_it_has(self) -> None:
        catalogue = Catalogue(TIDES, "ar")
        written = {entry.id: entry.language for entry in catalogue.entries}
        assert written["surge"] == "en"
        assert written["moon"] == "ar"
        assert _all(catalogue)[-2:] == ["delta", "surge"]  # after the Arabic letters

    def test_names_the_language_beside_it(self) -> None:
        assert Catalogue(TIDES, "ar").second == "en"
        assert Catalogue(_glossary(an_entry("moon")), "en").second == ""


class TestLetters:
    def test_narrow_the_list(self) -> None:
        assert _all(Catalogue(TIDES, "en"), Filter(letter="S")) == ["spring-tide", "surge"]

    @pytest.mark.parametrize("letter", ["s", " S", "Š"])
    def test_are_told_however_they_are_written(self, letter: str) -> None:
        assert _all(Catalogue(TIDES, "en"), Filter(letter=letter)) == ["spring-tide", "surge"]

    def test_have_their_articles_aside(self) -> None:
        assert _all(Catalogue(TIDES, "ar"), Filter(letter="ق")) == ["moon"]

    def test_are_the_whole_alphabet_each_with_its_number(self) -> None:
        listing = Catalogue(TIDES, "ar").listing(Filter(), cast("Retriever", Scripted(TIDES)))
        assert len(listing.letters) == 28 + 2
        assert listing.letters["م"] == 2
        assert listing.letters["ب"] == 0
        assert listing.letters["D"] == 1  # and those of entries in another script

    @pytest.mark.parametrize("letter", ["ق", "?", "ab c", "\ud800"])
    def test_that_the_list_does_not_have_narrow_nothing(self, letter: str) -> None:
        assert len(_all(Catalogue(TIDES, "en"), Filter(letter=letter))) in (5, 0)

    def test_without_an_entry_are_empty(self) -> None:
        assert _all(Catalogue(TIDES, "en"), Filter(letter="X")) == []

    def test_of_another_script_are_those_that_terms_begin_with(self) -> None:
        terms = ("กลางคืน", "กลางวัน", "ดาว", "ดวงจันทร์")
        catalogue = Catalogue(_glossary(*(an_entry(t, "th") for t in terms)), "th")
        letters = catalogue.listing(Filter(), cast("Retriever", Scripted(TIDES))).letters
        assert letters == {"ก": 2, "ด": 2}

    def test_are_none_where_each_term_has_its_own(self) -> None:
        catalogue = Catalogue(_glossary(*(an_entry(t, "zh") for t in ("月亮", "潮汐", "海"))), "zh")
        assert catalogue.listing(Filter(), cast("Retriever", Scripted(TIDES))).letters == {}
        assert {catalogue.letter(entry) for entry in catalogue.entries} == {""}


class TestCategories:
    def test_narrow_the_list_together_with_a_letter(self) -> None:
        catalogue = Catalogue(TIDES, "en")
        assert _all(catalogue, Filter(category="Tides")) == ["neap-tide", "spring-tide", "surge"]
        assert _all(catalogue, Filter("N", "Tides")) == ["neap-tide"]

    def test_are_counted_under_the_letter(self) -> None:
        listing = Catalogue(TIDES, "en").listing(Filter("S"), cast("Retriever", Scripted(TIDES)))
        assert listing.categories == {"Tides": 2, "Sky": 0}

    def test_count_what_is_in_none(self) -> None:
        listing = Catalogue(TIDES, "en").listing(Filter(), cast("Retriever", Scripted(TIDES)))
        assert listing.uncategorised == 1

    def test_are_told_by_their_names_in_another_language(self) -> None:
        listing = Catalogue(TIDES, "ar").listing(
            Filter(category="Tides"), cast("Retriever", Scripted(TIDES))
        )
        assert listing.wanted.category == "المد"
        assert {entry.id for entry in listing.entries} == {"neap-tide", "spring-tide", "surge"}

    def test_that_the_glossary_does_not_have_narrow_nothing(self) -> None:
        assert len(_all(Catalogue(TIDES, "en"), Filter(category="Birds"))) == 5


class TestALongList:
    LONG = _glossary(
        *(an_entry(f"{letter}-{n}") for letter in "bcd" for n in range(MOST_LISTED // 2)),
        an_entry("e-0", category="Few"),
    )

    def test_is_shown_by_its_first_letter(self) -> None:
        listing = Catalogue(self.LONG, "en").listing(Filter(), cast("Retriever", Scripted(TIDES)))
        assert listing.long
        assert listing.wanted.letter == "B"
        assert len(listing.entries) == MOST_LISTED // 2
        assert listing.categories == {"Few": 1}  # not under that letter alone

    def test_is_not_long_within_a_category(self) -> None:
        listing = Catalogue(self.LONG, "en").listing(
            Filter(category="Few"), cast("Retriever", Scripted(TIDES))
        )
        assert not listing.long
        assert [entry.id for entry in listing.entries] == ["e-0"]

    def test_is_searched_whole(self) -> None:
        assert _ids(Catalogue(self.LONG, "en"), Filter(query="e 0")) == ["e-0"]


class TestTyping:
    def test_finds_names_by_their_beginning_first(self) -> None:
        script = Scripted(TIDES, {"moon": 0.5, "spring-tide": 0.4})
        found = _ids(Catalogue(TIDES, "en"), Filter(query="spri"), script)
        assert found == ["spring-tide", "neap-tide", "moon"]  # its term, an alias, what is meant

    def test_finds_names_by_their_other_words_before_what_is_meant(self) -> None:
        script = Scripted(TIDES, {"moon": 0.9})
        found = _ids(Catalogue(TIDES, "en"), Filter(query="tid"), script)
        assert found == ["neap-tide", "spring-tide", "moon"]

    def test_puts_a_whole_name_before_longer_ones(self) -> None:
        glossary = _glossary(an_entry("ai-agent"), an_entry("intelligence", aliases=("AI",)))
        assert _ids(Catalogue(glossary, "en"), Filter(query="ai")) == ["intelligence", "ai-agent"]

    def test_finds_by_names_in_the_other_language(self) -> None:
        assert _ids(Catalogue(TIDES, "en"), Filter(query="القم")) == ["moon"]

    def test_knows_spellings_of_one_name(self) -> None:
        assert _ids(Catalogue(TIDES, "ar"), Filter(query="مد ادن")) == ["neap-tide"]

    @pytest.mark.parametrize("typed", ["الق", "القم", "القمر"])
    def test_knows_an_article_half_typed(self, typed: str) -> None:
        assert _ids(Catalogue(TIDES, "ar"), Filter(query=typed)) == ["moon"]

    def test_lists_everything_for_an_article_alone(self) -> None:
        assert len(_ids(Catalogue(TIDES, "ar"), Filter(query="ال"))) == 5

    def test_finds_in_scripts_without_spaces(self) -> None:
        glossary = _glossary(*(an_entry(t, "zh") for t in ("机器学习", "学习率", "数据")))
        assert _ids(Catalogue(glossary, "zh"), Filter(query="学")) == ["学习率", "机器学习"]

    def test_leaves_out_what_is_hardly_meant(self) -> None:
        script = Scripted(TIDES, {"moon": 0.8, "surge": 0.2, "delta": 0.19})
        assert _ids(Catalogue(TIDES, "en"), Filter(query="lunar"), script) == ["moon", "surge"]
        script.confidence = WORTH_LISTING
        assert _ids(Catalogue(TIDES, "en"), Filter(query="lunar"), script) == ["moon"]
        script.confidence = WORTH_LISTING - 0.01
        assert _ids(Catalogue(TIDES, "en"), Filter(query="lunar"), script) == []

    def test_asks_in_the_language_that_is_typed(self) -> None:
        script = Scripted(TIDES)
        _ids(Catalogue(TIDES, "ar"), Filter(query="lunar"), script)
        _ids(Catalogue(TIDES, "en"), Filter(query="قمري"), script)
        assert script.asked == [("lunar", "en"), ("قمري", "ar")]

    def test_asks_nothing_for_one_letter(self) -> None:
        script = Scripted(TIDES)
        assert _ids(Catalogue(TIDES, "en"), Filter(query="m"), script) == ["moon"]
        assert script.asked == []

    def test_searches_names_where_retrieval_fails(self) -> None:
        script = Scripted(TIDES, failure="The server is away.")
        listing = Catalogue(TIDES, "en").listing(Filter(query="moo"), cast("Retriever", script))
        assert [entry.id for entry in listing.entries] == ["moon"]
        assert listing.failure == "The server is away."

    def test_is_narrowed_by_letter_and_category(self) -> None:
        catalogue = Catalogue(TIDES, "en")
        assert _ids(catalogue, Filter("N", "", "tide")) == ["neap-tide"]
        assert _ids(catalogue, Filter("", "Sky", "tide")) == []
        listing = catalogue.listing(Filter("", "Tides", "tide"), cast("Retriever", Scripted(TIDES)))
        assert listing.letters["N"] == listing.letters["S"] == 1
        assert listing.categories == {"Tides": 2, "Sky": 0}

    @pytest.mark.parametrize("typed", ["?!", "…", "-"])
    def test_finds_nothing_for_signs(self, typed: str) -> None:
        assert _ids(Catalogue(TIDES, "en"), Filter(query=typed)) == []


@pytest.mark.parametrize(("typed", "first"), RETRIEVED)
def test_what_is_meant_is_found_in_the_bundled_glossary(
    retriever: Retriever, typed: str, first: str
) -> None:
    listing = Catalogue(retriever.glossary, "en").listing(Filter(query=typed), retriever)
    assert listing.entries[0].term == first
