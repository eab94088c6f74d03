"""Decoding: text in whatever encoding."""

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.formats.decoding import UnreadableError, decode

ARABIC = (
    "المصطلح,التعريف\nالمد,يرتفع منسوب مياه البحر مرتين في اليوم.\nالجزر,ينخفض المنسوب بعد المد.\n"
)
FRENCH = "terme;définition\nMarée;Le va-et-vient de la mer, causé par l’attraction de la Lune.\n"
CHINESE = "术语,定义\n潮汐,海水在月球引力作用下每天涨落两次。\n茶,用茶叶泡成的饮料。\n"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be", "utf-32-be"])
def test_unicode_is_told_by_its_mark(encoding: str) -> None:
    marked = ARABIC if encoding in ("utf-8-sig", "utf-16") else f"\ufeff{ARABIC}"
    assert decode(marked.encode(encoding)) == (ARABIC, "")


@pytest.mark.parametrize("times", [1, 40])
@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        (ARABIC, "cp1256", "cp1256"),
        (ARABIC, "iso8859_6", "iso8859_6"),
        (FRENCH, "cp1252", "cp1252"),
        (CHINESE, "gbk", "gb18030"),
    ],
)
def test_an_older_encoding_is_told_by_what_makes_sense(
    text: str, encoding: str, name: str, times: int
) -> None:
    found, warning = decode((text * times).encode(encoding))
    assert found == text * times
    assert name in warning


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (ARABIC.encode() + b"\xff\n" + ARABIC.encode(), 4),
        (b"\xff", 1),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00", 1),
    ],
)
def test_what_is_no_text_is_an_error_at_its_line(data: bytes, line: int) -> None:
    with pytest.raises(UnreadableError) as raised:
        decode(data)
    assert raised.value.line == line


@given(st.binary(max_size=400))
@settings(max_examples=60, deadline=None)
def test_any_bytes_are_text_or_unreadable(data: bytes) -> None:
    with contextlib.suppress(UnreadableError):
        text, _ = decode(data)
        assert text or not data.strip(b"\xef\xbb\xbf\xfe\xff\0")


@pytest.mark.parametrize(("text", "between"), [(FRENCH, "latin-1"), (ARABIC, "cp1252")])
def test_what_was_made_utf_8_twice_is_read_as_it_was(text: str, between: str) -> None:
    table = {n: chr(n) for n in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}  # as Windows has them
    twice = "".join(
        table.get(byte) or bytes([byte]).decode(between) for byte in text.encode("utf-8")
    )
    found, warning = decode(twice.encode("utf-8"))
    assert found == text
    assert "twice" in warning
