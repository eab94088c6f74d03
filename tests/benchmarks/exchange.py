"""A glossary of 5,000 rows in a table: checked, imported, and indexed."""

import csv
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from knowledge.editing.importing import plan
from knowledge.glossary import Glossary
from knowledge.search.embeddings import Embeddings, bundled_embedders
from knowledge.search.index import open_index
from knowledge.search.store import Store
from tests.benchmarks.invented import glossary
from tests.benchmarks.rows import Row, shown, times

ENTRIES = 5_000
SECONDS = 5.0  # for a check
LEAST = 0.9  # of the embedders' own rate
ALONE = 8  # batches, of which one is embedded alone too


def exchange(data: Path, largest: int) -> Iterator[Row]:
    """Checking beside reading the rows alone; importing beside reading them as entries."""
    size = min(ENTRIES, largest)
    file = _table(data / "exchange.csv", size)
    command = [sys.executable, "-m", "ui.command", "check", str(file)]
    (checked,) = times(lambda: subprocess.run(command, check=False, capture_output=True))
    (rows,) = times(lambda: list(csv.DictReader(file.open(encoding="utf-8"))))
    floor = f"{SECONDS:g} s; the rows alone {rows * 1000:.0f} ms"
    value = f"{checked:.2f} s, the process included"
    yield Row(f"check of {size:,} rows", value, floor, checked / SECONDS, most=1.0)
    (read,) = times(lambda: Glossary.read(file))
    (imported,) = times(lambda: plan(Glossary.read(file), file.with_suffix("")).carry_out())
    yield Row(f"import of {size:,} rows", f"{imported:.2f} s", f"reading them {read:.2f} s")


def _table(file: Path, size: int) -> Path:
    """A table of invented entries, one paragraph each."""
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(["id", "term", "language", "aliases", "definition"])
        for entry in glossary(file, size, each=1).entries:
            aliases = ";".join(entry.aliases)
            writer.writerow([entry.id, entry.term, entry.language, aliases, entry.summary])
    return file


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
    terms = min(ENTRIES, largest)
    file, notings, anew = _table(data / "new.csv", terms), [], []
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
