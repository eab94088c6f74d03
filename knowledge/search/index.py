"""The index: the vectors of a glossary's sentences by one embedder, in Chroma; kept in step.

A row of the collection is a sentence, or a wording in which an entry is asked, under the hash of
what it says; rows are added and removed but never changed. Beside the collection lies the
*manifest*: which rows make up the index. A sync adds the missing rows, replaces the manifest in one
step, then removes the rows it no longer names. So whenever a sync is cut short, the manifest names
rows that are all there: those of the index before, or those of the new one. What was embedded
meanwhile is kept, and the next sync goes on from it.

Replicas share a collection. Each has a manifest of its own; one of them embeds what is missing,
while others wait and then find it there. What any of them still needs is not removed.
"""

import contextlib
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from pydantic import TypeAdapter

from knowledge import IndexFailure, KnowledgeError
from knowledge.editing.atomic import kept_in, placing, write_whole
from knowledge.glossary import Glossary
from knowledge.search import Array
from knowledge.search.embeddings import Embedder, shipped
from knowledge.search.integrity import FileRecord
from knowledge.search.questions import text_hash
from knowledge.search.store import Store, short_reason, unwritable

if TYPE_CHECKING:
    from knowledge.search.store import Client, Collection

Progress = Callable[[int, int], object]
"""Called with the sentences embedded so far and the sentences to embed."""

EXACT = 20_000
"""Rows up to which all are compared with a question: 2 ms by each embedder, and every fresh index
gives the same answers. Of more, Chroma's graph finds the nearest."""

FORMAT = 3
"""Of the index: another one is made anew."""

_BATCH = 64  # sentences embedded between two steps of progress
_SHIPPED_BATCH = 2000  # sentences whose vectors are there: about a third of a second's work
# With Chroma's 16 neighbours one opening in seven, after deletions, cannot reach some row; with 48
# none of 250 did. A collection keeps what it was made with, so a change here is a change of FORMAT.
_HNSW: Any = {"space": "cosine", "max_neighbors": 48, "ef_search": 400}
# Half of Chroma's effort makes a graph in two thirds of the time. Of 30,000 rows it finds the ten
# nearest as often, but now and then loses one: it is for what is compared row by row anyway.
_QUICK = {"ef_construction": 50}


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a sync did, in entries."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    embedded: int = 0
    """Sentences that the embedder was asked for; the vectors of the others were there."""
    notes: tuple[str, ...] = ()
    """Sentences for the reader, if anything was damaged."""


@dataclass(frozen=True)
class Manifest:
    """What an index holds: the rows of each entry, and where their vectors are."""

    dimension: int
    collection: str
    entries: Mapping[str, tuple[str, ...]]
    synced_at: str

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of its rows, in the order of its vectors."""
        return tuple(dict.fromkeys(row for rows in self.entries.values() for row in rows))


class Index:
    """The vectors of one glossary by one embedder; IndexFailure where Chroma does not answer."""

    def __init__(
        self,
        collection: "Collection | None",
        manifest: Manifest,
        embedder: Embedder,
        vectors: Array,
    ) -> None:
        self._collection = collection
        self.manifest = manifest
        self.embedder = embedder
        self.ids = manifest.ids
        self.vectors = vectors
        """Of unit length: (rows, dimension)."""

    @property
    def is_connected(self) -> bool:
        """Whether Chroma was opened for it, which a small index that has not changed needs not."""
        return self._collection is not None

    def near(self, vector: Array, count: int) -> Array:
        """The places in ``ids`` of the rows that are nearest to a vector; all, of a small index.

        All, too, where Chroma finds fewer than it should: another process has changed the rows.
        """
        if self._collection is None or len(self.ids) <= EXACT:
            return np.arange(len(self.ids))
        with _failing("searched"):
            found = self._collection.query(query_embeddings=[vector], n_results=count, include=[])
        own = [self._places[row] for row in found["ids"][0] if row in self._places]
        whole = len(own) >= min(count, len(self.ids))
        return np.array(own, int) if whole else np.arange(len(self.ids))

    def held(self) -> int:
        """How many rows Chroma has of it; its own, where it needs no Chroma."""
        with _failing("reached"):
            return len(self.ids) if self._collection is None else self._collection.count()

    def check(self) -> None:
        """Raises IndexFailure, too, if Chroma has fewer rows than it should."""
        held = self.held()
        if held < len(self.ids):
            raise IndexFailure(f"Of the index, {len(self.ids) - held} rows are gone.")

    @cached_property
    def _places(self) -> dict[str, int]:
        return {row: n for n, row in enumerate(self.ids)}


def kept_vectors(manifest: Manifest, path: Path) -> Array | None:
    """The vectors as they were last read, beside the manifest's file; they are mapped."""
    with contextlib.suppress(OSError, ValueError, EOFError):
        kept = np.load(_beside(manifest, path), mmap_mode="r", allow_pickle=False)
        if kept.shape == (len(manifest.ids), manifest.dimension):
            return kept
    return None


def read_vectors(
    collection: "Collection", manifest: Manifest, path: Path, page: int = 300
) -> Array:
    """The vectors as they are kept; else those that Chroma has, which are then kept.

    Raises IndexFailure where Chroma does not answer.
    """
    if (kept := kept_vectors(manifest, path)) is not None:
        return kept
    ids = manifest.ids
    found = np.zeros((len(ids), manifest.dimension), np.float32)
    with _failing("read"):
        for start in range(0, len(ids), page):
            wanted = list(ids[start : start + page])
            got = collection.get(ids=wanted, include=["embeddings"])
            vectors = dict(zip(got["ids"], np.asarray(got["embeddings"]), strict=True))
            found[start : start + page] = [vectors[row] for row in wanted]
    found /= np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9)
    with contextlib.suppress(OSError):  # a folder that cannot be written costs only time
        for other in path.parent.glob(f"{path.stem}-*.npy"):
            other.unlink()
        with placing(_beside(manifest, path)) as new, new.open("wb") as file:
            np.save(file, found)
    return found


def _beside(manifest: Manifest, path: Path) -> Path:
    made = (manifest.collection, manifest.synced_at, *manifest.ids)
    return path.with_name(f"{path.stem}-{_hash(chr(31).join(made))}.npy")


@contextlib.contextmanager
def _failing(what: str) -> Iterator[None]:
    """What goes wrong in the block is an IndexFailure."""
    try:
        yield
    except Exception as error:
        raise IndexFailure(
            f"The index cannot be {what} ({short_reason(error)}): start again, which opens it anew."
        ) from error


def open_index(
    store: Store,
    glossary: Glossary,
    embedder: Embedder,
    progress: Progress | None = None,
    *,
    rebuild: bool = False,
) -> tuple[Index, SyncReport]:
    """The index of a glossary by an embedder, brought up to date.

    What is missing is embedded, what is gone is removed. One process at a time does this for a
    store; others wait. A reader that is already open goes on with the index it opened, until a
    rebuild replaces its collection. Chroma, which is slow to open, is not asked where nothing has
    changed, its files are as they were left, and all rows are compared anyway.

    Raises:
        IndexFailure: the store cannot be opened or written.
        EmbedderError: a sentence cannot be embedded. The index before is still in force.
    """
    path = store.home(glossary.path) / f"{_manifest_stem(embedder)}.json"
    names = _collection_names(store, glossary, embedder)
    rows = glossary.rows
    wanted = {e.key: tuple(e.rows) for e in glossary.entries}
    old = kept_in(path, Manifest)
    if not (rebuild or store.host) and len(rows) <= EXACT and FileRecord(store).is_intact():
        vectors = kept_vectors(old, path) if old and old.entries == wanted else None
        if old and vectors is not None:
            return Index(None, old, embedder, vectors), SyncReport(unchanged=len(wanted))
    with _locked_client(store, names[0]) as (client, damage):
        page = store.page(client)
        old = kept_in(path, Manifest)
        if old and old.collection not in names:  # of an earlier version
            old = None
        name = old.collection if old else names[0]
        if rebuild and not store.sharing:  # beside the one that serves until the new one is whole
            name = names[-1] if name == names[0] else names[0]
            _delete(client, name)
        old = None if rebuild else old
        needed = store.sharing.needed(name, rows) if store.sharing else frozenset[str]()
        graph = _HNSW if len(rows) > EXACT else _HNSW | _QUICK
        collection = client.get_or_create_collection(
            name, embedding_function=None, configuration={"hnsw": graph}
        )
        present = _ids_in(collection, page)
        missing = {row: text for row, text in rows.items() if rebuild or row not in present}
        write = collection.upsert
        if not present.isdisjoint(missing):
            write = partial(_replace, collection)
        embedded = _embed(write, missing, embedder, progress, page)
        manifest = old
        if not manifest or missing or manifest.entries != wanted:
            now = datetime.now(UTC).isoformat(timespec="seconds")
            manifest = Manifest(embedder.dimension, name, wanted, now)
            write_whole(path, TypeAdapter(Manifest).dump_json(manifest))
        stale = sorted(present - rows.keys() - needed)
        for start in range(0, len(stale), page):
            collection.delete(ids=stale[start : start + page])
        for other in set(names) - {name}:
            _delete(client, other)
        vectors = read_vectors(collection, manifest, path, page)
        report = _compared(old.entries if old else {}, wanted, embedded)
    index = Index(collection, manifest, embedder, vectors)
    return index, replace(report, notes=damage)


def forget_others(store: Store, glossary: Glossary, embedders: Sequence[Embedder]) -> None:
    """Removes a glossary's collections but those by these embedders: nothing reads them.

    Raises:
        IndexFailure: the store cannot be opened or written.
    """
    family, home = _family(store, glossary.path), store.home(glossary.path)
    stems = tuple(map(_manifest_stem, embedders))
    kept = {name for each in embedders for name in _collection_names(store, glossary, each)}
    with _locked_client(store, "collections") as (client, _):
        if store.sharing:
            with store.sharing.pruning() as unused:
                for name in unused:
                    _delete(client, name)
        else:
            for collection in client.list_collections():
                if collection.name.startswith(family) and collection.name not in kept:
                    client.delete_collection(collection.name)
        for path in home.glob("*manifest*"):  # what was cut short, too
            if not path.name.startswith(stems):
                path.unlink(missing_ok=True)


@contextlib.contextmanager
def _locked_client(store: Store, name: str) -> Iterator[tuple["Client", tuple[str, ...]]]:
    """The store (of a shared one, that name) for this process alone, and what was damaged in it."""
    with store.sharing.locked(name) if store.sharing else store.locked():
        try:
            if store.sharing:  # the folder is a copy, and can be lost at any time
                yield store.connect(), ()
                return
            files = FileRecord(store)
            damage = files.set_damage_aside()
            yield store.connect(), damage
            files.record()
        except KnowledgeError:
            raise
        except OSError as error:
            raise unwritable(store.folder, error) from error
        except Exception as error:  # Chroma's are of many kinds, and of no common one
            raise store.failure("brought up to date", error) from error


def _compared(
    before: Mapping[str, tuple[str, ...]], after: Mapping[str, tuple[str, ...]], embedded: int
) -> SyncReport:
    kept = before.keys() & after.keys()
    changed = sum(before[key] != after[key] for key in kept)
    added, removed = len(after) - len(kept), len(before) - len(kept)
    return SyncReport(added, changed, removed, len(kept) - changed, embedded)


def _delete(client: "Client", name: str) -> None:
    """Removes a collection, if there is one of the name."""
    with contextlib.suppress(Exception):  # Chroma has no one error for what is not there
        client.delete_collection(name)


def _replace(collection: "Collection", **rows: Any) -> None:  # noqa: ANN401  (Chroma's own)
    """Deletes rows before they are added: to write over them takes Chroma ten times as long."""
    collection.delete(ids=rows["ids"])
    collection.upsert(**rows)


def _embed(
    write: Callable[..., object],
    missing: dict[str, str],
    embedder: Embedder,
    progress: Progress | None,
    page: int,
) -> int:
    """Adds the missing rows; says for how many the embedder was asked."""
    held = shipped(embedder)
    known = [row for row, text in missing.items() if text_hash(text) in held]
    new = [row for row, text in missing.items() if text_hash(text) not in held]
    done, of = 0, len(missing)
    for ids, size in ((known, min(page, _SHIPPED_BATCH)), (new, _BATCH)):
        for start in range(0, len(ids), size):
            if progress:
                progress(done, of)
            batch = ids[start : start + size]
            texts = [missing[row] for row in batch]
            vectors: Any = [held.get(text_hash(text)) for text in texts]  # Chroma's type varies
            if ids is new:
                vectors = embedder.passages(texts)
            # The glossary has the texts, and Chroma takes longer to index them than these.
            write(ids=batch, embeddings=vectors)
            done += len(batch)
    if progress and missing:
        progress(done, of)
    return len(new)


def _ids_in(collection: "Collection", page: int) -> frozenset[str]:
    ids: set[str] = set()
    while found := collection.get(limit=page, offset=len(ids), include=[])["ids"]:
        ids.update(found)
    return frozenset(ids)


def _family(store: Store, path: Path) -> str:
    """What the names of all collections of a glossary begin with, and no other's."""
    return f"masrad-{store.key(path)}-"


def _collection_names(store: Store, glossary: Glossary, embedder: Embedder) -> tuple[str, ...]:
    """Two names: a rebuild makes its collection beside the one in force; of replicas, within it."""
    name = f"{_family(store, glossary.path)}{_identity(embedder)}"
    return (name,) if store.sharing else (f"{name}a", f"{name}b")


def _manifest_stem(embedder: Embedder) -> str:
    return f"manifest-{_identity(embedder)}"


def _identity(embedder: Embedder) -> str:
    return _hash(f"{embedder.name}\x1f{embedder.dimension}\x1f{FORMAT}")


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
