"""A parcel: files that somebody hands in, and what is understood of them."""

from pathlib import Path

import pytest

from knowledge import GlossaryError
from knowledge.importing import plan
from knowledge.parcel import Parcel
from knowledge.review import review
from tests.knowledge.conftest import write_files

TABLE = b"word,meaning,topic\nKettle,A vessel for boiling water.,Vessels\nCup,,Vessels\n"


def _parcel(**files: bytes) -> Parcel:
    parcel = Parcel()
    for name, data in files.items():
        parcel.add(name.replace("_", "."), data)
    return parcel


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("tea.csv", "tea.csv"),
        ("../../etc/passwd", "passwd"),
        ("C:\\x\\Tea List.CSV", "tea-list.csv"),
        (".hidden.md", "hidden.md"),
        ("شاي.csv", "شاي.csv"),
        ("", "file"),
        ("...", "file"),
        ("a\0b.md", "ab.md"),
        ("a" * 300 + ".md", "a" * 80 + ".md"),
    ],
)
def test_a_name_is_made_safe(name: str, safe: str) -> None:
    assert Parcel().add(name, b"") == safe


def test_two_files_of_one_name_are_both_kept() -> None:
    parcel = Parcel()
    assert [parcel.add("x/Tea.csv", b""), parcel.add("tea.csv", b"")] == ["tea.csv", "tea-2.csv"]


def test_what_is_in_all_files_is_one_glossary() -> None:
    parcel = _parcel(
        a_csv=b"term,definition,id\nKettle,A vessel.,k\n",
        b_md="---\nterm: غلاية\nid: k\n---\n\nوعاء لغلي الماء.\n".encode(),
    )
    assert {entry.key for entry in parcel.read().entries} == {"en/k", "ar/k"}


def test_columns_are_chosen_by_hand() -> None:
    parcel = _parcel(tea_csv=TABLE)
    (sheet,) = parcel.sheets()
    assert sheet.header == ("word", "meaning", "topic")
    assert sheet.rows[0][0] == "Kettle"
    roles = {"term": "word", "definition": "meaning", "category": "topic"}
    glossary = parcel.read({"tea.csv": roles})
    assert [(e.term, e.category, e.origin) for e in glossary.entries] == [
        ("Kettle", "Vessels", "tea.csv")
    ]
    assert [(fault.path, fault.line) for fault in glossary.faults] == [("tea.csv", 3)]


def test_a_column_without_a_name_of_its_own_has_a_letter() -> None:
    parcel = _parcel(tea_csv=b"term,definition,,x,x\na,b,c,d,e\n")
    assert parcel.sheets()[0].columns == ("term", "definition", "C", "D", "E")


def test_that_there_is_no_entry_is_one_sentence() -> None:
    with pytest.raises(GlossaryError, match=r"^There is no entry in that \(x.bin:1: .*\)\.$"):
        _parcel(x_bin=b"\0\1\2").read()


def test_a_review_tells_each_entry_and_the_problems_beside_it(tmp_path: Path) -> None:
    dest = write_files(tmp_path / "tea", {"en/cup.md": "---\nterm: Cup\n---\n\nFor tea.\n"})
    parcel = _parcel(
        a_csv=b"term,definition\nKettle,A vessel.\nPan,\nCup,For coffee.\n",
        b_md=b"---\nterm: Pot\ncolour: red\n---\n\nDeep.\n",
    )
    rows = review(plan(parcel.read(), dest))
    assert [(row.state, row.key, len(row.faults)) for row in rows] == [
        ("lost", "", 1),
        ("added", "en/kettle", 0),
        ("added", "en/b", 1),
        ("changed", "en/cup", 0),
    ]
    assert (rows[0].faults[0].path, rows[0].faults[0].line) == ("a.csv", 3)
    assert "colour" in rows[2].faults[0].message
    assert rows[3].before is not None
