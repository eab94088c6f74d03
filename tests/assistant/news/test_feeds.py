"""Reading feeds: RSS, Atom and RDF as they are met with, and what is none."""

from datetime import UTC, datetime
from itertools import pairwise

import pytest

from assistant import FeedError
from assistant.news.feeds import Feed, Item, read, read_apart
from tests.feed_server import atom, rdf, rss

AT = "https://gazette.example/feed/"


def _read(text: str | bytes, type_: str = "") -> Feed:
    found = read(text.encode() if isinstance(text, str) else text, AT, type_)
    assert found is not None
    return found


def _one(item: str) -> Item:
    (found,) = _read(f'<rss version="2.0"><channel>{item}</channel></rss>').items
    return found


def test_a_blogs_feed_is_read() -> None:
    found = _read(rss(("Kettles & pots", "It <b>sings</b>&nbsp;at&#160;noon."), ("Second", "")))
    assert found.title == "The Tea Gazette"
    first, second = found.items
    assert first.title == "Kettles & pots"
    assert first.summary == "It sings at noon."
    assert first.url == "https://gazette.example/1"
    assert first.language == "en-gb"
    assert first.published is not None
    assert 3500 < (datetime.now(UTC) - first.published).total_seconds() < 3700
    assert second.summary == ""
    assert first.id != second.id


def test_atom_is_read_and_its_links_are_made_whole() -> None:
    found = _read(atom(("إبريق <i>جديد</i>", "يصفر عند الظهر.")))
    assert found.title == "مجلة الشاي"
    (item,) = found.items
    assert item.title == "إبريق جديد"
    assert item.summary == "يصفر عند الظهر."
    assert item.url == "https://majalla.example/news/1.html"


def test_rdf_is_read() -> None:
    found = _read(
        rdf(
            ("A wire", "From the docks."),
        )
    )
    assert (found.title, found.items[0].title) == ("Tea wire", "A wire")
    assert found.items[0].url == "https://wire.example/1"
    assert found.items[0].published


def test_rss_of_the_first_days_is_read() -> None:
    items = "<item><title>X</title></item>"
    text = f'<rss version="0.91"><channel><title>Old</title>{items}</channel></rss>'
    assert [item.title for item in _read(text).items] == ["X"]


def test_a_feed_without_a_title_has_its_servers_name() -> None:
    assert _read("<rss><channel><item><title>X</title></item></channel></rss>").title == (
        "gazette.example"
    )


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("R&amp;amp;D at the mill", "R&D at the mill"),
        ("<![CDATA[<em>Loud</em> news]]>", "Loud news"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;Tea", "Tea"),
        ("  two\n  lines ", "two lines"),
        ("5 &lt; 6 &amp;lt; 7", "5 < 6 < 7"),
        ("<![CDATA[Caf&eacute; opens]]>", "Café opens"),
        ("\u202eevil\u202c", "evil"),
    ],
)
def test_titles_become_plain_lines(written: str, shown: str) -> None:
    assert _one(f"<item><title>{written}</title></item>").title == shown


def test_a_long_title_is_cut_between_words() -> None:
    title = _one(f"<item><title>{'tea pot ' * 100}</title></item>").title
    assert title.endswith(("pot…", "tea…"))
    assert len(title) <= 240


def test_an_item_without_a_title_has_the_beginning_of_its_text() -> None:
    item = _one("<item><description>A short note on tea.</description></item>")
    assert item.title == "A short note on tea."
    assert item.summary == ""


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("https://a.example/1?b=1&amp;c=2", "https://a.example/1?b=1&c=2"),
        ("/1", "https://gazette.example/1"),
        (" http://a.example/1 ", "http://a.example/1"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("https://user:word@a.example/1", ""),
        ("https://a.example/1 2", ""),
        ("", ""),
    ],
)
def test_links_lead_to_the_web_or_nowhere(link: str, url: str) -> None:
    assert _one(f"<item><title>X</title><link>{link}</link></item>").url == url


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("Mon, 02 Mar 2026 10:00:00 +0300", datetime(2026, 3, 2, 7, tzinfo=UTC)),
        ("2026-03-02T10:00:00Z", datetime(2026, 3, 2, 10, tzinfo=UTC)),
        ("Mon, 02 Mar 26 10:00 EST", datetime(2026, 3, 2, 15, tzinfo=UTC)),
        ("yesterday", None),
        ("32 Jan 2026 25:61:00", None),
        ("", None),
    ],
)
def test_dates_are_read_in_any_way_of_writing_or_left_out(
    written: str, read_as: datetime | None
) -> None:
    assert _one(f"<item><title>X</title><pubDate>{written}</pubDate></item>").published == read_as


def test_items_of_one_id_are_told_apart_and_doubles_are_not_kept() -> None:
    item = "<item><guid>same</guid><title>{0}</title><link>https://a.example/{0}</link></item>"
    text = "".join(item.format(n) for n in (1, 2, 2))
    found = _read(f"<rss><channel>{text}</channel></rss>")
    assert [each.title for each in found.items] == ["1", "2"]
    assert len({each.id for each in found.items}) == 2


@pytest.mark.parametrize(
    ("encoding", "type_"),
    [
        ("windows-1256", "application/rss+xml"),
        ("utf-16", "application/rss+xml"),
        ("utf-8", "text/html; charset=utf-8"),
        ("windows-1256", "text/plain; charset=windows-1256"),
        ("utf-8", "application/octet-stream"),
        ("utf-8", ""),
        ("utf-8", "application/rss+xml; charset=no-such-thing"),
        ("utf-8", "application/rss+xml; charset=us-ascii"),
    ],
)
def test_letters_are_told_by_whatever_tells_them(encoding: str, type_: str) -> None:
    text = atom(("إبريق", "شاي")).replace('encoding="utf-8"', f'encoding="{encoding}"')
    assert [each.title for each in _read(text.encode(encoding), type_).items] == ["إبريق"]


def test_bytes_that_are_no_letters_cost_no_more_than_themselves() -> None:
    data = rss(("Tea", "One"), ("Milk", "Two")).encode().replace(b"Tea<", b"T\xff\xfea<")
    assert [each.summary for each in _read(data).items] == ["One", "Two"]


@pytest.mark.parametrize("cut", [0.4, 0.7, 0.95])
def test_what_is_whole_of_a_malformed_feed_is_read(cut: float) -> None:
    text = rss(*((f"Tea {n}", "Good") for n in range(20)))
    found = _read(text[: int(len(text) * cut)])
    assert len(found.items) >= 20 * cut - 4
    assert "Tea 0" in {item.title for item in found.items}


def test_a_bare_ampersand_and_unknown_entities_are_no_matter() -> None:
    assert _one("<item><title>Tea & milk &unknown; honey</title></item>").title.startswith("Tea &")


@pytest.mark.parametrize("oldest_first", [False, True])
def test_of_a_huge_number_of_items_the_newest_are_kept(*, oldest_first: bool) -> None:
    head, *items = rss(*((str(n), "") for n in range(500))).split("<item>")
    items[-1] = items[-1].removesuffix("</channel></rss>")
    ordered = reversed(items) if oldest_first else items
    found = _read("<item>".join((head, *ordered)) + "</channel></rss>")
    assert [item.title for item in found.items] == [str(n) for n in range(200)]


@pytest.mark.parametrize(
    "data",
    [b"", b"hello", b"<html><body><p>Not found</p></body></html>", b'{"a": 1}', b"\x00" * 99,
     b"\x89PNG\r\n\x1a\n" + bytes(range(256)), b"<?xml version='1.0'?><svg/>"],
)  # fmt: skip
def test_what_is_no_feed_is_none(data: bytes) -> None:
    assert read(data, AT, "text/html") is None


def test_that_it_is_no_feed_is_said() -> None:
    with pytest.raises(FeedError, match="is no feed"):
        read_apart(b"<html><body><p>Welcome</p></body></html>", AT, "text/html")


def test_an_empty_feed_is_one() -> None:
    text = '<rss version="2.0"><channel><title>T</title></channel></rss>'
    assert _read(text) == Feed("T", ())


def test_a_feed_read_apart_is_the_same() -> None:
    data = rss(("Tea", "One"), ("شاي", "اثنان")).encode()
    assert read_apart(data, AT, "text/xml") == _read(data, "text/xml")


def test_entities_that_grow_without_end_do_not() -> None:
    names = "abcdefghij"
    entities = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise(names))
    text = f'<!DOCTYPE x [<!ENTITY a "ha">{entities}]>'
    text += "<rss><channel><item><title>X &j;</title></item></channel></rss>"
    found = read_apart(text.encode(), AT)
    assert all(len(item.title) <= 240 for item in found.items)


def test_no_file_and_no_address_is_read_by_a_feed() -> None:
    text = (
        '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]><rss><channel><item><title>X &f;'
    )
    found = _read(f"{text}</title></item></channel></rss>")
    assert [item.title.replace("&f;", "").strip() for item in found.items] == ["X"]


def test_a_feed_that_is_read_for_too_long_is_given_up() -> None:
    deep = b"<rss><channel><item>" + b"<a>" * 150_000
    with pytest.raises(FeedError, match=r"^https://gazette\.example/feed/ takes too long"):
        read_apart(deep, AT, seconds=2)
