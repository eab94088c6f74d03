"""Managing: the open glossary, what is brought into it, its entries, and what is missing."""

import contextlib
import io
import zipfile
from collections.abc import Mapping

import streamlit as st

from assistant import ConversationError
from assistant.people import Role
from knowledge.exports import FORMATS, Format, Selection, glossary_title
from knowledge.glossary import Glossary
from ui import formatting, identity, managing, navigation
from ui.components import changes, editor, glossaries, importing, missing
from ui.page import Page, note
from ui.strings import LANGUAGES

_MADE = "export-made"  # what was asked for last, and the bytes of it


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
        name = words["ours_bundled"] if glossaries.is_bundled(path) else path.stem
        waiting = 0
        with contextlib.suppress(ConversationError):  # which is told where they are listed
            waiting = len(missing.open_rows(page))
        page.html("manage#head", parts=tuple(parts), part=part, name=name, waiting=waiting)
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
        page.subtitle(page.words["entry_write"], page.words["entry_write_text"])
        with st.container(horizontal=True):
            for tag in dict.fromkeys((*glossary.languages, *LANGUAGES)):
                name = formatting.language_name(tag, page.language)
                if st.button(page.say("entry_write_in", language=name), key=f"write-{tag}"):
                    navigation.go("manage", part="entry", **{"in": tag})


def _export(page: Page) -> None:
    """Draws the part: what is wanted is chosen, then made, then saved."""
    words, glossary = page.words, page.glossary
    page.subtitle(words["part_export"], words["export_text"])
    name = st.selectbox(
        words["export_format"],
        list(FORMATS),
        format_func=lambda each: words[f"export_{each}"],
        key=f"export-format-{page.language}",
    )
    note(words[f"export_{name}_lost"])
    tags = {tag: formatting.language_name(tag, page.language) for tag in glossary.languages}
    language = st.selectbox(
        words["export_languages"],
        ["", *tags],
        format_func=lambda tag: tags.get(tag, words["export_languages_all"]),
        key=f"export-language-{page.language}",
    )
    category = st.selectbox(
        words["export_category"],
        ["", *page.categories],
        format_func=lambda each: each or words["within_all"],
        key=f"export-category-{page.language}",
    )
    wanted = (name, language, category, id(glossary))
    with st.container(horizontal=True):
        if st.button(words["export_make"], key="export-make"):
            with page.trying(), st.spinner(words["export_making"]):
                choice = Selection(category=category, language=language)
                st.session_state[_MADE] = wanted, _written(FORMATS[name], choice, page)
        made, content = st.session_state.get(_MADE, (None, b""))
        if made == wanted:
            file = f"masrad-{name}{FORMATS[name].suffix or '.zip'}"
            st.download_button(words["export_save"], content, file, type="primary")


def _written(wanted: Format, choice: Selection, page: Page) -> bytes:
    """A file of a format, or its folder as a ZIP file."""
    entries = choice.entries(page.glossary)
    path = page.glossary.path
    title = page.words["title"] if glossaries.is_bundled(path) else glossary_title(path)
    if wanted.suffix:
        return bytes(wanted.write(entries, title))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for place, content in wanted.write(entries, title):
            archive.writestr(place.as_posix(), content)
    return packed.getvalue()


PARTS = {
    "glossary": glossaries.glossaries,
    "bring": importing.importing,
    "entry": _entry,
    "missing": missing.missing,
    "export": _export,
}
"""What draws the parts of the page, by the names that its address has for them."""
_FOR: Mapping[str, Role] = {"missing": "teacher", "export": "teacher"}  # the others are the owner's
