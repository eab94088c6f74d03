"""A glossary and its entries: by id and name, sentence by sentence; and the bundled one."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge import GlossaryError
from knowledge.entry import SUMMARY, Entry, Section, paragraphs
from knowledge.glossary import Glossary
from tests.knowledge.conftest import an_entry, write_files


def _file(term: str, *fields: str) -> str:
    return "\n".join(("---", f"term: {term}", *fields, "---", "The sea rises and falls each day."))


def test_of_two_entries_with_one_id_the_first_is_kept(tmp_path: Path) -> None:
    folder = write_files(
        tmp_path,
        {"en/a/tide.md": _file("Tide", "language: en"), "en/tide.md": _file("Ebb", "id: tide")},
    )
    glossary = Glossary.read(folder)
    assert [entry.term for entry in glossary.entries] == ["Ebb"]
    (fault,) = glossary.faults
    assert (Path(fault.path).as_posix(), fault.severity) == ("en/a/tide.md", "error")
    assert str(Path("en/tide.md")) in fault.message


def test_a_category_holds_the_entries_of_every_language() -> None:
    glossary = Glossary(
        Path("/glossaries/sea"),
        (
            *(an_entry(name, category="Tides") for name in ("ebb", "flow", "bore")),
            *(an_entry(name, "ar", category="المد") for name in ("ebb", "flow", "marsh")),
            *(an_entry(name, category="Waves") for name in ("swell", "chop", "foam")),
            an_entry("swell", "ar", category="المد"),  # filed otherwise than in English
            *(an_entry(name, "ar", category="الأمواج") for name in ("chop", "surf", "foam")),
            an_entry("moon"),
        ),
    )
    assert glossary.within("Tides") == {"ebb", "flow", "bore", "marsh", "swell"}
    assert glossary.within("Waves") == {"swell", "chop", "foam", "surf"}
    assert glossary.within("") == set()


def test_a_glossary_without_an_entry_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(GlossaryError, match="holds no entry"):
        Glossary.read(tmp_path)
    with pytest.raises(GlossaryError, match=r"holds no entry.*a\.md.*b\.txt"):
        Glossary.read(write_files(tmp_path, {"a.md": "---\nterm: Ebb\n", "b.txt": b"\x00"}))


def _entry(*texts: str, language: str = "en", term: str = "Tide") -> Entry:
    sections = tuple(
        Section(name, "", text)
        for name, text in zip((SUMMARY, "body", "example"), texts, strict=False)
    )
    return Entry("tide", term, language, sections)


def test_sentences_and_paragraphs_hold_all_that_an_entry_says_and_are_where_they_say(
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
        for section in entry.sections:
            parts = [section.text[slice(*span)] for span in paragraphs(section.text)]
            assert "\n\n".join(parts) == section.text
            assert all(part.strip() == part != "" for part in parts)


def test_sentences_are_counted_from_the_beginnings_of_their_entry_section_and_paragraph() -> None:
    # What a section says twice is one sentence, what two say is two.
    entry = _entry("It rises. It falls.", "It rests.\n\nIt rests. It falls. It runs.")
    assert [(s.text, s.place, s.order, s.paragraph) for s in entry.sentences] == [
        ("It rises.", 0, 0, 0),
        ("It falls.", 1, 1, 0),
        ("It rests.", 2, 0, 1),
        ("It falls.", 3, 1, 2),
        ("It runs.", 4, 2, 2),
    ]
    assert len({s.id for s in entry.sentences}) == 5


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
        pytest.param(_entry("The sea rises.", language="fr"), id="language"),
        pytest.param(replace(_entry("The sea rises."), id="tides"), id="entry"),
    ],
)
def test_what_says_something_else_has_other_rows(changed: Entry) -> None:
    entry = _entry("The sea rises.")
    assert entry.rows.keys().isdisjoint(changed.rows)


def test_both_languages_of_a_term_say_the_same_under_the_same_heads(bundled: Glossary) -> None:
    categories = bundled.categories("en"), bundled.categories("ar")
    assert [len(each) for each in categories] == [15, 15]
    assert sorted(categories[0].values()) == sorted(categories[1].values())
    pairs = [bundled.versions(entry_id) for entry_id in bundled.ids]
    assert len({tuple(entry.category for entry in pair) for pair in pairs}) == 15
    for english, arabic in pairs:
        assert [s.name for s in english.sections] == [s.name for s in arabic.sections]
        assert english.sources == arabic.sources
        assert english.related == arabic.related


def test_no_sentence_is_said_in_two_entries(bundled: Glossary) -> None:
    blocks = {b.text for e in bundled.entries for s in e.sections for b in s.blocks}
    every = (s.text for e in bundled.entries for s in e.sentences if s.text not in blocks)
    said = Counter(every)
    assert [sentence for sentence, times in said.items() if times > 1] == []


def test_a_glossary_says_what_it_is_about_and_in_which_order_its_categories_come(
    tmp_path: Path,
) -> None:
    names = {"a": "Last", "b": "Unnamed", "c": "First"}
    files = {f"en/{name}.md": _file(name, f"category: {names[name]}") for name in names}
    folder = write_files(tmp_path / "x", files)
    assert list(Glossary.read(folder).categories("en")) == ["Last", "Unnamed", "First"]
    said = "subject: {en: Letters}\ncategories: {en: [First, Last]}\n"
    glossary = Glossary.read(write_files(folder, {"masrad.yaml": said}))
    assert list(glossary.categories("en")) == ["First", "Last", "Unnamed"]
    assert glossary.about.subject == {"en": "Letters"}
    glossary = Glossary.read(write_files(folder, {"masrad.yaml": "categories: [First]"}))
    assert [fault.path for fault in glossary.faults] == ["masrad.yaml"]
    assert glossary.ids == ("a", "b", "c")
