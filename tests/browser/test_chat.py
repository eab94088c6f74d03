"""Answers of every shape, on the page: compared, listed, quoted from another language."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import SLOW, answered, ask, chiefly, opened, served
from tests.browser.scenes import COMPARED
from tests.conftest import TEA

LEADS = {
    "en": ("Fine-tuning", "Prompt engineering"),
    "ar": ("الضبط الدقيق", "هندسة الأوامر"),
}
LISTED = {"en": "List the terms in the category Agents", "ar": "اذكر مصطلحات فئة الوكلاء"}


@chiefly("en")
def test_a_comparison_and_a_list(page: Page, address: str, language: str) -> None:
    opened(page, address, language)
    turn = answered(page, COMPARED[language])
    parts = turn.locator(".m-part").filter(has=page.locator(".m-lead"))  # after the contrast
    for number, lead in enumerate(LEADS[language]):
        expect(parts.nth(number).locator(".m-lead")).to_have_text(lead)
        expect(parts.nth(number)).to_contain_text(lead)
        expect(parts.nth(number).locator(".m-marker").first).to_be_visible()

    turn = answered(page, LISTED[language])
    items = turn.locator(".m-answer").get_by_role("list").get_by_role("listitem")
    assert items.count() >= 5
    for item in items.all():
        expect(item.locator(".m-marker")).not_to_have_count(0)
    expect(turn.locator(".m-asked")).to_be_in_viewport()  # a new question comes into view


def test_a_quotation_runs_in_its_own_direction(page: Page, tea_folder: Path) -> None:
    with served("--glossary", str(TEA), "--data-dir", str(tea_folder)) as url:
        opened(page, url, "ar")
        ask(page, "ما هو kettle؟")
        quotation = page.locator(".m-answer blockquote")
        expect(quotation).to_contain_text("A kettle is a vessel", timeout=SLOW)
        expect(quotation).to_have_css("direction", "ltr")
        expect(quotation).to_contain_text("الإنجليزية")
        expect(page.locator(".m-answer")).to_have_css("direction", "rtl")
