"""Names: where a question mentions a term of the glossary."""

import pytest

from knowledge.glossary import Glossary
from knowledge.language.text import Span, main_script, written_in
from knowledge.search.lexicon import Lexicon
from knowledge.search.names import Mention, Names, lent_to
from tests.knowledge.conftest import DATA, an_entry


def _names(*named: str, known: bool = True) -> Names:
    """The names of entries, each its id and its names, with the words that they use known."""
    entries = []
    for text in named:
        entry_id, term, *aliases = text.split(" | ")
        language = next(tag for tag in ("zh", "ar", "en") if main_script(term) in written_in(tag))
        entries.append(an_entry(entry_id, language, term=term, aliases=tuple(aliases)))
    return Names(Glossary(DATA, (*entries,)), Lexicon.of(entries).knows if known else None)


NAMES = _names(
    "tide | Tide | tidal movement", "tide | المد | حركة المد", "tide-gauge | Spring tide gauge",
    "spring-tide | Spring tide | king tide", "spring-tide | المد العالي",
    "wave | Wave", "wave | الموجة", "boat | القارب", "port | Port", "left | Left side | port",
    "who | WHO", "limits | Limits of the tide",
    known=False,
)  # fmt: skip
HARBOUR = _names(
    "harbour | Harbour", "harbour | الميناء", "spring-tide | Spring tide", "tide | المد",
    "current | Tidal current", "current | التيار", "ebb | Ebb", "shell | Shell", "shoal | Shoal",
)  # fmt: skip
SWIMMING = _names(
    "learning | التعلم", "swimming | تعلم السباحة", "sea | البحر الأحمر", "tide | المد",
    "net | Cast net",
)  # fmt: skip
CHINESE = _names("tide | 潮汐", "spring-tide | 大潮", "tide-table | 潮汐表")


@pytest.mark.parametrize(
    ("question", "language", "ids"),
    [
        ("How is bread baked?", "en", ()),
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
        (NAMES, "the springtide", ("spring-tide", 1, 2)),
        (NAMES, "What are spring tides?", ("spring-tide", 2, 4)),
        (NAMES, "ما القاربان؟", ("boat", 1, 2)),
        (NAMES, "ما معنى waves؟", ("wave", 2, 3)),
        (HARBOUR, "What is a sprnig tdie?", ("spring-tide", 3, 5)),
        (HARBOUR, "What is a spring tied?", ("spring-tide", 3, 5)),
        (HARBOUR, "ما هو سبرنغ تايد؟", ("spring-tide", 2, 4)),  # as it sounds
        (_names("height | MSA"), "ما هو الام اس ايه؟", ("height", 2, 5)),  # letter by letter
        (SWIMMING, "ma3na ta3allum", ("learning", 1, 2)),
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


def test_a_glossary_of_one_language_is_asked_by_the_bundled_names_of_the_other() -> None:
    page = Glossary(DATA, (an_entry("base", "en", term="Foundation Model"),))
    names = Names(page, lent=lent_to(page))
    assert names.find("ما مخاطر النماذج الأساسية؟", "ar").entry_ids == ("base",)


@pytest.mark.parametrize("question", ["hrabuer", "eb, ebd and abb", "1984", "it is tied"])
def test_no_other_word_is_taken_for_misspelt(question: str) -> None:
    assert HARBOUR.find(question, "en").found == ()


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
    for text in ("What is WHO?", "WHO"):
        assert NAMES.find(text, "en").entry_ids == ("who",)
    for text in ("Who measures the tide?", "WHO MEASURES THE TIDE"):
        assert NAMES.find(text, "en").entry_ids == ("tide",)
