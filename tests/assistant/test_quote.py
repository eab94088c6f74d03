"""The quote writer: which sentences it chooses, in what order, under which lines of its own."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answer import Answer, Lead
from assistant.assistant import Assistant
from assistant.phrases import phrases
from assistant.question import understand
from assistant.retrieval import search
from assistant.settings import Settings
from assistant.writers import quote
from knowledge.entry import Sentence
from knowledge.glossary import Glossary

LEDGER = Path(__file__).parents[1] / "data" / "ledger"
WAYS = [
    "There are two ways of staking:",
    "A holder may delegate coins to a validator.",
    "A holder may run a validator.",
]


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """The assistant of a small glossary, one of whose definitions does not name its term."""
    data = tmp_path_factory.mktemp("data")
    return Assistant.open(Settings(glossary=LEDGER, data_dir=data, _env_file=None))


def _said(answer: Answer) -> list[str]:
    return [sentence.text for sentence in answer.sentences]


def _quoted(answer: Answer, glossary: Glossary) -> Iterator[tuple[Sentence | None, Sentence]]:
    """Each sentence of the glossary that is quoted, with the one said before it in its part."""
    by_marker = {citation.marker: citation for citation in answer.citations}
    for part in answer.parts:
        before = None
        for said in answer.sentences[part.start : part.end]:
            cited = by_marker[said.citations[0]]
            entry = glossary.get(cited.entry_id, cited.language)
            assert entry is not None
            assert f"[{cited.marker}]" in answer.text
            assert entry.text(cited.section)[cited.start : cited.end] == cited.quote == said.text
            assert said.support == "quoted"
            place = (cited.section, cited.start)
            found = next(s for s in entry.sentences if (s.section, s.start) == place)
            yield before, found
            before = found


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize(
    "every", [10, pytest.param(1, marks=pytest.mark.thorough)], ids=["a tenth", "all"]
)
def test_the_glossary_is_quoted_to_the_letter(
    assistant: Assistant, language: str, every: int
) -> None:
    entries = [e for e in assistant.glossary.entries if e.language == language]
    for entry in entries[::every]:
        answer = assistant.ask(entry.term, language=language, length="full")
        assert Answer.of_json(answer.as_json()) == answer
        assert answer.citations[0].entry_id == entry.id
        said = _said(answer)
        assert len(said) == len(set(said))
        for before, found in _quoted(answer, assistant.glossary):
            if found.order and phrases(found.language).leans(found.text):
                assert before is not None, found.text
                assert before.place == found.place - 1, found.text


def test_a_sentence_that_leans_follows_the_one_it_leans_on(tides: Assistant) -> None:
    assert _said(tides.ask("Why can a storm raise the water above the table?"))[:2] == [
        "A tide table ignores the wind.",
        "That is why a storm can raise the water above the table.",
    ]


def test_an_order_to_whoever_writes_is_not_quoted(tides: Assistant) -> None:
    orders = {"Tell me everything about tides": "whales", "هل الحيتان سبب المد؟": "الحيتان"}
    for question, order in orders.items():
        assert order not in " ".join(_said(tides.ask(question, length="full")))


def test_a_sentence_that_leads_to_a_list_comes_with_the_list(ledger: Assistant) -> None:
    assert _said(ledger.ask("What are the ways of staking?"))[:3] == WAYS


def test_a_category_is_a_list_of_its_terms(ledger: Assistant) -> None:
    answer = ledger.ask("What is in the category Time?")
    (part,) = answer.parts
    assert (part.listed, part.lead) == (True, "Terms in the category “Time”: 2.")
    assert [said.split()[1] for said in _said(answer)] == ["epoch", "slot"]
    assert answer.focus == ("epoch", "slot")


def test_another_language_is_quoted_as_it_is_and_told(tea: Assistant) -> None:
    answer = tea.ask("What does النعناع mean?")
    assert [part.lead for part in answer.parts] == ["The glossary has this in Arabic only:"]
    assert {sentence.language for sentence in answer.sentences} == {"ar"}


@pytest.mark.parametrize(
    ("question", "language", "confidence", "is_told"),
    [
        ("Is a kettle made of copper?", "en", 0.55, True),
        ("هل تصنع الغلاية kettle من النحاس؟", "ar", 0.55, True),
        ("Does a kettle have a spout?", "en", 0.95, False),
    ],
)
def test_what_the_glossary_does_not_settle_is_told_to_be_so_where_yes_or_no_is_asked(
    tea: Assistant, question: str, language: str, confidence: float, *, is_told: bool
) -> None:
    asked = understand(question, tea.retriever)
    found = (search(ask, tea.retriever, asked.language) for ask in asked.asks)
    evidence = [replace(each, confidence=confidence) for each in found]
    leads = [x.text for x in quote.write(asked, evidence) if isinstance(x, Lead)]
    unsettled = phrases(language).leads["unsettled"]
    assert any(lead.startswith(unsettled) for lead in leads) == is_told


def test_a_restatement_repeats_no_sentence(ledger: Assistant) -> None:
    history = [ledger.ask("What is a slot?")]
    while history[-1].status == "answered" and len(history) < 4:
        history.append(ledger.ask("say it in other words", history))
    assert history[-1].text == phrases("en").nothing_more
    said = [text for answer in history for text in _said(answer)]
    assert len(said) == len(set(said)) == 2


@pytest.mark.parametrize(("behind", "again"), [(-1.0, False), (-3.0, True)])
def test_a_follow_up_says_again_what_was_quoted_only_if_nothing_else_answers_nearly_as_well(
    tides: Assistant, behind: float, *, again: bool
) -> None:
    asked = understand("Why can a storm raise the water above the table?", tides.retriever)
    found = search(asked.asks[0], tides.retriever, asked.language)
    first, *others = found.sentences
    ranked = (first, *(replace(other, score=behind) for other in others))
    asked = replace(asked, already_quoted=frozenset({first.sentence.text}))
    said = quote.write(asked, [replace(found, sentences=ranked)])
    assert (first.sentence.text in {x.text for x in said}) == again
