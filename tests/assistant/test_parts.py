"""Answers in parts: several things asked, several terms, lists, and other languages."""

import pytest

from assistant.answer import Answer
from assistant.assistant import Assistant


def _leads(answer: Answer) -> list[str]:
    return [part.lead for part in answer.parts]


def test_within_a_category_a_list_of_another_is_not_given(assistant: Assistant) -> None:
    answer = assistant.ask("List the terms of the category Models", category="Data")
    assert answer.status == "not_in_glossary"
    assert {near.entry_id for near in answer.nearest} <= assistant.glossary.within("Data")


def test_what_is_around_a_term_is_what_its_entry_names_as_related(assistant: Assistant) -> None:
    answer = assistant.ask("Which terms are related to dropout?")
    entry = assistant.glossary.get("dropout", "en")
    assert entry is not None
    assert answer.focus[0] == "dropout"
    assert set(answer.focus[1:4]) <= set(entry.related)


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("What is a token? And who won the 2018 World Cup?", "World Cup"),
        ("ما هو الرمز؟ ومن فاز بكأس العالم 2018؟", "كأس العالم"),
    ],
)
def test_each_part_of_a_question_is_answered_and_what_is_not_covered_is_said(
    assistant: Assistant, question: str, missing: str
) -> None:
    answer = assistant.ask(question)
    assert answer.status == "answered"
    assert {c.entry_id for c in answer.citations} == {"token"}
    last = answer.parts[-1]
    assert last.start == last.end
    assert missing in last.lead


def test_one_of_two_that_are_compared_is_not_in_the_glossary(assistant: Assistant) -> None:
    answer = assistant.ask("compare fairness and kindness")
    assert _leads(answer) == ["Of what you compare, the glossary has “Fairness” only:"]


@pytest.mark.parametrize("question", ["What is RAG?", "ما الفرق بين الرمز والمعلمة؟", "hello"])
def test_an_answer_comes_back_from_its_json_as_it_was(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert Answer.of_json(answer.as_json()) == answer


def test_a_foreign_quotation_is_still_one_when_it_comes_back(tea: Assistant) -> None:
    answer = tea.ask("What does النعناع mean?")
    assert Answer.of_json(answer.as_json()) == answer
