"""Words: spellings that fold alike, and their stems."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from knowledge.language.words import fold, stem


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("الْمَدُّ", "المد", id="vowel marks"),
        pytest.param("بيئة", "بيية", id="hamza on ya"),
        pytest.param("ظل المرفأ", "ضل المرفأ", id="zah and dad"),
    ],
)
def test_arabic_spellings_that_writers_exchange_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize("word", ["الموج", "للموج", "فبالموج"])
def test_an_arabic_word_folds_without_its_article_and_what_is_joined_before_it(word: str) -> None:
    assert fold(word) == "موج"


@pytest.mark.parametrize(
    ("given", "folded"), [("Spring TIDE", "spring tide"), ("İzmir", "izmir"), ("¿?", "")]
)
def test_latin_text_folds_without_case_marks_and_punctuation(given: str, folded: str) -> None:
    assert fold(given) == folded


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        pytest.param("潮汐", ["潮", "汐"], id="Chinese"),
        pytest.param("人々", ["人", "々"], id="a mark of repetition"),
        pytest.param("潮3", ["潮", "3"], id="beside a digit"),
    ],
)
def test_a_script_without_spaces_folds_letter_by_letter(text: str, letters: list[str]) -> None:
    assert fold(text).split() == letters


@pytest.mark.parametrize(
    ("word", "other", "language"),
    [
        ("tide", "tides", "en"),
        pytest.param("tides", "tide", "fa", id="and in Persian text"),
        pytest.param("tides", "tide", "en-GB", id="a region aside"),
    ],
)
def test_forms_of_a_word_share_a_stem(word: str, other: str, language: str) -> None:
    assert stem(word, language) == stem(other, language)


def test_threads_stem_as_one_does() -> None:
    words = [f"{a}{b}ings" for a in "bcdfghklmnprstvw" for b in ("oat", "eel", "ail", "urn")]

    def stems(language: str) -> list[str]:
        return [stem.__wrapped__(word, language) for word in words]

    languages = ["en", "de", "fr", "ar"] * 8
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(stems, languages)) == list(map(stems, languages))
