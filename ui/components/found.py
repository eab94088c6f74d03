"""How an answer was found: under it, or large by itself, for a class."""

import streamlit as st

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.trail import Trail
from ui import markup, state
from ui.strings import strings


def found(
    assistant: Assistant, number: int, turn: state.Turn, language: str, *, large: bool = False
) -> str:
    """The markup of it; none for small talk, for which nothing is looked up."""
    if turn.answer is None or turn.answer.status == "chat":
        return ""
    trail = _trail(assistant, number, turn, turn.answer)
    return markup.trail(trail, assistant.glossary, number, language, large=large)


def dialog(assistant: Assistant, number: int, turn: state.Turn, language: str) -> None:
    """Shows it by itself, as wide as the window."""

    @st.dialog(strings(language)["found_show"], width="large")
    def shown() -> None:
        st.html(found(assistant, number, turn, language, large=True))

    shown()


def _trail(assistant: Assistant, number: int, turn: state.Turn, answer: Answer) -> Trail:
    """The trail of a turn's answer, which is made but once."""
    trails: dict[int, Trail] = st.session_state.setdefault("trails", {})
    if number not in trails or trails[number].answer is not answer:
        before = [each.answer for each in state.turns()[:number] if each.answer]
        trails[number] = Trail.of(answer, turn.evidence, assistant, before)
    return trails[number]
