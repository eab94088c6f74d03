"""An update: every feed asked, each failing for itself alone, and the news left whole."""

import gzip
from datetime import UTC, datetime
from unittest.mock import Mock

import pytest
from filelock import FileLock

from assistant import NewsError
from assistant.news.feeds import Item
from assistant.news.updating import Rounds, Updater
from tests.assistant.news.conftest import Updating
from tests.conftest import until
from tests.feed_server import FeedServer, atom, rss

KETTLE = ("A new kettle for the tea room", "The kettle boils water in a minute and sings.")
TEAPOT = ("Potters show a teapot for forty cups", "A teapot of clay steeps tea for a whole street.")
MINT = ("موسم النعناع يبدأ", "يُضاف النعناع إلى الشاي في المقاهي.")


def _reports(updater: Updater, entry_id: str = "kettle") -> list[Item]:
    urls = updater._settings.news_feeds
    return updater.store.read().reports(urls, datetime.now(UTC), entry_id)


def test_reports_come_to_the_terms_they_are_about(feeds: FeedServer, updating: Updating) -> None:
    storm = ("Storm closes the harbour", "Ferries stay in port until the wind drops.")
    updater = updating(feeds.put("/tea", rss(KETTLE, TEAPOT, storm)), feeds.put("/a", atom(MINT)))
    outcomes = updater.update()
    assert [(each.kind, each.items) for each in outcomes] == [("new", 3), ("new", 1)]
    assert [report.title for report in _reports(updater)] == [KETTLE[0]]
    assert [report.title for report in _reports(updater, "teapot")] == [TEAPOT[0]]
    (report,) = _reports(updater, "mint")
    assert (report.source, report.language) == ("مجلة الشاي", "ar")


def test_one_feed_that_fails_costs_no_other(feeds: FeedServer, updating: Updating) -> None:
    bomb = gzip.compress(b"<rss>" + b" " * 9_000_000)
    bad = {
        "404 (Not Found)": feeds.url + "/nowhere",
        "500": feeds.put("/broken", "", status=500),
        "answers 599.": feeds.put("/odd", "x", status=599),
        "0.2 MB": feeds.put("/huge", b"<rss>" + b" " * 300_000),
        "more than": feeds.put("/b", bomb, headers={"Content-Encoding": "gzip"}),
        "is no feed": feeds.put("/page", "<html><p>Hello</p></html>", type="text/html"),
        "redirects": feeds.leads("/loop", "/loop"),
        "must begin with http": feeds.leads("/file", "file:///etc/passwd"),
    }
    updater = updating(*bad.values(), feeds.put("/tea", rss(KETTLE)))
    outcomes = updater.update()
    assert [each.kind for each in outcomes] == ["failed"] * len(bad) + ["new"]
    states = [updater.store.read().feeds[url] for url in bad.values()]
    for outcome, state, said in zip(outcomes, states, bad, strict=False):
        assert said in outcome.error
        assert outcome.error == state.error
        assert state.reached_at is None
    assert _reports(updater)


def test_two_at_once_do_not_update(feeds: FeedServer, updating: Updating) -> None:
    updater = updating(feeds.put("/tea", rss(KETTLE)))
    updater.store.path.parent.mkdir(parents=True)
    with FileLock(updater.store.path.with_suffix(".lock")), pytest.raises(NewsError, match="wait"):
        updater.update()
    assert not feeds.requests


def test_a_cut_update_is_made_up_for(
    feeds: FeedServer, updating: Updating, monkeypatch: pytest.MonkeyPatch
) -> None:
    updater = updating(feeds.put("/tea", rss(KETTLE), etag='"v1"'))
    with monkeypatch.context() as patched:
        patched.setattr("assistant.news.updating.concerned", Mock(side_effect=KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            updater.update()
    assert not _reports(updater)
    assert [each.kind for each in updater.update()] == ["unchanged"]
    assert _reports(updater)


def test_rounds_update_by_themselves_and_fail_in_silence(
    feeds: FeedServer, updating: Updating, caplog: pytest.LogCaptureFixture
) -> None:
    updater = updating(feeds.put("/tea", rss(KETTLE)))
    rounds = Rounds(updater._assistant, first=0.0)
    until(lambda: _reports(updater))
    rounds.stop()
    updater.store.path.unlink()
    updater.store.path.mkdir()
    rounds = Rounds(updater._assistant, first=0.0)
    until(lambda: "cannot be" in caplog.text)
    rounds.stop()
