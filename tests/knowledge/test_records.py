"""Tables, workbooks and trees of fields: what each makes of its rows."""

import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import PurePath

import openpyxl
import pytest

from knowledge import GlossaryError
from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.formats import records
from knowledge.formats.columns import chosen, column, holds_entries, roles
from knowledge.formats.decoding import File, UnreadableError
from tests.knowledge.conftest import entries_of, faults_of


def _read(
    name: str, data: str | bytes, **own: Mapping[str, str]
) -> tuple[list[Entry], list[Fault]]:
    file = File(PurePath(name), data.encode() if isinstance(data, str) else data)
    assert records.handles(file)
    chosen = {f"{name}/{sheet}": columns for sheet, columns in own.items()}
    items = list(records.read(file, chosen))
    return entries_of(items), faults_of(items)


def _told(name: str, data: str | bytes) -> list[tuple[str, str, str, str]]:
    return [(e.language, e.id, e.term, e.summary) for e in _read(name, data)[0]]


TIDE = ("en", "tide", "Tide", "The sea rises twice a day.")
EBB = ("en", "ebb", "Ebb", "The sea falls after the tide.")
MADD = ("ar", "tide", "المد", "يرتفع البحر مرتين كل يوم.")


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("  TERMS ", "term"), ("term_en", "term_en"), ("termAr", "term_ar"), ("1. Term", "term"),
        ("Term (English)", "term_en"), ("Termo em inglês", "term_en"), ("English", "_en"),
        ("المصطلح بالعربية", "term_ar"), ("التعريف (عربي)", "definition_ar"), ("العربية", "_ar"),
        ("Definition of the term", "definition"), ("شرح المصطلح", "definition"),
        ("مثال", "example"), ("المرادفات", "aliases"), ("term_id", "id"), ("No.", "nothing"),
        ("", None), ("Colour of the crust", None), ("x" * 500, None), ("First name", None),
    ],
)  # fmt: skip
def test_a_column_is_known_by_its_name_or_not_guessed_at(name: str, key: str | None) -> None:
    known = column(name)
    assert (known and known.key) == key


@pytest.mark.parametrize(
    ("names", "keys"),
    [
        (["Acronym", "Full form", "Description"], ["term", "expansion", "definition"]),
        (["Title", "Term", "Definition"], ["nothing", "term", "definition"]),
        (["Term", "English", "Arabic"], ["term", "definition_en", "definition_ar"]),
        (["Term", "المصطلح", "Text", "النص"], ["term", "term_ar", "definition", "definition_ar"]),
    ],
)  # fmt: skip
def test_columns_are_told_by_their_neighbours(names: list[str], keys: list[str]) -> None:
    known = roles(tuple(names))
    assert [known[n].key for n in range(len(names))] == keys
    assert holds_entries(known)


@pytest.mark.parametrize("names", [["Name", "Age"], ["Term"], ["Language", "Name"], ["id"], []])
def test_a_table_of_other_things_holds_no_entries(names: list[str]) -> None:
    assert not holds_entries(roles(tuple(names)))


def test_columns_are_chosen_by_name_letter_or_number() -> None:
    names = ["Loaf", "", "What it is"]
    found = chosen(names, {"term": "loaf", "definition": "C", "definition_ar": "2"}, "a.csv")
    assert {n: known.key for n, known in found.items()} == {
        0: "term", 2: "definition", 1: "definition_ar",
    }  # fmt: skip
    with pytest.raises(GlossaryError, match="A: Loaf, B: -, C: What it is"):
        chosen(names, {"term": "Crust"}, "a.csv")
    with pytest.raises(GlossaryError, match="no field “colour”"):
        chosen(names, {"colour": "A"}, "a.csv")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_table_is_parted_by_whatever_its_header_shows(delimiter: str) -> None:
    rows = [("Term", "Definition", "Term (Arabic)", "Definition (Arabic)"), (*TIDE[2:], *MADD[2:])]
    text = "\n".join(delimiter.join(row) for row in rows)
    assert _told("sea.csv", text) == [TIDE, MADD]


def test_a_row_is_read_with_all_its_columns() -> None:
    (entry,), _ = _read(
        "sea.csv",
        "Glossary of the sea,,,,,,,\n"
        "Term,Definition,Explanation,Example,Synonyms,Category,See also,Source,Wind\n"
        'Tidal range (TR),"The <b>height</b> of the tide.\n\nIt varies.",By the Moon.,'
        "At noon.,range; height of the tide,Sea,Ebb; Flow,A Book https://example.org/a,3\n",
    )
    assert (entry.term, entry.aliases) == ("Tidal range", ("TR", "range", "height of the tide"))
    assert entry.summary == "The height of the tide."
    assert (entry.text("body"), entry.example) == ("It varies.\n\nBy the Moon.", "At noon.")
    assert (entry.category, entry.related) == ("Sea", ("ebb", "flow"))
    assert [(s.title, s.url) for s in entry.sources] == [("A Book", "https://example.org/a")]
    assert (entry.origin, entry.line) == ("sea.csv", 3)


def test_a_term_in_a_language_without_a_definition_is_another_name() -> None:
    (entry,), _ = _read("sea.csv", "term_en,term_ar,definition\nTide,المد,The sea rises.\n")
    assert (entry.term, entry.language, entry.aliases) == ("Tide", "en", ("المد",))
    (arabic,), _ = _read("sea.csv", "term_en,term_ar,definition\nTide,المد,يرتفع البحر كل يوم\n")
    assert (arabic.term, arabic.language, arabic.aliases) == ("المد", "ar", ("Tide",))
    (word,), _ = _read("words.csv", "English,العربية\nTide,المد\n")  # they define each other
    assert (word.term, word.summary) == ("Tide", "المد")


def test_rows_that_cannot_be_used_are_named_by_their_lines() -> None:
    text = (
        'term,definition\nTide,The sea rises, and falls.\nEbb,\nFlow,"It comes.\nSea,It is salt.\n'
    )
    entries, faults = _read("sea.csv", text)
    assert [entry.term for entry in entries] == ["Tide", "Flow", "Sea"]
    assert entries[0].summary == "The sea rises, and falls."
    assert [(f.line, f.severity) for f in faults] == [(4, "warning"), (3, "error")]


@pytest.mark.parametrize("text", ["word,part of speech\nTide,noun\nEbb,noun\n", "a,b,c\nd,e,f\n"])
def test_a_table_that_says_nothing_of_its_terms_is_refused(text: str) -> None:
    with pytest.raises(UnreadableError, match="add one, named “definition”"):
        _read("words.csv", text)


def test_one_id_in_rows_of_two_languages_pairs_them() -> None:
    text = f"id,language,term,definition\n7,en,{TIDE[2]},{TIDE[3]}\n7,ar,{MADD[2]},{MADD[3]}\n"
    assert _told("sea.csv", text) == [TIDE, MADD]


@pytest.mark.parametrize(
    "text",
    [
        f"{TIDE[2]}\t{TIDE[3]}\n{EBB[2]}\t{EBB[3]}\n",
        f"#separator:tab\n#tags column:3\nTide\t{TIDE[3]}[sound:a.mp3]\tsea\nEbb\t{EBB[3]}\tsea\n",
    ],
)
def test_flash_cards_are_terms_and_what_they_mean(text: str) -> None:
    assert _told("cards.txt", text) == [TIDE, EBB]


_TREES = [
    [{"term": TIDE[2], "definition": TIDE[3]}, {"term": EBB[2], "definition": EBB[3]}],
    {"title": "Sea", "terms": [{"name": e[2], "meaning": e[3]} for e in (TIDE, EBB)]},
    {TIDE[2]: TIDE[3], EBB[2]: EBB[3]},
    {"tide": {"term": "Tide", "definition": TIDE[3]}, "ebb": {"term": "Ebb", "definition": EBB[3]}},
    {"T": [{"term": TIDE[2], "definition": TIDE[3]}], "E": [{"term": "Ebb", "definition": EBB[3]}]},
]  # fmt: skip


@pytest.mark.parametrize("tree", _TREES)
def test_records_stand_in_trees_in_many_ways(tree: object) -> None:
    assert _told("sea.json", json.dumps(tree)) == [TIDE, EBB]
    assert _told("sea.yaml", json.dumps(tree)) == [TIDE, EBB]


@pytest.mark.parametrize(
    "tree",
    [
        [{"id": "tide", "term": {"en": "Tide", "ar": "المد"},
          "def": {"en": TIDE[3], "ar": MADD[3]}}],
        [{"id": "tide", "en": {"term": "Tide", "def": TIDE[3], "version": "2"},
          "def_ar": MADD[3], "term_ar": "المد"}],
    ],
)  # fmt: skip
def test_a_record_in_two_languages_is_two_entries_of_one_id(tree: object) -> None:
    assert sorted(_told("sea.json", json.dumps(tree, ensure_ascii=False))) == [MADD, TIDE]


def test_yaml_and_toml_keep_words_as_they_are_written() -> None:
    yaml = (
        "Sea:\n  - term: No\n    definition:\n      - It is not.\n      - Not ever.\n"
        "    updated: 2026-01-02\nShore:\n  - term: Yes\n    definition: It is.\n"
    )
    entries, _ = _read("words.yaml", yaml)
    assert [(e.term, e.category, e.line) for e in entries] == [
        ("No", "Sea", 2),
        ("Yes", "Shore", 8),
    ]
    assert (entries[0].text("body"), str(entries[0].updated)) == ("Not ever.", "2026-01-02")
    toml = f'[[term]]\nterm = "Tide"\ndefinition = "{TIDE[3]}"\naliases = ["high water"]\n'
    assert [e.aliases for e in _read("sea.toml", toml)[0]] == [("high water",)]


def test_a_broken_line_costs_that_line_alone() -> None:
    lines = '{"term": "Tide", "definition": "It rises."}\n{"term":\n{"term": "Ebb"}\n'
    entries, faults = _read("sea.jsonl", lines)
    assert [entry.term for entry in entries] == ["Tide"]
    assert [fault.line for fault in faults] == [2]


@pytest.mark.parametrize(
    ("name", "tree"),
    [
        ("package.json", {"name": "sea", "description": "A library that tells the tides of a day",
                          "scripts": {"build": "tsc -p .", "test": "jest --ci"}, "version": "1"}),
        ("en.json", {"button.save": "Save the file now", "home.title": "Welcome to our nice site"}),
    ],
)  # fmt: skip
def test_a_configuration_yields_nothing(name: str, tree: object) -> None:
    assert _read(name, json.dumps(tree)) == ([], [])


_BOOK: dict[str, list[tuple[str, ...]]] = {
    "English": [("Term", "Definition"), TIDE[2:]],
    "عربي": [("المصطلح", "التعريف"), MADD[2:]],
    "Wind": [("Things", "What"), ("Gale", "A wind that is strong.")],
    "Read me": [("Thanks to all who wrote it",)],
}


def _xlsx() -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in _BOOK.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.create_sheet("Hidden").sheet_state = "hidden"
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def test_sheets_of_terms_are_in_the_language_of_their_names() -> None:
    book = _xlsx()
    entries, faults = _read("sea.xlsx", book)
    told = [(e.language, e.term, e.summary) for e in entries]
    assert told == [(each[0], *each[2:]) for each in (TIDE, MADD)]
    assert all(fault.severity == "warning" for fault in faults)
    assert any("“Read me”" in fault.message for fault in faults)
    chosen_too, _ = _read("sea.xlsx", book, Wind={"term": "Things", "definition": "B"}, English={})
    assert [e.term for e in chosen_too] == ["المد", "Gale"]


def test_what_was_understood_of_a_sheet_is_told_for_a_person_to_choose() -> None:
    sheets = records.sheets(File(PurePath("sea.xlsx"), _xlsx()))
    assert [(s.key, s.header, s.roles) for s in sheets][:2] == [
        ("sea.xlsx/English", ("Term", "Definition"), {"term": "Term", "definition": "Definition"}),
        ("sea.xlsx/عربي", ("المصطلح", "التعريف"), {"term": "المصطلح", "definition": "التعريف"}),
    ]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("deep.json", b"[" * 100_000),
        ("deep.yaml", b"[" * 100_000),
        ("columns.csv", b"term,definition" + b",x" * 1_000_000 + b"\n"),
        ("nothing.csv", b"\0" * 1_000_000),
        ("broken.xlsx", _xlsx()[:3000]),
        ("broken.ods", _xlsx()[:3000]),
    ],
)  # fmt: skip
def test_hostile_files_are_refused(name: str, data: bytes) -> None:
    with pytest.raises(UnreadableError):
        _read(name, data)


def test_a_workbook_that_unpacks_without_end_or_has_cells_far_apart_is_refused() -> None:
    far = b'<worksheet><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></worksheet>'
    for sheet in (far, b" " * 150_000_000):
        book = io.BytesIO()
        with zipfile.ZipFile(book, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/worksheets/sheet1.xml", sheet)
        with pytest.raises(UnreadableError, match="cannot be opened"):
            _read("bomb.xlsx", book.getvalue())
