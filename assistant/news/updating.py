"""Updating: every feed that is set is asked, and what it says matched and kept: once, or again."""

import asyncio
import logging
import threading
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from assistant import AssistantError, FeedError, NewsError
from assistant.assistant import Assistant
from assistant.news.archive import Feed, News, NewsArchive, newest
from assistant.news.feeds import Item, read_apart
from assistant.news.fetcher import Fetched, fetch
from assistant.news.matching import concerned
from knowledge import KnowledgeError
from knowledge.editing.atomic import alone

_AT_ONCE = 4  # feeds that are asked at the same time; they are read one after the other
_FIRST = 10.0  # seconds after the start: whoever opened the app sees a page first
_ROUND = 1800.0  # seconds between two looks at whether the feeds are due
_PAUSE = 0.1  # seconds between two reports that are matched: questions come first
_log = logging.getLogger(__name__)


def update(assistant: Assistant, *, pause: float = 0.0) -> News:
    """Asks all feeds, and matches and keeps what they say. One process at a time does.

    What is wrong with a feed is no matter to the others. ``pause``: seconds between two steps of
    matching, left to whoever waits for a page.

    Raises:
        NewsError: another process is at it, or nothing can be kept.
        KnowledgeError: the reports cannot be matched now; what was kept stays.
    """
    settings, archive = assistant.settings, archive_of(assistant)
    busy = NewsError("Another process is updating the news: wait for it to end, and try again.")
    with alone(archive.path.with_suffix(".lock"), 0, busy, archive.failure):
        found = asyncio.run(_fetched(settings.news_feeds, private=settings.news_private))
        before, now = archive.read(), datetime.now(UTC)
        news: News = {}
        for url, got in zip(settings.news_feeds, found, strict=True):
            feed = before.get(url, Feed())
            try:
                if isinstance(got, BaseException):
                    raise got
                read = newest(read_apart(*got), now)
            except FeedError as error:
                news[url] = replace(feed, error=str(error))
            else:
                matched = _matched(read, assistant, pause)
                news[url] = Feed(now, items=newest([*matched, *feed.items], now))
        archive.write(news)
    return news


async def _fetched(urls: Sequence[str], *, private: bool) -> list[Fetched | BaseException]:
    some = asyncio.Semaphore(_AT_ONCE)

    async def fetched(url: str) -> Fetched:
        async with some:
            return await fetch(url, private=private)

    return await asyncio.gather(*map(fetched, urls), return_exceptions=True)


def _matched(items: Sequence[Item], assistant: Assistant, pause: float) -> list[Item]:
    matched = []
    for item in items:
        matched.append(replace(item, concerns=concerned(assistant, item)))
        time.sleep(pause)
    return matched


def rounds(assistant: Assistant, *, first: float = _FIRST) -> threading.Event:
    """Updates the feeds in a thread whenever they are due, until the event is set.

    It ends with the process.
    """
    stopped = threading.Event()

    def go() -> None:
        wait = first
        while not stopped.wait(wait):
            wait = _ROUND
            try:
                if _is_due(assistant):
                    update(assistant, pause=_PAUSE)
            except (AssistantError, KnowledgeError) as error:
                _log.warning("The news were not updated. %s", error)
            except Exception:  # noqa: BLE001  (a page must not miss it for long)
                _log.exception("The news were not updated.")

    threading.Thread(target=go, name="news", daemon=True).start()
    return stopped


def _is_due(assistant: Assistant) -> bool:
    """Whether a feed is new, or none has been reached for the hours that are set."""
    news, settings = archive_of(assistant).read(), assistant.settings
    since = datetime.now(UTC) - timedelta(hours=settings.news_hours)
    reached = [feed.reached_at for feed in news.values() if feed.reached_at]
    return set(settings.news_feeds) != set(news) or max(reached, default=since) <= since


def archive_of(assistant: Assistant) -> NewsArchive:
    """Where the news of an assistant's glossary are kept."""
    return NewsArchive(assistant.settings.store.home(assistant.glossary.path))
