"""An entry: its page (``?id=foundation-model&lang=ar``), and the dialog that opens it elsewhere."""

from collections.abc import Mapping
from urllib.parse import urljoin

import streamlit as st

from knowledge.entry import Entry
from knowledge.language.text import Span
from ui import addresses, bridge, demonstrations, formatting, groups, managing, markup
from ui.components import changes
from ui.page import Page, show

_LONGEST = 80  # characters of an address that is not known


def view(page: Page) -> None:
    """Draws the page."""
    glossary, interface = page.glossary, page.language
    wanted = st.query_params.get("id", "")
    shown = glossary.get(wanted, st.query_params.get("lang", "") or interface)
    if shown is None:
        page.html("term#unknown", said=" ".join(wanted[:_LONGEST].replace("-", " ").split()))
        return
    st.set_page_config(page_title=f"{shown.term} — {page.words['title']}")
    groups.note_opened(shown.id)
    edit = managing.may_edit(page.assistant)
    if edit:
        with st.container(key="term-changes"):
            changes.changes(page, shown.id)
    here = st.context.url  # empty outside of a browser
    address = urljoin(here, addresses.entry(shown.id, shown.language)) if here else ""
    with st.container(key="term"):
        moving = demonstrations.beside(shown.id, interface)
        told = {"address": address, "edit": edit, "demonstrations": moving}
        st.html(markup.term(page.context, shown, **told))
        st.html(markup.term_end(page.assistant, shown, interface))


def dialog(shown: Entry, page: Page, done: Mapping[str, object]) -> None:
    """Opens an entry, at the words of it that the browser tells, if they are in it.

    The browser tells what opened the entry ``before`` in its place, too.
    """
    groups.note_opened(shown.id)
    quote, opened, before = None, done.get("before"), None
    match done.get("section"), done.get("start"), done.get("end"):
        case str(section), int(start), int(end) if 0 <= start < end <= len(shown.text(section)):
            quote = section, Span(start, end)
    if isinstance(opened, dict):
        place = (bridge.text(opened.get(key)) for key in ("entry_id", "language"))
        before = page.glossary.get(*place)
    html = markup.entry(page.context, shown, quote, before=before)
    show(formatting.literal(shown.term), html)
