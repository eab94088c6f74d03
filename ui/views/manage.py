"""Managing: the open glossary, what is brought into it, its entries, and what is missing."""

import streamlit as st

from assistant.assistant import Assistant
from knowledge.glossary import Glossary
from ui import formatting, managing, navigation, owner, state, templates
from ui.components import changes, editor, glossaries, importing, missing
from ui.strings import LANGUAGES, strings

PARTS = ("glossary", "bring", "entry", "missing")
"""The parts of the page, as its address names them."""


def view(assistant: Assistant) -> None:
    """Draws the page for who may change the glossary; tells others how one may."""
    language = state.language()
    if not owner.allowed(assistant.settings):
        off = assistant.settings.manage == "off"
        st.html(
            templates.render(
                "manage#no_page", language, why="page_unknown" if off else "page_owner"
            )
        )
        return
    words = strings(language)
    st.set_page_config(page_title=f"{words['manage_title']} — {words['title']}")
    wanted = st.query_params.get("part", "")
    part = wanted if wanted in PARTS else PARTS[0]
    with st.container(key="manage"):
        head = {"parts": PARTS, "part": part, "name": glossaries.name(assistant.glossary, language)}
        st.html(templates.render("manage#head", language, **head))
        changes.changes(assistant, language)
        with st.container(key=f"part-{part}"):
            if part == "bring":
                importing.importing(assistant, language)
            elif part == "missing":
                missing.missing(assistant, language)
            elif part == "entry":
                _entry(assistant, language)
            else:
                glossaries.glossaries(assistant, language)


def _entry(assistant: Assistant, language: str) -> None:
    """The entry of the address, or a field to find one."""
    folder = st.session_state.get(glossaries.BEGUN)
    glossary = editor.begun(folder) if folder else assistant.glossary
    if glossary is assistant.glossary and managing.fixed(glossary):
        st.html(templates.render("manage#fixed", language, said=strings(language)["entry_fixed"]))
        return
    tag = st.query_params.get("in", "")
    if tag:
        editor.editor(assistant, glossary, st.query_params.get("id", ""), tag, language)
    else:
        _find(glossary, language)


def _find(glossary: Glossary, language: str) -> None:
    words = strings(language)
    st.html(templates.subtitle(words["entry_find"], "", language))
    entries = {entry.key: entry for tag in glossary.languages for entry in glossary.ordered(tag)}
    found = st.selectbox(
        words["entry_find"],
        list(entries),
        index=None,
        format_func=lambda key: entries[key].term,
        placeholder=words["entry_find_hint"],
        label_visibility="collapsed",
        key="entry-find",
    )
    if found:
        chosen = entries[found]
        navigation.go("manage", part="entry", id=chosen.id, **{"in": chosen.language})
    st.html(templates.subtitle(words["entry_write"], "", language))
    tags = dict.fromkeys((*(tag for tag in glossary.languages), *LANGUAGES))
    with st.container(horizontal=True):
        for tag in tags:
            name = formatting.language_name(tag, language)
            if st.button(words["entry_write_in"].format(language=name), key=f"write-{tag}"):
                navigation.go("manage", part="entry", **{"in": tag})
