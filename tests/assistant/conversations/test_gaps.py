"""Gaps: what was asked and not answered, counted once for each thing that was meant."""

from datetime import UTC, datetime

from assistant.assistant import Assistant
from assistant.conversations.conversation import Gap
from assistant.conversations.gaps import key, name
from assistant.conversations.store import Conversations
from assistant.conversations.tables import KEY_CHARACTERS
from tests.assistant.conversations.making import unanswered


def test_one_thing_asked_in_several_wordings_is_one_gap(store: Conversations) -> None:
    for question in ("What is gradient boosting?", "gradient boosting", "Boosting gradients??"):
        store.record_gap(unanswered(question))
    long = " ".join(f"word{n}" for n in range(400))
    assert len(key(long, "en")) <= KEY_CHARACTERS
    assert key(long, "en") != key(f"{long} samovar", "en")
    [gap] = store.gaps()
    assert gap.count == 3
    assert gap.question == "What is gradient boosting?"
    assert gap.term == "gradient boosting"
    assert gap.nearest == ("Kettle", "Teapot")
    assert gap.first_at < gap.last_at


def test_a_gap_has_the_name_that_was_asked_for() -> None:
    now = datetime.now(UTC)
    names = {
        "What does “C++” mean?": "C++",
        "ما هو السماور؟": "السماور",
        "what is it": "what is it",
    }
    for question, asked in names.items():
        language = "en" if "what" in question.lower() else "ar"
        assert name(Gap(question, question, language, (), 1, now, now)) == asked


def test_no_greeting_and_no_errand_is_a_gap(tea: Assistant, store: Conversations) -> None:
    for question in ("Good morning!", "Write me a poem about the spring", "السلام عليكم"):
        store.record_gap(tea.ask(question))
    assert not store.gaps()


def test_a_gap_is_forgotten_and_put_back_with_what_was_asked_since(store: Conversations) -> None:
    for question in ("samovar", "samovar", "trivet"):
        store.record_gap(unanswered(question))
    gap = store.gaps()[0]
    store.forget_gap(gap)
    assert [each.term for each in store.gaps()] == ["trivet"]
    store.restore_gap(gap)
    assert store.gaps()[0] == gap
    store.forget_gap(gap)
    store.record_gap(unanswered("samovar"))
    store.restore_gap(gap)
    assert store.gaps()[0].count == 3
    assert store.gaps()[0].first_at == gap.first_at


def test_a_gap_that_is_set_aside_is_counted_on_and_taken_back(store: Conversations) -> None:
    for question in ("samovar", "samovar", "trivet", "tongs"):
        store.record_gap(unanswered(question))
    for each in store.gaps()[:2]:
        store.set_gap_aside(each.key)
    store.record_gap(unanswered("samovar"))
    assert [gap.term for gap in store.gaps()] == ["trivet"]
    aside = store.gaps(aside=True)
    assert [(gap.term, gap.count) for gap in aside] == [("tongs", 1), ("samovar", 3)]
    store.set_gap_aside(aside[1].key, aside=False)
    assert [gap.term for gap in store.gaps()] == ["samovar", "trivet"]
