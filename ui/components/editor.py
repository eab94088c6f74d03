"""The editor of an entry: what is typed, what is to be considered, and what it will look like."""

import contextlib
from dataclasses import dataclass
from datetime import UTC, datetime

import streamlit as st

from assistant import AssistantError, ConversationError
from assistant.conversations.conversation import Item
from knowledge import KnowledgeError
from knowledge.editing import entries as editing
from knowledge.editing.atomic import fingerprint
from knowledge.editing.entries import Edit
from knowledge.editing.form import EntryForm, entry_from
from knowledge.editing.journal import Step
from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.glossary import Glossary
from knowledge.linking import Linker
from ui import formatting, managing, markup, navigation
from ui.components import missing
from ui.components.fields import fields
from ui.components.glossaries import BEGUN
from ui.page import Page, note, notice
from ui.strings import LANGUAGES


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
            desk.form = fields(desk.form, desk.edit, glossary, desk.round, page.words)
        with st.container(key="editor-beside"):
            entry = entry_from(desk.form, desk.edit.id, tag, desk.edit.before)
            _beside(page, glossary, desk, entry)
        with st.container(key="editor-ways", horizontal=True):
            ask = _conflict if desk.theirs else _ways
            way = ask(page, glossary, desk, off=isinstance(entry, Fault))
            try:
                _done(way, page, glossary, desk, entry)
            except editing.EditConflict as error:  # the next run asks what is to be kept
                desk.theirs = error.edit
                st.rerun()
            except (KnowledgeError, AssistantError, OSError) as error:
                page.failed(error)
                return
    if not way:
        return
    desks.pop(key)
    if way in ("discard", "theirs"):
        st.rerun()
    if glossary is not page.glossary:
        st.session_state.pop(BEGUN, None)
        navigation.go("manage", part="glossary")
    stays = {"id": entry_id, "in": tag} if way == "save" and desk.edit.before else {}
    navigation.go("manage", part="entry", **stays)


def _opened(glossary: Glossary, entry_id: str, tag: str) -> Desk:
    edit = editing.begin_edit(glossary, entry_id, tag)
    st.session_state["rounds"] = number = st.session_state.get("rounds", 0) + 1
    if edit.before:
        form = EntryForm.of(edit.before)
        return Desk(edit, form, form, number)
    # Of what has an entry in another language, with what both share.
    others = glossary.versions(entry_id)
    form = EntryForm(
        term="" if others else st.query_params.get("term", ""),
        related=next((other.related for other in others), ()),
        updated=datetime.now(UTC).date().isoformat(),
    )
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
    shown = markup.entry(entry, whole, page.language, linker=linker, template="entry#preview")
    st.html(shown)


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
        notice(words["entry_conflict"])
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
    if way == "theirs":
        managing.renew(page.assistant.settings)
    if way == "delete" and (before := desk.edit.before):
        with managing.changing(page.assistant):
            saved = editing.delete(desk.edit, glossary)
            step = Step("deleted", glossary.path, before.term, datetime.now(UTC), file=saved)
            managing.done(step, page.assistant)
    if way == "save" and isinstance(entry, Entry):
        path, begins = glossary.path, glossary is not page.glossary
        with managing.changing(page.assistant, path if begins else None):
            step = Step(
                "saved",
                path,
                entry.term,
                datetime.now(UTC),
                file=editing.save(desk.edit, entry, glossary),
                former=page.glossary.path if begins else None,
                mark=fingerprint(path) if begins else "",
                also={"keys": desk.row.keys} if desk.row else None,
            )
            managing.done(step, page.assistant)
        with contextlib.suppress(AssistantError):  # it can be taken off the list there
            managing.settle(step)
