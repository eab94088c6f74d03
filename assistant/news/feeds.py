"""Feeds: RSS, Atom and RDF as plain items, read in a process of its own.

The reader of feeds, ``feedparser``, takes what is malformed too, and some of that for hours: half a
megabyte of elements within each other is not through in 20 seconds. So it runs as a child with
limits (``knowledge.child``).
"""

import calendar
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from pydantic import TypeAdapter

from assistant import FeedError
from assistant.news.addresses import checked
from knowledge import child
from knowledge.formats import markup

_MOST = 5000  # entries that are looked at
_TITLE, _SUMMARY, _SOURCE = 240, 600, 80  # characters
_READ = 20_000  # characters of a title or a summary that are looked at: most are not shown


@dataclass(frozen=True, slots=True)
class Item:
    """A report in a feed; its texts are plain, each on one line."""

    title: str
    published: datetime
    summary: str = ""
    url: str = ""
    """Of http or https, or empty."""
    source: str = ""
    """The feed's title."""
    language: str = ""
    """As the feed says, if it does."""
    concerns: tuple[str, ...] = ()
    """The ids of the entries that it is about."""

    @property
    def key(self) -> str:
        """What tells it from others, in whatever feeds it stands."""
        return self.url or self.title


_ITEMS: TypeAdapter[list[Item] | None] = TypeAdapter(list[Item] | None)


def read_apart(data: bytes, headers: Mapping[str, str], seconds: float = 60.0) -> list[Item]:
    """Reads a feed in a process of its own; the headers are those of ``fetcher.fetch``.

    Raises:
        FeedError: it is no feed, or takes too long or too much to read.
    """
    url = headers["content-location"]
    told = json.dumps(headers).encode() + b"\n"
    try:
        items = _ITEMS.validate_json(child.run(__name__, told + data, seconds))
    except child.ChildError as error:
        raise FeedError(f"{url} {error}: it is malformed, or far too large.") from error
    except OSError as error:
        raise FeedError(f"{url} cannot be read now ({error.strerror or error}).") from error
    if items is None:
        raise FeedError(f"{url} is no feed (RSS or Atom): give the address of the page's feed.")
    return items


def read(data: bytes, headers: Mapping[str, str]) -> list[Item] | None:
    """Reads a feed; None if it is none. What is malformed in it is lost, and no more than that."""
    import feedparser  # noqa: PLC0415  (in the child alone)

    found = feedparser.parse(  # bytes that are read are taken for no address
        io.BytesIO(data), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )
    if not found.entries and not found.get("version"):
        return None
    host = urlsplit(headers["content-location"]).hostname or ""
    source = _line(found.feed.get("title", ""), _SOURCE) or host
    language = _line(found.feed.get("language", ""), 35)
    return list(_items(found.entries[:_MOST], source, language))


def _items(entries: Iterable[Any], source: str, language: str) -> Iterator[Item]:
    """Those that have a title, or a summary in its place, and a date."""
    for entry in entries:
        told = [entry.get("summary", ""), *(c.get("value", "") for c in entry.get("content", ()))]
        summary = next((text for each in told if (text := _line(each, _SUMMARY))), "")
        title = _line(entry.get("title", ""), _TITLE) or _cut(summary, _TITLE // 2)
        if title and (published := _published(entry)):
            shown = "" if summary == title else summary
            yield Item(title, published, shown, _link(entry), source, language)


def _link(entry: Any) -> str:  # noqa: ANN401
    for link in (entry.get("link", ""), *(each.get("href") for each in entry.get("links", ()))):
        with suppress(ValueError):
            return checked(str(link).strip())
    return ""


def _published(entry: Any) -> datetime | None:  # noqa: ANN401
    for name in ("published_parsed", "updated_parsed", "created_parsed"):
        with suppress(TypeError, ValueError, OverflowError, OSError):
            if parsed := dict.get(entry, name):  # its own way makes one of another, and warns
                return datetime.fromtimestamp(calendar.timegm(parsed), UTC)
    return None


def _line(html: object, most: int) -> str:
    text = str(html)[:_READ].encode(errors="replace").decode()  # half a character has no UTF-8
    return _cut(markup.line(text), most)


def _cut(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    return f"{text[: most - 1].rsplit(' ', 1)[0].rstrip()}…"


def _answer(data: bytes) -> bytes:
    head, _, body = data.partition(b"\n")
    return _ITEMS.dump_json(read(body, json.loads(head)))


if __name__ == "__main__":
    child.serve(_answer)
