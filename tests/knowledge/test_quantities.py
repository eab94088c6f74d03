"""The numbers of a text: in digits, in words and in two languages, and what they count."""

import pytest

from knowledge.language.quantities import quantities, unfounded, units


def _values(text: str) -> list[float]:
    return [quantity.value for quantity in quantities(text)]


# Numbers


@pytest.mark.parametrize(
    ("value", "texts"),
    [
        (11, ["11", "١١", "eleven", "أحد عشر", "إحدى عشرة"]),
        (12, ["12", "twelve", "a dozen", "اثنا عشر", "اثنتي عشرة"]),
        (18, ["18", "eighteen", "ثمانية عشر", "ثماني عشرة"]),
        (25, ["25", "٢٥", "twenty-five", "twenty five", "خمسة وعشرون", "خمسًا وعشرين"]),
        (125, ["125", "one hundred and twenty-five", "مئة وخمسة وعشرون", "مائة وخمس وعشرين"]),
        (300, ["300", "three hundred", "ثلاثمئة", "ثلاثمائة"]),
        (1000, ["1000", "1,000", "١٠٠٠", "١٬٠٠٠", "1K", "a thousand", "ألف"]),
        (1984, ["1984", "١٩٨٤", "ألف وتسعمئة وأربعة وثمانون"]),
        (2000, ["2000", "2,000", "two thousand", "ألفان", "ألفين"]),
        (18e3, ["18,000", "18K", "18 thousand", "eighteen thousand", "ثمانية عشر ألفًا"]),
        (1.5e6, ["1,500,000", "1.5M", "1.5 million", "١٫٥ مليون"]),
        (2e6, ["2M", "two million", "مليونان", "مليونين"]),
        (65e9, ["65B", "65 billion", "sixty-five billion", "خمسة وستون مليارًا"]),
        (0.4, ["0.4", "٠٫٤"]),
        (0.75, ["0.75", "three quarters", "three-quarters", "ثلاثة أرباع"]),
    ],
)  # fmt: skip
def test_a_number_is_the_same_in_whatever_form(value: float, texts: list[str]) -> None:
    assert {text: _values(text) for text in texts} == {text: [value] for text in texts}


@pytest.mark.parametrize(
    "text",
    ["40%", "40 %", "٤٠٪", "40 percent", "forty per cent", "40 بالمئة", "أربعون في المائة"],
)
def test_a_share_may_be_told_in_hundredths(text: str) -> None:
    assert _values(text) == [40]
    assert unfounded(f"It is {text}.", ["It is 0.4."]) is None
    assert unfounded("It is 0.4.", [f"It is {text}."]) is None
    assert unfounded(f"It is {text}.", ["It is 0.5."])


def test_a_power_is_one_number_however_it_is_written() -> None:
    assert unfounded("It took 10^26 steps.", ["It took 10²⁶ steps."]) is None
    assert unfounded("It took 10²⁶ steps.", ["It took 10^26 steps."]) is None
    assert unfounded("It took 10^26 steps.", ["It took 10²⁵ steps."]) == ("number", "1026")


@pytest.mark.parametrize("text", ["بـ20 خطوة", "و20 خطوة", "من الـ20 خطوة", "كال20 خطوة"])
def test_arabic_letters_written_with_a_number_are_no_part_of_it(text: str) -> None:
    assert _values(text) == [20]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("from 20–30 to 7/8", [20, 30, 7, 8]),
        ("in the 1990s, the 90th, 2x", [1990, 90, 2]),
        ("1.8 and 3 billion", [1.8, 3e9]),
        ("2 million and 3 thousand", [2e6, 3e3]),
        ("On March 25, 2020", [25, 2020]),
    ],
)
def test_numbers_that_stand_beside_each_other_stay_apart(text: str, values: list[float]) -> None:
    assert _values(text) == values


@pytest.mark.parametrize("text", ["GPT-4", "BM25 and F1", "an A100", "o3", "Llama-3.1", "3D", ""])
def test_digits_in_a_name_are_no_number(text: str) -> None:
    assert _values(text) == []


# Units


@pytest.mark.parametrize(
    ("unit", "texts"),
    [
        ("mass-kilogram", ["2 kg", "two kilograms", "كيلوغرامان 2 كيلوغرام", "2 كيلوغرامات"]),
        ("length-kilometer", ["2 km", "2 kilometres", "2 kilometers", "كيلومترين 2 كيلومتر"]),
        ("duration-minute", ["2 minutes", "2 دقيقة", "دقيقتين 2 دقائق"]),
        ("duration-day", ["two days", "a day", "3 أيام", "يوم"]),
        ("digital-gigabyte", ["2 GB", "2 gigabytes", "2 غيغابايت"]),
        ("digital-bit", ["8-bit", "8 bits"]),
        ("month 3", ["March 2020", "in March", "مارس 2020"]),
    ],
)
def test_a_unit_is_the_same_in_whatever_language(unit: str, texts: list[str]) -> None:
    for text in texts:
        assert unit in units(text), text


@pytest.mark.parametrize(
    ("text", "unit", "word"),
    [
        ("It weighs 2 kg.", "mass-kilogram", "kg"),
        ("مضت ثلاثة أيام.", "duration-day", "ايام"),
        ("In March 2020", "month 3", "march"),
        ("2 cups", "", ""),
    ],
)
def test_a_number_is_told_with_what_it_counts(text: str, unit: str, word: str) -> None:
    (found,) = quantities(text)
    assert (found.unit, found.unit_text) == (unit, word)


# What no text has


CONTEXT = [
    "In March 2019 a model of 65 billion parameters read 1,500 pages in 3 days.",
    "It was right in three of four cases, or 7/8 of the time, and used 2 kg of tea.",
]


@pytest.mark.parametrize(
    "claim",
    [
        "A model with 65B parameters read fifteen hundred pages.",
        "قرأ نموذج فيه 65 مليار معامل ألفًا وخمسمئة صفحة في ثلاثة أيام عام ٢٠١٩.",
        "It read 1500 pages within three days, in March.",
        "It was right in 87.5 % of the time.",
        "Two kilograms of tea were used.",
        "Half of it, both of them, one or two, twice: these are no figures.",
        "قرأ آلاف الصفحات.",
        "GPT-4 is a name.",
        "It says nothing in figures.",
    ],
)
def test_a_number_that_is_there_in_other_words_is_founded(claim: str) -> None:
    assert unfounded(claim, CONTEXT) is None


@pytest.mark.parametrize(
    ("claim", "found"),
    [
        ("It has 66 billion parameters.", ("number", "66 billion")),
        ("It has 65 million parameters.", ("number", "65 million")),
        ("It has 6.5B parameters.", ("number", "6.5b")),
        ("It was in March 2018.", ("number", "2018")),
        ("It took four hundred days.", ("number", "four hundred")),
        ("فيه ستة وستون مليار معامل.", ("number", "سته وستون مليار")),
        ("It took 3 weeks.", ("unit", "weeks")),
        ("It was in May 2019.", ("unit", "may")),
        ("استغرق 3 أسابيع.", ("unit", "اسابيع")),
        ("It was right in 88 % of the time.", ("number", "88%")),
    ],
)
def test_a_changed_number_or_unit_is_found(claim: str, found: tuple[str, str]) -> None:
    assert unfounded(claim, CONTEXT) == found
