"""Names: where a question mentions a term of the glossary."""

from dataclasses import replace

import pytest

from knowledge.entry import SUMMARY, Entry, Section
from knowledge.glossary import Glossary
from knowledge.language.text import Span
from knowledge.search.lexicon import Lexicon
from knowledge.search.names import MatchKind, Mention, Names
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


def _only(names: Names, question: str, language: str) -> Mention:
    """The one name that a question mentions."""
    (mention,) = names.find(question, language).found
    return mention


def _ids(question: str, language: str = "en") -> tuple[str, ...]:
    return NAMES.find(question, language).entry_ids


@pytest.mark.parametrize(
    ("question", "ids"), [("What is a tide?", ("tide",)), ("How is bread baked?", ()), ("?!", ())]
)
def test_terms_and_aliases_are_found_in_the_order_of_the_question(
    question: str, ids: tuple[str, ...]
) -> None:
    assert _ids(question) == ids


@pytest.mark.parametrize(
    ("question", "ids"),
    [
        ("a spring tide gauge", ("tide-gauge",)),
        ("spring tide or tide", ("spring-tide", "tide")),
        ("ما المد؟", ("tide",)),
    ],
)
def test_the_longest_name_is_found_and_none_within_it(question: str, ids: tuple[str, ...]) -> None:
    assert _ids(question, "ar" if question.startswith("ما") else "en") == ids


@pytest.mark.parametrize(
    ("question", "language", "entry_id"),
    [
        ("What are spring tides?", "en", "spring-tide"),
        ("ما القاربان؟", "ar", "boat"),
        ("ما معنى waves؟", "ar", "wave"),
    ],
)
def test_a_plural_is_found_by_its_stem(question: str, language: str, entry_id: str) -> None:
    mention = _only(NAMES, question, language)
    assert mention.entry_ids == (entry_id,)
    assert mention.by == "stems"


@pytest.mark.parametrize(
    ("question", "by", "words"),
    [
        pytest.param("the springtide", "joined", (1, 2), id="one word"),
        pytest.param("the spring tide", "letters", (1, 3), id="as it is written"),
        pytest.param("ما المدعالي؟", "joined", (1, 2), id="Arabic"),
    ],
)
def test_a_name_is_found_whatever_spaces_it_is_written_with(
    question: str, by: MatchKind, words: tuple[int, int]
) -> None:
    assert _only(NAMES, question, "ar" if "ما" in question else "en") == Mention(
        ("spring-tide",), Span(*words), by
    )


@pytest.mark.parametrize(
    ("question", "entry_id"),
    [
        pytest.param("What is a harbuor?", "harbour", id="two letters swapped"),
        pytest.param("What is a hrabuor?", "harbour", id="two slips in a long word"),
        pytest.param("What is a sprnig tdie?", "spring-tide", id="a slip in each word"),
    ],
)
def test_a_misspelt_name_is_found(question: str, entry_id: str) -> None:
    mention = _only(HARBOUR, question, "en")
    assert mention.entry_ids == (entry_id,)
    assert mention.by == "misspelt"


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("hrabuer", id="three slips"),
        pytest.param("eb, ebd and abb", id="a slip in a word of three letters"),
        pytest.param("1984", id="a number"),
    ],
)
def test_no_other_word_is_taken_for_misspelt(question: str) -> None:
    assert HARBOUR.find(question, "en").found == ()


@pytest.mark.parametrize(
    ("question", "entry_id"),
    [
        pytest.param("ma3na ta3allum", "learning", id="digits for letters"),
        pytest.param("ta3allum al siba7a", "swimming", id="an article between two words"),
        pytest.param("wein al ba7r al a7mar", "sea", id="two articles"),
    ],
)
def test_an_arabic_name_is_found_in_latin_letters(question: str, entry_id: str) -> None:
    mention = _only(SWIMMING, question, "ar")
    assert mention.entry_ids == (entry_id,)
    assert mention.by == "romanised"


@pytest.mark.parametrize("question", ["بتيار", "وتيار", "والتيار"])
def test_a_letter_that_is_a_word_is_parted_from_the_name_that_follows(question: str) -> None:
    mentions = HARBOUR.find(f"ما علاقته {question}؟", "ar")
    assert mentions.entry_ids == ("current",)
    assert mentions.words[-1] == "تيار"


@pytest.mark.parametrize(
    ("question", "ids"),
    [
        pytest.param("潮汐", ("tide",), id="alone"),
        pytest.param("怎么看潮汐表", ("tide-table",), id="the longest"),
        pytest.param("怎么做面包", (), id="none"),
    ],
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
