"""Browsing and searching on the page with 5,000 entries, beside the bundled glossary's."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from knowledge.editing.importing import plan
from knowledge.glossary import BUNDLED, Glossary
from tests.benchmarks.exchange import ENTRIES
from tests.benchmarks.invented import glossary
from tests.benchmarks.rows import Row, ms
from tests.benchmarks.window import PAGE_CHANGE, change, reader, served, until
from tests.browser.conftest import CHROMIUM, FLAGS

ROUNDS = 12
_LIST = '.m-bar nav [data-do*="glossary"]'
_OTHER = 'document.querySelector(".m-shelf")?.innerText !== given[1]'
_TYPE = """
  (() => {
    const box = document.querySelector("#m-search")
    box.value = given[0]
    box.dispatchEvent(new Event("input", { bubbles: true }))
  })()
"""

Took = dict[str, list[float]]
"""Milliseconds of each round, by what was done. In the first, what is made once is made."""


def browsing(data: Path, largest: int) -> Iterator[Row]:
    """The list opened, searched by a term, and an entry opened: held to a page change."""
    if CHROMIUM is None:
        print("(Browsing needs Chromium: set CHROMIUM to its path.)", file=sys.stderr)
        return
    size = min(ENTRIES, largest)
    large = data / "browsing" / "glossary"
    plan(glossary(large, size, each=1), large).carry_out()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        small = _measured(browser, BUNDLED, data / "browsing" / "bundled")
        took = _measured(browser, large, data / "browsing" / "large")
        browser.close()
    bundled = len(Glossary.read(BUNDLED).entries)
    for what, (first, *rounds) in took.items():
        value, beside = (ms([t / 1000 for t in each], 95) for each in (rounds, small[what][1:]))
        text = f"{value:.0f} ms (≤ {PAGE_CHANGE:g}), the first {first:.0f}"
        floor = f"{beside:.0f} ms with {bundled}, the first {small[what][0]:.0f}"
        yield Row(f"{what}, {size:,} entries, p95", text, floor, value / PAGE_CHANGE, most=1.0)


def _measured(browser: Browser, path: Path, data: Path) -> Took:
    command = [sys.executable, "-m", "tests.benchmarks.served", "serve", "--no-browser"]
    where = ["--glossary", str(path), "--data-dir", str(data), "--port", "0"]
    entries = [entry for entry in Glossary.read(path).entries if entry.language == "en"]
    chosen = entries[:: max(1, len(entries) // ROUNDS)][:ROUNDS]
    with served([*command, *where]) as url, reader(browser, url) as page:
        return _rounds(page, [entry.term for entry in chosen])


def _rounds(page: Page, terms: Sequence[str]) -> Took:
    took: Took = {"the list opened": [], "a term typed": [], "an entry opened from it": []}
    listed, typed, opened = took.values()
    for term in terms:
        listed.append(change(page, _LIST, ".m-glossary"))
        page.wait_for_timeout(1000)
        before = page.locator(".m-shelf").inner_text()
        typed.append(until(page, _OTHER, _TYPE, [term, before]))
        page.wait_for_timeout(1000)
        opened.append(change(page, ".m-group a[data-do]", ".m-page"))
        page.wait_for_timeout(700)
        page.locator('.m-bar nav [data-do*="chat"]').click()
        page.wait_for_timeout(1500)
    return took
