"""The glossary as one list: by letter, by category, and as one types."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import numpy as np
import pytest

from knowledge import EmbedderError
from knowledge.catalogue import MOST_LISTED, Catalogue, Filter, list_language
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
    @pytest.mark.parametrize(("interface", "language"), [("ar", "ar"), ("fr", "en")])
    def test_is_in_the_interfaces_language_else_in_the_glossarys_first(
        self, interface: str, language: str
    ) -> None:
        assert list_language(TIDES, interface) == language


class TestLetters:
    def test_narrow_the_list(self) -> None:
        assert _all(Catalogue(TIDES, "en"), Filter(letter="S")) == ["spring-tide", "surge"]

    @pytest.mark.parametrize("letter", ["s", "Š"])
    def test_are_told_however_they_are_written(self, letter: str) -> None:
        assert _all(Catalogue(TIDES, "en"), Filter(letter=letter)) == ["spring-tide", "surge"]

    def test_are_the_whole_alphabet_each_with_its_number(self) -> None:
        listing = Catalogue(TIDES, "ar").listing(Filter(), cast("Retriever", Scripted(TIDES)))
        assert len(listing.letters) == 28 + 2
        assert listing.letters["م"] == 2
        assert listing.letters["ب"] == 0
        assert listing.letters["D"] == 1  # and those of entries in another script

    @pytest.mark.parametrize("letter", ["ق", "\ud800"])
    def test_that_the_list_does_not_have_narrow_nothing(self, letter: str) -> None:
        assert len(_all(Catalogue(TIDES, "en"), Filter(letter=letter))) in (5, 0)


class TestCategories:
    def test_narrow_the_list_together_with_a_letter(self) -> None:
        catalogue = Catalogue(TIDES, "en")
        assert _all(catalogue, Filter(category="Tides")) == ["neap-tide", "spring-tide", "surge"]
        assert _all(catalogue, Filter("N", "Tides")) == ["neap-tide"]

    def test_are_told_by_their_names_in_another_language(self) -> None:
        listing = Catalogue(TIDES, "ar").listing(
            Filter(category="Tides"), cast("Retriever", Scripted(TIDES))
        )
        assert listing.wanted.category == "المد"
        assert {entry.id for entry in listing.entries} == {"neap-tide", "spring-tide", "surge"}


class TestALongList:
    LONG = _glossary(
        *(an_entry(f"{letter}-{n}") for letter in "bcd" for n in range(MOST_LISTED // 2)),
        an_entry("e-0", category="Few"),
    )


class TestTyping:
    def test_finds_names_by_their_beginning_first(self) -> None:
        script = Scripted(TIDES, {"moon": 0.5, "spring-tide": 0.4})
        found = _ids(Catalogue(TIDES, "en"), Filter(query="spri"), script)
        assert found == ["spring-tide", "neap-tide", "moon"]  # its term, an alias, what is meant

    @pytest.mark.parametrize("typed", ["الق", "القمر"])
    def test_knows_an_article_half_typed(self, typed: str) -> None:
        assert _ids(Catalogue(TIDES, "ar"), Filter(query=typed)) == ["moon"]

    def test_asks_nothing_for_one_letter(self) -> None:
        script = Scripted(TIDES)
        assert _ids(Catalogue(TIDES, "en"), Filter(query="m"), script) == ["moon"]
        assert script.asked == []

    def test_searches_names_where_retrieval_fails(self) -> None:
        script = Scripted(TIDES, failure="The server is away.")
        listing = Catalogue(TIDES, "en").listing(Filter(query="moo"), cast("Retriever", script))
        assert [entry.id for entry in listing.entries] == ["moon"]
        assert listing.failure == "The server is away."


@pytest.mark.parametrize(("typed", "first"), RETRIEVED)
def test_what_is_meant_is_found_in_the_bundled_glossary(
    retriever: Retriever, typed: str, first: str
) -> None:
    listing = Catalogue(retriever.glossary, "en").listing(Filter(query=typed), retriever)
    assert listing.entries[0].term == first
