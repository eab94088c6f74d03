"""The glossary: all its entries as a list, by letter and category, and searched as one types."""

import streamlit as st

from assistant.assistant import Assistant
from knowledge.catalogue import MOST_LISTED, Catalogue
from knowledge.glossary import Glossary
from ui import markup, reader, state, templates
from ui.components.searchbox import listed, searchbox, wanted
from ui.strings import strings

_BEST = 60  # entries found that are shown at once


def view(assistant: Assistant) -> None:
    """Draws the page."""
    interface = state.language()
    with st.container(key="glossary"):
        st.html(templates.render("parts#title", interface, key="view_glossary"))
        _list(assistant, interface)


@st.fragment
def _list(assistant: Assistant, interface: str) -> None:
    """The search box and the list; as one types, only these are run."""
    words = strings(interface)
    catalogue = _catalogue(assistant.glossary, id(assistant.glossary), interface)
    listing = catalogue.listing(wanted(), assistant.retriever)
    searchbox(
        label=words["search_label"],
        hint=words["search_hint"],
        count=markup.glossary_count(listing, interface),
    )
    both = reader.choices().both and bool(catalogue.second)
    most = listed() + (_BEST if listing.wanted.query else MOST_LISTED)
    st.html(markup.glossary(markup.Shown(catalogue, listing, interface, both, most)))


@st.cache_resource(show_spinner=False, max_entries=8)
def _catalogue(_glossary: Glossary, identity: int, language: str) -> Catalogue:  # noqa: ARG001
    """Made once for each language; ``identity`` is what the cache knows the glossary by."""
    return Catalogue(_glossary, language)
