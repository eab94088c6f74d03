"""Terms in a table: JSON, JSON Lines and CSV."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path, PurePath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.formats import read as read_path
from knowledge.formats.tables import records
from knowledge.formats.tables.notation import read_json, recognises_json
from knowledge.formats.tables.table import read_csv, recognises_csv
from tests.knowledge.conftest import entries_of, faults_of, only_entry, only_fault

RYE = {"term": "Rye bread", "definition": "A dark loaf that is made from the flour of rye."}
BUN = {"term": "Bun", "definition": "A small round loaf that is eaten by one person."}
Reader = Callable[[str, PurePath], Iterator[Entry | Fault]]


def _json(text: str, name: str = "bread.json") -> list[Entry | Fault]:
    return list(read_json(text, PurePath(name)))


def _csv(text: str) -> list[Entry | Fault]:
    return list(read_csv(text, PurePath("bread.csv")))


def _terms(items: list[Entry | Fault]) -> list[str]:
    return [entry.term for entry in entries_of(items)]


@pytest.mark.parametrize(
    ("reader", "text"),
    [
        pytest.param(read_json, json.dumps(RYE), id="a JSON object"),
        pytest.param(read_json, json.dumps([RYE]), id="a JSON list"),
        pytest.param(read_json, json.dumps({"version": 2, "entries": [RYE]}), id="a nested list"),
        pytest.param(read_csv, "term,definition\n{term},{definition}", id="CSV"),
        pytest.param(read_csv, "Term;Definition\n{term};{definition}\n", id="CSV with semicolons"),
        pytest.param(read_csv, "term\tdefinition\n{term}\t{definition}\n", id="CSV with tabs"),
        pytest.param(read_csv, 'definition|"term"\n{definition}|{term}\n', id="CSV with bars"),
    ],
)
def test_a_term_and_a_definition_are_enough(reader: Reader, text: str) -> None:
    if reader is read_csv:
        text = text.format(**RYE)
    entry = only_entry(reader(text, PurePath("bread")))
    assert (entry.id, entry.term, entry.language) == ("rye-bread", "Rye bread", "en")
    assert entry.summary == RYE["definition"]


ROW = {
    **RYE,
    "id": "rye",
    "language": "en-GB",
    "aliases": "black bread; rye loaf",
    "category": "Loaves",
    "related": "bun",
    "sources": "Loaves of the North",
    "updated": "2026-03-01",
    "example": "Mira bakes it.",
}


@pytest.mark.parametrize(
    ("reader", "text"),
    [
        pytest.param(read_json, json.dumps(ROW), id="JSON"),
        pytest.param(read_csv, ",".join(ROW) + "\n" + ",".join(ROW.values()), id="CSV"),
    ],
)
def test_a_row_may_hold_every_field(reader: Reader, text: str) -> None:
    entry = only_entry(reader(text, PurePath("bread")))
    assert entry.key == "en-GB/rye"
    assert entry.aliases == ("black bread", "rye loaf")
    assert (entry.category, entry.related) == ("Loaves", ("bun",))
    assert [source.title for source in entry.sources] == ["Loaves of the North"]
    assert str(entry.updated) == "2026-03-01"
    assert entry.example == "Mira bakes it."


@pytest.mark.parametrize(
    ("reader", "text"),
    [
        pytest.param(
            read_json, '{"term": "Rye", "definition": "A loaf.\\n\\nIt is dark."}', id="JSON"
        ),
        pytest.param(read_csv, 'term,definition\nRye,"A loaf.\n\nIt is dark."', id="CSV"),
    ],
)
def test_the_first_paragraph_of_a_definition_is_the_summary(reader: Reader, text: str) -> None:
    entry = only_entry(reader(text, PurePath("bread")))
    assert (entry.summary, entry.text("body")) == ("A loaf.", "It is dark.")


def test_json_lines_are_an_entry_a_line() -> None:
    items = _json(f"{json.dumps(RYE)}\n\n{json.dumps(BUN)}\n", "bread.jsonl")
    assert _terms(items) == ["Rye bread", "Bun"]
    assert [entry.line for entry in entries_of(items)] == [1, 3]


def test_objects_may_follow_one_another_over_several_lines() -> None:
    assert _terms(_json("\n".join(json.dumps(row, indent=2) for row in (RYE, BUN)))) == [
        "Rye bread",
        "Bun",
    ]


@pytest.mark.parametrize(
    "broken",
    [
        "not json",
        '{"term": "Rye", "definition": }',
        '{"term": "Rye", "definition": "a loaf"',
        '{"term": "Rye", "definition": "a loaf',
        '{"term": "Rye"}',
        '["Rye", "a loaf"]',
        "null",
    ],
)
def test_a_broken_row_of_json_lines_costs_that_row_only(broken: str) -> None:
    text = f"{json.dumps(RYE)}\n{broken}\n{json.dumps(BUN)}\n"
    items = _json(text, "bread.jsonl")
    assert _terms(items) == ["Rye bread", "Bun"]
    assert {(fault.path, fault.line) for fault in faults_of(items)} == {("bread.jsonl", 2)}


def test_a_broken_row_of_json_lines_is_not_said_to_cost_the_rest() -> None:
    (fault,) = faults_of(_json(f"not json\n{json.dumps(BUN)}\n", "bread.jsonl"))
    assert "not valid JSON" in fault.message
    assert "what follows was not read" not in fault.message


def test_a_broken_list_is_read_up_to_where_it_breaks() -> None:
    items = _json(f'[\n{json.dumps(RYE)},\n{{"term": "Bun"; 1}},\n{json.dumps(BUN)}\n]')
    assert _terms(items) == ["Rye bread"]
    (fault,) = faults_of(items)
    assert fault.line == 3
    assert "not valid JSON" in fault.message


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('[\n{"term": "Rye", "definition": "Dark."},\n{"term": "Bun"}\n]', id="list"),
        pytest.param(
            '{"entries":\n[{"term": "Rye", "definition": "Dark."},\n{"term": "Bun"}]}', id="nested"
        ),
    ],
)
def test_a_row_without_a_definition_is_named_with_its_line(text: str) -> None:
    (fault,) = faults_of(_json(text))
    assert fault.line == 3
    assert "no definition" in fault.message


@pytest.mark.parametrize(
    "row", ['{"definition": "Dark."}', '{"definition": "Dark.", "aliases": ["rye", "black"]}']
)
def test_a_row_without_a_term_is_said_to_have_none(row: str) -> None:
    assert "no term" in only_fault(_json(row)).message


@pytest.mark.parametrize(
    "definition",
    [None, "", "  ", 5, [], [5]],
    ids=["null", "empty", "space", "number", "none", "list"],
)
def test_a_definition_is_text(definition: object) -> None:
    fault = only_fault(_json(json.dumps({"term": "Rye", "definition": definition})))
    assert "no definition" in fault.message


def test_what_escapes_in_json_bring_in_is_cleaned() -> None:
    text = r'{"term": "R\u0000ye", "definition": "Dark\ud800 and\u00a0\u200fsour.\r\nYes."}'
    entry = only_entry(_json(text))
    assert (entry.term, entry.summary) == ("Rye", "Dark and sour.\nYes.")
    assert entry.passages


@pytest.mark.parametrize(
    "value", ["[" * 100_000, "1" * 5000, '"\\ud8', "{"], ids=["deep", "long", "cut", "open"]
)
def test_hostile_json_is_a_fault_like_any_other(value: str) -> None:
    fault = only_fault(_json(f'{{"term": "Rye", "definition": {value}'))
    assert (fault.line, fault.severity) == (1, "error")


def test_a_quoted_cell_may_hold_separators_quotes_and_lines() -> None:
    first, second = entries_of(
        _csv('term,definition\nRye,"Dark, ""sour""\nand dense."\nBun,Round.\n')
    )
    assert first.summary == 'Dark, "sour"\nand dense.'
    assert (first.line, second.line) == (2, 4)


def test_space_around_cells_means_nothing() -> None:
    entry = only_entry(_csv('term, definition, language\nRye, "Dark, sour.", en \n'))
    assert (entry.term, entry.summary, entry.language) == ("Rye", "Dark, sour.", "en")


def test_blank_and_short_rows_cost_nothing_else() -> None:
    items = _csv("term,definition,category\nRye,Dark.\n\n,,\nBun\n,Round.\nRoll,Long.,Loaves,\n")
    assert _terms(items) == ["Rye", "Roll"]
    assert [(f.line, f.message.split(":")[0]) for f in faults_of(items)] == [
        (5, "“Bun” has no definition"),
        (6, "has no term"),
    ]


def test_what_is_too_much_for_the_columns_ends_a_definition_that_stands_last() -> None:
    items = _csv("term,definition\nRye,Dark, sour and 1,000 years old.\nBun,Round.\n")
    assert [e.summary for e in entries_of(items)] == ["Dark, sour and 1,000 years old.", "Round."]
    (fault,) = faults_of(items)
    assert (fault.line, fault.severity) == (2, "warning")
    assert "quotes" in fault.message


def test_a_row_with_more_cells_than_columns_is_refused_where_none_can_tell_whose_they_are() -> None:
    items = _csv("definition,term\nDark, sour and dense.,Rye\nRound.,Bun\n")
    assert _terms(items) == ["Bun"]
    assert [(fault.line, fault.severity) for fault in faults_of(items)] == [(2, "error")]


@pytest.mark.parametrize(
    ("row", "summary"),
    [
        ('Bun,"Round." and soft', 'Round." and soft'),
        ('Bun,"Round and soft', "Round and soft"),
    ],
)
def test_a_quote_that_is_not_closed_costs_no_other_row(row: str, summary: str) -> None:
    items = _csv(f"term,definition\nRye,Dark.\n{row}\nRoll,Long.\n")
    assert [(e.term, e.summary) for e in entries_of(items)] == [
        ("Rye", "Dark."),
        ("Bun", summary),
        ("Roll", "Long."),
    ]
    (fault,) = faults_of(items)
    assert (fault.line, fault.severity) == (3, "warning")


@pytest.mark.parametrize("reader", [read_json, read_csv])
@pytest.mark.parametrize(("field", "value"), [("updated", "yesterday"), ("language", "Breadish")])
def test_a_wrong_value_costs_that_value_and_is_named_with_its_row(
    reader: Reader, field: str, value: str
) -> None:
    row = {**RYE, field: value}
    text = (
        f"\n{json.dumps(row)}"
        if reader is read_json
        else ",".join(row) + "\n" + ",".join(row.values())
    )
    items = list(reader(text, PurePath("bread")))
    assert _terms(items) == ["Rye bread"]
    (fault,) = faults_of(items)
    assert (fault.line, fault.severity) == (2, "warning")
    assert value in fault.message


@pytest.mark.parametrize(("text", "is_json"), [("{}", True), ("\n [", True), ("term", False)])
def test_json_is_recognised_by_its_bracket(text: str, is_json: bool) -> None:  # noqa: FBT001
    assert recognises_json(text) is is_json


@pytest.mark.parametrize(
    ("text", "is_csv"),
    [
        ("term,definition\n", True),
        ("ID; Term; Definition", True),
        ('"Definition"\t"Term"', True),
        ("term,meaning\n", True),
        ("A term and its definition\n", False),
        ("Title\n\nterm,definition\n", True),
        ("Bread is a food, and so is cake.\nRye, a grain, is dark.\n", False),
    ],
)
def test_csv_is_recognised_by_its_columns(text: str, is_csv: bool) -> None:  # noqa: FBT001
    assert recognises_csv(text) is is_csv


def _keys(items: list[Entry | Fault]) -> list[tuple[str, str, str]]:
    return [(entry.key, entry.term, entry.summary) for entry in entries_of(items)]


BILINGUAL = [("en/ebb", "Ebb", "The sea falls."), ("ar/ebb", "الجزر", "ينخفض البحر.")]


@pytest.mark.parametrize(
    "header",
    [
        "term_en,term_ar,definition_en,definition_ar",
        "Term (English),Term (Arabic),Definition (English),Definition (Arabic)",
        "المصطلح بالإنجليزية,المصطلح بالعربية,التعريف بالإنجليزية,التعريف بالعربية",
        "English,العربية,English definition,التعريف العربي",
        "en,ar,definition_en,definition_ar",
    ],
)
def test_columns_in_two_languages_give_two_entries_of_one_id(header: str) -> None:
    assert _keys(_csv(f"{header}\nEbb,الجزر,The sea falls.,ينخفض البحر.\n")) == BILINGUAL


def test_a_term_in_another_language_without_a_definition_is_an_alias() -> None:
    (entry,) = entries_of(_csv("Term,المصطلح بالعربية,Definition\nEbb,الجزر,The sea falls.\n"))
    assert (entry.id, entry.aliases) == ("ebb", ("الجزر",))


def test_words_in_two_languages_define_each_other() -> None:
    (entry,) = entries_of(_csv("English|Arabic\nEbb|الجزر\n"))
    assert (entry.term, entry.language, entry.summary) == ("Ebb", "en", "الجزر")


def test_a_full_form_is_what_an_acronym_means_where_nothing_else_says_it() -> None:
    api, ui = entries_of(
        _csv("Acronym,Full form,Description\nMSL,Mean sea level,A height.\nHW,High water,\n")
    )
    assert (api.aliases, api.summary) == (("Mean sea level",), "A height.")
    assert ui.summary == "High water"


def test_further_columns_of_a_definition_are_its_body() -> None:
    text = "term,definition,long description,Notes\nRye,Dark.,It is baked slowly.,Keeps well.\n"
    (entry,) = entries_of(_csv(text))
    assert [(s.name, s.heading, s.text) for s in entry.sections] == [
        ("summary", "", "Dark."),
        ("body", "", "It is baked slowly."),
        ("notes", "Notes", "Keeps well."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("sep=;\nterm;definition\nRye;Dark, sour.\n", id="what Excel says first"),
        pytest.param("Our bread;\n;\nterm;definition\nRye;Dark, sour.\n", id="a title above"),
        pytest.param("term;definition;;\nRye;Dark, sour.;;\n", id="delimiters at the end"),
        pytest.param('"term,definition"\n"Rye,Dark, sour."\n', id="rows quoted as a whole"),
        pytest.param("term,definition\nRye,Dark, sour.\nterm,definition\n", id="the header again"),
        pytest.param("No.;term;definition\n1;Rye;Dark, sour.\n", id="numbered rows"),
        pytest.param("id;term;definition\n1;Rye;Dark, sour.\n", id="numbers for ids"),
        pytest.param("term;definition\nRye;<p>Dark,&nbsp;<b>sour</b>.</p>\n", id="HTML"),
        pytest.param("term;definition\n**Rye**;Dark, [sour](sour.md).\n", id="Markdown"),
    ],
)
def test_habits_of_those_who_write_tables_do_no_harm(text: str) -> None:
    assert recognises_csv(text)
    (entry,) = entries_of(_csv(text))
    assert (entry.id, entry.term, entry.summary) == ("rye", "Rye", "Dark, sour.")


def test_quotes_may_be_escaped_by_a_backslash_and_other_backslashes_stay() -> None:
    (entry,) = entries_of(_csv('term,definition\nRye,"Called \\"dark\\", in C:\\bread"\n'))
    assert entry.summary == 'Called "dark", in C:\\bread'


def test_what_is_no_markup_stays() -> None:
    text = "2 * 3 * 4 and a_b_c, *args, Vec<T>, <p> in HTML, R&D, [sic] and #1"
    (entry,) = entries_of(_csv(f'term;definition\nRye;"{text}"\n'))
    assert entry.summary == text


@pytest.mark.parametrize("language", ["Arabic", "العربية", "ar", "AR"])
def test_a_language_may_be_named(language: str) -> None:
    (entry,) = entries_of(_csv(f"term,definition,language\nRye,Dark.,{language}\n"))
    assert entry.language == "ar"


def test_columns_may_be_chosen() -> None:
    text = "Loaf,Of what,Also\nRye,Dark.,black bread\n"
    chosen = {"term": "Loaf", "definition": "2", "aliases": "C"}
    (entry,) = entries_of(read_csv(text, PurePath("bread.csv"), chosen))
    assert (entry.term, entry.summary, entry.aliases) == ("Rye", "Dark.", ("black bread",))


def test_the_language_of_a_table_is_told_from_all_of_it() -> None:
    rows = "".join(f"Pain {n};Le pain numéro {n} est cuit au four du village.\n" for n in range(9))
    assert {e.language for e in entries_of(_csv(f"terme;définition\n{rows}"))} == {"fr"}


def test_a_thousand_broken_rows_are_not_a_thousand_looks_at_the_file() -> None:
    items = _csv("term,definition\n" + 'Rye,"Dark.\n' * 20_001)
    assert any(fault.message.endswith("was not read.") for fault in faults_of(items))


def test_a_file_without_end_is_read_up_to_a_limit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(records, "_MOST", 2)
    items = _csv("term,definition\nRye,Dark.\nBun,Round.\nRoll,Long.\nPita,Flat.\n")
    assert _terms(items) == ["Rye", "Bun"]
    (fault,) = faults_of(items)
    assert (fault.line, fault.severity) == (4, "error")


CELL = st.text(alphabet="abé ع,;\"'\n\tx", max_size=12)


@given(st.text(alphabet='term,definition;\n"|\t\\ x', max_size=120))
@settings(max_examples=60, deadline=None)
def test_no_text_makes_it_fail(text: str) -> None:
    recognises_csv(text)
    _csv(text)
    _csv(f"term,definition\n{text}")


@given(
    st.lists(st.tuples(st.integers(0, 99), CELL), min_size=1, max_size=5), st.sampled_from(",;\t|")
)
@settings(max_examples=60, deadline=None)
def test_what_is_written_as_csv_comes_back(rows: list[tuple[int, str]], delimiter: str) -> None:
    told = {f"Loaf {n}": f"It is {' '.join(text.split())}so." for n, text in rows}
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter)
    writer.writerows([("term", "definition"), *told.items()])
    items = _csv(stream.getvalue().replace("\r\n", "\n"))
    assert {e.term: e.summary for e in entries_of(items)} == told


WORDED = (
    "word,industry,aliases,in use,tags\n"
    "Batch,baking,bake;run,What an oven holds at a time and bakes together.,trade\n"
    "Proof,baking,rise,The rest in which a shaped loaf swells.,trade\n"
    "Crumb,baking,,The soft inner part of a loaf and its holes.,trade\n"
)


def test_where_no_name_tells_the_definitions_the_longest_texts_are_them() -> None:
    first, *_ = entries_of(_csv(WORDED))
    assert (first.term, first.summary) == (
        "Batch",
        "What an oven holds at a time and bakes together.",
    )
    assert (first.aliases, first.category) == (("bake", "run"), "trade")


def test_where_no_name_tells_the_terms_short_texts_each_another_are_them() -> None:
    text = (
        "Bakery slang,Region,Hidden (trade) meaning\n"
        "Dead dough,north,Dough that has stopped rising for good\n"
        "Old mother,south,A leaven that is many years old\n"
        "Window,south,Dough stretched so thin that light comes through\n"
    )
    entries = entries_of(_csv(text))
    assert [e.term for e in entries] == ["Dead dough", "Old mother", "Window"]
    assert entries[0].summary == "Dough that has stopped rising for good"


def test_names_and_figures_are_no_terms() -> None:
    assert not recognises_csv("name,price,stock\nBun,2,17\nRoll,3,4\nBagel,4,1\n")


def test_words_in_two_languages_keep_their_notes() -> None:
    text = "zh,en,category,note\n面包,bread,food,not 包子, which is another\n面粉,flour,food,\n"
    bread, flour = entries_of(_csv(text))
    assert (bread.term, bread.summary) == ("面包", "bread")
    assert bread.sections[1].text == "not 包子, which is another"
    assert (flour.term, flour.summary) == ("面粉", "flour")


def test_a_translation_stands_in_for_a_definition_that_is_missing() -> None:
    text = "en,ar,description\nbread,خبز,Baked dough.\nflour,دقيق,\n"
    items = _csv(text)
    assert [e.summary for e in entries_of(items)] == ["Baked dough.", "دقيق"]
    message = "“flour” has no definition: its translation stands in its place."
    assert [str(f) for f in faults_of(items)] == [f"bread.csv:3: warning: {message}"]


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("영어,번역문", "en"),
        ("英文,中文", "en"),
        ("Engels,Arabisch", "en"),
        ("العربية,الإنجليزية", "ar"),
    ],
)
def test_languages_are_known_by_their_names_in_others(header: str, language: str) -> None:
    assert recognises_csv(f"{header}\nbread,bun\nrye,oat\n")
    entry, _ = entries_of(_csv(f"{header}\nbread,bun\nrye,oat\n"))
    assert (entry.term, entry.summary, entry.language) == ("bread", "bun", language)


def test_null_and_its_like_may_be_terms() -> None:
    text = "term,definition\nNone,The baker is away.\nNaN,no number\nnull,none at all\nN/A,-\n"
    assert _terms(_csv(text)) == ["None", "NaN", "null"]


def test_a_name_between_underscores_is_no_bold_word() -> None:
    entry, _ = entries_of(_csv("term,definition\n__dough__,The module.\n__Dough__ rye,Bread.\n"))
    assert entry.term == "__dough__"


def test_a_topic_is_a_category_beside_a_term_and_else_the_term() -> None:
    question, topic = (
        "question,answer,topic\nHow?,With yeast.,Rising\n",
        "topic,meaning\nRye,A corn.\n",
    )
    entry = only_entry(_csv(question))
    assert (entry.term, entry.category, entry.aliases) == ("How?", "Rising", ())
    assert only_entry(_csv(topic)).term == "Rye"


def test_the_term_is_in_the_letters_of_a_definition_that_says_no_language() -> None:
    text = "الإنجليزية,العربية,الشرح\nBread,خبز,عجين من الدقيق والماء يخبز في فرن حار\n"
    entry = only_entry(_csv(text))
    assert (entry.term, entry.aliases, entry.language) == ("خبز", ("Bread",), "ar")


def test_brackets_in_an_address_are_part_of_it() -> None:
    text = "term,definition,url\nRye,A corn.,https://example.org/Rye_(corn)\nOat,A corn.,(https://example.org/a)\n"
    rye, oat = entries_of(_csv(text))
    assert rye.sources[0].url == "https://example.org/Rye_(corn)"
    assert oat.sources[0].url == "https://example.org/a"


def test_a_table_of_terms_and_nothing_else_is_told_to_be_one(tmp_path: Path) -> None:
    file = tmp_path / "bread.csv"
    file.write_text("id,term\n1,rye bread\n2,bun\n", encoding="utf-8")
    fault = only_fault(list(read_path(file)))
    assert fault.message == (
        "names terms, and no column says what they mean: add one, named “definition”."
    )


def test_rows_that_say_but_a_letter_are_passed_over() -> None:
    text = "#,Term,Definition\nB,,\n1,Bun,A small loaf.\n2,Bap,Flat.\nR,R,R\n3,Rye,A corn.\nS,,\n"
    assert recognises_csv(text)
    items = _csv(text)
    assert (_terms(items), faults_of(items)) == (["Bun", "Bap", "Rye"], [])


NAMED = """\
n,d
Ebb,"The sea falls, twice on every day."
Flow,The sea rises again on that day.
Slack,Neither of the two in between them.
"""


@pytest.mark.parametrize("text", [NAMED, "Root,Words\nجزر,الجزر\nمدد,المد\nبحر,البحار\n"])
def test_a_header_of_names_that_say_nothing_is_no_entry(text: str, tmp_path: Path) -> None:
    (tmp_path / "sea.csv").write_text(text, "utf-8")
    found = entries_of(read_path(tmp_path / "sea.csv"))
    assert [entry.line for entry in found] == [2, 3, 4]


def test_the_longest_text_says_why_a_term_is_to_be_left() -> None:
    text = (
        "Term to Reconsider,Suggested Alternative,Why,Source\n"
        "Dead water,Slack water,The water is not dead and moves again soon.,A book on tides\n"
        "King tide,Spring tide,No king has ever told the sea what to do.,A book on tides\n"
    )
    dead, _ = entries_of(read_csv(text, PurePath("sea.csv")))
    assert (dead.term, dead.aliases) == ("Dead water", ("Slack water",))
    assert dead.summary == "The water is not dead and moves again soon."


def test_a_row_with_the_name_of_a_column_in_it_is_no_header() -> None:
    text = "term_en,term_ar,context,note\noven,فرن,kitchen,big\ncontext,سياق,all,how it is said\n"
    assert [e.term for e in entries_of(read_csv(text, PurePath("t.csv")))] == ["oven", "context"]


def test_a_line_of_comment_between_rows_is_no_entry() -> None:
    text = "term,definition\noven,A hot box.\n# ==== tools ====\npeel,A flat shovel.\n"
    assert [e.term for e in entries_of(read_csv(text, PurePath("t.csv")))] == ["oven", "peel"]
    assert not faults_of(read_csv(text, PurePath("t.csv")))


def test_a_text_in_pieces_with_links_between_is_one_paragraph() -> None:
    link = {"href": "https://a.example/peel", "text": "peel"}
    pieces = ["Takes the loaf from the", link, ". It is hot."]
    entry = only_entry(read_json(json.dumps({"term": "oven", "definition": pieces}), PurePath("b")))
    assert entry.summary == "Takes the loaf from the peel. It is hot."


def test_what_is_referred_to_is_a_term_or_a_work() -> None:
    refs = ["Bun", "https://example.org/rye", "Mill Office, Grain, 2019, p. 4"]
    rows = [{**RYE, "ref": refs[0]}, {**BUN, "refs": refs[1:]}]
    rye, bun = entries_of(_json(json.dumps(rows)))
    assert (rye.related, rye.sources) == (("bun",), ())
    assert bun.related == ()
    assert [(s.title, s.url) for s in bun.sources] == [(refs[1], refs[1]), (refs[2], "")]


def test_words_in_another_script_are_translations_whatever_their_column_is_called() -> None:
    rows = "rye,黑麥,黑麦\nflour,麵粉,面粉\nyeast,酵母,酵素\noven,烤爐,烤箱\nsalt,鹽,盐\n"
    rye, *_ = entries_of(_csv(f"english,North,South\n{rows}"))
    assert (rye.term, rye.aliases, rye.language) == ("rye", ("黑麥", "黑麦"), "en")


def test_rows_of_a_name_alone_are_categories_if_the_first_is_one() -> None:
    groups = "term,definition\nDARK,\nRye bread,Of rye.\nRye bun,Small.\nSMALL,\nBun,Round.\n"
    assert [(e.term, e.category) for e in entries_of(_csv(groups))] == [
        ("Rye bread", "DARK"),
        ("Rye bun", "DARK"),
        ("Bun", "SMALL"),
    ]
    unfinished = "term,definition\nRye bread,Of rye.\nRye bun,\nBun,Round.\nBap,\nRoll,Soft.\n"
    found = _csv(unfinished)
    assert [entry.category for entry in entries_of(found)] == ["", "", ""]
    assert len(faults_of(found)) == 2


def test_what_stands_in_brackets_behind_a_term_or_is_asked_for_is_its_name() -> None:
    rows = "term,definition\nBread Makers’ Guild (BMG),Of bakers.\nWhat is a bun?,Small.\n"
    guild, bun = entries_of(_csv(f"{rows}Loaves (%),Of all.\n"))[:2]
    assert (guild.term, guild.aliases) == ("Bread Makers’ Guild", ("BMG",))
    assert (bun.term, bun.asked) == ("Bun", ("What is a bun?",))
    words = entries_of(_csv("english,chinese\nbread (食物),面包\nbread (钱),钞票\n"))
    assert [(e.term, e.aliases) for e in words] == [
        ("bread (食物)", ("面包",)),
        ("bread (钱)", ("钞票",)),
    ]


def test_of_a_table_of_two_the_texts_beside_the_terms_define_whatever_their_name() -> None:
    text = "Term;For newcomers\nEbb;The sea falls for six hours.\nFlow;It rises again for six.\n"
    first, _ = entries_of(_csv(text))
    assert (first.term, first.summary) == ("Ebb", "The sea falls for six hours.")
    assert not recognises_csv("Name;Lives in\nMira;The house by the old harbour.\nNoor;Beside.\n")


def test_a_text_under_a_name_that_nobody_knows_defines_words_in_two_languages() -> None:
    text = (
        "Thuật ngữ,Tiếng Anh,Cách hiểu\n"
        "Triều xuống,Ebb,Nước biển rút ra xa bờ sau khi lên cao.\n"
        "Triều lên,Flow,Nước biển dâng lên sau khi xuống thấp.\n"
        "Cầu cảng,Quay,Bức tường nơi tàu thuyền neo đậu.\n"
    )
    entry, *_ = entries_of(read_csv(text, PurePath("sea.csv")))
    assert (entry.term, entry.aliases) == ("Triều xuống", ("Ebb",))
    assert entry.summary == "Nước biển rút ra xa bờ sau khi lên cao."


@pytest.mark.parametrize(
    "header",
    [
        "Termín,Definice,Kategorie,Příklad,Zdroj",
        "מונח,הגדרה,קטגוריה,דוגמה,מקור",
        "Термін,Визначення,Категорія,Приклад,Джерело",
        "Istilah,Arti,Kategori,Contoh,Sumber",
        "용어,정의,분류,예문,출처",
        "용어,정의,주제,예문,출처",
    ],
)
def test_columns_may_be_named_in_any_of_many_languages(header: str) -> None:
    row = "Ebb,The sea falls.,Sea,The ebb is near.,A book"
    (entry,) = entries_of(read_csv(f"{header}\n{row}\n", PurePath("sea.csv")))
    assert (entry.category, entry.text("example")) == ("Sea", "The ebb is near.")
    assert [source.title for source in entry.sources] == ["A book"]


def test_a_table_of_nothing_but_a_term_and_a_definition_may_have_few_of_these() -> None:
    rows = "".join(f"Sail {n},{'A cloth.' if n % 5 == 0 else ''}\n" for n in range(20))
    assert recognises_csv(f"term,definition\n{rows}")
    assert not recognises_csv(f"Sails, and a definition of each\n{rows}")


def test_a_table_whose_first_column_is_rarely_filled_is_no_indented_text(tmp_path: Path) -> None:
    rows = [("E", "Ebb"), ("", "Eddy"), ("F", "Flow"), ("", "Fetch"), ("N", "Neap"), ("", "Nip")]
    path = tmp_path / "sea.tsv"
    told = "".join(f"{letter}\t{term}\tWhat is said of it.\n" for letter, term in rows)
    path.write_text(f"\tTerm\tDefinition\n{told}", encoding="utf-8")

    assert [e.term for e in entries_of(read_path(path))] == [term for _, term in rows]


def test_a_source_before_one_language_is_the_text_that_is_translated() -> None:
    text = "source,en,note\n退潮,ebb,“ebb tide” at first mention\n涨潮,flow,\n"

    assert [(e.term, e.aliases) for e in entries_of(read_csv(text, PurePath("sea.csv")))] == [
        ("退潮", ("ebb",)),
        ("涨潮", ("flow",)),
    ]


def test_an_id_of_several_words_is_the_term_where_nothing_else_is() -> None:
    rows = [
        ("Ebb tide", "The sea falls."),
        ("Flow", "The sea rises."),
        ("Slack water", "It waits."),
    ]
    text = "Id,Reference,Description\n" + "".join(f"{a},A book,{b}\n" for a, b in rows)

    entries = entries_of(read_csv(text, PurePath("sea.csv")))

    assert [(e.term, e.summary) for e in entries] == rows


PEOPLE = (
    ("hh_size", "Number of people who live in the house"),
    ("inc_net", "Income of the house in the last month"),
    ("bed_own", "Whether there is a bed for each of them"),
    ("age", "Years"),
)


@pytest.mark.parametrize(
    "header",
    ["Variable Name,Variable Label", "variable,label", "Field Name,Field Label", "name,label"],
)
def test_a_label_says_what_a_variable_is(header: str) -> None:
    text = f"{header}\n" + "".join(f"{name},{label}\n" for name, label in PEOPLE)
    assert recognises_csv(text)
    assert [(e.term, e.summary) for e in entries_of(_csv(text))] == [*PEOPLE]


def test_a_column_of_words_is_the_term_though_it_is_called_a_picture() -> None:
    text = "image,description\n" + "".join(
        f"{term},{said}\n"
        for term, said in (
            ("Rye bread", "A dark loaf from the flour of rye."),
            ("White bun", "A small round loaf that one person eats."),
            ("Crust", "What is hard at the outside of a loaf."),
        )
    )
    assert _terms(_csv(text)) == ["Rye bread", "White bun", "Crust"]


@pytest.mark.parametrize("row", ["{term},{said}", "{n},{term},{said}"])
def test_a_header_that_but_counts_the_columns_is_none(row: str, tmp_path: Path) -> None:
    said = {
        "Rye": "A dark loaf from the flour of rye.",
        "Bun": "A small round loaf that one person eats.",
        "Crust": "What is hard at the outside of a loaf.",
        "Dough": "Flour and water before they are baked.",
    }
    rows = [row.format(n=n, term=t, said=said[t]) for n, t in enumerate(said)]
    header = ",0,1" if row.startswith("{n}") else "0,1"
    (tmp_path / "bread.csv").write_text("\n".join([header, *rows]), "utf-8")
    assert [(e.term, e.summary) for e in entries_of(read_path(tmp_path))] == [*said.items()]


def test_a_column_of_yes_and_no_defines_nothing() -> None:
    text = "Term,Description,Markdown\n" + "Rye,A dark loaf.,N\nBun,A small loaf.,Y\n" * 3
    assert [[s.text for s in e.sections] for e in entries_of(_csv(text))] == [
        ["A dark loaf."],
        ["A small loaf."],
    ]


@pytest.mark.parametrize("sign", ["؛", "،"])
def test_the_comma_and_the_semicolon_of_arabic_may_part_cells(sign: str) -> None:
    rows = [
        ("المصطلح", "التعريف"),
        ("خبز", "طعام من الدقيق والماء."),
        ("عجين", "دقيق معجون بالماء."),
    ]
    text = "\n".join(sign.join(row) for row in rows)
    assert recognises_csv(text)
    assert [(e.term, e.summary) for e in entries_of(_csv(text))] == rows[1:]


def test_a_word_in_the_letters_of_its_definition_is_the_term_whatever_stands_first() -> None:
    text = (
        "م,المصطلح بالإنجليزية,المقابل العربي,الشرح\n"
        "1,bread,خبز,طعام من الدقيق والماء.\n2,dough,عجين,دقيق معجون بالماء.\n"
    )
    assert [(e.term, e.aliases, e.language) for e in entries_of(_csv(text))] == [
        ("خبز", ("bread",), "ar"),
        ("عجين", ("dough",), "ar"),
    ]


def test_an_unknown_name_beside_abbreviations_is_that_of_what_they_stand_for() -> None:
    text = (
        "sigla,scioglimento,stato\nfar.,farina di segale,da rivedere\npan.,panificio,da rivedere\n"
        "liev.,lievito madre,da rivedere\nforn.,fornaio,da rivedere\n"
    )
    assert recognises_csv(text)
    assert [(e.term, e.summary) for e in entries_of(_csv(text))][:2] == [
        ("far.", "farina di segale"),
        ("pan.", "panificio"),
    ]


def test_of_a_table_of_fields_these_are_the_terms_but_not_of_a_guide_to_a_glossary() -> None:
    rows = "dough_kg,float,How much dough there is.\noven_c,int,How hot the oven is.\n"
    found = entries_of(_csv(f"Field,Type,Description\n{rows}"))
    assert [(e.term, e.summary) for e in found] == [
        ("dough_kg", "How much dough there is."),
        ("oven_c", "How hot the oven is."),
    ]
    assert not recognises_csv("Field,Description\nTerm,Write it here\nDefinition,What it means\n")
