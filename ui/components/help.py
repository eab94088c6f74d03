"""The help sheet: what can be asked and how, and what each key does."""

import streamlit as st

from ui import templates
from ui.strings import strings


def dialog(language: str) -> None:
    """Opens it."""

    @st.dialog(strings(language)["help"], width="medium")
    def shown() -> None:
        st.html(templates.render("help", language))

    shown()
