"""What is kept of feeds and items, for how long, and that it stays whole."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from assistant.news.archive import SHOWN, Feed, News, NewsArchive, newest, reports
from assistant.news.feeds import Item

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
FEED, OTHER = "https://a.example/feed", "https://b.example/feed"


def _item(name: str, **age: float) -> Item:
    at = NOW - timedelta(**age)
    return Item(name, at, url=f"https://a.example/{name}", concerns=("tea",))


def _titles(news: News) -> list[str]:
    return [report.title for report in reports(news, (FEED, OTHER), NOW, "tea")]


def test_the_newest_come_first_each_once_and_so_many() -> None:
    items = [_item("fast", hours=-3), *(_item(f"{n:02}", hours=n) for n in range(40))]
    news = {FEED: Feed(NOW, items=items), OTHER: Feed(NOW, items=items), "gone": Feed(NOW)}
    assert _titles(news)[:3] == ["fast", "00", "01"]
    assert len(_titles(news)) == SHOWN


def test_a_report_goes_after_ninety_days_and_one_to_come_is_none() -> None:
    items = [_item("old", days=91), _item("wild", days=-900), _item("new", days=89)]
    assert [item.title for item in newest(items, NOW)] == ["new"]


def test_it_is_kept_and_a_broken_file_is_made_anew(tmp_path: Path) -> None:
    archive, news = NewsArchive(tmp_path / "home"), {FEED: Feed(NOW, items=[_item("one", hours=1)])}
    archive.write(news)
    assert archive.read() == news
    archive.path.write_bytes(archive.path.read_bytes()[:100])
    assert archive.read() == {}
    archive.write(news)
    assert archive.read() == news
