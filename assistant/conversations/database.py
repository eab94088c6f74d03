"""The database: opened, brought to the present schema, and its failures told in a sentence."""

import contextlib
import hashlib
import json
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from pkgutil import resolve_name
from typing import Any, Self

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.schema import CreateColumn

from assistant import ConversationError
from assistant.conversations.tables import Base, RevisionRow
from knowledge.editing.atomic import alone
from knowledge.search import store

REVISION = "0013"
"""Of the schema in ``tables``: raised with each change of it."""

_SQLITE, _POSTGRESQL = "sqlite", "postgresql"
_BUSY_SECONDS = 30.0  # to wait for another process's writing, which takes milliseconds
_LOCK_SECONDS = 60.0  # to wait for another process's migrating
_LOCK_NUMBER = 0x6D617372  # “masr”: that of PostgreSQL's advisory lock
_AGAIN_SECONDS = 0.1  # between two tries to have a lock of PostgreSQL's
_WRITES = "masrad_writes"  # whether a transaction does


@dataclass(frozen=True)
class Database:
    """A database of conversations, at the newest revision. Threads may share it.

    Every method raises ConversationError where the database fails.
    """

    engine: sa.Engine
    place: str
    """Where it is, without a password."""

    @classmethod
    def open(cls, address: str | Path) -> Self:
        """Opens a file of SQLite or a database by its URL; makes what is missing.

        Raises:
            ConversationError: it cannot be opened, or is of a newer version of Masrad.
            ValueError: it is no address of such a database (``database_url``).
        """
        url = database_url(address)
        is_file = url.get_backend_name() == _SQLITE
        place = str(url.database) if is_file else url.set(query={}).render_as_string()
        try:
            database = cls(_engine(url), place)
        except (ImportError, NoSuchModuleError) as error:
            raise ConversationError(
                f"The driver of the database {place} is not there: install it (for PostgreSQL, the"
                " Python package psycopg[binary]), or unset MASRAD_DATABASE_URL."
            ) from error
        try:
            with _locked(Path(place)) if is_file else contextlib.nullcontext():
                database._bring_up_to_date()
        except BaseException:
            database.close()
            raise
        return database

    def close(self) -> None:
        """Lets go of its connections."""
        self.engine.dispose()

    def check(self) -> None:
        """Sees whether it answers."""
        with self.reading() as session:
            session.execute(sa.text("SELECT 1"))

    def reading(self) -> AbstractContextManager[Session]:
        """A session to read in; its rows can be read after it."""
        return self._session(self.engine, "read")

    def writing(self) -> AbstractContextManager[Session]:
        """A session to write in: all of it is kept, or nothing. On SQLite, one at a time."""
        return self._session(self._writing_engine, "written")

    @contextlib.contextmanager
    def _session(self, engine: sa.Engine, what: str) -> Iterator[Session]:
        with (
            self._failing(what),
            Session(engine, expire_on_commit=False) as session,
            session.begin(),
        ):
            yield session

    @property
    def _writing_engine(self) -> sa.Engine:
        return self.engine.execution_options(**{_WRITES: True})

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[sa.Connection]:
        """A connection that sees all as it is at one moment, whoever writes meanwhile."""
        engine = self.engine
        if engine.dialect.name == _POSTGRESQL:
            engine = engine.execution_options(isolation_level="REPEATABLE READ")
        with self._failing("read"), engine.begin() as connection:
            yield connection

    @contextlib.contextmanager
    def locked(self, name: str, seconds: float, busy: Exception) -> Iterator[None]:
        """Keeps all others who share the database from what has the same name meanwhile.

        Only on PostgreSQL: it lets go of the lock as soon as the connection ends, as by a kill. It
        raises ``busy`` where another has it for so many seconds.
        """
        key = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)
        engine = self.engine.execution_options(isolation_level="AUTOCOMMIT")
        until = time.monotonic() + seconds
        with contextlib.ExitStack() as stack:
            with self._failing("locked"):
                connection = stack.enter_context(engine.connect())
                while not connection.scalar(sa.select(sa.func.pg_try_advisory_lock(key))):
                    if time.monotonic() > until:
                        raise busy
                    time.sleep(_AGAIN_SECONDS)
            try:
                yield
            finally:
                with contextlib.suppress(SQLAlchemyError):  # it is let go of with the connection
                    connection.execute(sa.select(sa.func.pg_advisory_unlock(key)))

    @contextlib.contextmanager
    def _failing(self, what: str) -> Iterator[None]:
        """Tells a failure of the database in a sentence."""
        try:
            yield
        except SQLAlchemyError as error:
            cause = store.short_reason(getattr(error, "orig", None) or error)
            remedy = "check MASRAD_DATABASE_URL, and that the server runs"
            if self.engine.dialect.name == _SQLITE:
                remedy = (
                    "make the file and its folder writable, close what else writes to it, or"
                    " choose another folder with --data-dir (MASRAD_DATA_DIR)"
                )
            raise ConversationError(
                f"The conversations in {self.place} cannot be {what} ({cause}): {remedy}."
            ) from error

    def _bring_up_to_date(self) -> None:
        """Adds what the schema lacks, if it is older; of processes that come at once, one does."""
        with self._failing("opened"), self._writing_engine.begin() as connection:
            if self.engine.dialect.name == _POSTGRESQL:
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK_NUMBER})")
            tables, present = sa.inspect(connection).get_table_names(), ""
            if RevisionRow.__tablename__ in tables:
                present = connection.scalar(sa.select(RevisionRow.version_num)) or ""
            elif tables:
                raise ConversationError(
                    f"The database {self.place} is another program's (it has a table {tables[0]}):"
                    " give the conversations one of their own, with --data-dir or"
                    " MASRAD_DATABASE_URL."
                )
            if present > REVISION:
                raise ConversationError(
                    f"The conversations in {self.place} were kept by a newer version of Masrad"
                    f" (schema {present}; this one knows {REVISION}): install that version, or"
                    " choose another folder with --data-dir or database with MASRAD_DATABASE_URL."
                )
            if present < REVISION:
                _complete(connection)
                connection.execute(sa.delete(RevisionRow))
                connection.execute(sa.insert(RevisionRow).values(version_num=REVISION))


class InDatabase:
    """What of some kind a database keeps. Threads may share it; it fails as ``Database`` does."""

    def __init__(self, database: Database) -> None:
        self.database = database


def insert(session: Session) -> Any:  # noqa: ANN401  (each has a type of its own)
    """The session's database's own ``INSERT``, which knows ``on_conflict_do_update``."""
    name = session.get_bind().dialect.name  # that of PostgreSQL is slow to import
    return resolve_name(f"sqlalchemy.dialects.{name}:insert")


def database_url(address: str | Path) -> sa.URL:
    """The URL of a database: of a file of SQLite, or as it is written.

    Raises:
        ValueError: it is none, or not that of a file of SQLite or a database of PostgreSQL; the
            message shows nothing of it, for there may be a password in it.
    """
    if isinstance(address, Path):
        return sa.URL.create(_SQLITE, database=str(address))
    wrong = "must be a URL such as sqlite:///conversations.db or postgresql://user@host/name"
    try:
        url = sa.make_url(address)
    except (ArgumentError, ValueError):  # the latter of a port that is no number
        raise ValueError(wrong) from None
    backend = url.get_backend_name()
    if backend not in {_SQLITE, _POSTGRESQL} or url.database in (None, "", ":memory:"):
        raise ValueError(wrong)
    if backend == _SQLITE:
        return url.set(database=str(Path(url.database).expanduser()))
    if url.drivername == _POSTGRESQL:  # SQLAlchemy's default has changed with its version
        return url.set(drivername="postgresql+psycopg")
    return url


def unwritable(folder: Path, error: OSError) -> ConversationError:
    """The failure of a data folder that cannot be written."""
    return ConversationError(str(store.unwritable(folder, error)))


def _engine(url: sa.URL) -> sa.Engine:
    options = {"json_serializer": _json, "hide_parameters": True}
    if url.get_backend_name() == _POSTGRESQL:
        return sa.create_engine(url, pool_pre_ping=True, **options)
    own = {"timeout": _BUSY_SECONDS, "isolation_level": None}  # transactions are SQLAlchemy's
    engine = sa.create_engine(url, connect_args=own, **options)
    sa.event.listen(engine, "connect", _prepare)
    sa.event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _entry: ConnectionPoolEntry) -> None:  # noqa: ANN401  (the driver's own)
    connection.execute("PRAGMA secure_delete = ON")  # what is deleted is overwritten
    connection.execute("PRAGMA journal_mode = WAL")  # readers and a writer do not wait for another
    connection.execute("PRAGMA foreign_keys = ON")


def _begin(connection: sa.Connection) -> None:
    """A reader that turned writer might be refused at once, so a writer begins as one."""
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _complete(connection: sa.Connection) -> None:
    """Adds the tables, columns and indexes that a database of an older version lacks.

    A schema only grows, by columns that may be empty or have a default: so no row is ever changed.
    """
    Base.metadata.create_all(connection)
    present = sa.inspect(connection)
    quoted = connection.dialect.identifier_preparer
    for table in Base.metadata.sorted_tables:
        columns = {each["name"] for each in present.get_columns(table.name)}
        for column in table.columns:
            if column.name not in columns:
                added = CreateColumn(column).compile(dialect=connection.dialect)
                connection.exec_driver_sql(
                    f"ALTER TABLE {quoted.format_table(table)} ADD COLUMN {added}"
                )
        indexes = {each["name"] for each in present.get_indexes(table.name)}
        for index in table.indexes:
            if index.name not in indexes:
                index.create(connection)


def _json(value: object) -> str:
    """JSON that can be read in the database; half a surrogate pair, which has no UTF-8, is lost."""
    return json.dumps(value, ensure_ascii=False).encode(errors="replace").decode()


@contextlib.contextmanager
def _locked(file: Path) -> Iterator[None]:
    """Keeps other processes from opening the file meanwhile; makes its folder, and it, private."""
    busy = ConversationError(
        f"Another process has been opening {file} for a minute: wait for it to end, or choose"
        " another folder with --data-dir."
    )
    with alone(Path(f"{file}.lock"), _LOCK_SECONDS, busy, partial(unwritable, file.parent)):
        with contextlib.suppress(OSError):  # SQLite tells it in its own words
            file.touch(mode=0o600)
        yield
