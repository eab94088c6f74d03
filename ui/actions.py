"""Actions: what was done on the page's own markup (``data-do``), carried out.

Every value comes from the browser and may be anything: what does not fit does nothing.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from assistant import AssistantError
from ui import addresses, bridge, conversation, formatting, markup, navigation, reader, state
from ui.addresses import View
from ui.components import changes, missing, notes, settings, sidebar, turns
from ui.components.classroom import cards, lesson, path, quiz
from ui.page import Page, show, told
from ui.state import Turn
from ui.strings import LANGUAGES
from ui.views import term

Dialog = Callable[[], None]
_PARAMETERS = (
    "id", "lang", "c", "letter", "category", "q", "part", "in", "term", "gap", "tab", "path",
)  # fmt: skip


def perform(done: dict[str, Any], page: Page, view: View) -> Dialog | None:
    """Carries out what was done; returns the dialog that it opens, to be drawn last."""
    number = bridge.number(done.get("turn"))
    turn = state.chat().turn(number)
    try:
        opens = _on_a_turn(done, page, number, turn) if turn and number is not None else None
        beside = done.get("beside")  # the entry that stays open
        return opens or _anywhere(beside if isinstance(beside, dict) else done, page, view)
    except AssistantError as error:
        st.toast(formatting.literal(told(error, page.language)))
    return None


def _anywhere(  # noqa: C901, PLR0911, PLR0912, PLR0915  (all that can be done)
    done: dict[str, Any], page: Page, view: View
) -> Dialog | None:
    def text(name: str) -> str:
        return bridge.text(done.get(name))

    match text("do"):
        case "open":  # over the chat, map and class, at the words quoted; elsewhere its own page
            found = page.glossary.get(text("entry_id"), text("language"))
            if found and view not in ("chat", "map", "classroom"):
                navigation.go("term", id=found.id, lang=text("language"))
            return partial(term.dialog, found, page, done) if found else None
        case "go":
            there = text("view")
            if there in addresses.EVERY:
                navigation.go(there, **{name: text(name) for name in _PARAMETERS})
        case "ask" if question := text("question"):
            state.chat().ask(question)
            if view != "chat":
                navigation.go("chat")
        case "new":
            conversation.begin()
            navigation.go("chat")
        case "speak":  # the other language of the interface, or the one named
            tag = text("language") if "language" in done else _other(page.language)
            if tag in LANGUAGES:
                state.speak(tag)
                st.rerun()
        case "stopped":  # Streamlit has ended the run; it does so too when it only begins another
            for turn in state.chat().turns:
                if turn.pending:
                    turn.stop()
        case "earlier":
            conversation.bring_earlier()
        case "within" if page.glossary.within(text("category")):
            reader.choose(within=text("category"))
            conversation.begin()
            navigation.go("chat")
        case "everywhere":
            _choose(within="")
        case "guided":
            _choose(guided=not reader.choices().guided)
        case "leave_group":
            _choose(group="")
        case "undo":
            return partial(notes.dialog, page) if state.undo() == notes.PLACE else None
        case "undo_change":
            changes.undo(text("at"), page)
        case "unwanted":
            missing.set_aside(text("key"), page)
        case "quiz":
            quiz.act(done)
        case "lesson":
            lesson.act(done, page)
        case "tick":
            path.tick(text("id"), page, learnt=done.get("learnt") is True)
        case "card_grade" | "card_add" | "card_out":
            cards.act(done, page)
        case "manage":
            return partial(sidebar.dialog, text("id"), page)
        case "notes":
            return partial(notes.dialog, page)
        case "note_delete":
            notes.delete(text("id"), page)
            return partial(notes.dialog, page)
        case "settings":
            return partial(settings.dialog, page)
        case "help":
            return partial(show, page.words["help"], page.render("help"))
    return None


def _on_a_turn(  # noqa: C901  (as above)
    done: dict[str, Any], page: Page, number: int, turn: Turn
) -> Dialog | None:
    answer, chat = turn.answer, state.chat()
    match done.get("do"):
        case "again":
            chat.again(turn)
        case "variant" if (at := bridge.number(done.get("at"))) is not None:
            conversation.choose(turn, at)
        case "note" if answer and answer.sentences:
            notes.save(answer, page)
        case "edit":
            chat.edited = number
        case "explain":
            turn.explained = not turn.explained
        case "rate":
            turns.rate(turn, bridge.number(done.get("thumb")))
        case "comment" if turn.kept and chat.own:
            return partial(turns.comment, turn, page)
        case "everywhere":  # once more, of the whole glossary
            chat.ask(turn.question, turn.writer, turn.language)
        case "other_language" if answer:
            chat.ask(turn.question, turn.writer, _other(answer.language))
        case "project" if answer:  # how it was found large, for a class
            html = markup.found(page.context, answer, turn.traces, number, large=True)
            return partial(show, page.words["found_show"], html, "large")
    return None


def _choose(**changed: object) -> None:
    reader.choose(**changed)
    st.rerun()


def _other(language: str) -> str:
    return next(tag for tag in LANGUAGES if tag != language)
