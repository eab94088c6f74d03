"""The store: what is kept of feeds and items, for how long, and that it stays whole."""

import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant import NewsError
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


def test_nothing_is_made_by_reading(store: NewsArchive) -> None:
    assert _titles(store) == []
    assert store.feeds([FEED]) == [FeedState(FEED)]
    assert not store.path.exists()


def test_what_is_known_of_a_feed_is_kept(store: NewsArchive) -> None:
    state = FeedState(
        FEED, "A", "https://c.example", '"v1"', "yesterday", NOW, NOW, "It is slow.",
        NOW + timedelta(hours=1), gone=True,
    )  # fmt: skip
    store.keep(state, (), NOW)
    assert store.feeds([OTHER, FEED]) == [FeedState(OTHER), state]
    store.keep(replace(state, error="", wait_until=None), (), NOW)
    assert store.feeds([FEED]) == [replace(state, error="", wait_until=None)]


def test_the_newest_report_is_the_first(store: NewsArchive) -> None:
    _keep(store, _item("old", timedelta(days=3)), _item("new", timedelta(hours=2)))
    _keep(store, _item("middle", timedelta(days=1)), feed=OTHER)
    assert _titles(store) == ["new", "middle", "old"]
    (report, *_) = store.reports([FEED], NOW, "tea")
    assert (report.source, report.published) == ("Of a", NOW - timedelta(hours=2))
    assert _titles(store, "milk") == []


def test_an_item_without_a_date_is_as_old_as_it_is_known(store: NewsArchive) -> None:
    _keep(store, _item("undated", None), now=NOW - timedelta(days=1))
    _keep(store, _item("undated", None), _item("dated", timedelta(hours=2)))
    assert _titles(store) == ["dated", "undated"]
    assert store.reports([FEED], NOW, "tea")[1].published is None


def test_a_date_to_come_is_none_unless_a_clock_is_fast(store: NewsArchive) -> None:
    _keep(store, _item("fast", timedelta(hours=-3)), _item("wild", timedelta(days=-900)))
    found = {r.title[6:]: r.published for r in store.reports([FEED], NOW, "tea")}
    assert found == {"fast": NOW, "wild": None}


def test_an_item_that_is_in_two_feeds_is_shown_once(store: NewsArchive) -> None:
    _keep(store, _item("one"))
    _keep(store, _item("one"), feed=OTHER)
    assert _titles(store) == ["one"]


def test_an_item_that_comes_again_is_renewed_and_matched_anew_if_it_says_something_else(
    store: NewsArchive,
) -> None:
    _keep(store, _item("one"))
    store.keep(FeedState(FEED), [replace(_item("one"), url="https://a.example/1b")], NOW)
    assert store.unmatched("s") == []
    assert store.reports([FEED], NOW, "tea")[0].url == "https://a.example/1b"
    store.keep(FeedState(FEED), [replace(_item("one"), title="Title other")], NOW)
    assert [item.title for _, item in store.unmatched("s")] == ["Title other"]
    assert [item.title for _, item in store.unmatched("another stamp")] == ["Title other"]


def test_a_term_has_twenty_reports_at_most(store: NewsArchive) -> None:
    _keep(store, *(_item(str(n), timedelta(hours=n)) for n in range(30)))
    assert _titles(store) == [str(n) for n in range(20)]


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


def test_a_feed_that_is_set_no_more_goes_with_all_it_said(store: NewsArchive) -> None:
    _keep(store, _item("one"))
    _keep(store, _item("two"), feed=OTHER)
    assert [r.title for r in store.reports([OTHER], NOW)] == ["Title two"]
    store.prune([OTHER], NOW)
    assert store.feeds([FEED]) == [FeedState(FEED)]
    assert _count(store) == 1
    assert _count(store, "concerns") == 1


def test_a_change_that_is_cut_short_leaves_the_state_before(store: NewsArchive) -> None:
    _keep(store, _item("one"))

    def broken() -> Iterator[Item]:
        yield _item("two")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.keep(FeedState(FEED, "Another", error="Broken."), broken(), NOW)
    assert _titles(store) == ["one"]
    assert store.feeds([FEED])[0].title == "Of a"


def test_several_who_write_at_once_lose_nothing(tmp_path: Path) -> None:
    def write(n: int) -> None:
        own = NewsArchive(tmp_path / "home")
        for m in range(10):
            own.keep(FeedState(f"{FEED}{n}", "A"), [_item(f"{n}-{m}")], NOW)

    threads = [threading.Thread(target=write, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert _count(NewsArchive(tmp_path / "home")) == 40


def test_a_file_of_another_version_is_made_anew(store: NewsArchive) -> None:
    _keep(store, _item("one"))
    with sqlite3.connect(store.path) as connection:
        connection.execute("PRAGMA user_version = 99")
    assert _titles(store) == []
    _keep(store, _item("two"))
    assert _titles(store) == ["two"]


def test_a_damaged_file_is_told_in_a_sentence(store: NewsArchive) -> None:
    store.path.parent.mkdir()
    store.path.write_bytes(b"no database at all " * 99)
    with pytest.raises(NewsError, match=r"cannot be read .*delete that file"):
        store.feeds([FEED])
    with pytest.raises(NewsError, match="cannot be kept"):
        store.prune([FEED], NOW)


def _count(store: NewsArchive, table: str = "items") -> int:
    with sqlite3.connect(store.path) as connection:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608
