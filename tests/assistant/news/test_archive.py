"""The store: what is kept of feeds and items, for how long, and that it stays whole."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.news.archive import FeedState, NewsArchive
from assistant.news.feeds import Item

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
FEED, OTHER = "https://a.example/feed", "https://b.example/feed"


@pytest.fixture
def store(tmp_path: Path) -> NewsArchive:
    return NewsArchive(tmp_path / "home")


def _item(name: str, age: timedelta | None = timedelta(hours=1)) -> Item:
    published = None if age is None else NOW - age
    return Item(name, f"Title {name}", url=f"https://a.example/{name}", published=published)


def _keep(store: NewsArchive, *items: Item, feed: str = FEED, now: datetime = NOW) -> None:
    store.keep(FeedState(feed, f"Of {feed[8]}", reached_at=now), items, now)
    store.match("s", {key: {"tea": 0.5} for key, _ in store.unmatched("s")})


def _titles(store: NewsArchive, entry_id: str | None = "tea", now: datetime = NOW) -> list[str]:
    return [report.title[6:] for report in store.reports((FEED, OTHER), now, entry_id)]


def test_a_date_to_come_is_none_unless_a_clock_is_fast(store: NewsArchive) -> None:
    _keep(store, _item("fast", timedelta(hours=-3)), _item("wild", timedelta(days=-900)))
    found = {r.title[6:]: r.published for r in store.reports([FEED], NOW, "tea")}
    assert found == {"fast": NOW, "wild": None}


def test_after_ninety_days_a_report_goes(store: NewsArchive) -> None:
    _keep(store, _item("old", timedelta(days=80)), _item("undated", None), _item("new"))
    later = NOW + timedelta(days=11)
    assert _titles(store, now=later) == ["undated", "new"]
    store.prune([FEED], later)
    assert _count(store) == 2


def test_an_undated_item_is_not_new_again_while_its_feed_has_it(
    store: NewsArchive,
) -> None:
    _keep(store, _item("undated", None))
    later = NOW + timedelta(days=100)
    _keep(store, _item("undated", None), now=later)
    store.prune([FEED], later)
    assert _titles(store, now=later) == []
    assert _count(store) == 1
    store.prune([FEED], later + timedelta(days=91))
    assert _count(store) == 0


def test_a_change_that_is_cut_short_leaves_the_state_before(store: NewsArchive) -> None:
    _keep(store, _item("one"))

    def broken() -> Iterator[Item]:
        yield _item("two")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.keep(FeedState(FEED, "Another", error="Broken."), broken(), NOW)
    assert _titles(store) == ["one"]
    assert store.feeds([FEED])[0].title == "Of a"


def test_a_file_of_another_version_is_made_anew(store: NewsArchive) -> None:
    _keep(store, _item("one"))
    with sqlite3.connect(store.path) as connection:
        connection.execute("PRAGMA user_version = 99")
    assert _titles(store) == []
    _keep(store, _item("two"))
    assert _titles(store) == ["two"]


def _count(store: NewsArchive, table: str = "items") -> int:
    with sqlite3.connect(store.path) as connection:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608
