"""The term view: the entry of the address (``?id=foundation-model&lang=ar``)."""

from urllib.parse import urljoin

import streamlit as st

from ui import addresses, demonstrations, groups, managing, markup, news
from ui.components import changes
from ui.page import Page


def view(page: Page) -> None:
    """Draws the page."""
    glossary, interface, linker = page.glossary, page.language, page.assistant.linker
    wanted = st.query_params.get("id", "")
    shown = glossary.get(wanted, st.query_params.get("lang", "") or interface)
    if shown is None:
        st.html(markup.no_term(wanted, glossary, interface))
        return
    st.set_page_config(page_title=f"{shown.term} — {page.words['title']}")
    groups.note_opened(shown.id)
    edit = managing.may_edit(page.assistant)
    if edit:
        with st.container(key="term-changes"):
            changes.changes(page, past=False)
    here = st.context.url  # empty outside of a browser
    address = urljoin(here, addresses.entry(shown.id, shown.language)) if here else ""
    with st.container(key="term"):
        moving = demonstrations.beside(shown.id, interface)
        told = {"address": address, "edit": edit, "demonstrations": moving}
        st.html(markup.term(shown, glossary, interface, linker, **told))
        reports, age = news.latest(page.assistant, shown, interface)
        page.html("term#end", entry=shown, glossary=glossary, reports=reports, age=age)
