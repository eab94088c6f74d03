"""Answers in parts: several things asked, several terms, lists, and other languages."""

from pathlib import Path

import pytest

from assistant.answer import Answer, Began, Done, Lead, Part, Sentence, Text, joined
from assistant.assistant import Assistant
from assistant.settings import Settings
from tests.conftest import TEA


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
def test_a_comparison_comes_in_parallel_parts_and_tells_where_one_speaks_of_the_other(
    assistant: Assistant, question: str, terms: tuple[str, str]
) -> None:
    answer = assistant.ask(question)
    assert tuple(_leads(answer)[:2]) == terms
    assert [_entries(answer, part) for part in answer.parts[:2]] == [
        {"fine-tuning"},
        {"pre-training"},
    ]
    assert len(answer.parts) > 2
    for part in answer.parts[2:]:
        assert all(term in part.lead for term in terms)
    assert answer.focus == ("fine-tuning", "pre-training")


@pytest.mark.parametrize(
    ("question", "lead"),
    [
        ("What is in the category Models?", "Terms in the category “Models”: 33."),
        ("ما مصطلحات فئة النماذج؟", "عدد مصطلحات فئة «النماذج»: 33"),
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
    ("question", "category"),
    [
        ("What is in the category Data?", "Data"),
        ("List the terms", "Data"),
        ("What terms are there?", "البيانات"),
        ("اذكر المصطلحات", "البيانات"),
        ("Which terms are about tokens?", "Data"),
        ("Which terms are related to tokenisation?", "Data"),
    ],
)
def test_within_a_category_a_list_is_of_that_category(
    assistant: Assistant, question: str, category: str
) -> None:
    answer = assistant.ask(question, category=category, length="full")
    assert [part.listed for part in answer.parts] == [True]
    cited, within = {c.entry_id for c in answer.citations}, assistant.glossary.within("Data")
    assert cited <= within
    if "about" not in question and "related" not in question:
        assert cited == within


@pytest.mark.parametrize(
    "question",
    [
        "What is in the category Models?",
        "List the terms near dropout",
        "Which terms are about GPUs?",
    ],
)
def test_within_a_category_a_list_of_another_is_not_given(
    assistant: Assistant, question: str
) -> None:
    answer = assistant.ask(question, category="Data")
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


@pytest.fixture
def english_only(tmp_path: Path) -> Assistant:
    file = tmp_path / "loom.csv"
    file.write_text(
        "term,definition\nLoom,A loom is a frame on which threads are woven into cloth.\n"
        "Shuttle,A shuttle carries the thread across a loom.\n",
        "utf-8",
    )
    return Assistant.open(Settings(glossary=file, data_dir=tmp_path / "data", _env_file=None))


def test_a_quotation_in_another_language_is_marked_as_such(english_only: Assistant) -> None:
    answer = english_only.ask("ما معنى Loom؟")
    assert answer.language == "ar"
    assert _leads(answer) == ["لا يرد هذا في المسرد إلا بالإنجليزية:"]
    assert [s.language for s in answer.sentences] == ["en"]
    assert answer.sentences[0].text == "A loom is a frame on which threads are woven into cloth."


def test_the_reverse(tea: Assistant) -> None:
    answer = tea.ask("What does النعناع mean?")
    assert answer.language == "en"
    assert _leads(answer) == ["The glossary has this in Arabic only:"]
    assert {s.language for s in answer.sentences} == {"ar"}


def test_events_tell_the_leads_where_they_stand(assistant: Assistant) -> None:
    events = list(assistant.stream("What is the difference between fine-tuning and pre-training?"))
    shown = [e for e in events if isinstance(e, Began | Lead | Text)]
    assert isinstance(shown[0], Began)
    assert [type(e) for e in shown[1:3]] == [Lead, Text]
    done = events[-1]
    assert isinstance(done, Done)
    leads = [e.text for e in shown if isinstance(e, Lead)]
    assert leads == _leads(done.answer)


def test_one_of_two_that_are_compared_is_not_in_the_glossary(assistant: Assistant) -> None:
    answer = assistant.ask("What is the difference between RAG and a database?")
    assert _leads(answer) == [
        "Of what you compare, the glossary has “Retrieval-augmented generation” only:"
    ]


@pytest.mark.parametrize(
    ("length", "count"), [("short", (1, 2)), ("normal", (3, 6)), ("full", (8, 13))]
)
@pytest.mark.parametrize("question", ["What is a token?", "ما الرمز؟"])
def test_length(assistant: Assistant, question: str, length: str, count: tuple[int, int]) -> None:
    answer = assistant.ask(question, length=length)  # type: ignore[arg-type]
    assert count[0] <= len(answer.sentences) <= count[1]
    assert answer.length == length


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
    assert TEA.is_dir()


@pytest.mark.parametrize(
    "question",
    ["How does RAG work?", "What is the point of RAG?", "Who came up with RLHF?", "ما حدود RAG؟"],
)
def test_what_asks_for_nothing_but_a_name_and_a_kind_is_answered(
    assistant: Assistant, question: str
) -> None:
    assert assistant.ask(question).status == "answered"
