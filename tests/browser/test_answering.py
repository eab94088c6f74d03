"""An answer on the page: its sources, its markers and terms, and what can be done with it."""

import re

from playwright.sync_api import Browser, Page, expect

from knowledge.language.text import clean
from tests.browser.conftest import (
    HEARD,
    answered,
    eventually,
    last_turn,
    opened,
    overflow,
    owned,
    settled,
)
from tests.browser.scenes import COMPARED, MISSING, QUESTIONS
from ui.strings import strings

AR, EN = strings("ar"), strings("en")
CLIPBOARD = "navigator.clipboard.readText()"
ALONE = """
() => [...document.querySelectorAll(".m-answer a.m-marker")].filter((marker) => {
  let before = marker.previousSibling
  while (before.lastChild) before = before.lastChild
  const sign = document.createRange()
  sign.setStart(before, before.length - 1)
  sign.setEnd(before, before.length)
  const middle = (box) => (box.top + box.bottom) / 2
  const [one, other] = [sign, marker.firstChild].map((each) => each.getBoundingClientRect())
  return Math.abs(middle(one) - middle(other)) > 16
}).map((marker) => marker.textContent)
"""
"""The markers that stand on another line than the sign before them."""
WATCH = """
window.shifted = 0
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value
}).observe({ type: "layout-shift", buffered: true })
"""


def test_a_marker_leads_to_the_words_and_no_marker_begins_a_line(page: Page, address: str) -> None:
    opened(page, address, "ar")
    turn = answered(page, QUESTIONS["ar"])
    answer, quote = turn.locator(".m-answer"), page.get_by_role("dialog").locator("mark")
    marker = turn.locator(".m-marker").first
    expect(marker).to_have_text("1")
    marker.press("Enter")
    expect(quote).to_be_in_viewport()
    within = "!!document.activeElement.closest('[role=dialog]')"
    eventually(page, lambda: bool(page.evaluate(within)))
    assert quote.inner_text() in answer.inner_text()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(marker).to_be_focused()
    turn.locator(".m-marker").last.click()  # its words may be far down
    expect(quote).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    for width in range(340, 900, 40):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(ALONE) == []


def test_a_card_shows_what_is_cited_and_each_source_and_term_is_a_link_once(
    page: Page, address: str
) -> None:
    opened(page, address)
    turn = answered(page, QUESTIONS["en"])
    card, marker = page.get_by_role("tooltip"), turn.locator(".m-marker").first
    page.mouse.move(640, 5)
    marker.hover()
    expect(card).to_be_visible()
    term = re.compile("foundation model", re.IGNORECASE)
    expect(card.locator(".m-hover-term")).to_contain_text(term)
    expect(card.locator(".m-hover-place")).to_have_text(EN["section_summary"])
    quote = card.locator(".m-hover-quote").inner_text()
    assert quote in turn.locator(".m-answer").inner_text()
    card.hover()  # the pointer may move onto it
    expect(card).to_be_visible()
    page.mouse.move(640, 5)
    expect(card).to_be_hidden()
    marker.focus()
    expect(card).to_be_visible()
    expect(marker).to_have_attribute("aria-describedby", re.compile(".+"))
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(marker).to_be_focused()

    cited = {each.get_attribute("href") for each in turn.locator(".m-marker").all()}
    assert {each.get_attribute("href") for each in turn.locator(".m-source a").all()} == cited
    links = turn.locator(".m-answer .m-link")
    expect(links).not_to_have_count(0)
    assert len({each.get_attribute("href") for each in links.all()}) == links.count()


def test_an_answer_is_copied_with_its_sources_and_a_selection_with_its_markers(
    page: Page, address: str
) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened(page, address, "ar")
    turn = answered(page, QUESTIONS["ar"])
    sentence = clean(turn.locator(".m-sentence").first.inner_text())[:40]
    said = page.locator("[aria-live]", has_text=AR["copied"])
    turn.get_by_role("button", name=AR["copy"], exact=True).click()
    expect(said).to_have_count(1)
    text = page.evaluate(CLIPBOARD)
    assert text.startswith(sentence)
    assert "[1]" in text.split("\n\n")[-1]
    turn.locator(".m-answer").evaluate("answer => getSelection().selectAllChildren(answer)")
    page.keyboard.press("Control+c")
    eventually(page, lambda: page.evaluate(CLIPBOARD) != text)
    copied = page.evaluate(CLIPBOARD)
    assert re.search(r"\w\. ?\[1\]( |$)", copied), copied
    assert len(re.findall(r"\[\d+\]", copied)) >= turn.locator(".m-sentence").count()


def test_what_is_asked_next_comes_into_view_and_in_the_other_language(
    page: Page, address: str
) -> None:
    opened(page, address, "ar")
    page.evaluate(HEARD)
    turn, turns = answered(page, MISSING["ar"]), page.locator(".m-turn")
    refusal = turn.locator(".m-absent > p").first.text_content() or "?"
    eventually(page, lambda: refusal in " ".join(page.evaluate("heard")))  # to a screen reader
    offer = answered(page, QUESTIONS["ar"]).locator(".m-offer").first
    question = offer.inner_text()
    offer.click()
    expect(turns).to_have_count(3)
    turn = last_turn(page, question)
    expect(turn.locator(".m-asked")).to_be_in_viewport()
    expect(turns.nth(1).locator(".m-offer")).to_have_count(0)  # those of the last answer only
    turn.locator(".m-more > summary").click()
    turn.get_by_role("button", name=AR["other_language_ar"]).click()
    expect(turns).to_have_count(4)
    expect(last_turn(page, question).locator(".m-answer")).to_have_css("direction", "ltr")
    expect(page.locator("html")).to_have_attribute("lang", "ar")


def test_how_it_was_found_is_drawn_from_the_right_in_arabic_and_is_told_again(
    page: Page, address: str
) -> None:
    opened(page, address, "ar")
    answered(page, QUESTIONS["ar"])
    page.get_by_role("button", name=AR["found_show"]).click()
    found = page.locator(".m-found")
    expect(found.locator(".m-step")).to_have_count(6)
    best = found.locator(".m-entries .m-track").first
    track, filled = best.bounding_box(), best.locator("i").bounding_box()
    assert track
    assert filled
    assert filled["width"] > track["width"] / 2
    assert abs(filled["x"] + filled["width"] - track["x"] - track["width"]) <= 1
    told = found.inner_text()
    page.reload()  # it is told of a conversation that is opened again, too
    page.get_by_role("button", name=AR["found_show"]).click()
    expect(found).to_have_text(told, use_inner_text=True)
    page.get_by_role("button", name=AR["found_large"]).click()
    large = page.get_by_role("dialog")
    large.locator(".m-step").last.scroll_into_view_if_needed()
    expect(large.get_by_role("button").first).to_be_in_viewport()


def test_it_fits_at_twice_the_size_and_nothing_jumps_while_an_answer_comes(
    browser: Browser, address: str
) -> None:
    context = owned(browser, device_scale_factor=2, locale="en-GB")
    context.add_init_script(WATCH)
    page = context.new_page()
    page.set_viewport_size({"width": 640, "height": 400})  # what is left of 1280 by 800
    opened(page, address, "ar")
    expect(page.locator(".m-day")).to_be_visible()
    settled(page)
    answered(page, QUESTIONS["ar"])  # the opening gives way to it, and the box goes to its end
    for question in (COMPARED["ar"], QUESTIONS["ar"]):
        page.evaluate("window.shifted = 0")
        answered(page, question)
        assert page.evaluate("window.shifted") < 0.1
        assert overflow(page) == 0
    context.close()
