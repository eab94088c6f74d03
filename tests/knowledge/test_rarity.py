"""Rarity: how much a word tells."""

import pytest
from wordfreq import zipf_frequency

from knowledge.language.words import fold
from knowledge.search.rarity import rarity

LEAST, MIDDLE, MOST = 0.5, 3.25, 6.0


@pytest.mark.parametrize(
    ("words", "language"),
    [(["the", "water", "transformer", "backpropagation"], "en"), (["de", "eau", "marée"], "fr")],
)
def test_the_seldomer_people_use_a_word_the_more_it_tells(words: list[str], language: str) -> None:
    found = [rarity(fold(word), language) for word in words]
    assert found == sorted(found)
    assert len(set(found)) == len(found)
    assert all(LEAST <= each <= MOST for each in found)


@pytest.mark.parametrize(
    ("folded", "commonest"),
    [
        pytest.param("ماء", "الماء", id="its article, which folding takes off"),
        pytest.param("بالماء", "الماء", id="without what is joined to it"),
    ],
)
def test_an_arabic_word_counts_as_the_commonest_of_its_forms(folded: str, commonest: str) -> None:
    assert rarity(folded, "ar") == pytest.approx(7 - zipf_frequency(commonest, "ar"), abs=0.1)


@pytest.mark.parametrize(
    ("word", "spoken", "language"),
    [
        pytest.param("ماء", "en", "ar", id="an Arabic word in an English question"),
        pytest.param("ماء", "ar_EG", "ar", id="and in another spelling"),
    ],
)
def test_a_word_is_of_the_language_of_its_letters(word: str, spoken: str, language: str) -> None:
    assert rarity(word, spoken) == rarity(word, language) < MIDDLE
