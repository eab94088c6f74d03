"""Reading feeds: RSS, Atom and RDF as they are met with, and what is none."""

from datetime import UTC, datetime
from itertools import pairwise

import pytest

from assistant import FeedError
from assistant.news.feeds import Item, read, read_apart
from tests.feed_server import rss

AT = {"content-location": "https://gazette.example/feed/", "content-type": "application/xml"}
DATED = "<pubDate>Mon, 02 Mar 2026 12:00:00 GMT</pubDate>"


def _read(text: str) -> list[Item]:
    found = read(text.encode(), AT)
    assert found is not None
    return found


def test_a_blogs_feed_is_read() -> None:
    first, second = _read(
        rss(("Kettles & pots", "It <b>sings</b>&nbsp;at&#160;noon."), ("Two", ""))
    )
    said = (first.source, first.title, first.summary, first.language)
    assert said == ("The Tea Gazette", "Kettles & pots", "It sings at noon.", "en-gb")
    assert first.url == "https://gazette.example/1"
    assert 3500 < (datetime.now(UTC) - first.published).total_seconds() < 3700
    assert second.summary == ""
    assert first.key != second.key


def test_links_lead_to_the_web_or_nowhere() -> None:
    for link, url in {
        "https://a.example/1?b=1&amp;c=2": "https://a.example/1?b=1&c=2",
        "/1": "https://gazette.example/1",
        "javascript:alert(1)": "",
        "data:text/html,x": "",
        "https://user:word@a.example/1": "",
    }.items():
        item = f"<item><title>X</title><link>{link}</link>{DATED}</item>"
        (found,) = _read(f'<rss version="2.0"><channel>{item}</channel></rss>')
        assert found.url == url


def test_entities_that_grow_without_end_do_not() -> None:
    names = "abcdefghij"
    entities = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise(names))
    text = f'<!DOCTYPE x [<!ENTITY a "ha">{entities}]>'
    text += f"<rss><channel><item><title>X &j;</title>{DATED}</item></channel></rss>"
    found = read_apart(text.encode(), AT)
    assert all(len(item.title) <= 240 for item in found)


def test_no_file_and_no_address_is_read_by_a_feed() -> None:
    text = (
        '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]><rss><channel><item><title>X &f;'
    )
    found = _read(f"{text}</title>{DATED}</item></channel></rss>")
    assert [item.title.replace("&f;", "").strip() for item in found] == ["X"]


def test_a_feed_that_is_read_for_too_long_is_given_up() -> None:
    deep = b"<rss><channel><item>" + b"<a>" * 150_000
    with pytest.raises(FeedError, match=r"^https://gazette\.example/feed/ takes longer than 1 s"):
        read_apart(deep, AT, seconds=1)
