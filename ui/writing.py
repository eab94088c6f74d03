"""Writing: a turn's answer as it comes, event by event."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, cast

import streamlit as st

from assistant import AssistantError
from assistant.answer import Began, Done, Event, Settled, Text
from assistant.assistant import Assistant
from assistant.question import checked
from knowledge import KnowledgeError
from ui import keeping, reader, state
from ui.coming import Coming, Page

if TYPE_CHECKING:
    from assistant.answer import Length, Level


def written(assistant: Assistant, turn: state.Turn, language: str) -> Iterator[Page]:
    """Answers a turn: the page whenever there is more on it; the turn has the answer, or the error.

    ``language`` is the page's until the question is understood. It yields also when there is
    nothing more, so that the reader is heard.
    """
    page = Page(language)
    try:
        turn.coming = turn.coming or _begun(assistant, turn, language)
        turn.coming.show(state.session())
        for event in turn.coming:
            if event is None:
                st.session_state.get("turns")  # here Streamlit ends the run if it is to end
                continue
            page.add(event)
            if isinstance(event, Done):
                turn.answer = event.answer
                turn.traces = page.traces
                keeping.take_over(turn)
            elif isinstance(event, Began | Text | Settled):
                yield page
        if turn.pending:
            turn.stop()  # it was ended elsewhere
    except (KnowledgeError, AssistantError) as error:
        turn.error = error


def so_far(turn: state.Turn, language: str) -> Page:
    """What there is of an answer that was stopped, in this session or in an earlier one."""
    if turn.kept and not turn.coming:
        return Page.of(turn.kept.answer)
    page = Page(language)
    for event in turn.coming.events if turn.coming else ():
        page.add(event)
    return page


def _begun(assistant: Assistant, turn: state.Turn, language: str) -> Coming:
    """The answer, begun: its question is kept before it.

    Raises:
        QuestionError: there is no question to answer, so nothing is kept.
    """
    checked(turn.question)
    ask = _asking(assistant, turn)
    return Coming(turn.question, language, ask, keeping.place(assistant, turn, language))


def _asking(
    assistant: Assistant, turn: state.Turn
) -> Callable[[Callable[[], bool]], Iterator[Event]]:
    """Asks for the answer by what the reader has chosen, until it is given up."""
    chosen = reader.choices()
    return lambda given_up: assistant.stream(
        turn.question,
        state.history(),
        language=turn.language,
        writer=turn.writer if assistant.settings.has_chat_model else None,
        length=cast("Length | None", chosen.length or None),
        level=cast("Level | None", chosen.level or None),
        given_up=given_up,
        category=chosen.within if assistant.glossary.within(chosen.within) else None,
    )
