"""Grammar: which words carry meaning, in each language that is listed."""

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest
import yaml

from knowledge.language.grammar import (
    ContentWord,
    aspect_words,
    content_stems,
    content_words,
    function_words,
    is_aspect,
    listed_languages,
    negations,
    question_language,
)
from knowledge.language.text import base
from knowledge.language.words import fold

KNOWLEDGE = Path(str(files("knowledge")))
LISTS: dict[str, dict[str, str]] = {
    path.stem: yaml.safe_load(path.read_text("utf-8"))
    for path in sorted((KNOWLEDGE / "language" / "stopwords").glob("*.yaml"))
}


@pytest.mark.parametrize(("text", "language"), [("ज्वार भाटा", "hi"), ("கடல் அலை", "ta")])
def test_folding_keeps_the_words_of_scripts_whose_vowels_are_marks(
    text: str, language: str
) -> None:
    assert len(fold(text).split()) == 2
    assert len(content_stems(text, language)) == 2


@pytest.mark.parametrize(
    ("text", "language", "stems"),
    [
        pytest.param("海潮汐", "zh", ["海潮", "潮汐"], id="Chinese"),
        pytest.param("潮", "zh", ["潮"], id="a letter alone"),
        pytest.param("海浪 潮汐", "zh", ["海浪", "浪潮", "潮汐"], id="a space is no boundary"),
        pytest.param("海 tide 潮汐", "zh", ["海", "tide", "潮汐"], id="another script is one"),
        pytest.param("さざなみ", "ja", ["さざ", "ざな", "なみ"], id="Japanese"),
        pytest.param("คลื่น", "th", ["คลื", "ลืน"], id="Thai"),
        pytest.param("潮汐", "en", ["潮汐"], id="in a text of another language"),
    ],
)
def test_every_two_neighbouring_letters_are_a_word_where_there_are_no_spaces(
    text: str, language: str, stems: list[str]
) -> None:
    assert content_stems(text, language) == stems


@pytest.mark.parametrize(
    ("question", "language", "stems"),
    [
        pytest.param("潮汐是什么", "zh", ["潮汐"], id="Chinese, after"),
        pytest.param("什么是潮汐", "zh", ["潮汐"], id="Chinese, before"),
        pytest.param("潮 是 什么", "zh", ["潮"], id="Chinese, with spaces"),
        pytest.param("潮汐和海浪", "zh", ["潮汐", "海浪"], id="no pair is made across one"),
        pytest.param("波とは何ですか", "ja", ["波"], id="Japanese"),
        pytest.param("คลื่นคืออะไร", "th", ["คลื", "ลืน"], id="Thai"),
        pytest.param("tide是什么", "zh", ["tide"], id="beside a Latin word"),
    ],
)
def test_a_function_word_of_several_letters_is_cut_out(
    question: str, language: str, stems: list[str]
) -> None:
    assert content_stems(question, language) == stems


@pytest.mark.parametrize(
    ("question", "language", "stems"),
    [
        pytest.param("gelgit ne zaman olur?", "tr", ["gelgit"], id="Turkish"),
        pytest.param("lütfen gelgit ne işe yarar?", "tr", ["gelgit"], id="one within a question"),
        pytest.param("لہر کی وضاحت براہ کرم", "ur", ["لہر"], id="Urdu"),
    ],
)
def test_a_function_word_may_be_several_words(
    question: str, language: str, stems: list[str]
) -> None:
    assert content_stems(question, language) == stems


def test_a_phrase_is_listed_with_hyphens_and_folds_to_several_words() -> None:
    assert "ne-zaman" in LISTS["tr"]["function"].split()
    assert "ne zaman" in function_words("tr")
    assert "zaman" not in function_words("tr")
    assert len(content_stems("gelgit zaman", "tr")) == 2


@pytest.mark.parametrize(
    ("question", "language", "stems"),
    [
        ("What is the tide?", "en", ["tide"]),
        ("ما هو المد؟", "ar", ["مد"]),
        ("جزر و مد چیست؟", "fa", ["جزر", "مد"]),
        ("Qu'est-ce que la marée ?", "fr", ["mare"]),
        ("Was ist eine Welle?", "de", ["well"]),
        ("What is it?", "en", []),
        ("ما هو؟", "ar", []),
        ("什么", "zh", []),
        ("What is the tide?", "xx", ["what", "is", "the", "tide"]),
    ],
)
def test_content_stems_leave_out_function_words(
    question: str, language: str, stems: list[str]
) -> None:
    assert content_stems(question, language) == stems


def test_a_lone_letter_carries_no_meaning() -> None:
    assert content_stems("b tide 7", "en") == ["tide"]


@pytest.mark.parametrize(
    ("text", "language", "stems", "subject"),
    [
        ("limits of tides", "en", ["limit", "tide"], ["tide"]),
        ("潮汐和海浪的区别", "zh", ["潮汐", "海浪", "区别"], ["潮汐", "海浪"]),
    ],
)
def test_aspects_are_left_out_where_only_the_subject_counts(
    text: str, language: str, stems: list[str], subject: list[str]
) -> None:
    words = fold(text).split()
    assert [word.stem for word in content_words(words, language)] == stems
    assert [word.stem for word in content_words(words, language, aspects=False)] == subject


def test_a_form_of_an_aspect_is_one() -> None:
    assert "limiting" not in aspect_words("en")
    assert is_aspect("limiting", "en")
    assert not is_aspect("tide", "en")


def test_a_word_knows_where_it_stands_among_the_folded_ones() -> None:
    words = fold("What is the spring tide of 潮汐?").split()
    assert content_words(words, "en") == [
        ContentWord("spring", "spring", 3, 4),
        ContentWord("tide", "tide", 4, 5),
        ContentWord("潮汐", "潮汐", 6, 8),
    ]
    assert all("".join(words[w.start : w.end]) == w.text for w in content_words(words, "en"))


@pytest.mark.parametrize(
    ("question", "language", "place"),
    [
        pytest.param("who is it", "en", 0, id="of grammar"),
        pytest.param("limits of it", "en", 0, id="an aspect"),
        pytest.param("it is c", "en", 2, id="a lone letter"),
        pytest.param("是什么", "zh", 0, id="within a phrase"),
    ],
)
def test_a_word_of_a_name_carries_meaning_in_any_case(
    question: str, language: str, place: int
) -> None:
    words = fold(question).split()
    assert content_words(words, language, aspects=False) == []
    assert [w.start for w in content_words(words, language, aspects=False, kept={place})] == [place]


@pytest.mark.parametrize("words", [function_words, aspect_words])
def test_word_lists_are_folded_and_empty_for_a_language_unlisted(
    words: Callable[[str], frozenset[str]],
) -> None:
    for language in (*LISTS, "ar-EG"):
        assert words(language)
        assert all(fold(word) == word for word in words(language))
    assert words("xx") == frozenset()


@pytest.mark.parametrize(
    ("text", "language", "count"),
    [
        ("The sea is not a lake and never was.", "en", 2),
        ("The tide isn't a wave and can't break.", "en", 2),
        ("ليس المد موجًا ولا تيارًا", "ar", 2),
        ("O mar não sobe", "pt", 1),
        ("The sea rises.", "en", 0),
        ("The sea does not rise.", "xx", 0),
    ],
)
def test_words_that_negate_are_counted(text: str, language: str, count: int) -> None:
    assert negations(text, language) == count


@pytest.mark.parametrize("language", LISTS)
def test_every_list_has_the_same_parts(language: str) -> None:
    assert LISTS[language].keys() == {"function", "aspect", "negation"}
    assert all(words.split() for words in LISTS[language].values())
    assert language == base(language)


@pytest.mark.parametrize("language", LISTS)
def test_no_word_of_grammar_is_an_aspect_too(language: str) -> None:
    assert sorted(function_words(language) & aspect_words(language)) == []


@pytest.mark.parametrize("language", LISTS)
def test_no_list_says_a_word_twice(language: str) -> None:
    for part, words in LISTS[language].items():
        every = words.split()
        assert sorted({w for w in every if every.count(w) > 1}) == [], part


def test_of_function_words_that_begin_alike_the_longest_is_left_out() -> None:
    # 什么 (what) alone would leave 意 and 思 of 什么意思 (what does it mean).
    assert content_stems("潮汐什么意思", "zh") == ["潮汐"]


@pytest.mark.parametrize(
    ("words", "language", "kept", "texts"),
    [
        pytest.param(["it", "rises"], "en", {0}, ["it", "rises"], id="a function word"),
        pytest.param(["limits", "of", "tides"], "en", {0}, ["limits", "tides"], id="an aspect"),
        pytest.param(["m", "tide"], "en", {0}, ["m", "tide"], id="a lone letter"),
        pytest.param(["gelgit", "ne", "zaman"], "tr", {1}, ["gelgit", "ne"], id="part of several"),
        pytest.param(["潮", "的", "汐"], "zh", {1}, ["潮的", "的汐"], id="a letter between two"),
    ],
)
def test_what_stands_at_places_kept_carries_meaning(
    words: list[str], language: str, kept: set[int], texts: list[str]
) -> None:
    found = content_words(words, language, aspects=False, kept=kept)
    assert [word.text for word in found] == texts


@pytest.mark.parametrize(
    ("question", "language"),
    [
        pytest.param("What is the tide?", "en", id="English"),
        pytest.param("ما هو المد؟", "ar", id="Arabic"),
        pytest.param("Qu'est-ce que la marée haute ?", "fr", id="French, which is not expected"),
        pytest.param("eh howa el madd", "ar", id="Arabic in Latin letters"),
        pytest.param("ya3ni eh el madd?", "ar", id="Arabic with digits for letters"),
        pytest.param("Was ist die Flut?", "de", id="German, some of whose words are English too"),
        pytest.param("was in tide", "en", id="what two languages share is of the one expected"),
        pytest.param("marée", None, id="no word listed"),
        pytest.param("marée qui", None, id="one word of another language, which may be chance"),
        pytest.param("", None, id="nothing"),
        pytest.param("1234", None, id="no letter"),
    ],
)
def test_the_words_of_a_question_tell_its_language(question: str, language: str | None) -> None:
    assert question_language(question, ("en", "ar")) == language


def test_of_two_languages_expected_the_first_is_taken_where_they_tie() -> None:
    assert {question_language("was in tide", pair) for pair in (("de", "en"), ("de", "ar"))} == {
        "de"
    }
    assert question_language("was in tide", ("en", "de")) == "en"


def test_the_language_is_the_tag_that_was_expected() -> None:
    assert question_language("What is the tide?", ("ar-EG", "en-GB")) == "en-GB"


def test_where_no_language_is_expected_the_words_alone_tell_it() -> None:
    assert question_language("Qu'est-ce que la marée haute ?", ()) == "fr"


def test_the_languages_listed_are_those_with_a_file() -> None:
    assert listed_languages() == tuple(LISTS)
