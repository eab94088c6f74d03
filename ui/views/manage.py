"""Managing: the open glossary, what is brought into it, its entries, and what is missing."""

import io
import zipfile
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import streamlit as st

from assistant.people import Role
from knowledge.editing.importing import plan
from knowledge.exports import FORMATS, Format, Selection, glossary_title
from knowledge.glossary import BUNDLED, Glossary
from ui import formatting, identity, managing, navigation
from ui.components import changes, editor, importing, missing
from ui.managing import is_bundled
from ui.page import Page, note, one_of
from ui.strings import LANGUAGES


def view(page: Page) -> None:
    """Draws the page for who may change the glossary; tells others how one may."""
    settings, path, words = page.assistant.settings, page.glossary.path, page.words
    person = identity.current()
    if not person.may("teacher"):
        why = "unknown" if settings.manage == "off" else "owner"
        page.html("manage#no_page", why="role" if settings.sign_in != "off" else why)
        return
    parts = {name: PARTS[name] for name in PARTS if person.may(_FOR.get(name, "owner"))}
    st.set_page_config(page_title=f"{words['manage_title']} — {words['title']}")
    wanted = st.query_params.get("part", "")
    part = wanted if wanted in parts else next(iter(parts))
    with st.container(key="manage"):
        name = words["ours_bundled"] if is_bundled(path) else path.stem
        page.html("manage#head", parts=tuple(parts), part=part, name=name)
        if person.may("owner"):
            changes.changes(page)
        with st.container(key=f"part-{part}"), page.trying():
            parts[part](page)


def _glossaries(page: Page) -> None:
    """The open glossary: what it is, a copy of one's own, and the way to others."""
    words, here, library = page.words, page.glossary.path, managing.library(page.assistant)
    reason = managing.fixed(page.glossary)
    with st.container(key="ours-open"):
        page.html("manage#ours", glossary=page.glossary, reason=reason)
        if reason:
            with st.form("copy", border=False):
                suggested = "my-glossary" if is_bundled(here) else here.stem
                st.session_state.setdefault("copy-name", library.free_name(suggested))
                typed = st.text_input(words["ours_name"], key="copy-name", max_chars=60)
                if st.form_submit_button(words["ours_copy"], type="primary"):
                    _open(library.path(library.free_name(typed)), page, copied=page.glossary)
    others = [library.path(each) for each in library.names()]
    others = [path for path in others if path.resolve() != here.resolve()]
    if others or not is_bundled(here):  # each is opened by one press
        with st.container(key="ours-others"):
            page.subtitle(words["ours_others"])
            for n, path in enumerate(others):
                name = formatting.literal(path.name)
                if st.button(page.say("ours_switch", name=name), key=f"o-{n}"):
                    _open(path, page)
            if not is_bundled(here) and st.button(words["ours_back"], key="o-bundled"):
                _open(BUNDLED, page)


def _open(path: Path, page: Page, copied: Glossary | None = None) -> None:
    """Goes on with another glossary, once the one that is ``copied`` into it is."""
    with page.trying():
        with st.spinner(page.words["writing"]), managing.changing(page.assistant, path):
            if copied:
                plan(copied, path).carry_out()
        st.rerun()


def _entry(page: Page) -> None:
    if managing.fixed(page.glossary):
        page.html("manage#fixed", said=page.words["entry_fixed"])
    elif tag := st.query_params.get("in", ""):
        editor.editor(page, st.query_params.get("id", ""), tag)
    else:
        page.subtitle(page.words["entry_write"], page.words["entry_write_text"])
        with st.container(horizontal=True):
            for tag in dict.fromkeys((*page.glossary.languages, *LANGUAGES)):
                name = formatting.language_name(tag, page.language)
                if st.button(page.say("entry_write_in", language=name), key=f"write-{tag}"):
                    navigation.go("manage", part="entry", **{"in": tag})


def _export(page: Page) -> None:
    """What is wanted is chosen, and made as it is saved."""
    words = page.words
    page.subtitle(words["part_export"], words["export_text"])
    named = {name: words[f"export_{name}"] for name in FORMATS}
    key = f"export-format-{page.language}"
    name = one_of(words["export_format"], named, "native", key=key) or "native"
    note(words[f"export_{name}_lost"])
    file = f"masrad-{name}{FORMATS[name].suffix or '.zip'}"
    make = partial(_written, FORMATS[name], page)
    st.download_button(words["export_save"], make, file, type="primary", on_click="ignore")


def _written(wanted: Format, page: Page) -> bytes:
    """A file of a format, or its folder as a ZIP file."""
    entries, path = Selection().entries(page.glossary), page.glossary.path
    title = page.words["title"] if is_bundled(path) else glossary_title(path)
    if wanted.suffix:
        return bytes(wanted.write(entries, title))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for place, content in wanted.write(entries, title):
            archive.writestr(place.as_posix(), content)
    return packed.getvalue()


PARTS = {
    "glossary": _glossaries,
    "bring": importing.importing,
    "entry": _entry,
    "missing": missing.missing,
    "export": _export,
}
"""What draws the parts of the page, by the names that its address has for them."""
_FOR: Mapping[str, Role] = {"missing": "teacher", "export": "teacher"}  # the others are the owner's
