"""The bundled glossary: its first index, a question to it, the server's start and its memory."""

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import psutil
from playwright.sync_api import sync_playwright

from assistant.assistant import Assistant
from assistant.evaluation.cases import BUNDLED_QUESTIONS, Case, read
from assistant.settings import Settings
from knowledge.glossary import Glossary
from knowledge.search.embeddings import shipped
from knowledge.search.questions import text_hash
from knowledge.search.store import Store
from tests.benchmarks.invented import Asked
from tests.benchmarks.rows import Row, times
from tests.benchmarks.scale import beside_embedding, by_turns
from tests.browser.conftest import CHROMIUM, FLAGS, MASRAD, ask

QUESTIONS = (
    "What is a foundation model?",
    "ما هو النموذج الأساسي؟",
    "How does retrieval-augmented generation work?",
    "ما الفرق بين الضبط الدقيق والتدريب المسبق؟",
    "Who won the 2018 World Cup?",
)
FIRST = 10.0
"""Seconds within which the bundled glossary is to be indexed first."""
ASKED = 200
BESIDE_EMBEDDING = 1.6
STARTS = 5
PORT = 8790


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


def starting(data: Path) -> Iterator[Row]:
    """A second start of the server until it answers, and its memory once it has been asked."""
    empty = [sys.executable, "-c", "import streamlit.web.bootstrap, chromadb"]
    floors = times(lambda: subprocess.run(empty, check=True), STARTS)
    Assistant.open(Settings(data_dir=data, _env_file=None))  # so that there has been a first one
    starts, memory = [], 0.0
    for number in range(STARTS):
        with _served(data, PORT + number) as (process, took):
            starts.append(took)
            memory = max(memory, _use(process, PORT + number))
    took, floor = statistics.median(starts), statistics.median(floors)
    yield Row("second start", f"{took:.2f} s", f"3 s; its imports {floor:.2f} s", took / 3.0, 1.0)
    yield Row("memory, serving", f"{memory:.0f} MB", "700 MB", memory / 700, 1.0)


@contextmanager
def _served(data: Path, port: int) -> Iterator[tuple[psutil.Popen, float]]:
    command = [str(MASRAD), "serve", "--no-browser", "--port", str(port), "--data-dir", str(data)]
    start = time.perf_counter()
    process = psutil.Popen(command, stdout=subprocess.DEVNULL)
    try:
        while True:
            try:
                httpx.get(f"http://127.0.0.1:{port}/_stcore/health", timeout=5).raise_for_status()
                break
            except httpx.HTTPError:
                time.sleep(0.02)
        yield process, time.perf_counter() - start
    finally:
        process.terminate()
        process.wait(20)


def _use(process: psutil.Popen, port: int) -> float:
    """Megabytes of a server that a browser, if there is one, has asked all the questions."""
    if CHROMIUM:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            page = browser.new_page()
            page.goto(f"http://127.0.0.1:{port}")
            for number, question in enumerate(QUESTIONS):
                ask(page, question)
                page.locator(".m-answer").nth(number).wait_for()
            browser.close()
    return float(process.memory_info().rss) / 1e6
