"""An update: every feed asked, each failing for itself alone, and the news left whole."""

import gzip
from datetime import UTC, datetime
from unittest.mock import Mock

import pytest
from filelock import FileLock

from assistant import NewsError
from assistant.assistant import Assistant
from assistant.news import archive
from assistant.news.feeds import Item
from assistant.news.updating import archive_of, rounds, update
from tests.assistant.news.conftest import Reading
from tests.conftest import until
from tests.feed_server import FeedServer, atom, rss

KETTLE = ("A new kettle for the tea room", "The kettle boils water in a minute and sings.")
TEAPOT = ("Potters show a teapot for forty cups", "A teapot of clay steeps tea for a whole street.")
MINT = ("موسم النعناع يبدأ", "يُضاف النعناع إلى الشاي في المقاهي.")


def _reports(reader: Assistant, entry_id: str = "kettle") -> list[Item]:
    urls, news = reader.settings.news_feeds, archive_of(reader).read()
    return archive.reports(news, urls, datetime.now(UTC), entry_id)


def test_reports_come_to_the_terms_they_are_about(feeds: FeedServer, reading: Reading) -> None:
    storm = ("Storm closes the harbour", "Ferries stay in port until the wind drops.")
    reader = reading(feeds.put("/tea", rss(KETTLE, TEAPOT, storm)), feeds.put("/a", atom(MINT)))
    assert [len(feed.items) for feed in update(reader).values()] == [3, 1]
    assert [report.title for report in _reports(reader)] == [KETTLE[0]]
    assert [report.title for report in _reports(reader, "teapot")] == [TEAPOT[0]]
    (report,) = _reports(reader, "mint")
    assert (report.source, report.language) == ("مجلة الشاي", "ar")


def test_what_a_feed_holds_no_more_is_kept_and_what_it_words_anew_is_matched_anew(
    feeds: FeedServer, reading: Reading
) -> None:
    reader = reading(feeds.put("/tea", rss(KETTLE, TEAPOT)))
    update(reader)
    feeds.put("/tea", rss(TEAPOT))  # at the address that the other had
    update(reader)
    assert not _reports(reader)
    assert [report.url[-2:] for report in _reports(reader, "teapot")] == ["/1", "/2"]


def test_one_feed_that_fails_costs_no_other(feeds: FeedServer, reading: Reading) -> None:
    bomb = gzip.compress(b"<rss>" + b" " * 9_000_000)
    bad = {
        "404": feeds.url + "/nowhere",
        "500": feeds.put("/broken", "", status=500),
        "0.2 MB": feeds.put("/huge", b"<rss>" + b" " * 300_000),
        "more than": feeds.put("/b", bomb, headers={"Content-Encoding": "gzip"}),
        "is no feed": feeds.put("/page", "<html><p>Hello</p></html>", type="text/html"),
        "redirects": feeds.leads("/loop", "/loop"),
        "must begin with http": feeds.leads("/file", "file:///etc/passwd"),
    }
    reader = reading(*bad.values(), feeds.put("/tea", rss(KETTLE)))
    told = update(reader)
    assert archive_of(reader).read() == told
    for said, url in bad.items():
        assert said in told[url].error
        assert told[url].reached_at is None
    assert _reports(reader)


def test_two_at_once_do_not_update(feeds: FeedServer, reading: Reading) -> None:
    reader = reading(feeds.put("/tea", rss(KETTLE)))
    path = archive_of(reader).path
    path.parent.mkdir(parents=True)
    with FileLock(path.with_suffix(".lock")), pytest.raises(NewsError, match="wait"):
        update(reader)
    assert not feeds.requests


def test_a_cut_update_is_made_up_for(
    feeds: FeedServer, reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = reading(feeds.put("/tea", rss(KETTLE)))
    with monkeypatch.context() as patched:
        patched.setattr("assistant.news.updating.concerned", Mock(side_effect=KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            update(reader)
    assert not _reports(reader)
    update(reader)
    assert _reports(reader)


def test_rounds_update_by_themselves_and_fail_in_silence(
    feeds: FeedServer, reading: Reading, caplog: pytest.LogCaptureFixture
) -> None:
    reader = reading(feeds.put("/tea", rss(KETTLE)))
    stopped = rounds(reader, first=0.0)
    until(lambda: _reports(reader))
    stopped.set()
    lock = archive_of(reader).path.with_suffix(".lock")
    archive_of(reader).path.unlink()
    lock.unlink(missing_ok=True)
    lock.mkdir()
    stopped = rounds(reader, first=0.0)
    until(lambda: "cannot be" in caplog.text)
    stopped.set()
