"""A server of feeds, and the news of the small glossary of tea things in a folder of the test's."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.news import fetcher
from tests.feed_server import FeedServer, feed_server

Reading = Callable[..., Assistant]


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetcher, "_SIZE", 200_000)
    monkeypatch.setattr(fetcher, "_TOTAL", 10.0)  # a good server is quicker, on a busy machine too


@pytest.fixture
def feeds() -> Iterator[FeedServer]:
    with feed_server() as server:
        yield server


@pytest.fixture
def reading(tea: Assistant, tmp_path: Path) -> Reading:
    """Makes an assistant with some feeds, whose news are in the test's own folder."""

    def make(*urls: str) -> Assistant:
        changed = {"data_dir": tmp_path, "news_feeds": urls, "news_private": True}
        return Assistant(tea.retriever, tea.settings.model_copy(update=changed))

    return make
