"""The map: the whole glossary as a graph of related terms."""

from typing import Any

import streamlit as st

from knowledge.glossary import Glossary
from ui import markup, reader
from ui.components import dialogs
from ui.components.chart import Chart, Theme
from ui.page import Page, note

_CHART, _FOUND, _DRAWN = "map-chart", "map-found", "map-drawn"
_CLICKED, _LAST = "map-clicked", "map-last"
_LETTERS = {"small": 0.875, "normal": 1.0, "large": 1.1875, "huge": 1.4375}  # as style/00-tokens


def view(page: Page) -> None:
    """Draws the page."""
    language, glossary, words = page.language, page.glossary, page.words
    st.set_page_config(page_title=f"{words['map_title']} — {words['title']}")
    with st.container(key="map"):
        place = st.empty()
        place.html(page.render("map#drawing"))
        chart = _chart(glossary, language)
        place.empty()
        found, entries = st.query_params.get("id", ""), chart.graph.entries
        found = found if found in entries else ""
        shown = glossary.within(st.query_params.get("category", "")) or None
        _head(chart, found, page)
        own = next((e.category for i, e in entries.items() if shown and i in shown), "")
        if any(chart.hues):
            page.html("map#legend", counts=chart.counts, hues=chart.hues, chosen=own)
        with st.container(key="map-frame"):
            page.html("map#tools")
            theme: Theme = "dark" if st.context.theme.type == "dark" else "light"
            terms, relations = map(page.number, (len(chart.ids), len(chart.graph.edges)))
            drawn, size = st.session_state.get(_DRAWN, 0), _LETTERS[reader.choices().size]
            st.echarts_chart(
                chart.spec(theme, shown, found, drawn, size),
                height="stretch",
                theme=None,
                key=_CHART,
                on_select=_clicked,
                alt=page.say("map_alt", terms=terms, relations=relations),
            )
        note(words["map_hint"])
        st.html(markup.map_list(chart.graph, glossary, shown, language))
    if entry_id := chart.entry_id(st.session_state.pop(_CLICKED, None)):
        dialogs.entry(entries[entry_id], page)


def redraw() -> None:
    """Draws the map anew at the next run, the whole of it."""
    st.session_state[_DRAWN] = st.session_state.get(_DRAWN, 0) + 1


@st.cache_resource(show_spinner=False, max_entries=8, hash_funcs={Glossary: id})
def _chart(glossary: Glossary, language: str) -> Chart:
    return Chart.of(glossary, language)  # it holds the glossary, so its id is not another's


def _head(chart: Chart, found: str, page: Page) -> None:
    with st.container(key="map-head", horizontal=True):
        page.html("map#title", graph=chart.graph)
        st.session_state[_FOUND] = found or None
        st.selectbox(
            page.words["map_find"],
            chart.ids,
            index=None,
            format_func=lambda i: chart.graph.entries[i].term,
            placeholder=page.words["map_find"],
            label_visibility="collapsed",
            key=_FOUND,
            on_change=_find,
        )


def _find() -> None:
    if found := st.session_state.get(_FOUND):
        st.query_params["id"] = found
    else:
        st.query_params.pop("id", None)


def _clicked() -> None:
    """Notes the term that was pressed; pressed again, ECharts lets go of it, and it is the last."""
    told: Any = st.session_state[_CHART]
    groups = told.selection.selected
    points = [n for g in groups if g.get("data_type") == "node" for n in g.get("data_indices", ())]
    if points:
        st.session_state[_LAST] = points[0]
    if points or not groups:
        st.session_state[_CLICKED] = st.session_state.get(_LAST)
