"""The class: what teaches with the glossary, a tab for each."""

from importlib import import_module

import streamlit as st

from ui import identity
from ui.page import Page

TABS = ("quiz", "cards", "lesson", "path", "demonstrations")
"""Each is drawn by the module of its name in ``ui.components.classroom``."""
_TEACHERS = (*TABS, "report")


def view(page: Page) -> None:
    """Draws the page: the tab that the address names, or the first."""
    words = page.words
    st.set_page_config(page_title=f"{words['view_classroom']} — {words['title']}")
    tabs = _TEACHERS if identity.current().may("teacher") else TABS
    wanted = st.query_params.get("tab", "")
    chosen = wanted if wanted in tabs else tabs[0]
    with st.container(key="classroom"):
        page.html("classroom#tabs", tabs=tabs, chosen=chosen)
        import_module(f"ui.components.classroom.{chosen}").tab(page)
