"""Notes: what is saved of an answer, whose it is, and how it is taken along."""

from dataclasses import replace

import pytest

from assistant import NoConversationError
from assistant.conversations.export import notes_as_markdown, notes_as_text
from assistant.conversations.notes import Notes
from assistant.conversations.store import Conversations
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
    assert (last.answer.prompt, last.answer.withheld) == (None, ())  # what is not the answer's
    with pytest.raises(NoConversationError, match="no such note"):
        notes.delete(last.id, "he")

    deleted = notes.delete(last.id, "she")
    assert notes.list("she") == (first,)
    notes.save(deleted.answer, "she", deleted.made_at)
    assert notes.list("she") == (last, first)
    assert [each["content"]["question"] for each in store.kept_on("he")["note"]] == [
        KETTLE.question
    ]
    store.forget("he")
    assert not notes.list("he")
    assert len(notes.list("she")) == 2


def test_it_is_exported_with_its_sources(store: Conversations) -> None:
    notes = Notes(store.database)
    notes.save(replace(KETTLE, question="# What is *it*?"), "she")
    notes.save(TEAPOT, "she")
    kept = notes.list("she")
    text = notes_as_markdown(kept, "Notes")
    assert text.startswith('<div dir="rtl" lang="ar">\n\n# Notes\n\n## السؤال: وما إبريق الشاي؟\n')
    assert "*فُهم السؤال هكذا: ما إبريق الشاي؟*" in text
    assert "\n## Question: \\# What is \\*it\\*?\n" in text
    quote = "\\[1\\] Kettle (definition): “A kettle boils water.”"
    assert quote.replace("\\", "") in text.replace("\\", "")
    plain = notes_as_text(kept)
    assert plain.index("ما إبريق الشاي؟") == 0 < plain.index("What is a kettle?")
    assert "[1] Kettle (definition): “A kettle boils water.”" in plain
    assert notes_as_markdown([], "Notes") == "# Notes\n"
