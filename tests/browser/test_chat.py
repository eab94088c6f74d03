"""What a person does on the page, done in a browser."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SLOW, ask, opened, served
from tests.conftest import TEA
from tests.openai_server import OpenAIServer, Reply


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
    opened(page, address, language)
    ask(page, question)
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
    opened(page, address)
    ask(page, "What is a token?")
    page.locator(".m-term").first.click(timeout=SLOW)
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("heading", name="Token")).to_be_visible(timeout=SLOW)
    dialog.locator(".m-chip", has_text="Embedding").click()
    expect(dialog.get_by_role("heading", name="Embedding")).to_be_visible(timeout=SLOW)


def test_the_page_turns_right_to_left_and_back(page: Page, address: str) -> None:
    opened(page, address)
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
    opened(page, address)
    page.get_by_role("button", name="What does “Foundation model” mean?").click()
    expect(page.locator(".m-answer")).to_contain_text("foundation model", timeout=SLOW)
    page.get_by_role("button", name=re.compile("example")).click()
    expect(page.locator(".m-answer")).to_have_count(2, timeout=SLOW)
    expect(page.locator(".m-question").nth(1)).to_contain_text("example")


def test_what_is_not_in_the_glossary(page: Page, address: str) -> None:
    opened(page, address)
    ask(page, "Who won the 2018 World Cup?")
    expect(page.locator(".m-answer")).to_contain_text("does not answer", timeout=SLOW)
    expect(page.locator(".m-marker")).to_have_count(0)


def test_the_keyboard_reaches_a_citation(page: Page, address: str) -> None:
    opened(page, address)
    ask(page, "What is a token?")
    marker = page.locator(".m-marker").first
    expect(marker).to_be_visible(timeout=SLOW)
    marker.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible(timeout=SLOW)


def test_what_a_reader_types_is_text(page: Page, address: str) -> None:
    opened(page, address)
    attack = "What is a token <img src=x onerror=\"document.title='x'\"> $a$ :smile: **b**?"
    ask(page, attack)
    expect(page.locator(".m-question")).to_have_text(attack, timeout=SLOW)
    expect(page).not_to_have_title("x")


def test_a_phone_is_wide_enough(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    opened(page, address, "ar")
    ask(page, "ما هو النموذج الأساسي؟")
    expect(page.locator(".m-answer")).to_be_visible(timeout=SLOW)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize(
    ("language", "question", "leads"),
    [
        (
            "en",
            "What is the difference between fine-tuning and prompt engineering?",
            ("Fine-tuning", "Prompt engineering"),
        ),
        (
            "ar",
            "ما الفرق بين الضبط الدقيق وهندسة الأوامر؟",
            ("الضبط الدقيق", "هندسة الأوامر"),
        ),
    ],
)
def test_a_comparison_stands_in_parts(
    page: Page, address: str, language: str, question: str, leads: tuple[str, str]
) -> None:
    opened(page, address, language)
    ask(page, question)
    parts = page.locator(".m-part")
    for number, lead in enumerate(leads):
        expect(parts.nth(number).locator(".m-lead")).to_have_text(lead, timeout=SLOW)
        expect(parts.nth(number)).to_contain_text(lead)
        expect(parts.nth(number).locator(".m-marker").first).to_be_visible()


@pytest.mark.parametrize(
    ("language", "question"),
    [("en", "List the terms in the category Agents"), ("ar", "اذكر مصطلحات فئة الوكلاء")],
)
def test_a_list_stands_as_a_list(page: Page, address: str, language: str, question: str) -> None:
    opened(page, address, language)
    ask(page, question)
    items = page.locator(".m-answer").get_by_role("list").get_by_role("listitem")
    expect(items.nth(4)).to_be_visible(timeout=SLOW)  # they come one by one
    assert items.count() >= 5
    for item in items.all():
        expect(item.locator(".m-marker")).not_to_have_count(0)


def test_a_quotation_runs_in_its_own_direction(page: Page, tea_folder: Path) -> None:
    with served("--glossary", str(TEA), "--data-dir", str(tea_folder)) as url:
        opened(page, url, "ar")
        ask(page, "ما هو kettle؟")
        quotation = page.locator(".m-answer blockquote")
        expect(quotation).to_contain_text("A kettle is a vessel", timeout=SLOW)
        expect(quotation).to_have_css("direction", "ltr")
        expect(quotation).to_contain_text("الإنجليزية")
        expect(page.locator(".m-answer")).to_have_css("direction", "rtl")


def test_explain_streams_from_a_server(
    page: Page, tea_folder: Path, model_server: OpenAIServer
) -> None:
    environment = {"OPENAI_BASE_URL": model_server.url, "OPENAI_API_KEY": "sk-test"}
    model_server.script.append(
        Reply(
            "A kettle is a vessel in which water is boiled [1]. Napoleon owned nine kettles [1]. "
            "A kettle has a handle and a spout [1].",
            pause=4.0,
            stall_after=75,
        )
    )
    with served("--glossary", str(TEA), "--data-dir", str(tea_folder), **environment) as url:
        opened(page, url)
        ask(page, "What is a kettle?")
        answer = page.locator(".m-answer")
        expect(answer).to_contain_text("in which water is boiled", timeout=SLOW)
        expect(answer).not_to_contain_text("spout")  # the rest is still on its way
        expect(answer).to_contain_text("a handle and a spout", timeout=SLOW)
        expect(answer).not_to_contain_text("Napoleon")
        withheld = page.get_by_text("Napoleon owned nine kettles.")
        expect(withheld).to_be_hidden()
        page.get_by_text("One sentence was withheld").click()
        expect(withheld).to_be_visible()


def test_a_model_that_fails_is_said_and_the_glossary_quoted(
    page: Page, tea_folder: Path, model_server: OpenAIServer
) -> None:
    environment = {"OPENAI_BASE_URL": model_server.url, "OPENAI_API_KEY": "sk-test"}
    broken = "A teapot is a vessel for tea leaves in hot water [1]. Tea is poured from it [1]."
    model_server.script.append(Reply(broken, pause=0.02, drop=True))
    model_server.always = Reply(status=401)
    with served("--glossary", str(TEA), "--data-dir", str(tea_folder), **environment) as url:
        opened(page, url)
        ask(page, "What is a teapot?")
        notice = page.locator(".m-notice")
        answer = page.locator(".m-answer")
        expect(notice).to_contain_text("the glossary's own words instead", timeout=SLOW)
        expect(answer).to_contain_text("A teapot is a vessel for steeping", timeout=SLOW)
        expect(answer).not_to_contain_text("for tea leaves")  # what was written is void
        expect(answer).to_have_count(1)

        page.get_by_role("button", name="Ask again").click()
        expect(notice.nth(1)).to_contain_text("refuses the key", timeout=SLOW)
        expect(answer).to_have_count(2)
        page.reload()
        expect(notice.nth(1)).to_contain_text("refuses the key", timeout=SLOW)  # and it stays
