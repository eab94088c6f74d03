"""Entries: their sentences, by which they are found, and their passages."""

from dataclasses import replace

import pytest

from knowledge.entry import PASSAGE_CHARACTERS, SUMMARY, Entry, Passage, Section
from knowledge.glossary import Glossary
from knowledge.language.text import sentences


def _entry(*texts: str, language: str = "en", term: str = "Tide") -> Entry:
    sections = tuple(
        Section(name, "", text)
        for name, text in zip((SUMMARY, "body", "example"), texts, strict=False)
    )
    return Entry("tide", term, language, sections)


def _texts(passages: tuple[Passage, ...]) -> list[str]:
    return [passage.text for passage in passages]


def test_every_passage_of_the_bundled_glossary_is_where_it_says(bundled: Glossary) -> None:
    for entry in bundled.entries:
        assert entry.passages
        for passage in entry.passages:
            assert entry.text(passage.section)[passage.start : passage.end] == passage.text
            assert passage.text.strip() == passage.text != ""


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


class TestSentences:
    def test_are_where_they_say_in_every_entry_of_the_bundled_glossary(
        self, bundled: Glossary
    ) -> None:
        for entry in bundled.entries:
            assert entry.sentences
            for place, sentence in enumerate(entry.sentences):
                text = entry.text(sentence.section)
                assert text[sentence.start : sentence.end] == sentence.text
                assert sentence.text.strip() == sentence.text != ""
                assert (sentence.place, sentence.key) == (place, entry.key)

    def test_hold_all_that_an_entry_says(self, bundled: Glossary) -> None:
        for entry in bundled.entries:
            said = "".join(section.text for section in entry.sections)
            told = "".join(sentence.text for sentence in entry.sentences)
            assert "".join(told.split()) == "".join(said.split())

    def test_are_counted_from_the_beginnings_of_their_entry_section_and_paragraph(self) -> None:
        entry = _entry("It rises. It falls.", "It rests.\n\nIt turns. It runs.")
        assert [(s.text, s.place, s.order, s.paragraph) for s in entry.sentences] == [
            ("It rises.", 0, 0, 0),
            ("It falls.", 1, 1, 0),
            ("It rests.", 2, 0, 1),
            ("It turns.", 3, 1, 2),
            ("It runs.", 4, 2, 2),
        ]

    def test_said_twice_in_a_section_are_one_and_in_two_sections_two(self) -> None:
        entry = _entry("It falls.", "It rises. It falls.\n\nIt rises.")
        assert [s.text for s in entry.sentences] == ["It falls.", "It rises.", "It falls."]
        assert len({s.id for s in entry.sentences}) == 3


class TestRows:
    def test_have_ids_of_their_own(self, bundled: Glossary) -> None:
        ids = [row for entry in bundled.entries for row in entry.rows]
        assert len(set(ids)) == len(ids)

    def test_are_its_sentences_and_then_what_it_is_asked_as(self) -> None:
        asked = ("why is the beach wet?", "sea, coming in")
        entry = replace(_entry("The sea rises. It falls."), asked=asked)
        assert list(entry.rows.values()) == ["Tide: The sea rises.", "Tide: It falls.", *asked]
        assert [*entry.rows][:2] == [sentence.id for sentence in entry.sentences]
        assert [*entry.rows][2:] == [entry.wording_id(wording) for wording in asked]

    @pytest.mark.parametrize(
        "changed",
        [
            pytest.param(_entry("The sea falls."), id="text"),
            pytest.param(_entry("The sea rises.", term="Tides"), id="term"),
            pytest.param(_entry("The sea rises.", language="fr"), id="language"),
            pytest.param(replace(_entry("The sea rises."), id="tides"), id="entry"),
        ],
    )
    def test_get_other_ids_when_what_they_say_changes(self, changed: Entry) -> None:
        assert _entry("The sea rises.").rows.keys().isdisjoint(changed.rows)


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param(_entry("The sea falls."), id="text"),
        pytest.param(_entry("The sea rises.", term="Tides"), id="term"),
        pytest.param(replace(_entry("The sea rises."), category="Seas"), id="category"),
        pytest.param(
            replace(_entry("x"), sections=(Section("body", "", "The sea rises."),)), id="name"
        ),
    ],
)
def test_an_entry_has_another_version_when_it_says_something_else(changed: Entry) -> None:
    assert changed.version != _entry("The sea rises.").version


def test_a_version_is_the_same_in_every_run_and_wherever_the_entry_is_kept() -> None:
    entry = _entry("The sea rises.")
    moved = replace(entry, origin="elsewhere.md", line=9, asked=("wet beach",), related=("sea",))
    assert entry.version == moved.version == "6e7face7429fc85e"
