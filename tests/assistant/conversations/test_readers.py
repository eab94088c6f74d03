"""Readers: whose a conversation is, and what another may do with it."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from assistant.conversations.readers import NOBODY, mark
from sqlalchemy import event

from assistant import ConversationError
from assistant.conversations.export import as_json
from assistant.conversations.store import Conversations
from tests.assistant.conversations.making import GLOSSARY, answered, trace, unanswered

HERS, HIS, NO_TOKEN = "her token", "his token", ""
KETTLE = answered("What is a kettle?", ["en/kettle"])
FOUND = [trace("kettle", "en/kettle")]

Change = Callable[[Conversations, str, str | None], object]
CHANGES: dict[str, Change] = {
    "add": lambda store, kept, reader: store.add(kept, KETTLE, [], GLOSSARY, reader=reader),
    "rename": lambda store, kept, reader: store.rename(kept, "Another", reader=reader),
    "delete": lambda store, kept, reader: store.delete(kept, reader=reader),
    "restore": lambda store, kept, reader: store.restore(kept, reader=reader),
    "rate": lambda store, kept, reader: store.rate(
        store.get(kept).turns[0].id, 1, "Clear.", reader=reader
    ),
}


@pytest.fixture
def hers(conversations: Conversations) -> str:
    """A conversation of hers, with a turn."""
    return _begun(conversations, HERS)


def _begun(conversations: Conversations, reader: str, title: str = "") -> str:
    kept = conversations.begin(title, reader=reader).id
    conversations.add(kept, KETTLE, FOUND, GLOSSARY, reader=reader or None)
    return kept


def test_a_token_is_kept_as_its_hash_alone(
    conversations: Conversations, path: Path, hers: str
) -> None:
    conversations.copy(hers, HIS)
    with closing(sqlite3.connect(path)) as database:
        kept = {reader for (reader,) in database.execute("SELECT reader FROM conversation")}
        everything = "\n".join(database.iterdump())
    assert kept == {mark(HERS), mark(HIS)}
    assert HERS not in everything
    assert HIS not in everything


def test_the_hash_is_sha_256_and_none_is_made_of_no_token() -> None:
    assert mark("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert mark(NO_TOKEN) == NOBODY
    assert mark("\ud800") != mark("\ud801")  # a cookie may hold anything


def test_what_is_exported_does_not_tell_the_reader(conversations: Conversations, hers: str) -> None:
    assert mark(HERS) not in str(as_json(conversations.get(hers)))


def test_a_conversation_belongs_to_the_reader_who_began_it(
    conversations: Conversations, hers: str
) -> None:
    for seen in (conversations.get(hers), conversations.glance(hers), *conversations.list()):
        assert seen.belongs_to(HERS)
        assert not seen.belongs_to(HIS)
        assert not seen.belongs_to(NO_TOKEN)
        assert not seen.belongs_to(mark(HERS))  # who reads the database cannot pass for her


def test_what_the_command_line_began_belongs_to_nobody(conversations: Conversations) -> None:
    conversation = conversations.begin()
    assert not conversation.belongs_to(HERS)
    assert not conversation.belongs_to(NO_TOKEN)


def test_a_reader_sees_a_list_of_their_own_and_the_command_line_all(
    conversations: Conversations,
) -> None:
    for reader, title in ((HERS, "a"), (HIS, "b"), (NO_TOKEN, "c"), (HERS, "d")):
        _begun(conversations, reader, title)

    def titles(reader: str | None) -> str:
        return "".join(found.title for found in conversations.list(reader=reader))

    assert [titles(reader) for reader in (HERS, HIS, NO_TOKEN, None)] == ["da", "b", "", "dcba"]


def test_a_reader_searches_their_own_and_brings_back_their_own(
    conversations: Conversations, hers: str
) -> None:
    _begun(conversations, HIS)
    assert [found.id for found in conversations.list("kettle", reader=HERS)] == [hers]
    assert conversations.list("samovar", reader=HERS) == ()
    conversations.delete(hers, reader=HERS)
    assert conversations.list(reader=HERS) == ()
    assert [found.id for found in conversations.list(deleted=True, reader=HERS)] == [hers]
    assert conversations.list(deleted=True, reader=HIS) == ()


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_conversation_is_changed_by_its_reader_and_the_command_line_alone(
    conversations: Conversations, hers: str, change: Change
) -> None:
    before = conversations.get(hers)
    for reader in (HIS, NO_TOKEN, mark(HERS)):
        with pytest.raises(ConversationError, match=r"^The conversation “.*” is not yours: .*\.$"):
            change(conversations, hers, reader)
    assert conversations.get(hers) == before
    change(conversations, hers, HERS)
    change(conversations, hers, None)


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_is_nobodys_is_changed_by_the_command_line_alone(
    conversations: Conversations, change: Change
) -> None:
    kept = _begun(conversations, NO_TOKEN)
    for reader in (HERS, NO_TOKEN):
        with pytest.raises(ConversationError, match="is not yours: make a copy"):
            change(conversations, kept, reader)
    change(conversations, kept, None)


@pytest.mark.parametrize("owner", [HERS, NO_TOKEN], ids=["another's", "nobody's"])
def test_a_copy_is_the_readers_own_and_says_the_same(
    conversations: Conversations, owner: str
) -> None:
    kept = _begun(conversations, owner, "Tea")
    conversations.add(kept, unanswered("What is a samovar?"), [], GLOSSARY)
    original = conversations.get(kept)
    copy = conversations.copy(kept, HIS)
    assert copy == conversations.get(copy.id)
    assert copy.belongs_to(HIS)
    assert (copy.title, copy.length) == ("Tea", 2)
    assert copy.changed_at > original.changed_at  # it comes first in his list
    for ours, theirs in zip(copy.turns, original.turns, strict=True):
        assert ours.id != theirs.id
        assert replace(ours, id=theirs.id, conversation_id=kept) == theirs
    assert [found.id for found in conversations.list("samovar tea", reader=HIS)] == [copy.id]


def test_a_copy_and_the_original_go_their_own_ways(conversations: Conversations, hers: str) -> None:
    copy = conversations.copy(hers, HIS)
    conversations.add(copy.id, KETTLE, [], GLOSSARY, reader=HIS)
    conversations.rename(copy.id, "His", reader=HIS)
    conversations.delete(hers, reader=HERS)
    assert conversations.get(hers).length == 1
    assert [turn.position for turn in conversations.get(copy.id).turns] == [0, 1]


def test_what_was_said_of_an_answer_is_not_copied(conversations: Conversations, hers: str) -> None:
    conversations.rate(conversations.get(hers).turns[0].id, 1, "Clear.", reader=HERS)
    copy = conversations.copy(hers, HIS)
    assert copy.turns[0].feedback is None
    conversations.rate(copy.turns[0].id, -1, reader=HIS)
    said = conversations.get(hers).turns[0].feedback
    assert said is not None
    assert (said.thumb, said.comment) == (1, "Clear.")


def test_a_gap_is_not_asked_again_by_a_copy(conversations: Conversations, hers: str) -> None:
    conversations.add(hers, unanswered("What is a samovar?"), [], GLOSSARY)
    conversations.copy(hers, HIS)
    assert [gap.count for gap in conversations.gaps()] == [1]


def test_what_is_deleted_or_not_there_is_not_copied(
    conversations: Conversations, hers: str
) -> None:
    conversations.delete(hers)
    with pytest.raises(ConversationError, match="is deleted: restore it, or begin another"):
        conversations.copy(hers, HIS)
    with pytest.raises(ConversationError, match="There is no conversation nothing: "):
        conversations.copy("nothing", HIS)


def test_a_glance_tells_what_another_tab_did(conversations: Conversations, hers: str) -> None:
    _begun(conversations, HIS)
    before = conversations.glance(hers)
    assert (before.length, before.turns) == (1, ())
    conversations.add(hers, KETTLE, [], GLOSSARY)
    conversations.rename(hers, "Tea")
    grown = conversations.glance(hers)
    assert (grown.length, grown.title) == (2, "Tea")
    assert grown.changed_at > before.changed_at
    conversations.delete(hers)
    assert conversations.glance(hers).deleted_at is not None
    with pytest.raises(ConversationError, match="There is no conversation nothing: "):
        conversations.glance("nothing")


def test_a_list_reads_no_turn_and_goes_by_the_readers_index(
    conversations: Conversations, hers: str
) -> None:
    asked: list[tuple[str, tuple[object, ...]]] = []
    engine = conversations._database.engine

    def note(_c: object, _u: object, statement: str, given: tuple[object, ...], *_: object) -> None:
        if statement.startswith("SELECT"):
            asked.append((statement, given))

    event.listen(engine, "before_cursor_execute", note)
    assert [found.id for found in conversations.list(limit=50, reader=HERS)] == [hers]
    event.remove(engine, "before_cursor_execute", note)
    [(statement, given)] = asked  # one question, however many there are
    with engine.connect() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given).all()
    steps = [str(step[-1]) for step in plan]
    assert any("INDEX ix_conversation_reader (reader=?)" in step for step in steps)
    assert any("turn USING COVERING INDEX" in step for step in steps)
