"""The lexicon: which entries use a question's words; saved in a folder, and mapped."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from threading import Barrier

import numpy as np
import pytest

from knowledge.entry import SUMMARY, Entry, Section
from knowledge.language.grammar import ContentWord, content_words
from knowledge.language.words import fold
from knowledge.search.lexicon import Lexicon, Match
from knowledge.search.stems import Stems
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


def test_a_word_of_few_entries_says_more_than_one_of_many(lexicon: Lexicon) -> None:
    assert lexicon.weight("harbour") > lexicon.weight("moon") > lexicon.weight("sea")
    assert found(lexicon, "sea harbour moon")[0] == "ebb"


def test_a_word_that_every_entry_uses_says_a_little() -> None:
    assert Lexicon.of([an_entry("ebb"), an_entry("flow")]).weight("rise") > 0


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


def test_a_name_counts_for_more_than_a_mention() -> None:
    entries = small_glossary({"flow": "Follows ebb again.", "ebb": "Follows flow again."}).entries
    assert found(Lexicon.of(entries), "ebb") == ["ebb", "flow"]


def test_entries_that_use_no_word_of_a_question_are_not_among_the_best(lexicon: Lexicon) -> None:
    assert found(lexicon, "lamp") == ["lighthouse"]


def test_no_more_entries_are_given_than_asked_for(lexicon: Lexicon) -> None:
    assert found(lexicon, QUESTION, count=2) == ["spring-tide", "neap-tide"]


@pytest.mark.parametrize(
    "question",
    [
        QUESTION,
        "moon moon moon moon",
        "spring tide",
        "Does the harbour rise?",
        "xylophone",
        "lightouse",
        " ".join(entry.sections[0].text for entry in ENTRIES),
    ],
)
def test_a_score_is_a_part_of_the_most_that_is_possible(lexicon: Lexicon, question: str) -> None:
    score = match(lexicon, question).score
    assert score.shape == (len(ENTRIES),)
    assert ((score >= 0) & (score <= 1)).all()


def test_a_word_that_no_entry_uses_lowers_the_score(lexicon: Lexicon) -> None:
    assert match(lexicon, "moon xylophone").score[0] < match(lexicon, "moon").score[0]


def test_a_match_says_which_entry_uses_which_word(lexicon: Lexicon) -> None:
    result = match(lexicon, "What is the moon of a harbour?")
    assert result.used.tolist() == [[1, 1, 0, 0], [0, 0, 1, 0]]
    assert result.places.tolist() == [3, 6]
    assert result.weights.tolist() == [lexicon.weight("moon"), lexicon.weight("harbour")]


def test_a_question_without_words_matches_nothing(lexicon: Lexicon) -> None:
    result = match(lexicon, "What is it?")
    assert result.score.tolist() == [0.0] * len(ENTRIES)
    assert result.used.shape == (0, len(ENTRIES))
    assert lexicon.best(result, 10) == []


def test_a_lexicon_knows_the_stems_that_its_entries_use(lexicon: Lexicon) -> None:
    assert lexicon.knows("harbour")
    assert not lexicon.knows("xylophon")


def test_keys_stand_in_the_order_of_the_entries(lexicon: Lexicon) -> None:
    assert lexicon.keys == tuple(entry.key for entry in ENTRIES)


def test_a_word_that_no_entry_uses_counts_as_one_it_resembles(lexicon: Lexicon) -> None:
    assert found(lexicon, "ligthouse") == ["lighthouse"]
    (used,) = match(lexicon, "ligthouse").used
    assert 0 < used[3] < 1
    assert used[:3].tolist() == [0, 0, 0]
    assert match(lexicon, "ligthouse").score[3] < match(lexicon, "lighthouse").score[3]


def test_a_word_that_nothing_resembles_finds_nothing(lexicon: Lexicon) -> None:
    assert found(lexicon, "xylophone") == []


def test_a_word_that_an_entry_uses_counts_as_no_other() -> None:
    lexicon = Lexicon.of(small_glossary({"harbour": "Calm.", "harbours-end": "Wild."}).entries)
    entries = small_glossary({"tide": "Calm.", "tidex": "Wild."}).entries
    assert found(Lexicon.of(entries), "tide") == ["tide"]
    assert set(found(lexicon, "harbour")) == {"harbour", "harbours-end"}


def test_in_a_language_without_a_stemmer_a_word_counts_as_its_other_forms_too() -> None:
    lexicon = in_language(
        "pl", {"pływ": "Morze rośnie.", "pływy": "Dwa razy.", "latarnia": "Lampa."}
    )
    assert found(lexicon, "pływ", "pl") == ["pływ", "pływy"]
    assert found(lexicon, "pływami", "pl")
    assert "latarnia" not in found(lexicon, "pływami", "pl")
    assert found(lexicon, "Co to są latarnie?", "pl") == ["latarnia"]


def test_where_no_space_parts_words_neighbouring_letters_are_found() -> None:
    lexicon = in_language("zh", {"潮汐": "海水涨落。", "灯塔": "照亮海岸。"})
    assert found(lexicon, "什么是潮汐？", "zh") == ["潮汐"]
    assert found(lexicon, "海水为什么涨落？", "zh") == ["潮汐"]


def test_an_arabic_word_is_found_in_any_of_its_forms() -> None:
    lexicon = in_language("ar", {"المد": "ارتفاع البحر وفيه موجات.", "منارة": "مصباح للسفن."})
    assert found(lexicon, "ما هي الموجة؟", "ar") == ["المد"]


def test_a_lexicon_is_saved_and_then_mapped(folder: Path, taken_apart: list[str]) -> None:
    assert answers_as_in_memory(Lexicon.open(folder, ENTRIES))
    taken_apart.clear()
    again = Lexicon.open(folder, ENTRIES)
    assert taken_apart == []
    assert is_mapped(again)
    assert answers_as_in_memory(again)


def test_one_that_has_not_changed_is_not_made_again(folder: Path) -> None:
    Lexicon.open(folder, ENTRIES)
    (saved,) = folder.iterdir()
    before = {file: file.stat().st_ino for file in saved.rglob("*")}
    Lexicon.open(folder, ENTRIES)
    assert {file: file.stat().st_ino for file in folder.glob("*/**/*")} == before


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


def test_the_one_of_the_entries_before_is_removed(folder: Path) -> None:
    Lexicon.open(folder, ENTRIES)
    (before,) = folder.iterdir()
    Lexicon.open(folder, CHANGED)
    (after,) = folder.iterdir()
    assert after != before
    assert is_mapped(Lexicon.open(folder, CHANGED))


def test_one_that_is_open_answers_on_when_its_folder_is_removed(folder: Path) -> None:
    Lexicon.open(folder, ENTRIES)
    still_open = Lexicon.open(folder, ENTRIES)
    Lexicon.open(folder, CHANGED)
    assert answers_as_in_memory(still_open)


def test_other_files_of_the_folder_stay(folder: Path) -> None:
    folder.mkdir()
    (folder / "manifest.json").write_text("{}")
    Lexicon.open(folder, ENTRIES)
    Lexicon.open(folder, CHANGED)
    assert (folder / "manifest.json").read_text() == "{}"


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda _: b"rubbish", id="rubbish"),
        pytest.param(lambda content: content[: len(content) // 2], id="cut short"),
        pytest.param(lambda _: b"", id="empty"),
    ],
)
@pytest.mark.parametrize(
    "name",
    [
        "data.csc.index.npy",
        "indices.csc.index.npy",
        "indptr.csc.index.npy",
        "vocab.index.json",
        "params.index.json",
    ],
)
def test_a_damaged_one_is_made_anew(folder: Path, name: str, damage: Damage) -> None:
    Lexicon.open(folder, ENTRIES)
    (file,) = folder.glob(f"*/*/{name}")
    whole = file.read_bytes()
    file.write_bytes(damage(whole))
    assert answers_as_in_memory(Lexicon.open(folder, ENTRIES))
    assert file.read_bytes() == whole
    assert is_mapped(Lexicon.open(folder, ENTRIES))


@pytest.mark.parametrize(
    "name", ["data.csc.index.npy", "indices.csc.index.npy", "vocab.index.json"]
)
def test_one_that_lacks_a_file_is_made_anew(folder: Path, name: str) -> None:
    Lexicon.open(folder, ENTRIES)
    (file,) = folder.glob(f"*/*/{name}")
    file.unlink()
    assert answers_as_in_memory(Lexicon.open(folder, ENTRIES))
    assert file.is_file()


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda _: b"rubbish", id="rubbish"),
        pytest.param(lambda content: content[: len(content) // 2], id="cut short"),
        pytest.param(lambda _: b"", id="empty"),
    ],
)
def test_where_the_stems_before_are_damaged_all_entries_are_taken_apart(
    folder: Path, taken_apart: list[str], damage: Damage
) -> None:
    Lexicon.open(folder, ENTRIES)
    (file,) = folder.glob("*/stems.npz")
    file.write_bytes(damage(file.read_bytes()))
    taken_apart.clear()
    assert answers_as_in_memory(Lexicon.open(folder, CHANGED), CHANGED)
    assert len(set(taken_apart)) == len(CHANGED)


def test_where_the_folder_cannot_be_written_it_is_in_memory_alone(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    for _ in range(2):
        lexicon = Lexicon.open(tmp_path / "file", ENTRIES)
        assert answers_as_in_memory(lexicon)
        assert not is_mapped(lexicon)
    assert (tmp_path / "file").read_text() == "no folder"


def test_one_that_cannot_be_written_leaves_the_one_before(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    Lexicon.open(folder, ENTRIES)
    with monkeypatch.context() as patch:
        patch.setattr(Stems, "write", full)
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


@pytest.mark.parametrize("entries", [ENTRIES, CHANGED], ids=["the same", "others"])
def test_threads_may_open_one_at_once(folder: Path, entries: tuple[Entry, ...]) -> None:
    asked = (ENTRIES, entries)
    together = Barrier(len(asked))

    def opened(of: tuple[Entry, ...]) -> Lexicon:
        together.wait()
        return Lexicon.open(folder, of)

    with ThreadPoolExecutor(len(asked)) as pool:
        lexicons = list(pool.map(opened, asked))
    for lexicon, of in zip(lexicons, asked, strict=True):
        assert answers_as_in_memory(lexicon, of)
    assert answers_as_in_memory(Lexicon.open(folder, ENTRIES))


def test_threads_may_share_one(folder: Path) -> None:
    Lexicon.open(folder, ENTRIES)
    lexicon = Lexicon.open(folder, ENTRIES)
    with ThreadPoolExecutor(4) as pool:
        best = list(pool.map(lambda _: tuple(found(lexicon, QUESTION)), range(40)))
    assert set(best) == {("spring-tide", "neap-tide", "ebb")}


@pytest.mark.parametrize(
    "entries",
    [
        pytest.param((), id="no entry"),
        pytest.param((an_entry("is", sections=()),), id="no word that carries meaning"),
    ],
)
def test_entries_without_words_match_nothing(entries: tuple[Entry, ...]) -> None:
    lexicon = Lexicon.of(entries)
    assert lexicon.best(match(lexicon, QUESTION), 10) == []
