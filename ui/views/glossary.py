"""The glossary: all its entries as a list, by letter and category, and searched as one types."""

import streamlit as st

from knowledge.catalogue import MOST_LISTED, Catalogue
from knowledge.glossary import Glossary
from ui import markup, reader
from ui.components.searchbox import listed, searchbox, wanted
from ui.page import Page

_BEST = 60  # entries found that are shown at once


def view(page: Page) -> None:
    """Draws the page."""
    with st.container(key="glossary"):
        page.html("parts#title", key="view_glossary")
        _list(page)


@st.fragment
def _list(page: Page) -> None:
    """The search box and the list; as one types, only these are run."""
    catalogue = _catalogue(page.glossary, page.language)
    listing = catalogue.listing(wanted(), page.assistant.retriever)
    searchbox(page, markup.glossary_count(listing, page.language))
    both = reader.choices().both and bool(catalogue.second)
    most = listed() + (_BEST if listing.wanted.query else MOST_LISTED)
    st.html(markup.glossary(markup.Shown(catalogue, listing, page.language, both, most)))


@st.cache_resource(show_spinner=False, max_entries=8, hash_funcs={Glossary: id})
def _catalogue(glossary: Glossary, language: str) -> Catalogue:
    return Catalogue(glossary, language)  # it holds the glossary, so its id is not another's
