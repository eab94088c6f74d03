"""Actions: what was done on the page's own markup (``data-do``), carried out.

Every value comes from the browser and may be anything: what does not fit does nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import streamlit as st

from assistant import ConversationError
from assistant.assistant import Assistant
from ui import (
    addresses,
    bridge,
    conversation,
    failures,
    formatting,
    markup,
    navigation,
    reader,
    state,
    templates,
)  # fmt: skip
from ui.addresses import View
from ui.components import changes, comment, conversations, dialogs, importing, missing, settings
from ui.strings import LANGUAGES, strings
from ui.views import map as map_view

Dialog = Callable[[], None]
_PARAMETERS = (
    "id", "lang", "c", "letter", "category", "q", "part", "in", "term", "gap",
)  # fmt: skip


def perform(done: dict[str, Any], assistant: Assistant, view: View, language: str) -> Dialog | None:
    """Carries out what was done; returns the dialog that it opens, to be drawn last."""
    action = Action(done, assistant, view, language)
    name = done.get("do")
    handler = _HANDLERS.get(name) if isinstance(name, str) else None
    return handler(action) if handler else None


@dataclass(frozen=True)
class Action:
    """What was done, and where; its values by name, as what they are to be or not at all."""

    done: dict[str, Any]
    assistant: Assistant
    view: View
    language: str

    def text(self, name: str) -> str:
        """A value that is text, else nothing."""
        return bridge.text(self.done.get(name))

    @property
    def turn(self) -> state.Turn | None:
        """The turn that it was done to."""
        return state.chat().turn(self.done.get("turn"))


def _open(action: Action) -> Dialog | None:
    """Opens an entry: over the chat, at the words quoted; over the map; elsewhere its own page."""
    found = action.assistant.glossary.get(action.text("entry_id"), action.text("language"))
    if found is None:
        return None
    if action.view not in ("chat", "map"):
        navigation.go("term", id=found.id, lang=action.text("language"))
    html = markup.entry(
        found,
        action.assistant.glossary,
        action.language,
        dialogs.quoted(found, action.done),
        action.assistant.linker,
    )
    return partial(dialogs.show, formatting.literal(found.term), html)


def _go(action: Action) -> None:
    view = action.text("view")
    if view in addresses.EVERY:
        wanted = {name: action.text(name) for name in _PARAMETERS}
        navigation.go(view, **addresses.parameters(wanted))


def _ask(action: Action) -> None:
    question = action.text("question")
    if not question:
        return
    state.chat().ask(question)
    if action.view != "chat":
        navigation.go("chat")


def _new(_action: Action) -> None:
    conversation.begin()
    navigation.go("chat")


def _speak(action: Action) -> None:
    """The other language of the interface, or the one named."""
    other = next(tag for tag in LANGUAGES if tag != action.language)
    tag = action.text("language") if "language" in action.done else other
    if tag in LANGUAGES:
        state.speak(tag)
        st.rerun()


def _stopped(_action: Action) -> None:
    """Streamlit has ended the run; it does so too when it only begins another."""
    for turn in state.chat().turns:
        if turn.pending:
            turn.stop()


def _again(action: Action) -> None:
    if action.turn:
        state.chat().again(action.turn)


def _other_language(action: Action) -> None:
    turn = action.turn
    if turn and turn.answer:
        other = next(tag for tag in LANGUAGES if tag != turn.answer.language)
        state.chat().ask(turn.question, turn.writer, other)


def _other_writer(action: Action) -> None:
    turn = action.turn
    if turn and turn.answer and action.assistant.settings.has_chat_model:
        other = "quote" if turn.answer.writer == "explain" else "explain"
        state.chat().ask(turn.question, other, turn.language)


def _earlier(_action: Action) -> None:
    if state.chat().earlier:
        conversation.bring_earlier()


def _edit(action: Action) -> None:
    if action.turn:
        state.chat().edited = bridge.number(action.done.get("turn"))


def _explained(action: Action) -> None:
    if action.turn:
        action.turn.explained = not action.turn.explained


def _projected(action: Action) -> Dialog | None:
    """Shows how an answer was found large, for a class."""
    number, turn = bridge.number(action.done.get("turn")), action.turn
    if turn is None or number is None or turn.answer is None:
        return None
    html = markup.found(
        turn.answer, turn.traces, action.assistant.glossary, number, action.language, large=True
    )
    return partial(dialogs.show, strings(action.language)["found_show"], html, "large")


def _rate(action: Action) -> None:
    if action.turn:
        comment.rate(action.turn, action.done.get("thumb"))


def _comment(action: Action) -> Dialog | None:
    turn = action.turn
    rated = turn and turn.kept and state.chat().own
    return (lambda: comment.dialog(turn, action.language)) if turn and rated else None


def _whole(_action: Action) -> None:
    """Draws the map anew, with nothing chosen on it."""
    map_view.redraw()
    navigation.go("map")


def _everywhere(_action: Action) -> None:
    reader.choose(within="")
    st.rerun()


def _both(_action: Action) -> None:
    """Shows both languages of the glossary, or one again."""
    reader.choose(both=not reader.choices().both)
    st.rerun()


def _restore(action: Action) -> None:
    try:
        conversation.restore()
    except ConversationError as error:
        st.toast(formatting.literal(failures.said(error, action.language)))


def _set_aside(action: Action, *, aside: bool) -> None:
    """Takes a missing term off the list, or puts it back."""
    try:
        missing.set_aside(action.text("key"), action.assistant, aside=aside)
    except ConversationError as error:
        st.toast(formatting.literal(failures.said(error, action.language)))


_HANDLERS: dict[str, Callable[[Action], Dialog | None]] = {
    "open": _open,
    "go": _go,
    "ask": _ask,
    "new": _new,
    "speak": _speak,
    "stopped": _stopped,
    "again": _again,
    "other_language": _other_language,
    "other_writer": _other_writer,
    "earlier": _earlier,
    "edit": _edit,
    "explain": _explained,
    "project": _projected,
    "rate": _rate,
    "comment": _comment,
    "everywhere": _everywhere,
    "whole": _whole,
    "both": _both,
    "manage": lambda a: partial(conversations.dialog, a.text("id"), a.assistant, a.language),
    "restore": _restore,
    "undo_change": lambda a: changes.undo(a.text("at"), a.assistant, a.language),
    "unwanted": partial(_set_aside, aside=True),
    "wanted": partial(_set_aside, aside=False),
    "turn": lambda a: importing.turn(a.done.get("at")),
    "preview": lambda a: partial(importing.preview, a.done.get("place"), a.language),
    "settings": lambda a: partial(settings.dialog, a.assistant, a.language),
    "help": lambda a: partial(
        dialogs.show, strings(a.language)["help"], templates.render("help", a.language)
    ),
}
