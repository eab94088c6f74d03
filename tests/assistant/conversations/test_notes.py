"""Notes: what is saved of an answer, whose it is, and how it is taken along."""

import pytest

from assistant import NoConversationError
from assistant.conversations.store import Conversations, Notes
from tests.assistant.conversations.making import answered, explained

KETTLE = explained("What is a kettle?")
TEAPOT = answered("وما إبريق الشاي؟", ["en/teapot", "ar/kettle"], "ar", "ما إبريق الشاي؟")


def test_an_answer_is_saved_once_with_its_sources_and_is_nobody_elses(store: Conversations) -> None:
    notes = Notes(store.database)
    for answer in (KETTLE, TEAPOT, KETTLE):
        notes.save(answer, "she")
    notes.save(KETTLE, "he")
    last, first = notes.list("she")
    assert (first.answer.question, first.answer.citations) == (TEAPOT.question, TEAPOT.citations)
    assert last.answer.sentences == KETTLE.sentences
    assert last.answer.withheld == ()  # what is not the answer's
    with pytest.raises(NoConversationError, match="no such note"):
        notes.delete(last.id, "he")

    deleted = notes.delete(last.id, "she")
    assert [note.id for note in notes.list("she")] == [first.id]
    notes.save(deleted.answer, "she", deleted.made_at)
    assert [note.id for note in notes.list("she")] == [last.id, first.id]
    assert [each["content"]["question"] for each in store.kept_on("he")["note"]] == [
        KETTLE.question
    ]
    store.forget("he")
    assert not notes.list("he")
    assert len(notes.list("she")) == 2
