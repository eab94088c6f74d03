"""Drafts: what any reader found, checked and made into an entry."""

from typing import Any

import pytest

from knowledge.entry import Entry, Source
from knowledge.fault import Fault
from knowledge.formats.draft import known_heading, make_entry, opening, slug

SECTIONS = opening(["A tide is the rise and fall of the sea."])


def _make(**values: Any) -> Entry:
    entry = make_entry({"term": "Tide", **values}, SECTIONS, "sea.md")
    assert isinstance(entry, Entry), str(entry)
    return entry


def _fault(**values: Any) -> Fault:
    fault = make_entry({"term": "Tide", **values}, SECTIONS, "sea.md", lines={"term": 2}, line=1)
    assert isinstance(fault, Fault), str(fault)
    return fault


def test_a_term_and_a_definition_make_an_entry() -> None:
    entry = _make()
    assert (entry.id, entry.term, entry.language) == ("tide", "Tide", "en")
    assert entry.summary == "A tide is the rise and fall of the sea."


def test_the_language_is_given_or_the_folder_or_what_the_text_is_written_in() -> None:
    def made(text: str, default: str = "", **values: str) -> str:
        entry = make_entry(values, opening([text]), "sea.md", default_language=default)
        assert isinstance(entry, Entry)
        return entry.language

    text = "يرتفع ماء البحر وينخفض كل يوم."
    assert made(text, "fr", term="Tide", language="ar-EG") == "ar-EG"
    assert made(text, "fr", term="Tide") == "fr"
    assert made(text, term="Tide") == "ar"
    assert made("12 + 3", term="المد") == "ar"
    assert made("12 + 3", term="90", id="ninety") == "en"


def test_a_source_is_a_mapping_or_a_title() -> None:
    sources = [
        {"title": "Tides", "authors": "A. Hale", "year": "2021", "url": "https://a.example"},
        "Notes on Water",
    ]
    assert _make(sources=sources).sources == (
        Source("Tides", "A. Hale", 2021, "https://a.example"),
        Source("Notes on Water"),
    )
    assert _make(sources="Notes on Water").sources == (Source("Notes on Water"),)


@pytest.mark.parametrize("term", [None, "  ", "\u200f"])
def test_an_entry_without_a_term_is_a_fault(term: str | None) -> None:
    fault = _fault(term=term)
    assert (fault.path, fault.line, fault.severity) == ("sea.md", 2, "error")
    assert "no term" in fault.message


@pytest.mark.parametrize(
    ("field", "value"), [("aliases", 5), ("language", "English"), ("category", ["Seas"])]
)
def test_a_field_of_the_wrong_kind_is_a_fault_that_names_it(field: str, value: object) -> None:
    fault = make_entry(
        {"term": "Tide", field: value}, SECTIONS, "sea.md", lines={"term": 2, field: 7}
    )
    assert isinstance(fault, Fault)
    assert (fault.line, fault.severity) == (7, "error")
    assert f"“{field}" in fault.message
    assert "\n" not in fault.message


@pytest.mark.parametrize(
    ("text", "made"), [("Spring Tide", "spring-tide"), ("ज्वार", "ज्वार"), ("—", "")]
)
def test_a_slug_is_letters_and_digits_joined_by_hyphens(text: str, made: str) -> None:
    assert slug(text) == made


@pytest.mark.parametrize(
    ("line", "name"), [("Example", "example"), ("آخر الأخبار حول الموضوع", "news"), ("", None)]
)
def test_known_headings_are_known_however_they_are_spelt(line: str, name: str | None) -> None:
    assert known_heading(line) == name
