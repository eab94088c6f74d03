"""What a tab is on is chosen: all terms, a category, some terms, or those of the conversation."""

from collections.abc import Callable, Sequence
from typing import Literal, TypeVar

import streamlit as st

from knowledge.language.text import is_right_to_left
from ui import state
from ui.page import Page, in_a_row, one_of

T = TypeVar("T")
Way = Literal["all", "category", "terms", "chat"]


def names(page: Page) -> dict[str, str]:
    """All terms by their ids, in the alphabet of the interface's language, then the others."""
    own = (entry.id for entry in page.glossary.ordered(page.language))
    ids = dict.fromkeys((*own, *page.glossary.ids))
    return {i: entry.term for i in ids if (entry := page.glossary.get(i, page.language))}


def asked(page: Page) -> tuple[str, str]:
    """The term (by its id) and the category that the address names; nothing where it has none."""
    term, within = st.query_params.get("term", ""), st.query_params.get("category", "")
    ids = page.glossary.within(within)
    own = (name for name in page.categories if ids and page.glossary.within(name) == ids)
    return page.glossary.id_of(term) or "", next(own, "")


def one(page: Page, name: str, values: Sequence[T], now: T, said: Callable[[T], str] = str) -> T:
    """One of some values, chosen in a row under the string ``name``; from another, it is anew."""
    place = key(page, f"{name}-{len(values)}-{now}")
    return in_a_row(page.words[name], values, now, said, key=place)


def key(page: Page, name: str) -> str:
    """That of a field, which is another one where the page runs from the right."""
    return f"class-{'rtl' if is_right_to_left(page.language) else 'ltr'}-{name}"


def scope(page: Page, tab: str, *ways: Way) -> tuple[tuple[str, ...], str]:
    """The terms or the category that are chosen in one of these ways; neither, where it is all."""
    (term, within), terms, talked = asked(page), names(page), _talked_about(page)
    can = {"category": bool(page.categories), "chat": bool(talked)}
    offered = [way for way in ways if can.get(way, True)]
    first: Way = "category" if within else "terms" if term else offered[0]
    match one(page, "quiz_on", offered, first, lambda way: page.words[f"quiz_on_{way}"]):
        case "category":
            own = {name: name for name in page.categories}
            label, place = page.words["quiz_on_category"], key(page, f"{tab}-category")
            return (), one_of(label, own, within or next(iter(own)), key=place) or ""
        case "terms":
            several = st.multiselect(
                page.words["quiz_on_terms"],
                list(terms),
                [term] if term else [],
                format_func=terms.__getitem__,
                placeholder=page.words["quiz_terms_hint"],
                key=key(page, f"{tab}-terms"),
            )
            return tuple(several), ""
        case "chat":
            return talked, ""
    return (), ""


def _talked_about(page: Page) -> tuple[str, ...]:
    """The ids of the terms that the conversation is about."""
    answers = [turn.answer for turn in state.chat().turns if turn.answer]
    ids = [each for a in answers for each in (*a.focus, *(c.entry_id for c in a.citations))]
    return tuple(i for i in dict.fromkeys(ids) if i in page.glossary.ids)
