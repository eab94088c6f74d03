"""The alphabet: under which heading a term stands, and in what order, in English and Arabic."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from knowledge.glossary import Glossary
from knowledge.language.alphabet import OTHERS, letter, sort_key
from tests.knowledge.conftest import an_entry


def _in_order(terms: Sequence[str], language: str) -> list[str]:
    return sorted(terms, key=lambda term: sort_key(term, language))


@pytest.mark.parametrize(
    ("term", "heading"),
    [
        pytest.param("Token", "T", id="a letter"),
        pytest.param("Œuvre", "O", id="two letters in one"),
        pytest.param("İstanbul", "I", id="a dot"),
        pytest.param("٣", OTHERS, id="an Arabic digit"),
        pytest.param("", OTHERS, id="nothing"),
    ],
)
@pytest.mark.parametrize("language", ["en", "en-GB", "fr", "ar"])
def test_a_latin_term_stands_under_its_first_letter(term: str, heading: str, language: str) -> None:
    assert letter(term, language) == heading


@pytest.mark.parametrize(
    ("term", "heading"),
    [
        pytest.param("ذكاء", "ذ", id="no article"),
        pytest.param("الـذكاء", "ذ", id="tatweel"),
        pytest.param("الألفة", "ا", id="an article before a hamza"),
        pytest.param("آلة", "ا", id="madda"),
        pytest.param("کتاب", "ك", id="the kaf of Persian keyboards"),
    ],
)
@pytest.mark.parametrize("language", ["ar", "ar-EG"])
def test_an_arabic_term_stands_under_its_first_letter_without_the_article(
    term: str, heading: str, language: str
) -> None:
    assert letter(term, language) == heading


@pytest.mark.parametrize(
    "term",
    [
        *("ألفا", "إلكتروني", "آلية", "ألم", "إلغاء", "آلي"),
        *("التزام", "التزامات", "التفافية", "التقاء", "التهاب", "التئام"),
        *("الله", "الفا", "الكترونيات", "الفبائي", "ال", "الف"),
    ],
)
def test_alef_and_lam_of_the_word_itself_are_no_article(term: str) -> None:
    assert letter(term, "ar") == "ا"


@pytest.mark.parametrize(
    "terms",
    [
        pytest.param(["agent", "AI", "Alignment", "attention"], id="case aside"),
        pytest.param(["eclair", "Éclat", "edge"], id="accents aside"),
        pytest.param(["Data", "Data set", "Data-source", "Database"], id="word by word"),
        pytest.param(
            ["Pre-training", "Pre-training corpus", "Precision"], id="a hyphen is a space"
        ),
        pytest.param(
            ["Übung", "Zebra", "ذكاء", "+1", "3D"], id="then other scripts, then digits and signs"
        ),
    ],
)
def test_english_terms_are_in_order(terms: list[str]) -> None:
    assert _in_order(terms[::-1], "en") == terms


@pytest.mark.parametrize(
    "terms",
    [
        pytest.param(
            ["أمر", "الأمر النصي", "أمر النظام", "الانتباه"], id="articles and hamzas aside"
        ),
        pytest.param(["المُعلَّم", "المعلّمة", "معلومة"], id="vowel signs aside"),
        pytest.param(["تـدريب", "تدقيق"], id="tatweel aside"),
        pytest.param(["نموذج BERT", "نموذج GPT", "نموذج لغوي"], id="Latin within"),
        pytest.param(["عدد 1", "عدد ٢", "عدد 3"], id="the value of digits, not their script"),
    ],
)
def test_arabic_terms_are_in_order(terms: list[str]) -> None:
    assert _in_order(terms[::-1], "ar") == terms


def _sea() -> Glossary:
    return Glossary(
        Path("/glossaries/sea"),
        (
            an_entry("wave"),
            an_entry("ebb"),
            an_entry("ebb", "ar", term="الجزر"),
            an_entry("Flow"),
            an_entry("wave", "ar", term="موجة"),
            an_entry("sea", "ar", term="البحر"),
        ),
    )


@pytest.mark.parametrize(
    ("language", "ids"),
    [("en", ["ebb", "Flow", "wave"]), ("ar", ["sea", "ebb", "wave"]), ("fr", [])],
)
def test_a_glossary_is_ordered_in_each_of_its_languages(language: str, ids: list[str]) -> None:
    assert [entry.id for entry in _sea().ordered(language)] == ids
