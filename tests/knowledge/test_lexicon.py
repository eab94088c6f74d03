"""The lexicon: which entries use a question's words; saved in a folder, and mapped."""

from collections.abc import Callable
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pytest

from knowledge.entry import SUMMARY, Entry, Section
from knowledge.language.grammar import ContentWord, content_words
from knowledge.language.words import fold
from knowledge.search.lexicon import Lexicon, Match
from tests.knowledge.conftest import an_entry, small_glossary

ENTRIES = small_glossary(
    {
        "spring-tide": "The sea rises highest at new moon and at full moon.",
        "neap-tide": "The sea rises least at half moon.",
        "ebb": "Water runs out of the harbour into the sea.",
        "lighthouse": "Its lamp warns ships of rocks.",
    }
).entries
CHANGED = (*ENTRIES[:3], replace(ENTRIES[3], sections=(Section(SUMMARY, "", "A tall tower."),)))
QUESTION = "Why does the sea rise at full moon?"

Damage = Callable[[bytes], bytes]


def words(question: str, language: str = "en") -> list[ContentWord]:
    return content_words(fold(question).split(), language)


def match(lexicon: Lexicon, question: str, language: str = "en") -> Match:
    return lexicon.match(words(question, language), language)


def found(lexicon: Lexicon, question: str, language: str = "en", count: int = 10) -> list[str]:
    """The ids of the entries that match a question best."""
    keys = lexicon.best(match(lexicon, question, language), count)
    return [key.partition("/")[2] for key in keys]


def in_language(language: str, texts: dict[str, str]) -> Lexicon:
    """The lexicon of entries whose terms are in a language, by term."""
    return Lexicon.of(
        an_entry(term, language, term=term, sections=(Section(SUMMARY, "", text),))
        for term, text in texts.items()
    )


def is_mapped(lexicon: Lexicon) -> bool:
    arrays = (lexicon._weights, lexicon._rows, lexicon._starts)
    return all(isinstance(array, np.memmap) for array in arrays)


def answers_as_in_memory(lexicon: Lexicon, entries: tuple[Entry, ...] = ENTRIES) -> bool:
    there, here = match(lexicon, QUESTION), match(Lexicon.of(entries), QUESTION)
    return all(np.allclose(one, other) for one, other in zip(there, here, strict=True))


@pytest.fixture
def lexicon() -> Lexicon:
    return Lexicon.of(ENTRIES)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "lexicons"


def test_entries_that_use_more_of_a_question_come_first(lexicon: Lexicon) -> None:
    assert found(lexicon, QUESTION) == ["spring-tide", "neap-tide", "ebb"]


@pytest.mark.parametrize(
    ("fuller", "poorer"),
    [
        pytest.param("Foam on foam.", "Foam on water.", id="the word more often"),
        pytest.param("White foam.", "White foam, sand, shells, weed and driftwood.", id="shorter"),
    ],
)
def test_an_entry_that_is_more_about_a_word_comes_first(fuller: str, poorer: str) -> None:
    lexicon = Lexicon.of(small_glossary({"swell": poorer, "surge": fuller}).entries)
    assert found(lexicon, "foam") == ["surge", "swell"]


def test_a_word_that_no_entry_uses_counts_as_one_it_resembles(lexicon: Lexicon) -> None:
    assert found(lexicon, "ligthouse") == ["lighthouse"]
    (used,) = match(lexicon, "ligthouse").used
    assert 0 < used[3] < 1
    assert used[:3].tolist() == [0, 0, 0]
    assert match(lexicon, "ligthouse").score[3] < match(lexicon, "lighthouse").score[3]


def test_in_a_language_without_a_stemmer_a_word_counts_as_its_other_forms_too() -> None:
    lexicon = in_language(
        "pl", {"pływ": "Morze rośnie.", "pływy": "Dwa razy.", "latarnia": "Lampa."}
    )
    assert found(lexicon, "pływ", "pl") == ["pływ", "pływy"]
    assert found(lexicon, "pływami", "pl")
    assert "latarnia" not in found(lexicon, "pływami", "pl")
    assert found(lexicon, "Co to są latarnie?", "pl") == ["latarnia"]


def test_a_lexicon_is_saved_and_then_mapped(folder: Path, taken_apart: list[str]) -> None:
    assert answers_as_in_memory(Lexicon.open(folder, ENTRIES))
    taken_apart.clear()
    again = Lexicon.open(folder, ENTRIES)
    assert taken_apart == []
    assert is_mapped(again)
    assert answers_as_in_memory(again)


def test_where_an_entry_changed_it_is_made_again_of_that_entry(
    folder: Path, taken_apart: list[str]
) -> None:
    Lexicon.open(folder, ENTRIES)
    taken_apart.clear()
    changed = Lexicon.open(folder, CHANGED)
    assert len(taken_apart) == 1
    assert found(changed, "tower") == ["lighthouse"]
    assert found(changed, "lamp") == []
    assert answers_as_in_memory(changed, CHANGED)


def test_one_that_is_open_answers_on_when_its_folder_is_removed(folder: Path) -> None:
    Lexicon.open(folder, ENTRIES)
    still_open = Lexicon.open(folder, ENTRIES)
    Lexicon.open(folder, CHANGED)
    assert answers_as_in_memory(still_open)


@pytest.mark.parametrize(
    "damage",
    [pytest.param(lambda _: b"rubbish", id="rubbish"), pytest.param(lambda _: b"", id="empty")],
)
@pytest.mark.parametrize("name", ["data.csc.index.npy", "params.index.json"])
def test_a_damaged_one_is_made_anew(folder: Path, name: str, damage: Damage) -> None:
    Lexicon.open(folder, ENTRIES)
    (file,) = folder.glob(f"*/*/{name}")
    whole = file.read_bytes()
    file.write_bytes(damage(whole))
    assert answers_as_in_memory(Lexicon.open(folder, ENTRIES))
    assert file.read_bytes() == whole
    assert is_mapped(Lexicon.open(folder, ENTRIES))


@pytest.mark.parametrize(
    "damage",
    [pytest.param(lambda _: b"rubbish", id="rubbish"), pytest.param(lambda _: b"", id="empty")],
)
def test_where_the_stems_before_are_damaged_all_entries_are_taken_apart(
    folder: Path, taken_apart: list[str], damage: Damage
) -> None:
    Lexicon.open(folder, ENTRIES)
    (file,) = folder.glob("*/stems.json")
    file.write_bytes(damage(file.read_bytes()))
    taken_apart.clear()
    assert answers_as_in_memory(Lexicon.open(folder, CHANGED), CHANGED)
    assert len(set(taken_apart)) == len(CHANGED)


def test_one_that_cannot_be_written_leaves_the_one_before(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    Lexicon.open(folder, ENTRIES)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_text", full)
        assert answers_as_in_memory(Lexicon.open(folder, CHANGED), CHANGED)
    assert is_mapped(Lexicon.open(folder, ENTRIES))


def opened_in_turn(folder: Path) -> list[list[str]]:
    """What a process finds that opens the lexicons of two glossaries in turn."""
    lexicons = [Lexicon.open(folder, of) for of in (ENTRIES, CHANGED) * 5]
    return [found(lexicon, "tower of rocks") for lexicon in lexicons]


def test_processes_may_open_one_at_once(folder: Path) -> None:
    with get_context("spawn").Pool(2) as processes:
        every = processes.map(opened_in_turn, [folder] * 2, chunksize=1)
    assert every == [[["lighthouse"]] * 10] * 2
    assert answers_as_in_memory(Lexicon.open(folder, CHANGED), CHANGED)
