"""The map, as a reader goes about on it: with a pointer, with the keyboard, on a telephone.

It is a canvas: what is on it is told by where its ink lies, and by what a press there opens.
"""

import re
from contextlib import suppress
from itertools import combinations

import pytest
from playwright.sync_api import Error, Locator, Page, expect

from tests.browser.conftest import SLOW, eventually, settled
from ui.strings import LANGUAGES, strings

TERMS = {"en": "Foundation model", "ar": "النموذج الأساسي"}
AR, EN = strings("ar"), strings("en")
SPREAD = """
(canvas) => {
  const { width, height } = canvas
  const pixels = canvas.getContext("2d").getImageData(0, 0, width, height).data
  let far = 0, ink = 0
  for (let at = 0; at < pixels.length; at += 4) {
    const [red, green, blue, seen] = pixels.subarray(at, at + 4)
    if (seen < 128 || Math.max(red, green, blue) - Math.min(red, green, blue) < 48) continue
    const place = at / 4
    far += Math.hypot((place % width) - width / 2, Math.floor(place / width) - height / 2)
    ink += 1
  }
  return ink ? far / ink / height : 0
}
"""
"""How far the coloured points lie from the middle, on average, in heights of the map."""


def _open(page: Page, address: str, language: str, query: str = "") -> None:
    page.goto(f"{address}/map?lang={language}{query}")
    expect(_canvas(page)).to_be_visible()
    settled(page)
    eventually(page, lambda: _spread(page) > 0)


def _canvas(page: Page) -> Locator:
    return page.get_by_test_id("stEChartsChart").locator("canvas").first


def _spread(page: Page) -> float:
    return float(_canvas(page).evaluate(SPREAD))


def _at_rest(page: Page) -> float:
    """The spread, once it stays: the map moves for a moment."""
    seen = [0.0]

    def stays() -> bool:
        seen.append(_spread(page))
        return seen[-1] > 0 and seen[-3:] == [seen[-1]] * 3

    eventually(page, stays)
    return seen[-1]


def _press(page: Page, right: float = 0, down: float = 0) -> None:
    """Presses where a term stands that was found: in the middle, the margins aside."""
    box = _canvas(page).bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2 + right, box["y"] + box["height"] / 2 - 8 + down)


def _opens(page: Page, term: str, right: float = 0, down: float = 0) -> None:
    """Presses there until the term opens: a second press before that would open it once more."""
    sheet = page.get_by_role("dialog")
    _at_rest(page)

    def opened() -> bool:
        _press(page, right, down)
        with suppress(Error):
            sheet.wait_for(timeout=SLOW / 4)
        return sheet.is_visible()

    eventually(page, opened)
    expect(sheet).to_contain_text(term)


def test_a_term_that_is_pressed_is_read_over_the_map(page: Page, address: str) -> None:
    _open(page, address, "ar", "&id=foundation-model")
    page.evaluate("window.here = true")  # gone as soon as the page is loaded anew
    sheet = page.get_by_role("dialog")
    for _ in range(2):  # again, which lets go of the term and is to open it all the same
        _opens(page, TERMS["ar"])
        expect(page).to_have_url(re.compile(r"/map\?"))
        page.keyboard.press("Escape")
        expect(sheet).to_have_count(0)
    _opens(page, TERMS["ar"])
    sheet.get_by_role("link", name=AR["term_page"]).click()
    expect(page).to_have_url(re.compile(r"/term\?.*id=foundation-model"))
    assert page.evaluate("window.here") is True


def test_a_term_is_found_by_typing_and_by_the_list(page: Page, address: str) -> None:
    _open(page, address, "en")
    field = page.get_by_role("combobox", name=EN["map_find"])
    field.fill(TERMS["en"])
    field.press("Enter")
    expect(page).to_have_url(re.compile(r"id=foundation-model"))
    _opens(page, TERMS["en"])
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_text(EN["map_as_list"]).click()
    listed = page.locator(".m-map-list")
    listed.get_by_role("link", name=TERMS["en"], exact=True).first.click()
    expect(page.get_by_role("dialog")).to_contain_text(TERMS["en"])


def test_the_buttons_come_nearer_and_go_farther(page: Page, address: str) -> None:
    _open(page, address, "en")
    whole = _at_rest(page)
    page.get_by_role("button", name=EN["map_nearer"]).click()
    eventually(page, lambda: _spread(page) > 1.02 * whole)
    near = _at_rest(page)
    page.get_by_role("button", name=EN["map_farther"]).click()
    eventually(page, lambda: _spread(page) < 0.99 * near)
    page.get_by_role("button", name=EN["map_nearer"]).click()
    page.get_by_role("button", name=EN["map_whole"]).click()
    eventually(page, lambda: abs(_spread(page) / whole - 1) < 0.01)


def test_the_map_is_dragged_and_a_term_pressed_where_it_is_then(page: Page, address: str) -> None:
    _open(page, address, "en", "&id=foundation-model")
    _at_rest(page)
    box = _canvas(page).bounding_box()
    assert box
    page.mouse.move(box["x"] + 40, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + 140, box["y"] + 90, steps=5)
    page.mouse.up()
    page.mouse.move(0, 0)
    _opens(page, TERMS["en"], 100, 50)


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


@pytest.mark.parametrize("language", LANGUAGES)
def test_around_a_term_nothing_overlaps(page: Page, address: str, language: str) -> None:
    around = page.locator(".m-network a, .m-network b")
    for width in (320, 800):
        page.set_viewport_size({"width": width, "height": 740})
        page.goto(f"{address}/term?id=rlhf&lang={language}")
        expect(page.locator(".m-network")).to_be_visible()
        eventually(page, lambda: _apart(around))
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator(".m-network a").first.click()
    expect(page).not_to_have_url(re.compile("id=rlhf"))
