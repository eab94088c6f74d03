"""Names: where a question mentions a term of the glossary."""

import pytest

from knowledge.entry import SUMMARY, Entry, Section
from knowledge.glossary import Glossary
from knowledge.language import Span
from knowledge.names import Names
from tests.knowledge.conftest import DATA


def _entry(entry_id: str, term: str, language: str, *aliases: str) -> Entry:
    return Entry(entry_id, term, language, (Section(SUMMARY, "", "It rises."),), aliases)


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
    (mention,) = NAMES.find(question, language).found
    assert mention.entry_ids == (entry_id,)
    assert not mention.exact


@pytest.mark.parametrize(
    "question", ["وما بالمد العالي؟", "وللمد العالي", "كالمد العالي", "المدّ العالي", "مد عالي"]
)
def test_an_arabic_name_is_found_whatever_is_joined_to_it(question: str) -> None:
    assert _ids(question, "ar") == ("spring-tide",)


def test_a_name_by_its_letters_is_exact() -> None:
    (mention,) = NAMES.find("What is a Spring‑Tide?", "en").found
    assert mention.exact
    assert mention.words == Span(3, 5)


def test_a_name_that_two_entries_share_names_both() -> None:
    assert _ids("the port") == ("port", "left")


def test_a_name_of_function_words_alone_is_no_mention() -> None:
    assert _ids("Who coined it?") == ()


def test_an_entry_mentioned_twice_is_named_once() -> None:
    mentions = NAMES.find("tide against tide", "en")
    assert len(mentions.found) == 2
    assert mentions.entry_ids == ("tide",)


def test_a_long_text_is_searched_to_its_end() -> None:
    assert _ids("sand " * 5000 + "spring tide") == ("spring-tide",)


@pytest.mark.parametrize(
    ("question", "language", "coverage"),
    [
        pytest.param("What is a spring tide?", "en", 1.0, id="nothing else is asked about"),
        pytest.param("What are the limits of a wave?", "en", 1.0, id="an aspect is no subject"),
        pytest.param("wave power", "en", 0.5, id="one word of two"),
        pytest.param("spring tide in cold northern harbours", "en", 0.4, id="two words of five"),
        pytest.param("What are the limits of the tide?", "en", 1.0, id="an aspect within a name"),
        pytest.param("ما المد العالي في البحر؟", "ar", 2 / 3, id="Arabic"),
        pytest.param("How is bread baked?", "en", 0.0, id="no name"),
        pytest.param("What is it?", "en", 0.0, id="no subject"),
        pytest.param("", "en", 0.0, id="nothing"),
    ],
)
def test_coverage_is_how_much_of_the_subject_stands_in_names(
    question: str, language: str, coverage: float
) -> None:
    assert NAMES.find(question, language).coverage == pytest.approx(coverage)


def test_every_bundled_name_is_found_alone_and_in_its_question(bundled: Glossary) -> None:
    names = Names(bundled)
    for entry in bundled.entries:
        wrapped = "What is {}?" if entry.language == "en" else "ما معنى {}؟"
        for name in entry.names:
            for question in (name, wrapped.format(name)):
                assert entry.id in names.find(question, entry.language).entry_ids, question
