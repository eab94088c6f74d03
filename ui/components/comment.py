"""What a reader says of an answer: a thumb, and a comment."""

from dataclasses import replace
from typing import Any

import streamlit as st

from assistant import ConversationError
from ui import bridge, reader, shared, state
from ui.page import Page
from ui.state import Turn

_MOST_CHARACTERS = 2000


def rate(turn: Turn, thumb: Any) -> None:  # noqa: ANN401  (the browser's word)
    """Keeps a thumb; the same again takes it back."""
    thumb = bridge.number(thumb)
    if turn.kept is None or not state.chat().own or thumb not in (1, -1):
        return
    given = turn.kept.feedback.thumb if turn.kept.feedback else 0
    _keep(turn, 0 if thumb == given else thumb, None)


def dialog(turn: Turn, page: Page) -> None:
    """Asks for a comment."""
    words = page.words
    feedback = turn.kept.feedback if turn.kept else None

    @st.dialog(words["comment"])
    def shown() -> None:
        with st.form("comment", border=False):
            before = feedback.comment if feedback else ""
            text = st.text_area(words["comment_label"], before, max_chars=_MOST_CHARACTERS)
            sent = st.form_submit_button(words["comment_send"], type="primary")
        if sent and _keep(turn, feedback.thumb if feedback else 0, text):
            state.say(words["comment_kept"])
            st.rerun()
        if turn.unrated:
            page.failed(ConversationError(turn.unrated), "not_rated")

    shown()


def _keep(turn: Turn, thumb: Any, comment: str | None) -> bool:  # noqa: ANN401
    if turn.kept is None:
        return False
    try:
        feedback = shared.conversations().rate(turn.kept.id, thumb, comment, reader=reader.token())
    except ConversationError as error:
        turn.unrated = str(error)
        return False
    turn.kept, turn.unrated = replace(turn.kept, feedback=feedback), ""
    return True
