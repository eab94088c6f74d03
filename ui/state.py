"""A reader's state, one browser tab's: the turns of the conversation, the interface's language."""

from dataclasses import dataclass

import streamlit as st

from assistant import AssistantError
from assistant.answer import Answer
from knowledge.language import base
from ui.strings import LANGUAGES


@dataclass
class Turn:
    """A question, and what became of it."""

    question: str
    writer: str | None = None
    answer: Answer | None = None
    error: Exception | None = None

    @property
    def pending(self) -> bool:
        """Whether it is still to be answered."""
        return self.answer is None and self.error is None


class Interrupted(AssistantError):  # noqa: N818  (what happened, not a fault)
    """The reader stopped the answer."""


def turns() -> list[Turn]:
    """The conversation so far."""
    found: list[Turn] = st.session_state.setdefault("turns", [])
    return found


def history() -> list[Answer]:
    """The answers so far, oldest first."""
    return [turn.answer for turn in turns() if turn.answer]


def ask(question: str, writer: str | None = None) -> None:
    """Puts a question; the next run answers it."""
    turns().append(Turn(question, writer))


def again(turn: Turn, writer: str | None = None) -> None:
    """Asks a turn's question again, in its place."""
    turn.answer = turn.error = None
    turn.writer = writer or turn.writer


def clear() -> None:
    """Begins a new conversation; the last can be brought back."""
    st.session_state["cleared"] = turns()
    st.session_state["turns"] = []


def restore() -> None:
    """Brings the last conversation back."""
    st.session_state["turns"] = st.session_state.pop("cleared", [])


def can_restore() -> bool:
    """Whether a conversation was cleared and none begun since."""
    return bool(st.session_state.get("cleared")) and not turns()


def language() -> str:
    """The interface's language: the address's (``?lang=ar``), else the browser's, else English."""
    asked = st.query_params.get("lang", "")
    if asked in LANGUAGES:
        return asked
    browser = base(st.context.locale or "en")
    return browser if browser in LANGUAGES else "en"


def speak(tag: str) -> None:
    """Sets the interface's language, and keeps it in the address."""
    st.query_params["lang"] = tag
