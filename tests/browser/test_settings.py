"""The settings: what a reader chooses is there at once, and on the next visit."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import SLOW, answered, chiefly, does, eventually, in_both, opened
from tests.browser.scenes import QUESTIONS
from ui.strings import strings

OTHER = {"en": "ar", "ar": "en"}
CATEGORIES = {"en": "Agents", "ar": "الوكلاء"}


def _settings(page: Page) -> Locator:
    does(page, "settings").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible(timeout=SLOW)
    return dialog


def _choose(page: Page, name: str) -> None:
    page.get_by_role("dialog").get_by_role("radio", name=name, exact=True).click()


def _leave(page: Page) -> None:
    page.wait_for_timeout(300)
    app = page.get_by_test_id("stApp")  # a page that is drawn anew meanwhile may not hear the key
    expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=SLOW)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden(timeout=SLOW)


def _is_dark(page: Page) -> bool:
    paper = page.get_by_test_id("stApp").evaluate("app => getComputedStyle(app).backgroundColor")
    red, green, blue = map(int, re.findall(r"\d+", paper)[:3])
    return red + green + blue < 3 * 64


def _size(page: Page) -> float:
    return float(
        page.locator("html").evaluate("root => parseFloat(getComputedStyle(root).fontSize)")
    )


@in_both
def test_the_language_changes_and_is_remembered(page: Page, address: str, language: str) -> None:
    opened(page, address, language)
    html = page.locator("html")
    other = OTHER[language]
    expect(html).to_have_attribute("dir", "ltr" if language == "en" else "rtl")
    page.locator(".m-speak").click()
    expect(html).to_have_attribute("lang", other, timeout=SLOW)
    expect(html).to_have_attribute("dir", "rtl" if language == "en" else "ltr")
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text(strings(other)["title"])
    sidebar = page.get_by_test_id("stSidebar").bounding_box()
    assert sidebar
    assert (sidebar["x"] > 600) == (other == "ar")  # it stands where a reader begins

    again = page.context.new_page()
    again.goto(address)  # without ?lang
    expect(again.locator("html")).to_have_attribute("lang", other, timeout=SLOW)
    expect(again.locator(".m-head h1")).to_have_text(strings(other)["title"], timeout=SLOW)


@chiefly("en")
def test_light_dark_and_size_are_remembered(page: Page, address: str, language: str) -> None:
    words = strings(language)
    opened(page, address, language)
    before = _size(page)
    _settings(page)
    _choose(page, words["size_huge"])
    eventually(page, lambda: _size(page) > before * 1.2)
    assert not _is_dark(page)
    _choose(page, words["theme_dark"])
    eventually(page, lambda: _is_dark(page))

    again = page.context.new_page()
    opened(again, address, language)
    assert _is_dark(again)
    assert _size(again) > before * 1.2
    _settings(again)
    _choose(again, words["theme_light"])
    eventually(again, lambda: not _is_dark(again))


@chiefly("ar")
def test_length_and_category_change_the_next_answer(
    page: Page, address: str, language: str
) -> None:
    words = strings(language)
    opened(page, address, language)
    _settings(page)
    _choose(page, words["length_full"])
    _leave(page)
    full = answered(page, QUESTIONS[language]).locator(".m-sentence").count()
    dialog = _settings(page)
    _choose(page, words["length_short"])
    option = page.get_by_role("option", name=CATEGORIES[language], exact=True)

    def unfolded() -> bool:
        if not option.is_visible():  # the choice before it may have drawn the dialog anew
            dialog.get_by_role("combobox").click()
        return option.is_visible()

    eventually(page, unfolded)
    option.click()
    chip = page.locator(".m-within")
    expect(chip).to_contain_text(CATEGORIES[language], timeout=SLOW)
    _leave(page)
    turn = answered(page, QUESTIONS[language])
    expect(turn.locator(".m-absent")).to_be_visible()
    chip.get_by_role("button").click()
    expect(chip).to_have_count(0, timeout=SLOW)

    again = page.context.new_page()
    opened(again, address, language)
    short = answered(again, QUESTIONS[language]).locator(".m-sentence").count()
    assert 0 < short < full


@pytest.mark.parametrize("language", ["en"])
def test_single_keys_can_be_switched_off(page: Page, address: str, language: str) -> None:
    words = strings(language)
    opened(page, address, language)
    dialog = _settings(page)
    dialog.get_by_text(words["setting_keys"]).click()
    kept = "decodeURIComponent(document.cookie)"
    eventually(page, lambda: '"keys":false' in page.evaluate(kept))
    _leave(page)
    page.locator(".m-head").click()
    page.keyboard.press("g")
    page.wait_for_timeout(500)
    expect(page).not_to_have_url(re.compile("glossary"))
    again = page.context.new_page()
    opened(again, address, language)
    again.locator(".m-head").click()
    again.keyboard.press("g")
    again.wait_for_timeout(500)
    expect(again).not_to_have_url(re.compile("glossary"))
