"""The glossary, as a reader goes about in it: by typing, by letter, by category."""

import re

from playwright.sync_api import Locator, Page, expect


def _open(page: Page, address: str, language: str, query: str = "") -> None:
    page.goto(f"{address}/glossary?lang={language}{query}")
    expect(page.locator(".m-browse")).to_be_visible()
    expect(_box(page)).to_be_visible()


def _box(page: Page) -> Locator:
    return page.locator(".st-key-search input")


def _terms(page: Page) -> Locator:
    return page.locator(".m-row h3 a")


def _at(page: Page, name: str) -> Locator:
    """The link that narrows the list by something."""
    return page.locator(f'.m-browse nav [data-focus="{name}"]')


def test_letters_and_categories_go_together_by_history_and_reload(page: Page, address: str) -> None:
    _open(page, address, "ar")
    whole, lifts = _terms(page).count(), page.locator(".m-lift")
    _at(page, "letter-ب").click()
    expect(_at(page, "letter-ب")).to_have_attribute("aria-current", "true")
    expect(page.locator(".m-group h2")).to_have_text("ب")
    page.go_back()
    expect(_terms(page)).to_have_count(whole)
    page.go_forward()
    expect(_at(page, "letter-ب")).to_have_attribute("aria-current", "true")
    lifts.click()
    expect(_terms(page)).to_have_count(whole)

    _box(page).fill("نموذج")
    _box(page).press("Enter")
    expect(lifts).to_have_count(1)
    _at(page, "category-النماذج").click()
    expect(lifts).to_have_count(2)
    expect(page).to_have_url(re.compile(r"category=.+&q=.+"))
    expect(page.get_by_role("status").and_(page.locator(".m-count"))).to_be_visible()
    terms = _terms(page).all_inner_texts()
    assert 0 < len(terms) < whole
    page.reload()
    expect(_terms(page)).to_have_text(terms)
    _terms(page).first.click()
    expect(page).to_have_url(re.compile(r"/term\?"))
    expect(page.locator(".m-browse")).to_have_count(0)
    page.go_back()
    expect(lifts).to_have_count(2)
