"""Integrity: what is damaged of an index is found before it is opened, and set aside.

Chroma ends the process that opens a damaged file of its own, or takes for vectors what it reads
there. So each file is noted as an index is left in order: its size, its time and a hash. One that
is another at the next opening is damaged. To open Chroma takes the note away: where there is none,
because a process was killed or an earlier version left the index, a process of its own reads all
that Chroma keeps, and may end with it.
"""

import contextlib
import hashlib
import json
import shutil
import sqlite3
import sys
from pathlib import Path

import numpy as np

from knowledge import IndexFailure, child
from knowledge.editing.atomic import kept_in, write_whole
from knowledge.search.store import Store, short_reason

_BESIDE = ("indexes/*/manifest-*.json", "indexes/*/manifest-*.npy", "indexes/*/lexicon-*/**/*")
_SECONDS, _RATE = 60.0, 5e6  # to read all of an index: a minute, and one second for so many bytes
_NO_DAMAGE = ("disk is full", "database is locked")
_PAGE = 5000
_Noted = tuple[int, int, str]  # the size of a file, its time and its hash
_LEAST, _MOST = 1e-3, 1e3  # the length of a vector that a model gives; random bytes have another


class FileRecord:
    """The files of an index, as they were when it was last left in order; under the store's lock.

    Its methods raise OSError where a file cannot be read, written or moved.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._recorded: dict[str, _Noted] = kept_in(store.note, dict[str, _Noted]) or {}

    def is_intact(self) -> bool:
        """Whether there is a note, and each file in it is as it was."""
        changed = (self._has_changed(name, thoroughly=False) for name in self._recorded)
        return bool(self._recorded) and not any(changed)

    def set_damage_aside(self, *, thoroughly: bool = False) -> str | None:
        """Sets aside what is damaged, to be made anew, and says so in a sentence.

        A file of the size and time that were noted is only looked into ``thoroughly``.

        Raises:
            IndexFailure: it cannot be told whether Chroma's files are damaged.
        """
        store = self._store
        damaged: dict[str, str] = {}  # what is set aside, and why
        for name in self._recorded:
            if self._has_changed(name, thoroughly=thoroughly):
                # Chroma's files stand or fall together.
                part = store.chroma.name if name.startswith("chroma/") else name
                damaged.setdefault(part, f"{name} is not as it was left")
        unknown = not self._recorded and not store.host and store.chroma.exists()
        if unknown and (fault := _damage_found(store)):
            damaged[store.chroma.name] = fault
        # What is gone is made anew in any case, and may have been taken away.
        damaged = {part: why for part, why in damaged.items() if (store.folder / part).exists()}
        if not damaged:
            return None
        aside = store.folder / "damaged"
        shutil.rmtree(aside, ignore_errors=True)  # the last is kept, so that the disk is not filled
        for part in damaged:
            (aside / part).parent.mkdir(parents=True, exist_ok=True)
            (store.folder / part).replace(aside / part)
        return (
            f"The index in {store.folder} was damaged ({next(iter(damaged.values()))}): it is made"
            f" anew, and what was damaged is kept in {aside}."
        )

    def record(self) -> None:
        """Notes the files as they are now."""
        found: dict[str, _Noted] = {}
        patterns = _BESIDE if self._store.host else ("chroma/**/*", *_BESIDE)
        paths = (path for each in patterns for path in self._store.folder.glob(each))
        for path in filter(Path.is_file, paths):
            with contextlib.suppress(FileNotFoundError):  # a lexicon is replaced without the lock
                name = path.relative_to(self._store.folder).as_posix()
                noted, stat = self._recorded.get(name), _stat(path)
                hashed = noted[2] if noted and noted[:2] == stat else _hash(path)
                found[name] = (*stat, hashed)
        write_whole(self._store.note, json.dumps(found).encode())

    def _has_changed(self, name: str, *, thoroughly: bool) -> bool:
        path, (*noted, hashed) = self._store.folder / name, self._recorded[name]
        if not path.is_file():
            return True
        if [*_stat(path)] == noted and not thoroughly:
            return False
        return _hash(path) != hashed  # a folder that was copied has other times


def _stat(path: Path) -> tuple[int, int]:
    """The size of a file, and when it was written."""
    found = path.stat()
    return found.st_size, found.st_mtime_ns


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _damage_found(store: Store) -> str | None:
    """What is wrong with Chroma's files, as a process finds that reads all of them."""
    size = sum(path.stat().st_size for path in store.chroma.rglob("*"))
    folder = str(store.folder.absolute()).encode()
    try:
        return child.run(__name__, folder, _SECONDS + size / _RATE).decode() or None
    except child.ChildError as error:
        if error.status != 1:  # Python's, where it could not look
            return f"it {error}"
        raise IndexFailure(
            f"The index in {store.folder} cannot be checked for damage"
            f" ({error.log.splitlines()[-1]}): mend that, and start again."
        ) from None


def _read_all(store: Store) -> None:
    """Reads all that Chroma keeps in a folder; raises, or ends the process, if it is damaged."""
    database = (store.chroma / "chroma.sqlite3").as_uri()
    with contextlib.closing(sqlite3.connect(f"{database}?mode=rw", uri=True)) as connection:
        (verdict,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
        if verdict != "ok":
            raise ValueError(verdict)
        connection.execute("SELECT 1 FROM collections")  # an empty file is whole
    for collection in store.connect().list_collections():
        for start in range(0, collection.count(), _PAGE):
            got = collection.get(limit=_PAGE, offset=start, include=["embeddings"])
            vectors = np.asarray(got["embeddings"])
            lengths = np.linalg.norm(vectors, axis=1)
            if not ((lengths > _LEAST) & (lengths < _MOST)).all():
                raise ValueError("no model gives such vectors")
            collection.query(query_embeddings=vectors[::100], n_results=10, include=[])


if __name__ == "__main__":
    try:
        _read_all(Store(Path(sys.stdin.read())))
    except BaseException as error:  # noqa: BLE001  (a panic of Rust's is no Exception)
        why = short_reason(error.__cause__ or error)  # what Chroma says, not what we make of it
        if any(cause in why for cause in _NO_DAMAGE):
            sys.exit(why)
        sys.stdout.write(why)
