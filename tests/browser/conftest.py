"""A really started ``masrad serve``, and a real Chromium to look at it."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Error,
    Locator,
    Page,
    expect,
    sync_playwright,
)

from tests.conftest import TEA, until
from tests.openai_server import OpenAIServer, openai_server
from ui.reader import CHOICES_COOKIE

MASRAD = Path(sys.executable).with_name("masrad")
_NAMES = ("chromium-headless-shell", "chromium", "google-chrome")  # the first takes half the time
CHROMIUM = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
_OWNED: dict[str, str] = {}  # the cookies of the owners of what was served
SLOW = 45_000  # milliseconds: a first page on a busy machine
expect.set_options(timeout=SLOW)
HEARD = """() => {
  window.heard = []
  const live = document.querySelector("body > [aria-live]")
  const say = () => live.textContent && heard.push(live.textContent)
  new MutationObserver(say).observe(live, { childList: true })
}"""
"""Keeps what a screen reader is told."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker("browser")
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="needs Chromium; set CHROMIUM to its path"))


@contextmanager
def served(
    *arguments: str, ended_by: Any = signal.SIGTERM, log: Any = None, **environment: str
) -> Iterator[str]:
    """The address of a server that was started by the command and says that it is ready.

    It is ended by a signal; its log may go to a file.
    """
    process = subprocess.Popen(
        [MASRAD, "serve", "--no-browser", "--port", "0", *arguments],
        stdout=subprocess.PIPE,
        stderr=log.open("w") if log else subprocess.STDOUT,
        encoding="utf-8",
        env={**os.environ, **environment},
    )
    assert process.stdout
    said = []
    try:
        for line in process.stdout:
            said.append(line)
            if found := re.search(r"Masrad is at (http://\S+)", line):
                if link := re.search(r"http://\S+owner=\S+", "".join(said)):
                    _OWNED.update(httpx.get(link[0]).cookies)
                yield found[1]
                break
        else:
            pytest.fail(f"the server did not start: {''.join(said)}")
    finally:
        process.send_signal(ended_by)
        process.wait(60)


def ready(url: str) -> None:
    """Waits until a server whose first index is made has made it."""
    until(lambda: httpx.get(f"{url}/readyz", timeout=60).is_success, 180)


def owned(browser: Browser, **options: Any) -> BrowserContext:
    """A browser without a past, but for having opened the owner's link of each server."""
    context = browser.new_context(**options)
    context.set_default_timeout(SLOW)
    for name, value in _OWNED.items():
        context.add_cookies([{"name": name, "value": value, "domain": "localhost", "path": "/"}])
    return context


def opened(page: Page, address: str, language: str = "en") -> None:
    """Opens the app."""
    page.goto(f"{address}/?lang={language}")
    expect(_box(page)).to_be_visible()


def ask(page: Page, question: str) -> None:
    """Types a question, and puts it."""
    _box(page).fill(question)
    _box(page).press("Enter")


def answered(page: Page, question: str) -> Locator:
    """Asks, and waits until the answer is complete; returns its turn."""
    ask(page, question)
    return last_turn(page, question)


def settled(page: Page) -> None:
    """Waits until the page is not being drawn any more."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    page.evaluate("() => new Promise((drawn) => requestIdleCallback(drawn))")


def last_turn(page: Page, question: str) -> Locator:
    """The last turn, once it is that of a question, and complete."""
    turn = page.locator(".m-turn").last
    expect(turn.locator(".m-question")).to_contain_text(question)
    expect(turn.locator(".m-actions, .m-notice")).not_to_have_count(0)
    settled(page)
    return turn


def eventually(page: Page, holds: Callable[[], bool]) -> None:
    """Waits until something holds that no locator can tell."""
    end = time.monotonic() + SLOW / 1000
    while time.monotonic() < end:
        with suppress(Error):  # the page may be loading anew
            if holds():
                return
        page.wait_for_timeout(100)
    pytest.fail("it never came to hold")


def overflow(page: Page) -> float:
    """By how many pixels the page is wider than what is seen of it."""
    found: float = page.evaluate(
        """() => {
          const wide = [document.documentElement, ...document.querySelectorAll(
            ".stMain, [role=dialog], [data-testid=stSidebar][aria-expanded=true]")]
          return Math.max(...wide.map((each) => each.scrollWidth - each.clientWidth))
        }"""
    )
    return found


def does(page: Page, action: str) -> Locator:
    """What does an action on the page (``ui.actions``)."""
    return page.locator(f'[data-do^=\'{{"do": "{action}"\']')


def _box(page: Page) -> Locator:
    return page.get_by_test_id("stChatInputTextArea")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def address(bundled_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The bundled glossary, served; conversations are kept in a folder of its own."""
    data = shutil.copytree(bundled_data, tmp_path_factory.mktemp("served") / "data")
    with served("--data-dir", str(data)) as url:
        yield url


@dataclass(frozen=True)
class Explained:
    """A served assistant that has a chat model, its data folder, and the model's script."""

    url: str
    data: Path
    model: OpenAIServer


@pytest.fixture(scope="session")
def _explained(tea_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Explained]:
    data = shutil.copytree(tea_data, tmp_path_factory.mktemp("explained") / "data")
    with openai_server() as model:
        environment = {"OPENAI_BASE_URL": model.url, "OPENAI_API_KEY": "sk-test"}
        with served("--glossary", str(TEA), "--data-dir", str(data), **environment) as url:
            yield Explained(url, data, model)


@pytest.fixture
def explained(_explained: Explained) -> Iterator[Explained]:
    """The small glossary of tea things, served with a chat model that has nothing to say yet."""
    _explained.model.script.clear()
    _explained.model.always = None
    yield _explained
    _explained.model.script.clear()


def quoting(page: Page) -> None:
    """The reader wants the glossary's own words, though there is a chat model."""
    chosen = quote(json.dumps({"writer": "quote"}))
    cookie: Any = {"name": CHOICES_COOKIE, "value": chosen, "domain": "localhost", "path": "/"}
    page.context.add_cookies([cookie])


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of a browser without a past; an error in its console fails the test."""
    context = owned(browser, viewport={"width": 1280, "height": 900}, locale="en-GB")
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    context.close()
    assert not errors
