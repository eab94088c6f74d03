import threading

import pytest

from assistant import SettingsError
from assistant.answer import Answer
from assistant.assistant import Assistant


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


def test_eight_threads_get_the_answers_that_one_gets(assistant: Assistant) -> None:
    questions = ["What is RAG?", "ما المحوّل؟", "What is inference?", "ما الهلوسة؟"] * 2
    alone = [assistant.ask(question).text for question in questions]
    together = dict[int, Answer]()

    def ask(number: int) -> None:
        together[number] = assistant.ask(questions[number])

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(len(questions))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [together[n].text for n in range(len(questions))] == alone


def test_a_conversation_goes_on_within_a_category(assistant: Assistant) -> None:
    first = assistant.ask("What is a context window?")
    second = assistant.ask("and an example?", [first], category="Inference")
    assert {c.entry_id for c in second.citations} == {"context-window"}


def test_where_there_are_no_categories_the_error_says_so(tea: Assistant) -> None:
    with pytest.raises(SettingsError, match=r"^The glossary has no category “Fish”: it has none"):
        tea.ask("What is a kettle?", category="Fish")
