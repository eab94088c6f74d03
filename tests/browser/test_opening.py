"""The first start: the page says how far it is, and then is there."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import answered, ready, served
from ui.strings import strings

TERMS = 100


def _glossary(folder: Path) -> Path:
    folder.mkdir()
    for number in range(TERMS):
        text = f"---\nterm: Vessel {number}\n---\n\nVessel {number} is a vessel for tea {number}. "
        (folder / f"vessel-{number}.md").write_text(text + "It is made of clay. " * 8, "utf-8")
    return folder


def test_the_first_start_says_how_far_it_is(page: Page, tmp_path: Path) -> None:
    glossary = _glossary(tmp_path / "glossary")
    with served("--glossary", str(glossary), "--data-dir", str(tmp_path / "data")) as url:
        for language in ("en", "ar"):
            words = strings(language)
            page.goto(f"{url}/?lang={language}")
            progress = page.get_by_role("progressbar", name=words["indexing_title"])
            expect(progress).to_be_visible()
            expect(page.get_by_text(words["indexing_once"])).to_be_visible()
        ready(url)
        expect(progress).to_have_count(0)
        turn = answered(page, "What is Vessel 7?")
        expect(turn.locator(".m-answer")).to_contain_text("Vessel 7 is a vessel")
