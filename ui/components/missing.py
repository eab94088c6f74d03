"""What people asked for and the glossary does not have: to be written, or taken off the list."""

import streamlit as st

from assistant.conversations import gaps
from assistant.conversations.conversation import Gap
from knowledge.glossary import Glossary
from ui import formatting, identity, managing, shared, state
from ui.page import Page, note

_MOST = 100
_LATELY = "gaps-moved"  # whether one was put off or on the list in this tab: the other is shown


def missing(page: Page) -> None:
    """The list, what was asked most first."""
    words = page.words
    page.subtitle(words["missing_title"], words["missing_text"])
    found, aside = _listed(page.glossary), _listed(page.glossary, aside=True)
    editable = managing.may_edit(page.assistant)
    if not found:
        note(words["missing_none_left" if aside else "missing_none"])
    elif not editable and identity.current().may("owner"):
        page.html("manage#fixed", said=words["missing_fixed"])
    if found:
        page.html("manage#gaps", found=found, editable=editable)
    if aside:
        page.html("manage#gaps_aside", found=aside, unfolded=st.session_state.get(_LATELY, False))


def _listed(glossary: Glossary, *, aside: bool = False) -> list[tuple[Gap, str]]:
    """The gaps that no entry has filled since, with their names: to write, or set aside."""
    known, _ = _known(glossary)
    found = shared.conversations().gaps(_MOST, aside=aside)
    return [(gap, gaps.name(gap)) for gap in found if gap.key not in known]


@st.cache_resource(show_spinner=False, max_entries=2, hash_funcs={Glossary: id})
def _known(glossary: Glossary) -> tuple[frozenset[str], Glossary]:
    """What the names of all entries are counted as; with the glossary, whose identity it is."""
    names = ((name, entry.language) for entry in glossary.entries for name in entry.names)
    return frozenset(gaps.key(*each) for each in names), glossary


def set_aside(key: str, page: Page, *, aside: bool) -> None:
    """Takes one off the list, or puts it back; ConversationError if that fails."""
    if not identity.current().may("teacher"):
        return
    known = shared.conversations().gaps(_MOST, aside=not aside)
    gap = next((each for each in known if each.key == key), None)
    if gap is not None:
        shared.conversations().set_gap_aside(gap.key, aside=aside)
        name = formatting.isolated(gaps.name(gap))
        state.say(page.say("did_forgotten" if aside else "undone_forgotten", name=name))
        st.session_state[_LATELY] = True
