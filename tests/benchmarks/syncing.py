"""How fast entries are imported and indexed that are all new."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from knowledge.editing.importing import plan
from knowledge.glossary import Glossary
from knowledge.search.embeddings import Embeddings, bundled_embedders
from knowledge.search.index import open_index
from knowledge.search.store import Store
from tests.benchmarks.exchange import table
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


def syncing(data: Path, largest: int) -> Iterator[Row]:
    """Invented entries of a table, imported and indexed; some are embedded alone too, by turns.

    The embedders are the bundled ones, under names that bring no vectors along.
    """
    terms = min(TERMS, largest)
    file, notings, anew = table(data / "new.csv", terms), [], []
    for real in bundled_embedders():
        notings.append(_Noting(real.embeddings))
        anew.append(replace(real, name=f"anew {real.name}", embeddings=notings[-1]))
        anew[-1].query("What is it?")
    store, what = Store(data / "syncing"), f"import and sync of {terms:,} new terms"
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
        plan(Glossary.read(file), file.with_suffix("")).carry_out()
        held = Glossary.read(file.with_suffix(""))
        for embedder in anew:
            open_index(store, held, embedder, progress)
        took = time.perf_counter() - start - paused
    count, bare = notings[0].count, sum(noting.bare for noting in notings)
    value = f"{took:.1f} s, {count:,} sentences at {count / took:.1f} a second"
    yield Row(what, value, f"embedding alone {bare:.1f} s", took / bare, 1 / LEAST)
