"""Search, start-up and memory with a hundred invented terms, and with up to fifty times as many."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from knowledge.search.embeddings import Embedder
from knowledge.search.index import open_index
from knowledge.search.intent import Classifier
from knowledge.search.lexicon import Lexicon
from knowledge.search.retriever import Retriever
from knowledge.search.store import Store
from tests.benchmarks.invented import glossary, questions
from tests.benchmarks.rows import Row, ms, shown, times
from tests.benchmarks.searching import beside_embedding, by_turns
from tests.benchmarks.standin import stand_ins

ROOT = Path(__file__).parents[2]
SIZES = (100, 1_000, 5_000)
"""Terms: of the first two all sentences are compared with a question, of the last the nearest."""
ASKED = 100
BESIDE_SMALLEST = 3.0


def sizes(largest: int) -> tuple[int, ...]:
    """The sizes measured: those below the largest, and it."""
    return (*(size for size in SIZES if size < largest), largest)


def scale(data: Path, largest: int) -> Iterator[Row]:
    """Search of each size beside embedding the question; then opening each in a fresh process."""
    folder = data / "scale"
    embedders = stand_ins()
    for terms in sizes(largest):
        yield from _building(folder, terms, embedders)
    yield from _searching(folder, sizes(largest), embedders)
    for terms in sizes(largest):
        yield from _opening(folder, terms, embedders)


def _building(folder: Path, terms: int, embedders: Sequence[Embedder]) -> Iterator[Row]:
    """The indexes, the vectors being there for the asking; and the lexicon beside them."""
    store, held = Store(folder), glossary(folder / f"{terms}", terms)
    took = 0.0
    for embedder in embedders:
        with shown(f"{terms:,} terms") as progress:
            took += times(partial(open_index, store, held, embedder, progress))[0]
    value = f"{took:.1f} s, {len(held.rows):,} sentences"
    yield Row(f"indexes of {terms:,} terms, the vectors at hand", value)
    took = times(lambda: Lexicon.open(store.home(held.path), held.entries))[0]
    yield Row(f"lexicon of {terms:,} terms, made", f"{took:.1f} s")


def _searching(folder: Path, every: Sequence[int], embedders: Sequence[Embedder]) -> Iterator[Row]:
    """The same questions, about entries that all have, put to each of the sizes by turns."""
    store, retrievers = Store(folder), {}
    for terms in every:
        held = glossary(folder / f"{terms}", terms)
        indexes = [open_index(store, held, embedder)[0] for embedder in embedders]
        lexicon = Lexicon.open(store.home(held.path), held.entries)
        retrievers[terms] = Retriever(held, indexes, Classifier(embedders), lexicon)
    found = by_turns(retrievers, questions(retrievers[every[0]].glossary, ASKED))
    for terms, measured in found.items():
        for percent in (50, 95):
            yield beside_embedding(f"search, {terms:,} terms", measured, percent)
    if len(every) > 1:
        small, large = every[0], every[-1]
        low, high = (ms(found[terms][1], 50) for terms in (small, large))
        name = f"search at {large:,} terms beside that at {small:,}"
        yield Row(name, f"{high:.1f} ms", f"{low:.1f} ms", high / low, BESIDE_SMALLEST)


def _opening(folder: Path, terms: int, embedders: Sequence[Embedder]) -> Iterator[Row]:
    """What a second start opens, apart from the glossary, which is invented there."""
    command = [sys.executable, "-m", "tests.benchmarks.opening", str(folder), str(terms)]
    start = time.perf_counter()
    ran = subprocess.run(command, check=True, stdout=subprocess.PIPE, cwd=ROOT)
    whole = time.perf_counter() - start
    told: dict[str, dict[str, float]] = json.loads(ran.stdout)
    seconds, memory = told["seconds"], told["memory"]
    parts = ("chroma", "index", "lexicon", "retriever")
    took = ", ".join(f"{part} {seconds[part]:.2f}" for part in parts)
    apart = f"inventing the glossary {seconds['glossary']:.1f} s, process {whole:.1f} s"
    name = f"opening {terms:,} terms"
    yield Row(name, f"{sum(seconds[part] for part in parts):.2f} s ({took})", apart)
    first, second = seconds["first question"] * 1000, seconds["second"] * 1000
    yield Row(f"{name}: the first question", f"{first:.0f} ms", f"the second {second:.0f} ms")
    opened, used = (memory[when] - memory["before"] for when in ("open", "asked"))
    value = f"{memory['before']:.0f} MB + {opened:.0f} open, {used:.0f} asked"
    rows = len(glossary(folder / f"{terms}", terms).rows)
    vectors = sum(rows * embedder.dimension * 4 / 1e6 for embedder in embedders)
    yield Row(f"{name}: memory", value, f"their vectors {vectors:.0f} MB")
