"""The alphabet: under which heading a term stands, and in what order, in English and Arabic."""

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

import pytest

from knowledge.glossary import Glossary
from knowledge.language.alphabet import OTHERS, letter, letters, sort_key
from tests.knowledge.conftest import an_entry


def _in_order(terms: Sequence[str], language: str) -> list[str]:
    return sorted(terms, key=lambda term: sort_key(term, language))


@pytest.mark.parametrize(
    ("term", "heading"),
    [
        pytest.param("Token", "T", id="a letter"),
        pytest.param("token", "T", id="small"),
        pytest.param("Épître", "E", id="an accent"),
        pytest.param("E\u0301pitre", "E", id="an accent by itself"),
        pytest.param("Ệ", "E", id="two accents"),
        pytest.param("Œuvre", "O", id="two letters in one"),
        pytest.param("Łukasiewicz logic", "L", id="a stroke"),
        pytest.param("İstanbul", "I", id="a dot"),
        pytest.param("“Black box”", "B", id="quotation marks"),
        pytest.param("(Soft) prompt", "S", id="brackets"),
        pytest.param("3D model", OTHERS, id="a digit"),
        pytest.param("٣", OTHERS, id="an Arabic digit"),
        pytest.param("+1", OTHERS, id="a sign"),
        pytest.param("-1", OTHERS, id="a hyphen before a digit"),
        pytest.param("$", OTHERS, id="nothing but a sign"),
        pytest.param("…", OTHERS, id="nothing but a mark"),
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
        pytest.param("الذكاء", "ذ", id="an article"),
        pytest.param("ٱلذكاء", "ذ", id="an article with its wasla"),
        pytest.param("الذَّكاء", "ذ", id="vowel signs"),
        pytest.param("اَلذَّكاء", "ذ", id="vowel signs on the article"),
        pytest.param("الـذكاء", "ذ", id="tatweel"),
        pytest.param("«الذكاء»", "ذ", id="quotation marks"),
        pytest.param("الظلم", "ظ", id="zah is another letter than dad"),
        pytest.param("اللغة", "ل", id="an article before lam"),
        pytest.param("لغة", "ل", id="lam"),
        pytest.param("الألفة", "ا", id="an article before a hamza"),
        pytest.param("أمر", "ا", id="hamza above"),
        pytest.param("إحكام", "ا", id="hamza below"),
        pytest.param("آلة", "ا", id="madda"),
        pytest.param("الآلة", "ا", id="an article before a madda"),
        pytest.param("ؤ", "و", id="hamza on waw"),
        pytest.param("ئ", "ي", id="hamza on yeh"),
        pytest.param("ڤيديو", "ف", id="a letter for a foreign sound"),
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
    ("term", "heading"),
    [
        *(("التزامن", "ت"), ("التقاطع", "ت"), ("التماسك", "ت"), ("التراث", "ت"), ("التجارة", "ت")),
        *(("الالتزام", "ا"), ("الالتفافية", "ا"), ("الإلكتروني", "ا"), ("اللهب", "ل")),
    ],
)
def test_an_article_is_told_from_words_that_begin_alike(term: str, heading: str) -> None:
    assert letter(term, "ar") == heading


@pytest.mark.parametrize(
    ("term", "language", "heading"),
    [
        pytest.param("йога", "ru", "Й", id="a mark that makes another letter"),
        pytest.param("潮汐", "zh", "潮", id="Chinese"),
        pytest.param("모델", "ko", "모", id="Korean"),
        pytest.param("がくしゅう", "ja", "が", id="Japanese"),
        pytest.param("მოდელი", "ka", "მ", id="Georgian, which has no capitals in use"),
        pytest.param("الکترون", "fa", "ا", id="Persian, which has no article"),
        pytest.param("النموذج", "en", "ا", id="Arabic in English, whose article is unknown"),
    ],
)
def test_in_other_scripts_it_is_the_first_character(term: str, language: str, heading: str) -> None:
    assert letter(term, language) == heading


def test_the_alphabet_is_known_whole() -> None:
    assert "".join(letters("en")) == "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    assert "".join(letters("ar")) == "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
    assert letters("fr-CA") == letters("en")
    assert letters("ar-EG") == letters("ar")
    assert letters("zh") == letters("fa") == ()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_letter_is_its_own_heading_and_they_are_in_order(language: str) -> None:
    alphabet = letters(language)
    assert tuple(letter(a, language) for a in alphabet) == alphabet
    assert tuple(_in_order(alphabet[::-1], language)) == alphabet


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
        pytest.param(["ضبط", "طاقة", "ظاهرة", "عتبة"], id="dad, tah, zah, ain"),
        pytest.param(["هدف", "واجب", "يقين", "BERT", "token", "3D"], id="Latin after Arabic"),
        pytest.param(["نموذج BERT", "نموذج GPT", "نموذج لغوي"], id="Latin within"),
        pytest.param(["عدد 1", "عدد ٢", "عدد 3"], id="the value of digits, not their script"),
    ],
)
def test_arabic_terms_are_in_order(terms: list[str]) -> None:
    assert _in_order(terms[::-1], "ar") == terms


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_terms_under_one_heading_stand_together(bundled: Glossary, language: str) -> None:
    terms = [entry.term for entry in bundled.ordered(language)]
    assert sorted(terms) == sorted(bundled.terms(language))
    headings = [heading for heading, _ in groupby(terms, key=lambda t: letter(t, language))]
    assert len(set(headings)) == len(headings)
    assert headings == [a for a in letters(language) if a in headings]


def test_terms_that_differ_in_marks_alone_have_an_order_all_the_same() -> None:
    terms = ["Resume", "Résumé", "resume", "résumé"]
    assert _in_order(terms, "en") == _in_order(terms[::-1], "en")


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


def test_neighbours_are_those_before_and_after() -> None:
    glossary = _sea()
    ebb, flow, wave = glossary.ordered("en")
    assert glossary.neighbours(ebb) == (None, flow)
    assert glossary.neighbours(flow) == (ebb, wave)
    assert glossary.neighbours(wave) == (flow, None)


def test_an_entry_alone_in_its_language_has_no_neighbours() -> None:
    alone = an_entry("ebb")
    glossary = Glossary(Path("/glossaries/sea"), (alone, an_entry("ebb", "ar")))
    assert glossary.neighbours(alone) == (None, None)
