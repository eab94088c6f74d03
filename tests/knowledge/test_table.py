"""Terms in a table: JSON, JSON Lines and CSV."""

import json
from collections.abc import Callable, Iterator
from pathlib import PurePath

import pytest

from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.formats.notation import read_json, recognises_json
from knowledge.formats.table import read_csv, recognises_csv
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
    "definition", [None, "", "  ", 5, [], [5]], ids=["null", "empty", "space", "number", "none", "list"]
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
