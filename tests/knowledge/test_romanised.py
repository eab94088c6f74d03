"""Arabic in Latin letters: the consonants that its spellings share."""

import pytest

from knowledge.language.romanised import ARTICLES, skeleton
from knowledge.language.words import fold


@pytest.mark.parametrize(
    ("latin", "arabic"),
    [
        ("madd", "المد"),
        ("bahr", "بحر"),
        ("ba7r", "بحر"),
        ("mawj", "موج"),
        ("moga", "موجة"),
        ("mawjah", "موجة"),
        ("tayyar", "تيار"),
        ("shati2", "شاطئ"),
        ("chati", "شاطئ"),
        ("5aleej", "خليج"),
        ("khaleej", "خليج"),
        ("khalig", "خليج"),
        ("ghawwas", "غواص"),
        ("8awwas", "غواص"),
        ("thalj", "ثلج"),
        ("6aqs", "طقس"),
        ("qamar", "قمر"),
        ("9amar", "قمر"),
        ("7arara", "حرارة"),
        ("3omq", "عمق"),
        ("ta3allum", "تعلم"),
    ],
)
def test_both_spellings_of_a_word_have_one_skeleton(latin: str, arabic: str) -> None:
    assert skeleton(latin) == skeleton(fold(arabic)) != ""


@pytest.mark.parametrize(
    "spelling", ["mawja", "mooja", "mouja", "mojah", "moga", "mawjjah", "moojaa"]
)
def test_writers_who_differ_on_vowels_and_doubling_write_one_skeleton(spelling: str) -> None:
    assert skeleton(spelling) == skeleton("موجه")


@pytest.mark.parametrize("word", ["elmadd", "almadd", "ilmadd", "walmadd", "bilmadd", "lelmadd"])
def test_the_article_and_what_is_joined_before_it_are_left_out(word: str) -> None:
    assert skeleton(word) == skeleton("مد")


@pytest.mark.parametrize(
    ("one", "other"),
    [("bahr", "نهر"), ("madd", "جزر"), ("mawj", "برج"), ("qamar", "شمس")],
)
def test_words_that_differ_in_a_consonant_differ(one: str, other: str) -> None:
    assert skeleton(one) != skeleton(other)


@pytest.mark.parametrize("word", ["", "aeiou", "潮"])
def test_a_word_without_a_consonant_has_an_empty_skeleton(word: str) -> None:
    assert skeleton(word) == ""


@pytest.mark.parametrize("article", sorted(ARTICLES))
def test_an_article_is_a_folded_word_in_latin_letters(article: str) -> None:
    assert article == fold(article)
    assert article.isascii()
