"""What people asked for and the glossary does not have: to be written, or taken off the list."""

import streamlit as st

from assistant.conversations import gaps
from assistant.conversations.conversation import Gap
from knowledge.glossary import Glossary
from ui import identity, managing, shared
from ui.page import Page, note

_MOST = 100


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
        last = managing.here()  # whoever has put one back may want to put back more
        back = isinstance(last, managing.Forgotten) and last.undone
        page.html("manage#gaps_aside", found=aside, unfolded=back)


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
    """Takes one off the list, or puts it back: see ``managing.set_aside``."""
    if not identity.current().may("teacher"):
        return
    known = shared.conversations().gaps(_MOST, aside=not aside)
    gap = next((each for each in known if each.key == key), None)
    if gap is not None:
        managing.set_aside(gap, page.assistant, aside=aside)
