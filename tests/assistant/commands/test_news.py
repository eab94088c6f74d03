"""``masrad news update``: its statuses, and what it prints."""

import json
from pathlib import Path

import pytest

from tests.assistant.commands.conftest import run
from tests.feed_server import feed_server, rss

KETTLE = ("A kettle that boils in a minute", "The vessel heats water for tea.")


@pytest.mark.usefixtures("places")
def test_an_update_tells_what_became_of_each_feed(
    tea_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MASRAD_DATA_DIR", str(tea_folder))
    monkeypatch.setenv("MASRAD_NEWS_PRIVATE", "true")
    with feed_server() as feeds:
        good, bad = feeds.put("/tea", rss(KETTLE), etag='"1"'), feeds.url + "/nowhere"
        monkeypatch.setenv("MASRAD_NEWS_FEEDS", f"{good} {bad}")
        done = run("news", "update")
        assert done.returncode == 0
        assert done.stdout == "Feeds: 1 read, 0 unchanged, 1 failed.\n"
        assert done.stderr == f"masrad: {bad} answers 404 (Not Found).\n"
    done = run("news", "update", "--json")  # its server is no longer there
    assert done.returncode == 1
    (feed, _) = json.loads(done.stdout)["feeds"]
    assert (feed.keys(), feed["kind"]) == ({"url", "kind", "items", "error"}, "failed")
    assert done.stderr.count("\n") == 2
