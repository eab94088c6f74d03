"""``masrad news``: its actions, its statuses, and what it prints."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.commands.base import main
from assistant.commands.news import NewsCommand
from tests.conftest import TEA
from tests.feed_server import FeedServer, feed_server, rss

KETTLE = ("A kettle that boils in a minute", "The vessel heats water for tea.")
Masrad = Callable[..., tuple[int, str, str]]


@pytest.fixture
def feeds() -> Iterator[FeedServer]:
    with feed_server() as server:
        yield server


@pytest.fixture
def masrad(
    tea_data: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Masrad:
    """Runs a command over the tea things; gives its status and what it printed."""
    monkeypatch.setenv("MASRAD_DATA_DIR", str(shutil.copytree(tea_data, tmp_path / "data")))
    monkeypatch.setenv("MASRAD_GLOSSARY", str(TEA))
    monkeypatch.setenv("MASRAD_NEWS_PRIVATE", "true")

    def run(*arguments: str) -> tuple[int, str, str]:
        status = main([NewsCommand()], ["news", *arguments])
        printed = capsys.readouterr()
        assert "Traceback" not in printed.err
        return status, printed.out, printed.err

    return run


def test_news_are_updated_and_listed(
    masrad: Masrad, feeds: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    good, bad = feeds.put("/tea", rss(KETTLE), etag='"1"'), feeds.url + "/nowhere"
    monkeypatch.setenv("MASRAD_NEWS_FEEDS", f"{good} {bad}")
    status, out, err = masrad("update")
    assert status == 0
    assert out == "Feeds: 1 read, 0 unchanged, 0 left alone, 1 failed.\n"
    assert err == f"masrad: {bad} answers 404 (Not Found).\n"
    for term in ("kettle", "Kettle", "KETTLES"):
        status, out, err = masrad("list", term)
        assert (status, err) == (0, "")
        assert KETTLE[0] in out
        assert "The Tea Gazette  https://gazette.example/1" in out
    assert masrad("list", "النعناع") == (0, "There are no news on it yet.\n", "")
    (report,) = json.loads(masrad("list", "--json")[1])["news"]
    assert report["entry_id"] == "kettle"
    assert report["published"].endswith("+00:00")
    status, out, err = masrad("feeds")
    assert (status, err) == (0, "")
    assert "reached" in out
    assert f"{bad} answers 404 (Not Found)." in out
    first, second = json.loads(masrad("feeds", "--json")[1])["feeds"]
    assert (first["state"], second["state"]) == ("reached", "failed")
    assert (first["error"], second["reached_at"]) == ("", None)


def test_an_update_that_reaches_nothing_has_failed(
    masrad: Masrad, feeds: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MASRAD_NEWS_FEEDS", f"{feeds.url}/nowhere")
    status, out, err = masrad("update", "--json")
    assert status == 1
    assert [each["outcome"] for each in json.loads(out)["feeds"]] == ["failed"]
    assert err.count("\n") == 1


def test_without_feeds_that_is_said(masrad: Masrad) -> None:
    status, out, err = masrad("update")
    assert (status, out) == (1, "")
    assert err.startswith("masrad: No feed is set")
    for action in ("list", "feeds"):
        status, out, err = masrad(action)
        assert (status, err) == (0, "")
        assert out.startswith("No feed is set")
    assert json.loads(masrad("feeds", "--json")[1]) == {"feeds": []}


def test_a_term_that_there_is_not_is_told(masrad: Masrad) -> None:
    status, out, err = masrad("list", "samovar")
    assert (status, out) == (1, "")
    assert err == (
        "masrad: The glossary has no term “samovar”: look it up with masrad search “samovar”.\n"
    )
