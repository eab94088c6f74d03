"""How fast sentences are indexed that are all new."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from knowledge.search.embeddings import Embedder, Embeddings, bundled_embedders
from knowledge.search.index import Progress, open_index
from knowledge.search.store import Store
from tests.benchmarks.invented import glossary
from tests.benchmarks.rows import Row, shown, times

TERMS = 5_000
LEAST = 0.9  # of the embedders' own rate
ALONE = 8  # batches, of which one is embedded alone too


@dataclass
class _Noting(Embeddings):
    """Embeddings that keep in mind which texts they were given last, and how many in all."""

    real: Embeddings
    last: list[str] = field(default_factory=list)
    count: int = 0
    batches: int = 0
    alone: list[tuple[int, float]] = field(default_factory=list)
    """Of the batches that were embedded alone too, how many texts, and the seconds."""

    def embed_query(self, text: str) -> list[float]:
        return self.real.embed_query(text)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.last = texts
        self.count += len(texts)
        self.batches += 1
        return self.real.embed_documents(texts)

    def again(self) -> None:
        """Embeds the last texts alone, if they are due."""
        if self.last and self.batches % ALONE == 1:
            (took,) = times(lambda: self.real.embed_documents(self.last))
            self.alone.append((len(self.last), took))
        self.last = []

    @property
    def bare(self) -> float:
        """Seconds that all its texts take, embedded alone."""
        texts, seconds = map(sum, zip(*self.alone, strict=True))
        return self.count * float(seconds) / texts


def fresh(what: str, sync: Callable[[Sequence[Embedder], Progress], object]) -> Row:
    """Measures an indexing; every few batches are embedded alone as well, by turns with it.

    The embedders are the bundled ones, under names that bring no vectors along.
    """
    notings = [_Noting(real.embeddings) for real in bundled_embedders()]
    anew = [
        replace(real, name=f"anew {real.name}", embeddings=noting)
        for real, noting in zip(bundled_embedders(), notings, strict=True)
    ]
    for embedder in anew:
        embedder.query("What is it?")
    paused = 0.0  # while it tells how far it is
    with shown(what) as show:

        def progress(done: int, total: int) -> None:
            nonlocal paused
            start = time.perf_counter()
            for noting in notings:
                noting.again()
            show(done, total)
            paused += time.perf_counter() - start

        start = time.perf_counter()
        sync(anew, progress)
        took = time.perf_counter() - start - paused
    count, bare = notings[0].count, sum(noting.bare for noting in notings)
    value = f"{took:.1f} s, {count:,} sentences at {count / took:.1f} a second"
    return Row(what, value, f"embedding alone {bare:.1f} s", bare / took, least=LEAST)


def syncing(data: Path, largest: int) -> Iterator[Row]:
    """Sentences new to an index, beside embedding them alone; they are invented."""
    terms = min(TERMS, largest)
    store, held = Store(data / "syncing"), glossary(data / "syncing" / "terms", terms, each=1)

    def sync(embedders: Sequence[Embedder], progress: Progress) -> None:
        for embedder in embedders:
            open_index(store, held, embedder, progress)

    yield fresh(f"sync of {terms:,} new terms", sync)
