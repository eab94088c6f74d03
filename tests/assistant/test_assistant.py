import threading

import pytest

from assistant import SettingsError
from assistant.answer import Answer, Done, Found, Text
from assistant.assistant import Assistant
from knowledge.search.evidence import Trace
from knowledge.search.ranker import likelihood


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
        ("What is a samovar?", "The glossary does not answer this."),
        ("How many cups of tea fill from a samovar?", "The glossary does not answer this."),
        ("ما هو السماور؟", "لا يجيب المسرد عن هذا السؤال."),
    ],
)
def test_what_the_glossary_does_not_say_is_not_said(
    assistant: Assistant, question: str, phrase: str
) -> None:
    answer = assistant.ask(question)
    assert answer.status == "not_in_glossary"
    assert answer.text.startswith(phrase)
    assert not answer.sentences
    assert len(answer.nearest) <= 3
    assert all(near.term in answer.text for near in answer.nearest)


def test_what_it_says_of_a_term_that_is_asked_about_otherwise_is_offered(
    assistant: Assistant,
) -> None:
    answer = assistant.ask("How much does dropout cost in euros?")
    assert answer.status == "not_in_glossary"
    assert answer.nearest[0].entry_id == "dropout"


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


def _traces(assistant: Assistant, question: str) -> tuple[Answer, tuple[Trace, ...]]:
    found, *_, done = assistant.stream(question)
    assert isinstance(found, Found)
    assert isinstance(done, Done)
    return done.answer, found.traces


@pytest.mark.parametrize("question", ["What is a kettle?", "ما هو النعناع؟", "What is a samovar?"])
def test_how_an_answer_came_about_is_told_as_it_came_about(tea: Assistant, question: str) -> None:
    answer, (trace,) = _traces(tea, question)
    assert trace.question == answer.understood
    assert trace.confidence == answer.confidence
    assert trace.answerable == (answer.status == "answered")
    assert trace.intents[0][0] == answer.intent
    assert likelihood(sum(trace.reasons.values())) == pytest.approx(trace.confidence, abs=0.01)
    scores = [entry.score for entry in trace.entries]
    assert scores == sorted(scores, reverse=True)
    assert trace.sentences[0].score == 0.0


def test_every_quote_is_among_the_sentences_that_were_weighed(tea: Assistant) -> None:
    answer, traces = _traces(tea, "What is a kettle and how many cups fill from a teapot?")
    assert [trace.named for trace in traces] == [("Kettle",), ("Teapot",)]
    weighed = {(s.entry_id, s.section, s.start) for trace in traces for s in trace.sentences}
    assert {(c.entry_id, c.section, c.start) for c in answer.citations} <= weighed


def test_an_answer_says_who_put_its_question_by_itself(tea: Assistant) -> None:
    first = tea.ask("What is a kettle?")
    second = tea.ask("How does it work?", [first])
    assert (first.rewording, second.rewording) == ("none", "rules")
    assert second.understood == "Kettle: How does it work?"
    assert (second.intent, second.spoken) == ("mechanism", "en")


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
    assert set(times) == {"understand", "retrieve", "write", "verify", "total"}
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
            "What is a token?",
            "Evaluation",
            "The glossary does not answer this in the category “Evaluation”.",
        ),
        ("ما هو الرمز؟", "التقييم", "لا يجيب المسرد عن هذا السؤال في فئة «التقييم»."),
    ],
)
def test_within_another_category_it_is_not_and_the_nearest_are_of_that_one(
    assistant: Assistant, question: str, category: str, text: str
) -> None:
    answer = assistant.ask(question, category=category)
    assert answer.status == "not_in_glossary"
    assert answer.text.startswith(text)
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


def test_a_conversation_goes_on_within_a_category(assistant: Assistant) -> None:
    first = assistant.ask("What is a context window?")
    second = assistant.ask("and an example?", [first], category="Inference")
    assert {c.entry_id for c in second.citations} == {"context-window"}


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
