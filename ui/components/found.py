"""How an answer was found: under it, or large by itself, for a class."""

import streamlit as st
from markupsafe import Markup

from assistant.assistant import Assistant
from ui import markup, state
from ui.strings import strings


def found(
    assistant: Assistant, number: int, turn: state.Turn, language: str, *, large: bool = False
) -> Markup:
    """The markup of it; none for small talk, for which nothing is looked up."""
    if turn.answer is None or turn.answer.status == "chat":
        return Markup()
    return markup.found(turn.answer, turn.traces, assistant.glossary, number, language, large=large)


def dialog(assistant: Assistant, number: int, turn: state.Turn, language: str) -> None:
    """Shows it by itself, as wide as the window."""

    @st.dialog(strings(language)["found_show"], width="large")
    def shown() -> None:
        st.html(found(assistant, number, turn, language, large=True))

    shown()
