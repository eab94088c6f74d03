"""Scenes: every screen of the app, and how a reader comes to it."""

from collections.abc import Callable, Mapping

from playwright.sync_api import Page, expect

from tests.browser.conftest import ask, does, opened
from ui.strings import strings

_DOES = '[data-do*="\\"%s\\""]'
Scene = Callable[[Page, str, str], None]
"""Brings a page there: of the page, the server's address, and the interface's language."""

QUESTIONS = {"en": "What is a foundation model?", "ar": "ما هو النموذج الأساسي؟"}
COMPARED = {
    "en": "What is the difference between fine-tuning and prompt engineering?",
    "ar": "ما الفرق بين الضبط الدقيق وهندسة الأوامر؟",
}
LIST = {
    "en": "term,definition\nSamovar,A samovar is an urn that keeps water hot.\nPan,\n",
    "ar": "term,definition\nالسماور,السماور وعاء كبير يُبقي الماء ساخنًا.\nالمقلاة,\n",
}
MISSING = {"en": "What is a samovar?", "ar": "ما هو السماور؟"}


def _invitation(page: Page, address: str, language: str) -> None:
    opened(page, address, language)
    expect(page.locator(".m-day")).to_be_visible()


def _asked(question: Mapping[str, str]) -> Scene:
    def scene(page: Page, address: str, language: str) -> None:
        opened(page, address, language)
        ask(page, question[language])
        expect(page.locator(".m-actions")).to_be_visible()
        page.mouse.move(5, 300)

    return scene


def _answer_and(selector: str, sign: str) -> Scene:
    def scene(page: Page, address: str, language: str) -> None:
        _asked(QUESTIONS)(page, address, language)
        page.locator(selector).first.dispatch_event("click")
        expect(page.locator(sign).first).to_be_visible()

    return scene


def _dialog(name: str) -> Scene:
    def scene(page: Page, address: str, language: str) -> None:
        opened(page, address, language)
        page.locator(".m-head").wait_for()
        page.keyboard.press("Tab")
        page.locator(f'.m-bar [data-do*="{name}"]').dispatch_event("click")
        expect(page.get_by_role("dialog")).to_be_visible()

    return scene


def _noted(page: Page, address: str, language: str) -> None:
    _asked(QUESTIONS)(page, address, language)
    does(page, "note").dispatch_event("click")
    expect(page.get_by_text(strings(language)["note_saved"])).to_be_visible()
    does(page, "notes").dispatch_event("click")
    expect(page.locator(".m-saved")).to_be_visible()


def _at(path: str, sign: str) -> Scene:
    def scene(page: Page, address: str, language: str) -> None:
        page.goto(f"{address}/{path}{'&' if '?' in path else '?'}lang={language}")
        expect(page.locator(f"[data-testid=stApp] {sign}").first).to_be_visible()

    return scene


def _brought_in(page: Page, address: str, language: str) -> None:
    _at("manage?part=bring", ".m-manage-head")(page, address, language)
    page.get_by_label(strings(language)["bring_paste"]).fill(LIST[language])
    page.get_by_label(strings(language)["bring_paste"]).blur()
    expect(page.locator(".m-brought")).to_be_visible()


def _asked_in_vain(page: Page, address: str, language: str) -> None:
    _asked(MISSING)(page, address, language)
    page.locator(".m-bar .m-to-manage a").click()
    page.get_by_role("link", name=strings(language)["part_missing"]).click()
    expect(page.locator(".m-gaps li").first).to_be_visible()


SCENES: Mapping[str, Scene] = {
    "invitation": _invitation,
    "answer": _asked(QUESTIONS),
    "absent": _asked(MISSING),
    "found": _answer_and(_DOES % "explain", ".m-found"),
    "entry": _answer_and(".m-marker", "[role=dialog] mark"),
    "edit": _answer_and(_DOES % "edit", ".stMain textarea:not([data-testid=stChatInputTextArea])"),
    "unknown-conversation": _at("?c=nothing", ".m-notice"),
    "settings": _dialog("settings"),
    "help": _dialog("help"),
    "conversation": _answer_and(_DOES % "manage", "[role=dialog]"),
    "glossary": _at("glossary", ".m-glossary"),
    "glossary-search": _at("glossary?q=learning", ".m-glossary"),
    "term": _at("term?id=foundation-model", ".m-entry"),
    "term-unknown": _at("term?id=no-such-term", ".m-absent, .m-unknown, h1"),
    "map": _at("map", ".m-map"),
    "map-path": _at("map?id=foundation-model&path=1", ".m-map"),
    "manage": _at("manage", ".m-ours"),
    "brought-in": _brought_in,
    "missing": _asked_in_vain,
    "notes": _noted,
}
"""By the names of their pictures."""
