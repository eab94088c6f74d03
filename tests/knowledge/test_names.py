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
    ("question", "ids"),
    [
        ("What is a tide?", ("tide",)),
        ("what is a TIDE", ("tide",)),
        ("Explain tidal movement, please", ("tide",)),
        ("Is a wave a tide or is a tide a wave?", ("wave", "tide")),
        ("How is bread baked?", ()),
        ("", ()),
        ("?!", ()),
    ],
)
def test_terms_and_aliases_are_found_in_the_order_of_the_question(
    question: str, ids: tuple[str, ...]
) -> None:
    assert _ids(question) == ids


@pytest.mark.parametrize(
    ("question", "ids"),
    [
        ("a spring tide gauge", ("tide-gauge",)),
        ("a spring tide", ("spring-tide",)),
        ("the tide of a spring", ("tide",)),
        ("spring tide or tide", ("spring-tide", "tide")),
        ("ما المد العالي؟", ("spring-tide",)),
        ("ما المد؟", ("tide",)),
    ],
)
def test_the_longest_name_is_found_and_none_within_it(question: str, ids: tuple[str, ...]) -> None:
    assert _ids(question, "ar" if question.startswith("ما") else "en") == ids


@pytest.mark.parametrize(
    ("question", "language"),
    [("ما هو spring tide؟", "ar"), ("What does المد العالي mean?", "en"), ("king tide", "ar")],
)
def test_a_name_is_found_in_a_question_of_another_language(question: str, language: str) -> None:
    assert _ids(question, language) == ("spring-tide",)


@pytest.mark.parametrize(
    ("question", "language", "entry_id"),
    [
        ("What are spring tides?", "en", "spring-tide"),
        ("waves", "en", "wave"),
        ("How do tidal movements begin?", "en", "tide"),
        ("ما القاربان؟", "ar", "boat"),
        ("ما هي الموجات؟", "ar", "wave"),
        ("ما معنى waves؟", "ar", "wave"),
    ],
)
def test_a_plural_is_found_by_its_stem(question: str, language: str, entry_id: str) -> None:
    mention = _only(NAMES, question, language)
    assert mention.entry_ids == (entry_id,)
    assert mention.by == "stems"


@pytest.mark.parametrize(
    "question", ["وما بالمد العالي؟", "وللمد العالي", "كالمد العالي", "المدّ العالي", "مد عالي"]
)
def test_an_arabic_name_is_found_whatever_is_joined_to_it(question: str) -> None:
    assert _ids(question, "ar") == ("spring-tide",)


def test_a_name_by_its_letters_is_exact() -> None:
    mention = _only(NAMES, "What is a Spring‑Tide?", "en")
    assert mention.by == "letters"
    assert mention.words == Span(3, 5)


@pytest.mark.parametrize(
    ("question", "by", "words"),
    [
        pytest.param("the springtide", "joined", (1, 2), id="one word"),
        pytest.param("the SpringTide", "joined", (1, 2), id="in capitals"),
        pytest.param("the spring-tide", "letters", (1, 3), id="a hyphen is a space"),
        pytest.param("the spring tide", "letters", (1, 3), id="as it is written"),
        pytest.param("the s pring ti de", "joined", (1, 5), id="four words"),
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
    "question",
    [
        pytest.param("eb b", id="too few letters"),
        pytest.param("h a r bo ur", id="more than four words"),
    ],
)
def test_letters_that_stand_apart_make_no_name(question: str) -> None:
    assert HARBOUR.find(question, "en").found == ()


@pytest.mark.parametrize(
    ("question", "entry_id"),
    [
        pytest.param("What is a harbuor?", "harbour", id="two letters swapped"),
        pytest.param("What is a harbor?", "harbour", id="a letter left out"),
        pytest.param("What is a harrbour?", "harbour", id="a letter added"),
        pytest.param("What is a harvour?", "harbour", id="another letter"),
        pytest.param("What is a hrabuor?", "harbour", id="two slips in a long word"),
        pytest.param("What is a shel?", "shell", id="one slip in a short word"),
        pytest.param("What are sprnig tides?", "spring-tide", id="a slip in a plural"),
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
        pytest.param("hsel", id="two slips in a short word"),
        pytest.param("eb, ebd and abb", id="a slip in a word of three letters"),
        pytest.param("shelf", id="a word of the glossary"),
        pytest.param("What shall become of these?", id="a word of grammar"),
        pytest.param("1984", id="a number"),
    ],
)
def test_no_other_word_is_taken_for_misspelt(question: str) -> None:
    assert HARBOUR.find(question, "en").found == ()


def test_without_the_words_of_the_glossary_nothing_is_taken_for_misspelt() -> None:
    mentions = NAMES.find("a spirng tide", "en")
    assert mentions.entry_ids == ("tide",)
    assert mentions.words == ("a", "spirng", "tide")


def test_the_words_of_a_question_are_put_right_and_stay_in_their_places() -> None:
    mentions = HARBOUR.find("Is the sprnig tide in this harbuor high?", "en")
    assert mentions.words == ("is", "the", "spring", "tide", "in", "this", "harbour", "high")
    assert mentions.places == {2, 3, 6}


@pytest.mark.parametrize(
    ("question", "entry_id"),
    [
        pytest.param("ma3na ta3allum", "learning", id="digits for letters"),
        pytest.param("shu ya3ni ta3alom", "learning", id="other vowels, one consonant once"),
        pytest.param("shu huwa al ta3allum", "learning", id="the article apart"),
        pytest.param("shu huwa el-ta3allum", "learning", id="the article with a hyphen"),
        pytest.param("shu huwa alta3allum", "learning", id="the article joined"),
        pytest.param("ta3allum al siba7a", "swimming", id="an article between two words"),
        pytest.param("ta3alom elsebaha", "swimming", id="an article joined between"),
        pytest.param("wein al ba7r al a7mar", "sea", id="two articles"),
    ],
)
def test_an_arabic_name_is_found_in_latin_letters(question: str, entry_id: str) -> None:
    mention = _only(SWIMMING, question, "ar")
    assert mention.entry_ids == (entry_id,)
    assert mention.by == "romanised"


@pytest.mark.parametrize(
    ("question", "language"),
    [
        pytest.param("What is ta3allum?", "en", id="in a question that is not Arabic"),
        pytest.param("shu el mad", "ar", id="too few consonants"),
        pytest.param("ما معنى cast?", "ar", id="a word of the glossary"),
        pytest.param("al el al", "ar", id="articles alone"),
    ],
)
def test_other_latin_letters_are_no_arabic_name(question: str, language: str) -> None:
    assert SWIMMING.find(question, language).found == ()


@pytest.mark.parametrize("question", ["بتيار", "كتيار", "لتيار", "وتيار", "فتيار", "والتيار"])
def test_a_letter_that_is_a_word_is_parted_from_the_name_that_follows(question: str) -> None:
    mentions = HARBOUR.find(f"ما علاقته {question}؟", "ar")
    assert mentions.entry_ids == ("current",)
    assert mentions.words[-1] == "تيار"


def test_a_letter_that_is_a_word_is_parted_from_a_short_name_too() -> None:
    assert HARBOUR.find("ما علاقة القمر بمد؟", "ar").entry_ids == ("tide",)


@pytest.mark.parametrize(
    ("question", "ids"),
    [
        pytest.param("潮汐", ("tide",), id="alone"),
        pytest.param("什么是潮汐？", ("tide",), id="at the end"),
        pytest.param("请问海边的潮汐是怎么形成的", ("tide",), id="in the middle"),
        pytest.param("怎么看潮汐表", ("tide-table",), id="the longest"),
        pytest.param("潮汐和大潮有什么区别", ("tide", "spring-tide"), id="two names"),
        pytest.param("怎么做面包", (), id="none"),
    ],
)
def test_a_chinese_name_is_found_within_running_text(question: str, ids: tuple[str, ...]) -> None:
    assert CHINESE.find(question, "zh").entry_ids == ids


def test_a_name_that_two_entries_share_names_both() -> None:
    assert _ids("the port") == ("port", "left")


def test_a_name_of_function_words_alone_is_no_mention() -> None:
    assert _ids("Who coined it?") == ()


def test_an_entry_mentioned_twice_is_named_once() -> None:
    mentions = NAMES.find("tide against tide", "en")
    assert len(mentions.found) == 2
    assert mentions.entry_ids == ("tide",)


@pytest.mark.parametrize(
    ("question", "places"),
    [
        pytest.param("What is a spring tide?", {3, 4}, id="a name of two words"),
        pytest.param("tide against wave", {0, 2}, id="two names"),
        pytest.param("How is bread baked?", set(), id="no name"),
    ],
)
def test_the_places_are_those_of_the_words_of_names(question: str, places: set[int]) -> None:
    assert NAMES.find(question, "en").places == places


def test_a_long_text_is_searched_to_its_end() -> None:
    assert _ids("sand " * 5000 + "spring tide") == ("spring-tide",)


def test_every_bundled_name_is_found_alone_and_in_its_question(bundled: Glossary) -> None:
    names = Names(bundled)
    for entry in bundled.entries:
        wrapped = "What is {}?" if entry.language == "en" else "ما معنى {}؟"
        for name in entry.names:
            for question in (name, wrapped.format(name)):
                assert entry.id in names.find(question, entry.language).entry_ids, question


@pytest.mark.parametrize("question", ["What is >>>?", "What does “>>>” mean", ">>>"])
def test_signs_that_are_a_name_are_found_where_they_stand_alone(question: str) -> None:
    names = _knowing(_entry("prompt", ">>>", "en"), _entry("ebb", "Ebb", "en"))
    assert names.find(question, "en").entry_ids == ("prompt",)
    assert names.find("Does the ebb come >>>so soon", "en").entry_ids == ("ebb",)


def test_an_acronym_that_is_spelt_as_a_word_of_grammar_is_told_by_its_capitals() -> None:
    assert (
        NAMES.find("What is WHO?", "en").entry_ids == NAMES.find("WHO", "en").entry_ids == ("who",)
    )
    assert NAMES.find("Who measures the tide?", "en").entry_ids == ("tide",)
    assert NAMES.find("WHO MEASURES THE TIDE", "en").entry_ids == ("tide",)


@pytest.mark.parametrize(
    "question", ["인증이란 무엇인가요?", "인증은 무엇인가요?", "인증 설명해 줘"]
)
def test_a_korean_particle_is_no_part_of_a_name(question: str) -> None:
    names = _knowing(_entry("authentication", "인증", "ko"), _entry("tide", "밀물", "ko"))
    assert names.find(question, "ko").entry_ids == ("authentication",)
