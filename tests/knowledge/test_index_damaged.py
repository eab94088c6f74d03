"""The index of a process that is killed, and one of which a file is damaged."""

import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge import IndexFailure
from knowledge.editing.atomic import kept_in
from knowledge.search import integrity
from knowledge.search.index import Index, Manifest, open_index, read_vectors
from knowledge.search.integrity import FileRecord
from knowledge.search.store import Store
from tests.knowledge.conftest import not_found, rows_in_chroma
from tests.knowledge.processes import EMBEDDER, LARGE, NEW, OLD, finished, opened, start, sync

_random = random.Random(2026)  # noqa: S311  (moments and damage, not secrets)

# A process that is killed, at any moment: the index is the one before, or the new one, whole.

PAUSE = 0.003  # seconds a sentence, so that embedding takes about as long as what follows it
# While it embeds; while manifest, deletion and the copy of the vectors follow; and when the new
# manifest is in force, and the rows of the old are not yet deleted, or are being so.
LASTING = {"embedding": PAUSE * len(NEW.rows.keys() - OLD.rows.keys()), "finishing": 0.1,
           "switched": 0.01}  # fmt: skip
MOMENTS = [(phase, n / 3) for phase in LASTING for n in range(3)]


@pytest.fixture(scope="module")
def old_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("before")
    finished(*start(sync, folder, "old"))
    return folder


def _kill(folder: Path, manifest: Path, phase: str, seconds: float) -> None:
    """Starts a sync to the new glossary, and kills it at that moment."""
    inode = manifest.stat().st_ino
    process, told = start(sync, folder, "new", PAUSE)
    assert told.recv() == "ready"
    if phase != "embedding":
        assert told.recv() == "embedded"
    while phase == "switched" and manifest.stat().st_ino == inode:
        pass
    time.sleep(seconds)
    process.kill()
    process.join()
    assert process.exitcode in (-signal.SIGKILL, 0)
    assert process.exitcode or phase != "embedding"  # what follows may be over sooner


@pytest.mark.parametrize(
    ("phase", "part"),
    [
        pytest.param(*moment, marks=[pytest.mark.thorough] * (n % 3 != 1))
        for n, moment in enumerate(MOMENTS)
    ],
)
def test_a_killed_sync_leaves_one_whole_index_and_the_next_completes_it(
    tmp_path: Path, old_folder: Path, phase: str, part: float
) -> None:
    folder = shutil.copytree(old_folder, tmp_path / "data")
    (path,) = folder.rglob("manifest-*.json")
    _kill(folder, path, phase, (part + _random.random() / 3) * LASTING[phase])

    # In force is exactly the old index or exactly the new one, with every row it names.
    store = Store(folder)
    manifest = kept_in(path, Manifest)
    assert manifest is not None
    in_force = NEW if set(manifest.ids) == NEW.rows.keys() else OLD
    assert manifest.entries == {e.key: tuple(e.rows) for e in in_force.entries}
    collection = store.connect().get_collection(manifest.collection, embedding_function=None)
    vectors = read_vectors(collection, manifest, tmp_path / "copy.json")
    left = Index(collection, manifest, EMBEDDER, vectors)
    present = rows_in_chroma(store, left)
    assert present.issuperset(manifest.ids)
    assert not_found(left, in_force) == []

    # The next one embeds what is missing, and ends in the new index.
    index, report = open_index(store, NEW, EMBEDDER)
    assert report.notes == ()
    assert report.embedded == len(NEW.rows.keys() - present)
    assert rows_in_chroma(store, index) == set(NEW.rows)
    assert not_found(index, NEW) == []
    assert kept_in(path, Manifest) == index.manifest


# A damaged file: it is found before it is opened, told, and made anew.

CHROMA = (
    "chroma.sqlite3", "header.bin", "data_level0.bin", "length.bin", "link_lists.bin",
    "index_metadata.pickle",
)  # fmt: skip
BESIDE = ("manifest-*.npy", "manifest-*.json")


def _spotted(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + _random.randbytes(64) + content[middle + 64 :]


DAMAGE: dict[str, Callable[[bytes], bytes] | None] = {
    "random": lambda content: _random.randbytes(len(content)),
    "truncated": lambda content: content[: len(content) // 2],
    "spotted": _spotted,
    "empty": lambda _: b"",
    "missing": None,
}
CASES = [
    ("data_level0.bin", "random"), ("manifest-*.json", "truncated"), ("stems.json", "truncated"),
    ("chroma.sqlite3", "empty"),
]  # fmt: skip

HALF_WRITTEN = """
import os, sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
connection.execute("PRAGMA cache_size = 1")
connection.execute("UPDATE embeddings SET embedding_id = embedding_id || 'x'")
os._exit(9)
"""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose index is in order."""
    folder = tmp_path_factory.mktemp("whole") / "data"
    opened(folder)
    return folder


@pytest.fixture
def folder(whole: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return shutil.copytree(whole, tmp_path / "data")


def _file(folder: Path, name: str) -> Path:
    (path,) = folder.rglob(name)
    return path


def _damage(path: Path, kind: str) -> None:
    damage = DAMAGE[kind]
    path.write_bytes(damage(path.read_bytes())) if damage else path.unlink()


@pytest.mark.parametrize("kind", DAMAGE)
def test_a_damaged_file_is_told_and_set_aside_before_it_is_opened(folder: Path, kind: str) -> None:
    for name in (*BESIDE, *CHROMA):
        path = _file(folder, name)
        content = path.read_bytes()
        _damage(path, kind)
        note = FileRecord(Store(folder)).set_damage_aside()
        if kind == "missing" and name in BESIDE:  # it is made anew, as ever
            assert note == ()
            path.write_bytes(content)
            continue
        assert path.relative_to(folder).as_posix() in note[0]
        assert not path.exists()
        aside = folder / "damaged" / path.relative_to(folder)
        damaged = aside.read_bytes() if aside.exists() else None
        assert damaged != content
        assert (damaged is None) == (kind == "missing")
        part = "chroma" if name in CHROMA else path.relative_to(folder).as_posix()
        (folder / "damaged" / part).rename(folder / part)
        path.write_bytes(content)


@pytest.mark.parametrize(("name", "kind"), CASES)
@pytest.mark.parametrize("noted", [True, False])
def test_what_was_damaged_is_made_anew(folder: Path, name: str, kind: str, *, noted: bool) -> None:
    """Where nothing is noted another process reads all of Chroma's files, and may crash."""
    if not noted and name in CHROMA:
        (folder / "files.json").unlink()
    _damage(_file(folder, name), kind)
    first, second = opened(folder)
    assert first["lost"] == second["lost"] == []
    assert (second["embedded"], second["notes"]) == (0, ())


def test_what_a_killed_process_had_half_written_is_rolled_back_and_is_no_damage(
    folder: Path,
) -> None:
    (folder / "files.json").write_text("{")
    database = _file(folder, "chroma.sqlite3")
    subprocess.run([sys.executable, "-c", HALF_WRITTEN, database], check=False)
    assert database.with_name(f"{database.name}-journal").exists()
    found, _ = opened(folder)
    assert (found["embedded"], found["notes"]) == (0, ())


def test_a_process_that_cannot_begin_says_nothing_of_the_index(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "files.json").unlink()
    monkeypatch.setattr(integrity, "__name__", "no.such.module")
    cause = r"^[^\n]*cannot be checked[^\n]*no.such.module[^\n]*\.$"
    with pytest.raises(IndexFailure, match=cause):
        open_index(Store(folder), LARGE, EMBEDDER)
    assert not (folder / "damaged").exists()
