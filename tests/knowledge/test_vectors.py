"""The vectors that ship with the bundled glossary: that they are its own, and are used."""

from pathlib import Path

import pytest

from knowledge.glossary import Glossary
from knowledge.search.embeddings import Embedder, bundled_embedders
from knowledge.search.index import open_index
from knowledge.search.questions import text_hash
from knowledge.search.store import Store
from knowledge.search.vectors import Vectors, file_name, write
from tests.knowledge.conftest import CountingEmbeddings

TEXTS = ("Ebb: the sea falls.", "Flow: the sea rises.", "المد: ارتفاع البحر.")
BUNDLED = [pytest.param(each, id=each.name.partition(",")[0]) for each in bundled_embedders()]


@pytest.fixture
def folder(tmp_path: Path, counting: CountingEmbeddings) -> Path:
    """A folder with the vectors of some texts."""
    write(TEXTS, counting.named(), tmp_path)
    return tmp_path


@pytest.mark.parametrize("embedder", BUNDLED)
def test_the_shipped_vectors_are_those_of_the_bundled_glossary(
    bundled: Glossary, embedder: Embedder
) -> None:
    shipped = Vectors.read(embedder)
    assert shipped.embedder == embedder.name
    texts = set(map(text_hash, bundled.rows.values()))
    stale, missing = len(shipped.by_hash.keys() - texts), len(texts - shipped.by_hash.keys())
    assert (stale, missing) == (0, 0), "run make vectors"


@pytest.mark.parametrize("embedder", BUNDLED)
def test_the_bundled_glossary_is_indexed_without_embedding_its_sentences(
    bundled: Glossary, embedder: Embedder, tmp_path: Path
) -> None:
    seen: list[tuple[int, int]] = []
    index, report = open_index(
        Store(tmp_path), bundled, embedder, lambda done, total: seen.append((done, total))
    )
    assert report.embedded == 0
    assert index.ids == tuple(bundled.rows)
    assert seen[0] == (0, len(bundled.rows))
    assert seen[-1] == (len(bundled.rows), len(bundled.rows))
    row = next(s.id for e in bundled.versions("rlhf") for s in e.sentences)
    nearest = (index.vectors @ embedder.passages([bundled.rows[row]])[0]).argmax()
    assert index.ids[nearest] == row


@pytest.mark.parametrize(
    ("text", "embedder"),
    [
        pytest.param("Ebb: the sea falls!", "counting", id="another text"),
        pytest.param(TEXTS[0], "another", id="another embedder"),
        pytest.param(TEXTS[0], "counting, 2", id="another version of it"),
    ],
)
def test_a_changed_text_or_another_embedder_finds_none(
    folder: Path, counting: CountingEmbeddings, text: str, embedder: str
) -> None:
    named = counting.named(embedder)
    assert not Vectors.read(named, folder).hold(text, named)


def test_writing_again_embeds_what_is_new_and_drops_what_is_gone(
    folder: Path, counting: CountingEmbeddings
) -> None:
    counting.passages.clear()
    write((*TEXTS[1:], "Neap: a small tide."), counting.named(), folder)
    assert counting.passages == ["Neap: a small tide."]
    assert len(Vectors.read(counting.named(), folder).by_hash) == 3
    assert [path.name for path in folder.iterdir()] == [file_name(counting.named())]
