"""The conversation of the address (``?c=ID``): how it is opened, added to and answered."""

import contextlib
import logging
from collections.abc import Iterator
from functools import partial

import streamlit as st

from assistant import AssistantError, ConversationError
from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.conversations.conversation import Conversation, unfinished
from assistant.question import checked
from knowledge import KnowledgeError
from knowledge.language.text import detect
from ui import groups, identity, reader, shared, state
from ui.answer_thread import AnswerThread, Record
from ui.page import Page

ADDRESS = "c"
_EARLIER = 30  # turns that are brought at a time
_log = logging.getLogger(__name__)


@contextlib.contextmanager
def _logged() -> Iterator[None]:
    """What of the database fails here costs nobody the page."""
    try:
        yield
    except ConversationError as error:
        _log.warning("%s", error)


def go_on() -> None:
    """Goes on with the conversation of the address."""
    asked = st.query_params.get(ADDRESS, "")
    if asked and asked not in (state.chat().id, state.chat().unknown):
        state.go_on(state.Chat(unknown=asked))
        with _logged():
            found = shared.conversations().get(asked, state.SHOWN)
            if found.deleted_at is None:
                if not (own := found.belongs_to(identity.current().reader)):
                    found = shared.conversations().get(asked)  # it is read from its beginning
                shown = [state.Turn.of(turn) for turn in found.turns]
                state.go_on(state.Chat(found.id, shown, own, found.length - len(shown)))
    _write_address()


def bring_earlier() -> None:
    """Puts turns on the page that come before the first there, if there are any."""
    chat = state.chat()
    first = next((turn.kept.position for turn in chat.turns if turn.kept), None)
    with _logged():
        if chat.earlier:
            found = shared.conversations().get(chat.id, _EARLIER, first)
            chat.bring([state.Turn.of(turn) for turn in found.turns])


def notice(page: Page) -> str:
    """What of keeping does not work, or nothing."""
    try:
        shared.conversations()
    except ConversationError as error:
        return page.failure(error, "not_kept")
    if state.chat().unknown and not state.chat().turns:
        return page.words["conversation_unknown"]
    return "" if state.chat().own or not state.chat().turns else page.words["conversation_foreign"]


def _record(assistant: Assistant, turn: state.Turn, language: str) -> Record | None:
    """Adds a turn's question to the conversation, which the first one begins.

    That it cannot be kept costs nobody the answer: the turn says why. A conversation that is
    somebody else's, or of which an earlier question was edited, is copied and the copy added to.
    """
    try:
        store = shared.conversations()
    except ConversationError:
        return None  # the page says so
    chat, token = state.chat(), identity.current().reader
    chat.unknown = ""
    shown = [each.kept.position for each in chat.turns if each.kept]
    origin, before = chat.origin if chat.own else (chat.id, max(shown, default=-1) + 1)
    try:
        if turn.kept:  # asked again, in its place
            turn.kept = store.again(turn.kept, reader=token)
            return Record(store, turn.kept, token)
        kept = store.ask(
            turn.question,
            turn.language or detect(turn.question, assistant.glossary.languages) or language,
            origin if before else "" if origin else chat.id,
            reader=token,
            before=before or None,
        )
        if before:  # the turns on the page are from now on those of the copy
            copied = store.get(kept.conversation_id, len(shown) + 1).turns
            places = {each.position: each for each in copied}
            for each in chat.turns:
                each.kept = places.get(each.kept.position) if each.kept else None
    except ConversationError as error:
        turn.unkept = str(error)
        return None
    turn.kept = kept
    chat.id, chat.own, chat.origin = kept.conversation_id, True, ("", 0)
    _write_address()
    return Record(store, kept, token)


def answer(assistant: Assistant, turn: state.Turn, language: str) -> Iterator[Answer]:
    """Answers a turn: its draft whenever there is more; the turn has the answer or the error."""
    try:
        thread = turn.thread = turn.thread or _begun(assistant, turn, language)
        thread.show(state.session())
        for draft in thread:
            if draft:
                yield draft
            else:
                st.session_state.get("chat")  # here Streamlit ends the run if it is to end
        if thread.answer:
            turn.answer, turn.traces = thread.answer, thread.traces
            groups.note_answer(thread.answer)
            if record := thread.record:
                turn.kept, turn.unkept = record.turn, record.failure
        elif turn.pending:
            turn.stop()  # it was ended elsewhere
    except (KnowledgeError, AssistantError) as error:
        turn.error = error
        if turn.kept and turn.kept.is_answered:  # no other was begun
            turn.answer, turn.traces = turn.kept.answer, turn.kept.traces


def so_far(turn: state.Turn, language: str) -> Answer:
    """What there is of an answer, in this session or of one that was stopped in an earlier one."""
    if turn.thread:
        return turn.thread.draft
    return turn.kept.answer if turn.kept else unfinished(turn.question, language)


def _begun(assistant: Assistant, turn: state.Turn, language: str) -> AnswerThread:
    """The answer by what the reader has chosen, begun; a question that may be asked is kept."""
    checked(turn.question)
    chosen = reader.choices()
    with contextlib.ExitStack() as place:  # it is left by the thread, or here if that cannot begin
        allowance = place.enter_context(shared.admit(identity.current().reader))
        record = _record(assistant, turn, language)
        turns = state.chat().turns
        ask = partial(
            assistant.stream,
            turn.question,
            [each.answer for each in turns[: turns.index(turn)] if each.answer],
            language=turn.language,
            writer=turn.writer if assistant.settings.has_chat_model else None,
            length=chosen.length or None,
            level=chosen.level or None,
            allowance=allowance,
            category=chosen.within if assistant.glossary.within(chosen.within) else None,
        )
        return AnswerThread(turn.question, language, ask, record, place.pop_all())


def begin() -> None:
    """Begins a new conversation."""
    state.go_on(state.Chat())
    _write_address()


def branch(number: int) -> None:
    """Goes on from before a turn; the conversation so far stays as it is."""
    state.go_on(state.chat().branched(number))
    _write_address()


def choose(turn: state.Turn, variant: int) -> None:
    """Shows another of the answers to a turn's question; ConversationError if it cannot be."""
    if turn.kept and state.chat().keeps(turn):
        store, whose = shared.conversations(), identity.current().reader
        state.chat().show(turn, store.choose(turn.kept.id, variant, reader=whose))


def listed(search: str) -> tuple[Conversation, ...]:
    """The reader's conversations, that which was changed last first; none if they cannot be had."""
    with _logged():
        # More than these are found by a search.
        return shared.conversations().list(search, limit=50, reader=identity.current().reader)
    return ()


def _write_address() -> None:
    if not (shown := state.chat().id or state.chat().unknown):
        st.query_params.pop(ADDRESS, None)
    elif st.query_params.get(ADDRESS) != shown:
        st.query_params[ADDRESS] = shown
