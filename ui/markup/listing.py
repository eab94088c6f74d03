"""Listing: all terms of a language under the letters of its alphabet, as plain links."""

from collections.abc import Sequence
from html import escape
from itertools import groupby

from knowledge.entry import Entry
from knowledge.glossary import Glossary
from knowledge.language.alphabet import letter
from ui.markup.entries import leads
from ui.markup.text import tongue


def listing(entries: Sequence[Entry], glossary: Glossary, interface: str) -> str:
    """The terms, in the order of the entries."""
    return "".join(
        f"<section><h2>{escape(head)}</h2>"
        f"<ul>{''.join(_item(each, glossary, interface) for each in group)}</ul></section>"
        for head, group in groupby(entries, key=lambda e: letter(e.term, e.language))
    )


def _item(shown: Entry, glossary: Glossary, interface: str) -> str:
    link = leads(shown, glossary, interface)
    return f"<li><a {tongue(shown.language)} {link}>{escape(shown.term)}</a></li>"
