"""The store of conversations: what goes in comes out."""

import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant import ConversationError
from assistant.answer import Answer
from assistant.conversations.store import Conversations
from tests.assistant.conversations.making import (
    GLOSSARY,
    answered,
    explained,
    keep,
    trace,
    unanswered,
)

KETTLE = answered("What is a kettle?", ["en/kettle"])


def _titles(conversations: Conversations, *, deleted: bool = False) -> list[str]:
    return [conversation.title for conversation in conversations.list(deleted=deleted)]


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(answered("ما هي الغلّاية؟", ["ar/kettle"], "ar"), id="Arabic"),
        pytest.param(answered("وما هي؟", ["en/teapot"], "ar", "ما هو إبريق الشاي؟"), id="across"),
        pytest.param(unanswered("What is a samovar?"), id="not in the glossary"),
        pytest.param(explained("How does a kettle work?"), id="by a chat model"),
    ],
)
def test_an_answer_comes_back_as_it_was(path: Path, answer: Answer) -> None:
    with closing(Conversations.open(path)) as before:
        conversation_id = keep(before, answer)
    with closing(Conversations.open(path)) as after:
        assert after.get(conversation_id).answers == (answer,)


@pytest.mark.parametrize(
    ("given", "question", "title"),
    [
        pytest.param("", "What is\n a kettle?", "What is a kettle?", id="the first question"),
        pytest.param(" Tea \n things ", "What is a kettle?", "Tea things", id="what was given"),
        pytest.param("", "why " * 30, "why " * 19 + "why…", id="at a word"),
        pytest.param("", "茶" * 200, "茶" * 79 + "…", id="in a script without spaces"),
    ],
)
def test_the_title(conversations: Conversations, given: str, question: str, title: str) -> None:
    conversation_id = keep(conversations, answered(question, []), KETTLE, title=given)
    assert conversations.get(conversation_id).title == title


def test_a_conversation_can_be_renamed_and_not_to_nothing(conversations: Conversations) -> None:
    conversation_id = keep(conversations, KETTLE)
    conversations.rename(conversation_id, "  Lesson\none ")
    assert conversations.get(conversation_id).title == "Lesson one"
    with pytest.raises(ConversationError, match="title is empty"):
        conversations.rename(conversation_id, " \u200b ")


def test_what_was_deleted_can_be_brought_back(conversations: Conversations) -> None:
    conversation_id = keep(conversations, KETTLE, title="a")
    conversations.delete(conversation_id)
    assert _titles(conversations) == []
    assert _titles(conversations, deleted=True) == ["a"]
    deleted = conversations.get(conversation_id)
    conversations.delete(conversation_id)  # twice is as once
    assert conversations.get(conversation_id) == deleted
    conversations.restore(conversation_id)
    assert _titles(conversations) == ["a"]
    assert conversations.get(conversation_id).answers == (KETTLE,)


def test_nothing_is_added_to_what_was_deleted(conversations: Conversations) -> None:
    conversation_id = keep(conversations, title="a")
    conversations.delete(conversation_id)
    with pytest.raises(ConversationError, match="“a” is deleted: restore it"):
        conversations.add(conversation_id, KETTLE, [], GLOSSARY)


@contextmanager
def _clock(days: float) -> Iterator[None]:
    """The clock as it is set so many days from now."""
    now = datetime.now(UTC) + timedelta(days=days)
    with pytest.MonkeyPatch.context() as patched:
        clock = type("Clock", (), {"now": lambda _: now})
        patched.setattr("assistant.conversations.store.datetime", clock)
        yield


def _pass(conversations: Conversations, *days: float) -> None:
    """Keeps a question on each of some days, counted from today."""
    for day in days:
        with _clock(day):
            conversations.ask("What is a kettle?", "en")


def test_what_was_deleted_a_month_ago_is_removed_when_the_store_is_opened(path: Path) -> None:
    with closing(Conversations.open(path)) as before:
        old, new, kept = (keep(before, KETTLE, title=title) for title in ("old", "new", "kept"))
        before.rate(before.get(old).turns[0].id, 1, "a-secret-of-the-reader")
        before.delete(old)
        _pass(before, *(1.01 * day for day in range(1, 31)))
        before.delete(new)
    with closing(Conversations.open(path)) as after:
        assert _titles(after, deleted=True) == ["new"]
        assert after.get(kept).answers == (KETTLE,)
        with pytest.raises(ConversationError, match="There is no conversation"):
            after.get(old)
    with closing(sqlite3.connect(path)) as database:
        counts = database.execute("SELECT (SELECT count(*) FROM turn), count(*) FROM feedback")
        assert counts.fetchone() == (2 + 30, 0)
    assert b"a-secret-of-the-reader" not in path.read_bytes()


def test_a_purge_says_how_many_it_removed(conversations: Conversations) -> None:
    conversations.delete(keep(conversations, KETTLE))
    assert conversations.purge() == 0
    assert conversations.purge(0) == 1
    assert conversations.purge(0) == 0


@pytest.mark.parametrize(
    "days",
    [
        pytest.param([40, 40.1, 0.1, 40.2, 40.3], id="ahead and back"),
        pytest.param([1.1 * n for n in range(1, 15)] + [400], id="ahead after two weeks"),
    ],
)
def test_a_clock_that_is_set_wrong_removes_nothing(path: Path, days: list[float]) -> None:
    with closing(Conversations.open(path)) as before:
        conversation_id = keep(before, KETTLE)
        before.delete(conversation_id)
        _pass(before, *days)
    with _clock(400), closing(Conversations.open(path)) as read:
        assert len(read.list(deleted=True)) == 1
    with closing(Conversations.open(path)) as after:
        after.restore(conversation_id)


def test_feedback_is_for_an_answer_that_is_there(conversations: Conversations) -> None:
    with pytest.raises(ConversationError, match="There is no answer nothing"):
        conversations.rate("nothing", 1)
    with pytest.raises(ConversationError, match="thumb"):
        conversations.rate("nothing", 5)  # type: ignore[arg-type]


@pytest.mark.parametrize("method", ["get", "delete", "restore"])
def test_what_is_not_there_is_said(conversations: Conversations, method: str) -> None:
    with pytest.raises(ConversationError, match="There is no conversation nothing: "):
        getattr(conversations, method)("nothing")


def test_an_id_is_told_by_a_beginning_that_only_it_has(conversations: Conversations) -> None:
    ids = [keep(conversations, KETTLE) for _ in range(63)]  # more than there are letters
    assert conversations.conversation_id(ids[0][:12]) == ids[0]
    turn_id = conversations.get(ids[0]).turns[0].id
    assert conversations.turn_id(turn_id[:12]) == turn_id
    with pytest.raises(ConversationError, match=r"ids begin with “”: give more"):
        conversations.conversation_id("")
    with pytest.raises(ConversationError, match="There is no conversation “%”"):
        conversations.conversation_id("%")
    with pytest.raises(ConversationError, match="There is no conversation"):
        conversations.conversation_id(ids[0][:12].swapcase())


def test_threads_share_a_store(conversations: Conversations) -> None:
    conversation_id = keep(conversations)
    failed: list[BaseException] = []

    def ask() -> None:
        try:
            for _ in range(5):
                conversations.add(conversation_id, KETTLE, [], GLOSSARY)
                conversations.get(conversation_id)
        except BaseException as error:  # noqa: BLE001  (to be told in the test's own thread)
            failed.append(error)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert [t.position for t in conversations.get(conversation_id).turns] == list(range(21))


def test_half_a_character_and_a_nul_stop_nothing(conversations: Conversations) -> None:
    answer = answered("\ud83d kettle \x00?", [])
    conversation = conversations.get(keep(conversations, answer))
    assert conversation.title == "kettle ?"
    assert conversation.answers[0].question == "? kettle \x00?"


def test_an_answer_that_another_version_kept_otherwise_is_told(
    conversations: Conversations, path: Path
) -> None:
    conversation_id = keep(conversations, KETTLE)
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE turn SET answer = '{}'")
    with pytest.raises(ConversationError, match="“What is a kettle\\?” cannot be read"):
        conversations.get(conversation_id)


# As the version before sentences were weighed kept them.
EARLIER_ANSWER = {
    "question": "and how does it work?",
    "understood": "How does “Kettle” work?",
    "language": "en",
    "status": "answered",
    "confidence": 0.93,
    "writer": "quote",
    "text": "A kettle boils water. [1]",
    "sentences": [{"text": "A kettle boils water.", "citations": [1], "support": "quoted"}],
    "citations": [
        {
            "marker": 1, "entry_id": "kettle", "term": "Kettle", "language": "en",
            "section": "summary", "quote": "A kettle boils water.", "start": 0, "end": 21,
        }
    ],
    "nearest": [],
    "follow_ups": ["What is a teapot?"],
    "kind": "how",
    "focus": ["kettle"],
    "length": "short",
    "level": "normal",
    "category": "",
    "parts": [{"lead": "", "start": 0, "end": 1, "listed": False}],
    "withheld": [],
    "notice": None,
    "model": "",
    "usage": None,
    "timings_ms": {"total": 16.0},
}  # fmt: skip
EARLIER_EVIDENCE = {
    "question": "How does “Kettle” work?",
    "language": "en",
    "confidence": 0.93,
    "hits": [
        {
            "passage_id": "5f0c", "entry_id": "kettle", "term": "Kettle", "language": "en",
            "section": "body", "start": 0, "text": "It whistles.", "score": 0.9, "cosine": 0.875,
            "closeness": {"score": 0.75, "rank": 2}, "words": {"score": 0.5, "rank": 1},
            "name": {"score": 1.0, "rank": 1}, "matched": ["kettle"],
        },
        {
            "passage_id": "77aa", "entry_id": "teapot", "term": "Teapot", "language": "en",
            "section": "summary", "start": 0, "text": "A teapot steeps tea leaves.", "score": 0.2,
            "cosine": 0.8, "closeness": {"score": 0.5, "rank": 3},
            "words": {"score": 0.0, "rank": 0}, "name": {"score": 0.0, "rank": 0}, "matched": [],
        },
        {
            "passage_id": "90b1", "entry_id": "kettle", "term": "Kettle", "language": "en",
            "section": "summary", "start": 0, "text": "A kettle boils water.", "score": 0.85,
            "cosine": 0.86, "closeness": {"score": 0.75, "rank": 2},
            "words": {"score": 0.5, "rank": 1}, "name": {"score": 1.0, "rank": 1}, "matched": [],
        },
    ],
}  # fmt: skip


def test_a_turn_that_an_earlier_version_kept_is_still_read(
    conversations: Conversations, path: Path
) -> None:
    conversation_id = keep(conversations, KETTLE)
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(
            "UPDATE turn SET answer = ?, evidence = ?",
            (json.dumps(EARLIER_ANSWER), json.dumps([EARLIER_EVIDENCE])),
        )
    [turn] = conversations.get(conversation_id).turns
    assert (turn.answer.text, turn.answer.length) == ("A kettle boils water. [1]", "short")
    assert turn.answer.sentences[0].language == "en"
    assert turn.answer.citations[0].quote == "A kettle boils water."
    [kept] = turn.traces
    assert (kept.question, kept.confidence) == ("How does “Kettle” work?", 0.93)
    assert kept.answerable
    assert [(entry.term, entry.score) for entry in kept.entries] == [
        ("Kettle", 0.9),
        ("Teapot", 0.2),
    ]
    assert [sentence.text for sentence in kept.sentences] == [
        "It whistles.",
        "A teapot steeps tea leaves.",
        "A kettle boils water.",
    ]
    later = conversations.add(conversation_id, KETTLE, [trace("kettle", "en/kettle")], GLOSSARY)
    assert conversations.get(conversation_id).turns == (turn, later)  # it can be gone on with
