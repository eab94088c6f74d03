"""Stems: the words of entries as numbers, of which only those of changed entries are made anew."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from knowledge.entry import SUMMARY, Entry, Section
from knowledge.language.grammar import content_stems
from knowledge.search.stems import Stems
from tests.knowledge.conftest import an_entry, small_glossary

ENTRIES = small_glossary(
    {
        "spring-tide": "The sea rises high at new moon.",
        "neap-tide": "The sea rises little.",
        "ebb": "Water runs out of the harbour.",
    }
).entries
CHANGED = replace(ENTRIES[1], sections=(Section(SUMMARY, "", "A weak one at half moon."),))


def said(stems: Stems) -> list[list[str]]:
    """Each entry's stems, as words."""
    return [[stems.vocabulary[n] for n in numbers] for numbers in stems.numbers()]


def test_the_stems_of_an_entry_are_those_of_its_names_and_of_its_text() -> None:
    entry = an_entry("tide", aliases=("Sea tide",), asked=("Why does water move?",))
    (stems,) = said(Stems.of([entry]))
    assert set(stems) == {"tide", "sea", "rise", "water", "move"}


def test_a_name_counts_twice() -> None:
    (stems,) = said(Stems.of([an_entry("ebb")]))
    assert (stems.count("ebb"), stems.count("rise")) == (2, 1)


def test_entries_keep_their_order_and_each_stem_has_one_number() -> None:
    stems = Stems.of(ENTRIES)
    assert said(stems) == [said(Stems.of([entry]))[0] for entry in ENTRIES]
    assert len(set(stems.vocabulary)) == len(stems.vocabulary)


def test_each_entry_is_stemmed_in_its_language() -> None:
    (stems,) = said(Stems.of([an_entry("مد", "ar", sections=(Section(SUMMARY, "", "قاربان"),))]))
    assert stems[-1] == content_stems("قارب", "ar")[0]


@pytest.mark.parametrize(
    "entries", [pytest.param((), id="none"), pytest.param((an_entry("is"),), id="one")]
)
def test_few_entries_have_stems_too(entries: tuple[Entry, ...]) -> None:
    assert len(Stems.of(entries).numbers()) == len(entries)


def test_an_entry_without_a_word_that_carries_meaning_has_no_stem() -> None:
    empty = an_entry("is", sections=())
    assert said(Stems.of([empty, an_entry("ebb")])) == [[], ["ebb", "ebb", "rise"]]


def test_entries_that_have_not_changed_are_not_taken_apart_again(taken_apart: list[str]) -> None:
    before = Stems.of(ENTRIES)
    taken_apart.clear()
    again = Stems.of(ENTRIES, before)
    assert taken_apart == []
    assert said(again) == said(before)


def test_of_changed_entries_only_the_changed_are_taken_apart(taken_apart: list[str]) -> None:
    before = Stems.of(ENTRIES)
    taken_apart.clear()
    after = Stems.of((ENTRIES[0], CHANGED, ENTRIES[2]), before)
    assert len(taken_apart) == 1
    assert said(after) == said(Stems.of((ENTRIES[0], CHANGED, ENTRIES[2])))


def test_entries_in_another_order_are_the_same_entries(taken_apart: list[str]) -> None:
    before = Stems.of(ENTRIES)
    taken_apart.clear()
    assert said(Stems.of(ENTRIES[::-1], before)) == said(before)[::-1]
    assert taken_apart == []


def test_one_text_in_another_language_is_another_entry(taken_apart: list[str]) -> None:
    before = Stems.of([an_entry("ebb", "en")])
    taken_apart.clear()
    Stems.of([an_entry("ebb", "fr")], before)
    assert len(taken_apart) == 1


def test_stems_that_no_entry_uses_any_more_go() -> None:
    after = Stems.of(ENTRIES[:2], Stems.of(ENTRIES))
    assert "harbour" in Stems.of(ENTRIES).vocabulary
    assert set(after.vocabulary) == set(Stems.of(ENTRIES[:2]).vocabulary)


def test_what_is_written_is_read_again(tmp_path: Path, taken_apart: list[str]) -> None:
    stems = Stems.of(ENTRIES)
    stems.write(tmp_path / "stems.npz")
    read = Stems.read(tmp_path / "stems.npz")
    assert read
    assert (read.hashes, read.vocabulary, said(read)) == (
        stems.hashes,
        stems.vocabulary,
        said(stems),
    )
    taken_apart.clear()
    Stems.of(ENTRIES, read)
    assert taken_apart == []


def test_words_of_any_script_are_read_as_they_were_written(tmp_path: Path) -> None:
    stems = Stems.of([an_entry("潮汐", "zh"), an_entry("المد", "ar"), an_entry("marée", "fr")])
    stems.write(tmp_path / "stems.npz")
    read = Stems.read(tmp_path / "stems.npz")
    assert read
    assert read.vocabulary == stems.vocabulary


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda _: b"rubbish", id="rubbish"),
        pytest.param(lambda content: content[: len(content) // 2], id="cut short"),
        pytest.param(lambda _: b"", id="empty"),
    ],
)
def test_a_damaged_file_has_no_stems(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    file = tmp_path / "stems.npz"
    Stems.of(ENTRIES).write(file)
    file.write_bytes(damage(file.read_bytes()))
    assert Stems.read(file) is None


def test_where_there_is_no_file_there_are_no_stems(tmp_path: Path) -> None:
    assert Stems.read(tmp_path / "stems.npz") is None


def test_a_file_of_something_else_has_no_stems(tmp_path: Path) -> None:
    np.savez(tmp_path / "stems.npz", tides=np.zeros(3))
    assert Stems.read(tmp_path / "stems.npz") is None


def test_the_fingerprint_is_of_what_entries_say() -> None:
    whole = Stems.fingerprint(ENTRIES)
    assert Stems.fingerprint(replace(entry, origin="tides.md") for entry in ENTRIES) == whole
    others = (
        (ENTRIES[0], CHANGED, ENTRIES[2]),
        ENTRIES[:2],
        ENTRIES[::-1],
        tuple(replace(entry, language="fr") for entry in ENTRIES),
        tuple(replace(entry, aliases=("High water",)) for entry in ENTRIES),
        tuple(replace(entry, asked=("Why so high?",)) for entry in ENTRIES),
    )
    fingerprints = {Stems.fingerprint(other) for other in others}
    assert len(fingerprints) == len(others)
    assert whole not in fingerprints
