"""The open glossary: what it is, a copy of one's own, a new one, and the way to others."""

from pathlib import Path

import streamlit as st

from assistant.assistant import Assistant
from knowledge import KnowledgeError
from knowledge.editing.importing import plan
from knowledge.glossary import BUNDLED, Glossary
from ui import formatting, managing, navigation, templates
from ui.components.changes import failure
from ui.strings import strings

BEGUN = "begun"
"""In a session: the folder of a glossary that is to be, of which the first entry is written."""


def name(glossary: Glossary, language: str) -> str:
    """What a glossary is called."""
    if glossary.path.resolve() == BUNDLED.resolve():
        return strings(language)["ours_bundled"]
    return glossary.path.stem


def glossaries(assistant: Assistant, language: str) -> None:
    """Draws the part “Glossary” of the page Manage."""
    words = strings(language)
    reason = managing.fixed(assistant.glossary)
    with st.container(key="ours-open"):
        st.html(
            templates.render("manage#ours", language, glossary=assistant.glossary, reason=reason)
        )
        if reason:
            _copy(assistant, language)
        if st.session_state.get(BEGUN):
            st.session_state.pop(BEGUN)
    _others(assistant, language)
    with st.container(key="ours-new"):
        st.html(templates.subtitle(words["ours_begin"], words["ours_begin_text"], language))
        with st.form("begin", border=False):
            typed = st.text_input(words["ours_name"], key="begin-name", max_chars=60)
            if st.form_submit_button(words["ours_begin_do"]):
                _begin(typed, assistant, language)


def _copy(assistant: Assistant, language: str) -> None:
    words, library = strings(language), managing.library(assistant)
    with st.form("copy", border=False):
        st.session_state.setdefault("copy-name", library.free_name(_suggested(assistant)))
        typed = st.text_input(words["ours_name"], key="copy-name", max_chars=60)
        if st.form_submit_button(words["ours_copy"], type="primary"):
            try:
                dest = library.path(library.checked_name(typed))
                place = st.empty()
                plan(assistant.glossary, dest).carry_out(
                    lambda done, total: place.html(
                        templates.render("manage#writing", language, done=done, total=total)
                    )
                )
                _open(dest, assistant)
            except (KnowledgeError, OSError) as error:
                st.html(templates.note(failure(error, language), "notice"))


def _suggested(assistant: Assistant) -> str:
    path = assistant.glossary.path
    return "my-glossary" if path.resolve() == BUNDLED.resolve() else path.stem


def _open(path: Path | None, assistant: Assistant) -> None:
    managing.done(None, assistant)
    managing.go_on_with(path, assistant)
    st.rerun()


def _begin(typed: str, assistant: Assistant, language: str) -> None:
    library = managing.library(assistant)
    try:
        st.session_state[BEGUN] = library.path(library.checked_name(typed))
    except KnowledgeError as error:
        st.html(templates.note(failure(error, language), "notice"))
        return
    navigation.go("manage", part="entry", **{"in": language})


def _others(assistant: Assistant, language: str) -> None:
    """The other glossaries of one's own, and the bundled one: each is opened by one press."""
    words, library = strings(language), managing.library(assistant)
    here = assistant.glossary.path.resolve()
    found = [library.path(each) for each in library.names() if library.path(each).resolve() != here]
    bundled = here != BUNDLED.resolve()
    if not (found or bundled):
        return
    with st.container(key="ours-others"):
        st.html(templates.subtitle(words["ours_others"], "", language))
        for n, path in enumerate(found):
            if st.button(
                words["ours_switch"].format(name=formatting.literal(path.name)), key=f"o-{n}"
            ):
                _switch(path, assistant, language)
        if bundled and st.button(words["ours_back"], key="o-bundled"):
            _switch(None, assistant, language)


def _switch(path: Path | None, assistant: Assistant, language: str) -> None:
    try:
        _open(path, assistant)
    except OSError as error:
        st.html(templates.note(failure(error, language), "notice"))
