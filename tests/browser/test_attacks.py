"""Texts that would do harm if they were markup: from a glossary, a reader and a model."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from knowledge.editing.native import place, write
from knowledge.entry import Entry, Section, Source
from knowledge.language.text import clean
from tests.attacks import ATTACKS
from tests.browser.conftest import answered, eventually, opened, owned, ready, served
from ui.strings import strings

SHORT = [text for text in ATTACKS if len(text) < 200]
ROWS = 8
WATCH = "window.masrad_attacked = () => { window.attacked = true }"
TITLE = strings("en")["title"]


def _letters(text: str) -> str:
    """What of a text is certain to be on the page: its letters and the signs of markup."""
    plain = re.sub("\x1b\\[[0-9;]*[A-Za-z]", "", text)  # what colours a terminal goes
    return "".join(c for c in plain if (c.isalnum() and c < "\u2000") or c in "<>&\"'")


@contextmanager
def _watched(browser: Browser, address: str) -> Iterator[Page]:
    """A page on which nothing may happen but what the app does."""
    context = owned(browser, viewport={"width": 1280, "height": 900}, locale="en-GB")
    context.add_init_script(WATCH)
    page = context.new_page()
    happened: list[str] = []
    page.on("dialog", lambda dialog: happened.append(dialog.message))
    page.on("pageerror", lambda error: happened.append(str(error)))
    page.on("popup", lambda popup: happened.append(popup.url))

    def asked(request: Any) -> None:
        ours = request.url.startswith((address, "data:", "blob:"))
        if not ours or request.url.removeprefix(address).startswith("/attacked"):
            happened.append(request.url)

    page.on("request", asked)
    yield page
    _unharmed(page)
    context.close()
    assert not happened


def _unharmed(page: Page) -> None:
    assert page.evaluate("window.attacked") is None
    assert page.locator(".m-bar").count() == 1
    wide = "root => root.scrollWidth - root.clientWidth"
    eventually(page, lambda: page.locator("html").evaluate(wide) == 0)
    # Markup that came through would have made one of these.
    app = page.get_by_test_id("stApp")
    inside = app.locator(
        "[data-testid=stHtml] :is(script, iframe, object, embed, form, base, meta, link, video,"
        " audio, math, plaintext, dialog, h1 h1, [onerror], [onload], [onclick], [src])"
    )
    assert inside.count() == 0


def _card_is_shown(page: Page) -> bool:
    """Whether the card of a citation comes: its answer may be drawn anew under the pointer."""
    page.mouse.move(640, 5)
    page.locator(".m-marker").first.hover(timeout=5_000)
    page.wait_for_timeout(700)
    return page.get_by_role("tooltip").is_visible()


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a glossary made of attacks."""
    folder = tmp_path_factory.mktemp("attacked")
    path = folder / "glossary"
    for number in range(ROWS):
        entry = _entry(number, SHORT[number::ROWS])
        file = path / place(entry)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(write(entry), "utf-8")
    with served("--glossary", str(path), "--data-dir", str(folder / "data")) as url:
        ready(url)
        yield url


def _entry(number: int, texts: Sequence[str]) -> Entry:
    texts = [" ".join(clean(text).split()) for text in texts]
    term, alias, category, example, source, *rest = texts
    return Entry(
        id=f"vessel-{number}",
        term=f"Vessel {number} {term}",
        language="en",
        sections=(
            Section("summary", "", f"Vessel {number} is for tea."),
            Section("body", "", "\n\n".join(f"So {text}." for text in rest)),
            Section("example", "Example", f"An example: {example}"),
        ),
        aliases=(f"Pot {number} {alias}",),
        category=f"Kind {category}",
        sources=(Source(source), Source(source, url=source)),
    )


def test_a_glossary_of_them_is_text(browser: Browser, attacked: str) -> None:
    with _watched(browser, attacked) as page:
        page.goto(f"{attacked}/term?id=vessel-0")
        page.locator("[data-testid=stApp] .m-entry").first.wait_for()
        for number in range(ROWS):
            if number:
                page.goto(f"{attacked}/term?id=vessel-{number}")
            entry = page.locator("[data-testid=stApp] .m-entry").first
            expect(entry).to_contain_text(f"Vessel {number} is for tea")
            shown = _letters(page.get_by_test_id("stApp").text_content() or "")
            term, alias, _, example, _, *rest = SHORT[number::ROWS]
            lost = [text for text in (term, alias, example, *rest) if _letters(text) not in shown]
            assert not lost
            _unharmed(page)
        for view in ("glossary", "map"):
            page.goto(f"{attacked}/{view}")
            expect(page.get_by_test_id("stApp").get_by_text("Vessel 3").first).to_be_attached()
            _unharmed(page)
        opened(page, attacked)
        turn = answered(page, "What is Vessel 5?")
        eventually(page, lambda: _card_is_shown(page))
        turn.locator(".m-marker").first.click()
        expect(page.get_by_role("dialog").locator("mark")).to_be_visible()
        expect(page).to_have_title(TITLE)
