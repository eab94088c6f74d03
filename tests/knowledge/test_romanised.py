"""Arabic in Latin letters: the consonants that its spellings share."""

import pytest

from knowledge.language.romanised import skeleton
from knowledge.language.words import fold


@pytest.mark.parametrize(
    ("latin", "arabic"),
    [
        ("madd", "المد"),
        ("tayyar", "تيار"),
        ("khalig", "خليج"),
        ("thalj", "ثلج"),
        ("ta3allum", "تعلم"),
    ],
)
def test_both_spellings_of_a_word_have_one_skeleton(latin: str, arabic: str) -> None:
    assert skeleton(latin) == skeleton(fold(arabic)) != ""


@pytest.mark.parametrize("word", ["elmadd", "almadd", "ilmadd", "bilmadd", "lelmadd"])
def test_the_article_and_what_is_joined_before_it_are_left_out(word: str) -> None:
    assert skeleton(word) == skeleton("مد")


@pytest.mark.parametrize(
    ("one", "other"), [("bahr", "نهر"), ("madd", "جزر"), ("mawj", "برج"), ("qamar", "شمس")]
)
def test_words_that_differ_in_a_consonant_differ(one: str, other: str) -> None:
    assert skeleton(one) != skeleton(other)
