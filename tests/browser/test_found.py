"""How an answer was found, as a class sees it."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SLOW, ask, chiefly, opened
from ui.strings import strings

QUESTIONS = {"en": "What is a foundation model?", "ar": "ما هو النموذج الأساسي؟"}
STRANGE = {"en": "Who won the 2018 World Cup?", "ar": "ما هي عاصمة فرنسا؟"}


def _open(page: Page, language: str) -> None:
    page.get_by_role("button", name=strings(language)["found_show"]).click(timeout=SLOW)
    expect(page.locator(".m-found")).to_be_visible(timeout=SLOW)


@chiefly("ar")
def test_it_opens_with_bars_and_a_curve_and_closes(page: Page, address: str, language: str) -> None:
    opened(page, address, language)
    ask(page, QUESTIONS[language])
    _open(page, language)
    found = page.locator(".m-found")
    expect(found.locator(".m-step")).to_have_count(6)
    best = found.locator(".m-entries .m-track").first
    track, filled = best.bounding_box(), best.locator("i").bounding_box()
    assert track
    assert filled
    assert filled["width"] > track["width"] / 2
    assert filled["height"] >= 16
    if language == "ar":  # it grows from the right
        assert filled["x"] + filled["width"] == pytest.approx(track["x"] + track["width"], abs=1)
    plot, point = (found.locator(s).bounding_box() for s in (".m-plot", ".m-point"))
    assert plot
    assert point
    assert point["x"] > plot["x"] + plot["width"] / 2  # surer than not
    size = found.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
    assert size >= 1.05 * 16

    page.get_by_role("button", name=strings(language)["found_hide"]).click()
    expect(found).to_have_count(0, timeout=SLOW)


@chiefly("en")
def test_it_tells_why_the_assistant_abstains_on_a_phone_too(
    page: Page, address: str, language: str
) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    opened(page, address, language)
    ask(page, STRANGE[language])
    _open(page, language)
    found = page.locator(".m-found")
    expect(found).to_contain_text(strings(language)["found_by_nobody"])
    plot, label = (found.locator(s).bounding_box() for s in (".m-plot", ".m-pointed"))
    assert plot
    assert label
    assert plot["x"] <= label["x"]
    assert label["x"] + label["width"] <= plot["x"] + plot["width"] + 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_it_is_told_of_a_conversation_that_is_opened_again(page: Page, address: str) -> None:
    opened(page, address)
    ask(page, QUESTIONS["en"])
    _open(page, "en")
    told = page.locator(".m-found").inner_text()
    page.reload()
    _open(page, "en")
    assert page.locator(".m-found").inner_text() == told


def test_it_is_shown_large(page: Page, address: str) -> None:
    opened(page, address)
    ask(page, QUESTIONS["en"])
    _open(page, "en")
    page.get_by_role("button", name=strings("en")["found_large"]).click()
    dialog = page.get_by_role("dialog")
    expect(dialog.locator(".m-large")).to_be_visible(timeout=SLOW)
    box = dialog.bounding_box()
    assert box
    assert box["width"] > 1100
