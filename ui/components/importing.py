"""Importing: what a reader hands in, which column of it holds what, and the import."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st

from knowledge import KnowledgeError
from knowledge.editing.atomic import fingerprint
from knowledge.editing.importing import Change, Plan, Uploads, plan
from knowledge.editing.journal import Step
from knowledge.fault import Fault
from knowledge.formats import MOST_BYTES, preview_shapes, preview_sheets
from knowledge.formats.columns import CHOICES, COMMON
from knowledge.formats.preview import ShapePreview, SheetPreview
from knowledge.language.grammar import listed_languages
from ui import bridge, cleanup, formatting, managing, markup, state
from ui.components import dialogs
from ui.page import Page, note, notice
from ui.strings import LANGUAGES

_ROWS, _FIRST = 200, 3  # of the table; of a shape's terms, as examples
_KEY = "brought"
_NEEDED = {"term", "definition"}


@dataclass
class _Handed:
    """What was handed in, and how far it is understood."""

    handed: tuple[object, ...]
    uploads: Uploads
    sheets: Sequence[SheetPreview]
    shapes: Sequence[ShapePreview]  # in which its documents can be read; that which is chosen first
    chosen: dict[str, Mapping[str, str]] = field(default_factory=dict)
    shape: str | None = None  # which shape the terms of its documents have, if a person chose one
    read: tuple[object, ...] = ()  # what the plan was made of
    plan: Plan | None = None
    rows: tuple[Fault | Change, ...] = ()  # the problems, then the entries
    error: str = ""


def importing(page: Page) -> None:
    """Draws the part “Bring in”: from the files to the question whether to import them."""
    words = page.words
    number = st.session_state.setdefault("bring-round", 0)
    page.subtitle(words["bring_title"], words["bring_text"])
    files = st.file_uploader(
        words["bring_files"],
        accept_multiple_files=True,
        max_upload_size=MOST_BYTES // 1024**2,
        key=f"bring-files-{number}",
        label_visibility="collapsed",
    )
    hint, key = words["bring_paste_hint"], f"bring-text-{number}"
    text = st.text_area(words["bring_paste"], key=key, placeholder=hint)
    found = _brought(files or [], text or "")
    if found is None:
        st.session_state.pop(_KEY, None)
        return
    sheets = found.sheets
    known = {sheet.name for sheet in sheets if sheet.sheet and _enough(sheet.roles, sheet)}
    enough = []
    for n, sheet in enumerate(sheets):
        unsure = sheet.name not in known and not _suffice(sheet.roles)
        enough.append(_columns(n, sheet, found, page, expanded=unsure))
    if not all(done for done, sheet in zip(enough, sheets, strict=True) if not sheet.sheet):
        notice(words["bring_choose"])
    if not any(enough) and len({sheet.name for sheet in sheets}) == len(found.uploads.names):
        return
    _shape(found, page)
    dest = _dest(page)
    with st.spinner(words["bring_reading"]):
        _understand(found, dest, page)
    if found.error:
        notice(found.error)
    elif found.plan:
        _table(found, page)
        _confirm(found.plan, page)


def _brought(files: list[Any], text: str) -> _Handed | None:
    handed = (*(file.file_id for file in files), text)
    if not files and not text.strip():
        return None
    known: _Handed | None = st.session_state.get(_KEY)
    if known is None or known.handed != handed:
        uploads = Uploads()
        cleanup.close_with(state.session(), uploads)
        for file in files:
            uploads.add(file.name, file.getvalue())
        if text.strip():
            uploads.add("pasted.txt", text.encode(errors="replace"))
        path = uploads.path
        known = _Handed(handed, uploads, preview_sheets(path), preview_shapes(path))
        st.session_state[_KEY] = known
    return known


def _columns(n: int, sheet: SheetPreview, found: _Handed, page: Page, *, expanded: bool) -> bool:
    """Asks which column of a table holds what; whether that is enough to read it."""
    names = {"file": formatting.literal(sheet.name), "sheet": formatting.literal(sheet.sheet)}
    title = page.say("bring_sheet_columns" if sheet.sheet else "bring_columns", **names)
    with st.expander(title, expanded=expanded):
        note(page.words["bring_columns_text"])
        chosen = _chosen(n, sheet, page)
        enough = _enough(chosen, sheet)
        if sheet.sheet and not enough:
            notice(page.words["bring_left_out"])
        sample = _sample(sheet, chosen if enough else {}, page)
        rows = list(zip(*sample.values(), strict=True))
        page.html("import#sample", columns=list(sample), rows=rows)
    if chosen == sheet.roles or not (enough or sheet.sheet):  # the reader knows what it needs
        found.chosen.pop(sheet.key, None)
    else:
        found.chosen[sheet.key] = chosen if enough else {}
    return enough


def _shape(found: _Handed, page: Page) -> None:
    """Asks in which shape documents are read, where several would give terms."""
    shapes = {each.name: each for each in found.shapes}

    def told(name: str) -> str:
        shape = shapes[name]
        terms = formatting.listed(shape.first[:_FIRST], page.language)
        more = " …" if shape.terms > _FIRST else ""
        key = f"shape_{name.replace(' ', '_')}"
        return page.say(key, count=page.number(shape.terms), terms=f"{terms}{more}")

    if len(shapes) > 1:
        key = f"bring-shape-{st.session_state['bring-round']}"
        chosen = st.selectbox(page.words["bring_shape"], shapes, format_func=told, key=key)
        found.shape = None if chosen == next(iter(shapes)) else chosen


def _enough(chosen: Mapping[str, str], sheet: SheetPreview) -> bool:
    return _suffice(chosen) or (chosen == sheet.roles and len(chosen) > 1)


def _suffice(roles: Iterable[str]) -> bool:
    return {role.partition("_")[0] for role in roles} >= _NEEDED


def _chosen(number: int, sheet: SheetPreview, page: Page) -> dict[str, str]:
    with st.container(key=f"bring-columns-{number}"):
        known = [role for role in sheet.roles if role.partition("_")[0] in CHOICES]
        roles = list(dict.fromkeys((*COMMON, *known)))
        chosen = {role: _asked(role, sheet, page) for role in roles}
        if not any("_" in role for role in roles) and (second := _second(sheet, page)):
            in_second = [f"{role}_{second}" for role in ("term", "definition")]
            chosen |= {role: _asked(role, sheet, page) for role in in_second}
    return {role: column for role, column in chosen.items() if column is not None}


def _asked(role: str, sheet: SheetPreview, page: Page) -> str | None:
    known = sheet.roles.get(role)
    return st.selectbox(
        _role(role, page),
        sheet.columns,
        index=sheet.columns.index(known) if known in sheet.columns else None,
        format_func=lambda each: _column(each, sheet, page),
        placeholder=page.words["bring_no_column"],
        key=f"column-{sheet.key}-{role}-{st.session_state['bring-round']}",
    )


def _second(sheet: SheetPreview, page: Page) -> str | None:
    """Asks for the language of further columns, which their names do not tell."""
    name = partial(formatting.language_name, language=page.language)
    return st.selectbox(
        page.words["bring_second"],
        sorted(listed_languages(), key=lambda tag: (tag not in LANGUAGES, name(tag))),
        index=None,
        format_func=name,
        placeholder=page.words["bring_no_column"],
        key=f"column-{sheet.key}-second-{st.session_state['bring-round']}",
    )


def _role(role: str, page: Page) -> str:
    name, _, tag = role.partition("_")
    label = page.words[f"role_{name}"]
    return f"{label} ({formatting.language_name(tag, page.language)})" if tag else label


def _sample(sheet: SheetPreview, chosen: Mapping[str, str], page: Page) -> dict[str, list[str]]:
    """The first cells of each column that is chosen, by what it holds; else of all columns."""
    places = {_role(role, page): sheet.columns.index(name) for role, name in chosen.items()}
    if not places:
        names = enumerate(zip(sheet.columns, sheet.header, strict=True))
        nameless = partial(page.say, "bring_nameless")
        places = {n if n == told else nameless(n=told): at for at, (told, n) in names}
    return {
        name: [row[n] if n < len(row) else "" for row in sheet.rows] for name, n in places.items()
    }


def _column(column: str, sheet: SheetPreview, page: Page) -> str:
    """A column in words: its name, and what stands in it first."""
    place = sheet.columns.index(column)
    cells = [row[place] for row in sheet.rows if place < len(row) and row[place].strip()]
    name = sheet.header[place] or page.say("bring_nameless", n=column)
    return f"{name} — {cells[0][:40]}" if cells else name


def _dest(page: Page) -> Path:
    """Where it goes: into the open glossary, or where that is not changed into a new one."""
    if managing.fixed(page.glossary) is None:
        return page.glossary.path
    library = managing.library(page.assistant)
    notice(page.words["bring_new"])
    st.session_state.setdefault("bring-name", library.free_name("my-glossary"))
    typed = st.text_input(page.words["ours_name"], key="bring-name", max_chars=60)
    return library.path(library.free_name(typed or ""))


def _understand(found: _Handed, dest: Path, page: Page) -> None:
    """Reads it and plans the import, unless that is done already."""
    by_table = ((n, *c.items()) for n, c in found.chosen.items())
    read = (dest, id(page.glossary), found.shape, *by_table)
    if found.read == read:
        return
    found.read, found.plan, found.rows, found.error = read, None, (), ""
    try:
        found.plan = plan(found.uploads.read(found.chosen, found.shape), dest)
        found.rows = (*sorted(found.plan.faults, key=_weight), *found.plan.changes)
    except (KnowledgeError, OSError) as error:
        found.error = page.failure(error)


def _table(found: _Handed, page: Page) -> None:
    page.subtitle(page.words["bring_understood"])
    sizes = Counter(row.state if isinstance(row, Change) else "problems" for row in found.rows)
    names = ("added", "changed", "unchanged", "problems")
    page.html("import#counts", sizes={name: sizes[name] for name in names})
    page.html("import#rows", rows=found.rows[:_ROWS])
    if (more := len(found.rows) - _ROWS) > 0:
        note(formatting.count("map_more", more, page.language))


def _weight(fault: Fault) -> tuple[bool, Fault]:
    return fault.severity == "warning", fault


def _confirm(made: Plan, page: Page) -> None:
    n = len(made.of("added", "changed"))
    with st.container(key="bring-confirm", horizontal=True):
        said = formatting.count("bring_confirm", n, page.language)
        said = said if n else page.words["bring_nothing"]
        sure = st.button(said, type="primary", disabled=not n, key="bring-sure")
        cancelled = st.button(page.words["bring_cancel"], key="bring-cancel")
    with page.trying():
        if sure:
            _carry_out(made, page)
        if sure or cancelled:
            st.session_state.pop(_KEY, None)
            st.session_state["bring-round"] += 1
            st.rerun()


def _carry_out(made: Plan, page: Page) -> None:
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
            counts=(len(made.of("added")), len(made.of("changed")), len(made.of("unchanged"))),
        )
        managing.done(step, page.assistant)


def preview(place: object, page: Page) -> None:
    """Opens an entry of the table as it will stand."""
    found: _Handed | None = st.session_state.get(_KEY)
    number, rows = bridge.number(place), found.rows if found else ()
    row = rows[number] if number is not None and 0 <= number < len(rows) else None
    if isinstance(row, Change):
        shown = markup.entry(row.entry, page.glossary, page.language, template="entry#imported")
        dialogs.show(formatting.literal(row.entry.term), shown)
