"""Keeping: the conversation of the address (``?c=ID``), and the answers that are added to it."""

import logging
from collections.abc import Sequence

import streamlit as st

from assistant import ConversationError
from assistant.assistant import Assistant
from knowledge.evidence import Evidence
from ui import markup, shared, state
from ui.strings import strings

_ADDRESS = "c"
_UNKNOWN = "unknown"  # the id in the address, where there is no such conversation
_log = logging.getLogger(__name__)


def go_on() -> None:
    """Goes on with the conversation of the address, unless it is the reader's already."""
    try:
        store = shared.conversations()
    except ConversationError:
        return
    asked = st.query_params.get(_ADDRESS, "")
    if asked and asked not in (state.conversation(), st.session_state.get(_UNKNOWN)):
        try:
            found = store.get(asked)
        except ConversationError as error:
            _log.warning("%s", error)
            found = None
        if found is None or found.deleted_at is not None:
            state.go_on("", [])
            st.session_state[_UNKNOWN] = asked
        else:
            state.go_on(found.id, [state.Turn.of(turn) for turn in found.turns])
    _write_address()


def notice(language: str) -> str:
    """What of keeping does not work, or nothing."""
    words = strings(language)
    try:
        shared.conversations()
    except ConversationError as error:
        return words["not_kept"].format(message=markup.isolated(str(error)))
    unknown = _UNKNOWN in st.session_state and not state.turns()
    return words["conversation_unknown"] if unknown else ""


def keep(assistant: Assistant, turn: state.Turn, evidence: Sequence[Evidence]) -> None:
    """Adds a turn's answer to the conversation, which the first one begins.

    That it cannot be kept costs nobody the answer: the turn says why.
    """
    if turn.answer is None:
        return
    try:
        store = shared.conversations()
    except ConversationError:
        return  # the page says so
    st.session_state.pop(_UNKNOWN, None)
    try:
        if not state.conversation():
            state.go_on(store.begin().id, state.turns())
        turn.kept = store.add(state.conversation(), turn.answer, evidence, assistant.glossary)
    except ConversationError as error:
        turn.unkept = str(error)
    _write_address()


def begin() -> None:
    """Begins a new conversation; the last can be brought back."""
    st.session_state.pop(_UNKNOWN, None)
    state.clear()
    _write_address()


def bring_back() -> None:
    """Brings the last conversation back."""
    state.restore()
    _write_address()


def _write_address() -> None:
    """The address names the conversation, if it is kept."""
    kept = state.conversation() or st.session_state.get(_UNKNOWN, "")
    if not kept:
        st.query_params.pop(_ADDRESS, None)
    elif st.query_params.get(_ADDRESS) != kept:
        st.query_params[_ADDRESS] = kept
