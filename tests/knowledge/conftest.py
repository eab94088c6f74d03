"""What the tests of knowledge share: an embedder that keeps count, and small glossaries."""

import hashlib
import math
import time
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from langchain_core.embeddings import Embeddings

import knowledge.stems
from knowledge.embeddings import Embedder, make_embedder
from knowledge.entry import SUMMARY, Entry, Section
from knowledge.fault import Fault
from knowledge.glossary import Glossary
from knowledge.grammar import content_stems
from knowledge.index import Index, open_index
from knowledge.retrieval import Retriever
from knowledge.store import Store
from knowledge.words import fold

DATA = Path(__file__).parents[1] / "data" / "knowledge"
DIMENSION = 64  # bytes of SHA-512


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
        return Embedder(name, DIMENSION, self)

    @staticmethod
    def _vector(text: str) -> list[float]:
        # A little of every text is its own, so that no two texts share a vector.
        vector = [byte / 2550 for byte in hashlib.sha512(text.encode()).digest()]
        for word in fold(text).split():
            vector[int(hashlib.sha256(word.encode()).hexdigest(), 16) % DIMENSION] += 1.0
        length = math.hypot(*vector)
        return [x / length for x in vector]


def small_glossary(texts: Mapping[str, str], path: str = "/glossaries/tides") -> Glossary:
    """English entries by id, each with one section; a blank line parts its passages."""
    return Glossary(
        Path(path),
        tuple(
            Entry(name, name.replace("-", " ").capitalize(), "en", (Section(SUMMARY, "", text),))
            for name, text in texts.items()
        ),
    )


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
    """The passages of a glossary that are not the nearest to themselves: none, in a whole index."""
    passages = list(glossary.passages.values())
    vectors = CountingEmbeddings().embed_documents([passage.embedded for passage in passages])
    hits = [index.search(vector, 1) for vector in vectors]
    return [
        passage.embedded
        for passage, hit in zip(passages, hits, strict=True)
        if [row for row, _ in hit] != [passage.id]
    ]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "data")


@pytest.fixture
def counting() -> CountingEmbeddings:
    return CountingEmbeddings()


@pytest.fixture
def taken_apart(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that are taken apart from here on."""
    texts: list[str] = []

    def recorded(text: str, language: str) -> list[str]:
        texts.append(text)
        return content_stems(text, language)

    monkeypatch.setattr(knowledge.stems, "content_stems", recorded)
    return texts


@pytest.fixture(scope="session")
def nano() -> Embedder:
    """The embedder that ships with the project."""
    return make_embedder()


@pytest.fixture(scope="session")
def retriever(bundled_data: Path, bundled: Glossary, nano: Embedder) -> Retriever:
    """Retrieval from the bundled glossary, by the embedder that ships with it."""
    index, _ = open_index(Store(bundled_data), bundled, nano)
    return Retriever(bundled, index, nano)


@pytest.fixture(scope="session")
def tides(tmp_path_factory: pytest.TempPathFactory, nano: Embedder) -> Retriever:
    """Retrieval from a small glossary, some of whose entries are in one language only."""
    glossary = Glossary.read(DATA / "tides")
    index, _ = open_index(Store(tmp_path_factory.mktemp("tides")), glossary, nano)
    return Retriever(glossary, index, nano)
