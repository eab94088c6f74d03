"""The news on a term's page: what is shown of them, how old they are, and that they do no harm."""

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.news.feeds import Item
from assistant.news.store import FeedState
from assistant.news.updating import store_of
from tests.ui.conftest import elsewhere
from ui import markup, news, shared
from ui.markup import News
from ui.formatting import ago
from ui.plain_pages import plain_page as outline
from ui.strings import LANGUAGES, strings

FEED = "https://gazette.example/feed"


@pytest.fixture
def teahouse(tea: Assistant, tmp_path: Path) -> Assistant:
    """The tea things, with a feed."""
    own = elsewhere(tea, tmp_path)
    settings = own.settings.model_copy(update={"news_feeds": (FEED,)})
    return Assistant(own.retriever, settings)


def _told(assistant: Assistant, *titles: str, error: str = "", hours: int = 3) -> None:
    now = datetime.now(UTC) - timedelta(hours=hours)
    store = store_of(assistant)
    items = [
        Item(title, title, url=f"https://gazette.example/{n}", published=now - timedelta(hours=n))
        for n, title in enumerate(titles)
    ]
    store.keep(FeedState(FEED, "The Gazette", reached_at=now, error=error), items, now)
    store.match("s", {key: {"kettle": 1.0} for key, _ in store.unmatched("s")})


def _shown(assistant: Assistant, interface: str = "en") -> str:
    shown = assistant.glossary.get("kettle", interface)
    assert shown
    reports, age = news.latest(assistant, shown, interface)
    return unescape(markup.news(reports, interface, age))


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_is_nothing_while_there_are_none(teahouse: Assistant, language: str) -> None:
    assert _shown(teahouse, language) == ""


def test_there_is_nothing_where_no_feed_is_set(teahouse: Assistant) -> None:
    _told(teahouse, "A kettle sings")
    assert _shown(teahouse)
    settings = teahouse.settings.model_copy(update={"news_feeds": ()})
    assert _shown(Assistant(teahouse.retriever, settings)) == ""


@pytest.mark.parametrize(
    ("language", "age"), [("en", "Updated 3 hours ago."), ("ar", "حُدّثت قبل ٣ ساعات.")]
)
def test_the_newest_come_first_with_source_and_date(
    teahouse: Assistant, language: str, age: str
) -> None:
    _told(teahouse, "A kettle sings", "غلاية تغني")
    html = _shown(teahouse, language)
    assert html.index("A kettle sings") < html.index("غلاية تغني")
    assert html.count("<bdi>The Gazette</bdi>") == 2
    assert age in html
    assert strings(language)["news_apart"] in html
    year = str(datetime.now().astimezone().year)
    assert (year if language == "en" else year.translate(_ARABIC)) in html


_ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


@pytest.mark.parametrize("language", LANGUAGES)
def test_off_the_network_what_there_is_is_shown_with_its_age(
    teahouse: Assistant, language: str
) -> None:
    _told(teahouse, "A kettle sings", error="It does not answer.", hours=50)
    when = ago(timedelta(hours=50), language)
    assert strings(language)["news_missed"].format(ago=when) in _shown(teahouse, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_more_than_five_are_behind_a_touch(language: str) -> None:
    reports = [News(f"Title {n}", f"https://a.example/{n}") for n in range(12)]
    html = markup.news(reports, language)
    first, rest = html.split("<details", 1)
    assert first.count("<li>") == 5
    assert rest.count("<li>") == 7
    assert ("(7)" if language == "en" else "(٧)") in rest
    assert "<details" not in markup.news(reports[:5], language)


def test_a_link_opens_elsewhere_and_tells_nothing_of_here() -> None:
    html = markup.news([News("X", "http://a.example/1?a=1&b=2")], "en")
    (link,) = re.findall(r"<a [^>]*>", html)
    assert link == (
        '<a href="http://a.example/1?a=1&amp;b=2" target="_blank"'
        ' rel="noopener noreferrer nofollow">'
    )


def test_a_report_without_a_link_or_a_date_is_shown_without() -> None:
    html = markup.news([News("X & <b>Y</b>")], "en")
    assert "<a" not in html
    assert "<small" not in html
    assert "X &amp; &lt;b&gt;Y&lt;/b&gt;" in html


@pytest.mark.parametrize("tag", ["", "en' onload='x", '"><script>', "x" * 40, "en_GB"])
def test_a_language_that_is_none_is_not_told(tag: str) -> None:
    assert "lang=" not in markup.news([News("X", language=tag)], "en").split("<ul>")[1]
    assert '<span lang="ar-EG" dir="auto">' in markup.news([News("X", language="ar-EG")], "en")


def test_a_damaged_store_costs_the_page_nothing_but_the_news(teahouse: Assistant) -> None:
    _told(teahouse, "A kettle sings")
    path = store_of(teahouse).path
    path.write_bytes(b"no database " * 99)
    assert _shown(teahouse) == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_they_stand_in_the_plain_document_too(teahouse: Assistant, language: str) -> None:
    _told(teahouse, "A kettle sings")
    shared.hand_over(teahouse)
    body = outline("term", {"id": "kettle"}, language, "https://masrad.example").body
    assert "A kettle sings" in body
    assert strings(language)["term_news"] in body


@pytest.mark.parametrize(
    ("past", "english", "arabic"),
    [
        (timedelta(0), "1 minute ago", "قبل دقيقة واحدة"),
        (timedelta(seconds=-5), "1 minute ago", "قبل دقيقة واحدة"),
        (timedelta(minutes=12), "12 minutes ago", "قبل ١٢ دقيقة"),
        (timedelta(hours=30), "1 day ago", "قبل يوم واحد"),
        (timedelta(days=12), "2 weeks ago", "قبل أسبوعين"),
    ],
)
def test_ages_are_told_in_words(past: timedelta, english: str, arabic: str) -> None:
    assert (ago(past, "en"), ago(past, "ar")) == (english, arabic)


def test_they_are_updated_only_where_there_are_feeds(
    teahouse: Assistant, tea: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[Assistant] = []
    monkeypatch.setattr("assistant.news.rounds.Rounds", begun.append)
    for opened in (tea, teahouse):
        shared.hand_over(opened)
        news.begin()
    assert begun == [teahouse]


def test_a_date_is_that_of_the_readers_words() -> None:
    html = markup.news([News("X", day=date(2026, 3, 2))], "ar")
    assert "٢ مارس ٢٠٢٦" in html
