"""The lexicon: which entries use a question's words; their stems are kept in a folder."""

from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pytest

from knowledge.entry import SUMMARY, Entry, Section
from knowledge.language.grammar import content_words
from knowledge.language.words import fold
from knowledge.search.lexicon import Lexicon, Match
from tests.knowledge.conftest import small_glossary

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


def match(lexicon: Lexicon, question: str, language: str = "en") -> Match:
    return lexicon.match(content_words(fold(question).split(), language), language)


def found(lexicon: Lexicon, question: str, language: str = "en") -> list[str]:
    """The ids of the entries that match a question best."""
    score = match(lexicon, question, language).score
    best = np.argsort(-score, kind="stable")
    return [lexicon.keys[n].partition("/")[2] for n in best if score[n] > 0]


def answers_as_in_memory(lexicon: Lexicon, entries: tuple[Entry, ...] = ENTRIES) -> bool:
    there, here = match(lexicon, QUESTION), match(Lexicon.of(entries), QUESTION)
    return all(np.allclose(one, other) for one, other in zip(there, here, strict=True))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "lexicons"


# What is found


def test_a_word_that_no_entry_uses_counts_less_as_one_it_resembles() -> None:
    lexicon = Lexicon.of(ENTRIES)
    assert found(lexicon, "ligthouse") == ["lighthouse"]
    assert match(lexicon, "ligthouse").score[3] < match(lexicon, "lighthouse").score[3]


# How it is kept


def test_it_is_saved_and_made_again_of_what_changed(folder: Path) -> None:
    assert answers_as_in_memory(Lexicon.open(folder, ENTRIES))
    changed = Lexicon.open(folder, CHANGED)
    assert found(changed, "tower") == ["lighthouse"]
    assert found(changed, "lamp") == []
    assert answers_as_in_memory(changed, CHANGED)
    (folder / "stems.json").write_bytes(b"rubbish")
    assert answers_as_in_memory(Lexicon.open(folder, ENTRIES))


def opened_in_turn(folder: Path) -> list[list[str]]:
    """What a process finds that opens the lexicons of two glossaries in turn."""
    lexicons = [Lexicon.open(folder, of) for of in (ENTRIES, CHANGED) * 5]
    return [found(lexicon, "tower of rocks") for lexicon in lexicons]


def test_processes_may_open_one_at_once(folder: Path) -> None:
    with get_context("forkserver").Pool(2) as processes:
        every = processes.map(opened_in_turn, [folder] * 2, chunksize=1)
    assert every == [[["lighthouse"]] * 10] * 2
    assert answers_as_in_memory(Lexicon.open(folder, CHANGED), CHANGED)
