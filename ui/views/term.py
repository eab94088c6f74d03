"""The term view: the entry of the address (``?id=foundation-model&lang=ar``)."""

from urllib.parse import urljoin

import streamlit as st

from assistant.assistant import Assistant
from knowledge.entry import Entry
from ui import addresses, managing, markup, news, state
from ui.components import changes, network
from ui.strings import strings


def view(assistant: Assistant) -> None:
    """Draws the page."""
    interface = state.language()
    wanted = st.query_params.get("id", "")
    shown = assistant.glossary.get(wanted, st.query_params.get("lang", "") or interface)
    if shown is None:
        st.html(markup.no_term(wanted, assistant.glossary, interface))
        return
    st.set_page_config(page_title=f"{shown.term} — {strings(interface)['title']}")
    if managing.may_edit(assistant):
        with st.container(key="term-changes"):
            changes.changes(assistant, interface, past=False)
    with st.container(key="term"):
        _term(assistant, shown, interface)


def _term(assistant: Assistant, shown: Entry, interface: str) -> None:
    glossary = assistant.glossary
    edit = managing.may_edit(assistant)
    st.html(markup.term(shown, glossary, interface, assistant.linker, _address(shown), edit=edit))
    with st.container(key="term-beside"):
        network.neighbours(shown, glossary, interface)
    st.html(markup.term_end(shown, glossary, interface, *news.latest(assistant, shown, interface)))


def _address(shown: Entry) -> str:
    """The whole address of the page, in the entry's own language; empty outside of a browser."""
    here = st.context.url
    return urljoin(here, addresses.entry(shown.id, shown.language)) if here else ""
