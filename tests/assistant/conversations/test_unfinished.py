"""A question is kept when it is asked, and its answer as far as it comes."""

from dataclasses import replace

import pytest

from assistant import ConversationError
from assistant.conversations.conversation import unfinished
from assistant.conversations.export import as_markdown
from assistant.conversations.store import Conversations
from tests.assistant.conversations.making import GLOSSARY, answered, trace, unanswered

KETTLE = answered("What is a kettle?", ["en/kettle"])
HALF = unfinished(
    KETTLE.question, "en", KETTLE.sentences[:1], KETTLE.citations[:1], KETTLE.parts[:1]
)


def _statuses(conversations: Conversations, conversation_id: str) -> list[tuple[str, str]]:
    turns = conversations.get(conversation_id).turns
    return [(turn.answer.question, turn.answer.status) for turn in turns]


def test_a_question_begins_a_conversation_that_is_its_readers(conversations: Conversations) -> None:
    asked = conversations.ask(KETTLE.question, "en", reader="she")
    [kept] = conversations.list(reader="she")
    assert (kept.id, kept.title, kept.length) == (asked.conversation_id, KETTLE.question, 1)
    [turn] = conversations.get(kept.id).turns
    assert turn == asked
    assert (turn.answer.status, turn.answer.text) == ("unfinished", "")


def test_the_answer_grows_in_its_place_until_it_is_whole(conversations: Conversations) -> None:
    asked = conversations.ask(KETTLE.question, "en")
    where = asked.conversation_id
    later = conversations.ask("Later?", "en", where)
    for said in (HALF, KETTLE):
        conversations.answer(asked, said, [trace("kettle", "en/kettle")], GLOSSARY)
        first, second = conversations.get(where).turns
        assert (first.id, first.answer, second) == (asked.id, said, later)
    assert first.traces == (trace("kettle", "en/kettle"),)
    assert first.versions.keys() == {"en/kettle"}


def test_what_is_unfinished_is_no_history_and_no_gap(conversations: Conversations) -> None:
    asked = conversations.ask("What is a samovar?", "en")
    conversations.answer(asked, unfinished("What is a samovar?", "en"), [], GLOSSARY)
    assert conversations.get(asked.conversation_id).answers == ()
    assert not conversations.gaps()
    conversations.answer(asked, unanswered("What is a samovar?"), [], GLOSSARY)
    assert [gap.count for gap in conversations.gaps()] == [1]


def test_a_question_asked_again_takes_the_place_of_the_unfinished_one_alone(
    conversations: Conversations,
) -> None:
    first = conversations.ask("First?", "en")
    where = first.conversation_id
    second = conversations.ask(KETTLE.question, "en", where)
    conversations.answer(second, KETTLE, [], GLOSSARY)
    again = conversations.ask("First?", "en", where, instead_of=first.position)
    conversations.ask(KETTLE.question, "en", where, instead_of=second.position)
    assert _statuses(conversations, where) == [
        (KETTLE.question, "answered"),
        ("First?", "unfinished"),
        (KETTLE.question, "unfinished"),
    ]
    assert again.position > second.position
    copy = conversations.ask("Mine?", "en", where, reader="he", before=again.position + 1)
    turns = conversations.get(copy.conversation_id).turns
    assert [turn.answer.question for turn in turns] == [KETTLE.question, "First?", "Mine?"]


def test_a_copy_and_the_question_that_it_is_made_for_are_kept_together_or_not_at_all(
    conversations: Conversations, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = conversations.ask("First?", "en", reader="she")
    conversations.ask("Second?", "en", first.conversation_id, reader="she")

    def fails(*_: object) -> None:
        raise ConversationError("The disk is full.")

    with monkeypatch.context() as patched:
        patched.setattr("assistant.conversations.rows.append", fails)
        for place in [("", None), (first.conversation_id, 1)]:
            with pytest.raises(ConversationError):
                conversations.ask("Mine?", "en", place[0], reader="he", before=place[1])
        assert not conversations.list(reader="he")
    asked = conversations.ask("Mine?", "en", first.conversation_id, reader="he", before=1)
    assert [q for q, _ in _statuses(conversations, asked.conversation_id)] == ["First?", "Mine?"]
    again = conversations.ask(
        "Second?", "en", first.conversation_id, reader="he", before=2, instead_of=1
    )
    assert [q for q, _ in _statuses(conversations, again.conversation_id)] == ["First?", "Second?"]
    assert len(_statuses(conversations, first.conversation_id)) == 2


def test_only_its_reader_asks_and_answers_in_a_conversation(conversations: Conversations) -> None:
    asked = conversations.ask(KETTLE.question, "en", reader="she")
    with pytest.raises(ConversationError, match="not yours"):
        conversations.ask("Mine?", "en", asked.conversation_id, reader="he")
    with pytest.raises(ConversationError, match="not yours"):
        conversations.answer(asked, KETTLE, [], GLOSSARY, reader="he")
    with pytest.raises(ConversationError, match="There is no answer"):
        conversations.answer(replace(asked, id="gone"), KETTLE, [], GLOSSARY)
    conversations.delete(asked.conversation_id)
    with pytest.raises(ConversationError, match="is deleted"):
        conversations.answer(asked, KETTLE, [], GLOSSARY)


@pytest.mark.parametrize(
    ("language", "said"), [("en", "ended before it was complete"), ("ar", "انقطع هذا الجواب")]
)
def test_an_export_says_what_is_unfinished(
    conversations: Conversations, language: str, said: str
) -> None:
    asked = conversations.ask(KETTLE.question, "en")
    conversations.answer(asked, replace(HALF, language=language), [], GLOSSARY)
    written = as_markdown(conversations.get(asked.conversation_id))
    assert "A kettle boils water" in written
    assert said in written
