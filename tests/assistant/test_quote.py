"""The quote writer: which sentences it chooses, in what order, under which lines of its own."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answer import Answer, Lead, Length
from assistant.assistant import Assistant
from assistant.phrases import phrases
from assistant.question import understand
from assistant.retrieval import search
from assistant.settings import Settings
from assistant.writers.quote import QuoteWriter
from knowledge.entry import Sentence
from knowledge.glossary import BUNDLED, Glossary
from tests.conftest import IN_PARTS

TIDES = Path(__file__).parents[1] / "data" / "tides"
LEDGER = {
    "rent": """\
---
term: Rent
category: Fees
---

A fee mechanism that charges accounts for the storage that they take up on the chain.

## How it works

The runtime collects the fee from every account once an epoch.

## Example

Ana opens an account with 165 bytes of data. The runtime charges 19 coins a year for it. She
deposits 38 coins, which covers two years. From then on her account is exempt.
""",
    "epoch": """\
---
term: Epoch
category: Time
---

An epoch is a period of two days during which the list of leaders stays the same. Unlike a slot, an
epoch spans 432,000 blocks. It ends when the last block of the list is confirmed.
""",
    "slot": """\
---
term: Slot
category: Time
---

A slot is the time of 400 milliseconds in which one leader may produce a block. A slot without a
block is skipped.
""",
    "staking": """\
---
term: Staking
category: Fees
---

Staking is the locking of coins by a holder in support of a validator. There are two ways of
staking:

- A holder may delegate coins to a validator.
- A holder may run a validator.
""",
}
RENT = "A fee mechanism that charges accounts for the storage that they take up on the chain."
EXAMPLE = [
    "Ana opens an account with 165 bytes of data.",
    "The runtime charges 19 coins a year for it.",
    "She deposits 38 coins, which covers two years.",
    "From then on her account is exempt.",
]
KETTLE = "A kettle is a vessel for boiling water."
TEAPOT = "A teapot is a vessel for steeping tea leaves in hot water."


def _open(folder: Path, data: Path) -> Assistant:
    return Assistant.open(Settings(glossary=folder, data_dir=data, _env_file=None))


def _written(folder: Path, entries: Mapping[str, str]) -> Path:
    for name, text in entries.items():
        (folder / f"{name}.md").write_text(text, "utf-8")
    return folder


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """The assistant of a small glossary, one of whose definitions does not name its term."""
    folder = _written(tmp_path_factory.mktemp("ledger"), LEDGER)
    return _open(folder, tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="module")
def tides(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """The assistant of a glossary whose sentences lean, repeat each other and give orders."""
    return _open(TIDES, tmp_path_factory.mktemp("tides"))


def _said(answer: Answer) -> list[str]:
    return [sentence.text for sentence in answer.sentences]


def _leads(answer: Answer) -> list[str]:
    return [part.lead for part in answer.parts]


def _parts(answer: Answer) -> list[tuple[str, list[str]]]:
    return [(part.lead, _said(answer)[part.start : part.end]) for part in answer.parts]


def _quoted(answer: Answer, glossary: Glossary) -> Iterator[tuple[Sentence | None, Sentence]]:
    """Each sentence of the glossary that is quoted, with the one said before it in its part."""
    by_marker = {citation.marker: citation for citation in answer.citations}
    for part in answer.parts:
        before = None
        for said in answer.sentences[part.start : part.end]:
            (marker,) = said.citations
            cited = by_marker[marker]
            entry = glossary.get(cited.entry_id, cited.language)
            assert entry is not None
            assert entry.language == cited.language
            assert entry.text(cited.section)[cited.start : cited.end] == cited.quote == said.text
            assert said.support == "quoted"
            place = (cited.section, cited.start)
            found = next(s for s in entry.sentences if (s.section, s.start) == place)
            yield before, found
            before = found


# Which sentences


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("What is a kettle?", KETTLE),
        ("What is a teapot?", TEAPOT),
        (
            "When was the first electric kettle sold, and by whom?",
            "The first electric kettle was sold in 1891 by a company in Chicago.",
        ),
        ("How many cups fill from a teapot?", "Four cups fill from one teapot of one litre."),
        ("Unlike a teapot, where does a kettle stand?",
         "Unlike a teapot, a kettle stands on the heat."),
        ("ما هو النعناع؟", "النعناع نبات عطري تضاف أوراقه الطازجة إلى الشاي."),
    ],
)  # fmt: skip
def test_the_sentence_that_answers_comes_first_and_can_be_all(
    tea: Assistant, question: str, sentence: str
) -> None:
    assert _said(tea.ask(question))[0] == sentence
    assert _said(tea.ask(question, length="short")) == [sentence]


def test_a_word_that_is_only_mentioned_is_answered_by_its_mention(tea: Assistant) -> None:
    answer = tea.ask("What is lime on a coil in hard water?")
    assert _said(answer)[0] == "Hard water leaves lime on the coil."


@pytest.mark.parametrize(
    "question", ["What is a foundation model?", "ما هو الرمز؟", "How does RAG work?"]
)
def test_a_longer_answer_says_what_a_shorter_one_says_and_more(
    assistant: Assistant, question: str
) -> None:
    short, normal, full = (
        _said(assistant.ask(question, length=length)) for length in ("short", "normal", "full")
    )
    assert len(short) == 1
    assert short[0] == normal[0] == full[0]
    assert set(normal) < set(full)
    assert len(normal) <= 4
    assert len(full) <= 9


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("part", IN_PARTS)
def test_the_bundled_glossary_is_quoted_to_the_letter_and_no_sentence_stands_without_its_context(
    assistant: Assistant, language: str, part: slice
) -> None:
    entries = [e for e in assistant.glossary.entries if e.language == language][part]
    for entry in entries:
        answer = assistant.ask(entry.term, language=language, length="full")
        assert answer.citations[0].entry_id == entry.id
        said = _said(answer)
        assert len(said) == len(set(said))
        for before, found in _quoted(answer, assistant.glossary):
            if found.order and phrases(found.language).leans(found.text):
                assert before is not None, found.text
                assert before.place == found.place - 1, found.text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (
            "Why can a storm raise the water above the table?",
            [
                "A tide table ignores the wind.",
                "That is why a storm can raise the water above the table.",
            ],
        ),
        (
            "لماذا قد تعلو العاصفة بالماء فوق الجدول؟",
            ["تتجاهل جداول المد أثر الرياح.", "ولهذا قد تعلو العاصفة بالماء فوق الجدول."],
        ),
    ],
)
def test_a_sentence_that_leans_follows_the_one_it_leans_on(
    tides: Assistant, question: str, said: list[str]
) -> None:
    assert _said(tides.ask(question)) == said


@pytest.mark.parametrize("length", ["short", "normal", "full"])
@pytest.mark.parametrize(
    "question", ["What are the limits of a tide?", "ما حدود المد؟", "What is a tide?", "ما المد؟"]
)
def test_no_answer_begins_with_a_sentence_that_leans(
    tides: Assistant, question: str, length: Length
) -> None:
    answer = tides.ask(question, length=length)
    assert not phrases(answer.language).leans(_said(answer)[0])


def test_what_says_the_same_is_said_once(tides: Assistant) -> None:
    said = _said(tides.ask("What does the pull of the moon do to the water?", length="full"))
    twice = {
        "The pull of the moon raises the water on the near side.",
        "The moon's pull raises the water on its near side twice.",
    }
    assert len(twice.intersection(said)) == 1


@pytest.mark.parametrize(
    ("question", "order"),
    [("Tell me everything about tides", "whales"), ("هل الحيتان سبب المد؟", "الحيتان")],
)
def test_an_order_to_whoever_writes_is_not_quoted(
    tides: Assistant, question: str, order: str
) -> None:
    assert order not in " ".join(_said(tides.ask(question, length="full")))


@pytest.mark.parametrize("length", ["short", "normal"])
def test_an_example_is_told_whole_in_its_order(ledger: Assistant, length: Length) -> None:
    assert _said(ledger.ask("Give me an example of rent", length=length)) == EXAMPLE


def test_a_sentence_that_leads_to_a_list_comes_with_the_list(ledger: Assistant) -> None:
    assert _said(ledger.ask("What are the ways of staking?"))[:3] == [
        "There are two ways of staking:",
        "A holder may delegate coins to a validator.",
        "A holder may run a validator.",
    ]


# Under which lines


def test_a_definition_that_does_not_name_its_term_is_led_by_it(ledger: Assistant) -> None:
    answer = ledger.ask("What is rent?")
    collected = "The runtime collects the fee from every account once an epoch."
    assert _parts(answer) == [("Rent:", [RENT, collected])]
    assert answer.text == f"Rent:\n{RENT} [1] {collected} [2]"
    assert answer.citations[0].quote == RENT


def test_one_that_names_it_is_not(ledger: Assistant) -> None:
    assert _leads(ledger.ask("What is a slot?")) == [""]


@pytest.mark.parametrize(
    "question",
    [
        "What is the difference between a kettle and a teapot?",
        "How does a kettle differ from a teapot?",
    ],
)
def test_a_comparison_begins_with_what_states_the_contrast_then_tells_of_each(
    tea: Assistant, question: str
) -> None:
    contrast, *sides = _parts(tea.ask(question))
    assert contrast == ("", ["Unlike a teapot, a kettle stands on the heat."])
    assert [(lead, said[0]) for lead, said in sides] == [("Kettle", KETTLE), ("Teapot", TEAPOT)]


def test_the_contrast_is_stated_wherever_it_stands(ledger: Assistant) -> None:
    contrast, *sides = _parts(ledger.ask("What is the difference between a slot and an epoch?"))
    assert contrast == ("", ["Unlike a slot, an epoch spans 432,000 blocks."])
    assert [lead for lead, _ in sides] == ["Slot", "Epoch"]


def test_each_of_several_things_asked_is_answered_in_a_part_of_its_own(tea: Assistant) -> None:
    answer = tea.ask("What is a kettle and when was the first electric one sold?")
    first, second = _parts(answer)
    assert first[1][0] == KETTLE
    assert second[1][0].startswith("The first electric kettle was sold in 1891")
    assert not set(first[1]) & set(second[1])


def test_a_category_is_a_list_of_its_terms_each_told_by_its_first_sentence(
    ledger: Assistant,
) -> None:
    answer = ledger.ask("What is in the category Time?")
    (part,) = answer.parts
    assert part.listed
    assert part.lead == "Terms in the category “Time”: 2."
    assert [said.split()[1] for said in _said(answer)] == ["epoch", "slot"]
    assert answer.focus == ("epoch", "slot")


def test_what_is_written_in_another_language_is_quoted_as_it_is_and_led_by_that(
    tea: Assistant,
) -> None:
    english = tea.ask("What does النعناع mean?")
    assert english.language == "en"
    assert _leads(english) == ["The glossary has this in Arabic only:"]
    assert _said(english)[0] == "النعناع نبات عطري تضاف أوراقه الطازجة إلى الشاي."
    assert {sentence.language for sentence in english.sentences} == {"ar"}
    arabic = tea.ask("ما معنى Kettle؟")
    assert arabic.language == "ar"
    assert _leads(arabic) == ["لا يرد هذا في المسرد إلا بالإنجليزية:"]
    assert _said(arabic)[0] == KETTLE
    assert {sentence.language for sentence in arabic.sentences} == {"en"}


@pytest.mark.parametrize(
    ("question", "language", "confidence", "is_told"),
    [
        ("Is a kettle made of copper?", "en", 0.55, True),
        ("هل تصنع الغلاية kettle من النحاس؟", "ar", 0.55, True),
        ("Does a kettle have a spout?", "en", 0.95, False),
        ("What is a kettle?", "en", 0.55, False),
    ],
)
def test_what_the_glossary_does_not_settle_is_told_to_be_so_where_yes_or_no_is_asked(
    tea: Assistant, question: str, language: str, confidence: float, *, is_told: bool
) -> None:
    asked = understand(question, tea.retriever)
    evidence = [
        replace(search(ask, tea.retriever, asked.language), confidence=confidence)
        for ask in asked.asks
    ]
    leads = [x.text for x in QuoteWriter().write(asked, evidence) if isinstance(x, Lead)]
    unsettled = phrases(language).leads["unsettled"]
    assert any(lead.startswith(unsettled) for lead in leads) == is_told


# Said again, and not at all


@pytest.mark.parametrize(
    ("question", "again"),
    [
        ("What is a token?", "in simpler words"),
        ("How does fine-tuning work?", "I don't get it"),
        ("What is hallucination?", "could you rephrase that"),
        ("ما هو الرمز؟", "مش فاهم"),
        ("كيف يعمل الضبط الدقيق؟", "بكلام أبسط"),
    ],
)
def test_a_restatement_repeats_no_sentence(assistant: Assistant, question: str, again: str) -> None:
    first = assistant.ask(question)
    second = assistant.ask(again, [first])
    assert second.status == "answered"
    assert {c.entry_id for c in second.citations} == {first.citations[0].entry_id}
    assert not set(_said(first)) & set(_said(second))


def test_in_simpler_words_it_is_the_example(ledger: Assistant) -> None:
    first = ledger.ask("What is rent?")
    assert _said(ledger.ask("explain it in simpler words", [first])) == EXAMPLE


def test_once_all_is_told_that_is_said(ledger: Assistant) -> None:
    history = [ledger.ask("What is a slot?")]
    while history[-1].status == "answered" and len(history) < 4:
        history.append(ledger.ask("say it in other words", history))
    assert history[-1].text == "The glossary says no more about this than I have told."
    said = [text for answer in history for text in _said(answer)]
    assert len(said) == len(set(said)) == 2


@pytest.mark.parametrize(
    "question",
    [
        "Write me a poem about the spring",
        "اكتب لي قصيدة عن الربيع",
        "كم الساعة الآن؟",
    ],
)
def test_what_no_glossary_gives_is_declined_and_nothing_offered_instead(
    assistant: Assistant, question: str
) -> None:
    answer = assistant.ask(question)
    assert answer.status == "not_in_glossary"
    assert answer.text == phrases(answer.language).replies["outside"]
    assert not answer.nearest


@pytest.mark.parametrize(
    ("question", "term"),
    [
        ("Write me a poem about transformers", "Transformer"),
        ("Write Python code for gradient descent", "Gradient descent"),
        ("اكتب لي قصيدة عن المحولات", "المحوّل"),
        ("اكتب كود بايثون للانحدار التدريجي", "الانحدار التدريجي"),
    ],
)
def test_where_it_names_a_term_that_is_offered_in_one_line(
    assistant: Assistant, question: str, term: str
) -> None:
    answer = assistant.ask(question)
    assert answer.status == "not_in_glossary"
    assert answer.nearest[0].term == term
    assert term in answer.text
    assert "\n" not in answer.text


def test_the_bundled_glossary_is_the_default() -> None:
    assert Path(Settings(_env_file=None).glossary) == BUNDLED
