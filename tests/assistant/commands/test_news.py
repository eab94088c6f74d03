"""``masrad news``: its actions, its statuses, and what it prints."""

import json
import shutil
from pathlib import Path

import pytest

from tests.assistant.commands.conftest import masrad, run
from tests.feed_server import feed_server, rss

KETTLE = ("A kettle that boils in a minute", "The vessel heats water for tea.")


@pytest.fixture(autouse=True)
def _own_data(
    places: None, tea_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del places
    monkeypatch.setenv("MASRAD_DATA_DIR", str(shutil.copytree(tea_data, tmp_path / "data")))
    monkeypatch.setenv("MASRAD_NEWS_PRIVATE", "true")


def test_news_are_updated_and_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    with feed_server() as feeds:
        good, bad = feeds.put("/tea", rss(KETTLE), etag='"1"'), feeds.url + "/nowhere"
        monkeypatch.setenv("MASRAD_NEWS_FEEDS", f"{good} {bad}")
        done = run("news", "update")
        assert done.returncode == 0
        assert done.stdout == "Feeds: 1 read, 0 unchanged, 0 left alone, 1 failed.\n"
        assert done.stderr == f"masrad: {bad} answers 404 (Not Found).\n"
    for term in ("kettle", "KETTLES"):
        printed = masrad("news", "list", term)
        assert KETTLE[0] in printed
        assert "The Tea Gazette  https://gazette.example/1" in printed
    assert masrad("news", "list", "النعناع") == "There are no news on it yet.\n"
    (report,) = json.loads(masrad("news", "list", "--json"))["news"]
    assert list(report) == [
        "title", "url", "source", "language", "published", "score", "entry_id",
    ]  # fmt: skip
    assert report["entry_id"] == "kettle"
    assert report["published"].endswith("+00:00")
    printed = masrad("news", "feeds")
    assert "reached" in printed
    assert f"{bad} answers 404 (Not Found)." in printed
    first, second = json.loads(masrad("news", "feeds", "--json"))["feeds"]
    assert (first["state"], second["state"]) == ("reached", "failed")
    assert (first["error"], second["reached_at"]) == ("", None)
    done = run("news", "update", "--json")  # its server is no longer there
    assert done.returncode == 1
    (feed, _) = json.loads(done.stdout)["feeds"]
    assert (feed.keys(), feed["outcome"]) == ({"url", "outcome", "items", "error"}, "failed")
    assert done.stderr.count("\n") == 2


def test_without_feeds_that_is_said() -> None:
    for action in ("list", "feeds"):
        assert masrad("news", action).startswith("No feed is set")
    assert json.loads(masrad("news", "feeds", "--json")) == {"feeds": []}
