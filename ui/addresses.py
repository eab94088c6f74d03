"""The addresses of the app's views, as links that work from each of them."""

from typing import Literal
from urllib.parse import urlencode

View = Literal["chat", "glossary", "term", "map", "classroom", "manage"]

VIEWS: tuple[View, ...] = ("chat", "glossary", "term", "map", "classroom")  # every reader's

EVERY: tuple[View, ...] = (*VIEWS, "manage")
"""Also that of whoever may change the glossary (``ui.managing``)."""


def path(view: View) -> str:
    """The last part of a view's address: nothing for the chat, which is the first page."""
    return "" if view == "chat" else view


def link(view: View, **parameters: str) -> str:
    """A view's address as seen from any other, for all are of one depth; without what is empty."""
    query = urlencode(
        {name: value for name, value in parameters.items() if value}, errors="replace"
    )
    return f"./{path(view)}" + (f"?{query}" if query else "")


def entry(entry_id: str, language: str) -> str:
    """The address of an entry's page."""
    return link("term", id=entry_id, lang=language)
