"""A uploads: files that somebody hands in, and what is understood of them."""

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from knowledge.editing.importing import plan
from knowledge.editing.review import review
from knowledge.editing.uploads import Uploads
from tests.knowledge.conftest import write_files

TABLE = b"word,meaning,topic\nKettle,A vessel for boiling water.,Vessels\nCup,,Vessels\n"


def _parcel(**files: bytes) -> Uploads:
    uploads = Uploads()
    for name, data in files.items():
        uploads.add(name.replace("_", "."), data)
    return uploads


@pytest.mark.parametrize(
    ("name", "safe"),
    [("tea.csv", "tea.csv"), (".hidden.md", "hidden.md"), ("a" * 300 + ".md", "a" * 80 + ".md")],
)
def test_a_name_is_made_safe(name: str, safe: str) -> None:
    assert Uploads().add(name, b"") == safe


def test_what_is_in_all_files_is_one_glossary() -> None:
    uploads = _parcel(
        a_csv=b"term,definition,id\nKettle,A vessel.,k\n",
        b_md="---\nterm: غلاية\nid: k\n---\n\nوعاء لغلي الماء.\n".encode(),
    )
    assert {entry.key for entry in uploads.read().entries} == {"en/k", "ar/k"}


def test_columns_are_chosen_by_hand() -> None:
    uploads = _parcel(tea_csv=TABLE)
    (sheet,) = uploads.sheets()
    assert sheet.header == ("word", "meaning", "topic")
    assert sheet.rows[0][0] == "Kettle"
    roles = {"term": "word", "definition": "meaning", "category": "topic"}
    glossary = uploads.read({"tea.csv": roles})
    assert [(e.term, e.category, e.origin) for e in glossary.entries] == [
        ("Kettle", "Vessels", "tea.csv")
    ]
    assert [(fault.path, fault.line) for fault in glossary.faults] == [("tea.csv", 3)]


def _workbook(**sheets: list[tuple[str, ...]]) -> bytes:
    book: Any = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        added = book.create_sheet(name)
        for row in rows:
            added.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


LONG = "A vessel that nobody has ever named."
BOOK = _workbook(
    Food=[("term", "definition"), ("Bread", "A loaf.")],
    Tea=[("Nr", "Ding", "Heißt"), ("1", "Kettle", LONG), ("2", "Cup", LONG)],
    Notes=[("1", "2"), ("3", "4")],
)


def test_each_sheet_of_a_workbook_is_a_table() -> None:
    sheets = _parcel(tea_xlsx=BOOK).sheets()
    assert [(each.key, each.sheet, each.header) for each in sheets] == [
        ("tea.xlsx/Food", "Food", ("term", "definition")),
        ("tea.xlsx/Tea", "Tea", ("", "", "")),
        ("tea.xlsx/Notes", "Notes", ("", "")),
    ]


def test_a_sheet_without_a_header_is_read_as_chosen() -> None:
    book = _workbook(
        Food=[("term", "definition"), ("Bread", "A loaf.")], Bare=[("x", "Cup"), ("y", "Pan")]
    )
    own = {"tea.xlsx/Bare": {"term": "A", "definition": "B"}}
    glossary = _parcel(tea_xlsx=book).read(own)
    assert "Bread" in glossary.terms("en")
    assert "y" in glossary.terms("en")


def test_a_review_tells_each_entry_and_the_problems_beside_it(tmp_path: Path) -> None:
    dest = write_files(tmp_path / "tea", {"en/cup.md": "---\nterm: Cup\n---\n\nFor tea.\n"})
    uploads = _parcel(
        a_csv=b"term,definition\nKettle,A vessel.\nPan,\nCup,For coffee.\n",
        b_md=b"---\nterm: Pot\ncolour: red\n---\n\nDeep.\n",
    )
    rows = review(plan(uploads.read(), dest))
    assert [(row.state, row.key, len(row.faults)) for row in rows] == [
        ("lost", "", 1),
        ("added", "en/kettle", 0),
        ("added", "en/b", 1),
        ("changed", "en/cup", 0),
    ]
    assert (rows[0].faults[0].path, rows[0].faults[0].line) == ("a.csv", 3)
    assert "colour" in rows[2].faults[0].message
    assert rows[3].before is not None
