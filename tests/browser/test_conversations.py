"""Conversations: kept, listed, found again, shared by link, and nobody else's."""

import json
import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from assistant.assistant import Assistant
from assistant.conversations.store import Conversations
from tests.browser.conftest import SLOW, answered, chiefly, last_turn, opened, served
from tests.browser.scenes import QUESTIONS
from tests.conftest import TEA
from ui.reader import TOKEN_COOKIE
from ui.strings import strings

KEPT = re.compile(r"[?&]c=\w{22}")
SECOND = {"en": "What is a token?", "ar": "ما هو الرمز؟"}
QUESTIONS_OF_TEA = {"en": "What is a kettle?", "ar": "ما هو النعناع؟"}
THIRD = {"en": "Give me an example of it.", "ar": "أعطني مثالًا عليه."}


def _listed(page: Page) -> Locator:
    return page.locator(".m-conversations li > a")


def _manage(page: Page, number: int = 0) -> Locator:
    page.locator(".m-conversations li").nth(number).get_by_role("button").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible(timeout=SLOW)
    return dialog


@contextmanager
def _another_reader(page: Page) -> Iterator[Page]:
    assert page.context.browser
    context = page.context.browser.new_context(locale="en-GB")
    yield context.new_page()
    context.close()


@chiefly("ar")
def test_they_are_listed_found_and_opened(page: Page, address: str, language: str) -> None:
    words = strings(language)
    opened(page, address, language)
    expect(page.get_by_text(words["conversations_none"])).to_be_visible(timeout=SLOW)
    answered(page, QUESTIONS[language])
    expect(_listed(page)).to_have_text([QUESTIONS[language]])  # at once
    expect(page).to_have_url(KEPT)
    page.get_by_role("button", name=words["new_chat"]).click()
    expect(page.locator(".m-turn")).to_have_count(0, timeout=SLOW)
    expect(page).not_to_have_url(KEPT)
    answered(page, SECOND[language])
    expect(_listed(page)).to_have_text([SECOND[language], QUESTIONS[language]])
    expect(page.locator(".m-conversations [aria-current=page]")).to_have_text(SECOND[language])

    search = page.get_by_label(words["conversations_search"])
    search.fill({"en": "unlabelled", "ar": "موسوم"}[language])
    search.press("Enter")
    expect(_listed(page)).to_have_text([QUESTIONS[language]], timeout=SLOW)
    search.fill("xyzzy")
    search.press("Enter")
    expect(page.get_by_text(words["conversations_not_found"])).to_be_visible(timeout=SLOW)
    search.fill("")
    search.press("Enter")
    expect(_listed(page)).to_have_count(2, timeout=SLOW)
    _listed(page).last.click()
    expect(page.locator(".m-question")).to_contain_text(QUESTIONS[language], timeout=SLOW)
    current = page.locator(".m-conversations [aria-current=page]")
    expect(current).to_have_text(QUESTIONS[language])


@chiefly("en")
def test_one_is_renamed_exported_deleted_and_brought_back(
    page: Page, address: str, language: str
) -> None:
    words = strings(language)
    opened(page, address, language)
    turn = answered(page, QUESTIONS[language])
    said = turn.locator(".m-sentence").first.inner_text()[:30]
    dialog = _manage(page)
    dialog.get_by_label(words["conversation_title"]).fill("للصف <b>* 1")
    dialog.get_by_role("button", name=words["conversation_rename"]).click()
    expect(_listed(page)).to_have_text(["للصف <b>* 1"], timeout=SLOW)

    dialog = _manage(page)
    with page.expect_download() as loading:
        dialog.get_by_role("button", name=words["conversation_markdown"]).click()
    markdown = loading.value.path().read_text("utf-8")
    assert loading.value.suggested_filename.endswith(".md")
    assert r"# للصف \<b\>\* 1" in markdown
    assert said in markdown
    with page.expect_download() as loading:
        dialog.get_by_role("button", name=words["conversation_json"]).click()
    held = json.loads(loading.value.path().read_text("utf-8"))
    assert held["title"] == "للصف <b>* 1"
    assert [each["answer"]["question"] for each in held["turns"]] == [QUESTIONS[language]]
    assert "reader" not in held

    dialog.get_by_role("button", name=words["conversation_delete"]).click()
    expect(_listed(page)).to_have_count(0, timeout=SLOW)
    expect(page.locator(".m-turn")).to_have_count(0)
    expect(page).not_to_have_url(KEPT)
    page.get_by_role("button", name=words["undo_delete"]).click()
    expect(_listed(page)).to_have_count(1, timeout=SLOW)
    _listed(page).click()
    expect(page.locator(".m-answer")).to_contain_text(said, timeout=SLOW)


@chiefly("ar")
def test_a_reload_and_a_second_tab_lose_nothing(page: Page, address: str, language: str) -> None:
    opened(page, address, language)
    turn = answered(page, SECOND[language])
    said = turn.locator(".m-answer").inner_text()
    page.reload()
    expect(page.locator(".m-answer")).to_have_text(said, use_inner_text=True, timeout=SLOW)
    other = page.context.new_page()
    other.goto(page.url)
    expect(other.locator(".m-answer")).to_have_text(said, use_inner_text=True, timeout=SLOW)
    answered(other, THIRD[language])
    expect(page.locator(".m-turn")).to_have_count(1)
    answered(page, QUESTIONS[language])  # this tab did not know of the other's turn
    turns = page.locator(".m-question")
    expect(turns).to_have_count(3, timeout=SLOW)
    expect(turns.nth(1)).to_contain_text(THIRD[language])
    other.reload()
    expect(other.locator(".m-turn")).to_have_count(3, timeout=SLOW)
    expect(_listed(other)).to_have_count(1)


@chiefly("en")
def test_another_reader_goes_on_in_a_copy(page: Page, address: str, language: str) -> None:
    words = strings(language)
    opened(page, address, language)
    answered(page, QUESTIONS[language])
    with _another_reader(page) as other:
        opened(other, address, language)
        answered(other, SECOND[language])
        expect(_listed(other)).to_have_text([SECOND[language]])  # two readers, two lists
        other.goto(page.url)
        expect(other.locator(".m-question")).to_contain_text(QUESTIONS[language], timeout=SLOW)
        expect(other.get_by_text(words["conversation_foreign"])).to_be_visible()
        expect(_listed(other)).to_have_text([SECOND[language]])
        expect(other.get_by_role("button", name=words["thumb_up"], exact=True)).to_have_count(0)
        answered(other, THIRD[language])
        expect(_listed(other)).to_have_count(2)
        assert other.url != page.url
        expect(other.get_by_text(words["conversation_foreign"])).to_have_count(0, timeout=SLOW)
    page.reload()
    expect(page.locator(".m-turn")).to_have_count(1, timeout=SLOW)
    expect(_listed(page)).to_have_text([QUESTIONS[language]])


def test_a_restart_loses_nothing(page: Page, tea_folder: Path) -> None:
    arguments = ("--glossary", str(TEA), "--data-dir", str(tea_folder))
    with served(*arguments) as url:
        opened(page, url)
        answered(page, "What is a kettle?")
        kept = page.url.removeprefix(url)
    with served(*arguments) as url:
        page.goto(url + kept)
        expect(page.locator(".m-answer")).to_contain_text("A kettle is a vessel", timeout=SLOW)
        expect(_listed(page)).to_have_text(["What is a kettle?"])  # a cookie knows no ports
        answered(page, "And a teapot?")
        expect(page.locator(".m-turn")).to_have_count(2)


@pytest.mark.parametrize(
    "asked",
    [
        "nothing",
        pytest.param("../../x", marks=pytest.mark.thorough),
        "'; DROP TABLE turns; --",
        pytest.param("a" * 3000, marks=pytest.mark.thorough),
    ],
)
def test_an_address_without_a_conversation_is_said(page: Page, address: str, asked: str) -> None:
    page.goto(f"{address}/?lang=ar&c={asked}")
    notice = page.locator(".m-notice")
    expect(notice).to_have_text(strings("ar")["conversation_unknown"], timeout=SLOW)
    expect(notice).to_be_in_viewport()
    if asked == "nothing":
        answered(page, QUESTIONS["ar"])
        expect(notice).to_have_count(0)
        expect(page).to_have_url(KEPT)


@chiefly("ar")
def test_a_question_in_a_long_conversation_sends_no_more_than_in_a_short_one(
    page: Page, tea_folder: Path, tea: Assistant, language: str
) -> None:
    words, question = strings(language), QUESTIONS_OF_TEA[language]
    with served("--glossary", str(TEA), "--data-dir", str(tea_folder)) as url:
        opened(page, url, language)
        cookies = {cookie.get("name"): cookie.get("value") for cookie in page.context.cookies()}
        received = [0]

        def receive(frame: str | bytes) -> None:
            received[0] += len(frame)

        page.on("websocket", lambda socket: socket.on("framereceived", receive))
        sent = {}
        for length in (12, 120):
            kept = _kept(tea, tea_folder, length, cookies[TOKEN_COOKIE] or "")
            page.goto(f"{url}/?lang={language}&c={kept}")
            expect(page.locator(".m-turn")).to_have_count(10, timeout=SLOW)
            last_turn(page, "Tea pot 1")
            received[0] = 0
            answered(page, question)
            sent[length] = received[0]
            expect(page.locator(".m-question").last).to_be_in_viewport()
        assert sent[120] < 1.2 * sent[12]

        earlier = page.get_by_role("button", name=words["turns_earlier"])
        first = page.locator(".m-question").first.inner_text()
        earlier.press("Enter")
        expect(page.locator(".m-turn")).to_have_count(40, timeout=SLOW)
        expect(page.locator(".m-question").nth(30)).to_have_text(first, use_inner_text=True)
        expect(page.locator(".m-question").nth(30)).to_be_in_viewport()  # it stays where it was
        expect(earlier).to_be_focused()


def _kept(tea: Assistant, folder: Path, length: int, reader: str) -> str:
    """A conversation of a reader's with so many turns, all of them alike."""
    with closing(Conversations.open(folder / "conversations.db")) as store:
        kept = ""
        answer = tea.ask("What is a teapot?")
        for number in range(length, 0, -1):
            asked = replace(answer, question=f"Tea pot {number}")
            kept = store.add(kept, asked, [], tea.glossary, reader=reader).conversation_id
    return kept
