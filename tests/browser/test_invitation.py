"""The invitation: what a reader finds before the first question."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import SLOW, chiefly, last_turn, opened
from ui.strings import strings

ASKED = re.compile(r"^(What does “.+” mean\?|ما المقصود بمصطلح «.+»؟)$")


@chiefly("en")
def test_an_example_is_asked_by_a_click(page: Page, address: str, language: str) -> None:
    opened(page, address, language)
    expect(page.get_by_role("heading", level=1)).to_have_text(strings(language)["title"])
    examples = page.locator(".m-example")
    expect(examples).to_have_count(4, timeout=SLOW)
    start = strings(language)["example_what"].split("{term}")[0]
    assert all(ASKED.match(text) and text.startswith(start) for text in examples.all_inner_texts())

    question = examples.nth(1).inner_text()
    examples.nth(1).click()
    turn = last_turn(page, question)
    expect(turn.locator(".m-marker").first).to_be_visible()
    expect(page.locator(".m-example")).to_have_count(0)


@chiefly("ar")
def test_it_leads_to_the_term_of_the_day_and_to_the_glossary(
    page: Page, address: str, language: str
) -> None:
    opened(page, address, language)
    day = page.locator(".m-day .m-term")
    term = day.inner_text(timeout=SLOW)
    day.click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("heading", name=term, exact=True)).to_be_visible(timeout=SLOW)
    expect(dialog.locator(".m-entry")).to_have_attribute("lang", language)
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()

    size = page.locator(".m-size")
    expect(size).to_contain_text(re.compile(r"[٠-٩]{3}" if language == "ar" else r"[0-9]{3}"))
    assert not re.search(r"[0-9]" if language == "ar" else r"[٠-٩]", size.inner_text())
    size.get_by_role("link").click()
    expect(page).to_have_url(re.compile(rf"/glossary\?.*lang={language}"), timeout=SLOW)
    here = page.locator(".m-bar [aria-current=page]")
    expect(here).to_have_text(strings(language)["view_glossary"], timeout=SLOW)
