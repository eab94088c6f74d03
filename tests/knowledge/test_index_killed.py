"""The index of a process that is killed, at any moment: the one before, or the new one, whole."""

import random
import shutil
import signal
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest

from knowledge.search.index import Index, Manifest, open_index
from knowledge.search.store import Store
from tests.knowledge.conftest import CountingEmbeddings, not_found, rows_in_chroma
from tests.knowledge.syncing import STATES, start

OLD, NEW = STATES["old"], STATES["new"]
PAUSE = 0.003  # seconds a sentence, so that embedding takes about as long as what follows it

_random = random.Random(2026)  # noqa: S311  (moments, not secrets)
Phase = Literal["embedding", "finishing", "switched"]
MOMENTS: list[tuple[Phase, float]] = [
    *(("embedding", (n + _random.random()) / 3) for n in range(3)),
    # The manifest, the deletion, the copy of the vectors.
    *(("finishing", (n + _random.random()) / 4) for n in range(4)),
    # The new manifest is in force; the rows of the old are not yet deleted, or are being so.
    *(("switched", (n + _random.random()) / 300) for n in range(3)),
]

SHOWN = (1, 5, 8)  # of these, at every run; each takes ten seconds


@dataclass(frozen=True)
class Before:
    """The old index; where its manifest lies; how many seconds each phase takes to the new one."""

    folder: Path
    manifest_path: Path
    seconds: dict[Phase, float]


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Before:
    folder = tmp_path_factory.mktemp("before")
    with start(folder, "old") as process:
        process.communicate()
    (path,) = folder.rglob("manifest-*.json")
    copy = shutil.copytree(folder, tmp_path_factory.mktemp("unkilled") / "data")
    with start(copy, "new", PAUSE) as process:
        assert process.stdout
        ready, embedded, done = (time.monotonic() for _ in process.stdout)
    seconds: dict[Phase, float] = {
        "embedding": embedded - ready,
        "finishing": done - embedded,
        "switched": 1.0,
    }
    return Before(folder, path.relative_to(folder), seconds)


def _kill(folder: Path, before: Before, phase: Phase, fraction: float) -> None:
    """Starts a sync to the new glossary, and kills it at that moment."""
    manifest = folder / before.manifest_path
    inode = manifest.stat().st_ino
    with start(folder, "new", PAUSE) as process:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        if phase != "embedding":
            assert process.stdout.readline() == "embedded\n"
        while phase == "switched" and manifest.stat().st_ino == inode:
            pass
        time.sleep(fraction * before.seconds[phase])
        process.kill()
    assert process.returncode in (-signal.SIGKILL, 0)
    assert process.returncode or phase == "finishing"  # which may be over sooner than it was before


@pytest.mark.parametrize(
    ("phase", "fraction"),
    [
        pytest.param(*moment, marks=() if n in SHOWN else pytest.mark.thorough)
        for n, moment in enumerate(MOMENTS)
    ],
)
def test_a_killed_sync_leaves_one_whole_index_and_the_next_completes_it(
    tmp_path: Path, before: Before, phase: Phase, fraction: float
) -> None:
    folder = shutil.copytree(before.folder, tmp_path / "data")
    _kill(folder, before, phase, fraction)

    # In force is exactly the old index or exactly the new one, with every row it names.
    store = Store(folder)
    manifest = Manifest.read(folder / before.manifest_path)
    assert manifest is not None
    in_force = NEW if manifest.rows == NEW.rows.keys() else OLD
    assert manifest.entries == {e.key: tuple(e.rows) for e in in_force.entries}
    collection = store.connect().get_collection(manifest.collection, embedding_function=None)
    left = Index(collection, manifest, CountingEmbeddings().named(), tmp_path / "copy.json")
    present = rows_in_chroma(store, left)
    assert manifest.rows <= present
    assert not_found(left, in_force) == []

    # The next one says what it found, embeds what is missing, and ends in the new index.
    index, report = open_index(store, NEW, CountingEmbeddings().named())
    begun = "current" if in_force is NEW else "outdated"
    assert report.found == ("interrupted" if present > manifest.rows else begun)
    assert bool(report.notes) == (report.found == "interrupted")
    assert report.embedded == len(NEW.rows.keys() - present)
    assert rows_in_chroma(store, index) == set(NEW.rows)
    assert not_found(index, NEW) == []
    assert Manifest.read(folder / before.manifest_path) == index.manifest
