"""The numbers of a text: in digits, in words and in two languages, and what they count."""

import pytest

from knowledge.language.quantities import quantities, unfounded, units


def _values(text: str) -> list[float]:
    return [quantity.value for quantity in quantities(text)]


@pytest.mark.parametrize(
    ("value", "texts"),
    [
(11, ["11", "١١", "eleven", "أحد عشر", "إحدى عشرة"]),
(25, ["25", "٢٥", "twenty-five", "twenty five", "خمسة وعشرون", "خمسًا وعشرين"]),
(2e6, ["2M", "two million", "مليونان", "مليونين"]),
(0.75, ["0.75", "three quarters", "three-quarters", "ثلاثة أرباع"]),
],
)  # fmt: skip
def test_a_number_is_the_same_in_whatever_form(value: float, texts: list[str]) -> None:
    assert {text: _values(text) for text in texts} == {text: [value] for text in texts}


@pytest.mark.parametrize(
    ("unit", "texts"),
    [
        ("mass-kilogram", ["2 kg", "two kilograms", "كيلوغرامان 2 كيلوغرام", "2 كيلوغرامات"]),
        ("month 3", ["March 2020", "in March", "مارس 2020"]),
    ],
)
def test_a_unit_is_the_same_in_whatever_language(unit: str, texts: list[str]) -> None:
    for text in texts:
        assert unit in units(text), text


# What no text has


CONTEXT = [
    "In March 2019 a model of 65 billion parameters read 1,500 pages in 3 days.",
    "It was right in three of four cases, or 7/8 of the time, and used 2 kg of tea.",
]


@pytest.mark.parametrize(
    "claim",
    [
        "A model with 65B parameters read fifteen hundred pages.",
        "قرأ آلاف الصفحات.",
    ],
)
def test_a_number_that_is_there_in_other_words_is_founded(claim: str) -> None:
    assert unfounded(claim, CONTEXT) is None


@pytest.mark.parametrize(
    ("claim", "found"),
    [
        ("It has 66 billion parameters.", ("number", "66 billion")),
        ("It took 3 weeks.", ("unit", "weeks")),
        ("It was right in 88 % of the time.", ("number", "88%")),
    ],
)
def test_a_changed_number_or_unit_is_found(claim: str, found: tuple[str, str]) -> None:
    assert unfounded(claim, CONTEXT) == found
