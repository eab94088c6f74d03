"""The languages: sentences, folded words and stems, what carries meaning, order and alphabet."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from knowledge.language.alphabet import OTHERS, letter, sort_key
from knowledge.language.grammar import content_stems
from knowledge.language.text import clean, detect, sentences
from knowledge.language.words import fold, stem

# Text, and the language it is in


@pytest.mark.parametrize(
    ("given", "cleaned"),
    [
        pytest.param("\ufeffTide", "Tide", id="byte-order mark"),
        pytest.param("a" + "\u0301" * 200 + "b", "á" + "\u0301" * 29 + "b", id="a heap of marks"),
    ],
)
def test_cleaning_takes_away_what_no_reader_sees(given: str, cleaned: str) -> None:
    assert clean(given) == cleaned


@pytest.mark.parametrize(
    "parts",
    [
        ("Dr. Hale saw 3.5 m, e.g. at noon.", "Then she left."),
        ("The mean is (1 + 0 + 5) / 3, or 2.", "It is (of 3) low."),
        ("The 𝔖ea rises.", "𝔗ides fall, it 🌙 is said.", "So they do."),
    ],
)
def test_sentences_are_found_where_they_stand(parts: tuple[str, ...]) -> None:
    text = "  ".join(parts)
    for language in ("en", "ar"):
        assert tuple(text[a:b] for a, b in sentences(text, language)) == parts


@pytest.mark.parametrize(
    ("text", "candidates", "language"),
    [
        pytest.param("海の水は一日に二回上がる", (), "ja", id="among all"),
        pytest.param("潮汐", (), "zh", id="by its script"),
        pytest.param("潮", ("en", "ja"), "ja", id="Han letters are Japanese too"),
        pytest.param("tide", ("ar", "zh"), None, id="none in this script"),
    ],
)
def test_a_text_is_told_among_candidates(
    text: str, candidates: tuple[str, ...], language: str | None
) -> None:
    assert detect(text, candidates) == language


# Words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        pytest.param("الْمَدُّ", fold("المد"), id="vowel marks"),
        pytest.param("ظل المرفأ", fold("ضل المرفأ"), id="zah and dad"),
        pytest.param("فبالموج", "موج", id="an article, and what is joined before it"),
        pytest.param("Spring-TIDE of İzmir", "spring tide of izmir", id="case and marks"),
        pytest.param("¿?", "", id="nothing but punctuation"),
        pytest.param("人々3", "人 々 3", id="a script without spaces, letter by letter"),
    ],
)
def test_spellings_that_writers_exchange_fold_alike(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_threads_stem_as_one_does() -> None:
    words = [f"{a}{b}ings" for a in "bcdfghklmnprstvw" for b in ("oat", "eel", "ail", "urn")]

    def stems(language: str) -> list[str]:
        return [stem.__wrapped__(word, language) for word in words]

    languages = ["en", "de", "fr", "ar"] * 8
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(stems, languages)) == list(map(stems, languages))


@pytest.mark.parametrize(
    ("question", "language", "stems"),
    [
        ("What is the tide?", "en", ["tide"]),
        ("What is the tide?", "xx", ["what", "is", "the", "tide"]),
        ("潮汐和海浪的区别", "zh", ["潮汐", "海浪", "区别"]),
    ],
)
def test_function_words_carry_no_meaning(question: str, language: str, stems: list[str]) -> None:
    assert content_stems(question, language) == stems


# The alphabet


@pytest.mark.parametrize(
    ("term", "heading"),
    [
        ("Œuvre", "O"), ("İstanbul", "I"), ("٣", OTHERS), ("", OTHERS),
        ("الـذكاء", "ذ"), ("الألفة", "ا"), ("آلة", "ا"), ("کتاب", "ك"),
        # Alef and lam of the word itself are no article.
        ("ألفا", "ا"), ("التزام", "ا"), ("الكترونيات", "ا"), ("الله", "ا"), ("ال", "ا"),
    ],
)  # fmt: skip
def test_a_term_stands_under_its_first_letter_without_the_article(term: str, heading: str) -> None:
    assert letter(term, "ar") == letter(term, "ar-EG") == heading


@pytest.mark.parametrize(
    ("language", "terms"),
    [
        ("en", ["agent", "AI", "eclair", "Éclat", "edge"]),
        ("en", ["Übung", "Zebra", "ذكاء", "+1", "3D"]),
        ("ar", ["أمر", "الأمر النصي", "أمر النظام", "الانتباه"]),
        ("ar", ["تـدريب", "تدقيق", "المُعلَّم", "المعلّمة", "معلومة"]),
        ("ar", ["عدد 1", "عدد ٢", "عدد 3", "نموذج BERT", "نموذج لغوي"]),
    ],
)
def test_terms_are_in_the_order_of_a_dictionary(language: str, terms: Sequence[str]) -> None:
    found = list(reversed(terms))
    found.sort(key=lambda term: sort_key(term, language))
    assert found == terms
