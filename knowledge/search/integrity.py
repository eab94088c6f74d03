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
import subprocess
import sys
from pathlib import Path

import numpy as np
from pydantic import TypeAdapter

from knowledge import IndexFailure
from knowledge.search.store import Store, short_reason

_BESIDE = ("indexes/*/manifest-*.json", "indexes/*/manifest-*.npy", "indexes/*/lexicon-*/**/*")
_SECONDS, _RATE = 60.0, 5e6  # to read all of an index: a minute, and one second for so many bytes
_DAMAGED = 3  # the exit status if it is; 1 is Python's, where it could not look
_NO_DAMAGE = ("disk is full", "database is locked")
_PAGE = 5000
_LEAST, _MOST = 1e-3, 1e3  # the length of a vector that a model gives; random bytes have another
_ROOT = Path(__file__).parents[2]


class FileRecord:
    """The files of an index, as they were when it was last left in order; under the store's lock.

    Its methods raise OSError where a file cannot be read, written or moved.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._recorded = _read(store.note)

    def set_damage_aside(self, *, thoroughly: bool = False) -> str | None:
        """Sets aside what is damaged, to be made anew, and says so in a sentence.

        A file of the size and time that were noted is only looked into ``thoroughly``.

        Raises:
            IndexFailure: it cannot be told whether Chroma's files are damaged.
        """
        store = self._store
        damaged: dict[str, str] = {}  # what is set aside, and why
        if self._recorded:
            for name in self._recorded:
                if self._has_changed(name, thoroughly=thoroughly):
                    # Chroma's files stand or fall together.
                    part = store.chroma.name if name.startswith("chroma/") else name
                    damaged.setdefault(part, f"{name} is not as it was left")
        elif not store.host and store.chroma.exists() and (fault := _damage_found(store)):
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
        found: dict[str, tuple[int, int, str]] = {}
        patterns = _BESIDE if self._store.host else ("chroma/**/*", *_BESIDE)
        paths = (path for each in patterns for path in self._store.folder.glob(each))
        for path in filter(Path.is_file, paths):
            with contextlib.suppress(FileNotFoundError):  # a lexicon is replaced without the lock
                name = path.relative_to(self._store.folder).as_posix()
                noted, stat = self._recorded.get(name), _stat(path)
                hashed = noted[2] if noted and noted[:2] == stat else _hash(path)
                found[name] = (*stat, hashed)
        new = self._store.note.with_suffix(".new")
        new.write_text(json.dumps(found), "utf-8")
        new.replace(self._store.note)
        self._recorded = found

    def _has_changed(self, name: str, *, thoroughly: bool) -> bool:
        path, (*noted, hashed) = self._store.folder / name, self._recorded[name]
        if not path.is_file():
            return True
        if [*_stat(path)] == noted and not thoroughly:
            return False
        return _hash(path) != hashed  # a folder that was copied has other times


def _read(note: Path) -> dict[str, tuple[int, int, str]]:
    """A note; empty if there is none, or it is damaged itself."""
    try:
        return TypeAdapter(dict[str, tuple[int, int, str]]).validate_json(note.read_bytes())
    except (FileNotFoundError, ValueError):
        return {}


def _stat(path: Path) -> tuple[int, int]:
    """The size of a file, and when it was written."""
    found = path.stat()
    return found.st_size, found.st_mtime_ns


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _damage_found(store: Store) -> str | None:
    """What is wrong with Chroma's files, as a process finds that reads all of them.

    Raises:
        IndexFailure: it could not begin.
    """
    size = sum(path.stat().st_size for path in store.chroma.rglob("*"))
    seconds = _SECONDS + size / _RATE
    command = [sys.executable, "-m", __name__, str(store.folder.absolute())]
    try:
        done = subprocess.run(  # noqa: S603, PLW1510  (our own module; its status is looked at)
            command, cwd=_ROOT, capture_output=True, text=True, errors="replace", timeout=seconds
        )
    except subprocess.TimeoutExpired:
        return f"it cannot be read within {seconds:.0f} seconds"
    told = (done.stdout.strip() or done.stderr.strip() or "it ended at once").splitlines()[-1]
    if done.returncode == 1:
        raise IndexFailure(
            f"The index in {store.folder} cannot be checked for damage ({told}): mend that, and"
            " start again."
        )
    if done.returncode == _DAMAGED:
        return told
    return f"reading it ends a process with {done.returncode}" if done.returncode else None


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
        _read_all(Store(Path(sys.argv[1])))
    except BaseException as error:  # noqa: BLE001  (a panic of Rust's is no Exception)
        why = short_reason(error.__cause__ or error)  # what Chroma says, not what we make of it
        sys.stdout.write(why)
        sys.exit(1 if any(cause in why for cause in _NO_DAMAGE) else _DAMAGED)
