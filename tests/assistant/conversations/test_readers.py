"""Whose a conversation is, what another may do with it, and how its answers grow."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from assistant import ConversationError
from assistant.answer import Answer
from assistant.conversations.conversation import Conversation, Turn, mark, unfinished
from assistant.conversations.export import as_json, as_markdown
from assistant.conversations.store import Conversations
from tests.assistant.conversations.making import add, answered, keep, trace, unanswered

HERS, HIS, NO_TOKEN = "her token", "his token", ""
KETTLE = answered("What is a kettle?", ["en/kettle"])
HALF = unfinished(KETTLE.question, "en", KETTLE.sentences, KETTLE.citations, KETTLE.parts)
FOUND = [trace("kettle", "en/kettle")]

Change = Callable[[Conversations, Turn, str | None], object]
CHANGES: dict[str, Change] = {
    "ask": lambda store, kept, who: store.ask("Why?", "en", kept.conversation_id, reader=who),
    "answer": lambda store, kept, who: store.answer(kept, HALF, [], reader=who),
    "again": lambda store, kept, who: store.again(kept, reader=who),
    "choose": lambda store, kept, who: store.choose(kept.id, 0, reader=who),
    "rename": lambda store, kept, who: store.rename(kept.conversation_id, "Other", reader=who),
    "delete": lambda store, kept, who: store.delete(kept.conversation_id, reader=who),
    "restore": lambda store, kept, who: store.restore(kept.conversation_id, reader=who),
    "rate": lambda store, kept, who: store.rate(kept.id, 1, "Clear.", reader=who),
}


@pytest.fixture
def hers(store: Conversations) -> str:
    """A conversation of hers, with a turn that she rated."""
    kept = add(store, "", KETTLE, FOUND, reader=HERS)
    store.rate(kept.id, 1, "Clear.", reader=HERS)
    return kept.conversation_id


def _asked(store: Conversations, kept: str) -> list[tuple[str, str]]:
    turns = store.get(kept).turns
    return [(turn.answer.question, turn.answer.status) for turn in turns]


def _copied(store: Conversations, kept: str, before: int = 1) -> Conversation:
    """What he has once he asks a question in a copy of the first turns of another's."""
    asked = store.ask("Mine?", "en", kept, reader=HIS, before=before)
    return store.get(asked.conversation_id)


def test_a_token_is_kept_as_its_hash_alone(store: Conversations, path: Path, hers: str) -> None:
    _copied(store, hers)
    with closing(sqlite3.connect(path)) as database:
        kept = {reader for (reader,) in database.execute("SELECT reader FROM conversation")}
        everything = "\n".join(database.iterdump())
    assert kept == {mark(HERS), mark(HIS)}
    assert mark("abc").startswith("ba7816bf8f01cfea414140de5dae2223")  # SHA-256
    assert HERS not in everything
    assert mark(HERS) not in str(as_json(store.get(hers)))


def test_a_reader_sees_their_own_and_the_command_line_all(store: Conversations) -> None:
    for reader, title in ((HERS, "a"), (HIS, "b"), (NO_TOKEN, "c"), (HERS, "d")):
        keep(store, title=title, reader=reader)

    def titles(reader: str | None) -> str:
        return "".join(found.title for found in store.list("kettle", reader=reader))

    assert [titles(reader) for reader in (HERS, HIS, NO_TOKEN, None)] == ["da", "b", "", "dcba"]
    for listed in store.list():
        for seen in (listed, store.get(listed.id), store.get(listed.id, limit=0)):
            assert seen.belongs_to(HERS) == (seen.title in "ad")
            assert not seen.belongs_to(NO_TOKEN)
            assert not seen.belongs_to(mark(HERS))  # who reads the database cannot pass for her


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_conversation_is_changed_by_its_reader_alone(
    store: Conversations, change: Change
) -> None:
    for owner in (HERS, NO_TOKEN):
        kept = keep(store, reader=owner)
        before = store.get(kept)
        [turn] = before.turns
        for reader in (HIS, NO_TOKEN, mark(HERS)):
            with pytest.raises(ConversationError, match=r"^The conversation “.*” is not yours: "):
                change(store, turn, reader)
        assert store.get(kept) == before
        change(store, turn, owner or None)
        if change is not CHANGES["delete"]:
            change(store, turn, None)
    for missing in ("nothing", ""):
        with pytest.raises(ConversationError, match="There is no"):
            store.get(missing)


def test_a_copy_is_the_readers_own_and_says_the_same(store: Conversations, hers: str) -> None:
    add(store, hers, unanswered("What is a samovar?"))
    original = store.get(hers)
    copy = _copied(store, hers)
    assert copy.belongs_to(HIS)
    assert (copy.title, copy.length) == (original.title, 2)
    assert copy.changed_at > original.changed_at  # it comes first in his list
    ours, theirs = copy.turns[0], original.turns[0]
    assert ours.id != theirs.id
    assert replace(ours, id=theirs.id, conversation_id=hers, feedback=theirs.feedback) == theirs
    assert ours.feedback is None  # what was said of it is not copied
    assert store.get(hers) == original
    assert [gap.count for gap in store.gaps()] == [1]  # nor is it asked again
    store.delete(hers)
    with pytest.raises(ConversationError, match="is deleted: restore it, or begin another"):
        _copied(store, hers)


# An answer, while it comes


def test_the_answer_grows_in_its_place_until_it_is_whole(store: Conversations) -> None:
    asked = store.ask(KETTLE.question, "en", reader=HERS)
    where = asked.conversation_id
    assert store.list(reader=HERS)[0].title == KETTLE.question
    later = store.ask("Later?", "en", where)
    for said in (HALF, KETTLE):
        store.answer(asked, said, FOUND)
        first, second = store.get(where).turns
        assert (first.id, first.answer, second) == (asked.id, said, later)
    assert first.traces == tuple(FOUND)
    with pytest.raises(ConversationError, match="There is no answer"):
        store.answer(replace(asked, id="gone"), KETTLE, [])
    store.delete(where)
    with pytest.raises(ConversationError, match="is deleted"):
        store.answer(asked, KETTLE, [])


def test_what_is_unfinished_is_no_history_and_no_gap(store: Conversations) -> None:
    asked = store.ask("What is a samovar?", "en")
    store.answer(asked, replace(HALF, question="What is a samovar?"), [])
    kept = store.get(asked.conversation_id)
    assert kept.answers == ()
    assert "ended before it was complete" in as_markdown(kept)
    assert not store.gaps()
    store.answer(asked, unanswered("What is a samovar?"), [])
    assert [gap.count for gap in store.gaps()] == [1]


def test_a_question_asked_again_keeps_its_whole_answers_and_the_chosen_one_counts(
    store: Conversations, hers: str
) -> None:
    [first] = store.get(hers).turns
    other = replace(answered(first.answer.question, ["en/teapot"]), confidence=0.5)
    second = store.again(first, reader=HERS)
    assert store.get(hers).turns == (second,)
    assert store.get(hers).answers == ()  # what is being written is no history
    second = store.answer(store.again(second), other, FOUND)  # the unfinished one is gone
    assert (second.variant, len(second.others)) == (1, 1)
    assert second.feedback is None  # it was said of the first
    store.rate(second.id, 1, reader=HERS)
    assert "teapot" in as_markdown(store.get(hers))

    shown = store.choose(first.id, 0, reader=HERS)
    assert replace(shown, others=()) == replace(first, feedback=None)
    assert store.get(hers).answers == (first.answer,)
    assert [each.id for each in store.list("boils")] == [hers]
    assert not store.list("steeps")
    assert store.choose(first.id, 1).answer == other
    assert store.get(hers).turns[0].feedback
    [kept] = store.kept_on(HERS)["conversations"][0]["turns"]
    assert [Answer.of_json(each["answer"]) for each in kept["other_variants"]] == [first.answer]
    assert _copied(store, hers).turns[0].others == store.get(hers).turns[0].others

    begun = store.again(second)
    assert store.choose(first.id, 0).answer == first.answer  # the one begun is given up
    with pytest.raises(ConversationError, match="Another answer has been chosen"):
        store.answer(begun, KETTLE, [])
    assert store.get(hers).answers == (first.answer,)
    for none in (2, -1):
        with pytest.raises(ConversationError, match="There is no answer"):
            store.choose(first.id, none)


def test_a_copy_and_the_question_that_it_is_made_for_are_kept_together_or_not_at_all(
    store: Conversations, hers: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise ConversationError("The disk is full.")

    monkeypatch.setattr("assistant.conversations.tables.TurnRow.put", fails)
    for kept, before in [("", None), (hers, 1)]:
        with pytest.raises(ConversationError):
            store.ask("Mine?", "en", kept, reader=HIS, before=before)
    assert not store.list(reader=HIS)
