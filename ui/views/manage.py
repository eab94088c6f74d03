"""Managing: the open glossary, what is brought into it, its entries, and what is missing."""

from collections.abc import Mapping

import streamlit as st

from assistant.people import Role
from knowledge.glossary import Glossary
from ui import formatting, identity, managing, navigation
from ui.components import changes, editor, exporting, glossaries, importing, missing
from ui.page import Page
from ui.strings import LANGUAGES


def view(page: Page) -> None:
    """Draws the page for who may change the glossary; tells others how one may."""
    settings, path, words = page.assistant.settings, page.glossary.path, page.words
    person = identity.current()
    if not person.may("teacher"):
        why = "page_unknown" if settings.manage == "off" else "page_owner"
        page.html("manage#no_page", why="page_role" if settings.sign_in != "off" else why)
        return
    parts = {name: PARTS[name] for name in PARTS if person.may(_FOR.get(name, "owner"))}
    st.set_page_config(page_title=f"{words['manage_title']} — {words['title']}")
    wanted = st.query_params.get("part", "")
    part = wanted if wanted in parts else next(iter(parts))
    with st.container(key="manage"):
        name = words["ours_bundled"] if glossaries.is_bundled(path) else path.stem
        page.html("manage#head", parts=tuple(parts), part=part, name=name)
        if person.may("owner"):
            changes.changes(page)
        with st.container(key=f"part-{part}"), page.trying():
            parts[part](page)


def _entry(page: Page) -> None:
    folder = st.session_state.get(glossaries.BEGUN)
    glossary = Glossary(folder, ()) if folder else page.glossary
    if not folder and managing.fixed(glossary):
        page.html("manage#fixed", said=page.words["entry_fixed"])
    elif tag := st.query_params.get("in", ""):
        editor.editor(page, glossary, st.query_params.get("id", ""), tag)
    else:
        _find(glossary, page)


def _find(glossary: Glossary, page: Page) -> None:
    words = page.words
    page.subtitle(words["entry_find"])
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
    page.subtitle(words["entry_write"])
    with st.container(horizontal=True):
        for tag in dict.fromkeys((*glossary.languages, *LANGUAGES)):
            name = formatting.language_name(tag, page.language)
            if st.button(page.say("entry_write_in", language=name), key=f"write-{tag}"):
                navigation.go("manage", part="entry", **{"in": tag})


PARTS = {
    "glossary": glossaries.glossaries,
    "bring": importing.importing,
    "entry": _entry,
    "missing": missing.missing,
    "export": exporting.exporting,
}
"""What draws the parts of the page, by the names that its address has for them."""
_FOR: Mapping[str, Role] = {"missing": "teacher", "export": "teacher"}  # the others are the owner's
