"""The bundled glossary: that a course can be taught from it, in either language."""

from collections import Counter
from collections.abc import Iterator

from knowledge.entry import Entry
from knowledge.glossary import Glossary
from knowledge.language.text import sentences

# What a page on foundation models speaks of, and a reader of it will ask.


def test_both_languages_of_a_term_say_the_same_under_the_same_heads(bundled: Glossary) -> None:
    categories = bundled.categories("en"), bundled.categories("ar")
    assert [len(each) for each in categories] == [14, 14]
    assert sorted(categories[0].values()) == sorted(categories[1].values())
    assert len({(en.category, ar.category) for en, ar in _pairs(bundled)}) == 14
    for english, arabic in _pairs(bundled):
        assert [s.name for s in english.sections] == [s.name for s in arabic.sections]
        assert english.sources == arabic.sources
        assert english.related == arabic.related


def test_a_relation_is_named_from_both_sides_and_there_are_three_to_eight(
    bundled: Glossary,
) -> None:
    for entry in bundled.entries:
        assert 3 <= len(entry.related) <= 8, entry.key
        for other in bundled.related(entry):
            assert entry.id in other.related, (entry.key, other.key)


def test_no_sentence_is_said_in_two_entries(bundled: Glossary) -> None:
    said = Counter(
        section.text[start:end]
        for entry in bundled.entries
        for section in entry.sections
        for start, end in sentences(section.text, entry.language)
    )
    assert [sentence for sentence, times in said.items() if times > 1] == []


def _pairs(glossary: Glossary) -> Iterator[tuple[Entry, Entry]]:
    for entry_id in glossary.ids:
        english, arabic = glossary.get(entry_id, "en"), glossary.get(entry_id, "ar")
        assert english
        assert arabic
        yield english, arabic
