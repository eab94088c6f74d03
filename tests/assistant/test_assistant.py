import threading

import pytest

from assistant.answer import Answer, Done, Found, Text
from assistant.assistant import Assistant


@pytest.mark.parametrize(
    ("question", "language"),
    [("What is a foundation model?", "en"), ("ما هو النموذج الأساسي؟", "ar")],
)
def test_an_answer_cites_the_entry_in_the_questions_language(
    assistant: Assistant, question: str, language: str
) -> None:
    answer = assistant.ask(question)
    assert answer.status == "answered"
    assert answer.writer == "quote"
    assert {(c.entry_id, c.language) for c in answer.citations} == {("foundation-model", language)}


@pytest.mark.parametrize(
    "question", ["What is RLHF?", "ما الفرق بين الرمز والمعلمة؟", "RAG vs LLM"]
)
def test_every_quote_is_the_sections_own_characters(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.citations
    for citation in answer.citations:
        entry = assistant.glossary.get(citation.entry_id, citation.language)
        assert entry is not None
        assert entry.text(citation.section)[citation.start : citation.end] == citation.quote


def test_markers_and_citations_are_the_same_set(assistant: Assistant) -> None:
    answer = assistant.ask("How does fine-tuning work?")
    used = {marker for sentence in answer.sentences for marker in sentence.citations}
    assert used == {citation.marker for citation in answer.citations}
    assert all(f"[{marker}]" in answer.text for marker in used)


@pytest.mark.parametrize(
    ("question", "phrase"),
    [
        ("Who won the 2018 World Cup?", "The glossary does not answer this."),
        ("من فاز بكأس العالم 2018؟", "لا يجيب المسرد عن هذا السؤال."),
    ],
)
def test_what_the_glossary_does_not_say_is_not_said(
    assistant: Assistant, question: str, phrase: str
) -> None:
    answer = assistant.ask(question)
    assert answer.status == "not_in_glossary"
    assert answer.text.startswith(phrase)
    assert not answer.sentences
    assert len(answer.nearest) == 3
    assert all(near.term in answer.text for near in answer.nearest)


@pytest.mark.parametrize("question", ["hello", "شكرًا", "who are you?", "من أنت؟"])
def test_small_talk_is_answered_in_kind(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.status == "chat"
    assert answer.text
    assert not answer.citations


def test_events_come_in_order_and_make_the_answer(assistant: Assistant) -> None:
    events = list(assistant.stream("What is a token?"))
    assert isinstance(events[0], Found)
    assert isinstance(events[-1], Done)
    written = [event.sentence for event in events if isinstance(event, Text)]
    assert tuple(written) == events[-1].answer.sentences


def test_follow_ups_are_questions_that_the_glossary_answers(assistant: Assistant) -> None:
    for question in ("What is a token?", "ما الرمز؟"):
        offers = assistant.ask(question).follow_ups
        assert len(offers) == 3
        assert all(assistant.ask(offer).status == "answered" for offer in offers)


def test_a_conversation_goes_on(assistant: Assistant) -> None:
    first = assistant.ask("What is a context window?")
    second = assistant.ask("and an example?", [first])
    assert {c.entry_id for c in second.citations} == {"context-window"}
    assert {c.section for c in second.citations} == {"example"}


def test_times_are_told_for_each_step(assistant: Assistant) -> None:
    times = assistant.ask("What is a token?").timings_ms
    assert set(times) == {"understand", "retrieve", "write", "ground", "total"}
    assert times["total"] >= times["retrieve"] > 0


def test_eight_threads_get_the_answers_that_one_gets(assistant: Assistant) -> None:
    questions = ["What is RAG?", "ما المحوّل؟", "What is inference?", "ما الهلوسة؟"] * 2
    alone = [assistant.ask(question).text for question in questions]
    together: dict[int, Answer] = {}

    def ask(number: int) -> None:
        together[number] = assistant.ask(questions[number])

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(len(questions))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [together[n].text for n in range(len(questions))] == alone
