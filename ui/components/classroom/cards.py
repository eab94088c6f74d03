"""The tab “cards”."""

from ui.page import Page, note


def tab(page: Page) -> None:
    """Draws it."""
    note(page.words["class_cards"])
