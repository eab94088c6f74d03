"""The news on a term's page, as they come from a feed into a browser."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SLOW, chiefly, overflow, served
from tests.conftest import TEA
from tests.feed_server import feed_server, rss
from ui.strings import strings

ATTACK = "A kettle <img src=x onerror=alert(1)> & its lid: " + "w" * 90
REPORTS = [(f"Kettle number {n} boils water", "A vessel with a spout.") for n in range(7)]


@pytest.fixture(scope="module")
def told(tea_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The tea things, served with a feed."""
    data = shutil.copytree(tea_data, tmp_path_factory.mktemp("told") / "data")
    with feed_server() as feeds:
        url = feeds.put("/tea", rss((ATTACK, "Water boils in a kettle."), *REPORTS))
        environment = {"MASRAD_NEWS_FEEDS": url, "MASRAD_NEWS_PRIVATE": "true"}
        with served("--glossary", str(TEA), "--data-dir", str(data), **environment) as address:
            yield address


@chiefly("ar")
def test_news_come_to_the_page_by_themselves(page: Page, told: str, language: str) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    news = page.get_by_test_id("stApp").locator(".m-news")
    for _ in range(30):  # the first round begins some seconds after the start
        page.goto(f"{told}/term?id=kettle&lang={language}")
        expect(page.get_by_test_id("stApp").locator(".m-page-end")).to_be_attached(timeout=SLOW)
        if news.count():
            break
        page.wait_for_timeout(2000)
    expect(news.locator("h2")).to_have_text(strings(language)["term_news"])
    expect(news.locator("> ul > li")).to_have_count(5)
    expect(news).to_contain_text(strings(language)["news_apart"])
    expect(news.locator("img")).to_have_count(0)
    link = news.locator("a").first
    expect(link).to_have_attribute("href", "https://gazette.example/1")
    expect(link).to_have_attribute("target", "_blank")
    expect(link).to_have_attribute("rel", re.compile("noopener noreferrer"))
    news.locator("summary").click()
    expect(news.locator("details li").last).to_be_visible()
    assert overflow(page) <= 0
