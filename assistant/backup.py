"""Backup: all that cannot be made again, in one ZIP; restored into a file of SQLite or PostgreSQL.

The tables are lines of JSON, of one moment, as the database itself describes them: so a backup does
not depend on the kind of database, and what an older schema lacks is empty or as by default. Beside
them are the files of the library. The index is made anew.
"""

import base64
import contextlib
import json
import zipfile
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any

import sqlalchemy as sa

from assistant import AssistantError
from assistant.conversations.database import REVISION, Database
from assistant.conversations.tables import IndexRow, ReplicaRow, RevisionRow, VersionRow
from assistant.settings import Settings
from knowledge.editing.atomic import replacing_file
from knowledge.editing.library import PRIVATE, Library

Progress = Callable[[int, int], object]

_FORMAT = 1
_ABOUT = "backup.json"
_LIBRARY = ("glossary.json", "glossaries", "journal")
_FILES = (*_LIBRARY, *PRIVATE)
# What replicas settle between them: the library itself is among the files.
_LEFT_OUT = {row.__tablename__ for row in (RevisionRow, VersionRow, ReplicaRow, IndexRow)}
_BATCH = 500  # rows
_BY_BATCHES = {"yield_per": _BATCH}
_BROKEN = (  # what is raised by a file that is no ZIP, or is one with a bit turned
    zipfile.BadZipFile, zlib.error, LookupError, TypeError, ValueError, EOFError, RuntimeError
)  # fmt: skip
_TRIES = 20  # to read the library while nobody changes it


class BackupError(AssistantError):
    """A backup cannot be made or restored."""


def back_up(settings: Settings, dest: Path, progress: Progress | None = None) -> tuple[int, int]:
    """Writes a backup, also while the service runs; says of how many rows and files.

    Raises:
        ConversationError: the database fails.
        BackupError: the library does not stand still.
        OSError: the disk is full or refuses; a backup that was there is what it was.
    """
    done = 0
    with (
        contextlib.closing(Database.open(settings.database)) as database,
        replacing_file(dest) as new,
        database.snapshot() as connection,
    ):
        new.touch(0o600)  # there are conversations in it, and the owner's key
        files, tables = _library(settings), _tables(connection)
        total = sum(
            connection.scalar(sa.select(sa.func.count()).select_from(t)) or 0 for t in tables
        )
        with zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as archive:
            for table in tables:
                with archive.open(_lines_of(table), "w", force_zip64=True) as lines:
                    rows = connection.execute(sa.select(table), execution_options=_BY_BATCHES)
                    for row in rows.mappings():
                        values = {name: _encoded(value) for name, value in row.items()}
                        text = json.dumps(values, ensure_ascii=False)
                        lines.write(text.encode(errors="replace") + b"\n")
                        done += 1
                        if progress and (done % _BATCH == 0 or done == total):
                            progress(done, total)
            for name, data in files.items():
                archive.writestr(f"data/{name}", data)
            made = datetime.now(UTC).isoformat(timespec="seconds")
            about = {"format": _FORMAT, "revision": REVISION, "made_at": made, "rows": done}
            archive.writestr(_ABOUT, json.dumps(about, indent=1))
    return done, len(files)


def restore(
    settings: Settings, source: Path, progress: Progress | None = None, *, force: bool = False
) -> tuple[int, int]:
    """Puts a backup in force, whole or not at all; says of how many rows and files.

    Replicas that run take it up; another server is to be stopped before.

    Raises:
        BackupError: it is no backup, is damaged, or of a newer version; or there is something in
            the database or the library already, and ``force`` does not say to replace it.
        ConversationError: the database fails.
        OSError: the disk is full or refuses.
    """
    with contextlib.ExitStack() as stack:
        try:
            archive = stack.enter_context(zipfile.ZipFile(source))
            about = _checked(archive, source)
        except _BROKEN as error:
            raise BackupError(f"{source} is no backup of Masrad's, or is damaged.") from error
        database = stack.enter_context(contextlib.closing(Database.open(settings.database)))
        library = Library(settings.data_dir)
        files = {
            name.removeprefix("data/"): archive.read(name)
            for name in archive.namelist()
            if name.startswith("data/")
        }
        if replica := settings.replica:
            replica.join()
            stack.enter_context(replica.changing("restore"))
        if not force:
            _refuse_to_replace(database, library)
        library.data_dir.mkdir(parents=True, exist_ok=True)
        stack.enter_context(library.replacing(files, _FILES))
        with database.writing() as session:
            connection = session.connection()
            for table in reversed(_tables(connection)):
                connection.execute(sa.delete(table))
            done = _fill(connection, archive, progress, about["rows"])
    return done, len(files)


def _fill(
    connection: sa.Connection, archive: zipfile.ZipFile, progress: Progress | None, total: int
) -> int:
    """Adds the rows of a backup to tables that have none; says how many."""
    done = 0
    for table in _tables(connection):
        if _lines_of(table) not in archive.namelist():  # of an older schema
            continue
        with archive.open(_lines_of(table)) as lines:
            while batch := [_decoded(json.loads(line), table) for line in islice(lines, _BATCH)]:
                connection.execute(sa.insert(table), batch)
                done += len(batch)
                if progress:
                    progress(done, total)
    return done


def _checked(archive: zipfile.ZipFile, source: Path) -> dict[str, Any]:
    """What a backup says of itself, if all that it holds is as it was written.

    Raises:
        BackupError: it is of a newer version.
        zipfile.BadZipFile, KeyError, TypeError, ValueError: it is no backup, or is damaged.
    """
    about: dict[str, Any] = json.loads(archive.read(_ABOUT))
    if about["format"] > _FORMAT or about["revision"] > REVISION:
        raise BackupError(
            f"{source} was made by a newer version of Masrad (schema {about['revision']}; this one"
            f" knows {REVISION}): install that version."
        )
    for place in map(PurePosixPath, archive.namelist()):
        if place.parts[0] == "data" and (place.parts[1] not in _FILES or ".." in place.parts):
            raise ValueError(str(place))
    if damaged := archive.testzip():
        raise ValueError(damaged)
    return about


def _refuse_to_replace(database: Database, library: Library) -> None:
    remedy = "restore elsewhere, or with --force, which replaces all of it"
    with database.snapshot() as connection:
        for table in _tables(connection):
            if connection.execute(sa.select(table).limit(1)).first():
                raise BackupError(f"There is something in {database.place} already: {remedy}.")
    if library.files(_LIBRARY):
        raise BackupError(f"There is a library in {library.data_dir} already: {remedy}.")


def _library(settings: Settings) -> dict[str, bytes]:
    """The files of the library, of one moment."""
    library = Library(settings.data_dir)
    if replica := settings.replica:
        replica.join()
    found = library.files(_FILES)
    for _ in range(_TRIES):
        before, found = found, library.files(_FILES)
        if found == before:
            return found
    raise BackupError(f"The library in {library.data_dir} changes all the time: try again later.")


def _lines_of(table: sa.Table) -> str:
    return f"database/{table.name}.jsonl"


def _tables(connection: sa.Connection) -> list[sa.Table]:
    """The tables, as the database describes them; what refers to another comes after it."""
    metadata = sa.MetaData()
    metadata.reflect(connection)
    return [table for table in metadata.sorted_tables if table.name not in _LEFT_OUT]


def _encoded(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, datetime):  # SQLite gives it without its zone
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value


def _decoded(row: dict[str, Any], table: sa.Table) -> dict[str, Any]:
    found = {}
    for name, value in row.items():
        kind = table.columns[name].type
        if isinstance(kind, sa.JSON):
            kind.none_as_null = True
        elif isinstance(value, str) and isinstance(kind, sa.DateTime):
            value = datetime.fromisoformat(value)  # noqa: PLW2901
        elif isinstance(value, str) and isinstance(kind, sa.LargeBinary):
            value = base64.b64decode(value)  # noqa: PLW2901
        found[name] = value
    return found
