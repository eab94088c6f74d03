"""Backup of a service that is written to meanwhile, restored into either kind of database."""

import json
import threading
import zipfile
from collections.abc import Callable
from contextlib import closing, nullcontext
from itertools import count
from pathlib import Path

import pytest

from assistant import AssistantError, backup
from assistant.backup import back_up, restore
from assistant.conversations.database import REVISION
from assistant.conversations.store import Conversations
from assistant.replicas import Replica
from assistant.settings import Settings
from knowledge.editing.importing import plan
from knowledge.editing.library import Library
from knowledge.glossary import Glossary
from tests.conftest import TEA


@pytest.fixture
def place(
    tmp_path: Path, fresh: Callable[[], dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], Settings]:
    """Makes settings of a place where nothing is kept yet."""
    numbers = count()

    def made(kind: str) -> Settings:
        with monkeypatch.context() as patch:
            wanted = {"SQLite": 0, "PostgreSQL": 1, "replicas": 3}[kind]
            for name, value in list(fresh().items())[:wanted]:
                patch.setenv(name, value)
            return Settings(data_dir=tmp_path / f"data-{next(numbers)}")

    return made


def _furnish(settings: Settings) -> None:
    """A glossary of one's own, which is open, and what is the owner's."""
    library = Library(settings.data_dir)
    if replica := settings.replica:
        replica.join()
    with replica.changing() if replica else nullcontext():
        plan(Glossary.read(TEA), library.path("tea")).carry_out()
        library.choose(library.path("tea"))
    (settings.data_dir / "owner.key").write_text("secret")


def _questions(settings: Settings) -> set[str]:
    with closing(Conversations.open(settings.database)) as store:
        return {
            turn.answer.question
            for each in store.list(limit=1000)
            for turn in store.get(each.id).turns
        }


@pytest.mark.parametrize(
    ("source", "dest"),
    [("SQLite", "PostgreSQL"), ("PostgreSQL", "replicas"), ("replicas", "SQLite")],
)
def test_every_turn_that_was_kept_before_is_in_the_backup_of_a_busy_service(
    place: Callable[[str], Settings], tmp_path: Path, source: str, dest: str
) -> None:
    here, there, file = place(source), place(dest), tmp_path / "backup.zip"
    _furnish(here)
    kept: list[str] = []
    over = threading.Event()
    with closing(Conversations.open(here.database)) as store:

        def write() -> None:
            while not over.is_set():
                question = f"What is number {len(kept)}? ما هو؟"
                turn = store.ask(question, "en")
                store.rate(turn.id, 1, "Clear.")
                kept.append(question)

        thread = threading.Thread(target=write)
        thread.start()
        while len(kept) < 50:
            over.wait(0.01)
        before = list(kept)
        back_up(here, file)
        over.set()
        thread.join()
    rows, files = restore(there, file)
    found = _questions(there)
    assert found >= set(before)
    assert rows >= 3 * len(before)
    library = Library(there.data_dir)
    assert library.chosen() == library.path("tea")
    assert {e.key for e in Glossary.read(library.path("tea")).entries} == {
        e.key for e in Glossary.read(TEA).entries
    }
    assert files == len(library.files(("glossary.json", "glossaries", "journal"))) + 1
    assert (there.data_dir / "owner.key").read_text() == "secret"
    assert (there.data_dir / "owner.key").stat().st_mode & 0o077 == 0
    assert file.stat().st_mode & 0o077 == 0

    with pytest.raises(AssistantError, match=r"already: .*--data-dir"):
        restore(there, file)


def test_replicas_that_run_take_up_what_is_restored(
    place: Callable[[str], Settings], tmp_path: Path
) -> None:
    here, there, file = place("SQLite"), place("replicas"), tmp_path / "backup.zip"
    _furnish(here)
    back_up(here, file)
    running = Replica.of(there.database, tmp_path / "running")
    running.join()
    restore(there, file)
    assert running.follow()
    assert Library(tmp_path / "running").chosen() == Library(tmp_path / "running").path("tea")


def test_a_backup_of_an_older_schema_is_migrated(
    place: Callable[[str], Settings], tmp_path: Path
) -> None:
    there, file = place("PostgreSQL"), tmp_path / "backup.zip"
    row = {"id": "a", "title": "Old", "folded": "old", "created_at": "2026-01-31T12:00:00+00:00",
           "changed_at": "2026-01-31T12:00:00+00:00", "deleted_at": None, "aged": 0}  # fmt: skip
    _write(file, "0001", {"database/conversation.jsonl": json.dumps(row) + "\n"})
    restore(there, file)
    with closing(Conversations.open(there.database)) as store:
        assert [(each.title, each.created_at.hour) for each in store.list()] == [("Old", 12)]


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda file: file.write_bytes(file.read_bytes()[:200]), "no backup"),
        (lambda file: file.write_bytes(b"PK" * 99), "no backup"),
        (lambda file: _write(file, "9999", {}), "newer version"),
        (lambda file: _write(file, REVISION, {"data/../escaped": "x"}), "no backup"),
        (lambda file: _turn_a_bit(file), "damaged"),  # noqa: PLW0108  (it stands below)
    ],
)
def test_what_is_no_backup_changes_nothing(
    tmp_path: Path, spoil: Callable[[Path], object], said: str
) -> None:
    settings, file = Settings(data_dir=tmp_path / "data"), tmp_path / "backup.zip"
    _furnish(settings)
    back_up(settings, file)
    spoil(file)
    there = Settings(data_dir=tmp_path / "there")
    with pytest.raises(AssistantError, match=said):
        restore(there, file)
    assert not there.data_dir.exists()


def test_a_restore_that_fails_midway_has_changed_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = (Settings(data_dir=tmp_path / name) for name in ("here", "there"))
    _furnish(here)
    back_up(here, file := tmp_path / "backup.zip")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup, "_fill", fail)
    with pytest.raises(OSError, match="No space"):
        restore(there, file)
    assert not Library(there.data_dir).files()
    assert not (there.data_dir / "owner.key").exists()


def _turn_a_bit(file: Path) -> None:
    """Of the last file in it."""
    with zipfile.ZipFile(file) as archive:
        last = archive.infolist()[-2]
    data = bytearray(file.read_bytes())
    data[last.header_offset + 30 + len(last.filename) + last.compress_size // 2] ^= 1
    file.write_bytes(data)


def _write(file: Path, revision: str, members: dict[str, str]) -> None:
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
        about = {"revision": revision}
        archive.writestr("backup.json", json.dumps(about))
