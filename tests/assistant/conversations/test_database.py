"""The database: made, brought up to date, shared, and told in a sentence where it fails."""

import json
import multiprocessing
import sqlite3
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, inspect

from assistant import ConversationError
from assistant.conversations import database as module
from assistant.conversations.database import REVISION, Database, database_url
from assistant.conversations.store import Conversations
from tests.assistant.conversations.making import answered, unanswered
from tests.conftest import TEA

ONE_LINE = r"^[^\n]+\.$"
SCHEMAS = sorted((TEA.parent / "schemas").glob("*.sql"))
"""How SQLite was told to come from each schema to the next, since the first."""
MOMENT = "2024-02-29 12:00:00.000000"


def _open(path: Path, times: int) -> None:
    with closing(Conversations.open(path)) as store:
        for _ in range(times):
            store.record_gap(unanswered("samovar"))


def _refused(address: Path | str) -> str:
    with pytest.raises(ConversationError, match=ONE_LINE) as caught:
        Conversations.open(address)
    return str(caught.value)


def _schema(path: Path) -> dict[str, set[tuple[object, ...]]]:
    with closing(Database.open(path)) as opened:
        found = inspect(opened.engine)
        return {
            table: {(c["name"], str(c["type"]), c["nullable"]) for c in found.get_columns(table)}
            | {(i["name"], *i["column_names"]) for i in found.get_indexes(table)}
            for table in found.get_table_names()
        }


@pytest.mark.parametrize("last", SCHEMAS, ids=lambda file: file.stem)
def test_a_database_of_every_version_is_opened_with_all_it_holds(
    path: Path, tmp_path: Path, last: Path
) -> None:
    answer = json.dumps(answered("What is a kettle?", ["en/kettle"]).as_json())
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as database, database:
        for each in SCHEMAS[: SCHEMAS.index(last) + 1]:
            database.executescript(each.read_text("utf-8"))
        database.executescript(f"""
            INSERT INTO alembic_version VALUES ('{last.stem}');
            INSERT INTO conversation (id, title, folded, created_at, changed_at)
                VALUES ('old', 'Tea', 'tea', '{MOMENT}', '{MOMENT}');
            INSERT INTO turn (id, conversation_id, position, question, language, status, writer,
                confidence, answer, evidence, versions, folded, asked_at)
                VALUES ('t', 'old', 0, 'What is a kettle?', 'en', 'answered', 'quote', 0.9,
                '{answer}', '[]', '{{}}', 'kettle', '{MOMENT}');
            INSERT INTO feedback (turn_id, thumb, comment, given_at)
                VALUES ('t', 1, 'Clear.', '{MOMENT}');
            INSERT INTO gap (key, term, question, language, nearest, count, first_at, last_at)
                VALUES ('samovar', 'samovar', 'Samovar?', 'en', '[]', 3, '{MOMENT}', '{MOMENT}');
        """)  # noqa: S608  (our own values)
    assert SCHEMAS[-1].stem == REVISION
    before, now = _schema(path), _schema(tmp_path / "new.db")
    assert all(before[table] >= found for table, found in now.items())
    with closing(Conversations.open(path)) as store:
        [old] = store.list("tea")
        assert (old.id, old.reader, old.created_at.year) == ("old", "", 2024)
        [turn] = store.get("old").turns
        assert turn.answer.text == "A kettle boils water. [1]"
        assert turn.feedback is not None
        assert turn.feedback.comment == "Clear."
        assert [gap.count for gap in store.gaps()] == [3]
        asked = store.ask("Mine?", "en", "old", reader="a token", before=1)
        assert store.get(asked.conversation_id).title == "Tea"
        store.delete("old")
        assert [each.id for each in store.list()] == [asked.conversation_id]


def test_processes_that_open_a_fresh_database_at_once_all_succeed(path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(2, context) as pool:
        list(pool.map(_open, [path] * 2, [10] * 2))
    with closing(Conversations.open(path)) as store:
        assert [gap.count for gap in store.gaps()] == [20]


def test_an_upgrade_that_fails_leaves_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(connection: Connection) -> None:
        connection.exec_driver_sql("CREATE TABLE half (id INTEGER)")
        raise ConversationError("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(module, "_complete", fail)
        assert _refused(path) == "The disk is full."
    with closing(Database.open(path)) as database:
        assert "half" not in inspect(database.engine).get_table_names()


def test_a_database_from_the_future_is_refused_and_left_alone(path: Path) -> None:
    _open(path, 1)
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    before = path.read_bytes()
    message = _refused(path)
    assert f"newer version of Masrad (schema 9999; this one knows {REVISION})" in message
    assert "install that version" in message
    assert path.read_bytes() == before


def test_another_file_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("Not a database at all. " * 99)
    with closing(sqlite3.connect(tmp_path / "recipes")) as database, database:
        database.execute("CREATE TABLE recipe (id INTEGER)")
    (tmp_path / "folder").mkdir()
    recipes = "another program's (it has a table recipe)"
    says = {"text": "file is not a database", "recipes": recipes, "folder": "--data-dir"}
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
        "mysql://host/name": "must be a URL",
        "sqlite:///:memory:": "must be a URL",
        "postgresql://user:secret@host:port/name": "must be a URL",
        "postgresql+nodriver://user:secret@host/name": "driver",
        "postgresql://user:secret@127.0.0.1:9/name": "PostgreSQL|MASRAD_DATABASE_URL",
    }.items():
        with pytest.raises((ConversationError, ValueError), match=says) as caught:
            Conversations.open(address)
        assert "secret" not in str(caught.value)
    assert database_url("sqlite:///~/masrad.db").database == str(Path.home() / "masrad.db")
