"""What a reader chooses is there at once and on the next visit; and all of it by the keyboard."""

import re

from playwright.sync_api import Locator, Page, WebSocketRoute, expect

from tests.browser.conftest import answered, does, eventually, opened, settled
from tests.browser.scenes import QUESTIONS
from ui.strings import strings

AR, EN = strings("ar"), strings("en")
LETTERS = {"KeyM": "ة", "KeyN": "ى", "KeyL": "م"}
"""What the same keys write on an Arabic keyboard."""


def _is_dark(page: Page) -> bool:
    paper = page.get_by_test_id("stApp").evaluate("app => getComputedStyle(app).backgroundColor")
    return sum(map(int, re.findall(r"\d+", paper)[:3])) < 3 * 64


def _size(page: Page) -> float:
    return float(
        page.locator("html").evaluate("root => parseFloat(getComputedStyle(root).fontSize)")
    )


def _settings(page: Page) -> Locator:
    does(page, "settings").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text(EN["setting_theme"])).to_be_visible()
    return dialog


def test_the_language_is_remembered_and_the_page_turned_round(page: Page, address: str) -> None:
    opened(page, address, "ar")
    html = page.locator("html")
    for language, begins in (("ar", True), ("en", False)):
        expect(html).to_have_attribute("lang", language)
        expect(html).to_have_attribute("dir", "rtl" if begins else "ltr")
        expect(page.get_by_role("heading", level=1)).to_have_text(strings(language)["title"])

        def stands(*, begins: bool = begins) -> bool:
            sidebar = page.get_by_test_id("stSidebar").bounding_box()
            return sidebar is not None and (sidebar["x"] > 600) == begins

        eventually(page, stands)
        page.locator(".m-speak").click()
    expect(html).to_have_attribute("lang", "ar")
    again = page.context.new_page()
    again.goto(address)  # without ?lang
    expect(again.locator("html")).to_have_attribute("lang", "ar")
    expect(again.locator(".m-head h1")).to_have_text(AR["title"])


def test_a_lost_connection_is_said_until_it_is_back_and_a_choice_folds_the_drawer(
    page: Page, address: str
) -> None:
    sockets: list[WebSocketRoute] = []

    def through(socket: WebSocketRoute) -> None:
        socket.connect_to_server()
        sockets.append(socket)

    page.route_web_socket(re.compile("_stcore/stream"), through)
    page.set_viewport_size({"width": 390, "height": 844})
    opened(page, address, "ar")
    page.route("**/_stcore/**", lambda route: route.abort())
    sockets[-1].close()
    lost = page.locator(".m-offline")
    expect(lost).to_have_text(AR["offline"])
    expect(page.get_by_role("dialog")).to_have_count(0)  # Streamlit's, in English
    page.unroute_all()
    expect(lost).to_have_count(0)
    page.get_by_test_id("stExpandSidebarButton").click()
    new = page.get_by_role("button", name=AR["new_chat"])
    expect(new).to_be_in_viewport()
    new.click()
    expect(new).not_to_be_in_viewport()


def test_light_dark_size_and_keys_are_remembered(page: Page, address: str) -> None:
    opened(page, address)
    before = _size(page)
    dialog = _settings(page)
    dialog.get_by_text(EN["setting_keys"]).click()
    kept = "decodeURIComponent(document.cookie)"
    eventually(page, lambda: '"keys":false' in page.evaluate(kept))
    settled(page)
    dialog.get_by_role("radio", name=EN["size_huge"], exact=True).click()
    eventually(page, lambda: _size(page) > before * 1.2)
    assert not _is_dark(page)
    dialog.get_by_role("radio", name=EN["theme_dark"], exact=True).click()
    eventually(page, lambda: _is_dark(page))

    again = page.context.new_page()
    opened(again, address)
    assert _is_dark(again)
    assert _size(again) > before * 1.2
    again.locator(".m-head").click()
    again.keyboard.press("?")
    expect(again.get_by_role("dialog")).to_have_count(0)


def _press_arabic(page: Page, code: str) -> None:
    told = {"key": LETTERS[code], "code": code, "altKey": True, "bubbles": True, "cancelable": True}
    page.evaluate(
        "(told) => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', told))", told
    )


def test_each_shortcut_does_one_thing_on_an_arabic_keyboard_too(page: Page, address: str) -> None:
    opened(page, address)
    box = page.get_by_test_id("stChatInputTextArea")
    expect(box).to_be_focused()
    answered(page, QUESTIONS["en"])
    expect(box).to_be_focused()  # though it is now at the window's end
    box.blur()
    page.keyboard.type("gradient ناس")  # who types, types, wherever the focus is
    expect(box).to_have_value("gradient ناس")
    expect(page.locator(".m-turn")).to_have_count(1)
    box.fill("")
    box.blur()
    page.keyboard.press("/")
    expect(box).to_be_focused()
    expect(box).to_have_value("")
    box.blur()
    here = page.locator(".m-bar [aria-current=page]")
    page.keyboard.press("Alt+g")
    expect(here).to_have_text(EN["view_glossary"])
    settled(page)
    _press_arabic(page, "KeyM")
    expect(here).to_have_text(EN["view_map"])
    settled(page)
    _press_arabic(page, "KeyN")
    expect(page.locator(".m-example")).to_have_count(4)
    expect(page.locator(".m-turn")).to_have_count(0)

    dialog = page.get_by_role("dialog")
    box.blur()
    page.keyboard.press("?")
    expect(dialog.get_by_text(EN["help_trust"])).to_be_visible()
    page.keyboard.press("Alt+g")  # not while something is open
    settled(page)
    dialog.get_by_role("button", name=EN["close"]).click()
    expect(dialog).to_be_hidden()
    expect(page).not_to_have_url(re.compile("/glossary"))
    _press_arabic(page, "KeyL")
    expect(page.locator("html")).to_have_attribute("lang", "ar")


def test_everything_is_reached_by_tab_and_seen(page: Page, address: str) -> None:
    opened(page, address, "ar")
    answered(page, QUESTIONS["ar"])
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


HEARING = """
class Hearing {
  start() { window.hearing = this }
  stop() { this.onend() }
  abort() { this.onend() }
  say(...texts) { this.onresult({ results: texts.map((transcript) => [{ transcript }]) }) }
}
window.SpeechRecognition = Hearing
"""
"""A browser's speech recognition that hears what a test says."""


def test_a_question_is_asked_by_voice_once_that_is_chosen_and_is_not_sent_by_itself(
    page: Page, address: str
) -> None:
    page.add_init_script(HEARING)
    opened(page, address, "ar")
    box, button = page.get_by_test_id("stChatInputTextArea"), page.locator(".m-voice")
    expect(button).to_have_count(0)
    page.get_by_role("button", name=AR["settings"]).click()
    expect(page.get_by_text(AR["voice_text"])).to_be_visible()
    page.get_by_role("dialog").get_by_text(AR["setting_voice"]).click()
    expect(button).to_have_count(1)
    settled(page)
    page.reload()
    expect(page.get_by_role("button", name=AR["voice"])).to_be_visible()  # it is remembered
    box.fill("Well:")
    button.press("Enter")
    expect(page.get_by_role("button", name=AR["voice_stop"])).to_be_visible()
    assert page.evaluate("hearing.lang") == "ar-EG"
    page.evaluate("hearing.say('what is', ' a token')")
    expect(box).to_have_value("Well: what is a token")
    button.click()
    expect(page.get_by_role("button", name=AR["voice"])).to_be_visible()
    expect(box).to_be_focused()
    expect(page.locator(".m-turn")).to_have_count(0)

    button.click()
    page.evaluate("hearing.onerror({ error: 'not-allowed' }); hearing.onend()")
    expect(button).to_have_attribute("data-said", AR["voice_failed"])
