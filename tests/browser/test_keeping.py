"""What stays of a chat: by reload, by link, and for whoever rates it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SLOW, ask, opened
from ui.strings import strings

KEPT = re.compile(r"[?&]c=\w{22}")


@contextmanager
def _another_reader(page: Page) -> Iterator[Page]:
    assert page.context.browser
    context = page.context.browser.new_context(locale="en-GB")
    yield context.new_page()
    context.close()


def test_a_reload_keeps_the_conversation(page: Page, address: str) -> None:
    opened(page, address)
    ask(page, "What is a token?")
    answer = page.locator(".m-answer")
    expect(answer).to_be_visible(timeout=SLOW)
    expect(page).to_have_url(KEPT, timeout=SLOW)
    said = answer.inner_text()
    page.reload()
    expect(answer).to_have_text(said, use_inner_text=True, timeout=SLOW)
    ask(page, "Give me an example of it.")
    expect(answer).to_have_count(2, timeout=SLOW)
    page.reload()
    expect(answer).to_have_count(2, timeout=SLOW)


def test_readers_see_each_others_chats_by_link_only(page: Page, address: str) -> None:
    opened(page, address)
    ask(page, "What is a token?")
    expect(page.locator(".m-answer")).to_be_visible(timeout=SLOW)
    expect(page).to_have_url(KEPT, timeout=SLOW)
    with _another_reader(page) as other:
        opened(other, address)
        expect(other.locator(".m-answer")).to_have_count(0)
        other.goto(page.url)
        expect(other.locator(".m-question")).to_have_text("What is a token?", timeout=SLOW)
        expect(other.locator(".m-answer")).to_be_visible()
        expect(other.locator(".m-card mark").first).to_be_visible()


def test_a_new_conversation_can_be_undone(page: Page, address: str) -> None:
    opened(page, address)
    ask(page, "What is a token?")
    answer = page.locator(".m-answer")
    expect(answer).to_be_visible(timeout=SLOW)
    expect(page).to_have_url(KEPT, timeout=SLOW)
    page.get_by_role("button", name="New conversation").click()
    expect(answer).to_have_count(0, timeout=SLOW)
    expect(page).not_to_have_url(KEPT)
    page.get_by_role("button", name="Bring the conversation back").click()
    expect(answer).to_be_visible(timeout=SLOW)
    expect(page).to_have_url(KEPT)


def test_an_address_without_a_conversation_is_said(page: Page, address: str) -> None:
    page.goto(f"{address}/?lang=ar&c=nothing")
    expect(page.locator(".m-notice")).to_contain_text("لا توجد محادثة", timeout=SLOW)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_an_answer_is_rated(page: Page, address: str, language: str) -> None:
    words = strings(language)
    opened(page, address, language)
    ask(page, "What is a token?")
    thumb = page.get_by_role("radio", name=words["thumb_down"])
    thumb.click(timeout=SLOW)
    page.get_by_role("button", name=words["comment"]).first.click(timeout=SLOW)
    page.get_by_label(words["comment_label"]).fill("قصير جدًا <b>")
    page.get_by_role("button", name=words["comment_send"]).click()
    expect(page.get_by_text(words["comment_kept"])).to_be_visible(timeout=SLOW)
    page.reload()
    expect(thumb).to_be_checked(timeout=SLOW)
    page.get_by_role("button", name=words["comment"]).first.click(timeout=SLOW)
    expect(page.get_by_label(words["comment_label"])).to_have_value("قصير جدًا <b>")
