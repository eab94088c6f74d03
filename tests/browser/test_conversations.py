"""Conversations: kept, listed, found again, shared by link, and nobody else's."""

from contextlib import closing
from dataclasses import replace

import pytest
from playwright.sync_api import Locator, Page, expect

from assistant.assistant import Assistant
from assistant.conversations.store import Conversations
from tests.assistant.conversations.making import add
from tests.browser.conftest import (
    Explained,
    answered,
    last_turn,
    opened,
    overflow,
    owned,
    quoting,
)
from tests.browser.scenes import QUESTIONS
from tests.browser.test_streaming import KEPT
from ui.reader import TOKEN_COOKIE
from ui.strings import strings

AR, EN = strings("ar"), strings("en")
SECOND = {"en": "What is a token?", "ar": "ما هو الرمز؟"}
THIRD = {"en": "Give me an example of it.", "ar": "أعطني مثالًا عليه."}


def _listed(page: Page) -> Locator:
    return page.locator(".m-conversations li > a")


def test_they_are_listed_found_and_opened_and_a_second_tab_loses_nothing(
    page: Page, address: str
) -> None:
    opened(page, address, "ar")
    expect(page.get_by_text(AR["conversations_none"])).to_be_visible()
    answered(page, QUESTIONS["ar"])
    expect(_listed(page)).to_have_text([QUESTIONS["ar"]])  # at once
    expect(page).to_have_url(KEPT)
    page.get_by_role("button", name=AR["new_chat"]).click()
    expect(page.locator(".m-turn")).to_have_count(0)
    expect(page).not_to_have_url(KEPT)
    said = answered(page, SECOND["ar"]).locator(".m-answer").inner_text()
    expect(_listed(page)).to_have_text([SECOND["ar"], QUESTIONS["ar"]])

    search = page.get_by_label(AR["conversations_search"])
    for sought, found in (("موسوم", [QUESTIONS["ar"]]), ("", [SECOND["ar"], QUESTIONS["ar"]])):
        search.fill(sought)
        search.press("Enter")
        expect(_listed(page)).to_have_text(found)
    expect(page.locator(".m-conversations [aria-current=page]")).to_have_text(SECOND["ar"])

    other = page.context.new_page()
    other.goto(page.url)
    expect(other.locator(".m-answer")).to_have_text(said, use_inner_text=True)
    answered(other, THIRD["ar"])
    expect(page.locator(".m-turn")).to_have_count(1)
    answered(page, QUESTIONS["ar"])  # this tab did not know of the other's turn
    turns = page.locator(".m-question")
    expect(turns).to_have_count(3)
    expect(turns.nth(1)).to_contain_text(THIRD["ar"])
    page.reload()
    expect(turns).to_have_count(3)

    assert page.context.browser
    context = owned(page.context.browser, locale="en-GB")  # another reader's
    foreign = context.new_page()
    foreign.goto(page.url)
    expect(foreign.locator(".m-question")).to_have_count(3)
    expect(foreign.locator(".m-question").first).to_be_in_viewport()  # it begins at its beginning
    expect(foreign.get_by_text(AR["conversation_foreign"])).to_be_visible()
    expect(_listed(foreign)).to_have_count(0)
    answered(foreign, SECOND["ar"])  # which goes on in a copy
    expect(_listed(foreign)).to_have_count(1)
    expect(foreign).not_to_have_url(page.url)
    context.close()
    page.reload()
    expect(turns).to_have_count(3)


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
            turn = add(
                store, kept, asked, glossary=tea.glossary, reader=cookies[TOKEN_COOKIE] or ""
            )
            kept = turn.conversation_id
    page.goto(f"{explained.url}/?lang=en&c={kept}")
    expect(page.locator(".m-turn")).to_have_count(10)
    last_turn(page, "Tea pot 1")
    answered(page, "What is a kettle?")
    expect(page.locator(".m-question").last).to_be_in_viewport()
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

    def show() -> None:
        page.get_by_test_id("stExpandSidebarButton").click()
        page.get_by_role("button", name=words["notes"]).click()
        expect(dialog).to_be_visible()

    show()
    expect(dialog).to_contain_text(words["notes_none"])
    expect(dialog).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    turn = answered(page, QUESTIONS[language])
    said = turn.locator(".m-sentence").first.inner_text()
    turn.locator(".m-more > summary").click()
    page.get_by_role("button", name=words["note_save"]).click()
    expect(page.get_by_text(words["note_saved"])).to_be_visible()
    show()
    expect(saved).to_have_count(1)
    expect(saved.locator("> h3")).to_contain_text(QUESTIONS[language])
    expect(saved.locator(".m-sentence").first).to_have_text(said, use_inner_text=True)
    expect(saved.locator(".m-sources")).to_be_visible()
    assert overflow(page) <= 0
    page.get_by_role("button", name=words["notes_copy"]).click()
    assert "[1] " in page.evaluate("window.copied")
    with page.expect_download() as file:
        page.get_by_role("button", name=words["conversation_markdown"]).click()
    assert f"## {QUESTIONS[language]}" in file.value.path().read_text("utf-8")

    saved.get_by_role("button", name=words["note_delete"]).click()
    expect(dialog).to_contain_text(words["note_deleted"])
    expect(saved).to_have_count(0)
    dialog.get_by_role("button", name=words["undo_delete"]).click()
    expect(saved).to_have_count(1)
    saved.locator(".m-marker").first.click()  # leads to the words in the entry
    expect(dialog.locator("#m-quote")).to_be_visible()
