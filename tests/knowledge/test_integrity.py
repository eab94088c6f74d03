"""An index of which a file is damaged: it is found before it is opened, told, and made anew."""

import contextlib
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge import IndexFailure
from knowledge.search import integrity
from knowledge.search.index import open_index
from knowledge.search.store import Store
from tests.knowledge.conftest import not_found
from tests.knowledge.opening import EMBEDDER, GLOSSARY, opened

_random = random.Random(2026)  # noqa: S311  (damage, not secrets)

CHROMA = (
    "chroma.sqlite3",
    "header.bin",
    "data_level0.bin",
    "length.bin",
    "link_lists.bin",
    "index_metadata.pickle",
)
BESIDE = (
    "manifest-*.npy",
    "manifest-*.json",
    "data.csc.index.npy",
    "indices.csc.index.npy",
    "indptr.csc.index.npy",
    "vocab.index.json",
    "params.index.json",
    "stems.json",
)


def _spotted(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + _random.randbytes(64) + content[middle + 64 :]


DAMAGE: dict[str, Callable[[bytes], bytes] | None] = {
    "random": lambda content: _random.randbytes(len(content)),
    "truncated": lambda content: content[: len(content) // 2],
    "zeroed": lambda content: bytes(len(content)),
    "half random": lambda content: (
        content[: len(content) // 2] + _random.randbytes(len(content) // 2)
    ),
    "spotted": _spotted,
    "empty": lambda _: b"",
    "missing": None,
}

HALF_WRITTEN = """
import os, sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
connection.execute("PRAGMA cache_size = 1")
connection.execute("UPDATE embeddings SET embedding_id = embedding_id || 'x'")
os._exit(9)
"""

CASES = [  # of each file, one kind at every run
    pytest.param(name, kind, marks=[pytest.mark.thorough] * ((n + m) % len(DAMAGE) > 0))
    for n, name in enumerate((*CHROMA, *BESIDE))
    for m, kind in enumerate(DAMAGE)
]


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


@pytest.mark.parametrize(("name", "kind"), CASES)
def test_a_damaged_file_is_told_set_aside_and_made_anew(folder: Path, name: str, kind: str) -> None:
    path = _file(folder, name)
    _damage(path, kind)
    damaged = path.read_bytes() if path.exists() else None
    first, second = opened(folder)
    assert first["lost"] == second["lost"] == []
    assert (second["found"], second["notes"]) == ("current", [])
    if damaged is not None or name in CHROMA:  # what is missing beside is made anew, as ever
        (note,) = first["notes"]
        assert path.relative_to(folder).as_posix() in note
        aside = folder / "damaged" / path.relative_to(folder)
        assert damaged == (aside.read_bytes() if aside.exists() else None)


@pytest.mark.parametrize(("name", "kind"), CASES[: len(CHROMA) * len(DAMAGE)])
def test_where_nothing_is_noted_another_process_reads_all_and_may_crash(
    folder: Path, name: str, kind: str
) -> None:
    (folder / "files.json").unlink()
    _damage(_file(folder, name), kind)
    first, second = opened(folder)
    assert first["lost"] == second["lost"] == []
    assert (second["found"], second["notes"]) == ("current", [])


def test_what_is_not_damaged_is_kept_where_nothing_is_noted(folder: Path) -> None:
    (folder / "files.json").write_text("{")
    said, _ = opened(folder)
    assert (said["found"], said["embedded"], said["notes"]) == ("current", 0, [])


def test_what_a_killed_process_had_half_written_is_rolled_back_and_is_no_damage(
    folder: Path,
) -> None:
    (folder / "files.json").unlink()
    database = _file(folder, "chroma.sqlite3")
    subprocess.run([sys.executable, "-c", HALF_WRITTEN, database], check=False)
    assert database.with_name(f"{database.name}-journal").exists()
    said, _ = opened(folder)
    assert (said["found"], said["embedded"], said["notes"]) == ("current", 0, [])


def test_a_copy_with_other_times_is_not_damaged_and_is_not_read_by_a_process(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in folder.rglob("*.*"):
        os.utime(path, (0, 0))
    monkeypatch.setattr(integrity, "_damage_found", pytest.fail)
    _, report = open_index(Store(folder), GLOSSARY, EMBEDDER)
    assert (report.found, report.notes) == ("current", ())


def test_a_process_that_cannot_begin_says_nothing_of_the_index(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "files.json").unlink()
    monkeypatch.setattr(integrity, "__name__", "no.such.module")
    with pytest.raises(
        IndexFailure, match=r"^[^\n]*cannot be checked[^\n]*no.such.module[^\n]*\.$"
    ):
        open_index(Store(folder), GLOSSARY, EMBEDDER)
    assert not (folder / "damaged").exists()


@pytest.mark.thorough  # it waits for the lock
def test_what_another_program_holds_is_no_damage(folder: Path) -> None:
    (folder / "files.json").unlink()
    with contextlib.closing(sqlite3.connect(_file(folder, "chroma.sqlite3"))) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(IndexFailure, match=r"^[^\n]*cannot be checked[^\n]*locked[^\n]*\.$"):
            open_index(Store(folder), GLOSSARY, EMBEDDER)
    assert open_index(Store(folder), GLOSSARY, EMBEDDER)[1].found == "current"


def test_a_rebuild_finds_damage_that_left_size_and_time_as_they_were(folder: Path) -> None:
    path = _file(folder, "data_level0.bin")
    before = path.stat()
    _damage(path, "random")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    said, _ = opened(folder, rebuild=True)
    assert (len(said["notes"]), said["lost"]) == (1, [])


def test_a_process_that_does_not_end_is_ended(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "files.json").unlink()
    monkeypatch.setattr(integrity, "_SECONDS", 0.01)
    monkeypatch.setattr(integrity, "_RATE", 1e12)
    index, report = open_index(Store(folder), GLOSSARY, EMBEDDER)
    assert "cannot be read within 0 seconds" in report.notes[0]
    assert not_found(index, GLOSSARY) == []
