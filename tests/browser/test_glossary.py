"""The glossary, as a reader goes about in it: by typing, by letter, by category."""

import re

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

from tests.browser.conftest import SLOW, chiefly, in_both
from ui.strings import strings

PHONE: ViewportSize = {"width": 360, "height": 740}
HALF = {"en": ("hallucinat", "Hallucination"), "ar": ("الهلوس", "الهلوسة")}
LETTERS = {"en": "B", "ar": "ب"}
CATEGORIES = {"en": "Agents", "ar": "الوكلاء"}


def _open(page: Page, address: str, language: str, query: str = "") -> None:
    page.goto(f"{address}/glossary?lang={language}{query}")
    expect(page.locator(".m-browse")).to_be_visible(timeout=SLOW)
    expect(_box(page)).to_be_visible(timeout=SLOW)


def _box(page: Page) -> Locator:
    return page.locator(".m-search input")


def _terms(page: Page) -> Locator:
    return page.locator(".m-row h3 a[data-at]")


def _at(page: Page, name: str) -> Locator:
    """The link or button that narrows the list by something; its chip aside."""
    return page.locator(f'[data-at="{name}"]').first


@chiefly("ar")
def test_typing_finds_and_leaves_the_box_alone(page: Page, address: str, language: str) -> None:
    typed, term = HALF[language]
    _open(page, address, language)
    box = _box(page)
    box.click()
    steps = page.evaluate("history.length")
    for number, letter in enumerate(typed):  # some letters come while results are drawn
        page.keyboard.type(letter)
        page.wait_for_timeout(260 if number % 3 == 0 else 40)
    expect(_terms(page).first).to_have_text(term, timeout=SLOW)
    expect(page.locator(".m-row mark").first).to_be_visible()
    expect(box).to_have_value(typed)
    expect(box).to_be_focused()
    expect(page).to_have_url(re.compile(r"[?&]q="))
    assert page.evaluate("history.length") == steps  # no step back for each letter


def test_the_caret_stays_where_one_types(page: Page, address: str) -> None:
    _open(page, address, "en", "&q=network")
    box = _box(page)
    box.click()
    box.press("Home")
    for letter in "neural ":
        box.press(letter)
        page.wait_for_timeout(230)
    expect(box).to_have_value("neural network")
    expect(_terms(page).first).to_have_text("Neural network", timeout=SLOW)
    assert box.evaluate("box => box.selectionStart") == len("neural ")


@chiefly("en")
def test_a_letter_is_chosen_and_lifted(page: Page, address: str, language: str) -> None:
    _open(page, address, language)
    whole = _terms(page).count()
    name = f"letter-{LETTERS[language]}"
    _at(page, name).click()
    expect(_at(page, name)).to_have_attribute("aria-current", "true", timeout=SLOW)
    expect(page.locator(".m-group h2")).to_have_text(LETTERS[language])
    assert 0 < _terms(page).count() < whole
    page.go_back()
    expect(_terms(page)).to_have_count(whole, timeout=SLOW)
    page.go_forward()
    expect(_at(page, name)).to_have_attribute("aria-current", "true", timeout=SLOW)
    page.locator(".m-lift").click()
    expect(_terms(page)).to_have_count(whole, timeout=SLOW)


def test_the_keyboard_keeps_its_place(page: Page, address: str) -> None:
    _open(page, address, "en")
    _at(page, "letter-B").focus()
    page.keyboard.press("Enter")
    expect(_at(page, "letter-B")).to_have_attribute("aria-current", "true", timeout=SLOW)
    expect(_at(page, "letter-B")).to_be_focused()
    page.keyboard.press("/")
    expect(_box(page)).to_be_focused()
    expect(_box(page)).to_have_value("")


def test_another_list_is_shown_from_its_top(page: Page, address: str) -> None:
    _open(page, address, "en")
    _terms(page).last.scroll_into_view_if_needed()
    _at(page, "letter-M").click()  # the letters stay in sight
    expect(_at(page, "letter-M")).to_have_attribute("aria-current", "true", timeout=SLOW)
    expect(_box(page)).to_be_in_viewport()
    expect(page.locator(".m-group h2").first).to_be_in_viewport()


@chiefly("ar")
def test_filters_go_together_and_stay_by_reload(page: Page, address: str, language: str) -> None:
    _open(page, address, language)
    _at(page, f"category-{CATEGORIES[language]}").click()
    expect(page.locator(".m-lift")).to_have_count(1, timeout=SLOW)
    count = page.get_by_role("status").and_(page.locator(".m-count"))
    before = count.inner_text()
    letters = page.locator(".m-letters a:not([aria-current])")
    letter = letters.first.get_attribute("data-at")
    letters.first.click()
    expect(page.locator(".m-lift")).to_have_count(2, timeout=SLOW)
    expect(count).not_to_have_text(before)
    said, terms = count.inner_text(), _terms(page).all_inner_texts()
    page.reload()
    expect(_terms(page)).to_have_text(terms, timeout=SLOW)
    expect(count).to_have_text(said)
    expect(page.locator(f'[data-at="{letter}"]')).to_have_attribute("aria-current", "true")


def test_a_query_in_the_address_stands_in_the_box(page: Page, address: str) -> None:
    _open(page, address, "en", "&q=hallucination")
    expect(_box(page)).to_have_value("hallucination")
    expect(_terms(page).first).to_have_text("Hallucination")


def test_what_is_clicked_right_after_typing_counts_too(page: Page, address: str) -> None:
    _open(page, address, "en")
    _box(page).press_sequentially("model")
    _at(page, "category-Models").click()
    expect(page.locator(".m-lift")).to_have_count(2, timeout=SLOW)
    expect(_box(page)).to_have_value("model")
    expect(page).to_have_url(re.compile(r"category=Models&q=model"))


@chiefly("en")
def test_both_languages_stand_side_by_side(page: Page, address: str, language: str) -> None:
    words = strings(language)
    _open(page, address, language, "&q=token")
    page.get_by_role("button", name=words["both"]).click()
    pair = page.locator(".m-pair").first
    expect(pair).to_be_visible(timeout=SLOW)
    expect(pair.locator("[lang=ar]")).to_have_attribute("dir", "rtl")
    expect(pair.locator("[lang=en]")).to_have_attribute("dir", "ltr")
    boxes = [side.bounding_box() for side in pair.locator("> div").all()]
    assert boxes[0]
    assert boxes[1]
    assert boxes[0]["y"] == boxes[1]["y"]
    assert (boxes[0]["x"] < boxes[1]["x"]) == (language == "en")
    page.reload()
    expect(pair).to_be_visible(timeout=SLOW)  # it is kept
    page.set_viewport_size(PHONE)
    boxes = [side.bounding_box() for side in pair.locator("> div").all()]
    assert boxes[0]
    assert boxes[1]
    assert boxes[0]["y"] < boxes[1]["y"]  # one under the other


def test_an_entry_opens_and_the_way_back_leads_to_the_list(page: Page, address: str) -> None:
    _open(page, address, "en", "&letter=H")
    page.get_by_role("link", name="Hallucination", exact=True).click()
    expect(page).to_have_url(re.compile(r"/term\?.*id=hallucination"), timeout=SLOW)
    expect(page.locator(".m-browse")).to_have_count(0, timeout=SLOW)
    page.go_back()
    expect(_at(page, "letter-H")).to_have_attribute("aria-current", "true", timeout=SLOW)


@chiefly("ar")
def test_what_is_not_found_can_be_asked(page: Page, address: str, language: str) -> None:
    _open(page, address, language)
    _box(page).fill("zzyzx")
    nothing = page.locator(".m-none")
    expect(nothing).to_contain_text("zzyzx", timeout=SLOW)
    nothing.get_by_role("button", name=strings(language)["none_ask"]).click()
    expect(page.locator(".m-question")).to_contain_text("zzyzx", timeout=SLOW)


@in_both
def test_a_phone_is_wide_enough(page: Page, address: str, language: str) -> None:
    page.set_viewport_size(PHONE)
    for query in ("", f"&letter={LETTERS[language]}", "&q=zzyzx", "&q=token"):
        _open(page, address, language, query)
        page.wait_for_timeout(300)
        wide = "Math.max(...[...document.querySelectorAll('html, body, [data-testid=stMain]')]"
        assert page.evaluate(f"{wide}.map(each => each.scrollWidth))") <= PHONE["width"]


@pytest.mark.parametrize("letter", ["S", "ZZZ", "<b>"])
def test_any_address_is_answered(page: Page, address: str, letter: str) -> None:
    _open(page, address, "en", f"&letter={letter}&category=%00&q=")
    expect(_terms(page).first).to_be_visible()
