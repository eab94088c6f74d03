"""Grammar: which words carry meaning, in each language that is listed."""

import pytest

from knowledge.language.grammar import content_stems, content_words, negations, question_language
from knowledge.language.words import fold


@pytest.mark.parametrize(
    ("question", "language", "stems"),
    [
        ("What is the tide?", "en", ["tide"]),
        ("What is it?", "en", []),
        ("What is the tide?", "xx", ["what", "is", "the", "tide"]),
    ],
)
def test_content_stems_leave_out_function_words(
    question: str, language: str, stems: list[str]
) -> None:
    assert content_stems(question, language) == stems


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


@pytest.mark.parametrize(
    ("question", "language", "place"),
    [
        pytest.param("who is it", "en", 0, id="of grammar"),
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


@pytest.mark.parametrize(
    ("text", "language", "count"),
    [
        ("The sea is not a lake and never was.", "en", 2),
        ("O mar não sobe", "pt", 1),
        ("The sea does not rise.", "xx", 0),
    ],
)
def test_words_that_negate_are_counted(text: str, language: str, count: int) -> None:
    assert negations(text, language) == count


@pytest.mark.parametrize(
    ("question", "language"),
    [
        pytest.param("What is the tide?", "en", id="English"),
        pytest.param("marée", None, id="no word listed"),
        pytest.param("1234", None, id="no letter"),
    ],
)
def test_the_words_of_a_question_tell_its_language(question: str, language: str | None) -> None:
    assert question_language(question, ("en", "ar")) == language
