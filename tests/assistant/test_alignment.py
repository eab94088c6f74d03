"""Alignment: which words stand for which, and what speaks against a claim; a pair a check."""

import pytest

from assistant.alignment import Source, coverage, paired
from assistant.features import Features, features
from assistant.statement import statement


def _source(text: str, language: str) -> Source:
    return Source(statement(text, language), (0,), frozenset(), frozenset())


def _features(claim: str, text: str, language: str = "en") -> Features:
    return features(statement(claim, language), _source(text, language))


GREEN = "The method splits the list into a green part and a red part, and favours green tokens."


@pytest.mark.parametrize(
    ("check", "text", "true", "false", "language"),
    [
        ("numbers", "It sold 14 kettles in 2024.", "In 2024 it sold 14 kettles.",
         "It sold 41 kettles in 2024.", "en"),
        ("numbers", "باعت ١٤ غلاية عام ٢٠٢٤.", "باعت عام 2024 أربع عشرة غلاية.",
         "باعت ١٥ غلاية عام ٢٠٢٤.", "ar"),
        ("names", "It was built by Rosa Lind.", "Rosa Lind built it.", "It was built by Vera Lind.",
         "en"),
        ("names", "بناها معهد TII في أبوظبي.", "بنى معهد TII في أبوظبي هذه.",
         "بناها معهد MIT في أبوظبي.", "ar"),
        ("turned", "The kettle does not need electricity.", "The kettle needs no electricity.",
         "The kettle needs electricity.", "en"),
        ("turned", "لا تحتاج الغلاية إلى الكهرباء.", "الغلاية لا تحتاج إلى الكهرباء.",
         "تحتاج الغلاية إلى الكهرباء.", "ar"),
        ("turned", "Steam raises the pressure.", "The pressure is raised by steam.",
         "Steam lowers the pressure.", "en"),
        ("turned", "يزيد البخار الضغط.", "البخار يزيد الضغط.", "يقلل البخار الضغط.", "ar"),
        ("stronger", "Most kettles whistle.", "Kettles mostly whistle.", "All kettles whistle.",
         "en"),
        ("stronger", "تصفر معظم الغلايات.", "معظم الغلايات تصفر.", "تصفر كل الغلايات.", "ar"),
        ("unlimited", "It stores only tea.", "Only tea is stored.", "It stores tea.", "en"),
        ("unlimited", "لا تخزن إلا الشاي.", "تخزن الشاي فقط.", "تخزن الشاي.", "ar"),
        ("compared", "Steel heats more than glass.", "Steel heats more than glass does.",
         "Steel heats less than glass.", "en"),
        ("compared", "يسخن الفولاذ أكثر من الزجاج.", "الفولاذ يسخن أكثر من الزجاج.",
         "يسخن الفولاذ أقل من الزجاج.", "ar"),
        ("exchanged", "Steel heats more than glass in every test.",
         "In every test, steel heats more than glass.",
         "Glass heats more than steel in every test.", "en"),
        ("framed", GREEN, "A green part and a red part are what the method splits the list into.",
         "The method splits the list into a green part and a red part, and favours red tokens.",
         "en"),
        ("counted", "A box has 8 cups of 64 grams.", "In a box are 8 cups of 64 grams.",
         "A box has 64 cups of 8 grams.", "en"),
    ],
)  # fmt: skip
def test_checks(check: str, text: str, true: str, false: str, language: str) -> None:
    assert not getattr(_features(true, text, language), check)
    assert getattr(_features(false, text, language), check)


def test_another_word_for_the_same_is_worth_nearly_as_much() -> None:
    found = _features("The study shows a result.", "The study demonstrates a result.")
    assert 0.9 < found.covered < 1


def test_an_arabic_word_stands_for_another_of_its_root() -> None:
    found = _features("استهلاك المراكز للطاقة", "تستهلك المراكز الطاقة", "ar")
    assert found.covered > 0.9


def test_a_word_of_what_the_passage_is_about_needs_no_word_of_the_span() -> None:
    claim = statement("The kettle boils water.", "en")
    about = statement("kettle", "en").terms[0].stems
    source = Source(statement("It boils water.", "en"), (0,), about, frozenset())
    assert paired(claim, source)[1].span is None


def test_coverage_is_the_part_of_the_words_that_is_there() -> None:
    claim = statement("kettles boil water", "en")
    assert coverage(claim, statement("boil water", "en").terms[0].stems) == pytest.approx(1 / 3)
