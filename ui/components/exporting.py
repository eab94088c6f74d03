"""Exports of the glossary, for teachers: every format, of all terms or of some."""

import io
import zipfile

import streamlit as st

from knowledge.exports import FORMATS, Format, Selection, glossary_title
from ui import formatting
from ui.components.glossaries import is_bundled
from ui.page import Page, note

_MADE = "export-made"  # what was asked for last, and the bytes of it


def exporting(page: Page) -> None:
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
    entries, _ = choice.entries(page.glossary)
    path = page.glossary.path
    title = page.words["title"] if is_bundled(path) else glossary_title(path)
    if not wanted.is_folder:
        return bytes(wanted.write(entries, title))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for place, content in wanted.write(entries, title):
            archive.writestr(place.as_posix(), content)
    return packed.getvalue()
