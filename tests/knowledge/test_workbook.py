"""Workbooks: XLSX, XLS and ODS."""

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path, PurePath
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from knowledge import GlossaryError
from knowledge.formats import read as read_path
from knowledge.formats import sheets
from knowledge.formats.tables import bulk, compound
from knowledge.formats.tables.workbook import read, recognises
from tests.knowledge.conftest import entries_of, faults_of, only_fault

HEAD = ("Term", "Definition")
RYE = ("Rye bread", "A dark loaf of rye.")
KHUBZ = ("خبز", "عجين من الدقيق والماء يُخبز في الفرن.")


def _xlsx(book: Any) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _book(rows: Sequence[Sequence[object]]) -> Any:
    book: Any = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    return book


def _ods(rows: Sequence[Sequence[str]], *, padded: bool = False) -> bytes:
    document, table = OpenDocumentSpreadsheet(), Table(name="Bread")
    for row in rows:
        line = TableRow()
        for text in row:
            cell = TableCell(valuetype="string")
            for part in text.split("\n"):
                cell.addElement(P(text=part))
            line.addElement(cell)
        if padded:
            line.addElement(TableCell(numbercolumnsrepeated=16000))
        table.addElement(line)
    if padded:
        line = TableRow(numberrowsrepeated=1048000)
        line.addElement(TableCell(numbercolumnsrepeated=16384))
        table.addElement(line)
    document.spreadsheet.addElement(table)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _read(data: bytes, **columns: str) -> list[Any]:
    assert recognises(data)
    return list(read(data, PurePath("bread.xlsx"), columns or None))


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(_xlsx(_book([HEAD, RYE, KHUBZ])), id="XLSX"),
        pytest.param(_ods([HEAD, RYE, KHUBZ]), id="ODS"),
        pytest.param(_ods([HEAD, RYE, KHUBZ], padded=True), id="ODS with empty cells to the edge"),
    ],
)
def test_a_workbook_is_a_table(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "bread.dat").write_bytes(data)
    entries = entries_of(read_path(tmp_path / "bread.dat"))
    assert [(e.term, e.summary, e.language, e.line) for e in entries] == [
        (*RYE, "en", 2),
        (*KHUBZ, "ar", 3),
    ]


def test_a_title_and_empty_rows_may_stand_above_the_header() -> None:
    book = _book([("Our bread",), (), ("", "Category", *HEAD), ("", "Loaves", *RYE)])
    book.active.merge_cells("A1:D1")
    (entry,) = entries_of(_read(_xlsx(book)))
    assert (entry.term, entry.category, entry.line) == ("Rye bread", "Loaves", 4)


def test_a_merged_cell_counts_for_each_row_that_it_covers() -> None:
    book = _book([("Category", *HEAD), ("Loaves", *RYE), (None, "Bun", "Round.")])
    book.active.merge_cells("A2:A3")
    assert [e.category for e in entries_of(_read(_xlsx(book)))] == ["Loaves", "Loaves"]


def test_languages_may_stand_above_the_header_over_several_columns() -> None:
    book = _book([("English", None, "العربية", None), (*HEAD, *HEAD), (*RYE, *KHUBZ)])
    book.active.merge_cells("A1:B1")
    book.active.merge_cells("C1:D1")
    assert [(e.key, e.summary) for e in entries_of(_read(_xlsx(book)))] == [
        ("en/rye-bread", RYE[1]),
        ("ar/rye-bread", KHUBZ[1]),
    ]


def test_numbers_and_days_are_read_as_they_are_shown() -> None:
    rows = [
        (*HEAD, "Updated", "Id"),
        (1847, "A flour.", date(2026, 3, 1), "type-1847"),
        (0.5, "Half."),
    ]
    first, second = entries_of(_read(_xlsx(_book(rows))))
    assert (first.term, first.id, str(first.updated)) == ("1847", "type-1847", "2026-03-01")
    assert second.term == "0.5"


def test_each_sheet_that_holds_terms_is_read_in_the_language_of_its_name() -> None:
    book = _book([(*HEAD, "id"), (*RYE, "bread")])
    arabic = book.create_sheet("العربية")
    for row in (("المصطلح", "التعريف", "المعرف"), (*KHUBZ, "bread")):
        arabic.append(row)
    book.create_sheet("Notes").append(["Ask Mira."])
    hidden = book.create_sheet("Lists")
    hidden.append(list(HEAD))
    hidden.sheet_state = "hidden"
    items = _read(_xlsx(book))
    assert [entry.key for entry in entries_of(items)] == ["en/bread", "ar/bread"]
    assert [fault.message.split(" ")[2] for fault in faults_of(items)] == ["“Notes”", "“Lists”"]


def test_a_column_that_is_of_no_use_is_named() -> None:
    (fault,) = faults_of(_read(_xlsx(_book([(*HEAD, "Baked by"), (*RYE, "Mira")]))))
    assert fault.severity == "warning"
    assert "“Baked by”" in fault.message


def test_columns_may_be_chosen_and_a_wrong_choice_names_those_there_are(tmp_path: Path) -> None:
    (tmp_path / "bread.xlsx").write_bytes(_xlsx(_book([("Loaf", "Of what"), RYE])))
    chosen = {"term": "Loaf", "definition": "B"}
    assert [e.summary for e in entries_of(read_path(tmp_path / "bread.xlsx", chosen))] == [RYE[1]]
    with pytest.raises(GlossaryError, match="A: Loaf, B: Of what"):
        list(read_path(tmp_path / "bread.xlsx", {"term": "Cake"}))


def test_the_sheets_of_a_file_are_shown_for_choosing(tmp_path: Path) -> None:
    book = _book([("Loaf", "Definition"), RYE])
    book.create_sheet("English").append(["Term", "Meaning"])
    (tmp_path / "bread.xlsx").write_bytes(_xlsx(book))
    first, second = sheets(tmp_path / "bread.xlsx")
    assert first.rows[-1].cells == RYE
    assert (second.header, second.roles) == (
        ("Term", "Meaning"),
        {"term": "Term", "definition": "Meaning"},
    )


def _zip(**members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return stream.getvalue()


def _far() -> bytes:
    book = _book([HEAD, RYE])
    book.active["XFD1048576"] = "far"
    return _xlsx(book)


def _repeated() -> bytes:
    start = b'<table:table-cell table:number-columns-repeated="16000">'
    cell = start + b"<text:p>x</text:p></table:table-cell>"
    row = b'<table:table-row table:number-rows-repeated="1000000">' + cell + b"</table:table-row>"
    mime = b"application/vnd.oasis.opendocument.spreadsheet"
    return _zip(
        mimetype=mime, content_xml=b"<table:table table:name='a'>" + row + b"</table:table>"
    )


LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param(LOCKED, "password", id="a password"),
        pytest.param(_zip(xl__worksheets__sheet1_xml=bytes(300_000_000)), "unpacks", id="a bomb"),
        pytest.param(_far(), "unpacks", id="a cell in the far corner"),
        pytest.param(_zip(xl__workbook_xml=b"<x"), "cannot be read", id="broken XML"),
        pytest.param(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(900), "cannot be read", id="broken XLS"
        ),
        pytest.param(_xlsx(_book([("Ask", "Mira")])), "no sheet", id="no terms"),
        pytest.param(_xlsx(_book([])), "no sheet", id="nothing"),
    ],
)
def test_a_workbook_that_cannot_be_read_is_one_sentence(data: bytes, words: str) -> None:
    fault = only_fault(_read(data))
    assert fault.severity == "error"
    assert words in fault.message
    assert fault.message.count(". ") == 0


def test_a_cell_that_is_repeated_without_end_is_refused() -> None:
    assert "unpacks" in only_fault(list(read(_repeated(), PurePath("bread.ods")))).message


def test_a_document_that_is_no_workbook_is_none() -> None:
    assert not recognises(_zip(word__document_xml=b"<x/>"))
    assert not recognises(b"PK\x03\x04 and so on")


@given(st.binary(max_size=300), st.integers(0, 4000))
@settings(max_examples=40, deadline=None)
def test_no_bytes_make_it_fail(junk: bytes, place: int) -> None:
    whole = _xlsx(_book([HEAD, RYE]))
    for data in (whole[:place] + junk + whole[place:], b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + junk):
        if recognises(data):
            list(read(data, PurePath("bread.xlsx")))


WORDS = (
    st.text(alphabet="abcdeأبتثجé ", min_size=3, max_size=20)
    .map(str.strip)
    .filter(lambda text: len(text) > 2 and any(c.isalpha() for c in text))
)


@given(
    st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=5, unique_by=lambda p: p[0].casefold())
)
@settings(max_examples=40, deadline=None)
def test_what_is_written_into_a_workbook_comes_back(pairs: list[tuple[str, str]]) -> None:
    told = [(" ".join(term.split()), f"It is {text}.") for term, text in pairs]
    for data in (_xlsx(_book([HEAD, *told])), _ods([HEAD, *told])):
        found = {(e.term, " ".join(e.summary.split())) for e in entries_of(_read(data))}
        assert found == {(term, " ".join(text.split())) for term, text in told}


def _two_sheets() -> bytes:
    book = _book([("Wort", "Was"), ("Roggenbrot", "Ein dunkler Laib aus Roggen.")])
    other = book.create_sheet("More")
    for row in (("Region", "Term", "Definition"), ("north", *RYE)):
        other.append(list(row))
    return _xlsx(book)


@pytest.mark.parametrize(
    "columns", [{"term": "Wort", "definition": "Was"}, {"term": "A", "definition": "B"}]
)
def test_columns_chosen_for_one_sheet_leave_the_header_of_another(columns: dict[str, str]) -> None:
    items = list(read(_two_sheets(), PurePath("bread.xlsx"), columns))
    assert [(e.term, e.summary) for e in entries_of(items)] == [
        ("Roggenbrot", "Ein dunkler Laib aus Roggen."),
        RYE,
    ]


def test_what_was_chosen_applies_to_each_sheet_that_has_it() -> None:
    book = _book([("Loaf", "Definition", "Land"), (*RYE, "Sweden")])
    book.create_sheet("More").append(["Term", "Definition", "Land"])
    book["More"].append([*KHUBZ, "Egypt"])
    columns = {"term": "Loaf", "definition": "Definition", "category": "Land"}
    items = list(read(_xlsx(book), PurePath("bread.xlsx"), columns))
    assert [(e.term, e.category) for e in entries_of(items)] == [
        ("Rye bread", "Sweden"),
        ("خبز", "Egypt"),
    ]


def test_columns_that_no_sheet_has_are_refused() -> None:
    with pytest.raises(GlossaryError, match="has no column “Brot”"):
        list(read(_two_sheets(), PurePath("bread.xlsx"), {"term": "Brot"}))


def test_a_fault_in_one_of_several_sheets_says_which() -> None:
    book = _book([HEAD, RYE])
    other = book.create_sheet("More")
    for row in (HEAD, ("Bun",), KHUBZ):
        other.append(list(row))
    (fault,) = faults_of(_read(_xlsx(book)))
    said = "in the sheet “More”: “Bun” has no definition: give it one beside its term."
    assert (fault.line, fault.message) == (2, said)


SHARED = "<sst><si/><si><t>{}</t></si></sst>".format("rye " * 100)
SHOWN = "<worksheet><sheetData><row>{}</row></sheetData></worksheet>"


@pytest.mark.parametrize(
    "cell",
    [
        pytest.param('<c t="s"><v>1</v></c>', id="as it is usually written"),
        pytest.param("<x:c r='A1' t = 's'><x:v xml:space='preserve'>1</x:v></x:c>", id="a prefix"),
        pytest.param('<c t="s"><f>A1</f><v>1</v></c>', id="a formula between"),
        pytest.param('<c t="s"><v>000000000000000000001</v></c>', id="zeros"),
        pytest.param('<c t="s"><v><!-- 0 -->&#49;</v></c>', id="a comment and an entity"),
        pytest.param('<c t="s"><v><![CDATA[1]]></v></c>', id="a marked section"),
        pytest.param('<c t="&#115;"><v> 1 </v></c>', id="an attribute in other words"),
    ],
)
@pytest.mark.parametrize("place", ["xl/worksheets/sheet1.xml", "xl/other/rows.dat"])
def test_a_text_that_many_cells_share_counts_as_often_as_it_is_shown(
    cell: str, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "_MOST_BYTES", 100_000)
    for many, refused in ((10, False), (300, True)):
        sheet = SHOWN.format(cell * many).replace("<worksheet>", '<worksheet xmlns:x="x">')
        data = _zip(**{place: sheet.encode(), "xl/sharedStrings.xml": SHARED.encode()})
        if refused:
            with pytest.raises(bulk.Unreadable, match="unpacks"):
                bulk.weigh(data)
        else:
            bulk.weigh(data)


@pytest.mark.parametrize(
    "row",
    [
        '<row r="5000"><c r="XA5000"><v>1</v></c></row>',
        '<row r="5000"><c r="XA5000" t="inlineStr"><is><t>x</t></is></c></row>',
        "<row r='5000'>" + "<c><f>1</f></c>" * 600 + "</row>",
    ],
)
def test_the_area_that_filled_cells_span_is_bounded(row: str) -> None:
    data = _zip(**{"xl/worksheets/sheet1.xml": SHOWN.replace("<row>{}</row>", row).encode()})
    with pytest.raises(bulk.Unreadable, match="unpacks"):
        bulk.weigh(data)
    near = row.replace("5000", "50")
    bulk.weigh(_zip(**{"xl/worksheets/sheet1.xml": SHOWN.replace("<row>{}</row>", near).encode()}))


def _record(kind: int, data: bytes = b"") -> bytes:
    name = [kind] if kind < 128 else [kind & 0x7F | 0x80, kind >> 7]
    size = [len(data) & 0x7F | 0x80, len(data) >> 7 & 0x7F | 0x80, len(data) >> 14]
    return bytes([*name, *size]) + data


def _said(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _xlsb(*rows: tuple[int, Mapping[int, str | int]], shared: Sequence[str] = ()) -> bytes:
    """A binary workbook; a number in a cell is that of a shared text."""
    sheet = _record(0x91)
    for n, cells in rows:
        sheet += _record(0, struct.pack("<II", n, 0))
        for c, held in cells.items():
            place = struct.pack("<II", c, 0)
            sheet += (
                _record(7, place + struct.pack("<I", held))
                if isinstance(held, int)
                else _record(6, place + _said(held))
            )
    named = _record(0x9C, struct.pack("<II", 0, 1) + _said("rId1") + _said("Bread"))
    links = "http://schemas.openxmlformats.org/"
    relations = (
        f"<Relationships xmlns='{links}package/2006/relationships'><Relationship Id='rId1' Type='"
        f"{links}officeDocument/2006/relationships/worksheet' Target='worksheets/sheet1.bin'/>"
        "</Relationships>"
    )
    texts = b"".join(_record(19, b"\0" + _said(text)) for text in shared)
    members = {
        "xl/workbook.bin": named + _record(0x90) + _record(0x9D) + _record(0x84),
        "xl/_rels/workbook.bin.rels": relations.encode(),
        "xl/worksheets/sheet1.bin": _record(0x94, bytes(16)) + sheet + _record(0x92),
        "xl/sharedStrings.bin": _record(0x9F, struct.pack("<II", len(shared), len(shared)))
        + texts
        + _record(0xA0),
    }
    return _zip(**members)


def test_a_binary_workbook_is_a_table_too() -> None:
    data = _xlsb((0, dict(enumerate(HEAD))), (1, {0: RYE[0], 1: 0}), shared=[RYE[1]])
    (entry,) = entries_of(list(read(data, PurePath("bread.xlsb"))))
    assert (entry.term, entry.summary) == RYE


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(_xlsb((1_048_575, {16_383: "far"})), id="a cell in the far corner"),
        pytest.param(
            _xlsb(*((n, {0: 0}) for n in range(900)), shared=["long " * 40_000]), id="a long text"
        ),
    ],
)
def test_a_binary_workbook_is_bounded_as_others_are(data: bytes) -> None:
    with pytest.raises(bulk.Unreadable, match="unpacks"):
        bulk.weigh(data)


def _xls(
    *cells: tuple[int, int, str | int],
    declared: int = 2,
    after: int = 0xFFFFFFFE,
    shared: Sequence[bytes] = (),
) -> bytes:
    """An old workbook: header, directory, table and the stream, a sector each but for the last.

    ``after`` is the sector that follows the last of the stream; ``shared`` are the records of the
    texts that cells share, of which they give the number.
    """

    def record(kind: int, data: bytes) -> bytes:
        return struct.pack("<HH", kind, len(data)) + data

    sheet = record(0x809, struct.pack("<HHIII", 0x600, 0x10, 0, 0, 0))
    sheet += record(0x200, struct.pack("<IIHHH", 0, declared, 0, 2, 0))
    for row, column, text in cells:
        if isinstance(text, int):
            sheet += record(0xFD, struct.pack("<HHHI", row, column, 0, text))
        else:
            label = struct.pack("<HHHHB", row, column, 0, len(text), 0) + text.encode()
            sheet += record(0x204, label)
    sheet += record(0x0A, b"")
    start = record(0x809, struct.pack("<HHIII", 0x600, 0x05, 0, 0, 0))
    texts = b"".join(record(0x3C if n else 0xFC, held) for n, held in enumerate(shared))
    length = len(start) + 18 + len(texts) + 4
    start += record(0x85, struct.pack("<IBBBB", length, 0, 0, 6, 0) + b"Breads")
    start += texts + record(0x0A, b"")
    stream = (start + sheet).ljust(8 * 512, b"\0")

    def entry(name: str, kind: int, first: int, size: int) -> bytes:
        held = (name + "\0").encode("utf-16-le")
        about = struct.pack("<HBBIII", len(held), kind, 1, *[0xFFFFFFFF] * 3)
        return held.ljust(64, b"\0") + about + bytes(36) + struct.pack("<IQ", first, size)

    end = 0xFFFFFFFE
    table = [end, 0xFFFFFFFD, *range(3, 10), after]
    header = struct.pack("<8s16xHHHHH6xIII4xI", LOCKED[:8], 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 0, 4096)
    header += struct.pack("<IIII", end, 0, end, 0) + struct.pack("<109I", 1, *[0xFFFFFFFF] * 108)
    directory = entry("Root Entry", 5, end, 0) + entry("Workbook", 2, 2, len(stream))
    packed = struct.pack("<128I", *table, *[0xFFFFFFFF] * (128 - len(table)))
    return header + directory.ljust(512, b"\0") + packed + stream


_OLD = [(0, 0, HEAD[0]), (0, 1, HEAD[1]), (1, 0, RYE[0]), (1, 1, RYE[1])]


def test_an_old_workbook_is_a_table_too() -> None:
    (entry,) = entries_of(list(read(_xls(*_OLD), PurePath("bread.xls"))))
    assert (entry.term, entry.summary) == RYE


@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param(_xls(*_OLD, (65_535, 255, "far")), "unpacks", id="a cell in the far corner"),
        pytest.param(_xls(*_OLD, declared=2**32 - 1), "unpacks", id="a declared size"),
        pytest.param(_xls(*_OLD, after=3), "cannot be read", id="sectors in a circle"),
    ],
)
def test_an_old_workbook_is_weighed_before_it_is_read(data: bytes, words: str) -> None:
    with pytest.raises(bulk.Unreadable, match=words):
        bulk.weigh(data)


def _shared(*, first: int = 4) -> list[bytes]:
    """The texts of a table and a long one of letters of both widths, with a run of another font."""
    texts = b"".join(struct.pack("<HB", len(t), 0) + t.encode() for t in (*HEAD, RYE[0]))
    long = struct.pack("<HBH", 700, 8, 1) + b"a" * 500
    return [
        struct.pack("<II", first, first) + texts + long,
        b"\x01" + ("b" * 200).encode("utf-16-le") + b"\0\0",
        b"\0\0",  # the run, which goes on without a width
    ]


def test_an_old_workbook_is_weighed_with_the_texts_that_its_cells_share(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = _xls((0, 0, 0), (0, 1, 1), (1, 0, 2), (1, 1, 3), shared=_shared())
    shown = sum(map(len, (*HEAD, RYE[0]))) + 700
    assert compound.bulk(data) == (4, shown)
    (entry,) = entries_of(list(read(data, PurePath("bread.xls"))))
    assert (entry.term, entry.summary) == (RYE[0], "a" * 500 + "b" * 200)
    monkeypatch.setattr(bulk, "_MOST_BYTES", shown - 1)
    with pytest.raises(bulk.Unreadable, match="unpacks"):
        bulk.weigh(data)


def test_shared_texts_that_end_too_soon_are_weighed_as_far_as_they_go() -> None:
    data = _xls((0, 0, 3), (0, 1, 9), shared=_shared(first=10**6))
    assert compound.bulk(data) == (2, 700)


def test_sheets_of_an_old_workbook_are_walked_through_but_so_often(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(compound, "_MOST_RECORDS", 6)
    assert compound.bulk(_xls(*_OLD[:4])).cells == 4
    monkeypatch.setattr(compound, "_MOST_RECORDS", 5)
    with pytest.raises(bulk.Unreadable, match="cannot be read"):
        bulk.weigh(_xls(*_OLD))


def test_all_sheets_together_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "_MOST_CELLS", 6)
    book = _book([HEAD, RYE])
    assert len(entries_of(list(read(_xlsx(book), PurePath("bread.xlsx"))))) == 1
    book.create_sheet("Flour").append(["Rye", "A grain.", "Grains"])
    assert "unpacks" in only_fault(list(read(_xlsx(book), PurePath("bread.xlsx")))).message


def test_entities_of_its_own_are_refused() -> None:
    text = '<!DOCTYPE sst [<!ENTITY a "aaaa">]><sst><si><t>&a;</t></si></sst>'
    with pytest.raises(bulk.Unreadable, match="cannot be read"):
        bulk.weigh(_zip(**{"xl/sharedStrings.xml": text.encode()}))


@pytest.mark.parametrize(
    "tag", ["text:c='300000'", 'text:c = "300000"', "text:id='a' text:c='+300000'"]
)
def test_spaces_that_are_counted_out_and_repeated_are_bounded(tag: str) -> None:
    cell = f"<table:table-cell number-columns-repeated='900'><text:p><text:s {tag}/></text:p>"
    row = (
        f"<table:table table:name='a'><table:table-row>{cell}</table:table-cell></table:table-row>"
    )
    with pytest.raises(bulk.Unreadable, match="unpacks"):
        bulk.weigh(_zip(content_xml=f"<table:table table:name='a'>{row}</table:table>".encode()))


def _sheets(**rows: Sequence[Sequence[object]]) -> Any:
    book: Any = openpyxl.Workbook()
    book.remove(book.active)
    for name, each in rows.items():
        sheet = book.create_sheet(name)
        for row in each:
            sheet.append(list(row))
    return book


def test_a_cell_over_the_whole_row_names_a_category_or_is_a_note() -> None:
    note = "Loaves with a star are of the mill in the valley."
    book = _book([HEAD, ("Dark",), RYE, ("Small",), ("Bun", "A small loaf."), (note,)])
    for row in (2, 4, 6):
        book.active.merge_cells(start_row=row, end_row=row, start_column=1, end_column=2)
    items = _read(_xlsx(book))
    found = [(entry.term, entry.category) for entry in entries_of(items)]
    assert found == [("Rye bread", "Dark"), ("Bun", "Small")]
    assert [(fault.line, "note" in fault.message) for fault in faults_of(items)] == [(6, True)]


def test_languages_may_stand_below_the_names_of_columns() -> None:
    pain = ("pain", "Une pâte cuite au four.")
    names, tongues = ("Term", None, "Definition", None), ("EN", "FR", "EN", "FR")
    book = _book([names, tongues, (RYE[0], pain[0], RYE[1], pain[1])])
    book.active.merge_cells("A1:B1")
    book.active.merge_cells("C1:D1")
    found = entries_of(_read(_xlsx(book)))
    assert [(e.language, e.term, e.summary) for e in found] == [("en", *RYE), ("fr", *pain)]


def test_tables_may_stand_side_by_side() -> None:
    rows = [(None, *HEAD, None, *HEAD), (None, *RYE, None, "Bun", "A small loaf."), (None, *KHUBZ)]
    found = entries_of(_read(_xlsx(_book(rows))))
    assert [(e.term, e.summary) for e in found] == [RYE, ("Bun", "A small loaf."), KHUBZ]


def test_a_sheet_for_each_letter_may_have_a_header_once() -> None:
    buns = [("Bun", "A small loaf."), ("Bap", "A soft flat loaf of the north.")]
    found = entries_of(_read(_xlsx(_sheets(R=[HEAD, RYE], B=buns))))
    assert [entry.term for entry in found] == ["Rye bread", "Bun", "Bap"]


def test_a_legend_beside_the_terms_is_none_of_them() -> None:
    legend = [("Code", "Description"), ("A", "Approved"), ("R", "To be reviewed")]
    items = _read(_xlsx(_sheets(Bread=[HEAD, RYE], Legend=legend)))
    assert [entry.term for entry in entries_of(items)] == ["Rye bread"]
    assert ["“Legend”" in fault.message for fault in faults_of(items)] == [True]


def test_a_row_that_numbers_the_columns_is_no_entry() -> None:
    rows: list[Sequence[object]] = [
        ["№", "Термин", "Описание термина"],
        [1, 2, 3],
        [1, "Отлив", "Падение воды."],
    ]
    assert [entry.term for entry in entries_of(_read(_xlsx(_book(rows))))] == ["Отлив"]


def test_answers_to_a_form_are_headed_by_its_questions() -> None:
    rows: list[Sequence[object]] = [
        ["When", "Which word do you add?", "What does it mean?"],
        *([date(2026, 5, n + 1), name, f"{name} is a word of the sea."] for n, name in NAMES),
    ]
    entries = entries_of(_read(_xlsx(_book(rows))))
    assert [entry.term for entry in entries] == [name for _, name in NAMES]


NAMES = list(enumerate(("Ebb", "Flow", "Slack", "Neap")))


def test_a_row_that_but_goes_on_with_a_sentence_is_part_of_the_one_above() -> None:
    rows: list[Sequence[object]] = [
        ["Term", "Definition"],
        ["Ebb", "The sea falls, which"],
        [None, "takes six hours."],
        ["Flow", "It rises."],
        [None, "It is not said whose this is."],
    ]
    items = _read(_xlsx(_book(rows)))
    assert [e.summary for e in entries_of(items)] == [
        "The sea falls, which takes six hours.",
        "It rises.",
    ]
    assert len(faults_of(items)) == 1
