"""What the tests of knowledge share: an embedder that keeps count, and small glossaries."""

import hashlib
import math
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from langchain_core.embeddings import Embeddings

from knowledge.entry import SUMMARY, Entry, Section
from knowledge.fault import Fault
from knowledge.glossary import Glossary
from knowledge.language.words import fold
from knowledge.search.embeddings import Embedder, Scale, bundled_embedders
from knowledge.search.index import Index, open_index
from knowledge.search.intent import Classifier
from knowledge.search.retriever import Retriever
from knowledge.search.store import Store

DATA = Path(__file__).parents[1] / "data" / "knowledge"
DIMENSION = 64  # bytes of SHA-512
SCALE = Scale(0.3, 0.1)  # of texts that share a word or two


class CountingEmbeddings(Embeddings):
    """A text's words, hashed into a vector: the same in every process, near where words are shared.

    It records what it embeds; it fails after so many passages, and dawdles over each, if told to.
    """

    def __init__(self, *, fails_after: float = math.inf, pause: float = 0.0) -> None:
        self.passages: list[str] = []
        self.queries: list[str] = []
        self._fails_after = fails_after
        self._pause = pause

    def embed_query(self, text: str) -> list[float]:
        self.queries.append(text)
        return self._vector(text)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        vectors = []
        for text in texts:
            if len(self.passages) >= self._fails_after:
                raise ConnectionError("the line is dead")
            time.sleep(self._pause)
            self.passages.append(text)
            vectors.append(self._vector(text))
        return vectors

    def named(self, name: str = "counting") -> Embedder:
        return Embedder(name, DIMENSION, self, SCALE, SCALE)

    @staticmethod
    def _vector(text: str) -> list[float]:
        # A little of every text is its own, so that no two texts share a vector.
        vector = [byte / 2550 for byte in hashlib.sha512(text.encode()).digest()]
        for word in fold(text).split():
            vector[int(hashlib.sha256(word.encode()).hexdigest(), 16) % DIMENSION] += 1.0
        length = math.hypot(*vector)
        return [x / length for x in vector]


def small_glossary(texts: Mapping[str, str], path: str = "/glossaries/tides") -> Glossary:
    """English entries by id, each with one section."""
    parts = ((name, name.replace("-", " ").capitalize(), text) for name, text in texts.items())
    entries = (Entry(name, term, "en", (Section(SUMMARY, "", text),)) for name, term, text in parts)
    return Glossary(Path(path), tuple(entries))


def an_entry(name: str, language: str = "en", **fields: Any) -> Entry:
    """An entry of one sentence, with the fields that matter to a test."""
    entry = Entry(name, name.title(), language, (Section(SUMMARY, "", "It rises."),))
    return replace(entry, **fields)


def write_files(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """The folder, with these files in it."""
    for name, content in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def entries_of(items: Iterable[Entry | Fault]) -> list[Entry]:
    return [item for item in items if isinstance(item, Entry)]


def faults_of(items: Iterable[Entry | Fault]) -> list[Fault]:
    return [item for item in items if isinstance(item, Fault)]


def only_entry(items: Iterable[Entry | Fault]) -> Entry:
    """The one entry that was read, and nothing beside it."""
    (item,) = items
    assert isinstance(item, Entry), str(item)
    return item


def only_fault(items: Iterable[Entry | Fault]) -> Fault:
    """The one fault that was found, and nothing beside it."""
    (item,) = items
    assert isinstance(item, Fault), str(item)
    return item


def rows_in_chroma(store: Store, index: Index) -> set[str]:
    """The ids of all rows of an index's collection, whatever its manifest names."""
    collection = store.connect().get_collection(index.manifest.collection, embedding_function=None)
    return set(collection.get(include=[])["ids"])


def not_found(index: Index, glossary: Glossary) -> list[str]:
    """The texts of a glossary whose vectors an index does not have: none, if it is whole."""
    held = dict(zip(index.ids, index.vectors, strict=True))
    wanted = CountingEmbeddings().embed_documents(list(glossary.rows.values()))
    return [
        text
        for (row, text), vector in zip(glossary.rows.items(), wanted, strict=True)
        if row not in held or not np.allclose(held[row], vector, atol=1e-5)
    ]


def opened(
    store: Store,
    glossary: Glossary,
    embedders: Sequence[Embedder] = (),
    classifier: Classifier | None = None,
) -> Retriever:
    """Retrieval from a glossary; by the bundled embedders, unless others are given."""
    indexes = [open_index(store, glossary, each)[0] for each in embedders or bundled_embedders()]
    return Retriever(glossary, indexes, classifier or Classifier(bundled_embedders()))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "data")


@pytest.fixture
def counting() -> CountingEmbeddings:
    return CountingEmbeddings()


@pytest.fixture(scope="session")
def retriever(bundled_data: Path, bundled: Glossary) -> Retriever:
    """Retrieval from the bundled glossary, by the embedders that ship with the project."""
    return opened(Store(bundled_data), bundled)


@pytest.fixture(scope="session")
def tides(tmp_path_factory: pytest.TempPathFactory) -> Retriever:
    """Retrieval from a small glossary, some of whose entries are in one language only."""
    return opened(Store(tmp_path_factory.mktemp("tides")), Glossary.read(DATA / "tides"))
