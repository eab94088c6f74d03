"""A reader's state, one browser tab's: the turns of the conversation, the interface's language."""

from dataclasses import dataclass
from typing import Self

import streamlit as st

from assistant import AssistantError
from assistant.answer import Answer
from assistant.conversations.conversation import Turn as KeptTurn
from knowledge.language import base
from ui.strings import LANGUAGES


@dataclass
class Turn:
    """A question, and what became of it."""

    question: str
    writer: str | None = None
    answer: Answer | None = None
    error: Exception | None = None
    kept: KeptTurn | None = None
    """The turn as it is kept, if it is."""
    unkept: str = ""
    """Why it could not be kept."""

    @classmethod
    def of(cls, kept: KeptTurn) -> Self:
        """The turn of one that is kept."""
        return cls(kept.answer.question, answer=kept.answer, kept=kept)

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


def again(turn: Turn) -> None:
    """Asks a turn's question again, after the others; an answer that it has stays where it is."""
    if turn.answer is None:
        turns()[:] = [each for each in turns() if each is not turn]
    ask(turn.question, turn.writer)


def conversation() -> str:
    """The id of the conversation, if it is kept."""
    found: str = st.session_state.get("conversation", "")
    return found


def go_on(conversation_id: str, turns: list[Turn]) -> None:
    """Goes on with a conversation, of which these are the turns so far."""
    st.session_state["conversation"] = conversation_id
    st.session_state["turns"] = turns


def clear() -> None:
    """Begins a new conversation; the last can be brought back."""
    st.session_state["cleared"] = (conversation(), turns())
    go_on("", [])


def restore() -> None:
    """Brings the last conversation back."""
    go_on(*st.session_state.pop("cleared"))


def can_restore() -> bool:
    """Whether a conversation was cleared and none begun since."""
    return "cleared" in st.session_state and not turns()


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
