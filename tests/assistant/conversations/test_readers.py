"""Readers: whose a conversation is, and what another may do with it."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from assistant import ConversationError
from assistant.conversations.conversation import Conversation, mark
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
    kept = conversations.add("", KETTLE, FOUND, GLOSSARY, reader=reader).conversation_id
    if title:
        conversations.rename(kept, title)
    return kept


def _copied(conversations: Conversations, kept: str) -> Conversation:
    """What he has once he asks a question in a copy of her first turn."""
    asked = conversations.ask("Mine?", "en", kept, reader=HIS, before=1)
    return conversations.get(asked.conversation_id)


def test_a_token_is_kept_as_its_hash_alone(
    conversations: Conversations, path: Path, hers: str
) -> None:
    _copied(conversations, hers)
    with closing(sqlite3.connect(path)) as database:
        kept = {reader for (reader,) in database.execute("SELECT reader FROM conversation")}
        everything = "\n".join(database.iterdump())
    assert kept == {mark(HERS), mark(HIS)}
    assert HERS not in everything
    assert HIS not in everything


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


def test_a_reader_sees_a_list_of_their_own_and_the_command_line_all(
    conversations: Conversations,
) -> None:
    for reader, title in ((HERS, "a"), (HIS, "b"), (NO_TOKEN, "c"), (HERS, "d")):
        _begun(conversations, reader, title)

    def titles(reader: str | None) -> str:
        return "".join(found.title for found in conversations.list(reader=reader))

    assert [titles(reader) for reader in (HERS, HIS, NO_TOKEN, None)] == ["da", "b", "", "dcba"]


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
    copy = _copied(conversations, kept)
    assert copy.belongs_to(HIS)
    assert (copy.title, copy.length) == ("Tea", 2)
    assert copy.changed_at > original.changed_at  # it comes first in his list
    ours, theirs = copy.turns[0], original.turns[0]
    assert ours.id != theirs.id
    assert replace(ours, id=theirs.id, conversation_id=kept) == theirs
    assert [found.id for found in conversations.list("kettle tea", reader=HIS)] == [copy.id]


def test_what_was_said_of_an_answer_is_not_copied(conversations: Conversations, hers: str) -> None:
    conversations.rate(conversations.get(hers).turns[0].id, 1, "Clear.", reader=HERS)
    copy = _copied(conversations, hers)
    assert copy.turns[0].feedback is None
    conversations.rate(copy.turns[0].id, -1, reader=HIS)
    said = conversations.get(hers).turns[0].feedback
    assert said is not None
    assert (said.thumb, said.comment) == (1, "Clear.")


def test_a_gap_is_not_asked_again_by_a_copy(conversations: Conversations, hers: str) -> None:
    conversations.add(hers, unanswered("What is a samovar?"), [], GLOSSARY)
    _copied(conversations, hers)
    assert [gap.count for gap in conversations.gaps()] == [1]
