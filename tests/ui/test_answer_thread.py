"""An answer that comes is kept as it comes, whatever ends it."""

import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from assistant import WriterError
from assistant.answer import Began, Done, Event, Text
from assistant.conversations.store import Conversations
from tests.assistant.conversations.making import answered
from ui import answer_thread
from ui.answer_thread import AnswerThread, Record

ANSWER = answered("What are they?", ["en/kettle", "en/teapot"])
FIRST, SECOND = ANSWER.sentences


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with closing(Conversations.open(tmp_path / "conversations.db")) as store:
        yield Record(store, store.ask(ANSWER.question, "en", reader="she"), "she")


class Script:
    """The events of an answer, which pause after the first sentence until they are let go on."""

    def __init__(self, *, fails: bool = False, writer: str = "explain") -> None:
        self.said, self.more = threading.Event(), threading.Event()
        self.fails, self.writer = fails, writer

    def __iter__(self) -> Iterator[Event]:
        yield Began(self.writer)
        yield Text(FIRST, ANSWER.citations)
        self.said.set()
        self.more.wait(20)
        if self.fails:
            raise WriterError("It broke.")
        yield Text(SECOND)
        yield Done(ANSWER)


def _begun(record: Record, script: Script) -> AnswerThread:
    begun = AnswerThread(ANSWER.question, "en", lambda **_: iter(script), record)
    assert script.said.wait(20)
    return begun


def _kept(record: Record) -> tuple[str, list[str]]:
    [turn] = record.store.get(record.turn.conversation_id).turns
    return turn.answer.status, [sentence.text for sentence in turn.answer.sentences]


def test_it_is_kept_sentence_by_sentence_and_then_whole(record: Record) -> None:
    begun = _begun(record, script := Script())
    assert answer_thread.running(record.turn.id) is begun
    assert _kept(record) == ("unfinished", [FIRST.text])
    script.more.set()
    begun.wait(20)
    assert answer_thread.running(record.turn.id) is None
    assert _kept(record) == ("answered", [FIRST.text, SECOND.text])
    assert record.turn.answer == ANSWER


@pytest.mark.parametrize("ended_by", ["stop", "end", "failure"])
def test_what_came_is_kept_when_it_ends_early(record: Record, ended_by: str) -> None:
    writer = "explain" if ended_by == "end" else "quote"
    begun = _begun(record, script := Script(fails=ended_by == "failure", writer=writer))
    if ended_by == "end":
        answer_thread.stop_all(0.3)  # it waits no longer, though the model is silent
        assert _kept(record) == ("unfinished", [FIRST.text])
    elif ended_by == "stop":
        begun.stop()
    script.more.set()
    begun.wait(20)
    assert _kept(record)[0] == "unfinished"
    assert _kept(record)[1][0] == FIRST.text
