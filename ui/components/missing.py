"""What people asked for and the glossary does not have: to be written, or taken off the list."""

import streamlit as st

from assistant import ConversationError
from assistant.assistant import Assistant
from assistant.conversations import gaps
from assistant.conversations.conversation import Gap
from knowledge.glossary import Glossary
from ui import managing, markup, shared
from ui.components.changes import failure
from ui.strings import strings

_MOST = 100


def missing(assistant: Assistant, language: str) -> None:
    """The list, what was asked most first."""
    words = strings(language)
    st.html(markup.subtitle(words["missing_title"], words["missing_text"], language))
    try:
        found = listed(assistant)
    except ConversationError as error:
        st.html(markup.note(failure(error, language), "notice"))
        return
    if not found:
        st.html(markup.note(words["missing_none"]))
        return
    editable = managing.fixed(assistant.glossary) is None
    if not editable:
        st.html(markup.note(words["missing_fixed"], "notice"))
    st.html(markup.gap_list(found, language, editable=editable))


def listed(assistant: Assistant) -> list[Gap]:
    """The gaps that no entry has filled since.

    Raises:
        ConversationError: the database fails.
    """
    known, _ = _known(assistant.glossary, id(assistant.glossary))
    return [gap for gap in shared.conversations().gaps(_MOST) if gap.key not in known]


@st.cache_resource(show_spinner=False, max_entries=2)
def _known(_glossary: Glossary, identity: int) -> tuple[frozenset[str], Glossary]:  # noqa: ARG001
    """What the names of all entries are counted as; with the glossary, whose identity it is."""
    names = ((name, entry.language) for entry in _glossary.entries for name in entry.names)
    return frozenset(gaps.key(*each) for each in names), _glossary


def forget(key: str, assistant: Assistant) -> None:
    """Takes one off the list.

    Raises:
        ConversationError: the database fails.
    """
    if not managing.allowed(assistant.settings):
        return
    gap = next((each for each in shared.conversations().gaps(_MOST) if each.key == key), None)
    if gap is not None:
        shared.conversations().forget_gap(gap)
        managing.done(managing.Forgotten(gap), assistant)
