"""Rooms: a class answers a quiz; whichever process asks the database, it is the same quiz."""

import time
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from assistant import ClassError
from assistant.classroom import rooms as module
from assistant.classroom.groups import Groups, counted
from assistant.classroom.rooms import HERE, LETTERS, MOST_ROOMS, Move, Room, Rooms
from assistant.conversations.database import Database
from assistant.conversations.store import Conversations
from assistant.conversations.tables import RoomAnswerRow
from tests.quizzes import quiz

HER = "a teacher's token"


@pytest.fixture
def database(store: Conversations) -> Database:
    return store.database


@pytest.fixture
def rooms(database: Database) -> Rooms:
    return Rooms(database)


@pytest.fixture
def code(rooms: Rooms) -> str:
    made = rooms.make(quiz(), HER)
    assert all(rooms.join(made, who) for who in ("ana", "omar", "ana"))
    return made


def _now(rooms: Rooms, code: str) -> Room:
    room = rooms.find(code)
    assert room
    return room


def _move(rooms: Rooms, code: str, *moves: Move) -> Room:
    room = _now(rooms, code)
    for move in moves:
        room = rooms.move(room, move, room.state.step, 30)
    return room


def test_a_code_cannot_be_misread_and_a_replica_finds_what_another_made(
    rooms: Rooms, code: str, path: Path
) -> None:
    assert len(code) == 6
    assert set(code) <= set(LETTERS)
    assert not set(LETTERS) & set("OQ0IL1S5Z2B8G6UVAE")
    other = Rooms(Database.open(path))
    _move(rooms, code, "next")
    room = _now(other, code)
    assert (room.quiz, room.people, room.state.phase) == (quiz(), 2, "asking")
    assert other.answer(room, "ana", 0, (1,))
    assert _now(rooms, code).answers[0] == {"ana": (1,)}
    assert rooms.find(code[::-1] + "X") is None


def test_an_answer_counts_once_changes_while_it_is_asked_and_is_taken_of_who_is_in(
    rooms: Rooms, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = _now(rooms, code)
    assert not rooms.answer(room, "ana", 0, (1,))  # nothing is asked yet
    room = _move(rooms, code, "next")
    assert rooms.answer(room, "ana", 0, (0,))
    assert rooms.answer(room, "ana", 0, (1,))
    assert rooms.answer(room, "omar", 0, (2,))
    for who, n, choice in (
        ("eve", 0, (1,)), ("ana", 1, (1,)), ("ana", 9, (0,)), ("ana", HERE, ()),
        ("ana", 0, (4,)), ("ana", 0, (-1,)), ("ana", 0, ()), ("ana", 0, (0, 1)),
    ):  # fmt: skip
        assert not rooms.answer(room, who, n, choice)
    assert _now(rooms, code).answers[0] == {"ana": (1,), "omar": (2,)}
    assert _now(rooms, code).counts() == (0, 1, 1, 0)

    late = time.time() + 31
    monkeypatch.setattr(time, "time", lambda: late)
    assert rooms.answer(room, "ana", 0, (3,))  # it was under way when time was up
    late += 1
    assert not rooms.answer(room, "ana", 0, (0,))
    _move(rooms, code, "reveal")
    assert not rooms.answer(room, "ana", 0, (1,))
    assert _now(rooms, code).chosen("ana") == (3,)


def test_a_move_is_made_once_however_often_it_is_sent_and_the_end_knows_all_answers(
    rooms: Rooms, code: str
) -> None:
    first = _now(rooms, code)
    assert rooms.move(first, "reveal", first.state.step).state.phase == "waiting"
    first = _now(rooms, code)
    twice = [rooms.move(first, "next", first.state.step, 20).state for _ in range(2)]
    assert twice[0] == twice[1]
    assert (twice[0].phase, twice[0].item, twice[0].seconds) == ("asking", 0, 20)
    for n, chosen in enumerate([(1,), (0,), (1, 2, 0)]):
        room = _now(rooms, code)
        assert room.state.item == n
        assert rooms.answer(room, "ana", n, chosen)
        room = _move(rooms, code, "reveal")
        assert room.state.phase == "revealed"
        room = _move(rooms, code, "next")
    assert room.state.phase == "over"
    assert (room.score("ana"), room.score("omar")) == (2, 0)
    assert [room.right(n) for n in range(3)] == [1, 0, 1]
    assert _move(rooms, code, "next", "reveal").state.phase == "over"


def test_what_a_class_answered_wrongly_counts_once_in_the_report_of_its_group(
    database: Database, rooms: Rooms
) -> None:
    groups = Groups(database, days=30)
    group = groups.make(HER, "9b").code
    code = rooms.make(quiz(), HER, group)
    _move(rooms, code, "next")
    for who, choice in (("ana", 0), ("omar", 2), ("eve", 1)):  # the last one is right
        rooms.join(code, who)
        assert rooms.answer(_now(rooms, code), who, 0, (choice,))
    before = _now(rooms, code)
    for _ in range(2):  # pressed twice
        rooms.move(before, "reveal", before.state.step)
    _move(rooms, code, "next", "end")  # nobody answered the second one
    (missed,) = counted(groups.events(HER, group))
    key = quiz().items[0].key
    assert (missed.text, missed.entry_id, missed.times) == (quiz().items[0].prompt, key.entry_id, 2)
    assert {event.kind for event in groups.events(HER, group)} == {"missed"}


def test_a_room_ends_by_itself_goes_with_its_answers_and_has_room_for_so_many(
    database: Database, rooms: Rooms, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_PEOPLE", 3)
    assert rooms.join(code, "eve")
    assert not rooms.join(code, "mallory")
    assert not rooms.join("CCCCCC", "ana")
    monkeypatch.setattr(module, "_IDLE", timedelta(0))
    _move(rooms, code, "next")
    assert rooms.find(code) is None
    rooms.make(quiz(), HER)
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(RoomAnswerRow)) == 0

    monkeypatch.undo()
    for _ in range(MOST_ROOMS):
        rooms.make(quiz("ar"), "another's token")
    for kept, reader in ((quiz(), "another's token"), (quiz(), "")):
        with pytest.raises(ClassError):
            rooms.make(kept, reader)
