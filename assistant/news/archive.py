"""The store: feeds and their items in a file of SQLite beside the glossary's index.

It is a file of its own, apart from the conversations: those are what readers said and may be on
another machine's database, while this can be deleted and is filled again by the next update. Each
change is one transaction, so that whenever it is cut short, the state before is whole; readers do
not wait for one who writes.
"""

import contextlib
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from assistant import NewsError
from assistant.news.feeds import Item

SHOWN = 20
"""Reports that are kept of a term."""
KEPT = timedelta(days=90)
_MOST_ITEMS = 3000
_VERSION = 1  # of the tables: those of another are made anew
_BUSY_SECONDS = 30.0  # to wait for another process's writing, which takes milliseconds
_READ_SECONDS = 2.0  # for a reader, who waits for a page, and for no writer but one that recovers
_TABLES = """
CREATE TABLE feeds (
    url TEXT PRIMARY KEY, title TEXT NOT NULL, moved_to TEXT NOT NULL, etag TEXT NOT NULL,
    modified TEXT NOT NULL, asked_at TEXT, reached_at TEXT, error TEXT NOT NULL, wait_until TEXT,
    gone INTEGER NOT NULL
);
CREATE TABLE items (
    feed TEXT NOT NULL REFERENCES feeds ON DELETE CASCADE, id TEXT NOT NULL, title TEXT NOT NULL,
    summary TEXT NOT NULL, url TEXT NOT NULL, language TEXT NOT NULL, published TEXT,
    first_seen TEXT NOT NULL, last_seen TEXT NOT NULL, dated TEXT NOT NULL,
    matched TEXT NOT NULL, PRIMARY KEY (feed, id)
);
CREATE TABLE concerns (
    feed TEXT NOT NULL, id TEXT NOT NULL, entry_id TEXT NOT NULL, score REAL NOT NULL,
    PRIMARY KEY (feed, id, entry_id),
    FOREIGN KEY (feed, id) REFERENCES items ON DELETE CASCADE
);
CREATE INDEX concerns_of ON concerns (entry_id);
CREATE INDEX items_dated ON items (dated);
"""

Key = tuple[str, str]
"""The feed of an item, and its id there."""


@dataclass(frozen=True, slots=True)
class FeedState:
    """What is known of a feed that is set."""

    url: str
    title: str = ""
    moved_to: str = ""
    """Where it has moved for good."""
    etag: str = ""
    modified: str = ""
    asked_at: datetime | None = None
    reached_at: datetime | None = None
    """When it was last there, changed or not."""
    error: str = ""
    """What was wrong when it was last asked, in a sentence."""
    wait_until: datetime | None = None
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """An item, and how surely it concerns a term."""

    title: str
    url: str
    source: str
    language: str
    published: datetime | None
    """When it says it was published."""
    score: float
    entry_id: str


_NAMES = [field.name for field in fields(FeedState)]
_MOMENTS = {"asked_at", "reached_at", "wait_until"}


class NewsArchive:
    """The news of one glossary. Threads and processes may share a file; it opens it each time.

    Every method raises NewsError where the file cannot be read or written.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / "news.db"

    def feeds(self, urls: Sequence[str]) -> list[FeedState]:
        """What is known of these feeds, in their order."""
        rows = self._read(f"SELECT {', '.join(_NAMES)} FROM feeds")  # noqa: S608  (our own names)
        known = {row[0]: _state(row) for row in rows}
        return [known.get(url) or FeedState(url) for url in urls]

    def reports(
        self, urls: Sequence[str], now: datetime, entry_id: str | None = None
    ) -> list[Report]:
        """The latest reports of these feeds, newest first: on a term, or on all."""
        places = ", ".join("?" * len(urls))
        wanted = "" if entry_id is None else " AND c.entry_id = ?"
        rows = self._read(
            "SELECT i.title, i.url, f.title, i.language, i.published, c.score, c.entry_id"  # noqa: S608
            " FROM concerns c JOIN items i USING (feed, id) JOIN feeds f ON f.url = i.feed"
            f" WHERE i.feed IN ({places}) AND i.dated >= ?{wanted}"
            " ORDER BY i.dated DESC, c.score DESC, i.title",
            (*urls, _text(now - KEPT), *(() if entry_id is None else (entry_id,))),
        )
        found: dict[tuple[str, str], Report] = {}
        counts: Counter[str] = Counter()
        for title, url, source, language, published, score, entry in rows:
            key = (entry, url or title)  # several feeds may have one item
            if key not in found and counts[entry] < SHOWN:
                moment = _moment(published)
                found[key] = Report(title, url, source, language, moment, score, entry)
                counts[entry] += 1
        return list(found.values())

    def keep(self, state: FeedState, items: Iterable[Item], now: datetime) -> None:
        """Keeps what was learnt of a feed, and its items beside those it had: all or nothing."""
        places = ", ".join(f":{name}" for name in _NAMES)
        values = {name: getattr(state, name) for name in _NAMES}
        values |= {name: _text(values[name]) if values[name] else None for name in _MOMENTS}
        renewed = ", ".join(f"{name} = excluded.{name}" for name in _NAMES[1:])
        with self._writing() as connection:
            connection.execute(
                f"INSERT INTO feeds ({', '.join(_NAMES)}) VALUES ({places})"  # noqa: S608
                f" ON CONFLICT (url) DO UPDATE SET {renewed}",
                values,
            )
            connection.executemany(_KEEP_ITEM, (_row(state.url, item, now) for item in items))

    def unmatched(self, stamp: str) -> list[tuple[Key, Item]]:
        """The items that were not matched by what the stamp stands for, newest first."""
        rows = self._read(
            "SELECT feed, id, title, summary, url, language FROM items WHERE matched != ?"
            " ORDER BY dated DESC",
            (stamp,),
        )
        return [((feed, own), Item(own, *rest)) for feed, own, *rest in rows]

    def match(self, stamp: str, found: Mapping[Key, Mapping[str, float]]) -> None:
        """Keeps which terms items concern, and how surely: all of it or nothing."""
        with self._writing() as connection:
            connection.executemany("DELETE FROM concerns WHERE feed = ? AND id = ?", list(found))
            connection.executemany(  # an item may have gone meanwhile
                "INSERT INTO concerns SELECT feed, id, ?, ? FROM items WHERE feed = ? AND id = ?",
                [(entry, score, *key) for key in found for entry, score in found[key].items()],
            )
            connection.executemany(
                "UPDATE items SET matched = ? WHERE feed = ? AND id = ?",
                [(stamp, *key) for key in found],
            )

    def prune(self, urls: Sequence[str], now: datetime) -> None:
        """Removes the feeds that are set no more, and the items that are old or too many."""
        limit = _text(now - KEPT)
        places = ", ".join("?" * len(urls))
        with self._writing() as connection:
            connection.execute(f"DELETE FROM feeds WHERE url NOT IN ({places})", urls)  # noqa: S608
            # An item without a date is as old as it is known: kept while its feed has it, lest it
            # be new again.
            connection.execute(
                "DELETE FROM items WHERE dated < ? AND (published IS NOT NULL OR last_seen < ?)",
                (limit, limit),
            )
            connection.execute(
                "DELETE FROM items WHERE rowid NOT IN"
                " (SELECT rowid FROM items ORDER BY dated DESC LIMIT ?)",
                (_MOST_ITEMS,),
            )

    def _read(self, statement: str, values: Sequence[object] = ()) -> list[Any]:
        """What a statement finds; nothing where there is no file, or another version's."""
        if not self.path.exists():
            return []
        with (
            self._failing("read"),
            contextlib.closing(self._connected(_READ_SECONDS)) as connection,
        ):
            if _version(connection) != _VERSION:
                return []
            return connection.execute(statement, values).fetchall()

    @contextlib.contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._failing("kept"):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with contextlib.closing(self._connected(_BUSY_SECONDS)) as connection:
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA foreign_keys = ON")
                connection.execute("BEGIN IMMEDIATE")
                try:
                    if _version(connection) != _VERSION:
                        _make(connection)
                    yield connection
                except BaseException:
                    connection.execute("ROLLBACK")
                    raise
                connection.execute("COMMIT")

    def _connected(self, seconds: float) -> sqlite3.Connection:
        return sqlite3.connect(self.path, timeout=seconds, isolation_level=None)

    @contextlib.contextmanager
    def _failing(self, what: str) -> Iterator[None]:
        """Tells a failure of the file in a sentence."""
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise NewsError(
                f"The news in {self.path} cannot be {what} ({error}): make room and the folder"
                " writable, or delete that file, which the next update makes anew."
            ) from error


_KEEP_ITEM = """
INSERT INTO items VALUES (:feed, :id, :title, :summary, :url, :language, :published, :now, :now,
    :dated, '')
ON CONFLICT (feed, id) DO UPDATE SET
    matched = CASE WHEN title = excluded.title AND summary = excluded.summary THEN matched ELSE ''
        END,
    title = excluded.title, summary = excluded.summary, url = excluded.url,
    language = excluded.language, published = excluded.published, last_seen = excluded.last_seen,
    dated = CASE WHEN excluded.published IS NULL THEN first_seen ELSE excluded.dated END
"""


def _row(feed: str, item: Item, now: datetime) -> dict[str, object]:
    published = item.published
    if published and published > now:  # a clock that is fast is forgiven, another date is none
        published = now if published - now < timedelta(days=1) else None
    values = {name: getattr(item, name) for name in ("id", "title", "summary", "url", "language")}
    dates = {"published": _text(published) if published else None, "now": _text(now)}
    return {"feed": feed, **values, **dates, "dated": _text(published or now)}


def _make(connection: sqlite3.Connection) -> None:
    for name in ("concerns", "items", "feeds"):
        connection.execute(f"DROP TABLE IF EXISTS {name}")
    for statement in filter(str.strip, _TABLES.split(";")):
        connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {_VERSION}")


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _state(row: Sequence[str]) -> FeedState:
    values: dict[str, object] = dict(zip(_NAMES, row, strict=True))
    for name in _MOMENTS:
        values[name] = _moment(values[name])
    values["gone"] = bool(values["gone"])
    return FeedState(**values)  # type: ignore[arg-type]


def _text(moment: datetime) -> str:
    """A moment such that texts are in the order of time; all are in UTC."""
    return moment.isoformat(timespec="seconds")


def _moment(text: object) -> datetime | None:
    return datetime.fromisoformat(str(text)) if text else None
