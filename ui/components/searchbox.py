"""The search box of the glossary, and the script that narrows its list: as one types, by a click.

What the list is narrowed by stands in the address. The browser writes it there at once, and tells
all of it each time, with a number that counts up: so nothing is lost where two things are done at
nearly the same time, and a run that comes late changes nothing that is typed by then.
"""

from collections.abc import Callable
from importlib.resources import files
from typing import Any

import streamlit as st

from knowledge.catalogue import Filter
from knowledge.language.text import clean
from ui import templates
from ui.page import Page

MOST = 200  # characters of a query, or of a category's name

_KEY = "search"
_NAMES = ("letter", "category", "q")  # in the address, in this order


@st.cache_resource
def _component() -> Callable[..., Any]:
    js = files("ui.components").joinpath("searchbox.js").read_text("utf-8")
    html = str(templates.render("searchbox", "en", most=MOST))
    return st.components.v2.component("masrad_searchbox", html=html, js=js, isolate_styles=False)


def searchbox(page: Page, count: str) -> None:
    """Shows the search box; how many entries there are, in words, is said when it changes."""
    data = {
        "label": page.words["search_label"],
        "hint": page.words["search_hint"],
        "count": count,
        "wanted": {name: st.query_params.get(name, "") for name in _NAMES},
        "told": st.session_state.get("told", 0),
    }
    _component()(data=data, key=_KEY, on_wanted_change=_keep)


def wanted() -> Filter:
    """What the address says that the list is narrowed by; it may say anything."""
    return Filter(*(_cleaned(st.query_params.get(name, "")) for name in _NAMES))


def listed() -> int:
    """How many entries are listed already, where more are asked for."""
    return int(st.session_state.get("listed", 0))


def _keep() -> None:
    """Takes what the browser tells, whatever it may be, for the address."""
    told = st.session_state[_KEY].wanted
    if not isinstance(told, dict):
        return
    for name, kept in (("told", "told"), ("shown", "listed")):
        number = told.get(name)
        st.session_state[kept] = number if isinstance(number, int) and number > 0 else 0
    texts = {name: _cleaned(told.get(name)) for name in _NAMES}
    others = {name: text for name, text in st.query_params.items() if name not in _NAMES}
    address = {**others, **{name: text for name, text in texts.items() if text}}
    st.query_params.from_dict(address.items())


def _cleaned(text: object) -> str:
    return " ".join(clean(text).split())[:MOST] if isinstance(text, str) else ""
