"""The store of conversations: what goes in comes out, and what is deleted can be brought back."""

import json
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant import ConversationError
from assistant.conversations.conversation import changes
from assistant.conversations.store import Conversations
from assistant.conversations.tables import ConversationRow
from tests.assistant.conversations.making import (
    GLOSSARY,
    add,
    answered,
    changed,
    explained,
    keep,
    trace,
    unanswered,
)

KETTLE = answered("What is a kettle?", ["en/kettle"])
EARLIER = Path(__file__).parents[2] / "data" / "earlier-turn.json"
"""A turn as the version before sentences were weighed kept it."""


def test_a_turn_comes_back_as_it_was(path: Path) -> None:
    traces = (trace("kettle", "en/kettle"), trace("الغلاية", "ar/kettle"))
    for answer in (
        answered("وما هي؟", ["ar/kettle", "en/teapot"], "ar", "ما هي الغلّاية؟"),
        unanswered("What is a samovar?"),
        explained("How does a kettle work?"),
    ):
        with closing(Conversations.open(path)) as before:
            added = add(before, "", answer, traces)
        with closing(Conversations.open(path)) as after:
            found = after.get(added.conversation_id)
        assert found.turns == (added,)
        assert (found.answers, added.traces) == ((answer,), traces)
        assert found.created_at.tzinfo is UTC


def test_what_has_become_of_cited_entries() -> None:
    answer = answered("Which?", ["en/kettle", "ar/kettle", "en/teapot"])
    assert changes(answer, GLOSSARY) == {}
    assert changes(answer, changed("en/kettle", "A kettle sings.")) == {1: "changed"}
    present = replace(GLOSSARY, entries=GLOSSARY.entries[:2])
    assert changes(answer, present) == {2: "gone"}


def test_the_title_is_the_first_question_until_it_is_renamed(store: Conversations) -> None:
    for question, title in {
        "why " * 30: "why " * 19 + "why…",
        "茶" * 200: "茶" * 79 + "…",  # a script without spaces
        "\ud83d kettle \x00?": "kettle ?",  # half a character, and a NUL
    }.items():
        kept = keep(store, answered(question, []), KETTLE)
        assert store.get(kept).title == title
    store.rename(kept, "  Lesson\none ")
    assert store.get(kept).title == "Lesson one"
    with pytest.raises(ConversationError, match="title is empty"):
        store.rename(kept, " \u200b ")


def test_what_was_deleted_can_be_brought_back(store: Conversations) -> None:
    kept = keep(store, KETTLE, title="a")
    store.delete(kept)
    assert not store.list()
    deleted = store.get(kept)
    store.delete(kept)  # twice is as once
    assert store.get(kept) == deleted
    with pytest.raises(ConversationError, match="“a” is deleted: restore it"):
        add(store, kept, KETTLE)
    store.restore(kept)
    assert store.get(kept).answers == (KETTLE,)


def test_what_was_deleted_a_month_ago_is_removed_when_another_begins(path: Path) -> None:
    with closing(Conversations.open(path)) as store:
        old, new = (keep(store, KETTLE, title=title) for title in ("old", "new"))
        store.rate(store.get(old).turns[0].id, 1, "a-secret-of-the-reader")
        store.delete(old)
        store.delete(new)
        with store.database.writing() as session:
            session.get_one(ConversationRow, old).deleted_at = datetime.now(UTC) - timedelta(31)
        keep(store, KETTLE)
        store.restore(new)
        with pytest.raises(ConversationError, match="There is no conversation"):
            store.get(old)
    with closing(sqlite3.connect(path)) as database:
        counts = database.execute("SELECT (SELECT count(*) FROM turn), count(*) FROM feedback")
        assert counts.fetchone() == (2, 0)
    assert b"a-secret-of-the-reader" not in path.read_bytes()


def test_threads_share_a_store(store: Conversations) -> None:
    kept = keep(store, KETTLE)

    def ask(_: int) -> None:
        add(store, kept, KETTLE)
        store.get(kept)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(ask, range(20)))
    assert [turn.position for turn in store.get(kept).turns] == list(range(21))


def test_a_turn_of_an_earlier_version_is_read(store: Conversations, path: Path) -> None:
    kept = keep(store, KETTLE)
    with closing(sqlite3.connect(path)) as database, database:
        earlier = json.loads(EARLIER.read_text("utf-8"))
        values = [json.dumps(earlier[name]) for name in ("answer", "evidence")]
        database.execute("UPDATE turn SET answer = ?, evidence = ?", values)
    [turn] = store.get(kept).turns
    assert (turn.answer.text, turn.answer.length) == ("A kettle boils water. [1]", "short")
    assert turn.answer.sentences[0].language == "en"
    assert [s.text for s in turn.answer.withheld]
    assert turn.traces == ()  # how it came about is told in another way now
    later = add(store, kept, KETTLE, [trace("kettle", "en/kettle")])
    assert store.get(kept).turns == (turn, later)  # it can be gone on with
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE turn SET answer = '{}'")
    with pytest.raises(ConversationError, match="“What is a kettle\\?” cannot be read"):
        store.get(kept)


def test_search_finds_whatever_the_case_and_the_spelling(store: Conversations) -> None:
    keep(store, KETTLE, unanswered("Is 100% fine-tuning A.I.?"))
    keep(store, answered("ما هي الغلّاية؟", ["ar/kettle"], "ar"), title="إبريق الشاي")
    keep(store, unanswered("Why?"), title="Notes on 茶道")
    found = {
        "": 3, "KETTLE": 1, "boils": 1, "notes": 1, "kettle fine-tuning": 1, "kettle notes": 0,
        "kett": 1, "AI": 1, "ابريق": 1, "الغلايه": 1, "غلاية": 1, "الشاى": 1, "茶道": 1, "道茶": 0,
        "%": 0, "?!": 0, "kettle " * 5000: 1, "\x00\ud800kettle": 1,
    }  # fmt: skip
    assert {search: len(store.list(search)) for search in found} == found


def test_all_that_is_kept_on_a_reader_can_be_had_and_deleted_and_nothing_of_anothers(
    store: Conversations,
) -> None:
    for reader in ("she", "he"):
        turn = store.ask("What is a kettle?", "en", reader=reader)
        store.rate(turn.id, 1, " Clear. ", reader=reader)
    kept = store.kept_on("she")
    (own,) = kept["conversations"]
    assert own["turns"][0]["feedback"]["comment"] == "Clear."
    assert json.dumps(kept)
    store.forget("she")
    assert store.kept_on("she")["conversations"] == []
    assert len(store.list(reader="he")) == len(store.list()) == 1
