"""The store: feeds and their items in a file of JSON beside the glossary's index.

It is a file of its own, apart from the conversations: those are what readers said and may be on
another machine's database, while this can be deleted and is filled again by the next update. A
change is written aside and put in its place, so that a reader finds the state before it or after.
"""

import contextlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from assistant import NewsError
from assistant.news.feeds import Item
from knowledge.editing.atomic import replacing_file

SHOWN = 20
"""Reports that are kept of a term."""
KEPT = timedelta(days=90)
_MOST_ITEMS = 3000

Key = tuple[str, str]
"""The feed of an item, and its id there."""


@dataclass(frozen=True, slots=True)
class FeedState:
    """What is known of a feed that is set."""

    url: str
    title: str = ""
    etag: str = ""
    modified: str = ""
    asked_at: datetime | None = None
    reached_at: datetime | None = None
    """When it was last there, changed or not."""
    error: str = ""
    """What was wrong when it was last asked, in a sentence."""


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


@dataclass(slots=True)
class _Kept:
    item: Item
    first_seen: datetime
    last_seen: datetime
    matched: str = ""
    concerns: Mapping[str, float] = field(default_factory=dict)

    @property
    def dated(self) -> datetime:
        return self.item.published or self.first_seen


@dataclass(slots=True)
class _News:
    feeds: dict[str, FeedState] = field(default_factory=dict)
    items: dict[str, dict[str, _Kept]] = field(default_factory=dict)
    """By feed and id."""

    def newest(self) -> list[tuple[Key, _Kept]]:
        """All items, the newest first."""
        every = (((feed, own), i) for feed, of in self.items.items() for own, i in of.items())
        return sorted(every, key=lambda each: each[1].dated, reverse=True)


_NEWS = TypeAdapter(_News)


class NewsArchive:
    """The news of one glossary. Many may read a file; one at a time changes it (``Updater``).

    Every method raises NewsError where the file cannot be read or written. What is broken in it is
    nothing, which the next update fills.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / "news.json"

    def feeds(self, urls: Sequence[str]) -> list[FeedState]:
        """What is known of these feeds, in their order."""
        known = self._read().feeds
        return [known.get(url) or FeedState(url) for url in urls]

    def reports(
        self, urls: Sequence[str], now: datetime, entry_id: str | None = None
    ) -> list[Report]:
        """The latest reports of these feeds, newest first: on a term, or on all."""
        news, counts = self._read(), Counter[str]()
        found: dict[tuple[str, str], Report] = {}
        for (feed, _), kept in news.newest():
            item = kept.item
            for entry, score in kept.concerns.items() if feed in urls else ():
                key = entry, item.url or item.title  # several feeds may have one item
                if (
                    entry_id in (None, entry)
                    and kept.dated >= now - KEPT
                    and key not in found
                    and counts[entry] < SHOWN
                ):
                    told = item.title, item.url, news.feeds[feed].title, item.language
                    found[key] = Report(*told, item.published, score, entry)
                    counts[entry] += 1
        return list(found.values())

    def keep(self, state: FeedState, items: Iterable[Item], now: datetime) -> None:
        """Keeps what was learnt of a feed, and its items beside those it had: all or nothing."""
        with self._changing() as news:
            news.feeds[state.url] = state
            kept = news.items.setdefault(state.url, {})
            for item in items:
                published = item.published
                if published and published > now:  # a fast clock is forgiven, another date is none
                    published = now if published - now < timedelta(days=1) else None
                new = _Kept(replace(item, published=published), now, now)
                if old := kept.get(item.id):
                    new.first_seen = old.first_seen
                    if (old.item.title, old.item.summary) == (item.title, item.summary):
                        new.matched, new.concerns = old.matched, old.concerns
                kept[item.id] = new

    def unmatched(self, stamp: str) -> list[tuple[Key, Item]]:
        """The items that were not matched by what the stamp stands for, newest first."""
        return [(key, kept.item) for key, kept in self._read().newest() if kept.matched != stamp]

    def match(self, stamp: str, found: Mapping[Key, Mapping[str, float]]) -> None:
        """Keeps which terms items concern, and how surely: all of it or nothing."""
        with self._changing() as news:
            for (feed, own), concerns in found.items():
                kept = news.items[feed][own]
                kept.matched, kept.concerns = stamp, concerns

    def prune(self, urls: Sequence[str], now: datetime) -> None:
        """Removes the feeds that are set no more, and the items that are old or too many.

        An item without a date is as old as it is known: it is kept while its feed has it, lest it
        be new again.
        """
        with self._changing() as news:
            news.feeds = {url: state for url, state in news.feeds.items() if url in urls}
            newest, news.items = news.newest(), {url: {} for url in news.feeds}
            for (feed, own), kept in newest[:_MOST_ITEMS]:
                last = kept.item.published or kept.last_seen
                if feed in news.feeds and last >= now - KEPT:
                    news.items[feed][own] = kept

    def _read(self) -> _News:
        with self._failing("read"):
            try:
                return _NEWS.validate_json(self.path.read_bytes())
            except (FileNotFoundError, ValidationError):
                return _News()

    @contextlib.contextmanager
    def _changing(self) -> Iterator[_News]:
        news = self._read()
        yield news
        with self._failing("kept"):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with replacing_file(self.path) as new:
                new.write_bytes(_NEWS.dump_json(news))

    @contextlib.contextmanager
    def _failing(self, what: str) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise self.failure(error, what) from error

    def failure(self, error: OSError, what: str = "kept") -> NewsError:
        """A failure of the file in a sentence."""
        return NewsError(
            f"The news in {self.path} cannot be {what} ({error.strerror or error}): make room and"
            " the folder writable, or delete that file, which the next update makes anew."
        )
