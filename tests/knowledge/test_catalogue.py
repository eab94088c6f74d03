"""The glossary as one list: by letter, by category, and as one types."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
import pytest

from knowledge import EmbedderError
from knowledge.catalogue import Catalogue, Filter, Listing
from knowledge.glossary import Glossary
from knowledge.search.evidence import Evidence, FoundEntry
from knowledge.search.intent import ROLES, IntentPrediction
from tests.knowledge.conftest import an_entry

if TYPE_CHECKING:
    from knowledge.search.retriever import Retriever


@dataclass
class Scripted:
    """Retrieval that finds what it is told to, and keeps the questions."""

    glossary: Glossary
    scores: dict[str, float] = field(default_factory=dict)
    failure: str = ""
    asked: list[str] = field(default_factory=list)

    def retrieve(self, question: str, spoken: str, *, language: str) -> Evidence:
        del spoken
        self.asked.append(question)
        if self.failure:
            raise EmbedderError(self.failure)
        found = ((self.glossary.get(name, language), score) for name, score in self.scores.items())
        entries = tuple(FoundEntry(entry, score, {}) for entry, score in found if entry)
        wants = IntentPrediction({"definition": 1.0}, np.ones(len(ROLES)), 0.0)
        return Evidence(question, language, wants, entries, (), (), 1.0)


TIDES = Glossary(
    Path("x"),
    (
        an_entry("spring-tide", category="Tides"),
        an_entry("spring-tide", "ar", term="المد الأعلى", category="المد"),
        an_entry("neap-tide", category="Tides", aliases=("Springless tide",)),
        an_entry("neap-tide", "ar", term="المد الأدنى", category="المد"),
        an_entry("moon", category="Sky"),
        an_entry("moon", "ar", term="القمر", category="السماء"),
        an_entry("surge", category="Tides"),  # not in Arabic
        an_entry("delta"),  # in no category
    ),
)


def _list(wanted: Filter, language: str = "en", script: Scripted | None = None) -> Listing:
    retriever = cast("Retriever", script or Scripted(TIDES))
    return Catalogue(TIDES, language).listing(wanted, retriever)


def _ids(wanted: Filter, language: str = "en", script: Scripted | None = None) -> list[str]:
    return [entry.id for entry in _list(wanted, language, script).entries]


def test_the_list_is_in_the_interface_s_language_else_in_the_glossary_s_first() -> None:
    assert [Catalogue(TIDES, shown).language for shown in ("ar", "fr")] == ["ar", "en"]


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        (Filter(letter="š"), ["spring-tide", "surge"]),
        (Filter("\ud800", "Sky"), ["moon"]),  # what is no letter narrows nothing
        (Filter(category="Tides"), ["neap-tide", "spring-tide", "surge"]),
        (Filter("N", "Tides"), ["neap-tide"]),
    ],
)
def test_a_letter_and_a_category_narrow_the_list(wanted: Filter, ids: list[str]) -> None:
    assert _ids(wanted) == ids


def test_letters_are_the_whole_alphabet_each_with_its_number() -> None:
    listing = _list(Filter(), "ar")
    assert len(listing.letters) == 28 + 2
    assert [listing.letters[letter] for letter in "مبD"] == [2, 0, 1]  # and of another script


def test_a_category_is_known_by_its_name_in_another_language() -> None:
    listing = _list(Filter(category="Tides"), "ar")
    assert listing.wanted.category == "المد"
    assert {entry.id for entry in listing.entries} == {"neap-tide", "spring-tide"}


def test_what_is_typed_finds_names_by_their_beginning_first() -> None:
    script = Scripted(TIDES, {"moon": 0.5, "spring-tide": 0.4})
    found = _ids(Filter(query="spri"), script=script)
    assert found == ["spring-tide", "neap-tide", "moon"]  # its term, an alias, what is meant
    one_letter = Scripted(TIDES)
    assert _ids(Filter(query="m"), script=one_letter) == ["moon"]
    assert one_letter.asked == []


def test_where_retrieval_fails_names_are_searched() -> None:
    script = Scripted(TIDES, failure="The server is away.")
    listing = _list(Filter(query="moo"), script=script)
    assert [entry.id for entry in listing.entries] == ["moon"]
    assert listing.failure == "The server is away."
