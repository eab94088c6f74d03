"""The keyboard: single keys, the way by Tab, and a focus that is seen."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import SLOW, answered, chiefly, eventually, in_both, opened
from tests.browser.scenes import QUESTIONS
from ui.strings import strings

OTHER = {"en": "ar", "ar": "en"}
LETTERS = {"en": "gmnls?/", "ar": "لةىمس؟ظ"}
"""What the same keys write on an English and on an Arabic keyboard."""
CODES = ("KeyG", "KeyM", "KeyN", "KeyL", "KeyS", "Slash", "Slash")


def _press(page: Page, code: str, language: str) -> None:
    """Presses the key of a place, that writes a letter of the keyboard's language."""
    letter = dict(zip(CODES, LETTERS[language], strict=True))[code]
    shift = code == "Slash" and letter in "?؟"
    told = {"key": letter, "code": code, "bubbles": True, "cancelable": True, "shiftKey": shift}
    page.evaluate(
        "(told) => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', told))", told
    )


@chiefly("en")
def test_each_single_key_does_one_thing(page: Page, address: str, language: str) -> None:
    words = strings(language)
    opened(page, address, language)
    box = page.get_by_test_id("stChatInputTextArea")
    answered(page, QUESTIONS[language])
    box.press("n")  # who types, types
    expect(box).to_have_value("n")
    expect(page.locator(".m-turn")).to_have_count(1)
    box.fill("")
    box.blur()
    if language == "en":
        page.keyboard.press("/")
        expect(box).to_be_focused()
        expect(box).to_have_value("")
        box.blur()
        page.keyboard.press("g")
    else:
        _press(page, "KeyG", language)
    expect(page).to_have_url(re.compile("/glossary"), timeout=SLOW)
    here = page.locator(".m-bar [aria-current=page]")
    expect(here).to_have_text(words["view_glossary"], timeout=SLOW)
    page.keyboard.press("c")
    expect(page.locator(".m-turn")).to_have_count(1, timeout=SLOW)  # the chat is as it was left
    _press(page, "KeyM", language)
    expect(here).to_have_text(words["view_map"], timeout=SLOW)
    _press(page, "KeyN", language)
    expect(page.locator(".m-example")).to_have_count(4, timeout=SLOW)
    expect(page.locator(".m-turn")).to_have_count(0)

    dialog = page.get_by_role("dialog")
    page.keyboard.press("s")
    expect(dialog.get_by_text(words["setting_theme"])).to_be_visible(timeout=SLOW)
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.keyboard.press("?")
    expect(dialog.get_by_text(words["help_trust"])).to_be_visible(timeout=SLOW)
    page.keyboard.press("g")  # not while something is open
    page.get_by_role("dialog").get_by_role("button", name=words["close"]).click()
    expect(dialog).to_be_hidden()
    expect(page).not_to_have_url(re.compile("/glossary"))
    _press(page, "KeyL", language)
    expect(page.locator("html")).to_have_attribute("lang", OTHER[language], timeout=SLOW)


@in_both
def test_everything_is_reached_by_tab_and_seen(page: Page, address: str, language: str) -> None:
    opened(page, address, language)
    turn = answered(page, QUESTIONS[language])
    page.locator(".m-brand").focus()
    reached: set[str] = set()
    unseen: list[str] = []
    for _ in range(120):
        page.keyboard.press("Tab")
        found = page.evaluate(
            """() => {
              const element = document.activeElement
              const box = element.closest("[data-testid=stChatInput] > div, [data-baseweb]")
              const style = getComputedStyle(box ?? element)
              const ring = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0)
                || style.boxShadow !== "none"
              return { name: element.className + " " + element.tagName, ring,
                       last: element.dataset.testid === "stChatInputTextArea" }
            }"""
        )
        reached.update(found["name"].split())
        if not found["ring"]:
            unseen.append(found["name"])
        if found["last"]:
            break
    assert {"m-speak", "m-marker", "m-link", "m-term", "m-bare", "m-offer", "SUMMARY"} <= reached
    assert not unseen

    marker = turn.locator(".m-marker").first
    marker.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog.locator("mark")).to_be_visible(timeout=SLOW)
    eventually(
        page, lambda: bool(page.evaluate("!!document.activeElement.closest('[role=dialog]')"))
    )
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(marker).to_be_focused()
