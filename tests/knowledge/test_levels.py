"""Levels: where a cosine lies between those of unrelated and of related questions."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pytest
import yaml

from knowledge.glossary import Glossary
from knowledge.levels import Level, Levels, everyday
from tests.knowledge.conftest import CountingEmbeddings, an_entry, small_glossary

if TYPE_CHECKING:
    from pathlib import Path

    from knowledge.store import Collection

ENGLISH, ARABIC = Level(0.25, 0.75), Level(0.5, 0.9)
LEVELS = Levels({"en": ENGLISH, "ar": ARABIC})
TIDES = small_glossary({"spring-tide": "The sea rises high.", "neap-tide": "It rises little."})
EVERYDAY: dict[str, list[str]] = yaml.safe_load(
    files("knowledge").joinpath("everyday.yaml").read_text("utf-8")
)


@dataclass
class Rows:
    """As much of a collection as the levels need: vectors of unit length, by row."""

    vectors: dict[str, list[float]]

    def query(self, *, query_embeddings: list[Any], n_results: int, include: list[str]) -> Any:
        assert include == ["distances"]
        (vector,) = query_embeddings
        far = {row: 1.0 - float(np.dot(vector, at)) for row, at in self.vectors.items()}
        nearest = sorted(far, key=far.__getitem__)[:n_results]
        return {"ids": [nearest], "distances": [[far[row] for row in nearest]]}


def rows_of(counting: CountingEmbeddings, *texts: str) -> "Collection":
    return cast("Collection", Rows({t: counting.embed_query(t) for t in texts}))


def closeness(
    cosine: float, asked: str, written: str, across: Mapping[str, float] = MappingProxyType({})
) -> float:
    return float(LEVELS.closeness(np.array([cosine]), asked, [written], across)[0])


@pytest.mark.parametrize(("language", "level"), [("en", ENGLISH), ("ar", ARABIC)])
def test_closeness_is_0_and_1_at_the_levels_of_the_language(language: str, level: Level) -> None:
    assert closeness(level.unrelated, language, language) == pytest.approx(0.0)
    assert closeness(level.related, language, language) == pytest.approx(1.0)


def test_halfway_between_the_levels_closeness_is_a_half() -> None:
    assert closeness(0.5, "en", "en") == pytest.approx(0.5)


def test_a_cosine_beyond_the_levels_is_closer_than_1_or_farther_than_0() -> None:
    assert closeness(0.8, "en", "en") > 1
    assert closeness(0.2, "en", "en") < 0


@pytest.mark.parametrize("unrelated", [0.0, 0.1, 0.3])
def test_a_question_in_another_language_is_0_where_unrelated_ones_of_it_lie(
    unrelated: float,
) -> None:
    assert closeness(unrelated, "ar", "en", {"en": unrelated}) == pytest.approx(0.0)
    assert closeness(unrelated + 0.1, "ar", "en", {"en": unrelated}) > 0


@pytest.mark.parametrize(("asked", "written"), [("ar", "en"), ("en", "ar"), ("fr", "en")])
def test_where_none_of_it_are_measured_it_lies_below_one_in_the_language_of_the_texts(
    asked: str, written: str
) -> None:
    unrelated = LEVELS.within[written].unrelated
    assert closeness(unrelated, asked, written) > closeness(unrelated, written, written)


def test_across_languages_no_text_is_closer_than_1() -> None:
    assert closeness(0.99, "ar", "en") == 1.0
    assert closeness(0.99, "en", "en") > 1.0


def test_what_is_measured_across_languages_counts_for_nothing_within_one() -> None:
    assert closeness(0.5, "en", "en", {"en": 0.4, "ar": 0.1}) == closeness(0.5, "en", "en")


def test_of_two_texts_in_another_language_the_nearer_is_the_closer() -> None:
    near, far = LEVELS.closeness(np.array([0.2, 0.15]), "ar", ["en", "en"], {"en": 0.1})
    assert near > far


@pytest.mark.parametrize(
    ("asked", "written"), [("en-GB", "en"), ("en", "en-GB"), ("en-GB", "en-US"), ("EN_gb", "en")]
)
def test_regions_of_one_language_are_one_language(asked: str, written: str) -> None:
    assert closeness(0.6, asked, written) == closeness(0.6, "en", "en")


def test_regions_of_another_language_are_measured_alike() -> None:
    across = {"en": 0.3}
    assert closeness(0.4, "ar-EG", "en-GB", across) == closeness(0.4, "ar", "en", across)


def test_an_array_of_cosines_gives_an_array_each_by_the_language_of_its_text() -> None:
    found = LEVELS.closeness(np.array([0.25, 0.3, 0.75]), "en", ["en", "ar", "en"], {"ar": 0.2})
    assert isinstance(found, np.ndarray)
    assert found.tolist() == pytest.approx([0.0, closeness(0.3, "en", "ar", {"ar": 0.2}), 1.0])


def test_no_cosines_give_an_empty_array() -> None:
    assert LEVELS.closeness(np.zeros(0), "en", [], {}).shape == (0,)


@pytest.mark.parametrize("language", ["en", "en-GB", "ar"])
def test_everyday_questions_are_of_a_language_whatever_its_region(language: str) -> None:
    assert everyday(language) == EVERYDAY[language[:2]]


def test_a_language_unlisted_has_no_everyday_questions() -> None:
    assert everyday("cy") == []


def test_the_related_level_is_what_the_terms_of_the_glossary_reach(
    counting: CountingEmbeddings,
) -> None:
    rows = rows_of(counting, "Spring tide", "Neap tide")
    (level,) = Levels.measured(rows, TIDES, counting.named()).within.values()
    assert level.related == pytest.approx(1.0)


def test_the_unrelated_level_is_what_everyday_questions_reach_on_average(
    counting: CountingEmbeddings,
) -> None:
    row = "When does the last bus leave the beach?"
    levels = Levels.measured(rows_of(counting, row), TIDES, counting.named())
    cosines = [
        np.dot(counting.embed_query(row), counting.embed_query(question))
        for question in EVERYDAY["en"]
    ]
    assert levels.within["en"].unrelated == pytest.approx(np.mean(cosines))


def test_rows_that_go_are_not_measured(counting: CountingEmbeddings) -> None:
    rows = rows_of(counting, "Spring tide", "Neap tide", "Harbour")
    stale = frozenset({"Spring tide", "Neap tide"})
    levels = Levels.measured(rows, TIDES, counting.named(), stale)
    assert levels == Levels.measured(rows_of(counting, "Harbour"), TIDES, counting.named())


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param((), id="no row"),
        pytest.param(tuple(EVERYDAY["en"]), id="everyday questions reach more than the terms"),
    ],
)
def test_the_levels_are_apart_whatever_the_index_holds(
    counting: CountingEmbeddings, rows: tuple[str, ...]
) -> None:
    levels = Levels.measured(rows_of(counting, *rows), TIDES, counting.named())
    assert levels.within["en"].related > levels.within["en"].unrelated
    assert np.isfinite(levels.closeness(np.array([0.5]), "en", ["en"], {})).all()


def test_each_language_of_the_glossary_is_measured_once_by_its_own_questions(
    counting: CountingEmbeddings, tmp_path: "Path"
) -> None:
    entries = (an_entry("tide"), an_entry("tide", "en-GB"), an_entry("مد", "ar"))
    levels = Levels.measured(
        rows_of(counting, "Tide"), Glossary(tmp_path, entries), counting.named()
    )
    assert levels.within.keys() == {"en", "ar"}
    asked = counting.queries[1:]
    assert sorted(asked) == sorted([*EVERYDAY["en"], *EVERYDAY["ar"], "Tide", "Tide", "مد"])


def test_a_language_without_everyday_questions_is_measured_by_those_of_all_languages(
    counting: CountingEmbeddings, tmp_path: "Path"
) -> None:
    glossary = Glossary(tmp_path, (an_entry("llanw", "cy"),))
    levels = Levels.measured(rows_of(counting, "Llanw"), glossary, counting.named())
    assert levels.within.keys() == {"cy"}
    assert set(counting.queries) >= {q for questions in EVERYDAY.values() for q in questions}


def test_of_a_large_glossary_a_sample_of_terms_is_asked(counting: CountingEmbeddings) -> None:
    glossary = small_glossary({f"tide-{n}": "It rises." for n in range(1000)})
    Levels.measured(rows_of(counting, "Tide"), glossary, counting.named())
    assert len(counting.queries) < 100


def test_levels_of_an_unknown_language_of_a_text_are_an_error() -> None:
    with pytest.raises(KeyError):
        LEVELS.closeness(np.array([0.5]), "en", ["fr"], {})
