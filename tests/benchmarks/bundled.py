"""The bundled glossary: its first index, a question to it, the server's start and its memory."""

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import psutil

from assistant.assistant import Assistant
from assistant.settings import Settings
from knowledge.index import open_index
from knowledge.store import Store
from knowledge.vectors import Vectors
from tests.benchmarks.rows import Row, ms, times

MASRAD = Path(sys.executable).with_name("masrad")
QUESTIONS = (
    "What is a foundation model?",
    "ما هو النموذج الأساسي؟",
    "How does retrieval-augmented generation work?",
    "ما الفرق بين الضبط الدقيق والتدريب المسبق؟",
    "Who won the 2018 World Cup?",
)
ROUNDS = 60
STARTS = 5
SAMPLE = 128
PORT = 8790


def first_index(data: Path) -> Iterator[Row]:
    """The first index of the bundled glossary, beside putting the same rows into Chroma alone."""
    settings = Settings(data_dir=data, _env_file=None)
    start = time.perf_counter()
    assistant = Assistant.open(settings)
    took = time.perf_counter() - start
    texts = {row: p.embedded for row, p in assistant.glossary.passages.items()}
    with tempfile.TemporaryDirectory() as other:
        client = Store(Path(other)).connect()
        rows = client.create_collection("rows", embedding_function=None)
        ids, documents, most = list(texts), list(texts.values()), client.get_max_batch_size()
        vectors: Any = Vectors.read().of(documents)
        start = time.perf_counter()
        for first in range(0, len(ids), most):
            part = slice(first, first + most)
            rows.add(ids=ids[part], embeddings=vectors[part], documents=documents[part])
        floor = time.perf_counter() - start
    value = f"{took:.1f} s, {len(texts)} passages"
    yield Row("first index", value, f"10 s; rows alone {floor:.1f} s", took / 10, 1.0)

    embedder = assistant.retriever.embedder
    some = list(texts.values())[:: len(texts) // SAMPLE][:SAMPLE]
    start = time.perf_counter()
    embedder.passages(some)
    rate = len(some) / (time.perf_counter() - start)
    value = f"{len(texts) / rate:.0f} s at {rate:.1f} passages/s"
    yield Row("embedding them instead", value)
    again = times(lambda: open_index(settings.store, assistant.glossary, embedder), 10)
    yield Row("sync, nothing changed", f"{ms(again, 50):.1f} ms")


def asking(data: Path) -> Iterator[Row]:
    """A warm ``ask`` with the quote writer, beside embedding the same question alone."""
    assistant = Assistant.open(Settings(data_dir=data, _env_file=None))
    embed = assistant.retriever.embedder.query
    asks: list[float] = []
    embeds: list[float] = []
    for question in QUESTIONS:
        assistant.ask(question)
        for _ in range(ROUNDS // len(QUESTIONS)):  # by turns, so that both meet the same noise
            embeds += times(partial(embed, question))
            asks += times(partial(assistant.ask, question))
    for percent, most in ((50, 3.0), (95, 6.0)):
        value, floor = ms(asks, percent), ms(embeds, percent)
        name = f"ask, quote, p{percent}"
        yield Row(name, f"{value:.1f} ms", f"embedding {floor:.1f} ms", value / floor, most)


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
    from tests.browser.conftest import CHROMIUM, FLAGS  # noqa: PLC0415

    if CHROMIUM:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415

        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            page = browser.new_page()
            page.goto(f"http://127.0.0.1:{port}")
            for number, question in enumerate(QUESTIONS):
                box = page.get_by_test_id("stChatInputTextArea")
                box.fill(question)
                box.press("Enter")
                page.locator(".m-answer").nth(number).wait_for()
            browser.close()
    return float(process.memory_info().rss) / 1e6
