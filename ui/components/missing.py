"""What people asked for and the glossary does not have: to be written, or taken off the list."""

import streamlit as st

from assistant import ConversationError
from assistant.assistant import Assistant
from assistant.conversations import gaps
from assistant.conversations.conversation import Gap
from knowledge.glossary import Glossary
from ui import managing, owner, shared, templates
from ui.components.changes import failure
from ui.strings import strings

_MOST = 100


def missing(assistant: Assistant, language: str) -> None:
    """The list, what was asked most first."""
    words = strings(language)
    st.html(templates.subtitle(words["missing_title"], words["missing_text"], language))
    try:
        found, aside = listed(assistant), listed(assistant, aside=True)
    except ConversationError as error:
        st.html(templates.note(failure(error, language), "notice"))
        return
    editable = managing.fixed(assistant.glossary) is None
    if not found:
        st.html(templates.note(words["missing_none_left" if aside else "missing_none"]))
    elif not editable:
        st.html(templates.render("manage#fixed", language, said=words["missing_fixed"]))
    if found:
        st.html(templates.render("manage#gaps", language, found=_named(found), editable=editable))
    if aside:
        last = managing.here()  # whoever has put one back may want to put back more
        back = isinstance(last, managing.Forgotten) and last.undone
        st.html(templates.render("manage#gaps_aside", language, found=_named(aside), unfolded=back))


def _named(found: list[Gap]) -> list[tuple[Gap, str]]:
    return [(gap, gaps.name(gap)) for gap in found]


def listed(assistant: Assistant, *, aside: bool = False) -> list[Gap]:
    """The gaps that no entry has filled since: those to write, or those set aside.

    Raises:
        ConversationError: the database fails.
    """
    known, _ = _known(assistant.glossary, id(assistant.glossary))
    found = shared.conversations().gaps(_MOST, aside=aside)
    return [gap for gap in found if gap.key not in known]


@st.cache_resource(show_spinner=False, max_entries=2)
def _known(_glossary: Glossary, identity: int) -> tuple[frozenset[str], Glossary]:  # noqa: ARG001
    """What the names of all entries are counted as; with the glossary, whose identity it is."""
    names = ((name, entry.language) for entry in _glossary.entries for name in entry.names)
    return frozenset(gaps.key(*each) for each in names), _glossary


def set_aside(key: str, assistant: Assistant, *, aside: bool) -> None:
    """Takes one off the list, or puts it back.

    Raises:
        ConversationError: the database fails.
    """
    if not owner.allowed(assistant.settings):
        return
    known = shared.conversations().gaps(_MOST, aside=not aside)
    gap = next((each for each in known if each.key == key), None)
    if gap is not None:
        managing.set_aside(gap, assistant, aside=aside)
