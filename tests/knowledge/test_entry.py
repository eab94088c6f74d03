"""Entries: their sentences, by which they are found, and their passages."""

from dataclasses import replace

import pytest

from knowledge.entry import PASSAGE_CHARACTERS, SUMMARY, Entry, Section
from knowledge.glossary import Glossary
from knowledge.language.text import sentences


def _entry(*texts: str, language: str = "en", term: str = "Tide") -> Entry:
    sections = tuple(
        Section(name, "", text)
        for name, text in zip((SUMMARY, "body", "example"), texts, strict=False)
    )
    return Entry("tide", term, language, sections)


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        pytest.param("The sea at Larkmouth rose by 3.5 m. that day.", "en", id="English"),
        pytest.param("ارتفع البحر عند المرفأ ثلاثة أمتار في ذلك اليوم.", "ar", id="Arabic"),
        pytest.param("🌊 The 𝔖ea rose and rose again.", "en", id="beyond the basic plane"),
    ],
)
def test_a_long_paragraph_is_parted_between_sentences_only(sentence: str, language: str) -> None:
    entry = _entry(" ".join(f"{n}: {s}" for n, s in enumerate([sentence] * 99)), language=language)
    text = entry.summary
    starts = {span.start for span in sentences(text, language)}
    ends = {span.end for span in sentences(text, language)}
    assert len(entry.passages) > 1
    for passage in entry.passages:
        assert passage.start in starts
        assert passage.end in ends
        assert len(passage.text) <= PASSAGE_CHARACTERS
        assert text[passage.start : passage.end] == passage.text


def test_sentences_and_passages_hold_all_that_an_entry_says_and_are_where_they_say(
    bundled: Glossary,
) -> None:
    for entry in bundled.entries:
        said = "".join(section.text for section in entry.sections)
        told = "".join(sentence.text for sentence in entry.sentences)
        assert "".join(told.split()) == "".join(said.split())
        for place, sentence in enumerate(entry.sentences):
            text = entry.text(sentence.section)
            assert text[sentence.start : sentence.end] == sentence.text
            assert sentence.text.strip() == sentence.text != ""
            assert (sentence.place, sentence.key) == (place, entry.key)
        for passage in entry.passages:
            assert entry.text(passage.section)[passage.start : passage.end] == passage.text
            assert passage.text.strip() == passage.text != ""


def test_sentences_are_counted_from_the_beginnings_of_their_entry_section_and_paragraph() -> None:
    entry = _entry("It rises. It falls.", "It rests.\n\nIt turns. It runs.")
    assert [(s.text, s.place, s.order, s.paragraph) for s in entry.sentences] == [
        ("It rises.", 0, 0, 0),
        ("It falls.", 1, 1, 0),
        ("It rests.", 2, 0, 1),
        ("It turns.", 3, 1, 2),
        ("It runs.", 4, 2, 2),
    ]


def test_sentences_said_twice_in_a_section_are_one_and_in_two_sections_two() -> None:
    entry = _entry("It falls.", "It rises. It falls.\n\nIt rises.")
    assert [s.text for s in entry.sentences] == ["It falls.", "It rises.", "It falls."]
    assert len({s.id for s in entry.sentences}) == 3


def test_rows_are_its_sentences_and_then_what_it_is_asked_as(bundled: Glossary) -> None:
    asked = ("why is the beach wet?", "sea, coming in")
    entry = replace(_entry("The sea rises. It falls."), asked=asked)
    assert list(entry.rows.values()) == ["Tide: The sea rises.", "Tide: It falls.", *asked]
    assert [*entry.rows][:2] == [sentence.id for sentence in entry.sentences]
    assert [*entry.rows][2:] == [entry.wording_id(wording) for wording in asked]
    ids = [row for entry in bundled.entries for row in entry.rows]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param(_entry("The sea falls."), id="text"),
        pytest.param(_entry("The sea rises.", term="Tides"), id="term"),
        pytest.param(_entry("The sea rises.", language="fr"), id="language"),
        pytest.param(replace(_entry("The sea rises."), id="tides"), id="entry"),
    ],
)
def test_what_says_something_else_has_other_rows_and_another_version(changed: Entry) -> None:
    entry = _entry("The sea rises.")
    assert entry.rows.keys().isdisjoint(changed.rows)
    assert changed.version != entry.version


def test_a_version_is_the_same_in_every_run_and_wherever_the_entry_is_kept() -> None:
    entry = _entry("The sea rises.")
    moved = replace(entry, origin="elsewhere.md", line=9, asked=("wet beach",), related=("sea",))
    assert entry.version == moved.version == "6e7face7429fc85e"
    assert replace(entry, category="Seas").version != entry.version
