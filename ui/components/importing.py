"""Importing: what a reader hands in, which column of it holds what, and the import."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import streamlit as st

from knowledge import KnowledgeError, formats
from knowledge.editing.atomic import fingerprint
from knowledge.editing.importing import Plan, State, Uploads, plan
from knowledge.editing.journal import Step
from knowledge.formats.columns import CHOICES, COMMON
from knowledge.formats.preview import Preview, SheetPreview
from ui import formatting, managing
from ui.page import Page, note, one_of

_ROWS, _FIRST = 200, 3  # of the table; of a shape's terms, as examples
_KEY = "brought"
_STATES: tuple[State, ...] = ("added", "changed", "unchanged")


@dataclass
class _Handed:
    """What was handed in, and how far it is understood."""

    handed: tuple[object, ...]
    uploads: Uploads
    preview: Preview
    chosen: dict[str, Mapping[str, str]] = field(default_factory=dict)
    shape: str | None = None  # which shape the terms of its documents have, if a person chose one
    read: tuple[object, ...] = ()  # what the plan was made of
    plan: Plan | None = None
    error: str = ""


def importing(page: Page) -> None:
    """Draws the part “Bring in”: from the files to the question whether to import them."""
    words = page.words
    number = _round()
    page.subtitle(words["bring_title"], words["bring_text"])
    files = st.file_uploader(
        words["bring_files"],
        accept_multiple_files=True,
        max_upload_size=formats.MOST_BYTES // 1024**2,
        key=f"bring-files-{number}",
        label_visibility="collapsed",
    )
    hint, key = words["bring_paste_hint"], f"bring-text-{number}"
    text = st.text_area(words["bring_paste"], key=key, placeholder=hint) or ""
    if not (files or text.strip()):
        _tab().clear()
        return
    found = _brought(files, text)
    sheets = found.preview.sheets
    understood = any(map(_is_read, sheets))
    enough = [_columns(sheet, found, page, expanded=not understood) for sheet in sheets]
    _shape(found, page)
    _understand(found, _dest(page), page)
    if found.error and all(enough):
        note(found.error, "notice")
    elif found.plan:
        sizes = Counter(change.state for change in found.plan.changes)
        faults = sorted(found.plan.faults, key=lambda each: (each.severity == "warning", each))
        rows = (*faults, *found.plan.changes)
        page.subtitle(words["bring_understood"])
        counts = {name: sizes[name] for name in _STATES}
        page.html("import#counts", sizes=counts | {"problems": len(faults)})
        page.html("import#rows", rows=rows[:_ROWS])
        if (more := len(rows) - _ROWS) > 0:
            note(formatting.count("map_more", more, page.language))
        _confirm(found.plan, page)


@st.cache_resource(scope="session", show_spinner=False, on_release=dict.clear)
def _tab() -> dict[str, _Handed]:
    """What this tab has handed in: its folder goes once the tab is closed."""
    return {}


def _round() -> int:
    """Counts up where the fields are to be empty again."""
    return int(st.session_state.setdefault("bring-round", 0))


def _brought(files: Sequence[Any], text: str) -> _Handed:
    handed = (*(file.file_id for file in files), text)
    known = _tab().get(_KEY)
    if known is None or known.handed != handed:
        uploads = Uploads()
        for file in files:
            uploads.add(file.name, file.getvalue())
        if text.strip():
            uploads.add("pasted.txt", text.encode(errors="replace"))
        known = _Handed(handed, uploads, formats.preview(uploads.path))
        _tab()[_KEY] = known
    return known


def _is_read(sheet: SheetPreview) -> bool:
    """Whether a table is read as it is understood, without anything being chosen."""
    return len(sheet.roles) > 1


def _columns(sheet: SheetPreview, found: _Handed, page: Page, *, expanded: bool) -> bool:
    """Asks which column of a table holds what; whether that is enough to read it."""
    names = {"file": formatting.literal(sheet.name), "sheet": formatting.literal(sheet.sheet)}
    title = page.say("bring_sheet_columns" if sheet.sheet else "bring_columns", **names)
    with st.expander(title, expanded=expanded):
        note(page.words["bring_columns_text"])
        with st.container(key=f"bring-columns-{found.preview.sheets.index(sheet)}"):
            given = [role for role in sheet.roles if role.partition("_")[0] in CHOICES]
            asked = {r: _asked(r, sheet, page) for r in dict.fromkeys((*COMMON, *given))}
        chosen = {role: column for role, column in asked.items() if column is not None}
        held = {role.partition("_")[0] for role in chosen}
        as_it_is = chosen == sheet.roles and _is_read(sheet)
        enough = as_it_is or held >= {"term", "definition"}
        if not enough:
            note(page.words["bring_choose"], "notice")
    found.chosen.pop(sheet.key, None)
    if not as_it_is:
        found.chosen[sheet.key] = chosen if enough else {}
    return enough


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
    return one_of(label, columns, known, key=f"{key}-{_round()}", placeholder=hint)


def _shape(found: _Handed, page: Page) -> None:
    """Asks in which shape documents are read, where several would give terms."""
    shapes = dict[str, str]()
    for shape in found.preview.shapes:
        terms = formatting.listed(shape.first[:_FIRST], page.language)
        terms += " …" if shape.terms > _FIRST else ""
        key = f"shape_{shape.name.replace(' ', '_')}"
        shapes[shape.name] = page.say(key, count=page.number(shape.terms), terms=terms)
    if len(shapes) > 1:
        key, first = f"bring-shape-{_round()}", next(iter(shapes))
        chosen = one_of(page.words["bring_shape"], shapes, first, key=key)
        found.shape = None if chosen == first else chosen


def _dest(page: Page) -> Path:
    """Where it goes: into the open glossary, or a new one; where that is not changed, always so."""
    if managing.fixed(page.glossary):
        note(page.words["bring_new"], "notice")
    elif not st.toggle(page.words["bring_apart"], key=f"bring-apart-{_round()}"):
        return page.glossary.path
    library = managing.library(page.assistant)
    st.session_state.setdefault("bring-name", library.free_name("my-glossary"))
    typed = st.text_input(page.words["ours_name"], key="bring-name", max_chars=60)
    return library.path(library.free_name(typed or ""))


def _understand(found: _Handed, dest: Path, page: Page) -> None:
    """Reads it and plans the import, unless that is done already."""
    by_table = ((n, *c.items()) for n, c in found.chosen.items())
    read = (dest, id(page.glossary), found.shape, *by_table)
    if found.read == read:
        return
    found.read, found.plan, found.error = read, None, ""
    with st.spinner(page.words["bring_reading"]):
        try:
            found.plan = plan(found.uploads.read(found.chosen, found.shape), dest)
        except (KnowledgeError, OSError) as error:
            found.error = page.failure(error)


def _confirm(made: Plan, page: Page) -> None:
    n = len(made.of("added", "changed"))
    with st.container(key="bring-confirm", horizontal=True):
        said = formatting.count("bring_confirm", n, page.language)
        said = said if n else page.words["bring_nothing"]
        sure = st.button(said, type="primary", disabled=not n, key="bring-sure")
        cancelled = st.button(page.words["bring_cancel"], key="bring-cancel")
    with page.trying():
        if sure:
            fresh, doing = not made.dest.exists(), st.spinner(page.words["writing"])
            with doing, managing.changing(page.assistant, made.dest if fresh else None):
                made.carry_out()
                step = Step(
                    "imported",
                    made.dest,
                    made.dest.name,
                    datetime.now(UTC),
                    former=page.glossary.path if fresh else None,
                    mark=fingerprint(made.dest),
                )
                managing.done(step, page.assistant)
        if sure or cancelled:
            _tab().clear()
            st.session_state["bring-round"] += 1
            st.rerun()
