"""The editor of an entry: what is typed, what is to be considered, and what it will look like."""

import contextlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, TypeVar

import streamlit as st

from assistant import AssistantError, ConversationError
from assistant.conversations.conversation import Item
from knowledge.editing import entries as editing
from knowledge.editing.atomic import fingerprint
from knowledge.editing.entries import Edit
from knowledge.editing.form import EntryForm, entry_from
from knowledge.editing.journal import Step
from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.glossary import Glossary
from knowledge.linking import Linker
from ui import formatting, managing, markup, navigation, templates
from ui.components import missing
from ui.page import Page, note
from ui.strings import LANGUAGES

_T = TypeVar("_T")


@dataclass
class Desk:
    """An edit that is under way in this tab, and what is typed so far.

    Its glossary is the open one, or one that begins with this entry.
    """

    edit: Edit
    form: EntryForm
    start: EntryForm  # what the fields held at first
    round: int  # counts up where the fields are to be filled anew
    row: Item | None = None  # of the inbox: what it is written for
    theirs: Edit | None = None  # how the file stands, if it was changed meanwhile


def editor(page: Page, glossary: Glossary, entry_id: str, tag: str) -> None:
    """The editor of an entry in a language; of a new one, if there is none."""
    key = glossary.path, entry_id, tag
    # What is typed stays when another page is looked at.
    desks: dict[tuple[object, ...], Desk] = st.session_state.setdefault("desk", {})
    desk = desks[key] = desks.get(key) or _opened(glossary, entry_id, tag)
    if wanted := st.query_params.get("gap", ""):
        with contextlib.suppress(ConversationError):  # it can be taken off the list there
            desk.row = missing.find(wanted, page) or desk.row
    _head(page, glossary, desk)
    with st.container(key="editor"):
        with st.container(key="editor-fields"):
            desk.form = _typed(desk, glossary, page.words)
        with st.container(key="editor-beside"):
            entry = entry_from(desk.form, desk.edit.id, tag, desk.edit.before)
            _beside(page, glossary, desk, entry)
        with st.container(key="editor-ways", horizontal=True), page.trying():
            ask = _conflict if desk.theirs else _ways
            way = ask(page, glossary, desk, off=isinstance(entry, Fault))
            if not way:
                return
            try:
                _done(way, page, glossary, desk, entry)
            except editing.EditConflict as error:  # the next run asks what is to be kept
                desk.theirs = error.edit
                st.rerun()
            desks.pop(key)
            if way in ("discard", "theirs"):
                st.rerun()
            if glossary is not page.glossary:
                st.session_state.pop(managing.BEGUN, None)
                navigation.go("manage", part="glossary")
            stays = {"id": entry_id, "in": tag} if way == "save" and desk.edit.before else {}
            navigation.go("manage", part="entry", **stays)


def _opened(glossary: Glossary, entry_id: str, tag: str) -> Desk:
    edit = editing.begin_edit(glossary, entry_id, tag)
    st.session_state["rounds"] = number = st.session_state.get("rounds", 0) + 1
    # Of what has an entry in another language, with what both share.
    others = glossary.versions(entry_id)
    form = EntryForm(
        term="" if others else st.query_params.get("term", ""),
        related=next((other.related for other in others), ()),
        updated=datetime.now(UTC).date().isoformat(),
    )
    form = EntryForm.of(edit.before) if edit.before else form
    return Desk(edit, form, form, number)


def _head(page: Page, glossary: Glossary, desk: Desk) -> None:
    edit = desk.edit
    term = edit.before.term if edit.before else desk.form.term or "…"
    key = "entry_edit" if edit.before else "entry_new"
    page.subtitle(page.say(key, term=formatting.isolated(term)))
    if written := [each.language for each in glossary.versions(edit.id)] if edit.id else []:
        tags = dict.fromkeys((*written, edit.language, *glossary.languages, *LANGUAGES))
        shown = {"tags": list(tags), "written": written, "id": edit.id, "now": edit.language}
        page.html("manage#versions", **shown)


def _beside(page: Page, glossary: Glossary, desk: Desk, entry: Entry | Fault) -> None:
    """What was asked, what is to be considered, and how it will look."""
    from knowledge.checks import check_entry  # noqa: PLC0415  (only who edits needs it)

    if desk.row:
        page.html("inbox#beside", row=desk.row)
    page.subtitle(page.words["entry_checks"])
    if isinstance(entry, Fault):
        page.html("manage#faults", found=[entry])
        return
    whole = editing.with_entry(glossary, entry)
    page.html("manage#faults", found=check_entry(entry, whole))
    page.subtitle(page.words["entry_preview"])
    _preview(page, entry, whole, page.assistant.linker if glossary is page.glossary else None)


def _preview(page: Page, entry: Entry, whole: Glossary, linker: Linker | None = None) -> None:
    to = markup.Context(page.language, whole, linker)
    st.html(markup.entry(to, entry, template="entry#preview"))


def _ways(page: Page, _glossary: Glossary, desk: Desk, *, off: bool) -> str:
    """What is to be done, if anything."""
    words, same = page.words, desk.form == desk.start
    pressed = {
        "save": st.button(words["entry_save"], type="primary", disabled=off or same, key="save"),
        "discard": st.button(words["entry_discard"], disabled=same, key="discard"),
    }
    if desk.edit.before:
        pressed["delete"] = st.button(words["entry_delete"], key="delete-entry", type="tertiary")
    return next((way for way, is_pressed in pressed.items() if is_pressed), "")


def _conflict(page: Page, glossary: Glossary, desk: Desk, *, off: bool) -> str:
    """Shows how the file stands now; the reader keeps that, or what is typed."""
    words, theirs = page.words, desk.theirs
    with st.container(key="editor-conflict"):
        note(words["entry_conflict"], "notice")
        with st.container(horizontal=True):
            if st.button(words["entry_keep_theirs"], key="keep-theirs"):
                return "theirs"
            mine = words["entry_keep_mine"]
            if st.button(mine, key="keep-mine", type="primary", disabled=off) and theirs:
                desk.edit, desk.theirs = theirs, None
                return "save"
        if theirs and theirs.before:
            page.subtitle(words["entry_theirs"])
            _preview(page, theirs.before, glossary)
        else:
            note(words["entry_file_gone"])
    return ""


def _done(way: str, page: Page, glossary: Glossary, desk: Desk, entry: Entry | Fault) -> None:
    """Does what was chosen; fails where it cannot be, or EditConflict where another has written."""
    path, now, begins = glossary.path, datetime.now(UTC), glossary is not page.glossary
    if way == "theirs":
        managing.renew(page.assistant.settings)
    if way == "delete" and (before := desk.edit.before):
        with managing.changing(page.assistant):
            gone = editing.delete(desk.edit, glossary)
            managing.done(Step("deleted", path, before.term, now, file=gone), page.assistant)
    if way == "save" and isinstance(entry, Entry):
        with managing.changing(page.assistant, path if begins else None):
            saved = editing.save(desk.edit, entry, glossary)
            step = Step("saved", path, entry.term, now, saved)
            if begins:
                step = replace(step, former=page.glossary.path, mark=fingerprint(path))
            if desk.row:
                step = replace(step, also={"keys": desk.row.keys})
            managing.done(step, page.assistant)
        with contextlib.suppress(AssistantError):  # it can be taken off the list there
            managing.settle(step)


def _typed(  # noqa: C901  (one kind of field after another)
    desk: Desk, glossary: Glossary, words: Mapping[str, str]
) -> EntryForm:
    """Shows the fields, each with what is typed so far; returns that."""
    form, edit, tag = desk.form, desk.edit, desk.edit.language

    def key(name: str, value: Any = None) -> str:  # noqa: ANN401  (what the field takes)
        """A name that no other entry's field has, in which the field begins with a value."""
        found = f"entry-{templates.direction(tag)}-{name}-{desk.round}"
        if value is not None:
            st.session_state.setdefault(found, value)
        return found

    def line(name: str, value: str, label: str = "", hint: str = "") -> str:
        label = label or words[f"field_{name}"]
        return (st.text_input(label, key=key(name, value), placeholder=hint) or "").strip()

    def text(name: str, value: str, label: str = "") -> str:
        label = label or words[f"field_{name}"]
        return (st.text_area(label, key=key(name, value), height="content") or "").strip()

    def lines(name: str, values: tuple[str, ...]) -> tuple[str, ...]:
        typed = text(name, "\n".join(values)).splitlines()
        return tuple(dict.fromkeys(filter(None, map(str.strip, typed))))

    def category() -> str:
        """One of the categories that there are, or a new one."""
        place = key("category", form.category or None)
        now = st.session_state.get(place)
        found = st.selectbox(
            words["field_category"],
            list(filter(None, dict.fromkeys((*glossary.categories(tag), now)))),
            index=None,
            key=place,
            accept_new_options=True,
            placeholder=words["field_category_hint"],
        )
        return str(found or "").strip()

    def related() -> tuple[str, ...]:
        """Some of the terms; one that is no entry yet stays chosen."""
        met = tuple(dict.fromkeys(glossary.id_of(value) or value for value in form.related))
        place = key("related", list(met))
        others = [i for i in glossary.ids if i != edit.id]
        terms = {i: e.term for i in others if (e := glossary.get(i, tag))}
        found = st.multiselect(
            words["field_related"],
            list(dict.fromkeys((*others, *met, *st.session_state[place]))),
            format_func=lambda i: terms.get(i, i),
            key=place,
            placeholder=words["field_related_hint"],
        )
        return tuple(map(str, found))

    def section(n: int) -> tuple[str, str]:
        """One with a heading of its own; without a text it is none."""
        heading, said = form.further[n] if n < len(form.further) else ("", "")
        typed = line(f"heading-{n}", heading, words["field_heading"])
        return typed, text(f"text-{n}", said, words["field_text"])

    def source(n: int) -> Mapping[str, str]:
        """A publication; without a title it is none."""
        before = form.sources[n] if n < len(form.sources) else {}
        names = ("title", "authors", "year", "url")
        return {k: line(f"{k}-{n}", before.get(k, ""), words[f"source_{k}"]) for k in names}

    def several(name: str, each: str, least: int, one: Callable[[int], _T]) -> tuple[_T, ...]:
        """Groups of fields, as many as are filled, and a button for one more."""
        count, found = key(f"count-{name}", least), []

        def add() -> None:
            st.session_state[count] += 1

        for n in range(max(st.session_state[count], least)):
            with st.container(key=key(f"{each}-{n}")):
                found.append(one(n))
        more = words[f"add_{name}"]
        st.button(more, key=key(f"more-{name}"), on_click=add, icon=":material/add:")
        return tuple(found)

    return EntryForm(
        term=line("term", form.term),
        summary=text("summary", form.summary),
        body=text("body", form.body),
        example=text("example", form.example),
        further=several("further", "section", len(form.further), section),
        aliases=lines("aliases", form.aliases),
        category=category(),
        related=related(),
        asked=lines("asked", form.asked),
        sources=several("sources", "source", len(form.sources), source),
        updated=line("updated", form.updated, hint="2026-01-31"),
    )
