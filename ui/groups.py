"""The reader's group: joined by its address (``?group=CODE``), and told what the reader does."""

import logging

import streamlit as st

from assistant import ConversationError
from assistant.answer import Answer
from assistant.classroom.groups import Groups, Kind, of_answer
from ui import reader, shared, state
from ui.page import Page

ADDRESS = "group"
_OPENED = "opened"  # in the tab's session: the entry that was opened last
_log = logging.getLogger(__name__)


def groups() -> Groups:
    """The groups; ConversationError where the database cannot be had."""
    return Groups(shared.conversations().database, shared.settings().group_days)


def join(page: Page) -> None:
    """Joins the group that the address names, if it does, and says so."""
    code = st.query_params.pop(ADDRESS, "")
    if not code:
        return
    with page.trying():
        found = groups().find(code)
        if found:
            reader.choose(group=found.code)
            state.say(page.say("group_joined", name=found.name))
        else:
            state.say(page.say("group_unknown", code=code[:20]))
        st.rerun()


def name() -> str:
    """What the reader's group is called; nothing where there is none, or it is deleted."""
    code = reader.choices().group
    try:
        found = groups().find(code) if code else None
    except ConversationError:
        return ""
    if code and not found:
        reader.choose(group="")
    return found.name if found else ""


def note(kind: Kind, entry_id: str = "", detail: str = "") -> None:
    """Counts what the reader did, without saying who; failing costs nobody anything."""
    if code := reader.choices().group:
        try:
            groups().note(code, kind, entry_id, detail)
        except ConversationError as error:
            _log.warning("%s", error)


def note_answer(answer: Answer) -> None:
    """Counts a question that was answered, or refused."""
    if found := of_answer(answer):
        note(*found, answer.understood or answer.question)


def note_opened(entry_id: str) -> None:
    """Counts an entry that was opened; drawn again, it is not opened again."""
    if st.session_state.get(_OPENED) != entry_id:
        st.session_state[_OPENED] = entry_id
        note("opened", entry_id)
