"""Decoding: text in whatever encoding."""

import codecs
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.formats import read
from knowledge.formats.decoding import decode
from tests.knowledge.conftest import entries_of, faults_of, write_files

ARABIC = (
    "المصطلح,التعريف\nالمد,يرتفع منسوب مياه البحر مرتين في اليوم.\nالجزر,ينخفض المنسوب بعد المد.\n"
)
FRENCH = "terme;définition\nMarée;Le va-et-vient de la mer, causé par l’attraction de la Lune.\n"
SPANISH = "término;definición\nMarea;El agua sube y baja: ¿cuándo? Cada mañana, año tras año.\n"
TURKISH = "terim;tanım\nGelgit;Ay çekimiyle denizin yükselip alçalması, günde iki kez görülür.\n"
RUSSIAN = "термин;определение\nПрилив;Периодический подъём уровня моря под действием Луны.\n"
CHINESE = "术语,定义\n潮汐,海水在月球引力作用下每天涨落两次。\n茶,用茶叶泡成的饮料。\n"
JAPANESE = "用語,定義\n潮汐,月の引力によって海面が上下すること。\nパン,小麦粉を焼いた食べ物。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("text", [ARABIC, FRENCH, CHINESE])
def test_unicode_is_told_by_its_mark(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "sea.csv")[0] == text


def test_a_mark_is_told_in_either_order_of_bytes() -> None:
    for mark, encoding in ((codecs.BOM_UTF16_BE, "utf-16-be"), (codecs.BOM_UTF32_BE, "utf-32-be")):
        assert decode(mark + ARABIC.encode(encoding), "sea.csv") == (ARABIC, None)


@pytest.mark.parametrize("times", [1, 40])
@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        (ARABIC, "cp1256", "Windows-1256"),
        (ARABIC, "iso8859_6", "ISO 8859-6"),
        (FRENCH, "cp1252", "Windows-1252"),
        (FRENCH, "mac_roman", "Mac Roman"),
        (SPANISH, "cp1252", "Windows-1252"),
        (TURKISH, "cp1254", "Windows-1254"),
        (RUSSIAN, "cp1251", "Windows-1251"),
        (RUSSIAN, "koi8_r", "KOI8-R"),
        (CHINESE, "gbk", "GBK"),
        (JAPANESE, "shift_jis", "Shift JIS"),
    ],
)
def test_an_older_encoding_is_told_by_what_makes_sense(
    text: str, encoding: str, name: str, times: int
) -> None:
    found, fault = decode((text * times).encode(encoding), "sea.csv")
    assert found == text * times
    assert fault is not None
    assert (fault.severity, fault.line) == ("warning", 1)
    assert name in fault.message


def test_a_table_saved_by_an_older_program_loads_with_a_warning(tmp_path: Path) -> None:
    items = list(read(write_files(tmp_path, {"sea.csv": ARABIC.encode("cp1256")})))
    assert [(e.term, e.language) for e in entries_of(items)] == [("المد", "ar"), ("الجزر", "ar")]
    assert [fault.severity for fault in faults_of(items)] == ["warning"]


def test_one_bad_byte_in_unicode_is_an_error_at_its_line() -> None:
    text, fault = decode((ARABIC.encode() + b"\xff\n") + ARABIC.encode(), "sea.csv")
    assert text is None
    assert fault is not None
    assert (fault.line, fault.severity) == (4, "error")


@pytest.mark.parametrize("data", [b"\xff", b"\x00\x01", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00"])
def test_what_is_no_text_is_an_error(data: bytes) -> None:
    text, fault = decode(data, "sea.csv")
    assert text is None
    assert fault is not None
    assert fault.severity == "error"


@given(st.binary(max_size=400))
@settings(max_examples=60, deadline=None)
def test_any_bytes_are_text_or_a_fault(data: bytes) -> None:
    text, fault = decode(data, "sea.csv")
    assert (text is None) == (fault is not None and fault.severity == "error")


@pytest.mark.parametrize(
    ("said", "encoding", "text"),
    [
        ("EUC-KR", "cp949", "주전자는 물을 끓이는 그릇이다."),
        ("Shift_JIS", "cp932", "やかんは湯を沸かす器です。"),
        ("windows-1256", "cp1256", "الإبريق وعاء يُصنع فيه الشاي."),
    ],
)
def test_a_page_is_read_in_the_encoding_that_it_says(said: str, encoding: str, text: str) -> None:
    page = f'<html><meta http-equiv="Content-Type" content="text/html; charset={said}"><p>{text}'
    assert decode(page.encode(encoding), "tea.html")[0] == page


def test_what_a_page_says_wrongly_of_its_encoding_is_not_believed() -> None:
    page = f"<html><meta charset=utf-8><p>{ARABIC}"
    text, fault = decode(page.encode("cp1256"), "tea.html")
    assert text == page
    assert fault is not None


@pytest.mark.parametrize("between", ["cp1252", "latin-1"])
@pytest.mark.parametrize("text", [FRENCH, SPANISH, ARABIC, RUSSIAN, CHINESE, TURKISH])
def test_what_was_made_utf_8_twice_is_read_as_it_was(text: str, between: str) -> None:
    table = {n: chr(n) for n in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}  # as Windows has them
    twice = "".join(
        table.get(byte) or bytes([byte]).decode(between) for byte in text.encode("utf-8")
    )
    found, fault = decode(twice.encode("utf-8"), "sea.csv")
    assert found == text
    assert fault is not None
    assert "twice" in fault.message


@pytest.mark.parametrize(
    "text",
    [
        FRENCH + "Ã© stands for é, and â€™ for an apostrophe, where a text was made UTF-8 twice.",
        "term,definition\nÃ,A letter of Portuguese.\nÂ,One of French and Romanian: Â, â, Ã, ã.\n",
        ARABIC + "Ø§ÙØ¬Ø²Ø±",
    ],
)
def test_text_that_is_right_but_for_some_of_it_stays_as_it_is(text: str) -> None:
    assert decode(text.encode("utf-8"), "sea.csv") == (text, None)
