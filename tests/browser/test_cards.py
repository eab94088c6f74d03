"""Cards, as one learns them: by the keyboard alone."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import Explained, does, settled
from ui.strings import strings

WORDS = strings("en")


def test_cards_are_turned_and_graded_by_keys(page: Page, explained: Explained) -> None:
    for term in ("kettle", "teapot"):
        page.goto(f"{explained.url}/term?id={term}&lang=en")
        does(page, "card_add").click()
        expect(page.get_by_test_id("stToast")).to_have_text(WORDS["cards_added_one"])
    page.goto(f"{explained.url}/classroom?tab=cards&lang=en")
    card, back = page.locator(".m-flash"), page.locator(".m-flash-back")
    expect(card).to_contain_text("Kettle")
    page.keyboard.press("4")  # nobody has seen the answer yet
    expect(back).to_be_hidden()
    page.keyboard.press("Space")
    expect(back).to_be_focused()
    page.keyboard.press("4")
    expect(card).to_contain_text("Teapot")
    expect(card).to_be_focused()
    expect(back).to_be_hidden()
    settled(page)
    page.keyboard.press("Space")
    page.keyboard.press("4")
    expect(card).to_contain_text(WORDS["cards_done"])
