"""A statement taken apart: numbers, names, negations and words that say more or less."""

import pytest

from assistant.statement import Statement, statement


def _numbers(said: Statement) -> list[float | None]:
    return [said.terms[n].number for n in said.numbers]


def _negated(said: Statement) -> list[str]:
    return [term.text for term in said.terms if term.negated]


@pytest.mark.parametrize(
    ("text", "language", "numbers"),
    [
        ("It has 1,287 parts.", "en", [1287]),
        ("It has three million parts.", "en", [3e6]),
        ("It has twenty five parts.", "en", [25]),
        ("It scored 54.3% in 2023.", "en", [54.3, 2023]),
        ("فيه ١٬٢٨٧ جزءًا.", "ar", [1287]),
        ("فيه ثلاثة ملايين جزء.", "ar", [3e6]),
        ("بلغ ٥٤٫٣ عام 2023.", "ar", [54.3, 2023]),
        ("", "en", []),
    ],
)
def test_numbers(text: str, language: str, numbers: list[float]) -> None:
    assert _numbers(statement(text, language)) == numbers


def test_a_name_with_digits_is_a_name_and_no_number() -> None:
    said = statement("The firm released GPT-3.5 then.", "en")
    assert [term.text for term in said.terms if term.name] == ["gpt-3.5"]
    assert not said.numbers


def test_latin_words_are_names_in_arabic_also_behind_a_joined_letter() -> None:
    said = statement("أصدر المعهد Falcon وMamba.", "ar")
    assert [term.text for term in said.terms if term.name] == ["falcon", "mamba"]


@pytest.mark.parametrize(
    ("text", "language", "negated"),
    [
        ("It does not store tea.", "en", ["store"]),
        ("It stores tea without sugar.", "en", ["sugar"]),
        ("لا يخزن الشاي.", "ar", ["يخزن"]),
        ("It stores tea.", "en", []),
    ],
)
def test_negation_reaches_the_next_word_of_content(
    text: str, language: str, negated: list[str]
) -> None:
    assert _negated(statement(text, language)) == negated


def test_an_exception_behind_a_negation_says_only() -> None:
    said = statement("لا يخزن إلا الشاي.", "ar")
    assert said.has("only")
    assert not _negated(said)


def test_a_unit_is_not_alone_in_arabic() -> None:
    assert not statement("وحدة معالجة", "ar").has("only")
    assert statement("الشاي وحده", "ar").has("only")
