"""The inbox: what people asked in vain, and what they said of answers: to be seen to."""

import streamlit as st

from assistant.conversations.conversation import Item
from assistant.conversations.gaps import grouped, key
from knowledge.glossary import Glossary
from knowledge.search.embeddings import Embedder
from ui import identity, managing, shared
from ui.page import Page

_LATELY = "inbox-done"  # the row that was set aside last in this tab, to be undone


def missing(page: Page) -> None:
    """The rows to mend, those to write, and folded those that are done."""
    waiting = open_rows(page)
    done = [each for each in _rows(page) if each.aside]
    lately = next((each for each in done if st.session_state.get(_LATELY) in each.keys), None)
    editable = managing.may_edit(page.assistant)
    page.html(
        "inbox#rows",
        mend=[each for each in waiting if each.entry],
        write=[each for each in waiting if not each.entry],
        done=done,
        lately=lately,
        entries={entry.key: entry for entry in page.glossary.entries},
        editable=editable,
        fixed=bool(waiting) and not editable and identity.current().may("owner"),
    )


def open_rows(page: Page) -> list[Item]:
    """The rows that wait; ConversationError if they cannot be read."""
    return [each for each in _rows(page) if not each.aside]


def find(key: str, page: Page) -> Item | None:
    """The row that has a key; ConversationError if it cannot be read."""
    return next((each for each in _rows(page) if key in each.keys), None)


def _rows(page: Page) -> list[Item]:
    """The rows, but for those that an entry has filled since."""
    known, _ = _known(page.glossary)
    items = [
        each for each in shared.conversations().inbox() if each.entry or known.isdisjoint(each.keys)
    ]
    return _grouped(tuple(items), page.assistant.retriever.classifier.embedders)


@st.cache_resource(show_spinner=False, max_entries=2, hash_funcs={Glossary: id})
def _known(glossary: Glossary) -> tuple[frozenset[str], Glossary]:
    """What the names of all entries are counted as; with the glossary, whose identity it is."""
    names = ((name, entry.language) for entry in glossary.entries for name in entry.names)
    return frozenset(key(*each) for each in names), glossary


@st.cache_resource(show_spinner=False, max_entries=2, hash_funcs={Item: repr})
def _grouped(items: tuple[Item, ...], _embedders: tuple[Embedder, ...]) -> list[Item]:
    """They are held against each other only where there is a new one."""
    return grouped(items, _embedders)


def set_aside(key: str, page: Page, *, aside: bool) -> None:
    """Takes a row off the list as done, or puts it back; ConversationError if that fails."""
    row = find(key, page) if identity.current().may("teacher") else None
    if row is not None:
        shared.conversations().set_aside(row.keys, aside=aside)
        st.session_state[_LATELY] = row.keys[0] if aside else ""
