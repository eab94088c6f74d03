"""The bundled glossary: its first index, and a search in it."""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from assistant.assistant import Assistant
from assistant.evaluation.cases import BUNDLED_QUESTIONS, Case, read
from assistant.settings import Settings
from knowledge.glossary import Glossary
from knowledge.search.embeddings import shipped
from knowledge.search.questions import text_hash
from knowledge.search.store import Store
from tests.benchmarks.invented import Asked
from tests.benchmarks.rows import Row
from tests.benchmarks.scale import beside_embedding, by_turns

FIRST = 10.0
"""Seconds within which the bundled glossary is to be indexed first."""
ASKED = 200
BESIDE_EMBEDDING = 1.6


def questions(glossary: Glossary, count: int) -> list[Case]:
    """Questions on the bundled glossary that stand by themselves, from all its files."""
    every = [q for file in sorted(BUNDLED_QUESTIONS.glob("*.jsonl")) for q in read(file, glossary)]
    alone = [question for question in every if question.turn == 1]
    return [alone[n * len(alone) // count] for n in range(count)]


def first_index(data: Path) -> Iterator[Row]:
    """The first index of the bundled glossary, beside putting the same rows into Chroma alone."""
    settings = Settings(data_dir=data, _env_file=None)
    start = time.perf_counter()
    assistant = Assistant.open(settings)
    took = time.perf_counter() - start
    texts = assistant.glossary.rows
    embedders = [index.embedder for index in assistant.retriever.indexes]
    floor = 0.0
    with tempfile.TemporaryDirectory() as other:
        client = Store(Path(other)).connect()
        ids, most = list(texts), client.get_max_batch_size()
        for number, embedder in enumerate(embedders):
            rows = client.create_collection(f"rows-{number}", embedding_function=None)
            held = shipped(embedder)
            vectors = [held[text_hash(text)] for text in texts.values()]
            start = time.perf_counter()
            for first in range(0, len(ids), most):
                part = slice(first, first + most)
                rows.add(ids=ids[part], embeddings=vectors[part])
            floor += time.perf_counter() - start
    value = f"{took:.1f} s, {len(texts):,} sentences"
    said = f"{FIRST:g} s; the rows alone {floor:.1f} s"
    yield Row("first index", value, said, took / FIRST, 1.0)


def asking(data: Path) -> Iterator[Row]:
    """A search, beside embedding the same question alone by the same embedders."""
    retriever = Assistant.open(Settings(data_dir=data, _env_file=None)).retriever
    asked = [Asked(q.question, q.language) for q in questions(retriever.glossary, ASKED)]
    (measured,) = by_turns({0: retriever}, asked).values()
    what = f"search, bundled glossary of {len(retriever.glossary.rows):,}"
    yield beside_embedding(what, measured, 50)
    yield beside_embedding(what, measured, 95, BESIDE_EMBEDDING)
