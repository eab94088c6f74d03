"""The rating of an answer: a thumb, and a comment if the reader likes."""

from dataclasses import replace

import streamlit as st

from assistant import ConversationError
from assistant.conversations.conversation import Thumb
from assistant.conversations.conversation import Turn as KeptTurn
from ui import markup, shared, state
from ui.strings import strings

_MOST_CHARACTERS = 2000
_ICONS: dict[Thumb, str] = {1: ":material/thumb_up:", -1: ":material/thumb_down:"}


def rating(turn: state.Turn, number: int, language: str) -> None:
    """Asks what the reader thinks of an answer, if it is kept."""
    if turn.kept is None:
        return
    words = strings(language)
    says: dict[Thumb, str] = {1: words["thumb_up"], -1: words["thumb_down"]}
    given: Thumb = turn.kept.feedback.thumb if turn.kept.feedback else 0
    with st.container(key=f"rating-{number}", horizontal=True, vertical_alignment="center"):
        thumb: Thumb = (
            st.pills(
                words["rating"],
                list(_ICONS),
                default=given or None,
                format_func=lambda thumb: f"{_ICONS[thumb]} {says[thumb]}",
                label_visibility="collapsed",
                key=f"thumb-{turn.kept.id}",
            )
            or 0
        )
        if thumb != given:
            turn.kept = _rated(turn.kept, thumb, None, words)
        if thumb:
            turn.kept = _commented(turn.kept, thumb, words)


def _commented(kept: KeptTurn, thumb: Thumb, words: dict[str, str]) -> KeptTurn:
    before = kept.feedback.comment if kept.feedback else ""
    with st.popover(words["comment"], type="tertiary", icon=":material/edit_note:"):
        with st.form(f"comment-{kept.id}", border=False):
            text = st.text_area(words["comment_label"], before, max_chars=_MOST_CHARACTERS)
            sent = st.form_submit_button(words["comment_send"])
        if not sent:
            return kept
        kept = _rated(kept, thumb, text, words)
        if kept.feedback and kept.feedback.comment == text.strip():
            st.html(markup.note(words["comment_kept"]))
    return kept


def _rated(kept: KeptTurn, thumb: Thumb, comment: str | None, words: dict[str, str]) -> KeptTurn:
    try:
        feedback = shared.conversations().rate(kept.id, thumb, comment)
    except ConversationError as error:
        st.html(
            markup.note(words["not_rated"].format(message=markup.isolated(str(error))), "notice")
        )
        return kept
    return replace(kept, feedback=feedback)
