"""The database: made, migrated, shared, and told in a sentence where it cannot be used."""

import multiprocessing
import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Column, Connection, Text, inspect

from assistant import ConversationError
from assistant.conversations import migrations
from assistant.conversations.database import REVISION, Database, database_url
from assistant.conversations.store import Conversations
from assistant.conversations.tables import Base
from tests.assistant.conversations.making import GLOSSARY, unanswered

ONE_LINE = r"^[^\n]+\.$"


def _open(path: Path, times: int) -> None:
    with closing(Conversations.open(path)) as store:
        for _ in range(times):
            store.record_gap(unanswered("samovar"))


def _refused(address: Path | str) -> str:
    with pytest.raises(ConversationError, match=ONE_LINE) as caught:
        Conversations.open(address)
    return str(caught.value)


def test_the_migrated_schema_is_that_of_the_tables(path: Path) -> None:
    with closing(Database.open(path)) as database, database.engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, Base.metadata) == []
        assert context.get_current_revision() == REVISION == migrations.revisions()[0]


def test_conversations_older_than_readers_are_nobodys(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("assistant.conversations.database.REVISION", "0001")
        patch.setattr(migrations, "migrate", partial(migrations.migrate, revision="0001"))
        Database.open(path).close()
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(
            "INSERT INTO conversation (id, title, folded, created_at, changed_at)"
            " VALUES ('old', 'Tea', 'tea', '2024-02-29 12:00', '2024-02-29 12:00')"
        )
    with closing(Conversations.open(path)) as store:
        [old] = store.list("tea")
        assert (old.id, old.reader) == ("old", "")
        asked = store.ask("Mine?", "en", "old", reader="a token", before=1)
        assert store.get(asked.conversation_id).title == "Tea"


def test_processes_that_open_a_fresh_database_at_once_all_succeed(path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_open, args=(path, 10)) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0]
    with closing(Conversations.open(path)) as store:
        assert [gap.count for gap in store.gaps()] == [20]


def test_a_migration_that_fails_leaves_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(connection: Connection) -> None:
        connection.exec_driver_sql("CREATE TABLE half (id INTEGER)")
        raise ConversationError("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(migrations, "migrate", fail)
        assert _refused(path) == "The disk is full."
    with closing(Database.open(path)) as database:
        assert "half" not in inspect(database.engine).get_table_names()


def test_a_table_made_anew_keeps_its_rows(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def make_anew(connection: Connection) -> None:
        operations = Operations(MigrationContext.configure(connection))
        with operations.batch_alter_table("conversation", recreate="always") as table:
            table.add_column(Column("mood", Text))

    with closing(Conversations.open(path)) as before:
        kept = before.add("", unanswered("samovar"), [], GLOSSARY).conversation_id
    with monkeypatch.context() as patch:
        patch.setattr("assistant.conversations.database.REVISION", "the next")
        patch.setattr(migrations, "migrate", make_anew)
        Database.open(path).close()
    with closing(Conversations.open(path)) as after:
        assert len(after.get(kept).turns) == 1
        after.delete(kept)
        after.purge(0)
        assert after.list("samovar") == ()
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("SELECT mood FROM conversation").fetchall() == []
        assert database.execute("SELECT count(*) FROM turn").fetchone() == (0,)


def test_a_database_from_the_future_is_refused_and_left_alone(path: Path) -> None:
    _open(path, 1)
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    before = path.read_bytes()
    message = _refused(path)
    assert f"newer version of Masrad (schema 9999; this one knows {REVISION})" in message
    assert "install that version" in message
    assert path.read_bytes() == before


def test_a_database_held_by_another_is_said(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.conversations.database._BUSY_SECONDS", 0.1)
    with (
        closing(Conversations.open(path)) as store,
        closing(sqlite3.connect(path, isolation_level=None)) as other,
    ):
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(ConversationError, match="another program is writing to it"):
            store.ask("Kettle?", "en")


def test_another_file_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("Not a database at all. " * 99)
    with closing(sqlite3.connect(tmp_path / "recipes")) as database, database:
        database.execute("CREATE TABLE recipe (id INTEGER)")
    (tmp_path / "folder").mkdir()
    recipes = "another program's (it has a table recipe)"
    says = {"text": "move that file away", "recipes": recipes, "folder": "--data-dir"}
    for name, said in says.items():
        path = tmp_path / name
        before = path.read_bytes() if path.is_file() else b""
        message = _refused(path)
        assert said in message
        assert str(path) in message
        after = path.read_bytes() if path.is_file() else b""
        assert after[100:] == before[100:]  # what is behind SQLite's header


def test_an_address_of_no_database_is_said_without_its_password() -> None:
    for address, says in {
        "conversations.db": "must be a URL",
        "mysql://host/name": "must begin with sqlite:// or postgresql://",
        "sqlite:///:memory:": "must name a file",
        "postgresql://user:secret@host:port/name": "must be a URL",
        "postgresql+nodriver://user:secret@host/name": "driver",
        "postgresql://user:secret@127.0.0.1:9/name": "PostgreSQL|MASRAD_DATABASE_URL",
    }.items():
        with pytest.raises(ConversationError, match=says) as caught:
            Conversations.open(address)
        assert "secret" not in str(caught.value)
    assert database_url("sqlite:///~/masrad.db").database == str(Path.home() / "masrad.db")
