"""A reader's state, one browser tab's: the turns of the conversation, the interface's language."""

from dataclasses import dataclass
from typing import Self

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from assistant import AssistantError
from assistant.answer import Answer
from assistant.conversations.conversation import Turn as KeptTurn
from knowledge.language.text import base
from knowledge.search.evidence import Trace
from ui import bridge, reader
from ui.answer_thread import AnswerThread
from ui.strings import LANGUAGES

SHOWN = 10
"""Turns on the page: Streamlit draws all of them anew at every touch."""


@dataclass
class Turn:
    """A question, and what became of it."""

    question: str
    writer: str | None = None
    language: str | None = None
    """The language to answer in, if it was chosen."""
    thread: AnswerThread | None = None
    """The answer while it is written."""
    answer: Answer | None = None
    traces: tuple[Trace, ...] = ()
    """What was found for it."""
    error: Exception | None = None
    kept: KeptTurn | None = None
    """The turn as it is kept, if it is."""
    unkept: str = ""
    """Why it could not be kept."""
    unrated: str = ""
    """Why the reader's rating could not be kept."""
    explained: bool = False
    """Whether the page shows how it was found."""

    @classmethod
    def of(cls, kept: KeptTurn) -> Self:
        """The turn of one that is kept; what is unfinished can be asked again."""
        if kept.is_answered:
            return cls(kept.answer.question, answer=kept.answer, traces=kept.traces, kept=kept)
        return cls(kept.answer.question, error=Interrupted(), kept=kept)

    def stop(self) -> None:
        """Leaves it at what there is of an answer; what is written for its owner goes on."""
        self.error = Interrupted()
        if self.thread and own():
            self.thread.stop()

    @property
    def pending(self) -> bool:
        """Whether it is still to be answered."""
        return self.answer is None and self.error is None


class Interrupted(AssistantError):  # noqa: N818  (what happened, not a fault)
    """The answer was ended before it was complete."""


def session() -> str:
    """The id of the tab's session, by which Streamlit knows whether it is open."""
    context = get_script_run_ctx()
    assert context is not None  # noqa: S101  (a page is being drawn)
    return context.session_id


def turns() -> list[Turn]:
    """The conversation so far."""
    found: list[Turn] = st.session_state.setdefault("turns", [])
    return found


def turn(number: object) -> Turn | None:
    """The turn of a number that came from the browser."""
    known, place = turns(), bridge.number(number)
    return known[place] if place is not None and 0 <= place < len(known) else None


def history() -> list[Answer]:
    """The answers on the page, oldest first: a question goes on from the last few."""
    return [turn.answer for turn in turns() if turn.answer]


def ask(question: str, writer: str | None = None, language: str | None = None) -> None:
    """Puts a question; the next run answers it."""
    turns().append(Turn(question, writer or reader.choices().writer or None, language))


def again(turn: Turn) -> None:
    """Asks a turn's question again, after the others; an answer that it has stays where it is."""
    ask(turn.question, turn.writer, turn.language)
    if turn.answer is None:
        turns()[:] = [each for each in turns() if each is not turn]
        turns()[-1].kept = turn.kept  # its place is taken


def branch(number: int) -> None:
    """Goes on from before a turn, as a conversation of its own; the one so far stays as it is."""
    source, before = origin()
    edited, so_far = turns()[number], turns()[:number]
    kept = [turn.kept.position for turn in so_far if turn.kept]
    if edited.kept:
        before = edited.kept.position
    elif kept:
        before = kept[-1] + 1
    source = conversation() or source
    go_on("", so_far, earlier=earlier())
    st.session_state["origin"] = source, before


def origin() -> tuple[str, int]:
    """The conversation that this one, not kept yet, branched off from, and before which place."""
    found: tuple[str, int] = st.session_state.get("origin", ("", 0))
    return found


def conversation() -> str:
    """The id of the conversation, if it is kept."""
    found: str = st.session_state.get("conversation", "")
    return found


def own() -> bool:
    """Whether the conversation is the reader's own; one not kept yet is."""
    found: bool = st.session_state.get("own", True)
    return found


def earlier() -> int:
    """How many turns of the conversation are kept before the first on the page."""
    number: int = st.session_state.get("earlier", 0)
    return number


def first() -> int:
    """The number that the first turn on the page has in the conversation."""
    number: int = st.session_state.get("first", 0)
    return number


def bring(before: list[Turn]) -> None:
    """Puts the turns on the page that come before the first there."""
    turns()[:0] = before
    st.session_state["first"] = first() - len(before)
    st.session_state["earlier"] = earlier() - len(before) if before else 0
    edit(None)


def fold() -> None:
    """Leaves the last turns on the page, so that a question costs as much as in a short chat."""
    gone = turns()[:-SHOWN]
    if gone and conversation():  # else there is nowhere to bring them back from
        turns()[:] = turns()[-SHOWN:]
        st.session_state["first"] = first() + len(gone)
        st.session_state["earlier"] = earlier() + sum(turn.kept is not None for turn in gone)
        edit(None)


def go_on(conversation_id: str, turns: list[Turn], *, own: bool = True, earlier: int = 0) -> None:
    """Goes on with a conversation, of which these are the last turns, after so many earlier."""
    st.session_state["turns"] = turns
    st.session_state["earlier"] = st.session_state["first"] = earlier
    name(conversation_id, own=own)
    edit(None)


def name(conversation_id: str, *, own: bool = True) -> None:
    """The conversation is kept under that id from now on."""
    st.session_state["conversation"] = conversation_id
    st.session_state["own"] = own
    st.session_state.pop("origin", None)


def edit(number: int | None) -> None:
    """Opens the question of a turn to be edited; None closes it."""
    st.session_state["edited"] = number


def edited() -> int | None:
    """The turn whose question is being edited, if one is."""
    number: int | None = st.session_state.get("edited")
    return number


def language() -> str:
    """The interface's language: the address's (``?lang=ar``), the chosen or the browser's."""
    wanted = (st.query_params.get("lang", ""), reader.choices().language, st.context.locale or "")
    return next((base(tag) for tag in wanted if base(tag) in LANGUAGES), "en")


def speak(tag: str) -> None:
    """Sets the interface's language, and keeps it in the address."""
    if tag in LANGUAGES:
        reader.choose(language=tag)
        st.query_params["lang"] = tag


def reopened() -> dict[str, str] | None:
    """The dialog that the last run left to be opened again, as what is done to open it."""
    name = st.session_state.pop("reopen", None)
    return {"do": name} if name else None


def say(text: str) -> None:
    """Leaves a word to be said in the next run: that of a run which ends itself may get lost."""
    st.session_state["said"] = text


def said() -> str:
    """What the last run left to be said, once."""
    found: str = st.session_state.pop("said", "")
    return found
