"""How fast sentences are indexed that are all new, and how soon one entry that has changed."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from knowledge.glossary import Glossary
from knowledge.search.embeddings import Embedder, Embeddings, bundled_embedders
from knowledge.search.index import Progress, open_index
from knowledge.search.lexicon import Lexicon
from knowledge.search.store import Store
from tests.benchmarks.invented import glossary
from tests.benchmarks.rows import Row, shown, times
from tests.benchmarks.standin import stand_ins

TERMS = 5_000
LEAST = 0.9  # of the embedders' own rate
ALONE = 8  # batches, of which one is embedded alone too
CHANGES = 5
SECONDS = 2.0
_APART = 97  # entries between two that are changed
_MARK = "Changed for the measurement"


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


def changing(data: Path, largest: int) -> Iterator[Row]:
    """One entry changed: until the indexes and the lexicon are of the new text.

    The glossary is made anew each time, as it is when it is read: nothing of it is computed yet.
    """
    size = min(TERMS, largest)
    store, path = Store(data / "changing"), data / "entries"
    embedders = stand_ins(_MARK)
    held = glossary(path, size, each=1)
    for embedder in embedders:
        with shown(f"{size:,} entries") as progress:
            open_index(store, held, embedder, progress)
    Lexicon.open(store.home(path), held.entries)
    rounds = [
        _change(store, _changed(glossary(path, size, each=1), n + 1), embedders)
        for n in range(CHANGES)
    ]
    took, synced = sorted(rounds)[CHANGES // 2]
    value = f"{took:.2f} s (indexes {synced:.2f}, lexicon {took - synced:.2f})"
    yield Row(f"one changed entry of {size:,}", value, f"{SECONDS:g} s", took / SECONDS, 1.0)


def _change(store: Store, held: Glossary, embedders: Sequence[Embedder]) -> tuple[float, float]:
    """Seconds until a changed glossary can be searched, and those of its indexes."""
    start = time.perf_counter()
    reports = [open_index(store, held, embedder)[1] for embedder in embedders]
    synced = time.perf_counter() - start
    Lexicon.open(store.home(held.path), held.entries)
    took = time.perf_counter() - start
    if any((report.changed, report.embedded) != (1, 1) for report in reports):
        raise SystemExit(f"One entry was changed, and the syncs found this: {reports}")
    return took, synced


def _changed(held: Glossary, count: int) -> Glossary:
    """A glossary of which so many entries say something else."""
    entries = list(held.entries)
    for number in range(count):
        place = number * _APART % len(entries)
        entry = entries[place]
        first, *others = entry.sections
        first = replace(first, text=f"{_MARK}: {first.text}")
        entries[place] = replace(entry, sections=(first, *others))
    return replace(held, entries=tuple(entries))
