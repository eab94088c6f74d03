"""Gaps: what was asked and not answered, counted once for each thing that was meant."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from assistant.assistant import Assistant
from assistant.conversations.conversation import Gap
from assistant.conversations.gaps import is_term, key, name
from assistant.conversations.store import Conversations
from assistant.conversations.tables import KEY_CHARACTERS
from tests.assistant.conversations.making import GLOSSARY, answered, unanswered


def test_one_thing_asked_in_several_wordings_is_one_gap(conversations: Conversations) -> None:
    for question in ("What is gradient boosting?", "gradient boosting", "Boosting gradients??"):
        conversations.record_gap(unanswered(question))
    [gap] = conversations.gaps()
    assert gap.count == 3
    assert gap.question == "What is gradient boosting?"
    assert gap.term == "gradient boosting"
    assert gap.nearest == ("Kettle", "Teapot")
    assert gap.first_at < gap.last_at


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("ما هو التعزيز المتدرّج؟", "التعزيز المتدرج", "ar"),
        ("ما هي الشبكة العصبيه؟", "الشبكة العصبية", "ar"),
        ("Who is it?", "who is it", "en"),
        ("🙂", "🙂 ", "en"),
    ],
)
def test_wordings_that_are_one(one: str, other: str, language: str) -> None:
    assert key(one, language) == key(other, language) != ""


def test_other_things_are_other_gaps() -> None:
    assert key("samovar", "en") != key("kettle", "en")


def test_a_very_long_question_has_a_key_that_the_database_takes() -> None:
    question = " ".join(f"word{n}" for n in range(400))
    assert len(key(question, "en")) <= KEY_CHARACTERS
    assert key(question, "en") != key(f"{question} samovar", "en")


def test_a_question_counts_as_it_was_understood(conversations: Conversations) -> None:
    conversations.record_gap(unanswered("and that?", understood="samovar"))
    conversations.record_gap(unanswered("samovar"))
    [gap] = conversations.gaps()
    assert (gap.count, gap.term, gap.question) == (2, "samovar", "and that?")


def test_the_gap_asked_for_most_comes_first_then_the_last(conversations: Conversations) -> None:
    for question in ("samovar", "caddy", "trivet", "caddy", "tongs"):
        conversations.record_gap(unanswered(question))
    assert [gap.term for gap in conversations.gaps()] == ["caddy", "tongs", "trivet", "samovar"]
    assert [gap.term for gap in conversations.gaps(limit=1)] == ["caddy"]


def test_a_turn_that_is_not_answered_is_counted_and_no_other(conversations: Conversations) -> None:
    conversation_id = conversations.begin().id
    conversations.add(conversation_id, answered("kettle", ["en/kettle"]), [], GLOSSARY)
    conversations.add(conversation_id, unanswered("samovar"), [], GLOSSARY)
    conversations.record_gap(answered("teapot", ["en/teapot"]))
    assert [gap.term for gap in conversations.gaps()] == ["samovar"]


def test_what_one_category_does_not_answer_is_no_gap(conversations: Conversations) -> None:
    conversations.record_gap(replace(unanswered("samovar"), category="Vessels"))
    assert not conversations.gaps()


def test_a_gap_outlives_the_conversation(conversations: Conversations) -> None:
    conversation_id = conversations.begin().id
    conversations.add(conversation_id, unanswered("samovar"), [], GLOSSARY)
    conversations.delete(conversation_id)
    assert len(conversations.gaps()) == 1


@pytest.mark.parametrize(
    ("question", "language", "asked"),
    [
        ("What is a samovar?", "en", "Samovar"),
        ("Explain the tea caddy, please", "en", "Tea caddy"),
        ("What does “C++” mean?", "en", "C++"),
        ("ما هو السماور؟", "ar", "السماور"),
        ("ما معنى زجاجة الماء", "ar", "زجاجة الماء"),
        ("what is it", "en", "what is it"),
    ],
)
def test_a_gap_has_the_name_that_was_asked_for(question: str, language: str, asked: str) -> None:
    now = datetime.now(UTC)
    assert name(Gap(question, question, language, (), 1, now, now)) == asked


@pytest.mark.parametrize(
    ("question", "language"),
    [
        pytest.param("What is a samovar?", "en", id="a rare word"),
        pytest.param("What is a support vector machine?", "en", id="common words, one less so"),
        pytest.param("ما هو السماور؟", "ar", id="Arabic"),
        pytest.param("شو يعني XGBoost", "ar", id="a foreign name in Arabic"),
        pytest.param("LSTM", "en", id="initials without a vowel"),
        pytest.param("rhythm", "en", id="a word without one"),
    ],
)
def test_a_term_that_is_missing_is_a_gap(question: str, language: str) -> None:
    assert is_term(unanswered(question, language=language))


@pytest.mark.parametrize(
    ("question", "language"),
    [
        pytest.param("اليوم", "ar", id="an everyday word"),
        pytest.param("what is love", "en", id="an everyday question"),
        pytest.param("what is it", "en", id="words of grammar"),
        pytest.param("asdfghjkl", "en", id="a row of keys"),
        pytest.param("what is sdfghjkl", "en", id="a row of keys that is asked for"),
    ],
)
def test_an_everyday_word_or_noise_is_no_gap(
    conversations: Conversations, question: str, language: str
) -> None:
    conversations.record_gap(unanswered(question, language=language))
    assert not conversations.gaps()


@pytest.mark.parametrize(
    "question",
    [
        "Good morning!",
        "thanks a lot",
        "Write me a poem about the spring",
        "Make a quiz of ten questions for my class",
        "السلام عليكم",
        "اكتب لي قصيدة عن الربيع",
        "كم الساعة الآن؟",
    ],
)
def test_no_greeting_and_no_errand_is_a_gap(
    assistant: Assistant, conversations: Conversations, question: str
) -> None:
    conversations.record_gap(assistant.ask(question))
    assert not conversations.gaps()


@pytest.mark.parametrize(
    ("question", "term"),
    [("What is a samovar?", "Samovar"), ("ما هو السماور؟", "السماور")],
)
def test_what_is_asked_and_not_in_the_glossary_is_one(
    assistant: Assistant, conversations: Conversations, question: str, term: str
) -> None:
    conversations.record_gap(assistant.ask(question))
    assert [name(gap) for gap in conversations.gaps()] == [term]


def test_a_gap_is_forgotten_and_put_back_with_what_was_asked_since(
    conversations: Conversations,
) -> None:
    for question in ("samovar", "samovar", "trivet"):
        conversations.record_gap(unanswered(question))
    gap = conversations.gaps()[0]
    conversations.forget_gap(gap)
    assert [each.term for each in conversations.gaps()] == ["trivet"]
    conversations.restore_gap(gap)
    assert conversations.gaps()[0] == gap
    conversations.forget_gap(gap)
    conversations.record_gap(unanswered("samovar"))
    conversations.restore_gap(gap)
    assert conversations.gaps()[0].count == 3
    assert conversations.gaps()[0].first_at == gap.first_at


def test_a_gap_that_is_set_aside_is_counted_on_and_taken_back(conversations: Conversations) -> None:
    for question in ("samovar", "samovar", "trivet", "tongs"):
        conversations.record_gap(unanswered(question))
    for each in conversations.gaps()[:2]:
        conversations.set_gap_aside(each.key)
    conversations.record_gap(unanswered("samovar"))
    assert [gap.term for gap in conversations.gaps()] == ["trivet"]
    aside = conversations.gaps(aside=True)
    assert [(gap.term, gap.count) for gap in aside] == [("tongs", 1), ("samovar", 3)]
    conversations.set_gap_aside(aside[1].key, aside=False)
    assert [gap.term for gap in conversations.gaps()] == ["samovar", "trivet"]
