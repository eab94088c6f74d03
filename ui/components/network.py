"""The network: a term in the middle of those related to it, for its page."""

import streamlit as st

from knowledge.entry import Entry
from knowledge.glossary import Glossary
from ui import markup

_MOST = 12  # terms around


def neighbours(entry: Entry, glossary: Glossary, language: str) -> None:
    """Draws the terms that an entry names as related, and those that name it; nothing if none."""
    around, pairs = related(entry, glossary)
    if around:
        st.html(markup.network(entry, around, pairs, glossary, language))


def related(
    entry: Entry, glossary: Glossary
) -> tuple[tuple[Entry, ...], tuple[tuple[int, int], ...]]:
    """The terms around an entry, those that it names first; and which of them are related."""
    found = {other.id: other for other in glossary.related(entry)}
    for other in glossary.entries:
        if other.language == entry.language and entry.id in _ids(other, glossary):
            found.setdefault(other.id, other)
    found.pop(entry.id, None)
    around = tuple(found.values())[:_MOST]
    ids = [_ids(each, glossary) for each in around]
    pairs = tuple(
        (first, second)
        for second in range(len(around))
        for first in range(second)
        if around[first].id in ids[second] or around[second].id in ids[first]
    )
    return around, pairs


def _ids(entry: Entry, glossary: Glossary) -> frozenset[str]:
    return frozenset(other.id for other in glossary.related(entry))
