"""Actions: what was done on the page's own markup (``data-do``), carried out.

Every value comes from the browser and may be anything: what does not fit does nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import streamlit as st

from assistant import AssistantError
from ui import addresses, bridge, conversation, formatting, markup, navigation, reader, state
from ui.addresses import View
from ui.components import changes, dialogs, importing, missing, settings, sidebar, turns
from ui.components.classroom import cards, lesson, path, quiz
from ui.page import Page, told
from ui.state import Turn
from ui.strings import LANGUAGES
from ui.views import map as map_view

Dialog = Callable[[], None]
_PARAMETERS = ("id", "lang", "c", "letter", "category", "q", "part", "in", "term", "gap", "tab")


@dataclass(frozen=True)
class Action:
    """What was done, and where; its values by name, as what they are to be or not at all."""

    done: dict[str, Any]
    page: Page
    view: View

    def text(self, name: str) -> str:
        """A value that is text, else nothing."""
        return bridge.text(self.done.get(name))

    @property
    def number(self) -> int | None:
        """The number of the turn that it was done to."""
        return bridge.number(self.done.get("turn"))


def perform(done: dict[str, Any], page: Page, view: View) -> Dialog | None:
    """Carries out what was done; returns the dialog that it opens, to be drawn last."""
    name, action = bridge.text(done.get("do")), Action(done, page, view)
    try:
        if name in TO_A_TURN and (turn := state.chat().turn(action.number)):
            return TO_A_TURN[name](action, turn)
        if name in DOING:
            return DOING[name](action)
    except AssistantError as error:
        st.toast(formatting.literal(told(error, page.language)))
    return None


def _open(action: Action) -> Dialog | None:
    """Opens an entry: over the chat, map and class, at the words quoted; elsewhere its own page."""
    found = action.page.glossary.get(action.text("entry_id"), action.text("language"))
    if found and action.view not in ("chat", "map", "classroom"):
        navigation.go("term", id=found.id, lang=action.text("language"))
    return partial(dialogs.entry, found, action.page, action.done) if found else None


def _go(action: Action) -> None:
    view = action.text("view")
    if view in addresses.EVERY:
        navigation.go(view, **{name: action.text(name) for name in _PARAMETERS})


def _ask(action: Action) -> None:
    if question := action.text("question"):
        state.chat().ask(question)
        if action.view != "chat":
            navigation.go("chat")


def _new(_action: Action) -> None:
    conversation.begin()
    navigation.go("chat")


def _speak(action: Action) -> None:
    """The other language of the interface, or the one named."""
    tag = action.text("language") if "language" in action.done else _other(action.page.language)
    if tag in LANGUAGES:
        state.speak(tag)
        st.rerun()


def _other(language: str) -> str:
    return next(tag for tag in LANGUAGES if tag != language)


def _stopped(_action: Action) -> None:
    """Streamlit has ended the run; it does so too when it only begins another."""
    for turn in state.chat().turns:
        if turn.pending:
            turn.stop()


def _whole(_action: Action) -> None:
    """Draws the map anew, with nothing chosen on it."""
    map_view.redraw()
    navigation.go("map")


def _choose(**changed: object) -> None:
    reader.choose(**changed)
    st.rerun()


def _other_language(_action: Action, turn: Turn) -> None:
    if turn.answer:
        state.chat().ask(turn.question, turn.writer, _other(turn.answer.language))


def _other_writer(action: Action, turn: Turn) -> None:
    if turn.answer and action.page.assistant.settings.has_chat_model:
        other = "quote" if turn.answer.writer == "explain" else "explain"
        state.chat().ask(turn.question, other, turn.language)


def _edit(action: Action, _turn: Turn) -> None:
    state.chat().edited = action.number


def _explain(_action: Action, turn: Turn) -> None:
    turn.explained = not turn.explained


def _project(action: Action, turn: Turn) -> Dialog | None:
    """Shows how an answer was found large, for a class."""
    number, page = action.number, action.page
    if number is None or turn.answer is None:
        return None
    html = markup.found(turn.answer, turn.traces, page.glossary, number, page.language, large=True)
    return partial(dialogs.show, page.words["found_show"], html, "large")


def _comment(action: Action, turn: Turn) -> Dialog | None:
    return partial(turns.comment, turn, action.page) if turn.kept and state.chat().own else None


TO_A_TURN: dict[str, Callable[[Action, Turn], Dialog | None]] = {
    "again": lambda _, turn: state.chat().again(turn),
    "other_language": _other_language,
    "other_writer": _other_writer,
    "edit": _edit,
    "explain": _explain,
    "project": _project,
    "rate": lambda a, turn: turns.rate(turn, bridge.number(a.done.get("thumb"))),
    "comment": _comment,
}
DOING: dict[str, Callable[[Action], Dialog | None]] = {
    "open": _open,
    "go": _go,
    "ask": _ask,
    "new": _new,
    "speak": _speak,
    "stopped": _stopped,
    "earlier": lambda _: conversation.bring_earlier(),
    "everywhere": lambda _: _choose(within=""),
    "whole": _whole,
    "both": lambda _: _choose(both=not reader.choices().both),
    "guided": lambda _: _choose(guided=not reader.choices().guided),
    "leave_group": lambda _: _choose(group=""),
    "manage": lambda a: partial(sidebar.dialog, a.text("id"), a.page),
    "restore": lambda _: conversation.restore(),
    "undo_change": lambda a: changes.undo(a.text("at"), a.page),
    "unwanted": lambda a: missing.set_aside(a.text("key"), a.page, aside=True),
    "wanted": lambda a: missing.set_aside(a.text("key"), a.page, aside=False),
    "turn": lambda a: importing.turn(a.done.get("at")),
    "preview": lambda a: partial(importing.preview, a.done.get("place"), a.page.language),
    "quiz": lambda a: quiz.act(a.done, a.page),
    "settings": lambda a: partial(settings.dialog, a.page),
    "lesson": lambda a: lesson.act(a.done, a.page),
    "tick": lambda a: path.act(a.done, a.page),
    **dict.fromkeys(cards.DONE, lambda a: cards.act(a.done, a.page)),
    "help": lambda a: partial(dialogs.show, a.page.words["help"], a.page.render("help")),
}
