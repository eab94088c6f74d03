"""Markers: the number at a sentence, its card, the place it leads to; and terms that are links."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import SLOW, answered, chiefly, in_both, opened
from tests.browser.scenes import QUESTIONS
from ui.strings import strings

TERMS = {"en": "foundation model", "ar": "النموذج الأساسي"}
FIRST = {"en": "1", "ar": "١"}


def _card(page: Page) -> Locator:
    return page.get_by_role("tooltip")


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


@chiefly("ar")
def test_a_marker_opens_its_entry_at_the_words(page: Page, address: str, language: str) -> None:
    opened(page, address, language)
    turn = answered(page, QUESTIONS[language])
    answer = turn.locator(".m-answer")
    expect(answer).to_have_attribute("lang", language)
    marker = turn.locator(".m-marker").first
    expect(marker).to_have_text(FIRST[language])
    marker.click()
    dialog = page.get_by_role("dialog")
    quote = dialog.locator("mark")
    expect(quote).to_be_visible(timeout=SLOW)
    expect(quote).to_be_in_viewport()
    expect(quote).not_to_have_css("background-color", "rgba(0, 0, 0, 0)")
    assert quote.inner_text() in answer.inner_text()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(answer).to_be_visible()
    expect(marker).to_be_focused()

    last = turn.locator(".m-marker").last
    last.click()  # its words may be far down
    expect(quote).to_be_in_viewport(timeout=SLOW)


@in_both
def test_no_marker_begins_a_line(page: Page, address: str, language: str) -> None:
    opened(page, address, language)
    answered(page, QUESTIONS[language])
    for width in range(340, 900, 40):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(ALONE) == []


@chiefly("en")
def test_a_card_shows_what_is_cited(page: Page, address: str, language: str) -> None:
    opened(page, address, language)
    turn = answered(page, QUESTIONS[language])
    page.mouse.move(640, 5)
    card = _card(page)
    marker = turn.locator(".m-marker").first
    marker.hover()
    page.wait_for_timeout(150)
    expect(card).to_be_hidden()  # a pointer that passes by opens nothing
    marker.hover()  # the answer may have been drawn anew under it
    expect(card).to_be_visible(timeout=SLOW)
    expect(card.locator(".m-hover-term")).to_contain_text(
        re.compile(TERMS[language], re.IGNORECASE)
    )
    expect(card.locator(".m-hover-place")).to_have_text(strings(language)["section_summary"])
    quote = card.locator(".m-hover-quote").inner_text()
    assert quote in turn.locator(".m-answer").inner_text()
    card.hover()
    page.wait_for_timeout(500)
    expect(card).to_be_visible()  # the pointer may move onto it
    page.mouse.move(640, 5)
    expect(card).to_be_hidden()

    turn.locator(".m-link, .m-marker").first.focus()
    while not marker.evaluate("element => element === document.activeElement"):
        page.keyboard.press("Tab")
    expect(card).to_be_visible(timeout=SLOW)
    expect(marker).to_have_attribute("aria-describedby", re.compile(".+"))
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(marker).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog").locator("mark")).to_be_visible(timeout=SLOW)


@chiefly("ar")
def test_what_is_selected_is_copied_with_its_markers(
    page: Page, address: str, language: str
) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened(page, address, language)
    turn = answered(page, QUESTIONS[language])
    turn.locator(".m-answer").evaluate("answer => getSelection().selectAllChildren(answer)")
    page.keyboard.press("Control+c")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert re.search(r"\w\. ?\[1\]( |$)", copied), copied
    assert FIRST["ar"] not in copied
    said = turn.locator(".m-sentence").count()
    assert len(re.findall(r"\[\d+\]", copied)) >= said


@chiefly("en")
def test_a_term_is_a_link_where_it_is_first(page: Page, address: str, language: str) -> None:
    opened(page, address, language)
    turn = answered(page, QUESTIONS[language])
    links = turn.locator(".m-answer .m-link")
    expect(links).not_to_have_count(0)
    leads = [re.search(r"id=([\w-]+)", each.get_attribute("href") or "") for each in links.all()]
    ids = [lead[1] for lead in leads if lead]
    assert len(ids) == len(set(ids)) == links.count()

    link = links.last
    href = link.get_attribute("href") or ""
    assert f"lang={language}" in href
    link.click()
    dialog = page.get_by_role("dialog")
    expect(dialog.locator(".m-entry")).to_have_attribute("lang", language, timeout=SLOW)
    page_link = dialog.locator(".m-entry-page")
    assert ids[-1] in (page_link.get_attribute("href") or "")
    dialog.locator(".m-chip").first.click()  # and on to a related one
    expect(page_link).not_to_have_attribute("href", re.compile(rf"id={ids[-1]}\b"), timeout=SLOW)
