"""The news on a term's page: what is shown of them, how old they are, and that they do no harm."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest

from assistant.assistant import Assistant
from assistant.news.archive import FeedState
from assistant.news.feeds import Item
from assistant.news.updating import archive_of
from ui import markup, templates

FEED = "https://gazette.example/feed"


@pytest.fixture
def fed(teahouse: Assistant) -> Assistant:
    """The tea things, with a feed."""
    settings = teahouse.settings.model_copy(update={"news_feeds": (FEED,)})
    return Assistant(teahouse.retriever, settings)


def _news(reports: Sequence[Item], language: str, age: str = "") -> str:
    return templates.render("term#news", language, reports=reports, age=age)


def _told(assistant: Assistant, *titles: str, error: str = "", hours: int = 3) -> None:
    now = datetime.now(UTC) - timedelta(hours=hours)
    store = archive_of(assistant)
    items = [
        Item(title, title, url=f"https://gazette.example/{n}", published=now - timedelta(hours=n))
        for n, title in enumerate(titles)
    ]
    kept = store.read()
    kept.keep(FeedState(FEED, reached_at=now, error=error), items, now)
    for _, each in kept.newest():
        each.concerns = ("kettle",)
    store.write(kept)


def _shown(assistant: Assistant, interface: str = "en") -> str:
    shown = assistant.glossary.get("kettle", interface)
    assert shown
    html = markup.term_end(assistant, shown, interface)
    return unescape(
        html.partition('<section class="m-entry m-news">')[2].partition("</section>")[0]
    )


def test_there_is_nothing_without_news_without_a_feed_and_with_a_damaged_store(
    teahouse: Assistant, fed: Assistant
) -> None:
    assert _shown(fed) == ""
    _told(fed, "A kettle sings")
    assert _shown(fed)
    assert _shown(teahouse) == ""
    archive_of(fed).path.write_bytes(b"no database " * 99)
    assert _shown(fed) == ""


def test_a_link_tells_nothing_of_here_and_what_a_feed_says_is_text() -> None:
    at = datetime(2026, 3, 2, 12, tzinfo=UTC)
    html = _news([Item("", "X", url="http://a.example/1?a=1&b=2", published=at)], "ar")
    assert "2 مارس 2026" in html
    (link,) = re.findall(r"<a ([^>]*)>", html)
    assert 'href="http://a.example/1?a=1&amp;b=2" target="_blank"' in link
    assert 'rel="noopener noreferrer nofollow"' in link
    bare = _news([Item("", "X & <b>Y</b>", url="javascript:alert(1)")], "en")
    assert "X &amp; &lt;b&gt;Y&lt;/b&gt;" in bare
    assert "<a" not in bare
    assert "<small" not in bare
    for tag in ("", "en' onload='x", '"><script>', "x" * 40, "en_GB"):
        assert "lang=" not in _news([Item("", "X", language=tag)], "en").split("<ul>")[1]
    many = _news([Item("", f"Title {n}", url=f"https://a.example/{n}") for n in range(12)], "ar")
    first, rest = many.split("<details", 1)
    assert (first.count("<li>"), rest.count("<li>")) == (5, 7)
    assert "(7)" in rest
