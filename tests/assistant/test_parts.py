"""Answers in parts: several things asked, several terms, lists, and other languages."""

import pytest

from assistant.answer import Answer, Done, Lead, Part, Sentence, Text, joined
from assistant.assistant import Assistant


def _leads(answer: Answer) -> list[str]:
    return [part.lead for part in answer.parts]


def _entries(answer: Answer, part: Part) -> set[str]:
    by_marker = {c.marker: c.entry_id for c in answer.citations}
    return {by_marker[n] for s in answer.sentences[part.start : part.end] for n in s.citations}


@pytest.mark.parametrize(
    ("question", "terms"),
    [
        (
            "What is the difference between fine-tuning and pre-training?",
            ("Fine-tuning", "Pre-training"),
        ),
        ("ما الفرق بين الضبط الدقيق والتدريب المسبق؟", ("الضبط الدقيق", "التدريب المسبق")),
    ],
)
def test_a_comparison_begins_with_the_contrast_then_tells_of_each_under_its_term(
    assistant: Assistant, question: str, terms: tuple[str, str]
) -> None:
    answer = assistant.ask(question)
    contrast, *sides = answer.parts
    assert (contrast.start, contrast.end) == (0, 1)
    assert [part.lead for part in sides] == list(terms)
    assert [_entries(answer, part) for part in sides] == [{"fine-tuning"}, {"pre-training"}]
    assert answer.focus == ("fine-tuning", "pre-training")


@pytest.mark.parametrize(
    ("question", "lead"),
    [
        ("Which terms are in the category Models?", "Terms in the category “Models”: 33."),
        ("ما المصطلحات في فئة النماذج؟", "عدد مصطلحات فئة «النماذج»: 33"),
    ],
)
def test_a_list_lists_each_item_with_its_citation(
    assistant: Assistant, question: str, lead: str
) -> None:
    answer = assistant.ask(question)
    [part] = answer.parts
    assert part.listed
    assert part.lead.startswith(lead)
    assert len(answer.sentences) == 8
    assert len({c.entry_id for c in answer.citations}) == 8
    assert all(s.citations and s.support == "quoted" for s in answer.sentences)
    assert answer.text.count("\n- ") == 8
    full = assistant.ask(question, length="full")
    assert len(full.sentences) == 33


@pytest.mark.parametrize(
    "question",
    [
        "Which terms are in the category Data?",
        "List the terms in Data",
        "Which terms deal with data?",
    ],
)
def test_within_a_category_its_list_is_all_of_it(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question, category="Data", length="full")
    assert [part.listed for part in answer.parts] == [True]
    assert {c.entry_id for c in answer.citations} == assistant.glossary.within("Data")


@pytest.mark.parametrize(
    "question", ["Which terms are about tokens?", "Which terms are related to tokenisation?"]
)
def test_within_a_category_a_list_of_what_is_near_keeps_to_it(
    assistant: Assistant, question: str
) -> None:
    answer = assistant.ask(question, category="Data")
    assert [part.listed for part in answer.parts] == [True]
    assert {c.entry_id for c in answer.citations} <= assistant.glossary.within("Data")
    assert "token" in answer.focus


def test_within_a_category_a_list_of_another_is_not_given(assistant: Assistant) -> None:
    answer = assistant.ask("List the terms of the category Models", category="Data")
    assert answer.status == "not_in_glossary"
    assert {near.entry_id for near in answer.nearest} <= assistant.glossary.within("Data")


@pytest.mark.parametrize(
    ("question", "category", "lead"),
    [
        (
            "Compare GPT and tokens",
            "Models",
            "Of what you compare, only “GPT” is in the category “Models”:",
        ),
        (
            "ما الفرق بين الرمز والمعلمة؟",
            "البيانات",
            "ليس في فئة «البيانات» مما تقارن بينه إلا «الرمز»:",
        ),
    ],
)
def test_within_a_category_a_comparison_says_which_term_alone_is_in_it(
    assistant: Assistant, question: str, category: str, lead: str
) -> None:
    answer = assistant.ask(question, category=category)
    assert _leads(answer) == [lead]
    assert len(answer.focus) == 1
    assert {c.entry_id for c in answer.citations} == set(answer.focus)


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


def test_no_sentence_is_said_twice(assistant: Assistant) -> None:
    for question in ("What is a token and how does it work?", "tell me everything about RAG"):
        said = [sentence.text for sentence in assistant.ask(question).sentences]
        assert len(said) == len(set(said))


def test_events_tell_the_leads_where_they_stand(assistant: Assistant) -> None:
    events = list(assistant.stream("What is the difference between fine-tuning and pre-training?"))
    shown = [e for e in events if isinstance(e, Lead | Text)]
    done = events[-1]
    assert isinstance(done, Done)
    told = []
    for part in done.answer.parts:
        told += [part.lead] if part.lead else []
        told += [sentence.text for sentence in done.answer.sentences[part.start : part.end]]
    assert [e.text if isinstance(e, Lead) else e.sentence.text for e in shown] == told


def test_one_of_two_that_are_compared_is_not_in_the_glossary(assistant: Assistant) -> None:
    answer = assistant.ask("compare fairness and kindness")
    assert _leads(answer) == ["Of what you compare, the glossary has “Fairness” only:"]


def test_what_is_told_of_both_is_not_said_to_lack_one(assistant: Assistant) -> None:
    answer = assistant.ask("ما الفرق بين التعلم الخاضع للإشراف وغير الخاضع للإشراف")
    assert {c.entry_id for c in answer.citations} > {"unsupervised-learning"}
    assert not any("ليس في المسرد" in lead for lead in _leads(answer))


def test_the_text_is_the_parts_in_order() -> None:
    sentences = (
        Sentence("One.", (1,), "quoted", "en"),
        Sentence("Two.", (1, 2), "quoted", "en"),
        Sentence("Three.", (3,), "quoted", "en"),
    )
    parts = (Part("", 0, 1), Part("A list:", 1, 3, listed=True), Part("Not covered.", 3, 3))
    assert joined(parts, sentences) == (
        "One. [1]\n\nA list:\n- Two. [1][2]\n- Three. [3]\n\nNot covered."
    )


@pytest.mark.parametrize("question", ["What is RAG?", "ما الفرق بين الرمز والمعلمة؟", "hello"])
def test_an_answer_comes_back_from_its_json_as_it_was(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert Answer.of_json(answer.as_json()) == answer


def test_a_foreign_quotation_is_still_one_when_it_comes_back(tea: Assistant) -> None:
    answer = tea.ask("What does النعناع mean?")
    assert Answer.of_json(answer.as_json()) == answer


@pytest.mark.parametrize(
    "question",
    ["How does RAG work?", "What is the point of RAG?", "Who came up with RLHF?", "ما حدود RAG؟"],
)
def test_what_asks_for_nothing_but_a_name_and_a_kind_is_answered(
    assistant: Assistant, question: str
) -> None:
    assert assistant.ask(question).status == "answered"
