"""Resemblance: the words of a vocabulary that are spelt like another."""

import pytest

from knowledge.search.similar import SimilarWords

SEA = ("tide", "tidal", "ebb", "neap", "harbour", "current")


@pytest.mark.parametrize(
    ("misspelt", "meant"),
    [
        pytest.param("tiide", "tide", id="a letter too many"),
        pytest.param("curent", "current", id="one of two"),
        pytest.param("tide", "tide", id="none"),
    ],
)
def test_a_misspelt_word_is_most_like_the_one_meant(misspelt: str, meant: str) -> None:
    assert SimilarWords(SEA).of(misspelt)[0][0] == meant


def test_likeness_is_the_square_of_twice_the_common_pairs_over_all_pairs() -> None:
    # " e", "eb", "bb", "b " and " e", "eb", "b ": three in common, of four and three.
    ((_, likeness),) = SimilarWords(["ebb"]).of("eb")
    assert likeness == pytest.approx((2 * 3 / (4 + 3)) ** 2)


@pytest.mark.parametrize(
    ("vocabulary", "word"),
    [
        pytest.param(SEA, "moon", id="none is like it"),
        pytest.param((), "tide", id="no words"),
        pytest.param(SEA, "", id="an empty word"),
    ],
)
def test_what_nothing_resembles_finds_nothing(vocabulary: tuple[str, ...], word: str) -> None:
    assert SimilarWords(vocabulary).of(word) == []
