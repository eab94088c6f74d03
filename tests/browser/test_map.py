"""The map, as a reader goes about on it: with a pointer, with the keyboard, on a telephone."""

import re

from playwright.sync_api import Page, expect

from ui.strings import strings

EN = strings("en")


def _open(page: Page, address: str, query: str) -> None:
    page.goto(f"{address}/map?{query}")
    expect(page.get_by_test_id("stApp").locator(".m-map")).to_be_visible()


def test_pointing_at_a_term_draws_lines_to_those_related_and_to_no_others(
    page: Page, address: str
) -> None:
    _open(page, address, "lang=en&id=foundation-model")
    lines, place = page.locator(".m-ties path"), page.locator('[data-place="foundation-model"]')
    expect(lines).to_have_count(0)
    place.hover()
    expect(lines).not_to_have_count(0)
    related = set((place.get_attribute("data-related") or "").split())
    shown = page.locator("[data-place]").evaluate_all("all => all.map(e => e.dataset.place)")
    expect(lines).to_have_count(len(related & set(shown)))
    place.click()
    expect(page.get_by_role("dialog")).to_contain_text("Foundation model")
    page.keyboard.press("Escape")
    page.mouse.move(0, 0)
    page.get_by_role("link", name=EN["map_whole"]).click()
    expect(page).not_to_have_url(re.compile("id="))


def test_by_the_keyboard_one_comes_nearer_and_a_path_is_drawn(page: Page, address: str) -> None:
    _open(page, address, "lang=en")
    page.get_by_role("link", name="Training", exact=True).first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".m-map-near")).to_be_visible()
    page.get_by_role("link", name=EN["map_with_path"]).press("Enter")
    steps = page.locator("[data-step]")
    expect(page.locator(".m-walk path")).not_to_have_count(0)
    assert steps.first.get_attribute("data-step") == "1"
    steps.first.focus()
    expect(steps.first).to_have_class(re.compile("m-spot-pointed"))
