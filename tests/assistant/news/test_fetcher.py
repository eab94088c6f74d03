"""Fetching over a real socket: whatever a server does, it ends soon and in one sentence."""

import asyncio
import socket
import time
from typing import Any

import pytest

from assistant import FeedError
from assistant.news import fetcher
from tests.feed_server import FeedServer, rss

TEA = rss(("A new kettle", "It sings."))


def _fetch(url: str, *, private: bool = True) -> bytes:
    return asyncio.run(fetcher.fetch(url, private=private))[0]


def _refused(url: str, *, private: bool = True) -> FeedError:
    with pytest.raises(FeedError) as caught:
        _fetch(url, private=private)
    said = str(caught.value)
    assert said.startswith(url)
    assert said.endswith(".")
    assert "\n" not in said
    return caught.value


def test_a_private_address_is_refused_before_it_is_connected_to(feeds: FeedServer) -> None:
    feeds.put("/tea", TEA)
    for host in ("127.0.0.1", "localhost", "[::ffff:127.0.0.1]"):
        said = str(_refused(f"http://{host}:{feeds.port}/tea", private=False))
        assert "MASRAD_NEWS_PRIVATE" in said
    assert not feeds.requests


def test_nor_is_a_redirection_to_one(feeds: FeedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    _name(monkeypatch, {"gazette.example": ["127.0.0.1"], "inside.example": ["10.0.0.1"]})
    feeds.leads("/a", f"http://inside.example:{feeds.port}/secret")
    said = str(_refused(f"http://gazette.example:{feeds.port}/a", private=False))
    assert "MASRAD_NEWS_PRIVATE" in said
    assert [path for path, _ in feeds.requests] == ["/a"]


def test_a_name_is_looked_up_once(feeds: FeedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that stands for another machine when it is looked up again gains nothing."""
    asked = _name(monkeypatch, {"gazette.example": ["127.0.0.1"]}, then="10.0.0.1")
    feeds.put("/tea", TEA)
    assert _fetch(f"http://gazette.example:{feeds.port}/tea", private=False) == TEA.encode()
    assert asked == ["gazette.example"]
    assert dict(feeds.requests)["/tea"]["host"] == f"gazette.example:{feeds.port}"


@pytest.mark.parametrize(
    "how", [{"wait": 10.0}, {"pause": 0.05}, {"head_pause": 0.05}], ids=["silent", "drip", "head"]
)
def test_a_slow_server_is_not_waited_for(
    feeds: FeedServer, monkeypatch: pytest.MonkeyPatch, how: dict[str, float]
) -> None:
    monkeypatch.setattr(fetcher, "_SILENCE", 0.5)
    monkeypatch.setattr(fetcher, "_TOTAL", 1.0)
    began = time.monotonic()
    assert "in time" in str(_refused(feeds.put("/tea", TEA, **how)))
    assert time.monotonic() - began < 9  # all of it would take longer


def _name(
    monkeypatch: pytest.MonkeyPatch, names: dict[str, list[str]], then: str = ""
) -> list[str]:
    """Makes names stand for numbers, and for another once they have been looked up.

    Of the numbers, that of this machine passes for public.
    """
    asked: list[str] = []

    def look_up(host: str, port: int, *_: object, **__: object) -> list[Any]:
        numbers = [then] if then and host in asked else names.get(host, [host])
        asked.extend({host} & names.keys())
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in numbers]

    monkeypatch.setattr("socket.getaddrinfo", look_up)
    monkeypatch.setattr("assistant.news.addresses.is_public", lambda n: str(n) == "127.0.0.1")
    return asked
