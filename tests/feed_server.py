"""A server of feeds over a real socket: well-behaved, and in all the ways in which one is not.

What it serves are documents in the shape of real feeds, about invented things. A page is a reply by
its path; requests are kept.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from http.server import BaseHTTPRequestHandler

from tests.local_server import local_server


@dataclass(frozen=True)
class Reply:
    """What stands at a path."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    type: str = "application/rss+xml; charset=utf-8"
    pause: float = 0.0
    """Seconds before each byte of the body."""
    head_pause: float = 0.0
    """Seconds before each byte of the head."""
    wait: float = 0.0
    """Seconds before anything."""


@dataclass
class FeedServer:
    """The server's address, its pages and what it was asked."""

    url: str = ""
    port: int = 0
    pages: dict[str, Reply] = field(default_factory=dict)
    requests: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def put(self, path: str, body: bytes | str, **how: object) -> str:
        """Puts a page there; returns its address."""
        data = body.encode() if isinstance(body, str) else body
        self.pages[path] = Reply(data, **how)  # type: ignore[arg-type]
        return self.url + path

    def leads(self, path: str, to: str) -> str:
        """Makes a path lead to an address; returns its own."""
        return self.put(path, b"", status=302, headers={"Location": to})


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    feeds: FeedServer

    def do_GET(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.feeds.requests.append((self.path, headers))
        reply = self.feeds.pages.get(self.path, Reply(b"no", status=404))
        with suppress(OSError):  # the client may have had enough
            self._answer(reply)

    def _answer(self, reply: Reply) -> None:
        time.sleep(reply.wait)
        self.close_connection = True
        sent = {"Content-Type": reply.type, "Connection": "close"}
        sent["Content-Length"] = str(len(reply.body))
        lines = [f"{name}: {value}" for name, value in (sent | reply.headers).items()]
        head = "\r\n".join([f"HTTP/1.1 {reply.status} Said", *lines, "", ""])
        self._send(head.encode("latin-1"), reply.head_pause)
        self._send(reply.body, reply.pause)

    def _send(self, data: bytes, pause: float) -> None:
        for n in range(0, len(data), 1 if pause else max(len(data), 1)):
            time.sleep(pause)
            self.wfile.write(data[n : n + 1] if pause else data)
            self.wfile.flush()


@contextmanager
def feed_server() -> Iterator[FeedServer]:
    """Runs a server for a while."""
    server = FeedServer()
    with local_server(type("Handler", (_Handler,), {"feeds": server})) as server.port:
        server.url = f"http://127.0.0.1:{server.port}"
        yield server


Told = tuple[str, str]
"""A title and a summary, as they stand in a feed: with HTML, if there is some."""


def rss(*items: Told) -> str:
    """A feed of RSS 2.0 as a blog's software writes it, its newest item an hour old."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"'
        ' xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        "<channel><title>The Tea Gazette</title><link>https://gazette.example/</link>"
        '<atom:link href="https://gazette.example/feed/" rel="self" type="application/rss+xml"/>'
        "<language>en-gb</language>\n"
        + "".join(
            f"<item><title>{escape(told)}</title><link>https://gazette.example/{n}</link>"
            f"<dc:creator>A. Writer</dc:creator><pubDate>{format_datetime(_when(n))}</pubDate>"
            f'<guid isPermaLink="false">https://gazette.example/?p={n}</guid>'
            f"<description><![CDATA[<p>{text}</p>]]></description></item>\n"
            for n, (told, text) in enumerate(items, 1)
        )
        + "</channel></rss>"
    )


def atom(*items: Told) -> str:
    """A feed of Atom, whose links are relative."""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"'
        ' xml:lang="ar" xml:base="https://majalla.example/news/">'
        "<title>مجلة الشاي</title><id>tag:majalla.example,2020:feed</id>"
        + "".join(
            f"<entry><id>tag:majalla.example,2020:{n}</id><title type='html'>{escape(told)}</title>"
            f"<link rel='alternate' href='{n}.html'/><updated>{_when(n).isoformat()}</updated>"
            f"<content type='html'>{escape(f'<div>{text}</div>')}</content></entry>\n"
            for n, (told, text) in enumerate(items, 1)
        )
        + "</feed>"
    )


def _when(hours: int) -> datetime:
    return datetime.now(UTC).replace(microsecond=0) - timedelta(hours=hours)
