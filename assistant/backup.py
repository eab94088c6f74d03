"""Backup: all that cannot be made again, in one ZIP; restored into a file of SQLite or PostgreSQL.

The tables are lines of JSON, of one moment: so a backup does not depend on the kind of database,
and what an older schema lacks is empty or as by default; what it had besides is left out. Beside
them are the files of the library. The index is made anew.
"""

import contextlib
import json
import zipfile
import zlib
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any

import sqlalchemy as sa

from assistant import AssistantError
from assistant.conversations.database import REVISION, Database
from assistant.conversations.tables import (
    Base,
    IndexRow,
    Moment,
    ReplicaRow,
    RevisionRow,
    VersionRow,
)
from assistant.settings import Settings
from knowledge.editing.atomic import placing
from knowledge.editing.library import PRIVATE, Library

_ABOUT = "backup.json"
_LIBRARY = ("glossary.json", "glossaries", "journal")
_FILES = (*_LIBRARY, *PRIVATE)
# What replicas settle between them: the library itself is among the files.
_LEFT_OUT = {row.__tablename__ for row in (RevisionRow, VersionRow, ReplicaRow, IndexRow)}
_TABLES = {  # by their files; what refers to another comes after it
    f"database/{table.name}.jsonl": table
    for table in Base.metadata.sorted_tables
    if table.name not in _LEFT_OUT
}
_BATCH = 500  # rows
_BROKEN = (  # what is raised by a file that is no ZIP, or is one with a bit turned
    zipfile.BadZipFile, zlib.error, LookupError, TypeError, ValueError, EOFError, RuntimeError
)  # fmt: skip
_TRIES = 20  # to read the library while nobody changes it
_REMEDY = "restore with an empty folder (--data-dir) and an empty database (MASRAD_DATABASE_URL)"


def back_up(settings: Settings, dest: Path) -> tuple[int, int]:
    """Writes a backup, also while the service runs; says of how many rows and files.

    Raises:
        ConversationError: the database fails.
        AssistantError: the library does not stand still.
        OSError: the disk is full or refuses; a backup that was there is what it was.
    """
    done = 0
    with (
        contextlib.closing(Database.open(settings.database)) as database,
        placing(dest) as new,
        database.snapshot() as connection,
    ):
        new.touch(0o600)  # there are conversations in it, and the owner's key
        files = _library(settings)
        with zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, table in _TABLES.items():
                with archive.open(name, "w", force_zip64=True) as lines:
                    options = {"yield_per": _BATCH}
                    rows = connection.execute(sa.select(table), execution_options=options)
                    for row in rows.mappings():
                        text = json.dumps({**row}, default=datetime.isoformat, ensure_ascii=False)
                        lines.write(text.encode(errors="replace") + b"\n")
                        done += 1
            for name, data in files.items():
                archive.writestr(f"data/{name}", data)
            made = datetime.now(UTC).isoformat(timespec="seconds")
            about = {"revision": REVISION, "made_at": made}
            archive.writestr(_ABOUT, json.dumps(about, indent=1))
    return done, len(files)


def restore(settings: Settings, source: Path) -> tuple[int, int]:
    """Puts a backup where nothing is kept, whole or not at all; says of how many rows and files.

    Replicas that run take it up; another server is to be stopped before.

    Raises:
        AssistantError: it is no backup, is damaged, or of a newer version; or there is something in
            the database or the library already.
        ConversationError: the database fails.
        OSError: the disk is full or refuses.
    """
    with contextlib.ExitStack() as stack:
        try:
            archive = stack.enter_context(zipfile.ZipFile(source))
            _check(archive, source)
        except _BROKEN as error:
            raise AssistantError(f"{source} is no backup of Masrad's, or is damaged.") from error
        database = stack.enter_context(contextlib.closing(Database.open(settings.database)))
        library = Library(settings.data_dir)
        files = {
            name.removeprefix("data/"): archive.read(name)
            for name in archive.namelist()
            if name.startswith("data/")
        }
        if replica := settings.replica:
            replica.join()
            stack.enter_context(replica.changing())
        if library.files(_LIBRARY):
            raise AssistantError(f"There is a library in {library.data_dir} already: {_REMEDY}.")
        library.data_dir.mkdir(parents=True, exist_ok=True)
        stack.enter_context(library.replacing(files, _FILES))
        with database.writing() as session:
            connection = session.connection()
            if any(connection.execute(sa.select(t).limit(1)).first() for t in _TABLES.values()):
                raise AssistantError(f"There is something in {database.place} already: {_REMEDY}.")
            return _fill(connection, archive), len(files)


def _fill(connection: sa.Connection, archive: zipfile.ZipFile) -> int:
    """Adds the rows of a backup to tables that have none; says how many."""
    done = 0
    for name, table in _TABLES.items():
        if name not in archive.namelist():  # of an older schema
            continue
        with archive.open(name) as lines:
            while batch := [_row(line, table) for line in islice(lines, _BATCH)]:
                connection.execute(sa.insert(table), batch)
                done += len(batch)
    return done


def _check(archive: zipfile.ZipFile, source: Path) -> None:
    """Raises one of ``_BROKEN`` where a backup does not hold what was written."""
    about: dict[str, Any] = json.loads(archive.read(_ABOUT))
    if about["revision"] > REVISION:
        raise AssistantError(
            f"{source} was made by a newer version of Masrad (schema {about['revision']}; this one"
            f" knows {REVISION}): install that version."
        )
    for place in map(PurePosixPath, archive.namelist()):
        if place.parts[0] == "data" and (place.parts[1] not in _FILES or ".." in place.parts):
            raise ValueError(str(place))
    if damaged := archive.testzip():
        raise ValueError(damaged)


def _library(settings: Settings) -> dict[str, bytes]:
    library = Library(settings.data_dir)
    if replica := settings.replica:
        replica.join()
    for _ in range(_TRIES):
        if (found := library.files(_FILES)) == library.files(_FILES):
            return found
    raise AssistantError(
        f"The library in {library.data_dir} changes all the time: try again later."
    )


def _row(line: bytes, table: sa.Table) -> dict[str, Any]:
    kept = {name: value for name, value in json.loads(line).items() if name in table.columns}
    for name, value in kept.items():
        if value and isinstance(table.columns[name].type, Moment):
            kept[name] = datetime.fromisoformat(value)
    return kept
