"""The store: feeds and their items in a file of JSON beside the glossary's index.

It is a file of its own, apart from the conversations: those are what readers said and may be on
another machine's database, while this can be deleted and is filled again by the next update.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeAlias

from pydantic import TypeAdapter

from assistant import NewsError
from assistant.news.feeds import Item
from knowledge.editing.atomic import kept_in, write_whole

SHOWN = 20
"""Reports that are shown of a term."""
KEPT = timedelta(days=90)
_AHEAD = timedelta(days=1)  # that far the clock of a feed may be wrong
_MOST = 300  # items of a feed


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed that is set: how it was when it was last asked, and its items, newest first."""

    reached_at: datetime | None = None
    error: str = ""
    """What was wrong, in a sentence."""
    items: list[Item] = field(default_factory=list)


News: TypeAlias = dict[str, Feed]
"""The feeds by their addresses."""
_NEWS = TypeAdapter(News)


def newest(items: Iterable[Item], now: datetime) -> list[Item]:
    """The items that are not too old or too many, newest first; of those alike, the first given."""
    found: dict[str, Item] = {}
    for item in items:
        if now - KEPT <= item.published <= now + _AHEAD:
            found.setdefault(item.key, item)
    return sorted(found.values(), key=lambda item: item.published, reverse=True)[:_MOST]


def reports(news: News, urls: Sequence[str], now: datetime, entry_id: str) -> list[Item]:
    """The latest items of these feeds on a term, newest first."""
    items = (item for url in urls if url in news for item in news[url].items)
    return newest((item for item in items if entry_id in item.concerns), now)[:SHOWN]


class NewsArchive:
    """The file of a glossary's news. Many may read it; one at a time writes it (``updating``)."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "news.json"

    def read(self) -> News:
        """What is kept; nothing where it cannot be read, and then the next update fills it."""
        return kept_in(self.path, News) or {}

    def write(self, news: News) -> None:
        """Keeps them, in place of what was kept.

        Raises:
            NewsError: the file cannot be written.
        """
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
