"""Feeds: RSS, Atom and RDF as plain items, read in a process of its own.

The reader of feeds, ``feedparser``, takes what is malformed too, and some of that for hours: half a
megabyte of elements within each other is not through in 20 seconds. So it runs as a child with
limits (``knowledge.child``).
"""

import calendar
import hashlib
import io
import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from pydantic import TypeAdapter

from assistant import FeedError
from assistant.news import addresses
from knowledge import child
from knowledge.formats import markup

SECONDS = 60.0
_MOST_ENTRIES, _MOST_ITEMS = 5000, 200  # that are looked at, and the newest of them, that are kept
_TITLE, _SUMMARY, _SOURCE = 240, 600, 80  # characters
_READ = 20_000  # characters of a title or a summary that are looked at: most are not shown


@dataclass(frozen=True, slots=True)
class Item:
    """A report in a feed; its texts are plain, each on one line."""

    id: str
    """Its own in the feed."""
    title: str
    summary: str = ""
    url: str = ""
    """Of http or https, or empty."""
    source: str = ""
    """The feed's title."""
    language: str = ""
    """As the feed says, if it does."""
    published: datetime | None = None
    """When it says it was published."""


_ITEMS: TypeAdapter[list[Item] | None] = TypeAdapter(list[Item] | None)


def read_apart(data: bytes, url: str, type_: str = "", seconds: float = SECONDS) -> list[Item]:
    """Reads a feed in a process of its own; ``type_`` is what its server calls it.

    Raises:
        FeedError: it is no feed, or takes too long or too much to read.
    """
    told = json.dumps({"url": url, "type_": type_}).encode() + b"\n"
    try:
        items = _ITEMS.validate_json(child.run(__name__, told + data, seconds))
    except child.ChildError as error:
        raise FeedError(f"{url} {error}: it is malformed, or far too large.") from error
    except OSError as error:
        raise FeedError(f"{url} cannot be read now ({error.strerror or error}).") from error
    if items is None:
        raise FeedError(f"{url} is no feed (RSS or Atom): give the address of the page's feed.")
    return items


def read(data: bytes, url: str, type_: str = "") -> list[Item] | None:
    """Reads a feed; None if it is none. What is malformed in it is lost, and no more than that."""
    import feedparser  # noqa: PLC0415  (in the child alone)

    headers = {"content-location": url, "content-type": type_}
    found = feedparser.parse(  # bytes that are read are taken for no address
        io.BytesIO(data), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )
    if not found.entries and not found.get("version"):
        return None
    source = _line(found.feed.get("title", ""), _SOURCE) or addresses.host(url)
    language = str(found.feed.get("language", ""))[:35]
    items = list(_items(found.entries[:_MOST_ENTRIES], source, language))
    # Some feeds have the oldest first. An item without a date is taken for a new one.
    items.sort(key=lambda item: item.published or datetime.max.replace(tzinfo=UTC), reverse=True)
    return items[:_MOST_ITEMS]


def _items(entries: Iterable[Any], source: str, language: str) -> Iterator[Item]:
    known: set[str] = set()
    for entry in entries:
        told = [entry.get("summary", ""), *(c.get("value", "") for c in entry.get("content", ()))]
        summary = next((text for each in told if (text := _line(each, _SUMMARY))), "")
        title = _line(entry.get("title", ""), _TITLE) or _cut(summary, _TITLE // 2)
        if not title:
            continue
        links = [entry.get("link", ""), *(each.get("href", "") for each in entry.get("links", ()))]
        link = next(filter(addresses.is_link, (str(each).strip() for each in links)), "")
        own = str(entry.get("id", "")) or link or title
        if (item_id := _hash(own)) in known:  # some feeds give all their items one
            item_id = _hash(f"{own}\n{link}\n{title}")
            if item_id in known:
                continue
        known.add(item_id)
        shown = "" if summary == title else summary
        yield Item(item_id, title, shown, link, source, language, _published(entry))


def _published(entry: Any) -> datetime | None:  # noqa: ANN401
    for name in ("published_parsed", "updated_parsed", "created_parsed"):
        with suppress(TypeError, ValueError, OverflowError, OSError):
            if parsed := dict.get(entry, name):  # its own way makes one of another, and warns
                return datetime.fromtimestamp(calendar.timegm(parsed), UTC)
    return None


def _line(html: object, most: int) -> str:
    return _cut(markup.line(str(html)[:_READ]), most)


def _cut(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    return f"{text[: most - 1].rsplit(' ', 1)[0].rstrip()}…"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()[:24]


def _answer(data: bytes) -> bytes:
    head, _, body = data.partition(b"\n")
    items = read(body, **json.loads(head))
    values = None if items is None else list(map(asdict, items))
    text = json.dumps(values, default=datetime.isoformat, ensure_ascii=False)
    return text.encode(errors="replace")  # a half of a character has no UTF-8


if __name__ == "__main__":
    child.serve(_answer)
