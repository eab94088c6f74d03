"""The class: what teaches with the glossary, a tab for each."""

from importlib import import_module

import streamlit as st

from assistant.classroom.demonstrations import every
from ui import demonstrations, identity
from ui.page import Page

TABS = ("quiz", "cards", "lesson", "path", "demonstrations")
"""Each but the last is drawn by the module of its name in ``ui.components.classroom``."""


def view(page: Page) -> None:
    """Draws the page: the tab that the address names, or the first."""
    words = page.words
    st.set_page_config(page_title=f"{words['view_classroom']} — {words['title']}")
    tabs = (*TABS, "report") if identity.current().may("teacher") else TABS
    wanted = st.query_params.get("tab", "")
    chosen = wanted if wanted in tabs else tabs[0]
    with st.container(key="classroom"):
        page.html("classroom#tabs", tabs=tabs, chosen=chosen)
        if chosen != "demonstrations":
            import_module(f"ui.components.classroom.{chosen}").tab(page)
            return
        told = [(each.words[page.language], each) for each in every().values()]
        rows = [(w["title"], w["lead"], demonstrations.link(d, page.language)) for w, d in told]
        page.html("demonstration#listed", rows=sorted(rows))
