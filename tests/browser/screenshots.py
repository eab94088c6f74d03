"""Takes the pictures of the README: ``make shots``."""

import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser.conftest import CHROMIUM, FLAGS, served

DOCS = Path(__file__).parents[2] / "docs"
QUESTIONS = {"en": "What is a foundation model?", "ar": "ما هو النموذج الأساسي؟"}
PICTURES = (
    ("answer-en", "en", "light", 1280, 860),
    ("answer-ar", "ar", "dark", 1280, 860),
    ("entry-en", "en", "dark", 1280, 860),
    ("entry-ar", "ar", "light", 390, 844),
)


def main() -> None:
    """Asks in both languages, and keeps what is on the screen."""
    with (
        tempfile.TemporaryDirectory() as data,
        served("--data-dir", data) as url,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for name, language, scheme, width, height in PICTURES:
            page = browser.new_page(
                viewport={"width": width, "height": height},
                color_scheme="dark" if scheme == "dark" else "light",
                device_scale_factor=1,
            )
            page.goto(f"{url}/?lang={language}")
            _show(page, QUESTIONS[language], entry=name.startswith("entry"))
            page.screenshot(path=DOCS / f"{name}.png")
            page.close()
        browser.close()


def _show(page: Page, question: str, *, entry: bool) -> None:
    box = page.get_by_test_id("stChatInputTextArea")
    box.fill(question)
    box.press("Enter")
    page.locator(".m-card").first.wait_for()
    page.wait_for_timeout(2500)  # until the page has come to rest
    if entry:
        page.locator(".m-marker").first.click()
        page.get_by_role("dialog").locator("mark").wait_for()
        page.wait_for_timeout(1000)


if __name__ == "__main__":
    main()
