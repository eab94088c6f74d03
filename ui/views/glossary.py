"""The glossary: all its entries as a list, by letter and category, and searched.

What the list is narrowed by stands in the address.
"""

from functools import lru_cache
from itertools import groupby

import streamlit as st

from knowledge.catalogue import Catalogue, Filter
from knowledge.language.text import clean
from ui import templates
from ui.page import Page

_LONGEST = 200  # characters of a query, or of a category's name
_MOST = 500  # entries that are shown
_KEY = "search"


def view(page: Page) -> None:
    """Draws the page."""
    catalogue = _catalogue(page.glossary, page.language)
    # The address may say anything.
    letter, category, query = (_cleaned(name) for name in ("letter", "category", "q"))
    listing = catalogue.listing(Filter(letter, category, query), page.assistant.retriever)
    visible = listing.entries[:_MOST]
    with st.container(key="glossary"):
        page.html("parts#title", key="view_glossary")
        st.session_state[_KEY] = query
        st.text_input(
            page.words["search_label"],
            key=_KEY,
            max_chars=_LONGEST,
            placeholder=page.words["search_hint"],
            label_visibility="collapsed",
            icon=":material/search:",
            on_change=_search,
        )
        page.html(
            "glossary",
            listing=listing,
            # What was found stands by how well it fits, all else under its letter.
            groups=groupby(visible, lambda entry: "" if query else catalogue.letter(entry)),
            left=len(listing.entries) - len(visible),
            language=catalogue.language,
            second=catalogue.second,
            direction=templates.direction(catalogue.language),
            versions=catalogue.glossary.versions,
        )


_catalogue = lru_cache(maxsize=8)(Catalogue)


def _search() -> None:
    st.query_params["q"] = st.session_state[_KEY]


def _cleaned(name: str) -> str:
    return " ".join(clean(st.query_params.get(name, "")).split())[:_LONGEST]
