"""Writing: a turn's answer as it comes, event by event, and kept once it is complete."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, cast

import streamlit as st

from assistant import AssistantError
from assistant.answer import (
    Began,
    Citation,
    Cited,
    Done,
    Event,
    Found,
    Lead,
    Notice,
    Part,
    Sentence,
    Settled,
    Text,
)
from assistant.assistant import Assistant
from knowledge import KnowledgeError
from knowledge.search.evidence import Trace
from ui import keeping, reader, state

if TYPE_CHECKING:
    from assistant.answer import Length, Level

_POLL = 0.1  # seconds between two looks at whether the reader wants something else


class Coming:
    """An answer that a thread of its own takes in.

    So the reader is heard while a model is silent, and a page that is drawn anew in the middle
    goes on with the answer instead of asking for another.
    """

    def __init__(self, events: Iterator[Event]) -> None:
        self._events: list[Event] = []
        self._error: Exception | None = None
        self._more = threading.Condition()
        self._stopped = False
        self._thread = threading.Thread(target=self._take, args=(events,), daemon=True)
        self._thread.start()

    def _take(self, events: Iterator[Event]) -> None:
        try:
            for event in events:
                with self._more:
                    self._events.append(event)
                    self._more.notify_all()
                if self._stopped:
                    break
        except Exception as error:  # noqa: BLE001  (raised where the events are read)
            self._error = error

    @property
    def events(self) -> tuple[Event, ...]:
        """Those that are there."""
        with self._more:
            return tuple(self._events)

    def stop(self) -> None:
        """Takes in no more; what a model is about to say is the last."""
        self._stopped = True

    def __iter__(self) -> Iterator[Event | None]:
        """Its events from the first on; None while there are no more yet."""
        read = 0
        while True:
            over = not self._thread.is_alive()
            with self._more:
                if not over and read == len(self._events):
                    self._more.wait(_POLL)
                new = self._events[read:]
            if not new:
                if over:
                    break
                yield None
            yield from new
            read += len(new)
        if self._error:
            raise self._error


@dataclass
class Page:
    """What of an answer is there so far."""

    language: str
    traces: tuple[Trace, ...] = ()
    notice: Notice | None = None
    sentences: list[Sentence] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)

    def add(self, event: Event) -> None:
        """Takes in what comes; what a writer wrote is void once another begins."""
        match event:
            case Found():
                self.language, self.traces = event.language, event.traces
            case Began():
                self.notice = event.notice
                self.sentences, self.citations, self.parts = [], [], []
            case Lead():
                end = len(self.sentences)
                self.parts.append(Part(event.text, end, end, event.listed))
            case Cited():
                self.citations.append(event.citation)
            case Text():
                self.sentences.append(event.sentence)
                last = self.parts.pop() if self.parts else Part("", 0, 0)
                self.parts.append(replace(last, end=len(self.sentences)))
            case Settled():
                self.sentences[event.place] = event.sentence
            case Done():
                pass


def written(assistant: Assistant, turn: state.Turn, language: str) -> Iterator[Page]:
    """Answers a turn: the page whenever there is more on it; the turn has the answer, or the error.

    ``language`` is the page's until the question is understood. It yields also when there is
    nothing more, so that the reader is heard.
    """
    page = Page(language)
    turn.coming = turn.coming or Coming(_events(assistant, turn))
    try:
        for event in turn.coming:
            if event is None:
                st.session_state.get("turns")  # here Streamlit ends the run if it is to end
                continue
            page.add(event)
            if isinstance(event, Done):
                turn.answer = event.answer
                turn.traces = page.traces
                keeping.keep(assistant, turn)
            elif isinstance(event, Began | Text | Settled):
                yield page
    except (KnowledgeError, AssistantError) as error:
        turn.error = error


def so_far(turn: state.Turn, language: str) -> Page:
    """What there is of an answer that was stopped."""
    page = Page(language)
    for event in turn.coming.events if turn.coming else ():
        page.add(event)
    return page


def _events(assistant: Assistant, turn: state.Turn) -> Iterator[Event]:
    """The answer as it comes, by what the reader has chosen."""
    chosen = reader.choices()
    return assistant.stream(
        turn.question,
        state.history(),
        language=turn.language,
        writer=turn.writer if assistant.settings.has_chat_model else None,
        length=cast("Length | None", chosen.length or None),
        level=cast("Level | None", chosen.level or None),
        category=chosen.within if assistant.glossary.within(chosen.within) else None,
    )
