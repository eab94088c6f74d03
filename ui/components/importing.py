"""Importing: what a reader hands in, which column of it holds what, and the import."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import streamlit as st

from knowledge import KnowledgeError, formats
from knowledge.editing.atomic import fingerprint
from knowledge.editing.importing import Plan, Uploads, plan
from knowledge.editing.journal import Step
from knowledge.formats.columns import CHOICES, COMMON, Columns, SheetPreview
from ui import formatting, managing, navigation
from ui.page import Page, note, one_of

_ROWS, _FIRST = 200, 3  # of the table; of a shape's terms, as examples
_KEY = "brought"


@dataclass
class _Handed:
    """What was handed in, and how far it is understood."""

    handed: tuple[object, ...]
    uploads: Uploads
    preview: formats.Preview
    wanted: tuple[object, ...] = ()  # what the plan was made of
    plan: Plan | None = None
    error: str = ""


def importing(page: Page) -> None:
    """Draws the part “Bring in”: from the files to the question whether to import them."""
    words = page.words
    page.subtitle(words["bring_title"], words["bring_text"])
    files = st.file_uploader(
        words["bring_files"],
        accept_multiple_files=True,
        max_upload_size=formats.MOST_BYTES // 1024**2,
        label_visibility="collapsed",
    )
    text = st.text_area(words["bring_paste"], placeholder=words["bring_paste_hint"]) or ""
    if not (files or text.strip()):
        _tab().clear()
        return
    found = _brought(files, text)
    sheets = found.preview.sheets
    none_known = not any(map(_is_read, sheets))
    asked = {sheet.key: _columns(sheet, page, expanded=none_known) for sheet in sheets}
    columns = {key: chosen for key, chosen in asked.items() if chosen is not None}
    _understand(found, page, columns, _shape(found.preview, page), _dest(page))
    if found.error and all(columns.values()):
        note(found.error, "notice")
    elif found.plan:
        faults = sorted(found.plan.faults, key=lambda each: (each.severity == "warning", each))
        rows = (*faults, *found.plan.changes)
        page.subtitle(words["bring_understood"])
        page.html("import#rows", rows=rows[:_ROWS])
        if (more := len(rows) - _ROWS) > 0:
            note(formatting.count("map_more", more, page.language))
        _confirm(found.plan, page)


@st.cache_resource(scope="session", show_spinner=False, on_release=dict.clear)
def _tab() -> dict[str, _Handed]:
    """What this tab has handed in: its folder goes once the tab is closed."""
    return {}


def _brought(files: Sequence[Any], text: str) -> _Handed:
    handed = (*(file.file_id for file in files), text)
    known = _tab().get(_KEY)
    if known is None or known.handed != handed:
        uploads = Uploads()
        for file in files:
            uploads.add(file.name, file.getvalue())
        if text.strip():
            uploads.add("pasted.txt", text.encode(errors="replace"))
        known = _tab()[_KEY] = _Handed(handed, uploads, formats.preview(uploads.path))
    return known


def _is_read(sheet: SheetPreview) -> bool:
    """Whether a table is read as it is understood, without anything being chosen."""
    return len(sheet.roles) > 1


def _columns(sheet: SheetPreview, page: Page, *, expanded: bool) -> Mapping[str, str] | None:
    """Asks which column of a table holds what: None as it is understood, nothing if too few."""
    names = {"file": formatting.literal(sheet.name), "sheet": formatting.literal(sheet.sheet)}
    title = page.say("bring_sheet_columns" if sheet.sheet else "bring_columns", **names)
    with st.expander(title, expanded=expanded):
        note(page.words["bring_columns_text"])
        with st.container(key=f"bring-columns-{sheet.key}"):
            given = [role for role in sheet.roles if role.partition("_")[0] in CHOICES]
            asked = {r: _asked(r, sheet, page) for r in dict.fromkeys((*COMMON, *given))}
        chosen = {role: column for role, column in asked.items() if column is not None}
        if chosen == sheet.roles and _is_read(sheet):
            return None
        if {role.partition("_")[0] for role in chosen} >= {"term", "definition"}:
            return chosen
        note(page.words["bring_choose"], "notice")
        return {}


def _asked(role: str, sheet: SheetPreview, page: Page) -> str | None:
    """The column that holds something; each is told by its name, and what stands in it first."""
    (name, _, tag), known = role.partition("_"), sheet.roles.get(role)
    label, columns = page.words[f"role_{name}"], dict[str, str]()
    for place, each in enumerate(sheet.columns):
        cells = [row[place] for row in sheet.rows if place < len(row) and row[place].strip()]
        named = sheet.header[place] or page.say("bring_nameless", n=each)
        columns[each] = f"{named} — {cells[0][:40]}" if cells else named
    label = f"{label} ({formatting.language_name(tag, page.language)})" if tag else label
    key, hint = f"column-{sheet.key}-{role}", page.words["bring_no_column"]
    return one_of(label, columns, known, key=key, placeholder=hint)


def _shape(preview: formats.Preview, page: Page) -> str | None:
    """Asks in which shape documents are read, where several would give terms; None is the first."""
    shapes = dict[str, str]()
    for shape, names in preview.shapes.items():
        terms = formatting.listed(names[:_FIRST], page.language)
        terms += " …" if len(names) > _FIRST else ""
        key = f"shape_{shape.replace(' ', '_')}"
        shapes[shape] = page.say(key, count=page.number(len(names)), terms=terms)
    if len(shapes) < 2:  # noqa: PLR2004
        return None
    first = next(iter(shapes))
    chosen = one_of(page.words["bring_shape"], shapes, first, key="bring-shape")
    return None if chosen == first else chosen


def _dest(page: Page) -> Path:
    """Where it goes: into the open glossary, or a new one; where that is not changed, always so."""
    if managing.fixed(page.glossary):
        note(page.words["bring_new"], "notice")
    elif not st.toggle(page.words["bring_apart"], key="bring-apart"):
        return page.glossary.path
    library = managing.library(page.assistant)
    st.session_state.setdefault("bring-name", library.free_name("my-glossary"))
    typed = st.text_input(page.words["ours_name"], key="bring-name", max_chars=60)
    return library.path(library.free_name(typed or ""))


def _understand(
    found: _Handed, page: Page, columns: Columns, shape: str | None, dest: Path
) -> None:
    """Reads it and plans the import, unless that is done already."""
    by_table = ((key, *chosen.items()) for key, chosen in columns.items())
    wanted = (dest, id(page.glossary), shape, *by_table)
    if found.wanted == wanted:
        return
    found.wanted, found.plan, found.error = wanted, None, ""
    with st.spinner(page.words["bring_reading"]):
        try:
            found.plan = plan(found.uploads.read(columns, shape), dest)
        except (KnowledgeError, OSError) as error:
            found.error = page.failure(error)


def _confirm(made: Plan, page: Page) -> None:
    n = len(made.of("added", "changed"))
    said = formatting.count("bring_confirm", n, page.language) if n else page.words["bring_nothing"]
    with st.container(key="bring-confirm"), page.trying():
        if st.button(said, type="primary", disabled=not n, key="bring-sure"):
            former = None if made.dest.exists() else page.glossary.path
            doing = st.spinner(page.words["writing"])
            with doing, managing.changing(page.assistant, former and made.dest):
                made.carry_out()
                now, mark = datetime.now(UTC), fingerprint(made.dest)
                name = made.dest.name
                step = Step("imported", made.dest, name, now, former=former, mark=mark)
                managing.done(step, page.assistant)
            _tab().clear()
            navigation.go("manage", part="glossary")
