"""Dialogs that only show something: an entry, how an answer was found, the help."""

from collections.abc import Mapping
from typing import Literal

import streamlit as st
from markupsafe import Markup

from knowledge.entry import Entry
from knowledge.language.text import Span
from ui import bridge, formatting, groups, markup
from ui.page import Page


def show(title: str, html: Markup, width: Literal["medium", "large"] = "medium") -> None:
    """Opens a dialog with what it shows."""
    st.dialog(title, width=width)(st.html)(html)


def entry(shown: Entry, page: Page, told: Mapping[str, object] | None = None) -> None:
    """Opens an entry, at the words of it that the browser tells, if they are in it.

    The browser tells what opened the entry ``before`` in its place, too.
    """
    groups.note_opened(shown.id)
    told = told or {}
    opened = told.get("before")
    place = (
        [bridge.text(opened.get(key)) for key in ("entry_id", "language")]
        if isinstance(opened, dict)
        else None
    )
    before = page.glossary.get(*place) if place else None
    quote, linker = _quoted(shown, told), page.assistant.linker
    html = markup.entry(shown, page.glossary, page.language, quote, linker, before=before)
    show(formatting.literal(shown.term), html)


def _quoted(entry: Entry, told: Mapping[str, object]) -> tuple[str, Span] | None:
    section, start, end = told.get("section"), told.get("start"), told.get("end")
    if not (isinstance(section, str) and isinstance(start, int) and isinstance(end, int)):
        return None
    return (section, Span(start, end)) if 0 <= start < end <= len(entry.text(section)) else None
