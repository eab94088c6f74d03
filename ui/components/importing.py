"""Importing: files and text that a reader hands in, what was understood, and the import."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import streamlit as st

from assistant.assistant import Assistant
from knowledge import GlossaryError, KnowledgeError
from knowledge.editing.importing import Plan, plan
from knowledge.editing.journal import Step, fingerprint
from knowledge.editing.review import ReviewRow, review
from knowledge.editing.uploads import Uploads
from knowledge.formats import MOST_BYTES
from knowledge.formats.preview import ShapePreview, SheetPreview
from ui import bridge, cleanup, formatting, managing, markup, templates
from ui.components import columns
from ui.components.changes import failure
from ui.strings import strings

_ROWS = 25
_MOST_MB = MOST_BYTES // 1024**2
_KEY = "brought"
_PASTED = "pasted.txt"
_SHAPES = {
    "definition list": "shape_definition_list", "table": "shape_table", "line": "shape_line",
    "bold term": "shape_bold_term", "heading": "shape_heading", "page": "shape_page",
    "copied page": "shape_copied_page",
}  # fmt: skip


@dataclass
class _Handed:
    """What was handed in, and how far it is understood."""

    handed: tuple[object, ...]
    uploads: Uploads
    chosen: dict[str, Mapping[str, str]] = field(default_factory=dict)
    shape: str | None = None
    """Which shape the terms of its documents have, if a person chose one."""
    read: tuple[object, ...] = ()
    """What the plan was made of: another one is needed once this is another."""
    plan: Plan | None = None
    rows: tuple[ReviewRow, ...] = ()
    error: str = ""
    start: int = 0
    problems: bool = False

    @cached_property
    def shapes(self) -> Sequence[ShapePreview]:
        """In which its documents can be read; that which is chosen first."""
        return self.uploads.shapes()

    @property
    def shown(self) -> tuple[ReviewRow, ...]:
        """The rows that are wanted: all, or those with a problem."""
        return tuple(row for row in self.rows if row.faults) if self.problems else self.rows


def importing(assistant: Assistant, language: str) -> None:
    """Draws the part “Bring in”: from the files to the question whether to import them."""
    words = strings(language)
    number = st.session_state.setdefault("bring-round", 0)
    st.html(templates.subtitle(words["bring_title"], words["bring_text"], language))
    files = st.file_uploader(
        words["bring_files"],
        accept_multiple_files=True,
        max_upload_size=_MOST_MB,
        key=f"bring-files-{number}",
        label_visibility="collapsed",
    )
    text = st.text_area(
        words["bring_paste"], key=f"bring-text-{number}", placeholder=words["bring_paste_hint"]
    )
    found = _brought(files or [], text or "")
    if found is None:
        st.session_state.pop(_KEY, None)
        return
    sheets = found.uploads.sheets()
    known = {sheet.name for sheet in sheets if sheet.sheet and columns.enough(sheet.roles, sheet)}
    enough = {}
    for n, sheet in enumerate(sheets):
        unsure = sheet.name not in known and not columns.suffice(sheet.roles)
        enough[sheet.key] = _columns(n, sheet, found, language, expanded=unsure)
    if not all(enough[sheet.key] for sheet in sheets if not sheet.sheet):
        st.html(templates.note(words["bring_choose"], "notice"))
    tables = {sheet.name for sheet in sheets}
    if not any(enough.values()) and len(tables) == len(found.uploads.names):
        return
    _shape(found, language)
    dest = _dest(assistant, language)
    with st.spinner(words["bring_reading"]):
        _understand(found, dest, assistant, language)
    if found.error:
        st.html(templates.note(found.error, "notice"))
    elif found.plan:
        _table(found, language)
        _confirm(found.plan, assistant, language)


def _brought(files: list[Any], text: str) -> _Handed | None:
    handed = (*(file.file_id for file in files), text)
    if not files and not text.strip():
        return None
    known: _Handed | None = st.session_state.get(_KEY)
    if known is None or known.handed != handed:
        uploads = Uploads()
        cleanup.close_with(uploads)
        for file in files:
            uploads.add(file.name, file.getvalue())
        if text.strip():
            uploads.add(_PASTED, text.encode(errors="replace"))
        known = st.session_state[_KEY] = _Handed(handed, uploads)
    return known


def _columns(
    number: int, sheet: SheetPreview, found: _Handed, language: str, *, expanded: bool
) -> bool:
    """Asks for a table's columns; whether they are enough to read it."""
    chosen = columns.columns(number, sheet, language, expanded=expanded)
    enough = columns.enough(chosen, sheet)
    if chosen == sheet.roles or not (enough or sheet.sheet):  # the reader knows what it needs
        found.chosen.pop(sheet.key, None)
    else:
        found.chosen[sheet.key] = chosen if enough else {}
    return enough


def _shape(found: _Handed, language: str) -> None:
    """Asks in which shape documents are read, where several would give terms."""
    words = strings(language)
    shapes = {each.name: each for each in found.shapes}
    if len(shapes) > 1:
        chosen = st.selectbox(
            words["bring_shape"],
            shapes,
            format_func=lambda name: words[_SHAPES[name]].format(
                count=formatting.number(shapes[name].terms, language),
                terms=formatting.listed(shapes[name].first[:3], language),
            ),
            key=f"bring-shape-{st.session_state['bring-round']}",
        )
        found.shape = None if chosen == next(iter(shapes)) else chosen


def _dest(assistant: Assistant, language: str) -> Path | None:
    """Where it goes: into the open glossary, or where that is not changed into a new one."""
    if managing.fixed(assistant.glossary) is None:
        return assistant.glossary.path
    words, library = strings(language), managing.library(assistant)
    st.html(templates.note(words["bring_new"], "notice"))
    st.session_state.setdefault("bring-name", library.free_name("my-glossary"))
    typed = st.text_input(words["ours_name"], key="bring-name", max_chars=60)
    try:
        return library.path(library.checked_name(typed or ""))
    except GlossaryError as error:
        st.html(templates.note(failure(error, language), "notice"))
        return None


def _understand(found: _Handed, dest: Path | None, assistant: Assistant, language: str) -> None:
    """Reads it and plans the import, unless that is done already."""
    if dest is None:
        found.plan, found.read = None, ()
        return
    columns_ = ((n, *c.items()) for n, c in found.chosen.items())
    read = (dest, id(assistant.glossary), found.shape, *columns_)
    if found.read == read:
        return
    found.read, found.plan, found.rows, found.error, found.start = read, None, (), "", 0
    try:
        found.plan = plan(found.uploads.read(found.chosen, found.shape), dest)
        found.rows = review(found.plan)
    except (KnowledgeError, OSError) as error:
        found.error = failure(error, language)


def _table(found: _Handed, language: str) -> None:
    words = strings(language)
    st.html(templates.subtitle(words["bring_understood"], "", language))
    st.html(templates.render("import#counts", language, sizes=_sizes(found.rows)))
    if any(row.faults for row in found.rows):
        only = st.toggle(words["bring_problems"], key="bring-problems")
        if only != found.problems:
            found.problems, found.start = only, 0
    shown = found.shown
    rows = shown[found.start : found.start + _ROWS]
    st.html(templates.render("import#rows", language, rows=rows, start=found.start))
    if len(shown) > _ROWS:
        page = {"start": found.start, "size": _ROWS, "total": len(shown)}
        st.html(templates.render("import#pages", language, **page))


def _sizes(rows: Sequence[ReviewRow]) -> dict[str, int]:
    """How many rows there are of each state, and how many problems."""
    states = Counter(row.state for row in rows)
    sizes = {state: states[state] for state in ("added", "changed", "unchanged")}
    return {**sizes, "problems": sum(len(row.faults) for row in rows)}


def _confirm(made: Plan, assistant: Assistant, language: str) -> None:
    words = strings(language)
    n = len(made.added) + len(made.changed)
    with st.container(key="bring-confirm", horizontal=True):
        said = words["bring_nothing"]
        if n:
            said = formatting.count("bring_confirm", n, language)
        sure = st.button(said, type="primary", disabled=not n, key="bring-sure")
        if st.button(words["bring_cancel"], key="bring-cancel"):
            _clear()
            st.rerun()
    place = st.empty()
    if not sure:
        return
    fresh = not made.dest.exists()
    try:
        made.carry_out(
            lambda done, total: place.html(
                templates.render("manage#writing", language, done=done, total=total)
            )
        )
        if fresh:
            managing.go_on_with(made.dest, assistant)
        else:
            managing.renew(assistant)
    except (KnowledgeError, OSError) as error:
        place.html(templates.note(failure(error, language), "notice"))
        return
    step = Step(
        "imported",
        made.dest,
        made.dest.name,
        datetime.now(UTC),
        former=assistant.glossary.path if fresh else None,
        mark=fingerprint(made.dest),
        counts=(len(made.added), len(made.changed), len(made.unchanged)),
    )
    managing.done(step, assistant)
    _clear()
    st.rerun()


def _clear() -> None:
    """Empties the fields."""
    st.session_state.pop(_KEY, None)
    st.session_state["bring-round"] += 1


def turn(at: object) -> None:
    """Shows the rows from one on."""
    found: _Handed | None = st.session_state.get(_KEY)
    start = bridge.number(at)
    if found and start is not None and 0 <= start < len(found.shown):
        found.start = start - start % _ROWS


def preview(place: object, language: str) -> None:
    """Opens an entry of the table as it will stand."""
    found: _Handed | None = st.session_state.get(_KEY)
    number = bridge.number(place)
    if found is None or number is None or not 0 <= number < len(found.shown):
        return
    entry = found.shown[number].entry
    if entry is None:
        return

    @st.dialog(formatting.literal(entry.term), width="medium")
    def shown() -> None:
        st.html(markup.imported(entry, language))

    shown()
