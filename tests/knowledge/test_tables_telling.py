"""Telling: the language of little text."""

import json
from pathlib import PurePath

import pytest

from knowledge.formats.tables.notation import read_json
from knowledge.formats.tables.table import read_csv
from tests.knowledge.conftest import entries_of


@pytest.mark.parametrize(
    ("term", "definition", "language"),
    [
        ("Brot", "Aus Mehl und Wasser.", "de"),
        ("Ekmek", "Un ve su. Sıcak yenir.", "tr"),
        ("نان", "خوراکی که از آرد می‌پزند.", "fa"),
        ("خبز", "طعام من الدقيق والماء.", "ar"),
        ("Pain", "Une pâte de farine et d’eau, cuite dans le four.", "fr"),
        ("Chleb", "Wypiek z mąki, który jest żytni.", "pl"),
        ("Хлеб", "Еда, которая из муки и воды.", "ru"),
        ("Bread", "A loaf of flour and water.", "en"),
        ("Bread", "Baked.", "en"),
        # Words of others, letters of their own.
        (
            "Brød",
            "Det bages af mel og vand, og når det gærer, hæver det før det bages færdigt.",
            "da",
        ),
        (
            "Chléb",
            "Peče se z mouky a vody, z těsta, které se nechá kynout, a to na horkém místě u pece.",
            "cs",
        ),
        (
            "Bánh mì",
            "Là một loại bánh làm từ bột mì và nước, được ủ rồi nướng trong lò, ăn lúc còn nóng.",
            "vi",
        ),
    ],
)
def test_little_text_is_told_by_its_words_of_grammar(
    term: str, definition: str, language: str
) -> None:
    text = json.dumps([{"term": term, "definition": definition}])
    assert [e.language for e in entries_of(read_json(text, PurePath("a.json")))] == [language]


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("Begriff,Definition", "de"),
        ("Terme,Définition", "fr"),
        ("Terim,Tanım", "tr"),
        ("Term,Definition", "en"),
    ],
)
def test_the_names_of_columns_tell_the_language_of_little_text(header: str, language: str) -> None:
    text = f"{header}\nPan,Gar.\nMos,Nor.\n"
    assert {e.language for e in entries_of(read_csv(text, PurePath("a.csv")))} == {language}


def test_names_that_languages_share_tell_no_other_than_the_text_is_plainly_in() -> None:
    text = "اصطلاح,تعریف\nآٹا,پسے ہوئے اناج کا سفوف۔\nنمک,کھانے میں ڈالنے کی چیز۔\n"
    assert {e.language for e in entries_of(read_csv(text, PurePath("a.csv")))} == {"ur"}


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("glossaire.json", "fr"),
        ("terms_de.json", "de"),
        ("de/terms.json", "de"),
        ("terms.tr.json", "tr"),
        ("it_terms.json", "en"),
    ],
)
def test_a_file_s_name_tells_the_language_of_little_text(name: str, language: str) -> None:
    text = json.dumps([{"term": "Pan", "definition": "Gar."}])
    assert [e.language for e in entries_of(read_json(text, PurePath(name)))] == [language]


def test_text_that_is_plainly_in_another_language_is_not_what_its_file_is_named_for() -> None:
    text = json.dumps([{"term": "Bread", "definition": "A loaf of flour and water, in the oven."}])
    assert [e.language for e in entries_of(read_json(text, PurePath("de/a.json")))] == ["en"]


def test_what_a_file_says_of_itself_is_no_entry() -> None:
    about = {"title": {"en": "Words", "fr": "Mots"}, "description": {"en": "All.", "fr": "Tous."}}
    value = {"meta": about, "terms": [{"term": "Ebb", "definition": "It falls.", "link": "/ebb/"}]}
    (entry,) = entries_of(read_json(json.dumps(value), PurePath("a.json")))
    assert (entry.term, entry.sources) == ("Ebb", ())


@pytest.mark.parametrize(
    "value",
    [
        {"language": "tr", "terms": [{"term": "Gel", "definition": "Su."}]},
        {"meta": {"lang": "Turkish"}, "terms": [{"term": "Gel", "definition": "Su."}]},
        {"meta": {"lang": "Turkish"}, "terms": {"Gel": {"definition": "Su."}}},
    ],
)
def test_what_a_file_says_of_itself_tells_its_language(value: object) -> None:
    (entry,) = entries_of(read_json(json.dumps(value), PurePath("a.json")))
    assert (entry.term, entry.language) == ("Gel", "tr")


def test_columns_that_are_named_for_languages_are_in_them_whatever_the_file_says() -> None:
    value = {
        "language": "tr",
        "terms": [{"term_de": "Ebbe", "definition_de": "Das Wasser fällt."}],
    }
    (entry,) = entries_of(read_json(json.dumps(value), PurePath("a.json")))
    assert entry.language == "de"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("术语,解释\nOven,Oven 是炉子。\n面粉,磨碎的麦子。\nRye,Secale\n酵母,使面团发。\n", "zh"),
        ("a,b\nOven,Oven هو فرن الخبز.\nدقيق,قمح مطحون.\nخميرة,ما يرفع العجين.\n", "ar"),
        ("Термин,Значение\nOven,Oven печёт хлеб.\nМука,Молотое зерно.\n", "ru"),
    ],
)  # fmt: skip
def test_a_column_is_in_one_language_though_some_rows_begin_with_a_foreign_name(
    text: str, language: str
) -> None:
    assert {e.language for e in entries_of(read_csv(text, PurePath("a.csv")))} == {language}


def test_a_row_with_text_enough_in_another_script_is_in_its_own_language() -> None:
    long = "A closed space of brick or of iron in which loaves are baked in the heat of a fire."
    rows = (
        f"术语,解释\n面粉,磨碎的麦子。\n酵母,使面团发起来。\n盐,使面包有味。\nOven,{long} {long}\n"
    )
    found = entries_of(read_csv(rows, PurePath("a.csv")))
    assert [entry.language for entry in found] == ["zh", "zh", "zh", "en"]


def test_words_in_two_languages_are_in_that_of_the_first() -> None:
    found = entries_of(read_csv("text,english\nخبز,bread\nملح,salt\n", PurePath("a.csv")))
    assert [(e.term, e.language, e.summary) for e in found] == [
        ("خبز", "ar", "bread"),
        ("ملح", "ar", "salt"),
    ]


def test_a_short_row_in_other_letters_than_its_column_is_in_another_language() -> None:
    rows = "Bread,A loaf of flour.\nSalt,It is white and of the sea.\nOven,It is hot.\nملح,أبيض.\n"
    found = entries_of(read_csv(f"term,definition\n{rows}", PurePath("a.csv")))
    assert [entry.language for entry in found] == ["en", "en", "en", "ar"]
