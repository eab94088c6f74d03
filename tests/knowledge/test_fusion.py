"""Fusion: what speaks for an entry as one score, and the best score as a confidence."""

from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest

from knowledge.fusion import (
    ABLATIONS,
    ANSWERABLE,
    FUSED,
    LONG,
    Features,
    Fusion,
    RankFusion,
    Subject,
    Weights,
    ranks,
)


def features(**values: list[float]) -> Features:
    """Those given, of each entry; 0 for the others."""
    count = len(next(iter(values.values()), []))
    return Features(*(np.array(values.get(name, [0.0] * count)) for name in Features._fields))


TIDES = features(
    closeness=[0.9, 0.4, 0.1, -0.2],
    words=[0.5, 0.6, 0.0, 0.1],
    covered=[1.0, 0.7, 0.0, 0.2],
    name=[0.0, 0.5, 0.0, 0.0],
    missing=[0.0, 0.3, 1.0, 0.8],
)
EVERY = [pytest.param(FUSED, id="whole"), *(pytest.param(f, id=n) for n, f in ABLATIONS.items())]


def scores(found: Features, subject: Subject = Subject(), fusion: Fusion = FUSED) -> Any:  # noqa: B008
    return fusion.scores(fusion.utilities(found), found, subject)


def logit(score: Any) -> Any:
    return np.log(score / (1.0 - score))


@pytest.mark.parametrize("fusion", EVERY)
def test_the_order_of_scores_is_that_of_utilities(fusion: Fusion) -> None:
    by_utility = np.argsort(-fusion.utilities(TIDES), kind="stable")
    by_score = np.argsort(-scores(TIDES, fusion=fusion), kind="stable")
    assert by_score.tolist() == by_utility.tolist()


@pytest.mark.parametrize("fusion", EVERY)
@pytest.mark.parametrize(
    "subject", [Subject(), Subject(named=1.0, demand=True, length=20)], ids=["bare", "full"]
)
def test_scores_lie_between_0_and_1(fusion: Fusion, subject: Subject) -> None:
    found = scores(TIDES, subject, fusion)
    assert ((found > 0) & (found < 1)).all()


@pytest.mark.parametrize("way", ["closeness", "words", "covered", "name"])
def test_whatever_speaks_for_an_entry_puts_it_before_its_equal(way: str) -> None:
    first, second = FUSED.utilities(features(**{way: [0.2, 0.6]}))
    assert second > first


def test_the_odds_of_another_entry_are_those_of_the_best_by_the_difference_of_utilities() -> None:
    utilities = FUSED.utilities(TIDES)
    apart = logit(scores(TIDES))
    assert (apart - apart[0]).tolist() == pytest.approx((utilities - utilities[0]).tolist())


@pytest.mark.parametrize("fusion", EVERY)
def test_a_demand_that_the_entry_does_not_meet_lowers_every_score(fusion: Fusion) -> None:
    met, unmet = (scores(TIDES, Subject(demand=demand), fusion) for demand in (False, True))
    assert (unmet < met).all()


def test_naming_the_entry_raises_the_score_the_more_the_more_is_named() -> None:
    found = features(closeness=[0.5, 0.2])
    unnamed, part, whole = (scores(found, Subject(named=named))[0] for named in (0.0, 0.5, 1.0))
    assert unnamed < part < whole


def test_words_that_the_best_entry_does_not_use_lower_the_score() -> None:
    used, unused = (features(closeness=[0.5], missing=[part]) for part in (0.0, 0.5))
    assert scores(unused)[0] < scores(used)[0]


def test_words_that_an_entry_beside_the_best_does_not_use_lower_nothing() -> None:
    used, unused = (features(closeness=[0.9, 0.1], missing=[0.0, part]) for part in (0.0, 1.0))
    assert scores(unused).tolist() == scores(used).tolist()


def test_a_nearer_entry_raises_the_confidence() -> None:
    near, far = (scores(features(closeness=[closeness]))[0] for closeness in (0.9, 0.1))
    assert near > far


def test_a_long_question_is_met_less_closely_and_is_given_credit_for_it() -> None:
    found = features(closeness=[0.5])
    assert scores(found, Subject(length=LONG))[0] > scores(found, Subject(length=1))[0]


def test_from_some_length_on_a_question_is_as_long_as_any() -> None:
    found = features(closeness=[0.5])
    assert scores(found, Subject(length=LONG)) == scores(found, Subject(length=10 * LONG))


@pytest.mark.parametrize("fusion", EVERY)
def test_where_no_entry_is_found_there_is_no_score(fusion: Fusion) -> None:
    none = Features(*np.zeros((len(Features._fields), 0)))
    assert len(scores(none, fusion=fusion)) == 0


@pytest.mark.parametrize("fusion", EVERY)
def test_an_entry_alone_has_the_confidence_for_score(fusion: Fusion) -> None:
    assert 0 < scores(features(closeness=[0.5]), fusion=fusion)[0] < 1


def test_a_question_is_answerable_from_a_confidence_between_never_and_always() -> None:
    assert 0 < ANSWERABLE < 1


def test_a_question_that_is_nothing_but_a_name_asks_for_its_entry_above_all() -> None:
    most = features(closeness=[0.5, 0.5], name=[0.0, 0.9])
    whole = features(closeness=[0.5, 0.5], name=[0.0, 1.0])
    less, more = (np.ptp(FUSED.utilities(found)) for found in (most, whole))
    assert more - less > FUSED.name * 0.1 + FUSED.whole / 2


@pytest.mark.parametrize(
    ("values", "places"),
    [
        ([0.1, 0.9, 0.5], [3, 1, 2]),
        pytest.param([0.5, 0.5, 0.9], [2, 3, 1], id="of equals the first comes first"),
        pytest.param([-0.2, -0.1], [2, 1], id="negative"),
        ([0.4], [1]),
        ([], []),
    ],
)
def test_the_greatest_value_has_the_first_place(values: list[float], places: list[int]) -> None:
    assert ranks(np.array(values)).tolist() == places


def test_rank_fusion_sums_reciprocal_ranks() -> None:
    found = features(closeness=[0.9, 0.5], words=[0.2, 0.4], name=[0.0, 1.0])
    assert RankFusion().utilities(found).tolist() == pytest.approx(
        [1 / 61 + 1 / 62, 1 / 62 + 1 / 61 + 1 / 61]
    )


def test_rank_fusion_gives_nothing_for_a_way_that_did_not_find_an_entry() -> None:
    found = features(closeness=[0.5, -0.1], words=[0.0, 0.0])
    assert RankFusion().utilities(found).tolist() == pytest.approx([1 / 61, 0.0])


@pytest.mark.parametrize(
    ("name", "off", "off_in_confidence"),
    [
        ("dense only", {"words", "covered", "name", "whole"}, {"named", "missing", "beside"}),
        ("lexical only", {"closeness", "name", "whole"}, {"nearest", "named", "beside"}),
        ("without names", {"name", "whole"}, {"named", "beside"}),
    ],
)
def test_an_ablation_leaves_out_what_its_name_says_and_no_more(
    name: str, off: set[str], off_in_confidence: set[str]
) -> None:
    ablated = ABLATIONS[name]
    confidence = replace(FUSED.confidence, **dict.fromkeys(off_in_confidence, 0.0))
    assert ablated == replace(FUSED, **dict.fromkeys(off, 0.0), confidence=confidence)


@pytest.mark.parametrize(
    ("name", "ways"),
    [
        ("dense only", ("words", "covered", "name", "missing")),
        ("lexical only", ("closeness", "name")),
        ("without names", ("name",)),
    ],
)
def test_what_an_ablation_leaves_out_changes_no_score(name: str, ways: tuple[str, ...]) -> None:
    without = TIDES._replace(**{way: np.zeros(4) for way in ways})
    ablated = ABLATIONS[name]
    assert scores(without, fusion=ablated).tolist() == scores(TIDES, fusion=ablated).tolist()


@pytest.mark.parametrize("name", ["dense only", "lexical only", "without names"])
def test_without_names_it_counts_for_nothing_that_an_entry_is_named(name: str) -> None:
    named, unnamed = (scores(TIDES, Subject(named), ABLATIONS[name]) for named in (1.0, 0.0))
    assert named.tolist() == unnamed.tolist()


def test_without_calibration_the_ways_that_remain_weigh_alike() -> None:
    plain = ABLATIONS["without calibration"]
    assert plain.closeness == plain.words == plain.name
    assert plain.covered == 0.0


def test_every_part_of_the_whole_fusion_has_weight() -> None:
    parts = [getattr(FUSED, f.name) for f in fields(Fusion) if f.name != "confidence"]
    parts += [getattr(FUSED.confidence, f.name) for f in fields(Weights)]
    assert all(parts)
