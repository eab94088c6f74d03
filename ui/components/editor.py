"""The editor of an entry: what is typed, what is to be considered, and what it will look like."""

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import streamlit as st

from assistant import AssistantError, ConversationError
from assistant.conversations.conversation import Item
from knowledge.editing import entries as editing
from knowledge.editing.entries import Edit
from knowledge.editing.form import EntryForm, entry_from
from knowledge.editing.journal import Step
from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.glossary import Glossary
from ui import formatting, managing, markup, navigation, shared, templates
from ui.components import missing
from ui.page import Page, note
from ui.strings import LANGUAGES


@dataclass
class Desk:
    """An edit that is under way in this tab, and what is typed so far."""

    edit: Edit
    form: EntryForm
    start: EntryForm  # what the fields held at first
    round: int  # counts up where the fields are to be filled anew
    row: Item | None = None  # of the inbox: what it is written for
    conflict: bool = False  # whether the file was changed elsewhere meanwhile


def editor(page: Page, entry_id: str, tag: str) -> None:
    """The editor of an entry in a language; of a new one, if there is none."""
    key = page.glossary.path, entry_id, tag
    # What is typed stays when another page is looked at.
    desks: dict[tuple[object, ...], Desk] = st.session_state.setdefault("desk", {})
    desk = desks[key] = desks.get(key) or _opened(page.glossary, entry_id, tag)
    if wanted := st.query_params.get("gap", ""):
        with contextlib.suppress(ConversationError):  # it can be taken off the list there
            desk.row = missing.find(wanted, page) or desk.row
    _head(page, desk)
    with st.container(key="editor"):
        with st.container(key="editor-fields"):
            desk.form = _typed(desk, page)
        entry = entry_from(desk.form, desk.edit)
        with st.container(key="editor-beside"):
            _beside(page, desk, entry)
        with st.container(key="editor-ways", horizontal=True), page.trying():
            way = _way(page, desk, entry)
            try:
                if way in ("saved", "deleted"):
                    _carry_out(way, page, desk, entry)
            except editing.EditConflict as error:  # what is typed stays, until it is chosen
                desk.edit, desk.conflict = error.edit, True
                managing.renew(page.assistant.settings)
                st.rerun()
            if way:
                desks.pop(key)
            if way == "discarded":
                st.rerun()
            if way:
                stays = {"id": entry_id, "in": tag} if way == "saved" and desk.edit.before else {}
                navigation.go("manage", part="entry", **stays)


def _opened(glossary: Glossary, entry_id: str, tag: str) -> Desk:
    edit = editing.begin_edit(glossary, entry_id, tag)
    st.session_state["rounds"] = number = st.session_state.get("rounds", 0) + 1
    # Of what has an entry in another language, with what both share.
    others = glossary.versions(entry_id)
    form = EntryForm(
        term="" if others else st.query_params.get("term", ""),
        related=next((other.related for other in others), ()),
    )
    form = EntryForm.of(edit) if edit.before else form
    return Desk(edit, form, form, number)


def _head(page: Page, desk: Desk) -> None:
    edit, glossary = desk.edit, page.glossary
    term = edit.before.term if edit.before else desk.form.term or "…"
    key = "entry_edit" if edit.before else "entry_new"
    page.subtitle(page.say(key, term=formatting.isolated(term)))
    if written := [each.language for each in glossary.versions(edit.id)] if edit.id else []:
        tags = dict.fromkeys((*written, edit.language, *glossary.languages, *LANGUAGES))
        shown = {"tags": list(tags), "written": written, "id": edit.id, "now": edit.language}
        page.html("manage#versions", **shown)


def _beside(page: Page, desk: Desk, entry: Entry | Fault) -> None:
    """What was asked, what is to be considered, and how it will look."""
    from knowledge.checks import check  # noqa: PLC0415  (only who edits needs it)

    if desk.row:
        page.html("inbox#beside", row=desk.row)
    page.subtitle(page.words["entry_checks"])
    if isinstance(entry, Fault):
        page.html("manage#faults", found=[entry])
        return
    whole = editing.with_entry(page.glossary, entry)
    found = [fault for fault in check(whole) if fault.path == entry.origin]
    page.html("manage#faults", found=found)
    page.subtitle(page.words["entry_preview"])
    to = page.context._replace(glossary=whole)
    st.html(markup.entry(to, entry, template="entry#preview"))


def _way(page: Page, desk: Desk, entry: Entry | Fault) -> str:
    """What is to be done, if anything."""
    words, same = page.words, desk.form == desk.start and not desk.conflict
    if desk.conflict:
        note(words["entry_conflict"], "notice")
    off = same or isinstance(entry, Fault)
    pressed = {
        "saved": st.button(words["entry_save"], type="primary", disabled=off, key="save"),
        "discarded": st.button(words["entry_discard"], disabled=same, key="discard"),
    }
    if desk.edit.before:
        pressed["deleted"] = st.button(words["entry_delete"], key="delete-entry", type="tertiary")
    return next((way for way, is_pressed in pressed.items() if is_pressed), "")


def _carry_out(way: str, page: Page, desk: Desk, entry: Entry | Fault) -> None:
    """Does what was chosen; fails where it cannot be, or EditConflict where another has written."""
    edit, glossary, now = desk.edit, page.glossary, datetime.now(UTC)
    with managing.changing(page.assistant):
        if way == "saved" and isinstance(entry, Entry):
            entry = replace(entry, updated=now.date())
            file = editing.save(edit, entry, glossary, desk.form.body)
            step = Step("saved", glossary.path, entry.term, now, file)
        else:
            file = editing.delete(edit, glossary)
            step = Step("deleted", glossary.path, desk.start.term, now, file)
        managing.done(step, page.assistant)
    if desk.row:
        with contextlib.suppress(AssistantError):  # it can be taken off the list there
            shared.conversations().set_aside(desk.row.keys, aside=True)


def _typed(  # noqa: C901  (one kind of field after another)
    desk: Desk, page: Page
) -> EntryForm:
    """Shows the fields, each with what is typed so far; returns that."""
    form, tag, words = desk.form, desk.edit.language, page.words

    def key(name: str, value: Any = None) -> str:  # noqa: ANN401  (what the field takes)
        """A name that no other entry's field has, in which the field begins with a value."""
        found = f"entry-{templates.direction(tag)}-{name}-{desk.round}"
        if value is not None:
            st.session_state.setdefault(found, value)
        return found

    def line(name: str, value: str, label: str) -> str:
        return (st.text_input(words[label], key=key(name, value)) or "").strip()

    def text(name: str, value: str) -> str:
        label = words[f"field_{name}"]
        return (st.text_area(label, key=key(name, value), height="content") or "").strip()

    def lines(name: str, values: tuple[str, ...]) -> tuple[str, ...]:
        typed = text(name, "\n".join(values)).splitlines()
        return tuple(dict.fromkeys(filter(None, map(str.strip, typed))))

    def category() -> str:
        """One of the categories that there are, or a new one."""
        place = key("category", form.category or None)
        known = (*page.glossary.categories(tag), st.session_state.get(place))
        found = st.selectbox(
            words["field_category"],
            list(filter(None, dict.fromkeys(known))),
            index=None,
            key=place,
            accept_new_options=True,
            placeholder=words["field_category_hint"],
        )
        return str(found or "").strip()

    def related() -> tuple[str, ...]:
        """Some of the terms; one that is no entry yet stays chosen."""
        met = tuple(dict.fromkeys(page.glossary.id_of(value) or value for value in form.related))
        place = key("related", list(met))
        others = [i for i in page.glossary.ids if i != desk.edit.id]
        terms = {i: e.term for i in others if (e := page.glossary.get(i, tag))}
        found = st.multiselect(
            words["field_related"],
            list(dict.fromkeys((*others, *met, *st.session_state[place]))),
            format_func=lambda i: terms.get(i, i),
            key=place,
            placeholder=words["field_related_hint"],
        )
        return tuple(map(str, found))

    def sources() -> tuple[Mapping[str, str], ...]:
        """Publications, each of some fields; below the last that is filled there is one more."""
        found: list[Mapping[str, str]] = []
        while len(found) <= len(form.sources) or any(found[-1].values()):
            n = len(found)
            before = form.sources[n] if n < len(form.sources) else {}
            names = ("title", "authors", "year", "url")
            with st.container(key=key(f"source-{n}")):
                found.append({k: line(f"{k}-{n}", before.get(k, ""), f"source_{k}") for k in names})
        while found and not any(found[-1].values()):
            found.pop()
        return tuple(found)

    return EntryForm(
        term=line("term", form.term, "field_term"),
        summary=text("summary", form.summary),
        text=text("text", form.text),
        aliases=lines("aliases", form.aliases),
        category=category(),
        related=related(),
        asked=lines("asked", form.asked),
        sources=sources(),
    )
