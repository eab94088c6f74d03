"""An answer while it is written: a thread of its own takes it in, and keeps it as it comes."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from streamlit import runtime

from assistant import ConversationError, GivenUpError
from assistant import answer as answers
from assistant.conversations.conversation import Turn, unfinished
from knowledge.search.evidence import Trace
from ui import logs

if TYPE_CHECKING:
    from assistant.conversations.store import Conversations

_ABANDONED = 10.0  # seconds without any tab that shows an answer, until it is given up
_POLL = 0.05  # seconds between two looks at whether there is more, or the reader has left


def added(draft: answers.Answer, event: answers.Event) -> answers.Answer:
    """An answer with what comes; what a writer wrote is void once another begins."""
    match event:
        case answers.Found(language=language):
            draft = replace(draft, language=language)
        case answers.Began(writer, notice):
            void = replace(draft, sentences=(), citations=(), parts=())
            draft = replace(void, writer=writer, notice=notice)
        case answers.Lead(text, listed):
            end = len(draft.sentences)
            draft = replace(draft, parts=(*draft.parts, answers.Part(text, end, end, listed)))
        case answers.Text(sentence, citations):
            draft = replace(draft, citations=(*draft.citations, *citations))
            *others, last = draft.parts or (answers.Part("", 0, 0),)
            sentences = (*draft.sentences, sentence)
            parts = (*others, replace(last, end=len(sentences)))
            draft = replace(draft, sentences=sentences, parts=parts)
        case answers.Settled(place, sentence):
            before, after = draft.sentences[:place], draft.sentences[place + 1 :]
            draft = replace(draft, sentences=(*before, sentence, *after))
    return draft


@dataclass
class Record:
    """Where an answer is kept: in the turn of its question."""

    store: "Conversations"
    turn: Turn
    reader: str
    failure: str = ""  # why it could not be kept

    def keep(self, answer: answers.Answer, traces: tuple[Trace, ...]) -> None:
        """Keeps an answer, whole or as far as it has come; failing costs nobody the answer."""
        try:
            self.turn = self.store.answer(self.turn, answer, traces, reader=self.reader)
        except ConversationError as error:
            self.failure = str(error)


class AnswerThread:
    """The thread that takes an answer in.

    So the reader is heard while a model is silent, and a page that is drawn anew in the middle
    goes on with the answer instead of asking for another. It is kept sentence by sentence, for
    a process may be killed: what is quoted comes all at once, and is kept at the end.

    It is given up once every tab that showed it has been closed for a while, in which a page that
    is loaded anew, or whose connection broke, is there again.
    """

    def __init__(
        self,
        question: str,
        language: str,
        ask: Callable[..., Iterator[answers.Event]],
        record: Record | None,
        place: AbstractContextManager[object] | None = None,
    ) -> None:
        """Begins it: ``ask`` is told ``given_up``; once it has ended, its ``place`` is left."""
        self.record = record
        self._begun = self.draft = unfinished(question, language)  # what there is so far
        self.traces: tuple[Trace, ...] = ()
        self.answer: answers.Answer | None = None
        self._error: Exception | None = None
        self._stopped = False
        self._sessions: set[str] = set()
        self._seen_at = time.monotonic()
        self._place = place or nullcontext()
        take = logs.carried(partial(self._take, ask(given_up=self.given_up)))
        self._thread = threading.Thread(target=take, daemon=True)
        _running.add(self)
        self._thread.start()

    def _take(self, events: Iterator[answers.Event]) -> None:
        try:
            for event in events:
                self.draft = added(self.draft, event)
                if isinstance(event, answers.Found):
                    self.traces = event.traces
                if isinstance(event, answers.Done):
                    self._keep(event.answer)
                    self.answer = event.answer
                elif isinstance(event, answers.Text) and self.draft.writer != "quote":
                    self._keep()
                if self.given_up():
                    break
        except GivenUpError:
            pass
        except Exception as error:  # noqa: BLE001  (raised where the drafts are read)
            self._error = error
        finally:
            with self._place:
                if self.answer is None:
                    self._keep()
            _running.discard(self)

    def _keep(self, whole: answers.Answer | None = None) -> None:
        if self.record:
            now = self.draft
            so_far = now.language, now.sentences, now.citations, now.parts
            self.record.keep(whole or unfinished(now.question, *so_far), self.traces)

    def stop(self) -> None:
        """Takes in no more, and hangs up on a model."""
        self._stopped = True

    def show(self, session: str) -> None:
        """It is shown in a tab, by the id of Streamlit's session."""
        self._sessions.add(session)

    def given_up(self) -> bool:
        """Whether nobody waits for it any more."""
        is_open = runtime.get_instance().is_active_session if runtime.exists() else bool
        if not self._sessions or any(map(is_open, tuple(self._sessions))):
            self._seen_at = time.monotonic()
        return self._stopped or time.monotonic() - self._seen_at > _ABANDONED

    def wait(self, seconds: float) -> None:
        """Waits until it has ended, but no longer than that."""
        self._thread.join(seconds)

    def __iter__(self) -> Iterator[answers.Answer | None]:
        """The draft whenever there is more of it; None while there is not."""
        seen, over = self._begun, False
        while not over:
            over = not self._thread.is_alive()
            draft = self.draft
            if draft is seen:
                self.wait(_POLL)
            yield None if draft is seen else draft
            seen = draft
        if self._error:
            raise self._error


_running: set[AnswerThread] = set()


def running(turn_id: str) -> AnswerThread | None:
    """The answer that is being written to the question of a turn, if one is in this process."""
    found = (each for each in tuple(_running) if each.record and each.record.turn.id == turn_id)
    return next(found, None)


def stop_all(seconds: float) -> None:
    """Ends every answer, within so many seconds; of one that lasts, what was kept by then stays."""
    until, begun = time.monotonic() + seconds, tuple(_running)
    for each in begun:
        each.stop()
    for each in begun:
        each.wait(max(0.0, until - time.monotonic()))
