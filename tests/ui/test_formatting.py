"""Numbers as they are shown: one system of digits on a screen, as it is chosen."""

from collections.abc import Iterator

import pytest

from knowledge.language.text import clean
from ui import formatting, templates


@pytest.fixture
def eastern() -> Iterator[None]:
    formatting.choose_digits("arab")
    yield
    formatting.choose_digits("latn")


TEXT = "عام 2017: الدقة 0.85 أي 85%، و2 × 3 = 6، ونموذج GPT-4."


def test_by_default_arabic_is_written_with_the_digits_of_the_entries() -> None:
    assert clean(templates.note(TEXT)).count(TEXT) == 1
    assert formatting.number(1234.5, "ar") == "1,234.5"


@pytest.mark.usefixtures("eastern")
def test_chosen_they_are_those_of_texts_and_numbers_alike_but_not_of_latin_names() -> None:
    shown = clean(templates.note(TEXT))
    assert "عام ٢٠١٧: الدقة ٠٫٨٥ أي ٨٥٪، و٢ × ٣ = ٦، ونموذج GPT-4." in shown
    assert formatting.number(1234.5, "ar") == "١٬٢٣٤٫٥"
    assert "In 2017" in templates.note("In 2017 there were 3.")
