"""The map: the glossary's categories and terms, and from nearby what relates to what."""

from functools import lru_cache

import streamlit as st

from knowledge.glossary import Glossary
from ui.components.classroom.path import maker
from ui.markup.map import Map
from ui.page import Page

_FOUND = "map-found"


def view(page: Page) -> None:
    """Draws the page: the whole, or the category of the address or of the term that is sought."""
    glossary, words = page.glossary, page.words
    st.set_page_config(page_title=f"{words['map_title']} — {words['title']}")
    shown = _map(glossary, page.language)
    found = st.query_params.get("id", "")
    category = _category(shown, glossary, found)
    path = category is not None and "path" in st.query_params
    order = maker(page.assistant).paths.through(category or "") if path else ()
    with st.container(key="map"):
        with st.container(key="map-head", horizontal=True):
            page.html("map#title", n=len(shown.entries))
            _search(shown, found, page)
        page.html(
            "map#map",
            countries=shown.whole() if category is None else shown.near(category, order),
            relations=shown.relations,
            near=category,
            path=path,
            found=found,
        )


_map = lru_cache(maxsize=8)(Map)


def _category(shown: Map, glossary: Glossary, found: str) -> str | None:
    """The category to be near to; None for the whole map. Of one alone, there is no other."""
    if found in shown.entries:
        return shown.entries[found].category
    within = glossary.within(st.query_params.get("category", ""))
    near = next((e.category for i, e in shown.entries.items() if i in within), None)
    return next(iter(shown.categories)) if len(shown.categories) == 1 else near


def _search(shown: Map, found: str, page: Page) -> None:
    st.session_state[_FOUND] = found if found in shown.entries else None
    st.selectbox(
        page.words["map_find"],
        sorted(shown.entries, key=lambda i: shown.entries[i].term.casefold()),
        index=None,
        format_func=lambda i: shown.entries[i].term,
        placeholder=page.words["map_find"],
        label_visibility="collapsed",
        key=_FOUND,
        on_change=_find,
    )


def _find() -> None:
    found = st.session_state.get(_FOUND)
    st.query_params.clear()
    if found:
        st.query_params["id"] = found
