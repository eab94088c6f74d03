"""Rarity: how much a word tells."""

import pytest
from wordfreq import zipf_frequency

from knowledge.language.grammar import listed_languages
from knowledge.language.words import fold
from knowledge.search.rarity import rarity

LEAST, MIDDLE, MOST = 0.5, 3.25, 6.0


@pytest.mark.parametrize(
    ("words", "language"),
    [
        (["the", "water", "transformer", "backpropagation"], "en"),
        (["في", "الماء", "المحوّل", "التسويغ"], "ar"),
        (["de", "eau", "marée"], "fr"),
    ],
)
def test_the_seldomer_people_use_a_word_the_more_it_tells(words: list[str], language: str) -> None:
    found = [rarity(fold(word), language) for word in words]
    assert found == sorted(found)
    assert len(set(found)) == len(found)
    assert all(LEAST <= each <= MOST for each in found)


def test_words_of_every_sentence_tell_least_and_those_unheard_of_most() -> None:
    assert rarity("the", "en") == rarity("في", "ar") == LEAST
    assert rarity("xqzzy", "en") == rarity("زقسفط", "ar") == MOST


@pytest.mark.parametrize(
    ("folded", "commonest"),
    [
        pytest.param("ماء", "الماء", id="its article, which folding takes off"),
        pytest.param("شبكه", "شبكة", id="its last letter, which folding evens"),
        pytest.param("بالماء", "الماء", id="without what is joined to it"),
    ],
)
def test_an_arabic_word_counts_as_the_commonest_of_its_forms(folded: str, commonest: str) -> None:
    assert rarity(folded, "ar") == pytest.approx(7 - zipf_frequency(commonest, "ar"), abs=0.1)


@pytest.mark.parametrize(
    ("word", "spoken", "language"),
    [
        pytest.param("ماء", "en", "ar", id="an Arabic word in an English question"),
        pytest.param("water", "ar", "en", id="an English word in an Arabic question"),
        pytest.param("water", "en-GB", "en", id="a region aside"),
        pytest.param("ماء", "ar_EG", "ar", id="and in another spelling"),
    ],
)
def test_a_word_is_of_the_language_of_its_letters(word: str, spoken: str, language: str) -> None:
    assert rarity(word, spoken) == rarity(word, language) < MIDDLE


@pytest.mark.parametrize("language", [*listed_languages(), "cy", "xx", ""])
def test_every_language_has_a_rarity(language: str) -> None:
    for word in ("tide", "مد", "潮", "물", "7", "c++", "\u200f", ""):
        assert LEAST <= rarity(word, language) <= MOST


def test_of_a_language_that_is_not_known_every_word_tells_as_much() -> None:
    assert rarity("tide", "cy") == rarity("the", "cy") == MIDDLE
