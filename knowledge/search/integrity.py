"""Integrity: what is damaged of an index is found before it is opened, and set aside.

Chroma ends the process that opens a damaged file of its own, or takes for vectors what it reads
there. So a checksum of each file is noted as an index is left in order. One that is another at the
next opening is damaged. To open Chroma takes the note away: where there is none, because a process
was killed or an earlier version left the index, a process of its own reads all that Chroma keeps,
and may end with it.
"""

import contextlib
import json
import shutil
import sqlite3
import sys
import zlib
from pathlib import Path

import numpy as np

from knowledge import IndexFailure, child
from knowledge.editing.atomic import kept_in, write_whole
from knowledge.search.store import Store, short_reason

_BESIDE = ("indexes/*/manifest-*.json", "indexes/*/manifest-*.npy")
_SECONDS, _RATE = 60.0, 5e6  # to read all of an index: a minute, and one second for so many bytes
_NO_DAMAGE = ("disk is full", "database is locked")
_PAGE = 5000
_LEAST, _MOST = 1e-3, 1e3  # the length of a vector that a model gives; random bytes have another


class FileRecord:
    """The files of an index, as they were when it was last left in order; under the store's lock.

    Its methods raise OSError where a file cannot be read, written or moved.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._recorded = kept_in(store.note, dict[str, int]) or {}

    def is_intact(self) -> bool:
        """Whether there is a note, and each file in it is as it was."""
        with contextlib.suppress(OSError):
            return bool(self._recorded) and not self._changed()
        return False

    def set_damage_aside(self) -> tuple[str, ...]:
        """Sets aside what is damaged, to be made anew, and says so in a sentence, if anything is.

        Raises:
            IndexFailure: it cannot be told whether Chroma's files are damaged.
        """
        store = self._store
        damaged: dict[str, str] = {}  # what is set aside, and why
        for name in self._changed():  # Chroma's files stand or fall together
            part = store.chroma.name if name.startswith("chroma/") else name
            damaged.setdefault(part, f"{name} is not as it was left")
        unknown = not self._recorded and not store.host and store.chroma.exists()
        if unknown and (fault := _damage_found(store)):
            damaged[store.chroma.name] = fault
        # What is gone is made anew in any case, and may have been taken away.
        damaged = {part: why for part, why in damaged.items() if (store.folder / part).exists()}
        if not damaged:
            return ()
        aside = store.folder / "damaged"
        shutil.rmtree(aside, ignore_errors=True)  # the last is kept, so that the disk is not filled
        for part in damaged:
            (aside / part).parent.mkdir(parents=True, exist_ok=True)
            (store.folder / part).replace(aside / part)
        told = (
            f"The index in {store.folder} was damaged ({next(iter(damaged.values()))}): it is made"
            f" anew, and what was damaged is kept in {aside}."
        )
        return (told,)

    def record(self) -> None:
        """Notes the files as they are now."""
        folder = self._store.folder
        patterns = _BESIDE if self._store.host else ("chroma/**/*", *_BESIDE)
        paths = filter(Path.is_file, (path for each in patterns for path in folder.glob(each)))
        found = {path.relative_to(folder).as_posix(): _checksum(path) for path in paths}
        write_whole(self._store.note, json.dumps(found).encode())

    def _changed(self) -> list[str]:
        """The files that are not as they were."""
        folder, noted = self._store.folder, self._recorded.items()
        return [name for name, was in noted if _checksum(folder / name) != was]


def _checksum(path: Path) -> int | None:
    """By CRC-32, which reads a gigabyte a second; None where there is no file."""
    return zlib.crc32(path.read_bytes()) if path.is_file() else None


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
