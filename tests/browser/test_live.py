"""A live quiz from the code to the results, on a projector and on phones that fail at times."""

import secrets
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from assistant.classroom.rooms import Rooms
from assistant.conversations.store import Conversations
from knowledge.language.direction import isolate_runs
from tests.browser.conftest import SLOW, overflow, served
from tests.conftest import TEA
from tests.quizzes import quiz
from ui.formatting import digits
from ui.reader import TOKEN_COOKIE


@dataclass(frozen=True)
class Class:
    """A quiz that is shown to a class of two, and what their pages' scripts complain of."""

    contexts: tuple[BrowserContext, ...]
    board: Page
    ana: Page
    omar: Page
    url: str
    code: str
    language: str

    def number(self, text: str) -> str:
        """Numbers as the pages write them."""
        return digits(text, self.language)


@pytest.fixture(scope="module")
def served_class(
    tea_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Path]]:
    """The address of a server of a class, and its data folder."""
    data = shutil.copytree(tea_data, tmp_path_factory.mktemp("class") / "data")
    with served("--glossary", str(TEA), "--data-dir", str(data), "--class") as url:
        yield url, data


@pytest.fixture(params=["en", "ar"])
def class_(
    browser: Browser, served_class: tuple[str, Path], request: pytest.FixtureRequest
) -> Iterator[Class]:
    """An error in the console of a page fails the test."""
    (url, data), teacher = served_class, secrets.token_urlsafe(22)
    with closing(Conversations.open(data / "conversations.db")) as kept:
        code = Rooms(kept.database).make(quiz(request.param), teacher)
    board = browser.new_context(viewport={"width": 1280, "height": 720})
    board.add_cookies(
        [{"name": TOKEN_COOKIE, "value": teacher, "domain": "localhost", "path": "/"}]
    )
    sized: Any = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
    contexts = board, browser.new_context(**sized), browser.new_context(**sized)
    errors: list[str] = []
    for context in contexts:
        context.set_default_timeout(SLOW)
        context.on("weberror", lambda error: errors.append(str(error.error)))
    one, two, three = (context.new_page() for context in contexts)
    yield Class(contexts, one, two, three, url, code, request.param)
    for context in contexts:
        context.close()
    assert not errors


def _join(class_: Class) -> None:
    """One types the code that the projector shows in, the other one comes by its link."""
    board, ana = class_.board, class_.ana
    board.goto(f"{class_.url}/class/{class_.code}/show")
    expect(board.locator(".m-live-qr svg")).to_be_visible()
    ana.goto(f"{class_.url}/class?lang={class_.language}")
    ana.locator("#code").fill(class_.code.lower())
    ana.keyboard.press("Enter")
    class_.omar.goto(f"{class_.url}/class/{class_.code}")
    expect(board.locator("[data-text=people]")).to_have_text(class_.number("2"))


def _is(page: Page, state: str) -> None:
    expect(page.locator("main")).to_have_attribute("data-is", state)


def test_a_class_answers_on_its_phones_and_sees_why(class_: Class) -> None:
    board, ana = class_.board, class_.ana
    _join(class_)
    board.keyboard.press("Space")
    ana.locator("[data-choice='1']").tap()
    class_.omar.locator("[data-choice='0']").tap()
    _is(board, "all")
    bars = board.locator("[data-bar]").evaluate_all(
        "(all) => all.map((each) => each.style.getPropertyValue('--part'))"
    )
    assert bars == ["0.5", "0.5", "0", "0"]
    assert board.locator(".m-live-right").count() == 0

    board.keyboard.press("PageDown")
    key = isolate_runs(quiz(class_.language).items[0].key.quote)
    for page in (board, ana, class_.omar):
        expect(page.locator("blockquote")).to_have_text(key)
        assert overflow(page) <= 0
    expect(board.locator(".m-live-options .m-live-right")).to_have_attribute("data-bar", "1")
    expect(ana.locator(".m-live-verdict.m-live-right")).to_be_visible()
    expect(class_.omar.locator(".m-live-verdict.m-live-wrong")).to_be_visible()

    for _ in range(3):  # a statement that nobody answers, then steps in order
        step = board.locator("main").inner_html()
        board.keyboard.press("Space")
        expect(board.locator("main")).not_to_have_js_property("innerHTML", step)
    expect(ana.locator(".m-live-options[data-kind=order] button")).to_have_count(3)
    for n in (1, 0, 0, 2, 0):  # the second one of them once more takes it back
        ana.locator(f"[data-choice='{n}']").tap()
    _is(ana, "sent")
    expect(board.locator("[data-text=answered]")).to_have_text(class_.number("1"))
    board.locator("[data-main]").click()
    expect(ana.locator(".m-live-verdict.m-live-right")).to_be_visible()
    board.locator("[data-main]").click()
    expect(board.locator(".m-live-results li")).to_have_count(3)
    expect(ana.locator(".m-live-score")).to_contain_text(class_.number("2"))


def test_nothing_is_lost_when_a_page_is_loaded_anew_or_the_network_goes(class_: Class) -> None:
    board, ana, omar = class_.board, class_.ana, class_.omar
    _join(class_)
    board.keyboard.press("Space")
    ana.locator("[data-choice='1']").tap()
    _is(ana, "sent")
    ana.reload()
    expect(ana.locator("[data-choice='1']")).to_have_attribute("aria-pressed", "true")

    omar.locator("[data-choice='0']").wait_for()
    class_.contexts[2].set_offline(True)
    omar.locator("[data-choice='0']").tap()
    expect(omar.locator(".m-live-lost")).to_be_visible()
    _is(omar, "sending")
    class_.contexts[2].set_offline(False)
    _is(omar, "sent")
    board.reload()
    _is(board, "all")
    expect(board.locator("[data-text=answered]")).to_have_text(class_.number("2"))
