"""An answer that comes is kept as it comes, whatever ends it."""

import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from assistant import WriterError
from assistant.answer import Began, Cited, Done, Event, Lead, Notice, Part, Settled, Text
from assistant.conversations.store import Conversations
from tests.assistant.conversations.making import GLOSSARY, answered
from ui import coming
from ui.coming import Coming, Page, Place

ANSWER = answered("What are they?", ["en/kettle", "en/teapot"])
FIRST, SECOND = ANSWER.sentences
CITED = [Cited(citation) for citation in ANSWER.citations]


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    with closing(Conversations.open(tmp_path / "conversations.db")) as store:
        yield Place(store, store.ask(ANSWER.question, "en", reader="she"), GLOSSARY, "she")


class Script:
    """The events of an answer, which pause after the first sentence until they are let go on."""

    def __init__(self, *, fails: bool = False, writer: str = "explain") -> None:
        self.said, self.more = threading.Event(), threading.Event()
        self.fails, self.writer = fails, writer

    def __iter__(self) -> Iterator[Event]:
        yield Began(self.writer)
        yield from CITED
        yield Text(FIRST)
        self.said.set()
        self.more.wait(20)
        if self.fails:
            raise WriterError("It broke.")
        yield Text(SECOND)
        yield Done(ANSWER)


def _begun(place: Place, script: Script) -> Coming:
    begun = Coming(ANSWER.question, "en", lambda _: iter(script), place)
    assert script.said.wait(20)
    return begun


def _kept(place: Place) -> tuple[str, list[str]]:
    [turn] = place.store.get(place.turn.conversation_id).turns
    return turn.answer.status, [sentence.text for sentence in turn.answer.sentences]


def test_it_is_kept_sentence_by_sentence_and_then_whole(place: Place) -> None:
    begun = _begun(place, script := Script())
    assert coming.running(place.turn.id) is begun
    assert _kept(place) == ("unfinished", [FIRST.text])
    script.more.set()
    begun.wait(20)
    assert coming.running(place.turn.id) is None
    assert _kept(place) == ("answered", [FIRST.text, SECOND.text])
    assert place.turn.answer == ANSWER


@pytest.mark.parametrize("ended_by", ["stop", "end", "failure"])
def test_what_came_is_kept_when_it_ends_early(place: Place, ended_by: str) -> None:
    begun = _begun(place, script := Script(fails=ended_by == "failure", writer="quote"))
    if ended_by == "end":
        coming.end(0.0)
    elif ended_by == "stop":
        begun.stop()
    script.more.set()
    begun.wait(20)
    assert _kept(place)[0] == "unfinished"
    assert _kept(place)[1][0] == FIRST.text


def test_ending_waits_no_longer_than_it_is_told(place: Place) -> None:
    begun = _begun(place, script := Script())
    started = time.monotonic()
    coming.end(0.3)
    assert time.monotonic() - started < 10  # the model would be silent for twenty
    assert _kept(place) == ("unfinished", [FIRST.text])
    script.more.set()
    begun.wait(20)


def test_parts_grow_as_they_come_and_are_void_when_another_writer_begins() -> None:
    page = Page("en")
    unchecked = replace(FIRST, support="unchecked")
    for event in (Began("explain"), Text(unchecked), Lead("L", listed=True), Text(SECOND)):
        page.add(event)
    page.add(Settled(0, settled := replace(FIRST, support="withdrawn", reason="why")))
    assert page.parts == [Part("", 0, 1), Part("L", 1, 2, listed=True)]
    assert page.sentences == [settled, SECOND]
    page.add(Began("quote", Notice("slow", "It was slow.")))
    assert not [*page.parts, *page.sentences, *page.citations]
    assert page.notice == Notice("slow", "It was slow.")
