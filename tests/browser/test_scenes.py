"""Every screen fits, and is held by axe-core to WCAG 2.2, levels A and AA.

Narrow and wide; light and dark; half of the screens in English, half in Arabic.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import eventually, overflow, owned, ready, served
from tests.browser.scenes import SCENES
from tests.conftest import TEA

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
EXPLAINED = {
    ("target-size", "partially obscured"): "It is scrolled partly under the bar or the question "
    "box, and on: what gets the focus is scrolled clear of both."
}
"""Why a rule is broken, where it stays so: by the rule, and what axe says of it."""
PAPER = {"light": "rgb(251, 250, 247)", "dark": "rgb(20, 25, 26)"}


@pytest.fixture(scope="module")
def visit(browser: Browser) -> Iterator[BrowserContext]:
    """One reader goes to all screens, so that a browser has the scripts from the first."""
    context = owned(browser, locale="en-GB", reduced_motion="reduce")
    yield context
    context.close()


@pytest.mark.parametrize("name", SCENES)
def test_it_fits_and_nothing_stands_in_anyones_way(
    visit: BrowserContext, address: str, name: str
) -> None:
    page = visit.new_page()
    SCENES[name](page, address, ("en", "ar")[list(SCENES).index(name) % 2])
    _holds(page)


def test_so_does_the_editor_of_a_glossary_of_ones_own(browser: Browser, tmp_path: Path) -> None:
    folder = shutil.copytree(TEA, tmp_path / "tea")
    with served("--glossary", str(folder), "--data-dir", str(tmp_path / "data")) as url:
        ready(url)
        page = owned(browser).new_page()
        page.goto(f"{url}/manage?part=entry&id=kettle&in=en&lang=ar")
        expect(page.locator(".m-preview")).to_be_visible()
        _holds(page)


def _holds(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    eventually(page, lambda: overflow(page) == 0)
    page.set_viewport_size({"width": 1920, "height": 1080})
    eventually(page, lambda: overflow(page) == 0)
    for scheme in ("light", "dark"):  # which differ in colours alone
        is_clear(page, scheme, LEVELS if scheme == "light" else ["color-contrast"])
    page.close()


def is_clear(page: Page, scheme: Literal["light", "dark"], rules: list[str]) -> None:
    """Waits until nothing breaks a rule: Streamlit's own pieces change their colours later."""
    page.evaluate(AXE)
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    expect(page.get_by_test_id("stApp")).to_have_css("background-color", PAPER[scheme])
    broken = []
    for _ in range(10):
        broken = list(_broken(page, rules))
        if not broken:
            return
        page.wait_for_timeout(200)
    pytest.fail("\n".join((scheme, *broken)))


def _broken(page: Page, rules: list[str]) -> Iterator[str]:
    """What breaks a rule."""
    options = {"runOnly": rules, "resultTypes": ["violations"]}
    found: dict[str, Any] = page.evaluate("(options) => axe.run(document, options)", options)
    for rule in found["violations"]:
        for node in rule["nodes"]:
            said = node["failureSummary"]
            if not any(rule["id"] == name and what in said for name, what in EXPLAINED):
                yield f"{rule['id']}: {node['html'][:200]} — {said[:300]}"
