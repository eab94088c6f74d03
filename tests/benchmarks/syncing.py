"""How fast passages are indexed that are all new, and how soon one entry that has changed."""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from langchain_core.embeddings import Embeddings

from knowledge import index, lexicon
from knowledge.embeddings import Embedder, make_embedder
from knowledge.glossary import BUNDLED, Glossary
from knowledge.index import Progress, open_index
from knowledge.levels import Levels
from knowledge.lexicon import Lexicon
from knowledge.manifest import Manifest
from knowledge.stems import Stems
from knowledge.store import Store
from tests.benchmarks.invented import glossary
from tests.benchmarks.rows import Row, shown, times
from tests.benchmarks.standin import stand_in

if TYPE_CHECKING:
    from knowledge.entry import Entry

FRESH = 512
LEAST = 0.9  # of the embedder's own rate
ENTRIES = 10_000
CHANGES = 5
SECONDS = 2.0
_APART = 97  # entries between two that are changed
_MARK = "Changed for the measurement"

# What a change is made of, where these are to be found: what is not is part of the rest.
_PARTS: tuple[tuple[str, Any, str], ...] = (
    ("opening Chroma", Store, "connect"),
    ("reading the manifest", Manifest, "read"),
    ("asking which rows are there", index, "_present"),
    ("embedding and adding rows", index, "_embed"),
    ("levels", Levels, "measured"),
    ("writing the manifest", Manifest, "write"),
    ("lexicon, fingerprint", Stems, "fingerprint"),
    ("lexicon, reading the stems before", lexicon, "_saved_stems"),
    ("lexicon, stems", Stems, "of"),
    ("lexicon, BM25", lexicon, "_indexed"),
    ("lexicon, saving", lexicon, "_save"),
)


@dataclass
class _Noting(Embeddings):
    """Embeddings that keep in mind which texts they were given last."""

    real: Embeddings
    last: list[str] = field(default_factory=list)

    def embed_query(self, text: str) -> list[float]:
        return self.real.embed_query(text)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.last = texts
        return self.real.embed_documents(texts)


@dataclass(frozen=True)
class Fresh:
    """Seconds that it took to index passages that are all new, and to embed them alone."""

    count: int
    took: float
    before: float
    """Until the first batch."""
    after: float
    """From the last batch on."""
    bare: float

    @property
    def ratio(self) -> float:
        """The rate, of the embedder's own."""
        return self.bare / self.took

    def row(self, what: str) -> Row:
        """As a row, held to what such a rate must be."""
        value = f"{self.count / self.took:.1f} passages/s, {self.count} in {self.took:.1f} s"
        floor = f"embedding {self.count / self.bare:.1f} passages/s"
        return Row(what, value, floor, self.ratio, least=LEAST)


def fresh(what: str, index: Callable[[Embedder, Progress], object]) -> Fresh:
    """Measures an indexing, batch after batch by turns with embedding the same alone.

    The embedder is the bundled one, under a name that brings no vectors along.
    """
    real = make_embedder()
    real.query("What is it?")
    noting = _Noting(real.embeddings)
    alone: list[float] = []
    pauses: list[tuple[float, float]] = []  # of the sync, while it tells how far it is
    told = 0
    with shown(what) as show:

        def progress(done: int, total: int) -> None:
            nonlocal told
            start = time.perf_counter()
            if done:
                alone.extend(times(lambda: real.passages(noting.last)))
            show(done, total)
            told = total
            pauses.append((start, time.perf_counter()))

        start = time.perf_counter()
        index(Embedder("bundled, anew", real.dimension, noting), progress)
        end = time.perf_counter()
    took = end - start - sum(after - before for before, after in pauses)
    return Fresh(told, took, pauses[0][0] - start, end - pauses[-1][1], sum(alone))


def syncing(data: Path, largest: int) -> Iterator[Row]:
    """Passages new to an index, beside embedding them alone; they are the bundled glossary's."""
    held = _some(min(FRESH, largest))
    store = Store(data / "syncing")
    measured = fresh("syncing", lambda anew, told: open_index(store, held, anew, told))
    yield measured.row("sync of new passages")
    batches = measured.took - measured.before - measured.after
    value = f"{measured.before:.2f} s before the first, {measured.after:.2f} s after the last"
    yield Row("of which", value, f"batches {batches:.1f} s", measured.bare / batches)


def changing(data: Path, largest: int) -> Iterator[Row]:
    """One entry of 10,000 changed: until the index and the lexicon are of the new text.

    The glossary is made anew each time, as it is when it is read: nothing of it is computed yet.
    """
    size = min(ENTRIES, largest)
    store, path = Store(data / "changing"), data / "entries"
    embedder = stand_in(_MARK)
    held = glossary(path, size, each=1)
    with shown(f"{size:,} entries") as progress:
        open_index(store, held, embedder, progress)
    Lexicon.open(store.home(path), held.entries)
    rounds = [
        _change(store, _changed(glossary(path, size, each=1), n + 1), embedder)
        for n in range(CHANGES)
    ]
    took, synced, parts = sorted(rounds, key=lambda each: each[0])[CHANGES // 2]
    value = f"{took:.2f} s (index {synced:.2f}, lexicon {took - synced:.2f})"
    yield Row(f"one changed entry of {size:,}", value, f"{SECONDS:g} s", took / SECONDS, 1.0)
    parts["the rest"] = took - sum(parts.values())
    for part, spent in sorted(parts.items(), key=lambda item: -item[1]):
        yield Row(f"of which {part}", f"{spent * 1000:.0f} ms")


def _change(
    store: Store, held: Glossary, embedder: Embedder
) -> tuple[float, float, dict[str, float]]:
    """Seconds until a changed glossary can be searched, those of its index, and those of parts."""
    with _clocked() as parts:
        start = time.perf_counter()
        _, report = open_index(store, held, embedder)
        synced = time.perf_counter() - start
        Lexicon.open(store.home(held.path), held.entries)
        took = time.perf_counter() - start
    if (report.changed, report.embedded) != (1, 1):
        raise SystemExit(f"One entry was changed, and the sync found this: {report}")
    return took, synced, parts


def _some(count: int) -> Glossary:
    """Entries of the bundled glossary, from all over it, of so many passages or a few more."""
    held = Glossary.read(BUNDLED)
    entries: list[Entry] = []
    for entry in random.Random(3).sample(held.entries, len(held.entries)):  # noqa: S311
        entries.append(entry)
        count -= len(entry.indexed)
        if count <= 0:
            break
    return Glossary(BUNDLED, tuple(entries))


def _changed(held: Glossary, count: int) -> Glossary:
    """A glossary of which so many entries say something else."""
    entries = list(held.entries)
    for place in range(0, count * _APART, _APART):
        entry = entries[place]
        first, *others = entry.sections
        first = replace(first, text=f"{_MARK}: {first.text}")
        entries[place] = replace(entry, sections=(first, *others))
    return replace(held, entries=tuple(entries))


@contextmanager
def _clocked() -> Iterator[dict[str, float]]:
    """Clocks the parts meanwhile: yields the seconds of each."""
    seconds: dict[str, float] = {}

    def clocked(what: str, do: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            start = time.perf_counter()
            try:
                return do(*given, **named)
            finally:
                seconds[what] = seconds.get(what, 0.0) + time.perf_counter() - start

        return call

    with ExitStack() as stack:
        for what, owner, name in _PARTS:
            if hasattr(owner, name):
                stand = clocked(what, getattr(owner, name))
                stack.enter_context(patch.object(owner, name, stand))
        yield seconds
