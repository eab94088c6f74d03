"""The vectors that ship with the bundled glossary: that they are its own, and are used."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from knowledge.embeddings import Embedder
from knowledge.glossary import Glossary
from knowledge.index import open_index
from knowledge.store import Store
from knowledge.vectors import FILE, Vectors, text_hash, write
from tests.knowledge.conftest import CountingEmbeddings

TEXTS = ("Ebb: the sea falls.", "Flow: the sea rises.", "المد: ارتفاع البحر.")


def _cosines(some: list[list[float]], others: list[list[float]]) -> Any:
    """The similarity of each vector to the one in its place."""
    a, b = np.array(some), np.array(others)
    return (a * b).sum(axis=1) / np.linalg.norm(a, axis=1) / np.linalg.norm(b, axis=1)


@pytest.fixture
def file(tmp_path: Path, counting: CountingEmbeddings) -> Path:
    write(TEXTS, counting.named(), tmp_path / "vectors.npz")
    return tmp_path / "vectors.npz"


def test_the_shipped_vectors_are_those_of_the_bundled_glossary(
    bundled: Glossary, nano: Embedder
) -> None:
    shipped = Vectors.read()
    assert shipped.embedder == nano.name
    texts = {text_hash(passage.embedded) for passage in bundled.passages.values()}
    stale, missing = len(shipped.by_hash.keys() - texts), len(texts - shipped.by_hash.keys())
    assert (stale, missing) == (0, 0), "run make vectors"


def test_the_shipped_vectors_are_what_the_embedder_gives(bundled: Glossary, nano: Embedder) -> None:
    some = [p.embedded for p in bundled.passages.values()][::150]
    assert _cosines(Vectors.read().of(some), nano.passages(some)).min() > 0.999


def test_the_file_is_small() -> None:
    assert FILE.stat().st_size < 3_000_000


def test_the_bundled_glossary_is_indexed_without_embedding_its_passages(
    bundled: Glossary, nano: Embedder, tmp_path: Path
) -> None:
    seen: list[tuple[int, int]] = []
    index, report = open_index(
        Store(tmp_path), bundled, nano, lambda done, total: seen.append((done, total))
    )
    assert report.embedded == 0
    assert len(index.manifest.rows) == len(bundled.passages)
    assert seen[0] == (0, len(bundled.passages))
    assert seen[-1] == (len(bundled.passages), len(bundled.passages))
    passage = next(
        p for p in bundled.passages.values() if (p.language, p.entry_id) == ("en", "rlhf")
    )
    assert index.search(nano.passages([passage.embedded])[0], 1)[0][0] == passage.id


def test_a_vector_is_found_by_the_text_it_embeds(file: Path, counting: CountingEmbeddings) -> None:
    held = Vectors.read(file)
    assert all(held.hold(text, counting.named()) for text in TEXTS)
    assert _cosines(held.of(TEXTS[1:]), counting.embed_documents(list(TEXTS[1:]))).min() > 0.999


def test_the_numbers_of_a_vector_are_kept_as_bytes(file: Path) -> None:
    with np.load(file) as held:
        assert held["bytes"].dtype == np.int8
        assert np.abs(held["bytes"]).max(axis=1).tolist() == [127] * len(TEXTS)


@pytest.mark.parametrize(
    ("text", "embedder"), [("Ebb: the sea falls!", "counting"), (TEXTS[0], "another")]
)
def test_a_changed_text_or_another_embedder_finds_none(
    file: Path, counting: CountingEmbeddings, text: str, embedder: str
) -> None:
    assert not Vectors.read(file).hold(text, counting.named(embedder))


def test_writing_again_embeds_what_is_new_and_drops_what_is_gone(
    file: Path, counting: CountingEmbeddings
) -> None:
    counting.passages.clear()
    write((*TEXTS[1:], "Neap: a small tide."), counting.named(), file)
    assert counting.passages == ["Neap: a small tide."]
    assert len(Vectors.read(file).by_hash) == 3
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_writing_again_moves_no_vector_that_stays(file: Path, counting: CountingEmbeddings) -> None:
    before = Vectors.read(file).of(TEXTS)
    for _ in range(9):
        write(TEXTS, counting.named(), file)
    assert Vectors.read(file).of(TEXTS) == pytest.approx(np.array(before), rel=1e-5)


def test_where_there_is_no_file_there_are_no_vectors(tmp_path: Path) -> None:
    assert not Vectors.read(tmp_path / "none.npz").by_hash
