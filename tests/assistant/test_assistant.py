"""The assistant by itself: what it answers, what it does not, and what an answer holds."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from assistant.answer import Answer, Found
from assistant.assistant import Assistant
from assistant.phrases import phrases
from knowledge.search.ranker import likelihood


def test_what_the_glossary_does_not_say_is_not_said(assistant: Assistant) -> None:
    for question, phrase in {
        "How many cups of tea fill from a samovar?": "The glossary does not answer this.",
        "ما هو السماور؟": "لا يجيب المسرد عن هذا السؤال.",
    }.items():
        answer = assistant.ask(question)
        assert answer.status == "not_in_glossary"
        assert answer.text.startswith(phrase)
        assert not answer.sentences
        assert all(near.term in answer.text for near in answer.nearest)


@pytest.mark.parametrize(
    ("question", "nearest"),
    [
        ("how do I cook koshari", set()),
        ("ازاي اعمل كشري", set()),
        ("And who won the 2018 World Cup?", set()),
        ("ما هو مرشح كالمان", {"state-space-model"}),
    ],
)
def test_only_what_is_near_in_itself_is_offered(
    assistant: Assistant, question: str, nearest: set[str]
) -> None:
    answer = assistant.ask(question)
    assert answer.status == "not_in_glossary"
    assert {near.entry_id for near in answer.nearest} == nearest


def test_how_an_answer_came_about_is_told_as_it_came_about(tea: Assistant) -> None:
    found, *_, done = tea.stream("What is a kettle?")
    assert isinstance(found, Found)
    (trace,) = found.traces
    assert trace.confidence == done.answer.confidence  # type: ignore[union-attr]
    assert likelihood(sum(trace.reasons.values())) == pytest.approx(trace.confidence, abs=0.01)


def test_eight_threads_get_the_answers_that_one_gets(assistant: Assistant) -> None:
    questions = ["What is RAG?", "ما المحوّل؟", "What is inference?", "ما الهلوسة؟"] * 2
    alone = [assistant.ask(question).text for question in questions[:4]] * 2
    with ThreadPoolExecutor(8) as pool:
        together = [answer.text for answer in pool.map(assistant.ask, questions)]
    assert together == alone


# Within a category


def test_within_another_category_it_is_not_answered(assistant: Assistant) -> None:
    for question in ("What is a token?", "List the terms of the category Models"):
        answer = assistant.ask(question, category="Evaluation")
        assert answer.status == "not_in_glossary"
        assert {near.entry_id for near in answer.nearest} <= assistant.glossary.within("Evaluation")
    first = assistant.ask("What is a context window?")  # a conversation goes on within it
    second = assistant.ask("and an example?", [first], category="Inference")
    assert {c.entry_id for c in second.citations} == {"context-window"}


# Several things, several terms


def test_a_comparison_is_the_contrast_then_each_term(assistant: Assistant) -> None:
    answer = assistant.ask("What is the difference between fine-tuning and pre-training?")
    contrast, table = answer.parts
    assert (contrast.start, contrast.end, table.lead) == (0, 1, "")
    cells = [s.cell for s in answer.sentences[table.start :]]
    assert cells[:2] == [("Definition", "Fine-tuning"), ("Definition", "Pre-training")]
    assert [row for row, _ in cells[::2]] == [row for row, _ in cells[1::2]]
    assert cells[2:]
    assert {s.support for s in answer.sentences} == {"quoted"}
    assert "| Definition | Fine-tuning is " in answer.text
    assert Answer.of_json(answer.as_json()) == answer
    assert answer.focus == ("fine-tuning", "pre-training")
    (part,) = assistant.ask("compare fairness and kindness").parts
    assert part.lead == phrases("en").leads["one_sided"].format(term="Fairness")


@pytest.mark.parametrize(
    "question", ["What are the steps of k-means?", "كيف يعمل التوليد المعزز بالاسترجاع؟"]
)
def test_steps_are_numbered_in_their_order(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    part = next(part for part in answer.parts if part.listed == "numbered")
    steps = answer.sentences[part.start : part.end]
    cited = [c for s in steps for c in answer.citations if c.marker in s.citations]
    assert len(cited) > 2
    assert {c.section for c in cited} == {"how"}
    assert [c.start for c in cited] == sorted(c.start for c in cited)
    assert f"1. {cited[0].quote}" in answer.text


def test_each_part_of_a_question_is_answered_or_told_of(assistant: Assistant) -> None:
    answer = assistant.ask("What is a token? And who won the 2018 World Cup?")
    assert {c.entry_id for c in answer.citations} == {"token"}
    last = answer.parts[-1]
    assert last.start == last.end
    assert "World Cup" in last.lead
