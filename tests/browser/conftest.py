"""A really started ``masrad serve``, and a real Chromium to look at it."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

MASRAD = Path(sys.executable).with_name("masrad")
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SLOW = 20_000  # milliseconds: a first page on a busy machine


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker("browser")
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="needs Chromium; set CHROMIUM to its path"))


@contextmanager
def served(*arguments: str, **environment: str) -> Iterator[str]:
    """The address of a server that was started by the command and says that it is ready."""
    process = subprocess.Popen(
        [MASRAD, "serve", "--no-browser", "--port", "0", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        env={**os.environ, **environment},
    )
    assert process.stdout
    said = []
    try:
        for line in process.stdout:
            said.append(line)
            if found := re.search(r"http://\S+", line):
                yield found[0]
                break
        else:
            pytest.fail(f"the server did not start: {''.join(said)}")
    finally:
        process.terminate()
        process.wait(20)


def opened(page: Page, address: str, language: str = "en") -> None:
    """Opens the app."""
    page.goto(f"{address}/?lang={language}")
    expect(_box(page)).to_be_visible(timeout=SLOW)


def ask(page: Page, question: str) -> None:
    """Types a question, and puts it."""
    _box(page).fill(question)
    _box(page).press("Enter")


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


@pytest.fixture
def tea_folder(tea_data: Path, tmp_path: Path) -> Path:
    """A copy of the data folder of the small glossary of tea things."""
    return shutil.copytree(tea_data, tmp_path / "data")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of a browser without a past; an error in its console fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    context.close()
    assert not errors
