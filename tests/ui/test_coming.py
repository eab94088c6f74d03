"""An answer that comes is kept as it comes, whatever ends it."""

import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from assistant import WriterError
from assistant.answer import Began, Cited, Done, Event, Text
from assistant.conversations.store import Conversations
from tests.assistant.conversations.making import GLOSSARY, answered
from ui import coming
from ui.coming import Coming, Place

ANSWER = answered("What are they?", ["en/kettle", "en/teapot"])
FIRST, SECOND = ANSWER.sentences
CITED = [Cited(citation) for citation in ANSWER.citations]


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    with closing(Conversations.open(tmp_path / "conversations.db")) as store:
        yield Place(store, store.ask(ANSWER.question, "en", reader="she"), GLOSSARY, "she")


def _begun(place: Place, events: Iterator[Event]) -> Coming:
    return Coming(ANSWER.question, "en", lambda _: events, place)


def _kept(place: Place) -> tuple[str, list[str]]:
    [turn] = place.store.get(place.turn.conversation_id).turns
    return turn.answer.status, [sentence.text for sentence in turn.answer.sentences]


def test_it_is_kept_sentence_by_sentence_and_then_whole(place: Place) -> None:
    more = threading.Event()

    def events() -> Iterator[Event]:
        yield Began("explain")
        yield from CITED
        yield Text(FIRST)
        more.wait()
        yield Text(SECOND)
        yield Done(ANSWER)

    begun = _begun(place, events())
    assert coming.running(place.turn.id) is begun
    told = iter(begun)
    while not isinstance(next(told), Text):
        pass
    assert _kept(place) == ("unfinished", [FIRST.text])
    more.set()
    begun.wait(5)
    assert coming.running(place.turn.id) is None
    assert _kept(place) == ("answered", [FIRST.text, SECOND.text])
    assert place.turn.answer == ANSWER


@pytest.mark.parametrize("ended_by", ["stop", "end", "failure"])
def test_what_came_is_kept_when_it_ends_early(place: Place, ended_by: str) -> None:
    said, more = threading.Event(), threading.Event()

    def events() -> Iterator[Event]:
        yield Began("quote")  # which is not kept on its way
        yield from CITED
        yield Text(FIRST)
        said.set()
        more.wait()
        if ended_by == "failure":
            raise WriterError("It broke.")
        yield Text(SECOND)
        yield Done(ANSWER)

    begun = _begun(place, events())
    said.wait(5)
    if ended_by == "end":
        threading.Timer(0.1, more.set).start()
        coming.end(5)
    elif ended_by == "stop":
        begun.stop()
    more.set()
    begun.wait(5)
    assert _kept(place)[0] == "unfinished"
    assert _kept(place)[1][0] == FIRST.text


def test_ending_waits_no_longer_than_it_is_told(place: Place) -> None:
    more = threading.Event()

    def events() -> Iterator[Event]:
        yield Began("explain")
        yield from CITED
        yield Text(FIRST)
        more.wait()

    begun = _begun(place, events())
    started = time.monotonic()
    coming.end(0.3)
    assert time.monotonic() - started < 1
    assert _kept(place) == ("unfinished", [FIRST.text])
    more.set()
    begun.wait(5)
