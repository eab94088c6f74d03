"""A server of feeds, and the news of the small glossary of tea things in a folder of the test's."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.news.fetcher import Fetcher, Limits
from assistant.news.updating import Updater
from tests.feed_server import FeedServer, feed_server

QUICK = Limits(connect=2.0, read=1.0, total=2.0, size=200_000)

Updating = Callable[..., Updater]


@pytest.fixture
def feeds() -> Iterator[FeedServer]:
    with feed_server() as server:
        yield server


@pytest.fixture
def updating(tea: Assistant, tmp_path: Path) -> Updating:
    """Makes an updater of some feeds, which keeps them in the test's own folder."""

    def make(*urls: str, private: bool = True, limits: Limits = QUICK, **settings: object) -> Updater:
        changed = {"data_dir": tmp_path, "news_feeds": urls, "news_private": private, **settings}
        own = Assistant(tea.retriever, tea.settings.model_copy(update=changed))
        return Updater(own, Fetcher(private=private, limits=limits))

    return make
