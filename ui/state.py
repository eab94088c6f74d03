"""A reader's state, one browser tab's: the turns of the conversation, the interface's language."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Self

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from assistant import AssistantError
from assistant.answer import Answer
from assistant.classroom.guided import Point
from assistant.conversations.conversation import Turn as KeptTurn
from knowledge.language.text import base
from knowledge.search.evidence import Trace
from ui import bridge, reader
from ui.answer_thread import AnswerThread, running
from ui.strings import LANGUAGES

SHOWN = 10  # turns on the page: Streamlit draws all of them anew at every touch


@dataclass
class Guided:
    """How far one is led to an answer, in this tab; what one wrote is not kept."""

    hinted: bool = False
    said: list[tuple[str, tuple[Point, ...]]] = field(default_factory=list)
    """What one wrote, if anything, before the answer and on why it is so; held against these."""


@dataclass(eq=False)
class Turn:
    """A question, and what became of it."""

    question: str
    writer: str | None = None
    language: str | None = None  # the language to answer in, if it was chosen
    thread: AnswerThread | None = None  # the answer while it is written
    answer: Answer | None = None
    traces: tuple[Trace, ...] = ()  # what was found for it
    error: Exception | None = None
    kept: KeptTurn | None = None  # the turn as it is kept, if it is
    unkept: str = ""  # why it could not be kept
    explained: bool = False  # whether the page shows how it was found
    guided: Guided | None = None  # how far one is led to the answer, if one is

    @classmethod
    def of(cls, kept: KeptTurn) -> Self:
        """The turn of one that is kept.

        What is unfinished goes on here, if it is being written for another tab, else can be asked
        again.
        """
        question = kept.answer.question
        if kept.is_answered:
            return cls(question, answer=kept.answer, traces=kept.traces, kept=kept)
        thread = running(kept.id)
        return cls(question, thread=thread, error=None if thread else Interrupted(), kept=kept)

    def stop(self) -> None:
        """Leaves it at what there is of an answer; what is written for its owner goes on."""
        self.error = Interrupted()
        if self.thread and chat().own:
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


@dataclass
class Chat:
    """The conversation on the page, or the end of it."""

    id: str = ""  # nothing while it is not kept
    turns: list[Turn] = field(default_factory=list)
    own: bool = True  # whether it is the reader's; one not kept yet is
    earlier: int = 0  # how many turns of it are kept before the first on the page
    origin: tuple[str, int] = ("", 0)
    """The one that this, not kept yet, branched off from, and before which position."""
    edited: int | None = None  # the turn whose question is being edited
    unknown: str = ""  # the id in the address, where there is no such conversation

    def turn(self, number: object) -> Turn | None:
        """The turn of a number that came from the browser."""
        at = bridge.number(number)
        return self.turns[at] if at is not None and 0 <= at < len(self.turns) else None

    def ask(self, question: str, writer: str | None = None, language: str | None = None) -> None:
        """Puts a question; the next run answers it."""
        turn = Turn(question, writer or reader.choices().writer or None, language)
        if reader.choices().guided:
            turn.guided = Guided()
        self.turns.append(turn)

    def keeps(self, turn: Turn) -> bool:
        """Whether a turn is kept in this conversation, and this is the reader's."""
        return self.own and turn.kept is not None and turn.kept.conversation_id == self.id

    def variant(self, turn: Turn) -> tuple[int, int] | None:
        """Which of the answers to a question is shown, and of how many, if there are several."""
        kept = turn.kept if self.keeps(turn) else None
        return (kept.variant, len(kept.others) + 1) if kept and kept.others else None

    def again(self, turn: Turn) -> None:
        """Asks a turn's question again: in its place, or after the others if it is not kept."""
        if self.keeps(turn):
            asked = replace(turn, thread=None, answer=None, traces=(), error=None, guided=None)
            self.turns[self.turns.index(turn)] = asked
            return
        self.ask(turn.question, turn.writer, turn.language)
        if turn.answer is None:
            self.turns.remove(turn)

    def show(self, turn: Turn, kept: KeptTurn) -> None:
        """Puts what is kept of a turn in its place."""
        self.turns[self.turns.index(turn)] = replace(Turn.of(kept), explained=turn.explained)

    def branched(self, number: int) -> "Chat":
        """The conversation up to before a turn, as one of its own."""
        (source, before), edited = self.origin, self.turns[number].kept
        kept = [turn.kept.position for turn in self.turns[:number] if turn.kept]
        before = edited.position if edited else kept[-1] + 1 if kept else before
        origin = self.id or source, before
        return Chat("", self.turns[:number], earlier=self.earlier, origin=origin)

    def bring(self, before: list[Turn]) -> None:
        """Puts the turns on the page that come before the first there."""
        self.turns[:0] = before
        self.earlier = self.earlier - len(before) if before else 0
        self.edited = None

    def fold(self) -> None:
        """Leaves the last turns on the page: a question then costs as much as in a short chat."""
        gone = self.turns[:-SHOWN]
        if gone and self.id:  # else there is nowhere to bring them back from
            self.turns[:] = self.turns[-SHOWN:]
            self.earlier += sum(turn.kept is not None for turn in gone)
            self.edited = None


def chat() -> Chat:
    """The tab's."""
    found: Chat = st.session_state.setdefault("chat", Chat())
    return found


def go_on(other: Chat) -> None:
    """Goes on with another conversation."""
    st.session_state["chat"] = other


def language() -> str:
    """The interface's language: the address's (``?lang=ar``), the chosen or the browser's."""
    wanted = (st.query_params.get("lang", ""), reader.choices().language, st.context.locale or "")
    return next((base(tag) for tag in wanted if base(tag) in LANGUAGES), "en")


def speak(tag: str) -> None:
    """Sets the interface's language, and keeps it in the address."""
    if tag in LANGUAGES:
        reader.choose(language=tag)
        st.query_params["lang"] = tag


def say(text: str) -> None:
    """Leaves a word to be said in the next run: that of a run which ends itself may get lost."""
    st.session_state["said"] = text


def said() -> str:
    """What the last run left to be said, once."""
    return str(st.session_state.pop("said", ""))


def undoable(place: str, said: str, undo: Callable[[], object]) -> None:
    """Lets what was just done be undone at a place (``page.undo``), until something else is."""
    st.session_state["undo"] = place, said, undo


def undo() -> str:
    """Undoes it, if it can be; returns where that is."""
    place, _, do = st.session_state.get("undo", ("", "", str))
    do()
    st.session_state.pop("undo", None)
    return str(place)
