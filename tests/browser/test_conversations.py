"""Conversations: kept, listed, found again, shared by link, and nobody else's."""

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from assistant.assistant import Assistant
from assistant.conversations.store import Conversations
from tests.browser.conftest import Explained, answered, last_turn, opened, owned, quoting
from tests.browser.scenes import QUESTIONS
from tests.browser.test_streaming import KEPT
from ui.reader import TOKEN_COOKIE
from ui.strings import strings

AR, EN = strings("ar"), strings("en")
SECOND = {"en": "What is a token?", "ar": "ما هو الرمز؟"}
THIRD = {"en": "Give me an example of it.", "ar": "أعطني مثالًا عليه."}


def _listed(page: Page) -> Locator:
    return page.locator(".m-conversations li > a")


@contextmanager
def _another_reader(page: Page) -> Iterator[Page]:
    assert page.context.browser
    context = owned(page.context.browser, locale="en-GB")
    yield context.new_page()
    context.close()


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


def test_one_is_exported_deleted_and_brought_back(page: Page, address: str) -> None:
    opened(page, address)
    said = answered(page, QUESTIONS["en"]).locator(".m-sentence").first.inner_text()[:30]
    page.locator(".m-conversations li").get_by_role("button").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(EN["conversation_title"]).fill("للصف <b>* 1")
    dialog.get_by_role("button", name=EN["conversation_rename"]).click()
    expect(_listed(page)).to_have_text(["للصف <b>* 1"])
    expect(dialog).to_be_hidden()

    page.locator(".m-conversations li").get_by_role("button").click()
    with page.expect_download() as loading:
        dialog.get_by_role("button", name=EN["conversation_markdown"]).click()
    markdown = loading.value.path().read_text("utf-8")
    assert loading.value.suggested_filename.endswith(".md")
    assert r"# للصف \<b\>\* 1" in markdown
    assert said in markdown
    with page.expect_download() as loading:
        dialog.get_by_role("button", name=EN["conversation_json"]).click()
    held = json.loads(loading.value.path().read_text("utf-8"))
    assert [each["answer"]["question"] for each in held["turns"]] == [QUESTIONS["en"]]
    assert "reader" not in held

    dialog.get_by_role("button", name=EN["conversation_delete"]).click()
    expect(_listed(page)).to_have_count(0)
    expect(page).not_to_have_url(KEPT)
    page.get_by_role("button", name=EN["undo_delete"]).click()
    _listed(page).click()
    expect(page.locator(".m-answer")).to_contain_text(said)


def test_another_reader_goes_on_in_a_copy(page: Page, address: str) -> None:
    opened(page, address)
    answered(page, QUESTIONS["en"])
    with _another_reader(page) as other:
        other.goto(page.url)
        expect(other.locator(".m-question")).to_contain_text(QUESTIONS["en"])
        expect(other.get_by_text(EN["conversation_foreign"])).to_be_visible()
        expect(_listed(other)).to_have_count(0)
        expect(other.get_by_role("button", name=EN["thumb_up"], exact=True)).to_have_count(0)
        answered(other, THIRD["en"])
        expect(_listed(other)).to_have_count(1)
        assert other.url != page.url
        expect(other.get_by_text(EN["conversation_foreign"])).to_have_count(0)
    page.reload()
    expect(page.locator(".m-turn")).to_have_count(1)
    expect(_listed(page)).to_have_text([QUESTIONS["en"]])


def test_a_question_in_a_long_conversation_sends_no_more_than_in_a_short_one(
    page: Page, explained: Explained, tea: Assistant
) -> None:
    quoting(page)
    opened(page, explained.url)
    cookies = {cookie.get("name"): cookie.get("value") for cookie in page.context.cookies()}
    received = [0]

    def receive(frame: str | bytes) -> None:
        received[0] += len(frame)

    page.on("websocket", lambda socket: socket.on("framereceived", receive))
    sent = {}
    for length in (12, 120):
        kept = _kept(tea, explained.data, length, cookies[TOKEN_COOKIE] or "")
        page.goto(f"{explained.url}/?lang=en&c={kept}")
        expect(page.locator(".m-turn")).to_have_count(10)
        last_turn(page, "Tea pot 1")
        received[0] = 0
        answered(page, "What is a kettle?")
        sent[length] = received[0]
        expect(page.locator(".m-question").last).to_be_in_viewport()
    assert sent[120] < 1.2 * sent[12]

    earlier = page.get_by_role("button", name=EN["turns_earlier"])
    first = page.locator(".m-question").first.inner_text()
    earlier.press("Enter")
    expect(page.locator(".m-turn")).to_have_count(40)
    stayed = page.locator(".m-question").nth(30)
    expect(stayed).to_have_text(first, use_inner_text=True)
    expect(stayed).to_be_in_viewport()
    expect(earlier).to_be_focused()


def _kept(tea: Assistant, folder: Path, length: int, reader: str) -> str:
    """A conversation of a reader's with so many turns, all of them alike."""
    kept = ""
    with closing(Conversations.open(folder / "conversations.db")) as store:
        answer = tea.ask("What is a teapot?")
        for number in range(length, 0, -1):
            asked = replace(answer, question=f"Tea pot {number}")
            kept = store.add(kept, asked, [], tea.glossary, reader=reader).conversation_id
    return kept
