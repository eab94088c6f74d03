"""The tab “demonstrations”."""

from assistant.classroom.demonstrations import every
from ui import demonstrations
from ui.page import Page


def tab(page: Page) -> None:
    """Lists them, each with what it shows and its address."""
    rows = sorted(
        (each.words[page.language]["title"], each.words[page.language]["lead"],
         demonstrations.link(each, page.language))
        for each in every().values()
    )  # fmt: skip
    page.html("demonstration#listed", rows=rows)
