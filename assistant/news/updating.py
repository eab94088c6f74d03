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
from assistant.news.archive import FeedState, News, NewsArchive
from assistant.news.feeds import read_apart
from assistant.news.fetcher import Fetched, fetch
from assistant.news.matching import concerned, stamp
from knowledge import KnowledgeError
from knowledge.editing.atomic import alone

_AT_ONCE = 4  # feeds that are asked at the same time; they are read one after the other
_AGAIN = timedelta(hours=1)  # until a feed that failed is due again, if others are not sooner
_FIRST = 10.0  # seconds after the start: whoever opened the app sees a page first
_ROUND = 300.0  # seconds between two looks at what is due
_PAUSE = 0.1  # seconds between two reports that are matched: questions come first
_log = logging.getLogger(__name__)

Kind = Literal["new", "unchanged", "failed"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a feed in an update."""

    url: str
    kind: Kind
    items: int = 0
    error: str = ""


class Updater:
    """Updates the news of an assistant's glossary. One process at a time does."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._settings = assistant.settings
        self.store = archive_of(assistant)

    def update(self, *, due: bool = False, pause: float = 0.0) -> list[Outcome]:
        """Asks the feeds, or those that are ``due``; tells what became of each.

        ``pause``: seconds between two steps of matching, left to whoever waits for a page.

        Raises:
            NewsError: another process is at it, or nothing can be kept.
            KnowledgeError: what was kept cannot be matched now. The next update makes up for it.
        """
        urls = self._settings.news_feeds
        busy = NewsError("Another process is updating the news: wait for it to end, and try again.")
        with alone(self.store.path.with_suffix(".lock"), 0, busy, self.store.failure):
            news = self.store.read()
            states = [news.feeds.get(url) or FeedState(url) for url in urls]
            asked = [state for state in states if not due or self._is_due(state)]
            if due and not asked:
                return []
            found = asyncio.run(self._fetched(asked))
            outcomes = [_kept(news, *each) for each in zip(asked, found, strict=True)]
            news.prune(urls, _now())
            self.store.write(news)
            self._match(news, pause)
        return outcomes

    def _is_due(self, state: FeedState) -> bool:
        every = timedelta(hours=self._settings.news_hours)
        every = min(every, _AGAIN) if state.error else every
        return state.asked_at is None or state.asked_at + every <= _now()

    async def _fetched(self, states: Sequence[FeedState]) -> list[Fetched | BaseException]:
        some, private = asyncio.Semaphore(_AT_ONCE), self._settings.news_private

        async def fetched(state: FeedState) -> Fetched:
            async with some:
                return await fetch(state.url, state.etag, state.modified, private=private)

        return await asyncio.gather(*map(fetched, states), return_exceptions=True)

    def _match(self, news: News, pause: float) -> None:
        """Matches what is new, and all if the glossary or the rules have changed."""
        mark = stamp(self._assistant)
        for _, kept in news.newest():
            if kept.matched != mark:
                kept.matched, kept.concerns = mark, concerned(self._assistant, kept.item)
                time.sleep(pause)
        self.store.write(news)


def _kept(news: News, state: FeedState, found: Fetched | BaseException) -> Outcome:
    """Keeps what came of a feed. What is wrong with it is no matter to the others."""
    now, url = _now(), state.url
    kept = replace(state, asked_at=now, error="")
    try:
        if isinstance(found, BaseException):
            raise found
        if found.data is None:
            news.keep(replace(kept, reached_at=now), (), now)
            return Outcome(url, "unchanged")
        items = read_apart(found.data, found.url, found.type)
    except FeedError as error:
        news.keep(replace(kept, error=str(error)), (), now)
        return Outcome(url, "failed", error=str(error))
    news.keep(replace(kept, reached_at=now, etag=found.etag, modified=found.modified), items, now)
    return Outcome(url, "new", len(items))


class Rounds:
    """A thread that updates the feeds whenever some are due. It ends with the process."""

    def __init__(self, assistant: Assistant, *, first: float = _FIRST) -> None:
        self._updater = Updater(assistant)
        self._stopped = threading.Event()
        self._said = ""
        threading.Thread(target=self._go, args=(first,), name="news", daemon=True).start()

    def stop(self) -> None:
        """Lets no other round begin."""
        self._stopped.set()

    def _go(self, wait: float) -> None:
        """Updates again and again; what fails is logged once, and no more."""
        while not self._stopped.wait(wait):
            wait, said = _ROUND, ""
            try:
                self._updater.update(due=True, pause=_PAUSE)
            except (AssistantError, KnowledgeError) as error:
                said = str(error)
                if said != self._said:
                    _log.warning("The news were not updated. %s", said)
            except Exception:  # noqa: BLE001  (a page must not miss it for long)
                _log.exception("The news were not updated.")
            self._said = said


def archive_of(assistant: Assistant) -> NewsArchive:
    """Where the news of an assistant's glossary are kept."""
    return NewsArchive(assistant.settings.store.home(assistant.glossary.path))


def _now() -> datetime:
    return datetime.now(UTC)
