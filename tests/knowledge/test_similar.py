"""Resemblance: the words of a vocabulary that are spelt like another."""

import pytest

from knowledge.search.similar import SimilarWords

SEA = ("tide", "tidal", "ebb", "neap", "harbour", "current")


@pytest.mark.parametrize(
    ("misspelt", "meant"),
    [
        pytest.param("tiide", "tide", id="a letter too many"),
        pytest.param("harbor", "harbour", id="a letter too few"),
        pytest.param("curent", "current", id="one of two"),
        pytest.param("harbuor", "harbour", id="letters exchanged"),
        pytest.param("tide", "tide", id="none"),
    ],
)
def test_a_misspelt_word_is_most_like_the_one_meant(misspelt: str, meant: str) -> None:
    assert SimilarWords(SEA).of(misspelt)[0][0] == meant


def test_forms_of_one_word_resemble_each_other_in_a_language_that_inflects() -> None:
    found = dict(SimilarWords(["pływ", "pływy", "pływów", "księżyc"]).of("pływami"))
    assert found.keys() == {"pływ", "pływy", "pływów"}


def test_a_word_is_wholly_like_itself() -> None:
    word, likeness = SimilarWords(SEA).of("tide")[0]
    assert word == "tide"
    assert likeness == pytest.approx(1.0)


def test_likeness_is_the_square_of_twice_the_common_pairs_over_all_pairs() -> None:
    # " e", "eb", "bb", "b " and " e", "eb", "b ": three in common, of four and three.
    ((_, likeness),) = SimilarWords(["ebb"]).of("eb")
    assert likeness == pytest.approx((2 * 3 / (4 + 3)) ** 2)


def test_likeness_does_not_depend_on_which_of_two_words_is_asked() -> None:
    there, back = SimilarWords(["tidal"]).of("tide"), SimilarWords(["tide"]).of("tidal")
    assert there[0][1] == pytest.approx(back[0][1])


def test_the_likest_come_first_each_at_least_a_quarter_like() -> None:
    likeness = [part for _, part in SimilarWords(["tides", "tide", "tidal", "ebb"]).of("tide")]
    assert len(likeness) > 1
    assert likeness == sorted(likeness, reverse=True)
    assert all(0.25 <= part <= 1 for part in likeness)


def test_of_many_like_words_only_few_stand_for_one() -> None:
    words = [f"harbour{chr(letter)}" for letter in range(ord("a"), ord("z") + 1)]
    assert 0 < len(SimilarWords(words).of("harbour")) < len(words)


@pytest.mark.parametrize(
    ("vocabulary", "word"),
    [
        pytest.param(SEA, "moon", id="none is like it"),
        pytest.param(SEA, "潮汐", id="another script"),
        pytest.param((), "tide", id="no words"),
        pytest.param(SEA, "", id="an empty word"),
    ],
)
def test_what_nothing_resembles_finds_nothing(vocabulary: tuple[str, ...], word: str) -> None:
    assert SimilarWords(vocabulary).of(word) == []


def test_letters_out_of_order_are_no_likeness() -> None:
    assert SimilarWords(["ebb"]).of("bbe") == []
