"""The store: feeds and their items in a file of JSON beside the glossary's index.

It is a file of its own, apart from the conversations: those are what readers said and may be on
another machine's database, while this can be deleted and is filled again by the next update. A
change is written aside and put in its place, so that a reader finds the state before it or after.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from assistant import NewsError
from assistant.news.feeds import Item
from knowledge.editing.atomic import write_whole

SHOWN = 20
"""Reports that are kept of a term."""
KEPT = timedelta(days=90)
_MOST_ITEMS = 3000


@dataclass(frozen=True, slots=True)
class FeedState:
    """What is known of a feed that is set."""

    url: str
    etag: str = ""
    modified: str = ""
    asked_at: datetime | None = None
    reached_at: datetime | None = None
    """When it was last there, changed or not."""
    error: str = ""
    """What was wrong when it was last asked, in a sentence."""


@dataclass(slots=True)
class Kept:
    """An item, and which entries it concerns by what ``matched`` stands for."""

    item: Item
    first_seen: datetime
    last_seen: datetime
    matched: str = ""
    concerns: tuple[str, ...] = ()

    @property
    def dated(self) -> datetime:
        """How new it is."""
        return self.item.published or self.first_seen


@dataclass(slots=True)
class News:
    """The news of one glossary."""

    feeds: dict[str, FeedState] = field(default_factory=dict)
    items: dict[str, dict[str, Kept]] = field(default_factory=dict)
    """By feed and id."""

    def newest(self) -> list[tuple[str, Kept]]:
        """All items with their feeds, the newest first."""
        every = ((feed, item) for feed, items in self.items.items() for item in items.values())
        return sorted(every, key=lambda each: each[1].dated, reverse=True)

    def reports(self, urls: Sequence[str], now: datetime, entry_id: str) -> list[Item]:
        """The latest items of these feeds on a term, newest first."""
        found: dict[str, Item] = {}
        for feed, kept in self.newest():
            if feed in urls and entry_id in kept.concerns and kept.dated >= now - KEPT:
                found.setdefault(kept.item.url or kept.item.title, kept.item)  # several may have it
        return list(found.values())[:SHOWN]

    def keep(self, state: FeedState, items: Iterable[Item], now: datetime) -> None:
        """Takes in what was learnt of a feed, and its items beside those it had."""
        self.feeds[state.url] = state
        kept = self.items.setdefault(state.url, {})
        for item in items:
            published = item.published
            if published and published > now:  # a fast clock is forgiven, another date is none
                published = now if published - now < timedelta(days=1) else None
            new = Kept(replace(item, published=published), now, now)
            if old := kept.get(item.id):
                new.first_seen = old.first_seen
                if (old.item.title, old.item.summary) == (item.title, item.summary):
                    new.matched, new.concerns = old.matched, old.concerns
            kept[item.id] = new

    def prune(self, urls: Sequence[str], now: datetime) -> None:
        """Removes the feeds that are set no more, and the items that are old or too many.

        An item without a date is as old as it is known: it is kept while its feed has it, lest it
        be new again.
        """
        self.feeds = {url: state for url, state in self.feeds.items() if url in urls}
        newest, self.items = self.newest(), {url: {} for url in self.feeds}
        for feed, kept in newest[:_MOST_ITEMS]:
            last = kept.item.published or kept.last_seen
            if feed in self.feeds and last >= now - KEPT:
                self.items[feed][kept.item.id] = kept


_NEWS = TypeAdapter(News)


class NewsArchive:
    """The file of a glossary's news. Many may read it; one at a time writes it (``Updater``).

    Every method raises NewsError where it cannot be read or written. What is broken in it is
    nothing, which the next update fills.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / "news.json"

    def read(self) -> News:
        """What is kept."""
        try:
            return _NEWS.validate_json(self.path.read_bytes())
        except (FileNotFoundError, ValidationError):
            return News()
        except OSError as error:
            raise self.failure(error) from error

    def write(self, news: News) -> None:
        """Keeps them, in place of what was kept."""
        try:
            write_whole(self.path, _NEWS.dump_json(news))
        except OSError as error:
            raise self.failure(error) from error

    def failure(self, error: OSError) -> NewsError:
        """A failure of the file in a sentence."""
        return NewsError(
            f"The news in {self.path} cannot be kept ({error.strerror or error}): make room and"
            " the folder writable, or delete that file, which the next update makes anew."
        )
