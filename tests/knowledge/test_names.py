"""Names: where a question mentions a term of the glossary."""

from dataclasses import replace

import pytest

from knowledge.entry import SUMMARY, Entry, Section
from knowledge.glossary import Glossary
from knowledge.language.text import Span
from knowledge.search.lexicon import Lexicon
from knowledge.search.names import Mention, Names
from tests.knowledge.conftest import DATA


def _entry(entry_id: str, term: str, language: str, *aliases: str) -> Entry:
    return Entry(entry_id, term, language, (Section(SUMMARY, "", "It rises."),), aliases)


def _knowing(*entries: Entry) -> Names:
    """The names of entries, with the words that they use known."""
    return Names(Glossary(DATA, entries), Lexicon.of(entries).knows)


NAMES = Names(
    Glossary(
        DATA,
        (
            _entry("tide", "Tide", "en", "tidal movement"),
            _entry("tide", "المد", "ar", "حركة المد"),
            _entry("spring-tide", "Spring tide", "en", "king tide"),
            _entry("spring-tide", "المد العالي", "ar"),
            _entry("tide-gauge", "Spring tide gauge", "en"),
            _entry("wave", "Wave", "en"),
            _entry("wave", "الموجة", "ar"),
            _entry("boat", "القارب", "ar"),
            _entry("port", "Port", "en"),
            _entry("left", "Left side", "en", "port"),
            _entry("who", "WHO", "en"),
            _entry("limits", "Limits of the tide", "en"),
        ),
    )
)

HARBOUR = _knowing(
    _entry("harbour", "Harbour", "en"),
    _entry("harbour", "الميناء", "ar"),
    _entry("spring-tide", "Spring tide", "en"),
    _entry("tide", "المد", "ar"),
    _entry("current", "Tidal current", "en"),
    _entry("current", "التيار", "ar"),
    _entry("ebb", "Ebb", "en"),
    _entry("shell", "Shell", "en"),
    replace(
        _entry("shoal", "Shoal", "en"),
        sections=(Section(SUMMARY, "", "It lies on a shelf of sand."),),
    ),
)
SWIMMING = _knowing(
    _entry("learning", "التعلم", "ar"),
    _entry("swimming", "تعلم السباحة", "ar"),
    _entry("sea", "البحر الأحمر", "ar"),
    _entry("tide", "المد", "ar"),
    _entry("net", "Cast net", "en"),
)
CHINESE = _knowing(
    _entry("tide", "潮汐", "zh"),
    _entry("spring-tide", "大潮", "zh"),
    _entry("tide-table", "潮汐表", "zh"),
)


@pytest.mark.parametrize(
    ("question", "language", "ids"),
    [
        ("How is bread baked?", "en", ()),
        ("?!", "en", ()),
        ("a spring tide gauge", "en", ("tide-gauge",)),  # the longest, and none within it
        ("spring tide or tide", "en", ("spring-tide", "tide")),  # in the order of the question
        ("ما المد؟", "ar", ("tide",)),
    ],
)
def test_terms_and_aliases_are_found(question: str, language: str, ids: tuple[str, ...]) -> None:
    assert NAMES.find(question, language).entry_ids == ids


@pytest.mark.parametrize(
    ("names", "question", "mention"),
    [
        (NAMES, "the spring tide", ("spring-tide", 1, 3)),
        (NAMES, "the springtide", ("spring-tide", 1, 2)),
        (NAMES, "ما المدعالي؟", ("spring-tide", 1, 2)),
        (NAMES, "What are spring tides?", ("spring-tide", 2, 4)),
        (NAMES, "ما القاربان؟", ("boat", 1, 2)),
        (NAMES, "ما معنى waves؟", ("wave", 2, 3)),
        (HARBOUR, "What is a hrabuor?", ("harbour", 3, 4)),
        (HARBOUR, "What is a sprnig tdie?", ("spring-tide", 3, 5)),
        (SWIMMING, "ma3na ta3allum", ("learning", 1, 2)),
        (SWIMMING, "ta3allum al siba7a", ("swimming", 0, 3)),
        (SWIMMING, "wein al ba7r al a7mar", ("sea", 1, 5)),
    ],
)
def test_a_name_is_found_in_other_forms_and_spellings(
    names: Names, question: str, mention: tuple[str, int, int]
) -> None:
    language = "ar" if names is SWIMMING or question.startswith("ما") else "en"
    entry_id, start, end = mention
    found = names.find(question, language).found
    assert found == (Mention((entry_id,), Span(start, end)),)


@pytest.mark.parametrize("question", ["hrabuer", "eb, ebd and abb", "1984"])
def test_no_other_word_is_taken_for_misspelt(question: str) -> None:
    assert HARBOUR.find(question, "en").found == ()


@pytest.mark.parametrize("question", ["بتيار", "والتيار"])
def test_a_letter_that_is_a_word_is_parted_from_the_name_that_follows(question: str) -> None:
    mentions = HARBOUR.find(f"ما علاقته {question}؟", "ar")
    assert mentions.entry_ids == ("current",)
    assert mentions.words[-1] == "تيار"


@pytest.mark.parametrize(
    ("question", "ids"), [("怎么看潮汐表", ("tide-table",)), ("怎么做面包", ())]
)
def test_a_chinese_name_is_found_within_running_text(question: str, ids: tuple[str, ...]) -> None:
    assert CHINESE.find(question, "zh").entry_ids == ids


def test_every_bundled_name_is_found_alone_and_in_its_question(bundled: Glossary) -> None:
    names = Names(bundled)
    for entry in bundled.entries:
        wrapped = "What is {}?" if entry.language == "en" else "ما معنى {}؟"
        for name in entry.names:
            for question in (name, wrapped.format(name)):
                assert entry.id in names.find(question, entry.language).entry_ids, question


def test_an_acronym_that_is_spelt_as_a_word_of_grammar_is_told_by_its_capitals() -> None:
    assert (
        NAMES.find("What is WHO?", "en").entry_ids == NAMES.find("WHO", "en").entry_ids == ("who",)
    )
    assert NAMES.find("Who measures the tide?", "en").entry_ids == ("tide",)
    assert NAMES.find("WHO MEASURES THE TIDE", "en").entry_ids == ("tide",)
