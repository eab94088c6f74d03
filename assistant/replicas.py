"""Replicas: several processes that serve one library, each from a data folder of its own.

The library is in the database, in numbered versions; that of the highest number is in force. A data
folder is a copy, which can be lost at any time. Who changes the library has the database's lock,
brings the own folder up to date, changes that, and adds it as the next version in one transaction.
The others see the new number, and bring their folders up.
"""

import contextlib
import io
import logging
import shutil
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import cached_property, partial
from pathlib import Path
from typing import ClassVar
from uuid import uuid4

from sqlalchemy import delete, select

from assistant import ConversationError
from assistant.conversations.database import Database, unwritable
from assistant.conversations.tables import IndexRow, ReplicaRow, VersionRow
from knowledge import IndexFailure
from knowledge.editing.atomic import alone, hashed
from knowledge.editing.library import Library
from knowledge.search.store import Store

KEPT = 5
"""Versions that are kept with what they need of the index: undoing one embeds nothing."""
IN_USE = timedelta(minutes=5)
"""For how long a version counts as served after its replica said so last."""

_CHANGE_SECONDS = 30.0  # to wait for another who changes the library
_INDEX_SECONDS = 600.0  # to wait for another who embeds
_SAY_SECONDS = 30  # between two times of saying which version is served
_ID_BYTES = 16  # of a row
log = logging.getLogger(__name__)


class Replica:
    """This process among the replicas. Threads may share it.

    Where the database or the folder fails, or another has the lock too long, what is of the library
    raises ConversationError, and what is of the index IndexFailure.
    """

    _known: ClassVar[dict[tuple[object, ...], "Replica"]] = {}

    def __init__(self, database: str | Path, data_dir: Path) -> None:
        self.id = uuid4().hex
        self.number = 0
        """Of the version in the folder; 0 where that is not known."""
        self.opened = 0
        """Of the version that is served, or being opened, as who opens it says."""
        self._address = database
        self._library = Library(data_dir)
        self._said: tuple[int, datetime] = (0, datetime.min.replace(tzinfo=UTC))
        self._failed = False

    @classmethod
    def of(cls, database: str | Path, data_dir: Path) -> "Replica":
        """The one of a database and a data folder, of which a process has one."""
        key = database, data_dir.absolute()
        return cls._known.setdefault(key, cls(database, data_dir))

    @cached_property
    def _database(self) -> Database:
        return Database.open(self._address)

    # The library.

    def join(self) -> None:
        """Brings the folder to the version in force; without one, the folder is the first."""
        with self._alone():
            if not self._latest()[0]:
                Store(self._library.data_dir).owner()
                self._publish()
            self._bring_up()
        self.say(self.number)

    @contextlib.contextmanager
    def changing(self) -> Iterator[None]:
        """Whoever changes the library does so in here; what is changed is in force at the end.

        If the block fails, or the database does, the library is what it was.
        """
        with self._alone():
            self._bring_up()
            try:
                yield
                self._publish()
            except BaseException:
                self.number = 0  # else what is in the folder now would be served
                with contextlib.suppress(ConversationError):
                    self._bring_up()
                raise

    def follow(self) -> bool:
        """Takes up another version, if there is one; says whether it did.

        A failure is logged once, and everything is as it was.
        """
        failed, self._failed = self._failed, False
        try:
            if is_new := self._latest()[0] not in (0, self.number):
                with self.still():
                    self._bring_up()
        except Exception as error:  # noqa: BLE001  (whatever it is, it is looked at again soon)
            if not failed:
                log.warning("Changes by other replicas are not seen. %s", error)
            self._failed = True
            return False
        return is_new

    def say(self, number: int) -> None:
        """Says to the others that a version is served, if they do not know."""
        now = datetime.now(UTC)
        if number and (self._said[0] != number or (now - self._said[1]).seconds > _SAY_SECONDS):
            with contextlib.suppress(ConversationError), self._database.writing() as session:
                session.merge(ReplicaRow(id=self.id, number=number, seen_at=now))
                self._said = number, now

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """Keeps the other replicas, and all on this machine, from changing the library."""
        busy = ConversationError(
            "Another replica is changing the glossary just now: try again in a minute."
        )
        with self._database.locked("library", _CHANGE_SECONDS, busy), self.still():
            yield

    @contextlib.contextmanager
    def still(self) -> Iterator[None]:
        """Keeps other threads and processes on this machine from changing the folder meanwhile."""
        folder = self._library.data_dir
        busy = ConversationError(
            f"Another process is changing {folder} just now: try again in a minute."
        )
        failed = partial(unwritable, folder)
        with alone(folder / "library.lock", _CHANGE_SECONDS, busy, failed):
            yield

    def _latest(self) -> tuple[int, str]:
        """The number and the hash of the version in force; 0 and nothing where there is none."""
        newest = select(VersionRow.number, VersionRow.hash).order_by(VersionRow.number.desc())
        with self._database.reading() as session:
            found = session.execute(newest.limit(1)).first()
        return (found.number, found.hash) if found else (0, "")

    def _bring_up(self) -> None:
        """Puts the version in force into the folder; another library that was there is kept."""
        number, wanted = self._latest()
        if not number:  # all were deleted: the next to join begins anew
            return
        library = self._library
        if hashed(sorted(library.files().items())) != wanted:
            found = select(VersionRow.archive).where(VersionRow.number == number)
            with self._database.reading() as session:
                archive = session.scalar(found)
            with zipfile.ZipFile(io.BytesIO(archive or b"")) as held:
                files = {name: held.read(name) for name in held.namelist()}
            owner = library.files(("owner",)).get("owner")
            foreign = library.names() and owner != files.get("owner")
            try:
                with library.replacing(files) as former:
                    if foreign:
                        aside = library.data_dir / f"library-{datetime.now(UTC):%Y%m%d-%H%M%S}"
                        shutil.copytree(former, aside)
                        log.warning("The library that was in the data folder is now in %s.", aside)
            except OSError as error:
                raise unwritable(library.data_dir, error) from error
        self.number = number

    def _publish(self) -> None:
        """Puts what is in the folder in force, if it is another than before."""
        latest, files = self._latest(), self._library.files()
        if (new := hashed(sorted(files.items()))) != latest[1]:
            number, archive = latest[0] + 1, io.BytesIO()
            with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
                for name, data in files.items():
                    packed.writestr(name, data)
            with self._database.writing() as session:  # the number is taken, if the lock was lost
                row = VersionRow(number=number, hash=new, made_at=datetime.now(UTC))
                row.archive = archive.getvalue()
                session.add(row)
            self.number = number

    # The index: knowledge.search.store.Sharing.

    @property
    def owner(self) -> str:
        """The id that all replicas have in common."""
        if not self.number:
            with _as_index_failure():
                self.join()
        return self._library.files(("owner",)).get("owner", b"").decode()

    @contextlib.contextmanager
    def locked(self, name: str) -> Iterator[None]:
        """Keeps the others from making a collection meanwhile; waits for one that does."""
        busy = IndexFailure(
            "Another replica has been making the index for ten minutes: wait for it to end."
        )
        with _as_index_failure(), self._database.locked(f"index {name}", _INDEX_SECONDS, busy):
            yield

    def needed(self, collection: str, rows: Iterable[str]) -> frozenset[str]:
        """Notes that rows of a collection are used from now on; returns all that are."""
        own = frozenset(rows)
        with _as_index_failure(), self._database.writing() as session:
            found = select(IndexRow).where(IndexRow.collection == collection)
            noted = {row.number: row.rows for row in session.scalars(found)}
            before = noted.get(self.number, b"")
            here = own | _ids(before)  # of other files, by the same path
            if here != _ids(before):
                rows_ = b"".join(map(bytes.fromhex, sorted(here)))
                session.merge(IndexRow(number=self.number, collection=collection, rows=rows_))
        return own.union(*map(_ids, noted.values()))

    @contextlib.contextmanager
    def pruning(self) -> Iterator[Sequence[str]]:
        """The collections that no version needs which is kept; the others are forgotten after."""
        with _as_index_failure():
            lately = ReplicaRow.seen_at > datetime.now(UTC) - IN_USE
            numbers = select(VersionRow.number).order_by(VersionRow.number.desc())
            with self._database.reading() as session:
                found = session.scalars(numbers).all()
                kept = {*found[:KEPT], *session.scalars(select(ReplicaRow.number).where(lately))}
                noted = session.execute(select(IndexRow.number, IndexRow.collection)).all()
            needed = {collection for number, collection in noted if number in kept}
            unused = sorted({collection for _, collection in noted} - needed)
            yield unused
            with self._database.writing() as session:
                old = {*found} - kept  # those that came meanwhile are none
                session.execute(delete(VersionRow).where(VersionRow.number.in_(old)))
                session.execute(delete(ReplicaRow).where(~lately))


def _ids(rows: bytes) -> frozenset[str]:
    return frozenset(rows[n : n + _ID_BYTES].hex() for n in range(0, len(rows), _ID_BYTES))


@contextlib.contextmanager
def _as_index_failure() -> Iterator[None]:
    """What fails in the database is a failure to open the index."""
    try:
        yield
    except ConversationError as error:
        raise IndexFailure(str(error)) from error
