"""Updating: every feed that is set is asked, and what it says kept and matched: once, or again."""

import asyncio
import logging
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Literal

from assistant import AssistantError, FeedError, NewsError
from assistant.assistant import Assistant
from assistant.news.archive import FeedState, NewsArchive
from assistant.news.feeds import read_apart
from assistant.news.fetcher import Fetcher
from assistant.news.matching import Matcher, stamp
from knowledge import KnowledgeError
from knowledge.editing.atomic import alone

_AT_ONCE = 4  # feeds that are asked at the same time; they are read one after the other
_AGAIN = timedelta(hours=1)  # until a feed that failed is due again, if others are not sooner
_BATCH = 8  # reports matched between two pauses: less than a second's work
_FIRST = 10.0  # seconds after the start: whoever opened the app sees a page first
_LEAST = 60.0  # seconds between two rounds
_PAUSE = 0.2  # seconds between two steps of matching: questions come first
_log = logging.getLogger(__name__)

Kind = Literal["new", "unchanged", "failed", "waiting"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a feed in an update; ``waiting`` was not asked, as its server wishes."""

    url: str
    kind: Kind
    items: int = 0
    error: str = ""


class Updater:
    """Updates the news of an assistant's glossary. One process at a time does."""

    def __init__(self, assistant: Assistant, fetcher: Fetcher | None = None) -> None:
        self._assistant = assistant
        self._settings = assistant.settings
        self._every = timedelta(hours=self._settings.news_hours)
        self._fetcher = fetcher or Fetcher(private=self._settings.news_private)
        self.store = archive_of(assistant)

    def update(
        self, *, due: bool = False, force: bool = False, pause: float = 0.0
    ) -> list[Outcome]:
        """Asks the feeds; tells what became of each.

        Args:
            due: only those that were last asked longer ago than the setting says.
            force: those too whose servers want to be left alone.
            pause: seconds between two steps of matching, left to whoever waits for a page.

        Raises:
            NewsError: no feed is set, another process is at it, or nothing can be kept.
            KnowledgeError: what was kept cannot be matched now. The next update makes up for it.
        """
        urls = self._settings.news_feeds
        if not urls:
            raise NewsError("No feed is set: name some in MASRAD_NEWS_FEEDS (see .env.example).")
        busy = NewsError("Another process is updating the news: wait for it to end, and try again.")
        with alone(self.store.path.with_suffix(".lock"), 0, busy, self.store.failure):
            states = self.store.feeds(urls)
            asked = [s for s in states if not due or ((when := self._due(s)) and when <= _now())]
            outcomes = asyncio.run(self._asked(asked, force=force)) if asked else []
            self.store.prune(urls, _now())
            self._match(pause)
        return outcomes

    @property
    def until_due(self) -> float:
        """Seconds until a feed is due again.

        Raises:
            NewsError: the store cannot be read.
        """
        states = self.store.feeds(self._settings.news_feeds)
        times = [(when - _now()).total_seconds() for s in states if (when := self._due(s))]
        return min(times, default=self._every.total_seconds())

    def _due(self, state: FeedState) -> datetime | None:
        """When a feed is to be asked again; never, if it is gone."""
        if state.gone:
            return None
        every = min(self._every, _AGAIN) if state.error else self._every
        asked = state.asked_at + every if state.asked_at else _now()
        return max(asked, state.wait_until or asked)

    async def _asked(self, states: Sequence[FeedState], *, force: bool) -> list[Outcome]:
        some, one = asyncio.Semaphore(_AT_ONCE), asyncio.Lock()

        async def ask(state: FeedState) -> Outcome:
            async with some:
                return await self._ask(state, one, force=force)

        return list(await asyncio.gather(*map(ask, states)))

    async def _ask(self, state: FeedState, reading: asyncio.Lock, *, force: bool) -> Outcome:
        """Asks one feed. What is wrong with it is kept, and is no matter to the others."""
        url, began = state.url, _now()
        waits = state.gone or (state.wait_until is not None and state.wait_until > began)
        if waits and not force:
            until = f"{state.wait_until:%Y-%m-%d %H:%M} UTC" if state.wait_until else ""
            told = state.error if state.gone else f"{url} wants to be left alone until {until}."
            return Outcome(url, "waiting", error=told)
        kept = replace(state, asked_at=began, error="", wait_until=None, gone=False)
        try:
            found = await self._fetcher.fetch(state.moved_to or url, state.etag, state.modified)
            kept = replace(kept, moved_to=found.moved_to or state.moved_to, reached_at=began)
            if found.data is None:
                self.store.keep(kept, (), began)
                return Outcome(url, "unchanged")
            async with reading:
                feed = await asyncio.to_thread(read_apart, found.data, found.url, found.type)
        except FeedError as error:
            later = began + timedelta(seconds=error.wait) if error.wait else None
            # Where it had moved to may be gone, and its own address lead elsewhere by now.
            gone = error.gone and not state.moved_to
            kept = replace(kept, error=str(error), wait_until=later, gone=gone, moved_to="")
            self.store.keep(replace(kept, reached_at=state.reached_at), (), began)
            return Outcome(url, "failed", error=str(error))
        kept = replace(kept, etag=found.etag, modified=found.modified, title=feed.title)
        self.store.keep(kept, feed.items, began)
        return Outcome(url, "new", len(feed.items))

    def _match(self, pause: float) -> None:
        """Matches what is new, and all if the glossary or the rules have changed."""
        mark = stamp(self._assistant)
        waiting = self.store.unmatched(mark)
        if not waiting:
            return
        matcher = Matcher(self._assistant)
        for start in range(0, len(waiting), _BATCH):
            batch = waiting[start : start + _BATCH]
            found = matcher.match([item for _, item in batch])
            keys = [key for key, _ in batch]
            self.store.match(mark, dict(zip(keys, found, strict=True)))
            time.sleep(pause)


class Rounds:
    """A thread that updates the feeds whenever some are due. It ends with the process."""

    def __init__(self, assistant: Assistant, *, first: float = _FIRST) -> None:
        self._updater = Updater(assistant)
        self._stopped = threading.Event()
        self._said = ""
        self._thread = threading.Thread(target=self._go, args=(first,), name="news", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Lets no other round begin."""
        self._stopped.set()

    def _go(self, wait: float) -> None:
        while not self._stopped.wait(wait):
            wait = self._round()

    def _round(self) -> float:
        """One round; returns the seconds until the next. What fails is logged once, and no more."""
        said = ""
        try:
            self._updater.update(due=True, pause=_PAUSE)
            return max(self._updater.until_due, _LEAST)
        except (AssistantError, KnowledgeError) as error:
            said = str(error)
            if said != self._said:
                _log.warning("The news were not updated. %s", said)
        except Exception:  # noqa: BLE001  (a page must not miss it for long)
            _log.exception("The news were not updated.")
        finally:
            self._said = said
        return 10 * _LEAST


def archive_of(assistant: Assistant) -> NewsArchive:
    """Where the news of an assistant's glossary are kept."""
    return NewsArchive(assistant.settings.store.home(assistant.glossary.path))


def _now() -> datetime:
    return datetime.now(UTC)
