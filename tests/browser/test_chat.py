"""What a person does on the page, done in a browser."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import served
from tests.conftest import TEA
from tests.openai_server import OpenAIServer, Reply

SLOW = 20_000  # milliseconds: a first page on a busy machine


def _open(page: Page, address: str, language: str = "en") -> None:
    page.goto(f"{address}/?lang={language}")
    expect(_box(page)).to_be_visible(timeout=SLOW)


def _box(page: Page) -> Locator:
    return page.get_by_test_id("stChatInputTextArea")


def _ask(page: Page, question: str) -> None:
    _box(page).fill(question)
    _box(page).press("Enter")


@pytest.mark.parametrize(
    ("language", "question", "start"),
    [
        ("en", "What is a foundation model?", "A foundation model is"),
        ("ar", "ما هو النموذج الأساسي؟", "النموذج الأساسي"),
    ],
)
def test_a_question_is_answered_with_citations_that_open(
    page: Page, address: str, language: str, question: str, start: str
) -> None:
    _open(page, address, language)
    _ask(page, question)
    answer = page.locator(".m-answer")
    expect(answer).to_contain_text(start, timeout=SLOW)
    expect(answer).to_have_attribute("lang", language)
    first = page.locator(".m-marker").first
    expect(first).to_have_text("1")
    expect(page.locator(".m-card mark").first).to_contain_text(start)

    first.click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible(timeout=SLOW)
    quote = dialog.locator("mark")
    expect(quote).to_contain_text(start)
    expect(quote).to_be_in_viewport()
    assert quote.inner_text() in answer.inner_text()

    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(answer).to_contain_text(start)  # the chat is still there


def test_a_term_opens_its_entry_and_leads_to_related_ones(page: Page, address: str) -> None:
    _open(page, address)
    _ask(page, "What is a token?")
    page.locator(".m-term").first.click(timeout=SLOW)
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("heading", name="Token")).to_be_visible(timeout=SLOW)
    dialog.locator(".m-chip", has_text="Embedding").click()
    expect(dialog.get_by_role("heading", name="Embedding")).to_be_visible(timeout=SLOW)


def test_the_page_turns_right_to_left_and_back(page: Page, address: str) -> None:
    _open(page, address)
    html = page.locator("html")
    expect(html).to_have_attribute("dir", "ltr")
    page.get_by_role("radio", name="العربية").or_(
        page.get_by_text("العربية", exact=True)
    ).first.click()
    expect(html).to_have_attribute("dir", "rtl", timeout=SLOW)
    expect(html).to_have_attribute("lang", "ar")
    expect(page.get_by_role("heading", name="المسرد")).to_be_visible()
    sidebar = page.get_by_test_id("stSidebar").bounding_box()
    assert sidebar
    assert sidebar["x"] > 600  # on the right
    page.reload()
    expect(html).to_have_attribute("dir", "rtl", timeout=SLOW)  # and it stays
    page.get_by_text("English", exact=True).first.click()
    expect(html).to_have_attribute("dir", "ltr", timeout=SLOW)


def test_an_example_is_asked_and_a_follow_up_after_it(page: Page, address: str) -> None:
    _open(page, address)
    page.get_by_role("button", name="What does “Foundation model” mean?").click()
    expect(page.locator(".m-answer")).to_contain_text("foundation model", timeout=SLOW)
    page.get_by_role("button", name=re.compile("example")).click()
    expect(page.locator(".m-answer")).to_have_count(2, timeout=SLOW)
    expect(page.locator(".m-question").nth(1)).to_contain_text("example")


def test_what_is_not_in_the_glossary(page: Page, address: str) -> None:
    _open(page, address)
    _ask(page, "Who won the 2018 World Cup?")
    expect(page.locator(".m-answer")).to_contain_text("does not answer", timeout=SLOW)
    expect(page.locator(".m-marker")).to_have_count(0)


def test_a_new_conversation_can_be_undone(page: Page, address: str) -> None:
    _open(page, address)
    _ask(page, "What is a token?")
    expect(page.locator(".m-answer")).to_be_visible(timeout=SLOW)
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator(".m-answer")).to_have_count(0, timeout=SLOW)
    page.get_by_role("button", name="Bring the conversation back").click()
    expect(page.locator(".m-answer")).to_be_visible(timeout=SLOW)


def test_the_keyboard_reaches_a_citation(page: Page, address: str) -> None:
    _open(page, address)
    _ask(page, "What is a token?")
    marker = page.locator(".m-marker").first
    expect(marker).to_be_visible(timeout=SLOW)
    marker.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible(timeout=SLOW)


def test_what_a_reader_types_is_text(page: Page, address: str) -> None:
    _open(page, address)
    attack = "What is a token <img src=x onerror=\"document.title='x'\"> $a$ :smile: **b**?"
    _ask(page, attack)
    expect(page.locator(".m-question")).to_have_text(attack, timeout=SLOW)
    expect(page).not_to_have_title("x")


def test_two_readers_do_not_see_each_others_chats(page: Page, address: str) -> None:
    _open(page, address)
    _ask(page, "What is a token?")
    expect(page.locator(".m-answer")).to_be_visible(timeout=SLOW)
    browser = page.context.browser
    assert browser
    other = browser.new_context().new_page()
    _open(other, address)
    expect(other.locator(".m-answer")).to_have_count(0)
    other.context.close()


def test_a_phone_is_wide_enough(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    _open(page, address, "ar")
    _ask(page, "ما هو النموذج الأساسي؟")
    expect(page.locator(".m-answer")).to_be_visible(timeout=SLOW)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_explain_streams_from_a_server_and_falls_back_to_quotes(
    page: Page, tea_data: Path, model_server: OpenAIServer
) -> None:
    environment = {"OPENAI_BASE_URL": model_server.url, "OPENAI_API_KEY": "sk-test"}
    model_server.script.append(
        Reply(
            "A kettle is a vessel in which water is boiled [1]. Napoleon owned nine kettles [1]. "
            "A kettle has a handle and a spout [1].",
            pause=0.03,
        )
    )
    with served("--glossary", str(TEA), "--data-dir", str(tea_data), **environment) as url:
        _open(page, url)
        _ask(page, "What is a kettle?")
        answer = page.locator(".m-answer")
        expect(answer).to_contain_text("in which water is boiled", timeout=SLOW)
        expect(answer).not_to_contain_text("spout")  # the rest is still on its way
        expect(answer).to_contain_text("a handle and a spout", timeout=SLOW)
        expect(answer).not_to_contain_text("Napoleon")
        expect(page.get_by_text("One sentence was withheld")).to_be_visible()

        model_server.always = Reply(status=401)
        _ask(page, "What is a teapot?")
        expect(page.get_by_text("refuses the key")).to_be_visible(timeout=SLOW)
        page.get_by_role("button", name="Answer with the glossary's own words").click()
        expect(answer.nth(1)).to_contain_text("A teapot is a vessel", timeout=SLOW)
