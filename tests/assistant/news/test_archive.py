"""What is kept of feeds and items, for how long, and that it stays whole."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from assistant.news.archive import SHOWN, FeedState, News, NewsArchive
from assistant.news.feeds import Item

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
FEED, OTHER = "https://a.example/feed", "https://b.example/feed"


def _item(name: str, age: timedelta | None = timedelta(hours=1)) -> Item:
    published = None if age is None else NOW - age
    return Item(name, f"Title {name}", url=f"https://a.example/{name}", published=published)


def _keep(news: News, *items: Item, feed: str = FEED, now: datetime = NOW) -> None:
    news.keep(FeedState(feed, reached_at=now), items, now)
    for _, kept in news.newest():
        kept.matched, kept.concerns = "s", ("tea",)


def _titles(news: News, now: datetime = NOW) -> list[str]:
    return [report.title[6:] for report in news.reports((FEED, OTHER), now, "tea")]


def test_the_newest_come_first_each_once_and_so_many() -> None:
    news = News()
    _keep(news, _item("fast", timedelta(hours=-3)), _item("wild", timedelta(days=-900)))
    found = {r.title[6:]: r.published for r in news.reports([FEED], NOW, "tea")}
    assert found == {"fast": NOW, "wild": None}  # a date to come is none, unless a clock is fast
    items = [_item(f"{n:02}", timedelta(hours=n)) for n in range(1, 40)]
    _keep(news, *items)
    _keep(news, *items, feed=OTHER)
    assert _titles(news)[:4] == ["fast", "wild", "01", "02"]
    assert len(_titles(news)) == SHOWN


def test_an_item_that_says_something_else_is_matched_anew() -> None:
    news = News()
    _keep(news, _item("one"))
    for title, matched in (("Title one", "s"), ("Title other", "")):
        news.keep(FeedState(FEED), [Item("one", title, url="https://a.example/1b")], NOW)
        [(_, kept)] = news.newest()
        assert (kept.item.url, kept.matched) == ("https://a.example/1b", matched)


def test_a_report_goes_after_ninety_days() -> None:
    news = News()
    _keep(news, _item("old", timedelta(days=80)), _item("undated", None), _item("new"))
    later = NOW + timedelta(days=11)
    assert _titles(news, now=later) == ["undated", "new"]
    later = NOW + timedelta(days=100)
    _keep(news, _item("undated", None), now=later)
    news.prune([FEED], later)
    assert (_titles(news, now=later), len(news.items[FEED])) == ([], 1)
    news.prune([FEED], later + timedelta(days=91))
    assert not news.items[FEED]


def test_it_is_kept_and_a_broken_file_is_made_anew(tmp_path: Path) -> None:
    archive, news = NewsArchive(tmp_path / "home"), News()
    _keep(news, _item("one"))
    archive.write(news)
    assert archive.read() == news
    archive.path.write_bytes(archive.path.read_bytes()[:100])
    assert archive.read() == News()
    archive.write(news)
    assert archive.read() == news
