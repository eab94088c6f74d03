"""An entry over the chat: the whole of it, at the words that a citation quotes."""

from typing import Any

import streamlit as st

from assistant.assistant import Assistant
from knowledge.entry import Entry
from knowledge.language.text import Span
from ui import formatting, markup


def quoted(entry: Entry, told: dict[str, Any]) -> tuple[str, Span] | None:
    """The words of an entry that the browser tells, if they are in it."""
    section, start, end = told.get("section"), told.get("start"), told.get("end")
    if not (isinstance(section, str) and isinstance(start, int) and isinstance(end, int)):
        return None
    return (section, Span(start, end)) if 0 <= start < end <= len(entry.text(section)) else None


def dialog(
    entry: Entry, assistant: Assistant, language: str, quote: tuple[str, Span] | None
) -> None:
    """Opens it."""

    @st.dialog(formatting.literal(entry.term), width="medium")
    def shown() -> None:
        st.html(markup.entry(entry, assistant.glossary, language, quote, assistant.linker))

    shown()
