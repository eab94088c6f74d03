"""The page of a term, as a reader goes about in it."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from knowledge.language.text import clean
from tests.browser.conftest import ask, eventually, opened, overflow
from ui.strings import LANGUAGES, strings

TERMS = {"en": "Foundation model", "ar": "النموذج الأساسي"}
RELATED = {"en": "Large language model", "ar": "النموذج اللغوي الكبير"}
AR, EN = strings("ar"), strings("en")


def _open(page: Page, address: str, language: str) -> None:
    page.goto(f"{address}/term?id=foundation-model&lang={language}")
    _is_at(page, TERMS[language], language)


def _app(page: Page) -> Locator:
    """What the app shows, not the plain document before it."""
    return page.get_by_test_id("stApp")


def _is_at(page: Page, term: str, language: str) -> None:
    expect(_app(page).locator("h1")).to_have_text(term)
    expect(page).to_have_url(re.compile(rf"/term\?.*lang={language}"))
    expect(page.locator("html")).to_have_css("direction", "rtl" if language == "ar" else "ltr")


def _entry(page: Page) -> str:
    return parse_qs(urlsplit(page.url).query)["id"][0]


def test_a_term_leads_to_others_and_back_without_a_new_page(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    _open(page, address, "ar")
    expect(page).to_have_title(f"{TERMS['ar']} — {AR['title']}")
    page.evaluate("window.here = true")  # gone as soon as the page is loaded anew
    heading = _app(page).locator("h1")
    _app(page).locator(".m-chip", has_text=RELATED["ar"]).first.click()
    _is_at(page, RELATED["ar"], "ar")
    _app(page).locator(".m-link").first.click()
    expect(heading).not_to_have_text(RELATED["ar"])
    here, term = _entry(page), heading.inner_text()
    _app(page).locator("[rel=next]").click()
    expect(_app(page).locator("[rel=prev] b")).to_have_text(term)
    expect(heading).to_be_in_viewport()  # it is read from its beginning
    page.keyboard.press("BracketLeft")
    _is_at(page, term, "ar")
    assert _entry(page) == here
    assert page.evaluate("window.here") is True


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_entry_stands_beside_the_chat_where_there_is_room(
    page: Page, address: str, language: str
) -> None:
    opened(page, address, language)
    ask(page, strings(language)["example_what"].format(term=TERMS[language]))
    expect(page.locator(".m-actions")).to_be_visible()
    page.locator(".m-marker").last.click()
    sheet, answer = page.get_by_role("dialog"), page.locator(".m-answer")
    expect(sheet.locator("#m-quote")).to_be_in_viewport()
    close = sheet.get_by_role("button").first
    for width, height in ((1280, 900), (320, 640), (1600, 900)):
        page.set_viewport_size({"width": width, "height": height})

        def stands(width: int = width, height: int = height) -> bool:
            """Over the whole, or beside the answer: to be waited for, as it slides in."""
            box, button, said = (each.bounding_box() for each in (sheet, close, answer))
            if not box or not button or min(button["width"], button["height"]) < 44:
                return False
            if width < 1024 or not said:
                return box == {"x": 0, "y": 0, "width": width, "height": height}
            first, second = (box, said) if language == "ar" else (said, box)
            return first["x"] + first["width"] <= second["x"] and box["width"] < width / 2

        eventually(page, stands)
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    title, first = sheet.get_by_role("heading").first, TERMS[language]
    back = strings(language)["entry_before"].format(term=first)
    for link, go_back in (
        (sheet.locator(".m-link").first, sheet.get_by_text(back).click),
        (answer.locator(".m-link").last, page.go_back),  # the chat is there beside it
    ):
        link.click()
        expect(sheet.get_by_text(back)).to_be_visible()
        expect(title).not_to_have_text(first)
        go_back()
        expect(title).to_have_text(first)


@pytest.mark.parametrize("language", LANGUAGES)
def test_formulas_and_figures_are_drawn_and_told(page: Page, address: str, language: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{address}/term?id=attention&lang={language}")
    formula = _app(page).locator(".m-block-math math")
    expect(formula).to_be_visible()
    assert formula.evaluate("(e) => e.namespaceURI") == "http://www.w3.org/1998/Math/MathML"
    figure = _app(page).locator(".m-block-figure").get_by_role("img")
    expect(figure).to_be_visible()
    caption = _app(page).locator(".m-caption").inner_text()
    assert figure.get_attribute("aria-label") == " ".join(clean(caption).split())
    assert overflow(page) <= 0


PLACES = """(app, shown) => {
  const walker = document.createTreeWalker(app, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.data.indexOf(shown);
    if (at < 0) continue;
    return [...shown].map((_, n) => {
      const range = document.createRange();
      range.setStart(node, at + n); range.setEnd(node, at + n + 1);
      const box = range.getBoundingClientRect();
      return [box.x, box.y];
    });
  }
}"""


def test_a_sum_in_an_arabic_line_is_read_from_left_to_right_unbroken(
    page: Page, address: str
) -> None:
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto(f"{address}/term?id=backpropagation&lang=ar")
    expect(_app(page).get_by_text("ميل الوزن الثاني")).to_be_visible()
    places = _app(page).evaluate(PLACES, "−4 × 6 = −24".replace(" ", "\u00a0"))
    across, lines = zip(*places, strict=True)
    assert list(across) == sorted(across)
    assert len(set(lines)) == 1
