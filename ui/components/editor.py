"""The editor of an entry: what is typed, what is to be considered, and what it will look like."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import streamlit as st

from assistant import ConversationError
from assistant.assistant import Assistant
from assistant.conversations.conversation import Gap
from knowledge import GlossaryError, KnowledgeError
from knowledge.editing import entries as editing
from knowledge.editing.entries import Edit
from knowledge.editing.form import EntryForm, entry_from
from knowledge.editing.journal import Step, fingerprint
from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.glossary import Glossary
from ui import formatting, managing, markup, navigation, shared, templates
from ui.components.changes import failure
from ui.components.fields import fields
from ui.components.glossaries import BEGUN
from ui.strings import strings

_DESK = "desk"


@dataclass
class Desk:
    """An edit that is under way in this tab, and what is typed so far."""

    edit: Edit
    form: EntryForm
    round: int  # counts up where the fields are to be filled anew
    gap: str = ""  # the key of the missing term that it is written for
    start: EntryForm = field(default_factory=EntryForm)  # what the fields held at first
    theirs: Edit | None = None  # how the file stands, if it was changed meanwhile


def desks() -> dict[tuple[object, ...], Desk]:
    """The edits of this tab: what is typed stays when another page is looked at."""
    found: dict[tuple[object, ...], Desk] = st.session_state.setdefault(_DESK, {})
    return found


def editor(
    assistant: Assistant, glossary: Glossary, entry_id: str, tag: str, language: str
) -> None:
    """The editor of an entry in a language; of a new one, if there is none."""
    key = (glossary.path, entry_id, tag)
    try:
        desk = desks().get(key) or _opened(glossary, entry_id, tag)
    except GlossaryError as error:
        st.html(templates.note(failure(error, language), "notice"))
        return
    desks()[key] = desk
    _head(desk, glossary, language)
    with st.container(key="editor"):
        with st.container(key="editor-fields"):
            desk.form = fields(desk.form, desk.edit, glossary, desk.round, language)
        with st.container(key="editor-beside"):
            entry = entry_from(desk.form, desk.edit.id, desk.edit.language, desk.edit.before)
            _beside(entry, desk, assistant, glossary, language)
        with st.container(key="editor-ways", horizontal=True):
            _ways(entry, desk, assistant, glossary, language)


def _opened(glossary: Glossary, entry_id: str, tag: str) -> Desk:
    edit = editing.begin_edit(glossary, entry_id, tag)
    gap, form = "", EntryForm()
    if edit.before:
        form = EntryForm.of(edit.before)
    else:
        gap = st.query_params.get("gap", "")
        form = _blank(glossary, entry_id, st.query_params.get("term", ""))
    return Desk(edit, form, _next(), gap, form)


def _blank(glossary: Glossary, entry_id: str, term: str) -> EntryForm:
    """An empty form; of what has an entry in another language, with what both share."""
    today = datetime.now(UTC).date().isoformat()
    other = next(iter(glossary.versions(entry_id)), None)
    if other is None:
        return EntryForm(term=term, updated=today)
    return EntryForm(term=term, related=other.related, updated=today)


def _next() -> int:
    number: int = st.session_state.get("rounds", 0) + 1
    st.session_state["rounds"] = number
    return number


def _head(desk: Desk, glossary: Glossary, language: str) -> None:
    words = strings(language)
    before = desk.edit.before
    said = words["entry_edit" if before else "entry_new"].format(
        term=formatting.isolated(before.term if before else desk.form.term or "…")
    )
    st.html(templates.subtitle(said, "", language))
    written = [entry.language for entry in glossary.versions(desk.edit.id)] if desk.edit.id else []
    if written:
        tags = list(dict.fromkeys((*written, desk.edit.language, *_others(glossary))))
        edit = {"id": desk.edit.id, "now": desk.edit.language}
        st.html(templates.render("manage#versions", language, tags=tags, written=written, **edit))


def _others(glossary: Glossary) -> tuple[str, ...]:
    """The languages in which an entry can be added: the glossary's, and those of the interface."""
    return (*glossary.languages, "en", "ar")


def _beside(
    entry: Entry | Fault, desk: Desk, assistant: Assistant, glossary: Glossary, language: str
) -> None:
    """What is to be considered, what the index gains and loses, and what it will look like."""
    from knowledge.checks import check_entry  # noqa: PLC0415  (only who edits needs it)

    words = strings(language)
    st.html(templates.subtitle(words["entry_checks"], "", language))
    if isinstance(entry, Fault):
        st.html(templates.render("manage#faults", language, found=[entry]))
        return
    whole = editing.with_entry(glossary, entry)
    st.html(templates.render("manage#faults", language, found=check_entry(entry, whole)))
    st.html(templates.subtitle(words["entry_index"], "", language))
    st.html(
        templates.render(
            "manage#difference", language, found=editing.difference(desk.edit.before, entry)
        )
    )
    st.html(templates.subtitle(words["entry_preview"], "", language))
    linker = assistant.linker if glossary is assistant.glossary else None
    st.html(markup.preview(entry, whole, language, linker))


def _ways(
    entry: Entry | Fault, desk: Desk, assistant: Assistant, glossary: Glossary, language: str
) -> None:
    """To save, to give up what is typed, to delete; and to choose where another has written."""
    words = strings(language)
    if desk.theirs:
        _conflict(entry, desk, assistant, glossary, language)
        return
    typed = desk.form != desk.start
    fault = isinstance(entry, Fault)
    if st.button(words["entry_save"], type="primary", disabled=fault or not typed, key="save"):
        assert isinstance(entry, Entry)  # noqa: S101
        _save(entry, desk, assistant, glossary, language)
    if st.button(words["entry_discard"], disabled=not typed, key="discard"):
        _close(desk, glossary)
        st.rerun()
    if desk.edit.before and st.button(words["entry_delete"], key="delete-entry", type="tertiary"):
        _delete(desk, assistant, glossary, language)


def _save(
    entry: Entry, desk: Desk, assistant: Assistant, glossary: Glossary, language: str
) -> None:
    try:
        saved = editing.save(desk.edit, entry, glossary)
        if glossary is assistant.glossary:
            managing.renew(assistant)
        else:
            managing.go_on_with(glossary.path, assistant)
    except editing.EditConflict as error:
        desk.theirs = error.edit
        st.rerun()
    except (KnowledgeError, OSError) as error:
        st.html(templates.note(failure(error, language), "notice"))
        return
    gap = _filled(desk.gap)
    begins = glossary is not assistant.glossary
    step = Step(
        "saved",
        glossary.path,
        entry.term,
        datetime.now(UTC),
        file=saved,
        former=assistant.glossary.path if begins else None,
        mark=fingerprint(glossary.path) if begins else "",
        also=managing.filled(gap),
    )
    managing.done(step, assistant)
    _close(desk, glossary)
    if begins:
        st.session_state.pop(BEGUN, None)
        navigation.go("manage", part="glossary")
    if desk.edit.before is None:
        navigation.go("manage", part="entry")
    navigation.go("manage", part="entry", id=saved.id, **{"in": saved.language})


def _filled(key: str) -> Gap | None:
    """Takes the missing term off the list for which an entry was written."""
    if not key:
        return None
    try:
        store = shared.conversations()
        gap = next((each for each in store.gaps(1000) if each.key == key), None)
        if gap:
            store.forget_gap(gap)
    except ConversationError:
        return None  # it is on the list still, and can be taken off there
    return gap


def _delete(desk: Desk, assistant: Assistant, glossary: Glossary, language: str) -> None:
    try:
        saved = editing.delete(desk.edit, glossary)
    except editing.EditConflict as error:
        desk.theirs = error.edit
        st.rerun()
    except (KnowledgeError, OSError) as error:
        st.html(templates.note(failure(error, language), "notice"))
        return
    managing.renew(assistant)
    step = Step("deleted", glossary.path, saved.term, datetime.now(UTC), file=saved)
    managing.done(step, assistant)
    _close(desk, glossary)
    navigation.go("manage", part="entry")


def _conflict(
    entry: Entry | Fault, desk: Desk, assistant: Assistant, glossary: Glossary, language: str
) -> None:
    """Shows how the file stands now; the reader keeps that, or what is typed."""
    words, theirs = strings(language), desk.theirs
    assert theirs is not None  # noqa: S101
    with st.container(key="editor-conflict"):
        st.html(templates.note(words["entry_conflict"], "notice"))
        with st.container(horizontal=True):
            if st.button(words["entry_keep_theirs"], key="keep-theirs"):
                _close(desk, glossary)
                managing.renew(assistant)
                st.rerun()
            mine = st.button(words["entry_keep_mine"], key="keep-mine", type="primary")
        if mine and isinstance(entry, Entry):
            desk.edit, desk.theirs = theirs, None
            _save(entry, desk, assistant, glossary, language)
        elif theirs.before:
            st.html(templates.subtitle(words["entry_theirs"], "", language))
            st.html(markup.preview(theirs.before, glossary, language))
        else:
            st.html(templates.note(words["entry_file_gone"]))


def _close(desk: Desk, glossary: Glossary) -> None:
    desks().pop((glossary.path, desk.edit.id, desk.edit.language), None)


def begun(folder: Path) -> Glossary:
    """A glossary that is to be: of no entry yet."""
    return Glossary(folder, ())
