"""The glossary: all its entries as a list, by letter and category, and searched as one types.

What the list is narrowed by stands in the address. The browser writes it there at once, and tells
all of it each time, with a number that counts up: so nothing is lost where two things are done at
nearly the same time, and a run that comes late changes nothing that is typed by then.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files
from itertools import groupby
from typing import Any

import streamlit as st
from markupsafe import Markup

from knowledge.catalogue import Catalogue, Filter, Listing
from knowledge.entry import Entry
from knowledge.language.text import base, clean
from knowledge.language.words import fold
from ui import addresses, formatting, reader, templates
from ui.page import Page

MOST = 200  # characters of a query, or of a category's name
_FOUND, _LISTED = 60, 500  # entries that are shown at once: found ones, and all others
_KEY = "search"
_NAMES = ("letter", "category", "q")  # in the address, in this order


def view(page: Page) -> None:
    """Draws the page."""
    with st.container(key="glossary"):
        page.html("parts#title", key="view_glossary")
        _list(page)


@st.fragment
def _list(page: Page) -> None:
    """The search box and the list; as one types, only these are run."""
    catalogue = _catalogue(page.glossary, page.language)
    # The address may say anything.
    wanted = Filter(*(_cleaned(st.query_params.get(name, "")) for name in _NAMES))
    listing = catalogue.listing(wanted, page.assistant.retriever)
    n = len(listing.entries)
    data = {
        "label": page.words["search_label"],
        "hint": page.words["search_hint"],
        "count": formatting.count("entries", n, page.language) if n else page.words["entries_none"],
        "wanted": {name: st.query_params.get(name, "") for name in _NAMES},
        "told": st.session_state.get("told", 0),
    }
    _searchbox()(data=data, key=_KEY, on_wanted_change=_keep)
    both = reader.choices().both and bool(catalogue.second)
    most = _FOUND if listing.wanted.query else _LISTED
    most += int(st.session_state.get("listed", 0))  # where more are asked for
    st.html(markup(catalogue, listing, page.language, both=both, most=most))


_catalogue = lru_cache(maxsize=8)(Catalogue)


def markup(
    catalogue: Catalogue, listing: Listing, interface: str, *, both: bool, most: int
) -> Markup:
    """The list, and all by which it can be narrowed.

    With ``both``, a second language stands beside the list's; after the ``most`` entries that are
    shown there is a button for more.
    """

    def narrowing(name: str, value: str) -> Markup:
        """The attributes of a link that narrows the list, whatever else it is narrowed by."""
        to = replace(listing.wanted, **{name: value})
        at = {"letter": to.letter, "category": to.category, "q": to.query}
        address, told = addresses.link("glossary", lang=interface, **at), {name: value}
        return templates.attributes({"href": address, "data-wanted": templates.as_json(told)})

    visible = listing.entries[:most]
    rows = [_row(n, entry, catalogue, listing.wanted) for n, entry in enumerate(visible)]
    # What was found stands by how well it fits, all else under its letter.
    found = listing.wanted.query
    groups = groupby(rows, lambda row: "" if found else catalogue.letter(row["entry"]))
    return templates.render(
        "glossary",
        interface,
        listing=listing,
        groups=[(letter, list(group)) for letter, group in groups],
        left=len(listing.entries) - len(visible),
        most=most,
        both=both,
        second=catalogue.second,
        direction=templates.direction(catalogue.language),
        letter_name=lambda letter: "أ" if letter == "ا" else letter,  # a bare alif looks as a line
        narrowing=narrowing,
    )


def _row(place: int, entry: Entry, catalogue: Catalogue, wanted: Filter) -> dict[str, Any]:
    """An entry of the list, with the other name by which it was found, if it was by one."""
    versions = catalogue.glossary.versions(entry.id)
    other = next((e for e in versions if e.language == catalogue.second and e is not entry), None)
    names = [entry.term, other.term if other else "", *(a for e in versions for a in e.aliases)]
    typed = [n for n, name in enumerate(names) if fold(wanted.query) in fold(name)]
    return {
        "place": place,
        "entry": entry,
        "other": other,
        "category": "" if wanted.category else entry.category,
        "foreign": base(entry.language) != base(catalogue.language),
        "alias": names[typed[0]] if typed and typed[0] > 1 else "",
    }


@st.cache_resource
def _searchbox() -> Callable[..., Any]:
    js = files("ui.views").joinpath("searchbox.js").read_text("utf-8")
    html = str(templates.render("searchbox", "en", most=MOST))
    return st.components.v2.component("masrad_searchbox", html=html, js=js, isolate_styles=False)


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
