"""Conversations: kept, listed, found again, shared by link, and nobody else's."""

from contextlib import closing
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from assistant.assistant import Assistant
from assistant.conversations.store import Conversations
from tests.assistant.conversations.making import add
from tests.browser.conftest import Explained, answered, last_turn, opened, overflow, quoting
from tests.browser.scenes import QUESTIONS
from ui.reader import TOKEN_COOKIE
from ui.strings import strings

EN = strings("en")


def test_earlier_turns_come_in_above_where_one_reads(
    page: Page, explained: Explained, tea: Assistant
) -> None:
    quoting(page)
    opened(page, explained.url)
    cookies = {cookie.get("name"): cookie.get("value") for cookie in page.context.cookies()}
    kept, answer = "", tea.ask("What is a teapot?")
    with closing(Conversations.open(explained.data / "conversations.db")) as store:
        for number in range(60, 0, -1):
            asked = replace(answer, question=f"Tea pot {number}")
            turn = add(store, kept, asked, reader=cookies[TOKEN_COOKIE] or "")
            kept = turn.conversation_id
    page.goto(f"{explained.url}/?lang=en&c={kept}")
    expect(page.locator(".m-turn")).to_have_count(10)
    last_turn(page, "Tea pot 1")
    answered(page, "What is a kettle?")
    expect(page.locator(".m-question").last).to_be_in_viewport()
    page.wait_for_timeout(2000)  # a new question is held in view until the page is drawn
    earlier = page.get_by_role("button", name=EN["turns_earlier"])
    first = page.locator(".m-question").first.inner_text()
    earlier.press("Enter")
    expect(page.locator(".m-turn")).to_have_count(40)
    stayed = page.locator(".m-question").nth(30)
    expect(stayed).to_have_text(first, use_inner_text=True)
    expect(stayed).to_be_in_viewport()
    expect(earlier).to_be_focused()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_an_answer_is_saved_to_notes_copied_exported_deleted_and_brought_back(
    page: Page, address: str, language: str
) -> None:
    words = strings(language)
    page.set_viewport_size({"width": 390, "height": 844})
    opened(page, address, language)
    page.evaluate("navigator.clipboard.writeText = async (text) => { window.copied = text }")
    dialog, saved = page.get_by_role("dialog"), page.locator(".m-saved")
    turn = answered(page, QUESTIONS[language])
    said = turn.locator(".m-sentence").first.inner_text()
    turn.locator(".m-more > summary").click()
    page.get_by_role("button", name=words["note_save"]).click()
    expect(page.get_by_text(words["note_saved"])).to_be_visible()
    page.get_by_test_id("stExpandSidebarButton").click()
    page.get_by_role("button", name=words["notes"]).click()
    expect(saved).to_have_count(1)
    expect(saved.locator("> h3")).to_contain_text(QUESTIONS[language])
    expect(saved.locator(".m-sentence").first).to_have_text(said, use_inner_text=True)
    expect(saved.locator(".m-sources")).to_be_visible()
    assert overflow(page) <= 0
    saved.get_by_role("button", name=words["copy"]).click()
    assert "[1] " in page.evaluate("window.copied")
    with page.expect_download() as file:
        page.get_by_role("button", name=words["conversation_markdown"]).click()
    assert f": {QUESTIONS[language]}\n" in file.value.path().read_text("utf-8")

    saved.get_by_role("button", name=words["note_delete"]).click()
    expect(dialog).to_contain_text(words["note_deleted"])
    expect(saved).to_have_count(0)
    dialog.get_by_role("button", name=words["undo_delete"]).click()
    expect(saved).to_have_count(1)
