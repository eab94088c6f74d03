"""What is kept of feeds and items, for how long, and that it stays whole."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.news.archive import SHOWN, FeedState, NewsArchive
from assistant.news.feeds import Item

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
FEED, OTHER = "https://a.example/feed", "https://b.example/feed"


@pytest.fixture
def archive(tmp_path: Path) -> NewsArchive:
    return NewsArchive(tmp_path / "home")


def _item(name: str, age: timedelta | None = timedelta(hours=1)) -> Item:
    published = None if age is None else NOW - age
    return Item(name, f"Title {name}", url=f"https://a.example/{name}", published=published)


def _keep(archive: NewsArchive, *items: Item, feed: str = FEED, now: datetime = NOW) -> None:
    archive.keep(FeedState(feed, f"Of {feed[8]}", reached_at=now), items, now)
    archive.match("s", {key: {"tea": 0.5} for key, _ in archive.unmatched("s")})


def _titles(archive: NewsArchive, now: datetime = NOW) -> list[str]:
    return [report.title[6:] for report in archive.reports((FEED, OTHER), now, "tea")]


def _count(archive: NewsArchive) -> int:
    return sum(map(len, json.loads(archive.path.read_text("utf-8"))["items"].values()))


def test_the_newest_come_first_each_once_and_so_many(archive: NewsArchive) -> None:
    assert (_titles(archive), archive.path.exists()) == ([], False)
    _keep(archive, _item("fast", timedelta(hours=-3)), _item("wild", timedelta(days=-900)))
    found = {r.title[6:]: r.published for r in archive.reports([FEED], NOW, "tea")}
    assert found == {"fast": NOW, "wild": None}  # a date to come is none, unless a clock is fast
    items = [_item(f"{n:02}", timedelta(hours=n)) for n in range(1, 40)]
    _keep(archive, *items)
    _keep(archive, *items, feed=OTHER)
    assert _titles(archive)[:4] == ["fast", "wild", "01", "02"]
    assert len(_titles(archive)) == SHOWN


def test_an_item_that_says_something_else_is_matched_anew(archive: NewsArchive) -> None:
    _keep(archive, _item("one"))
    archive.keep(FeedState(FEED), [replace(_item("one"), url="https://a.example/1b")], NOW)
    assert archive.unmatched("s") == []
    assert archive.reports([FEED], NOW, "tea")[0].url == "https://a.example/1b"
    archive.keep(FeedState(FEED), [replace(_item("one"), title="Title other")], NOW)
    assert [item.title for _, item in archive.unmatched("s")] == ["Title other"]


def test_a_report_goes_after_ninety_days(archive: NewsArchive) -> None:
    _keep(archive, _item("old", timedelta(days=80)), _item("undated", None), _item("new"))
    later = NOW + timedelta(days=11)
    assert _titles(archive, now=later) == ["undated", "new"]
    later = NOW + timedelta(days=100)
    _keep(archive, _item("undated", None), now=later)
    archive.prune([FEED], later)
    assert (_titles(archive, now=later), _count(archive)) == ([], 1)
    archive.prune([FEED], later + timedelta(days=91))
    assert _count(archive) == 0


def test_a_change_that_is_cut_short_leaves_the_state_before(archive: NewsArchive) -> None:
    _keep(archive, _item("one"))

    def broken() -> Iterator[Item]:
        yield _item("two")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        archive.keep(FeedState(FEED, "Another", error="Broken."), broken(), NOW)
    assert _titles(archive) == ["one"]
    assert archive.feeds([FEED])[0].title == "Of a"


def test_a_broken_file_is_made_anew(archive: NewsArchive) -> None:
    _keep(archive, _item("one"))
    archive.path.write_bytes(archive.path.read_bytes()[:100])
    assert _titles(archive) == []
    _keep(archive, _item("two"))
    assert _titles(archive) == ["two"]
