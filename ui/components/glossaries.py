"""The open glossary: what it is, a copy of one's own, a new one, and the way to others."""

from pathlib import Path

import streamlit as st

from knowledge.editing.importing import plan
from knowledge.glossary import BUNDLED
from ui import formatting, managing, navigation
from ui.page import Page

BEGUN = "begun"
"""In a session: the folder of a glossary that is to be, of which the first entry is written."""


def is_bundled(path: Path) -> bool:
    """Whether a glossary is the one that comes with the program."""
    return path.resolve() == BUNDLED.resolve()


def glossaries(page: Page) -> None:
    """Draws the part “Glossary” of the page Manage."""
    words = page.words
    reason = managing.fixed(page.glossary)
    with st.container(key="ours-open"):
        page.html("manage#ours", glossary=page.glossary, reason=reason)
        if reason:
            _copy(page)
        st.session_state.pop(BEGUN, None)
    _others(page)
    with st.container(key="ours-new"):
        page.subtitle(words["ours_begin"], words["ours_begin_text"])
        with st.form("begin", border=False):
            typed = st.text_input(words["ours_name"], key="begin-name", max_chars=60)
            if st.form_submit_button(words["ours_begin_do"]):
                library = managing.library(page.assistant)
                st.session_state[BEGUN] = library.path(library.free_name(typed))
                navigation.go("manage", part="entry", **{"in": page.language})


def _copy(page: Page) -> None:
    library, path = managing.library(page.assistant), page.glossary.path
    with st.form("copy", border=False):
        suggested = "my-glossary" if is_bundled(path) else path.stem
        st.session_state.setdefault("copy-name", library.free_name(suggested))
        typed = st.text_input(page.words["ours_name"], key="copy-name", max_chars=60)
        if st.form_submit_button(page.words["ours_copy"], type="primary"):
            with page.trying():
                dest = library.path(library.free_name(typed))
                doing = st.spinner(page.words["writing"])
                with doing, managing.changing(page.assistant, dest):
                    plan(page.glossary, dest).carry_out()
                    managing.done(None, page.assistant)
                st.rerun()


def _open(path: Path, page: Page) -> None:
    with page.trying():
        with managing.changing(page.assistant, path):
            managing.done(None, page.assistant)
        st.rerun()


def _others(page: Page) -> None:
    """The other glossaries of one's own, and the bundled one: each is opened by one press."""
    library, here = managing.library(page.assistant), page.glossary.path
    paths = [library.path(each) for each in library.names()]
    found = [path for path in paths if path.resolve() != here.resolve()]
    if is_bundled(here) and not found:
        return
    with st.container(key="ours-others"):
        page.subtitle(page.words["ours_others"])
        for n, path in enumerate(found):
            name = formatting.literal(path.name)
            if st.button(page.say("ours_switch", name=name), key=f"o-{n}"):
                _open(path, page)
        if not is_bundled(here) and st.button(page.words["ours_back"], key="o-bundled"):
            _open(BUNDLED, page)
