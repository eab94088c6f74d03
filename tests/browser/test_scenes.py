"""Every screen fits, and is held by axe-core to WCAG 2.2, levels A and AA.

In both languages; narrow and wide; light and dark.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import eventually, overflow, owned
from tests.browser.scenes import SCENES

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
EXPLAINED = {
    ("target-size", "partially obscured"): "It is scrolled partly under the bar or the question "
    "box, and on: what gets the focus is scrolled clear of both.",
}
"""Why a rule is broken, where it stays so: by the rule, and what axe says of it."""
EACH = [
    pytest.param(name, language, marks=[pytest.mark.thorough] if (n + m) % 2 else [])
    for n, name in enumerate(SCENES)
    for m, language in enumerate(("en", "ar"))
]
"""Each scene in both languages; every time in one of them, in turn."""
PAPER = {"light": "rgb(251, 250, 247)", "dark": "rgb(20, 25, 26)"}


@pytest.mark.parametrize(("name", "language"), EACH)
def test_it_fits_and_nothing_stands_in_anyones_way(
    browser: Browser, address: str, name: str, language: str
) -> None:
    context = owned(browser, locale="en-GB", reduced_motion="reduce")
    page = context.new_page()
    page.set_viewport_size({"width": 360, "height": 800})
    SCENES[name](page, address, language)
    eventually(page, lambda: overflow(page) == 0)
    page.set_viewport_size({"width": 1920, "height": 1080})
    eventually(page, lambda: overflow(page) == 0)
    page.evaluate(AXE)
    broken = [*_broken(page, "light", LEVELS), *_broken(page, "dark", ["color-contrast"])]
    context.close()
    assert not broken, "\n".join(broken)


def _broken(page: Page, scheme: Literal["light", "dark"], rules: list[str]) -> Iterator[str]:
    """What breaks a rule; light and dark differ in colours alone."""
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    expect(page.get_by_test_id("stApp")).to_have_css("background-color", PAPER[scheme])
    page.wait_for_timeout(200)  # Streamlit's own pieces follow
    options = {"runOnly": rules, "resultTypes": ["violations"]}
    found: dict[str, Any] = page.evaluate("(options) => axe.run(document, options)", options)
    for rule in found["violations"]:
        for node in rule["nodes"]:
            said = node["failureSummary"]
            if not any(rule["id"] == name and what in said for name, what in EXPLAINED):
                yield f"{scheme}: {rule['id']}: {node['html'][:200]} — {said[:300]}"
