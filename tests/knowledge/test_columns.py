"""Columns: what they hold, told by their names."""

import pytest

from knowledge import GlossaryError
from knowledge.formats.tables.choice import letter, mapped
from knowledge.formats.tables.columns import column, holds_entries, recognised
from knowledge.formats.tables.tongues import language_of


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Term", "term"),
        ("  TERMS ", "term"),
        ("1. Term", "term"),
        ("term_en", "term_en"),
        ("termAr", "term_ar"),
        ("englische Bezeichnung", "term_en"),
        ("nom anglais", "term_en"),
        ("Traduction anglaise", "translation_en"),
        ("Termo em inglês", "term_en"),
        ("Angielski odpowiednik", "translation_en"),
        ("nazwa angielska", "term_en"),
        ("Английское название", "term_en"),
        ("Термин на английском", "term_en"),
        ("Türkçe karşılığı", "translation_tr"),
        ("الترجمة الإنجليزية", "translation_en"),
        ("中文译释", "definition_zh"),
        ("باللغة الإنجليزية", "_en"),
        ("language_id", "language_id"),
        ("url_id", "nothing"),
        ("Auflösung", "expansion"),
        ("名词解释", "definition"),
        ("术语名称", "term"),
        ("# term", "term"),
        ("Name of the term", "term"),
        ("Concept name", "term"),
        ("title_short", "term"),
        ("Definition of the term", "definition"),
        ("Descripción del término", "definition"),
        ("Описание термина", "definition"),
        ("شرح المصطلح", "definition"),
        ("المُصْطَلَحــات", "term"),
        ("التعاريف", "definition"),
        ("ترجمة المصطلح", "translation"),
        ("Traduction du terme", "translation"),
        ("descrption", "definition"),
        ("Defenition", "definition"),
        ("Abbrevation", "acronym"),
        ("Explanation in plain words", "definition"),
        ("What it means", "definition"),
        ("№ п/п", "nothing"),
        ("thai_used", "_th"),
        ("Source de la définition", "sources"),
        ("Source term definition", "definition"),
        ("Variantes", "aliases"),
        ("Pāḷi", "_pi"),
        ("英語表記", "term_en"),
        ("Term (English)", "term_en"),
        ("Arabic term", "term_ar"),
        ("term_pt-BR", "term_pt-BR"),
        ("Word / phrase", "term"),
        ("definition:fr", "definition_fr"),
        ("Short_Description", "definition"),
        ("Definition 2", "definition"),
        ("Meaning (in plain words)", "definition"),
        ("المصطلح", "term"),
        ("الْمُصْطَلَح", "term"),
        ("المصطلح بالعربية", "term_ar"),
        ("المصطلح باللغة الإنجليزية", "term_en"),
        ("المفردة", "term"),
        ("الكلمة", "term"),
        ("التعريف", "definition"),
        ("التعريف (عربي)", "definition_ar"),
        ("الشرح", "definition"),
        ("المعنى", "definition"),
        ("الوصف", "definition"),
        ("مثال", "example"),
        ("أمثلة", "example"),
        ("التصنيف", "category"),
        ("المرادفات", "aliases"),
        ("الاختصار", "acronym"),
        ("المصدر", "sources"),
        ("Terme", "term"),
        ("Définition", "definition"),
        ("Begriff", "term"),
        ("Erläuterung", "definition"),
        ("Término", "term"),
        ("Definición", "definition"),
        ("Significado", "definition"),
        ("Termine", "term"),
        ("Definizione", "definition"),
        ("Terim", "term"),
        ("Tanım", "definition"),
        ("اصطلاح", "term"),
        ("تعریف", "definition"),
        ("Термин", "term"),
        ("Определение", "definition"),
        ("术语", "term"),
        ("定义", "definition"),
        ("用語", "term"),
        ("説明", "definition"),
        ("Also known as", "aliases"),
        ("See also", "related"),
        ("Last updated", "updated"),
        ("term_id", "id"),
        ("No.", "nothing"),
        ("English", "_en"),
        ("ar", "_ar"),
        ("العربية", "_ar"),
    ],
)
def test_a_column_is_known_by_its_name(name: str, key: str) -> None:
    known = column(name)
    assert known is not None
    assert known.key == key


@pytest.mark.parametrize("name", ["", "Colour of the crust", "x" * 500, "baked by", "42", "***"])
def test_a_name_that_says_nothing_is_not_guessed_at(name: str) -> None:
    assert column(name) is None


@pytest.mark.parametrize(
    ("names", "keys"),
    [
        (["Acronym", "Definition"], ["term", "definition"]),
        (["Abbreviation", "Term", "Meaning"], ["acronym", "term", "definition"]),
        (["Acronym", "Full form", "Description"], ["term", "expansion", "definition"]),
        (["Acronym", "Full form"], ["term", "definition"]),
        (["Title", "Term", "Definition"], ["nothing", "term", "definition"]),
        (["English", "Arabic"], ["term_en", "term_ar"]),
        (["Term", "English", "Arabic"], ["term", "definition_en", "definition_ar"]),
        (["Source", "Target"], ["term", "translation"]),
        (["Term", "Definition", "Source"], ["term", "definition", "sources"]),
    ],
)
def test_columns_are_told_by_their_neighbours(names: list[str], keys: list[str]) -> None:
    known = recognised(names)
    assert [known[n].key for n in range(len(names))] == keys
    assert holds_entries(known)


@pytest.mark.parametrize("names", [["Name", "Age"], ["Term"], ["Definition"], ["id", "date"], []])
def test_a_table_of_other_things_holds_no_entries(names: list[str]) -> None:
    assert not holds_entries(recognised(names))


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("en", "en"),
        ("EN", "en"),
        ("pt-BR", "pt-BR"),
        ("ara", "ar"),
        ("English", "en"),
        ("الإنجليزية", "en"),
        ("عربي", "ar"),
        ("français", "fr"),
        ("Deutsch", "de"),
        ("中文", "zh"),
        ("no", ""),
        ("Breadish", ""),
        ("", ""),
    ],
)
def test_a_language_is_known_by_its_tag_or_its_name(text: str, tag: str) -> None:
    assert language_of(text) == tag


def test_columns_may_be_chosen_by_name_letter_or_number() -> None:
    names = ("Loaf", "What it is", "", "بالعربية")
    chosen = {"term": "loaf", "definition": "B", "aliases": "3", "term_ar": "بالعربية"}
    known = mapped(names, chosen, "bread.csv")
    assert {n: column.key for n, column in known.items()} == {
        0: "term",
        1: "definition",
        2: "aliases",
        3: "term_ar",
    }


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ({"term": "Crust"}, "bread.csv has no column “Crust” for “term”: its columns are A: Loaf"),
        ({"term": "9"}, "no column “9”"),
        ({"crust": "Loaf"}, "no field “crust”: choose of term, definition"),
    ],
)
def test_a_wrong_choice_is_one_sentence_that_names_what_there_is(
    chosen: dict[str, str], words: str
) -> None:
    with pytest.raises(GlossaryError) as caught:
        mapped(("Loaf", "What it is"), chosen, "bread.csv")
    assert words in str(caught.value)


def test_letters_are_those_of_a_spreadsheet() -> None:
    assert [letter(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


@pytest.mark.parametrize(
    ("name", "tag"),
    [
        ("Монгол", "mn"),
        ("Kiswahili", "sw"),
        ("Simplified Chinese", "zh-Hans"),
        ("繁體中文", "zh-Hant"),
        ("zh-hant-TW", "zh-Hant-TW"),
        ("es-419", "es-419"),
        ("Norsk", "nb"),
        ("Georgia", ""),
        ("en_name", ""),
    ],
)
def test_languages_are_known_by_their_names_in_many_and_countries_are_none(
    name: str, tag: str
) -> None:
    assert language_of(name) == tag


def test_both_ways_of_writing_chinese_are_languages_where_both_stand() -> None:
    both = recognised(["en", "simplified", "traditional"])
    assert [known.language for known in both.values()] == ["en", "zh-Hans", "zh-Hant"]
    assert 1 not in recognised(["term", "simplified"])


def test_a_language_may_have_a_word_before_it_that_says_which_word_is_meant() -> None:
    found = recognised(["italian", "preferred_chinese", "pos"])
    assert [known.key for known in found.values()] == ["term_it", "term_zh", "nothing"]


def test_japanese_may_be_named_for_how_it_is_written() -> None:
    found = recognised(["kanji", "hiragana", "romaji", "english"])
    assert [known.key for known in found.values()] == ["term_ja", "nothing", "aliases", "term_en"]


def test_acronyms_in_two_languages_mean_their_full_forms() -> None:
    found = recognised(["EN", "EN-FULL", "FR", "FR-FULL"])
    keys = ["term_en", "definition_en", "term_fr", "definition_fr"]
    assert [known.key for known in found.values()] == keys


def test_text_that_stands_before_a_language_holds_the_terms() -> None:
    known = recognised(["text", "english"])
    assert {n: column.key for n, column in known.items()} == {0: "term", 1: "term_en"}


def test_a_translation_into_the_language_of_the_definitions_is_the_term_there() -> None:
    known = recognised(["English", "Arabic translation", "Arabic definition"])
    assert [known[n].key for n in range(3)] == ["term_en", "term_ar", "definition_ar"]


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("Définition pour l'élève", "definition"),
        ("Penjelasan Singkat", "definition"),
        ("تعريف مشتري الوسائط", "definition"),
        ("Istilah asing", "term"),
        ("aciklama", "definition"),
        ("açıklama", "definition"),
        ("Fuente de la definición", "sources"),
    ],
)
def test_a_noun_at_the_beginning_says_what_a_column_holds(name: str, role: str) -> None:
    known = column(name)
    assert known is not None
    assert known.role == role


@pytest.mark.parametrize(
    ("names", "held"),
    [
        (["romaji", "english"], ["term", "definition_en"]),
        (["English", "Pinyin"], ["definition_en", "term"]),
        (["Term", "Transliteration", "Definition"], ["term", "aliases", "definition"]),
        (["romaji", "english", "kanji"], ["aliases", "term_en", "term_ja"]),
    ],
)
def test_words_in_latin_letters_are_aliases_or_stand_for_the_terms(
    names: list[str], held: list[str]
) -> None:
    found = recognised(names)
    assert [found[n].key for n in range(len(names))] == held
    if "kanji" in names:
        assert next(iter(found.values())).language == "ja"
