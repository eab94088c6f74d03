"""Actions: what was done on the page's own markup (``data-do``), carried out.

Every value comes from the browser and may be anything: what does not fit does nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import streamlit as st

from assistant import ConversationError
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
)  # fmt: skip
from ui.addresses import View
from ui.components import changes, comment, conversations, dialogs, importing, missing, settings
from ui.page import Page
from ui.strings import LANGUAGES
from ui.views import map as map_view

Dialog = Callable[[], None]
_PARAMETERS = ("id", "lang", "c", "letter", "category", "q", "part", "in", "term", "gap")


def perform(done: dict[str, Any], page: Page, view: View) -> Dialog | None:
    """Carries out what was done; returns the dialog that it opens, to be drawn last."""
    name = done.get("do")
    handler = _HANDLERS.get(name) if isinstance(name, str) else None
    return handler(Action(done, page, view)) if handler else None


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

    @property
    def turn(self) -> state.Turn | None:
        """That turn."""
        return state.chat().turn(self.number)


def _open(action: Action) -> Dialog | None:
    """Opens an entry: over the chat, at the words quoted; over the map; elsewhere its own page."""
    language = action.text("language")
    found = action.page.glossary.get(action.text("entry_id"), language)
    if found and action.view not in ("chat", "map"):
        navigation.go("term", id=found.id, lang=language)
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


def _again(action: Action) -> None:
    if action.turn:
        state.chat().again(action.turn)


def _other_language(action: Action) -> None:
    turn = action.turn
    if turn and turn.answer:
        state.chat().ask(turn.question, turn.writer, _other(turn.answer.language))


def _other_writer(action: Action) -> None:
    turn = action.turn
    if turn and turn.answer and action.page.assistant.settings.has_chat_model:
        other = "quote" if turn.answer.writer == "explain" else "explain"
        state.chat().ask(turn.question, other, turn.language)


def _earlier(_action: Action) -> None:
    if state.chat().earlier:
        conversation.bring_earlier()


def _edit(action: Action) -> None:
    if action.turn:
        state.chat().edited = action.number


def _explained(action: Action) -> None:
    if action.turn:
        action.turn.explained = not action.turn.explained


def _projected(action: Action) -> Dialog | None:
    """Shows how an answer was found large, for a class."""
    number, turn, page = action.number, action.turn, action.page
    if turn is None or number is None or turn.answer is None:
        return None
    html = markup.found(turn.answer, turn.traces, page.glossary, number, page.language, large=True)
    return partial(dialogs.show, page.words["found_show"], html, "large")


def _rate(action: Action) -> None:
    if action.turn:
        comment.rate(action.turn, action.done.get("thumb"))


def _comment(action: Action) -> Dialog | None:
    turn = action.turn
    rated = turn and turn.kept and state.chat().own
    return partial(comment.dialog, turn, action.page) if turn and rated else None


def _whole(_action: Action) -> None:
    """Draws the map anew, with nothing chosen on it."""
    map_view.redraw()
    navigation.go("map")


def _choose(**changed: object) -> None:
    reader.choose(**changed)
    st.rerun()


def _kept(change: Callable[[], None], page: Page) -> None:
    """Changes what is kept, or says why not."""
    try:
        change()
    except ConversationError as error:
        st.toast(formatting.literal(failures.said(error, page.language)))


def _set_aside(action: Action, *, aside: bool) -> None:
    """Takes a missing term off the list, or puts it back."""
    page = action.page
    _kept(lambda: missing.set_aside(action.text("key"), page, aside=aside), page)


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
    "everywhere": lambda _: _choose(within=""),
    "whole": _whole,
    "both": lambda _: _choose(both=not reader.choices().both),
    "manage": lambda a: partial(conversations.dialog, a.text("id"), a.page),
    "restore": lambda a: _kept(conversation.restore, a.page),
    "undo_change": lambda a: changes.undo(a.text("at"), a.page),
    "unwanted": partial(_set_aside, aside=True),
    "wanted": partial(_set_aside, aside=False),
    "turn": lambda a: importing.turn(a.done.get("at")),
    "preview": lambda a: partial(importing.preview, a.done.get("place"), a.page.language),
    "settings": lambda a: partial(settings.dialog, a.page),
    "help": lambda a: partial(dialogs.show, a.page.words["help"], a.page.render("help")),
}
