"""The map, as a reader goes about on it: with a pointer, with the keyboard, on a telephone."""

import re
from itertools import combinations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import SLOW, chiefly, eventually
from ui.strings import LANGUAGES, strings

TERMS = {"en": "Foundation model", "ar": "النموذج الأساسي"}
MODELS = {"en": "Models", "ar": "النماذج"}


def _open(page: Page, address: str, language: str, query: str = "") -> None:
    page.goto(f"{address}/map?lang={language}{query}")
    expect(_canvas(page)).to_be_visible(timeout=SLOW)
    page.wait_for_timeout(500)  # it is drawn


def _canvas(page: Page) -> Locator:
    return page.get_by_test_id("stEChartsChart").locator("canvas").first


def _box(shown: Locator) -> dict[str, float]:
    box = shown.bounding_box()
    assert box
    return {"x": box["x"], "y": box["y"], "width": box["width"], "height": box["height"]}


def _press_middle(page: Page) -> None:
    """Where a term stands that was found: in the middle, the margins aside."""
    box = _box(_canvas(page))
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2 - 8)


def _apart(shown: Locator) -> bool:
    """Whether there are several and none overlaps another; measured at once, for they may move."""
    boxes: list[dict[str, float]] = shown.evaluate_all(
        "all => all.map(each => each.getBoundingClientRect().toJSON())"
    )
    return len(boxes) > 5 and all(
        a["right"] <= b["left"]
        or b["right"] <= a["left"]
        or a["bottom"] <= b["top"]
        or b["bottom"] <= a["top"]
        for a, b in combinations(boxes, 2)
    )


def _picture(page: Page) -> str:
    page.wait_for_timeout(500)
    return str(_canvas(page).evaluate("canvas => canvas.toDataURL()"))


@chiefly("ar")
def test_a_term_that_is_pressed_is_read_over_the_map(
    page: Page, address: str, language: str
) -> None:
    _open(page, address, language, "&id=foundation-model")
    page.evaluate("window.here = true")  # gone as soon as the page is loaded anew
    sheet = page.get_by_role("dialog")
    for _ in range(2):  # again, which lets go of the term and is to open it all the same
        _press_middle(page)
        expect(sheet).to_contain_text(TERMS[language], timeout=SLOW)
        expect(page).to_have_url(re.compile(r"/map\?"))
        page.keyboard.press("Escape")
        expect(sheet).to_have_count(0)
        page.wait_for_timeout(500)
    _press_middle(page)
    sheet.get_by_role("link", name=strings(language)["term_page"]).click(timeout=SLOW)
    expect(page).to_have_url(re.compile(r"/term\?.*id=foundation-model"), timeout=SLOW)
    assert page.evaluate("window.here") is True


@chiefly("en")
def test_a_term_is_found_by_typing(page: Page, address: str, language: str) -> None:
    _open(page, address, language)
    before = _picture(page)
    field = page.get_by_role("combobox", name=strings(language)["map_find"])
    field.fill(TERMS[language])
    field.press("Enter")
    expect(page).to_have_url(re.compile(r"id=foundation-model"), timeout=SLOW)
    assert _picture(page) != before
    _press_middle(page)
    expect(page.get_by_role("dialog")).to_contain_text(TERMS[language], timeout=SLOW)


@chiefly("ar")
def test_a_category_is_shown_alone_and_all_again(page: Page, address: str, language: str) -> None:
    _open(page, address, language)
    category = page.get_by_role("link", name=MODELS[language])
    before = _picture(page)
    category.click()
    expect(category).to_have_attribute("aria-current", "true", timeout=SLOW)
    expect(page).to_have_url(re.compile("category="))
    assert _picture(page) != before
    category.click()
    expect(category).not_to_have_attribute("aria-current", "true", timeout=SLOW)
    expect(page).not_to_have_url(re.compile("category="))
    page.mouse.move(0, 0)
    assert _picture(page) == before


def test_the_buttons_come_nearer_and_go_farther(page: Page, address: str) -> None:
    words = strings("en")
    _open(page, address, "en")
    whole = _picture(page)
    page.get_by_role("button", name=words["map_nearer"]).click()
    near = _picture(page)
    assert near != whole
    page.get_by_role("button", name=words["map_farther"]).click()
    assert _picture(page) != near
    page.get_by_role("button", name=words["map_nearer"]).click()
    page.get_by_role("button", name=words["map_whole"]).click()
    page.mouse.move(0, 0)
    page.wait_for_timeout(500)
    assert _picture(page) == whole


def test_the_map_is_dragged_and_stays_where_it_is_while_a_term_is_read(
    page: Page, address: str
) -> None:
    _open(page, address, "en", "&id=foundation-model")
    before = _picture(page)
    box = _box(_canvas(page))
    page.mouse.move(box["x"] + 40, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + 140, box["y"] + 90, steps=5)
    page.mouse.up()
    page.mouse.move(0, 0)
    assert _picture(page) != before
    page.mouse.click(box["x"] + box["width"] / 2 + 100, box["y"] + box["height"] / 2 - 8 + 50)
    expect(page.get_by_role("dialog")).to_contain_text(TERMS["en"], timeout=SLOW)


@chiefly("en")
def test_the_list_says_what_the_map_shows(page: Page, address: str, language: str) -> None:
    _open(page, address, language)
    page.get_by_text(strings(language)["map_as_list"]).click()
    listed = page.locator(".m-map-list")
    expect(listed.locator("section")).to_have_count(14)
    listed.get_by_role("link", name=TERMS[language], exact=True).first.click()
    expect(page.get_by_role("dialog")).to_contain_text(TERMS[language], timeout=SLOW)


@pytest.mark.thorough
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [320, 360, 1280])
def test_nothing_is_wider_than_the_screen(
    page: Page, address: str, language: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    for place in ("map", "term"):
        page.goto(f"{address}/{place}?id=rlhf&lang={language}")
        shown = _canvas(page) if place == "map" else page.locator(".m-network")
        expect(shown).to_be_visible(timeout=SLOW)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        box = _box(shown)
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [320, 800])
def test_around_a_term_nothing_overlaps(
    page: Page, address: str, language: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(f"{address}/term?id=rlhf&lang={language}")
    expect(page.locator(".m-network")).to_be_visible(timeout=SLOW)
    eventually(page, lambda: _apart(page.locator(".m-network a, .m-network b")))
    page.locator(".m-network a").first.click()
    expect(page).not_to_have_url(re.compile("id=rlhf"), timeout=SLOW)
