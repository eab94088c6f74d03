import threading

import pytest

from assistant import SettingsError
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


@pytest.mark.parametrize(
    ("question", "category"),
    [
        pytest.param("What is a foundation model?", "Models", id="English"),
        pytest.param("ما هو النموذج الأساسي؟", "النماذج", id="Arabic"),
        pytest.param("What is a foundation model?", "النماذج", id="as the other language names it"),
    ],
)
def test_within_its_category_a_question_is_answered_as_ever(
    assistant: Assistant, question: str, category: str
) -> None:
    everywhere, answer = assistant.ask(question), assistant.ask(question, category=category)
    assert (answer.text, answer.citations) == (everywhere.text, everywhere.citations)
    assert (answer.category, everywhere.category) == (category, "")


@pytest.mark.parametrize(
    ("question", "category", "text"),
    [
        (
            "What is a foundation model?",
            "Evaluation",
            "The glossary does not answer this in the category “Evaluation”. The nearest terms",
        ),
        (
            "ما هو النموذج الأساسي؟",
            "التقييم",
            "لا يجيب المسرد عن هذا السؤال في فئة «التقييم». أقرب مصطلحاته",
        ),
    ],
)
def test_within_another_category_it_is_not_and_the_nearest_are_of_that_one(
    assistant: Assistant, question: str, category: str, text: str
) -> None:
    answer = assistant.ask(question, category=category)
    assert answer.status == "not_in_glossary"
    assert answer.text.startswith(text)
    assert len(answer.nearest) == 3
    assert {near.entry_id for near in answer.nearest} <= assistant.glossary.within(category)


@pytest.mark.parametrize("category", ["Models", "Training", "التكييف"])
def test_within_a_category_follow_ups_are_answered_in_it(
    assistant: Assistant, category: str
) -> None:
    within = assistant.glossary.within(category)
    for entry_id in sorted(within)[:6]:
        entry = assistant.glossary.get(entry_id, "en")
        assert entry is not None
        answer = assistant.ask(f"What is {entry.term}?", category=category)
        assert {citation.entry_id for citation in answer.citations} <= within
        for offer in answer.follow_ups:
            assert assistant.ask(offer, category=category).status == "answered", offer


def test_a_conversation_goes_on_within_a_category_as_far_as_that_reaches(
    assistant: Assistant,
) -> None:
    first = assistant.ask("What is a context window?")
    assert assistant.ask("and an example?", [first], category="Inference").status == "answered"
    assert assistant.ask("and an example?", [first], category="Data").status == "not_in_glossary"


def test_small_talk_is_of_no_category(assistant: Assistant) -> None:
    assert assistant.ask("hello", category="Models").status == "chat"


def test_an_empty_category_is_the_whole_glossary(assistant: Assistant) -> None:
    assert assistant.ask("What is a token?", category="").status == "answered"


def test_an_unknown_category_is_an_error_that_names_those_there_are(assistant: Assistant) -> None:
    with pytest.raises(SettingsError) as caught:
        assistant.ask("What is a token?", category="Fish")
    message = str(caught.value)
    assert message.startswith("The glossary has no category “Fish”: choose one of ")
    assert all(name in message for name in assistant.glossary.categories("en"))


def test_where_there_are_no_categories_the_error_says_so(tea: Assistant) -> None:
    with pytest.raises(SettingsError, match=r"^The glossary has no category “Fish”: it has none"):
        tea.ask("What is a kettle?", category="Fish")
