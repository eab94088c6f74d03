"""The index: the vectors of a glossary's passages, in Chroma; kept in step with it, atomically.

A row of the collection is a passage, under the hash of what it says; rows are added and removed but
never changed. Beside the collection lies the *manifest*: which rows make up the index. A sync adds
the missing rows, replaces the manifest in one step, then removes the rows it no longer names. So
whenever a sync is cut short, the manifest names rows that are all there: those of the index before,
or those of the new one. What was embedded meanwhile is kept, and the next sync goes on from it.
"""

import contextlib
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from knowledge import IndexFailure, KnowledgeError
from knowledge.embeddings import Embedder
from knowledge.entry import Passage
from knowledge.glossary import Glossary
from knowledge.language import base
from knowledge.levels import Levels
from knowledge.manifest import FORMAT, Manifest
from knowledge.store import Store, reason, unwritable
from knowledge.vectors import Vectors

if TYPE_CHECKING:
    from knowledge.store import Client, Collection

Progress = Callable[[int, int], object]
"""Called with the passages embedded so far and the passages to embed."""

_BATCH = 32  # passages embedded between two steps of progress: about two seconds' work
_SHIPPED_BATCH = 500  # passages whose vectors are there: about a second's work
# With Chroma's 16 neighbours one opening in seven, after deletions, cannot reach some row; with 48
# none of 250 did. A collection keeps what it was made with, so a change here is a change of FORMAT.
_HNSW: Any = {"space": "cosine", "max_neighbors": 48}
_FEW = 0.01  # the part of the rows that may change before the levels are measured again
_PAGE = 5000  # ids asked of Chroma at once: under SQLite's limit of variables


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a sync did, in entries; ``found`` says what it began from."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    embedded: int = 0
    """Passages that the embedder was asked for; the vectors of the others were there."""
    found: str = "none"
    """``none``, ``current``, ``outdated``, ``interrupted``, ``damaged`` or ``another embedder``."""
    notes: tuple[str, ...] = field(default=())
    """Sentences for the reader, if anything out of the ordinary was found."""


class Index:
    """The vectors of one glossary."""

    def __init__(self, collection: "Collection", manifest: Manifest) -> None:
        self._collection = collection
        self._rows = manifest.rows
        self.manifest = manifest

    def search(self, vector: Any, k: int) -> list[tuple[str, float]]:  # noqa: ANN401  (Chroma\'s own type is invariant)
        """The ``k`` nearest passages: their ids and cosine similarities (−1 to 1), nearest first.

        Raises:
            IndexFailure: Chroma does not answer.
        """
        try:
            found = self._collection.query(
                query_embeddings=[vector],
                n_results=k,
                include=["distances"],
            )
        except Exception as error:
            raise IndexFailure(
                f"The index cannot be searched ({reason(error)}): start again, which opens it anew."
            ) from error
        distances = (found["distances"] or [[]])[0]
        return [  # cosine distance strays a little out of 0…2 by rounding
            (row, max(-1.0, min(1.0, 1.0 - distance)))
            for row, distance in zip(found["ids"][0], distances, strict=True)
            if row in self._rows
        ]

    def vectors(self, rows: Sequence[str]) -> dict[str, Any]:
        """The vectors of those passages that are in the index, by their ids.

        Raises:
            IndexFailure: Chroma does not answer.
        """
        found: dict[str, Any] = {}
        try:
            for start in range(0, len(rows), _PAGE):
                got = self._collection.get(
                    ids=list(rows[start : start + _PAGE]), include=["embeddings"]
                )
                vectors = got["embeddings"]
                found.update(zip(got["ids"], [] if vectors is None else vectors, strict=True))
        except Exception as error:
            raise IndexFailure(
                f"The index cannot be read ({reason(error)}): start again, which opens it anew."
            ) from error
        return found


def open_index(
    store: Store,
    glossary: Glossary,
    embedder: Embedder,
    progress: Progress | None = None,
    *,
    rebuild: bool = False,
) -> tuple[Index, SyncReport]:
    """The index of a glossary, brought up to date: embeds what is missing, removes what is gone.

    One process at a time does this for a store; others wait. A reader that is already open goes on
    with the index it opened, until a rebuild or another embedder replaces its collection.

    Raises:
        IndexFailure: the store cannot be opened or written.
        EmbedderError: a passage cannot be embedded. The index before is still in force.
    """
    home = store.home(glossary.path)
    with store.locked():
        client = store.connect()
        try:
            return _sync(client, home / "manifest.json", glossary, embedder, progress, rebuild)
        except KnowledgeError:
            raise
        except OSError as error:
            raise unwritable(store.folder, error) from error
        except Exception as error:  # Chroma's are of many kinds, and of no common one
            raise store.failure("brought up to date", error) from error


def _sync(  # noqa: PLR0913, PLR0917
    client: "Client",
    path: Path,
    glossary: Glossary,
    embedder: Embedder,
    progress: Progress | None,
    rebuild: bool,  # noqa: FBT001
) -> tuple[Index, SyncReport]:
    old = Manifest.read(path)
    names = _collection_names(glossary.path, embedder)
    name = old.collection if old and old.collection in names else names[0]
    if rebuild:  # beside the one in force, which serves until the new one is whole
        name = names[1] if name == names[0] else names[0]
        with contextlib.suppress(Exception):
            client.delete_collection(name)
        old = None
    wanted = {e.key: tuple(p.id for p in e.indexed) for e in glossary.entries}
    collection = client.get_or_create_collection(
        name, embedding_function=None, configuration={"hnsw": _HNSW}
    )
    same_embedder = old is not None and old.collection == name
    held = old.rows if old and same_embedder else frozenset[str]()
    if old and same_embedder and old.entries == wanted and collection.count() == len(held):
        _remove_others(client, glossary.path, name)
        return Index(collection, old), SyncReport(unchanged=len(wanted), found="current")

    present = _present(collection)
    missing = [p for i, p in glossary.passages.items() if i not in present]
    ahead = len((present - held) & glossary.passages.keys())
    found, notes = _state(old, same_embedder, held, present, ahead, embedder)
    embedded = _embed(collection, missing, embedder, progress)
    stale = present - glossary.passages.keys()
    changed = len(missing) + len(stale) + (old.changed_since if old and same_embedder else 0)
    measured = old.levels if old and same_embedder else None
    spoken = {base(tag) for tag in glossary.languages}
    if (
        measured is None
        or measured.within.keys() != spoken
        or changed > _FEW * len(glossary.passages)
    ):
        measured, changed = Levels.measured(collection, glossary, embedder, stale), 0
    new = Manifest(
        embedder=embedder.name,
        dimension=embedder.dimension,
        collection=name,
        entries=wanted,
        levels=measured,
        changed_since=changed,
        synced_at=datetime.now(UTC).isoformat(timespec="seconds"),
    )
    new.write(path)
    for start in range(0, len(stale), _PAGE):
        collection.delete(ids=sorted(stale)[start : start + _PAGE])
    _remove_others(client, glossary.path, name)
    before = old.entries if old else {}
    return Index(collection, new), SyncReport(
        added=len(wanted.keys() - before.keys()),
        changed=sum(wanted[k] != before[k] for k in wanted.keys() & before.keys()),
        removed=len(before.keys() - wanted.keys()),
        unchanged=sum(wanted[k] == before[k] for k in wanted.keys() & before.keys()),
        embedded=embedded,
        found=found,
        notes=notes,
    )


def _state(  # noqa: PLR0913, PLR0917
    old: Manifest | None,
    same_embedder: bool,  # noqa: FBT001
    held: frozenset[str],
    present: frozenset[str],
    ahead: int,
    embedder: Embedder,
) -> tuple[str, tuple[str, ...]]:
    """What the sync found, in a word, and in sentences where the reader should know."""
    if old and not same_embedder:
        note = f"The index was made by {old.embedder}; it is built anew with {embedder.name}."
        return "another embedder", (note,)
    if held - present:
        note = f"{len(held - present)} passages of the index are gone; they are embedded again."
        return "damaged", (note,)
    if present - held:
        before = (
            f"the index of {old.synced_at} ({len(held)} passages) is whole and in force"
            if old
            else "there was no index before it"
        )
        kept = f"; {ahead} passages that it had embedded are kept" if ahead else ""
        return "interrupted", (f"The last update was cut short: {before}{kept}.",)
    return ("outdated" if old else "none"), ()


def _embed(
    collection: "Collection", missing: list[Passage], embedder: Embedder, progress: Progress | None
) -> int:
    """Adds the missing rows; says for how many the embedder was asked."""
    shipped = Vectors.read()
    known: list[Passage] = []
    new: list[Passage] = []
    for passage in missing:
        (known if shipped.hold(passage.embedded, embedder) else new).append(passage)
    if progress and missing:
        progress(0, len(missing))
    done = 0
    for passages, size, vectors_of in (
        (known, _SHIPPED_BATCH, shipped.of),
        (new, _BATCH, embedder.passages),
    ):
        for start in range(0, len(passages), size):
            batch = passages[start : start + size]
            _add(collection, batch, vectors_of([p.embedded for p in batch]))
            done += len(batch)
            if progress:
                progress(done, len(missing))
    return len(new)


def _add(collection: "Collection", passages: list[Passage], vectors: Any) -> None:  # noqa: ANN401
    collection.add(
        ids=[p.id for p in passages],
        embeddings=vectors,
        documents=[p.text for p in passages],
        metadatas=[
            {
                "entry_id": p.entry_id,
                "term": p.term,
                "language": p.language,
                "section": p.section,
                "start": p.start,
            }
            for p in passages
        ],
    )


def _present(collection: "Collection") -> frozenset[str]:
    ids: set[str] = set()
    while page := collection.get(limit=_PAGE, offset=len(ids), include=[])["ids"]:
        ids.update(page)
    return frozenset(ids)


def _remove_others(client: "Client", path: Path, name: str) -> None:
    """Removes this glossary's other collections: no manifest names them now."""
    family = f"masrad-{_hash(str(path.resolve()))}-"
    for collection in client.list_collections():
        if collection.name.startswith(family) and collection.name != name:
            client.delete_collection(collection.name)


def _collection_names(path: Path, embedder: Embedder) -> tuple[str, str]:
    """Two names: a rebuild makes its collection beside the one in force."""
    identity = f"{embedder.name}\x1f{embedder.dimension}\x1f{FORMAT}"
    name = f"masrad-{_hash(str(path.resolve()))}-{_hash(identity)}"
    return f"{name}a", f"{name}b"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
