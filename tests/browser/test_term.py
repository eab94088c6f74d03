"""The page of a term, as a reader goes about in it."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import SLOW, ask, chiefly, opened
from ui.strings import LANGUAGES, strings

TERMS = {"en": "Foundation model", "ar": "النموذج الأساسي"}
RELATED = {"en": "Large language model", "ar": "النموذج اللغوي الكبير"}


def _open(page: Page, address: str, language: str, entry_id: str = "foundation-model") -> None:
    page.goto(f"{address}/term?id={entry_id}&lang={language}")
    expect(_app(page).locator("h1")).to_be_visible(timeout=SLOW)


def _app(page: Page) -> Locator:
    """What the app shows, not the plain document before it."""
    return page.get_by_test_id("stApp")


def _is_at(page: Page, term: str, language: str) -> None:
    expect(_app(page).locator("h1")).to_have_text(term, timeout=SLOW)
    expect(page).to_have_url(re.compile(rf"/term\?.*lang={language}"))


def _entry(page: Page) -> str:
    return parse_qs(urlsplit(page.url).query)["id"][0]


@chiefly("en")
def test_a_term_opens_by_its_address_and_stays(page: Page, address: str, language: str) -> None:
    _open(page, address, language)
    for _ in range(2):
        _is_at(page, TERMS[language], language)
        html = page.locator("html")
        expect(html).to_have_attribute("dir", "rtl" if language == "ar" else "ltr", timeout=SLOW)
        expect(page).to_have_title(f"{TERMS[language]} — {strings(language)['title']}")
        page.reload()


@chiefly("ar")
def test_a_term_leads_to_others_and_back(page: Page, address: str, language: str) -> None:
    _open(page, address, language)
    page.evaluate("window.here = true")  # gone as soon as the page is loaded anew
    _app(page).locator(".m-chip", has_text=RELATED[language]).first.click()
    _is_at(page, RELATED[language], language)
    _app(page).locator(".m-link").first.click()
    expect(_app(page).locator("h1")).not_to_have_text(RELATED[language], timeout=SLOW)
    here = _entry(page)
    term = _app(page).locator("h1").inner_text()
    _app(page).locator("[rel=next]").click()
    expect(_app(page).locator("h1")).not_to_have_text(term, timeout=SLOW)
    assert _entry(page) != here
    expect(_app(page).locator("[rel=prev] b")).to_have_text(term, timeout=SLOW)
    _app(page).locator("[rel=prev]").click()
    _is_at(page, term, language)
    assert _entry(page) == here
    assert page.evaluate("window.here") is True


def test_the_next_term_is_read_from_its_beginning(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    _open(page, address, "en")
    _app(page).locator("[rel=next]").click()
    expect(_app(page).locator("h1")).not_to_have_text(TERMS["en"], timeout=SLOW)
    expect(_app(page).locator("h1")).to_be_in_viewport()


def test_the_keys_lead_to_the_terms_before_and_after(page: Page, address: str) -> None:
    _open(page, address, "en")
    after = _app(page).locator("[rel=next] b").inner_text()
    page.locator("h1").click()
    page.keyboard.press("BracketRight")
    _is_at(page, after, "en")
    expect(_app(page).locator("[rel=prev] b")).to_have_text(TERMS["en"])
    page.keyboard.press("BracketLeft")
    _is_at(page, TERMS["en"], "en")


def test_a_term_is_read_in_the_other_language(page: Page, address: str) -> None:
    _open(page, address, "en")
    for language in ("ar", "en"):
        _app(page).locator(".m-versions a", has_text=TERMS[language]).click()
        _is_at(page, TERMS[language], language)
        direction = "rtl" if language == "ar" else "ltr"
        expect(page.locator("html")).to_have_attribute("dir", direction, timeout=SLOW)


@chiefly("en")
def test_a_term_is_asked_about(page: Page, address: str, language: str) -> None:
    _open(page, address, language)
    page.get_by_role("button", name=strings(language)["term_ask"]).click()
    question = strings(language)["example_what"].format(term=TERMS[language])
    expect(page.locator(".m-question")).to_contain_text(question, timeout=SLOW)
    answer = page.locator(".m-answer")
    expect(answer).to_contain_text(TERMS[language], ignore_case=True, timeout=SLOW)
    expect(answer).to_have_attribute("lang", language)
    expect(page.get_by_test_id("stChatInputTextArea")).to_be_visible()


@chiefly("ar")
def test_the_way_back_leads_to_the_glossary(page: Page, address: str, language: str) -> None:
    _open(page, address, language)
    arrow, name = page.locator(".m-back .m-icon"), page.locator(".m-back span").last
    assert _left(arrow) > _left(name) if language == "ar" else _left(arrow) < _left(name)
    mirrored = arrow.evaluate("e => getComputedStyle(e).transform")
    assert (mirrored == "matrix(-1, 0, 0, 1, 0, 0)") is (language == "ar")
    page.locator(".m-back").click()
    expect(page).to_have_url(re.compile(rf"/glossary\?.*lang={language}"), timeout=SLOW)


def _left(shown: Locator) -> float:
    box = shown.bounding_box()
    assert box
    return box["x"]


def test_the_category_leads_to_its_part_of_the_glossary(page: Page, address: str) -> None:
    _open(page, address, "en")
    page.locator(".m-page-category").click()
    expect(page).to_have_url(re.compile(r"/glossary\?.*category=Models"), timeout=SLOW)


def test_the_address_is_copied(page: Page, address: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
    _open(page, address, "ar")
    page.get_by_role("button", name=strings("ar")["term_copy"]).click()
    expect(page.locator(".m-done")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{address}/term?id=foundation-model&lang=ar"


@chiefly("en")
def test_where_there_is_no_term_the_page_says_so(page: Page, address: str, language: str) -> None:
    response = page.goto(f"{address}/term?id=fundation-model&lang={language}")
    assert response
    assert response.status == 404
    unknown = strings(language)["term_unknown"]
    expect(_app(page).locator("h1")).to_have_text(unknown, timeout=SLOW)
    _app(page).locator(".m-chip", has_text=TERMS[language]).click()
    _is_at(page, TERMS[language], language)


def test_a_term_can_be_read_without_scripts(page: Page, address: str) -> None:
    browser = page.context.browser
    assert browser
    context = browser.new_context(java_script_enabled=False)
    still = context.new_page()
    still.goto(f"{address}/term?id=foundation-model&lang=ar")
    expect(still.locator("h1")).to_have_text(TERMS["ar"])
    still.locator(".m-chip", has_text=RELATED["ar"]).click()
    expect(still.locator("h1")).to_have_text(RELATED["ar"])
    still.locator(".m-back").click()
    expect(still.get_by_role("link", name=TERMS["ar"], exact=True)).to_be_visible()
    context.close()


@pytest.mark.parametrize(
    ("width", "height"),
    [
        (1600, 900),
        pytest.param(1280, 900, marks=pytest.mark.thorough),
        (390, 844),
        pytest.param(320, 640, marks=pytest.mark.thorough),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_entry_stands_beside_the_chat_where_there_is_room(
    page: Page, address: str, language: str, width: int, height: int
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    opened(page, address, language)
    ask(page, strings(language)["example_what"].format(term=TERMS[language]))
    expect(page.locator(".m-actions")).to_be_visible(timeout=SLOW)
    page.locator(".m-marker").last.click()
    sheet = page.get_by_role("dialog")
    quote = sheet.locator("#m-quote")
    expect(quote).to_be_in_viewport(timeout=SLOW)
    page.wait_for_timeout(400)  # it slides in
    box, close = sheet.bounding_box(), sheet.get_by_role("button").first.bounding_box()
    assert box
    assert close
    assert (box["y"], box["height"]) == (0, height)
    assert min(close["width"], close["height"]) >= 44
    assert close["y"] >= 0
    if width < 1024:
        assert (box["x"], box["width"]) == (0, width)
    else:
        assert box["width"] < width / 2
        side = box["x"] if language == "ar" else width - box["x"] - box["width"]
        assert side <= 1  # the line at its edge aside
    if width >= 1440:
        answer = page.locator(".m-answer").bounding_box()
        assert answer
        beyond = answer["x"] >= box["x"] + box["width"]
        assert beyond if language == "ar" else answer["x"] + answer["width"] <= box["x"]
    sheet.get_by_role("link", name=strings(language)["term_page"]).click()
    _is_at(page, TERMS[language], language)
    page.locator(".m-bar nav a").first.click()
    expect(page.locator(".m-answer")).to_be_visible(timeout=SLOW)  # the chat is still there
