"""Search, start-up and memory with 1,000 passages and with up to a hundred times as many."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from assistant.assistant import Assistant
from assistant.settings import Settings
from knowledge.embeddings import Embedder
from knowledge.glossary import BUNDLED
from knowledge.index import open_index
from knowledge.lexicon import Lexicon
from knowledge.retrieval import Retriever
from knowledge.store import Store
from tests.benchmarks.invented import Asked, glossary, questions
from tests.benchmarks.rows import Row, ms, shown, times
from tests.benchmarks.standin import stand_in

ROOT = Path(__file__).parents[2]
SIZES = (1_000, 10_000, 100_000)
ASKED = 100
WARMING = 20  # questions asked before, for each index
TURN = 10  # questions put to one index before the next has its turn
BESIDE_EMBEDDING, BESIDE_SMALLEST = 1.5, 2.0

Times = tuple[list[float], list[float]]
"""Seconds of embedding questions, and of retrieving for them."""


def sizes(largest: int) -> tuple[int, ...]:
    """The sizes measured: those below the largest, and it."""
    return (*(size for size in SIZES if size < largest), largest)


def scale(data: Path, largest: int) -> Iterator[Row]:
    """Search of each size beside embedding the question; then opening each in a fresh process."""
    folder = data / "scale"
    embedder = stand_in()
    for size in sizes(largest):
        yield from _building(folder, size, embedder)
    yield from _bundled(data)
    yield from _searching(folder, sizes(largest), embedder)
    for size in sizes(largest):
        yield from _opening(folder, size)


def _building(folder: Path, size: int, embedder: Embedder) -> Iterator[Row]:
    """The index, the vectors being there for the asking; and the lexicon beside it."""
    store, held = Store(folder), glossary(folder / f"{size}", size)
    with shown(f"{size:,} passages") as progress:
        took = times(lambda: open_index(store, held, embedder, progress))[0]
    yield Row(f"index of {size:,} vectors at hand", f"{took:.1f} s, {size / took:.0f} passages/s")
    took = times(lambda: Lexicon.open(store.home(held.path), held.entries))[0]
    yield Row(f"lexicon of {size:,} passages, made", f"{took:.1f} s")


def _bundled(data: Path) -> Iterator[Row]:
    """Search of the bundled glossary, with a sample of the questions that it brings along."""
    retriever = Assistant.open(Settings(data_dir=data, _env_file=None)).retriever
    cases: list[dict[str, Any]] = [
        case
        for file in sorted((BUNDLED / "questions").glob("*.yaml"))
        for case in yaml.safe_load(file.read_text("utf-8"))
    ]
    chosen = [cases[n * len(cases) // ASKED] for n in range(ASKED)]
    asked = [Asked(case["question"], case["language"]) for case in chosen]
    found = _by_turns({len(retriever.glossary.passages): retriever}, asked)
    for size, measured in found.items():
        what = f"search, bundled glossary of {size:,}"
        yield _beside_embedding(what, measured, 50, BESIDE_EMBEDDING)
        yield _beside_embedding(what, measured, 95)


def _searching(folder: Path, every: Sequence[int], embedder: Embedder) -> Iterator[Row]:
    """The same questions, about entries that all have, put to each of the sizes by turns."""
    store, retrievers = Store(folder), {}
    for size in every:
        held = glossary(folder / f"{size}", size)
        index, _ = open_index(store, held, embedder)
        lexicon = Lexicon.open(store.home(held.path), held.entries)
        retrievers[size] = Retriever(held, index, embedder, lexicon)
    found = _by_turns(retrievers, questions(retrievers[every[0]].glossary, ASKED))
    for size, measured in found.items():
        for percent in (50, 95):
            yield _beside_embedding(f"search, {size:,} passages", measured, percent)
    if len(every) > 1:
        small, large = every[0], every[-1]
        low, high = (ms(found[size][1], 50) for size in (small, large))
        name = f"search at {large:,} beside that at {small:,}"
        yield Row(name, f"{high:.1f} ms", f"{low:.1f} ms", high / low, BESIDE_SMALLEST)


def _by_turns(retrievers: Mapping[int, Retriever], asked: Sequence[Asked]) -> dict[int, Times]:
    """Asks each retriever all questions, some at a time, each next to embedding it alone."""
    for retriever in retrievers.values():
        for question, language in asked[:: max(1, len(asked) // WARMING)]:
            retriever.retrieve(question, language)
    found: dict[int, Times] = {size: ([], []) for size in retrievers}
    for start in range(0, len(asked), TURN):
        for size, retriever in retrievers.items():
            for number, (question, language) in enumerate(asked[start : start + TURN]):
                both = (
                    partial(retriever.embedder.query, question),
                    partial(retriever.retrieve, question, language),
                )
                for n in (0, 1) if number % 2 else (1, 0):  # neither always finds the caches warm
                    found[size][n].extend(times(both[n]))
    return found


def _beside_embedding(what: str, measured: Times, percent: int, most: float | None = None) -> Row:
    floor, value = (ms(seconds, percent) for seconds in measured)
    name = f"{what}, p{percent}"
    apart = ms([after - before for before, after in zip(*measured, strict=True)], percent)
    said = f"{value:.1f} ms, {apart:.1f} more than embedding"
    return Row(name, said, f"embedding {floor:.1f} ms", value / floor, most)


def _opening(folder: Path, size: int) -> Iterator[Row]:
    """What a second start opens, apart from the glossary, which is invented there."""
    command = [sys.executable, "-m", "tests.benchmarks.opening", str(folder), str(size)]
    start = time.perf_counter()
    ran = subprocess.run(command, check=True, stdout=subprocess.PIPE, cwd=ROOT)
    whole = time.perf_counter() - start
    told: dict[str, dict[str, float]] = json.loads(ran.stdout)
    seconds, memory = told["seconds"], told["memory"]
    parts = ("chroma", "index", "lexicon", "retriever")
    took = ", ".join(f"{part} {seconds[part]:.2f}" for part in parts)
    apart = f"inventing the glossary {seconds['glossary']:.1f} s, process {whole:.1f} s"
    name = f"opening {size:,} passages"
    yield Row(name, f"{sum(seconds[part] for part in parts):.2f} s ({took})", apart)
    first, second = seconds["first question"] * 1000, seconds["second"] * 1000
    yield Row(f"{name}: the first question", f"{first:.0f} ms", f"the second {second:.0f} ms")
    opened, used = (memory[when] - memory["before"] for when in ("open", "asked"))
    value = f"{memory['before']:.0f} MB + {opened:.0f} open, {used:.0f} asked"
    vectors = size * 384 * 4 / 1e6
    yield Row(f"{name}: memory", value, f"their vectors {vectors:.0f} MB")
