"""Fetching over a real socket: whatever a server does, it ends soon and in one sentence."""

import asyncio
import gzip
import socket
import time
import zlib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from importlib.metadata import version
from typing import Any

import pytest

from assistant import FeedError
from assistant.news.fetcher import Fetched, Fetcher, Limits
from tests.assistant.news.conftest import QUICK
from tests.feed_server import FeedServer, bomb, rss

TEA = rss(("A new kettle", "It sings."))


def _fetch(url: str, *validators: str, private: bool = True, limits: Limits = QUICK) -> Fetched:
    return asyncio.run(Fetcher(private=private, limits=limits).fetch(url, *validators))


def _refused(url: str, *, private: bool = True, limits: Limits = QUICK) -> FeedError:
    with pytest.raises(FeedError) as caught:
        _fetch(url, private=private, limits=limits)
    said = str(caught.value)
    assert said.startswith(url)
    assert said.endswith(".")
    assert "\n" not in said
    return caught.value


def test_a_feed_is_fetched_by_one_who_says_who_it_is(feeds: FeedServer) -> None:
    found = _fetch(feeds.put("/tea?x=1", TEA, etag='"v1"', headers={"Last-Modified": "yesterday"}))
    assert found.data == TEA.encode()
    assert (found.etag, found.modified) == ('"v1"', "yesterday")
    assert found.type.startswith("application/rss+xml")
    (asked,) = feeds.asked("/tea?x=1")
    assert asked["user-agent"] == f"masrad/{version('masrad')}"
    assert asked["host"] == f"127.0.0.1:{feeds.port}"
    assert "if-none-match" not in asked


def test_what_has_not_changed_is_not_sent_again(feeds: FeedServer) -> None:
    url = feeds.put("/tea", TEA, etag='"v1"')
    assert _fetch(url, '"v1"', "yesterday").data is None
    (asked,) = feeds.asked("/tea")
    assert asked["if-none-match"] == '"v1"'
    assert asked["if-modified-since"] == "yesterday"
    assert _fetch(url, '"v0"').data == TEA.encode()


def test_that_nothing_has_changed_is_no_answer_to_who_has_nothing(feeds: FeedServer) -> None:
    assert "304" in str(_refused(feeds.put("/tea", "", status=304)))


@pytest.mark.parametrize("packed", [gzip.compress, zlib.compress])
def test_a_packed_feed_is_unpacked(feeds: FeedServer, packed: Any) -> None:
    name = "gzip" if packed is gzip.compress else "deflate"
    url = feeds.put("/tea", packed(TEA.encode()), headers={"Content-Encoding": name})
    assert _fetch(url).data == TEA.encode()


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (404, "404 (Not Found)"),
        (500, "500"),
        (403, "403"),
        (204, "204"),
        (599, "599"),
        (300, "300"),
    ],
)
def test_another_status_is_told(feeds: FeedServer, status: int, said: str) -> None:
    assert said in str(_refused(feeds.put("/tea", "x", status=status)))


def test_a_feed_that_is_gone_is_told_from_one_that_fails(feeds: FeedServer) -> None:
    assert _refused(feeds.put("/tea", "", status=410)).gone
    assert not _refused(feeds.put("/milk", "", status=500)).gone


def test_a_server_may_say_when_to_come_back(feeds: FeedServer) -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(minutes=10), usegmt=True)
    for value, least, most in (
        ("120", 120, 120),
        (later, 590, 600),
        ("99999999999", 7 * 86400, 7 * 86400),
        ("soon", 0, 0),
        ("-5", 0, 0),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0, 0),
    ):
        url = feeds.put("/tea", "", status=503, headers={"Retry-After": value})
        assert least <= _refused(url).wait <= most


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirection_is_followed(feeds: FeedServer, status: int) -> None:
    feeds.put("/here", TEA)
    found = _fetch(feeds.leads("/there", "here", status))
    assert found.data == TEA.encode()
    assert found.url == f"{feeds.url}/here"
    assert found.moved_to == (f"{feeds.url}/here" if status in (301, 308) else "")


def test_only_as_far_as_it_has_moved_for_good_is_it_remembered(feeds: FeedServer) -> None:
    feeds.put("/3", TEA)
    feeds.leads("/2", "/3", 302)
    assert _fetch(feeds.leads("/1", "/2", 301)).moved_to == f"{feeds.url}/2"


def test_redirections_without_end_have_one(feeds: FeedServer) -> None:
    feeds.leads("/b", "/a")
    assert "without end" in str(_refused(feeds.leads("/a", "/b")))
    assert len(feeds.requests) == 6


@pytest.mark.parametrize(
    "target",
    ["file:///etc/passwd", "ftp://a.example/", "javascript:alert(1)", "http://a:b@c.example/"],
)
def test_a_redirection_to_what_is_not_the_web_is_refused(feeds: FeedServer, target: str) -> None:
    assert "cannot be" in str(_refused(feeds.leads("/a", target)))


def test_a_private_address_is_refused_before_it_is_connected_to(feeds: FeedServer) -> None:
    feeds.put("/tea", TEA)
    for host in ("127.0.0.1", "localhost", "[::ffff:127.0.0.1]"):
        said = str(_refused(f"http://{host}:{feeds.port}/tea", private=False))
        assert "MASRAD_NEWS_PRIVATE" in said
    assert not feeds.requests


def test_a_redirection_to_a_private_address_is_refused(
    feeds: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    _name(monkeypatch, {"gazette.example": ["127.0.0.1"], "inside.example": ["10.0.0.1"]})
    _public(monkeypatch, "127.0.0.1")
    feeds.leads("/a", f"http://inside.example:{feeds.port}/secret")
    said = str(_refused(f"http://gazette.example:{feeds.port}/a", private=False))
    assert "MASRAD_NEWS_PRIVATE" in said
    assert [path for path, _ in feeds.requests] == ["/a"]


def test_the_number_that_was_looked_at_is_the_one_connected_to(
    feeds: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that stands for another machine when it is looked up again gains nothing."""
    asked = _name(monkeypatch, {"gazette.example": ["127.0.0.1"]}, then="10.0.0.1")
    _public(monkeypatch, "127.0.0.1")
    feeds.put("/tea", TEA)
    assert _fetch(f"http://gazette.example:{feeds.port}/tea", private=False).data == TEA.encode()
    assert asked == ["gazette.example"]
    assert feeds.asked("/tea")[0]["host"] == f"gazette.example:{feeds.port}"


def test_a_number_that_does_not_answer_gives_way_to_the_next(
    feeds: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    _name(monkeypatch, {"gazette.example": ["::1", "127.0.0.1"]})
    feeds.put("/tea", TEA)
    assert _fetch(f"http://gazette.example:{feeds.port}/tea").data == TEA.encode()


def test_no_proxy_of_the_environment_is_used(
    feeds: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert _fetch(feeds.put("/tea", TEA)).data == TEA.encode()


@pytest.mark.parametrize(
    "how", [{"wait": 30.0}, {"pause": 0.1}, {"head_pause": 0.1}], ids=["silent", "drip", "head"]
)
def test_a_slow_server_is_not_waited_for(feeds: FeedServer, how: dict[str, float]) -> None:
    began = time.monotonic()
    assert "in time" in str(_refused(feeds.put("/tea", TEA, **how)))
    assert time.monotonic() - began < 20  # a silent one would take 30


def test_a_server_that_accepts_and_says_nothing_is_not_waited_for() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        assert "in time" in str(_refused(f"http://127.0.0.1:{listening.getsockname()[1]}/"))


def test_a_huge_feed_is_given_up(feeds: FeedServer) -> None:
    assert "0.2 MB" in str(_refused(feeds.put("/tea", b"x" * 300_000)))
    assert _fetch(feeds.put("/milk", b"x" * 200_000)).data == b"x" * 200_000


def test_a_small_feed_that_unpacks_to_a_huge_one_is_given_up(feeds: FeedServer) -> None:
    packed = bomb(50_000_000)
    assert len(packed) < 60_000
    url = feeds.put("/tea", packed, headers={"Content-Encoding": "gzip"})
    assert "0.2 MB" in str(_refused(url))


@pytest.mark.parametrize("packed", ["br", "zstd", "gzip, gzip", "compress"])
def test_what_is_packed_otherwise_is_not_unpacked(feeds: FeedServer, packed: str) -> None:
    url = feeds.put("/tea", TEA, headers={"Content-Encoding": packed})
    assert packed in str(_refused(url))


def test_what_breaks_off_is_no_feed(feeds: FeedServer) -> None:
    _refused(feeds.put("/tea", TEA, short=True))
    half = gzip.compress(TEA.encode())[:-20]
    assert "breaks off" in str(
        _refused(feeds.put("/milk", half, headers={"Content-Encoding": "gzip"}))
    )
    _refused(feeds.put("/jam", TEA, headers={"Content-Encoding": "gzip"}))


@pytest.mark.parametrize(
    "garbage", [b"hello\r\n\r\n", b"\x00" * 100, b"HTTP/1.1 200\r\n: x\r\n\r\n"]
)
def test_what_is_no_http_is_told(garbage: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:

        async def ask() -> None:
            async def answer(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
                writer.write(garbage)
                writer.close()

            server = await asyncio.start_server(answer, sock=listening)
            async with server:
                url = f"http://127.0.0.1:{listening.getsockname()[1]}/"
                with pytest.raises(FeedError, match="cannot be reached"):
                    await Fetcher(private=True, limits=QUICK).fetch(url)

        asyncio.run(ask())


def test_where_nothing_listens_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    _name(monkeypatch, {"nobody.example": []})
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    assert "cannot be reached" in str(_refused(f"http://127.0.0.1:{port}/"))
    assert "cannot be reached" in str(_refused("http://nobody.example/"))


def _name(
    monkeypatch: pytest.MonkeyPatch, names: dict[str, list[str]], then: str = ""
) -> list[str]:
    """Makes names stand for numbers, and for another once they have been looked up."""
    asked: list[str] = []

    def look_up(host: str, port: int, *_: object, **__: object) -> list[Any]:
        if host not in names:
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (host, port))]
        numbers = [then] if then and host in asked else names[host]
        asked.append(host)
        if not numbers:
            raise socket.gaierror(-2, "Name or service not known")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in numbers]

    monkeypatch.setattr("socket.getaddrinfo", look_up)
    return asked


def _public(monkeypatch: pytest.MonkeyPatch, number: str) -> None:
    monkeypatch.setattr(
        "assistant.news.addresses.is_public", lambda address: str(address) == number
    )
