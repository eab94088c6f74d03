"""Dialogs that only show something: an entry, how an answer was found, the help."""

from collections.abc import Mapping
from typing import Literal

import streamlit as st
from markupsafe import Markup

from knowledge.entry import Entry
from knowledge.language.text import Span


def show(title: str, html: Markup, width: Literal["medium", "large"] = "medium") -> None:
    """Opens a dialog with what it shows."""

    @st.dialog(title, width=width)
    def shown() -> None:
        st.html(html)

    shown()


def quoted(entry: Entry, told: Mapping[str, object]) -> tuple[str, Span] | None:
    """The words of an entry that the browser tells, if they are in it."""
    section, start, end = told.get("section"), told.get("start"), told.get("end")
    if not (isinstance(section, str) and isinstance(start, int) and isinstance(end, int)):
        return None
    return (section, Span(start, end)) if 0 <= start < end <= len(entry.text(section)) else None
