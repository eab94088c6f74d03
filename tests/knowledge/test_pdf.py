"""Pages to print: what stands on them, and that no text of an entry is an instruction."""

import json
import re
import unicodedata
import zlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pypdfium2
import pytest
import typst

from knowledge import ExportError
from knowledge.blocks import Block
from knowledge.entry import BODY, EXAMPLE, SUMMARY, Entry, Section, Source
from knowledge.exports import pdf
from knowledge.formats import pdf as formats_pdf
from tests.knowledge.conftest import an_entry

RYE = an_entry("rye", sections=(Section(SUMMARY, "", "A dark loaf."),), category="Loaves")
RYE_AR = an_entry(
    "rye", "ar", term="خبز الجاودار", sections=(Section(SUMMARY, "", "رغيف داكن اللون."),)
)
HOSTILE = (
    '#import "@preview/cetz:0.2.0" #read("/etc/passwd") #panic("no") $x^2$ $ *bold _it @nowhere'
    " <mark> \\ \\u{41} `raw ``` [open {open // gone /* gone = H\n= Heading\n- item\n+ item"
)


def _query(entries: Sequence[Entry], selector: str) -> list[dict[str, Any]]:
    """The elements of the pages as Typst sees them once they are made."""
    data = {"data": json.dumps(pdf._document(entries, "Bread"))}
    return list(json.loads(typst.query(pdf._HERE / "pdf.typ", selector, sys_inputs=data)))


def _headings(entries: Sequence[Entry]) -> list[str]:
    return [heading["body"]["text"] for heading in _query(entries, "heading")]


def _unpacked(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return b""


def test_text_is_never_an_instruction() -> None:
    sections = tuple(Section(name, HOSTILE, HOSTILE) for name in (SUMMARY, "how", EXAMPLE))
    source = Source(HOSTILE, HOSTILE, 2001, 'https://example.org/#"]]')
    one = HOSTILE.replace("\n", " ")
    entry = an_entry(
        "rye", term=one, sections=sections, aliases=(one, "#"), category=one, sources=(source,)
    )
    assert pdf.write([entry], one).startswith(b"%PDF-")
    (heading,) = _headings([entry])
    assert heading.replace("\u200b", "") == one
    assert len(_query([entry], "heading")) == 1  # “= Heading” made none


def test_pages_are_read_with_their_headings_bold_words_and_letters_of_formulas() -> None:
    formula = Section(BODY, "", "x", blocks=(Block("math", "x", 0),))
    made = pdf.write([replace(RYE, sections=(*RYE.sections, formula))], "Bread")
    html = formats_pdf.read(made)
    assert "Rye</h" in html
    assert "A dark loaf." in html
    assert "𝑥" in html


def test_a_term_stands_beside_its_other_version() -> None:
    assert _headings([RYE_AR, RYE]) == ["Rye", "خبز الجاودار"]


def test_letters_that_the_fonts_lack_are_refused_by_name() -> None:
    chinese = an_entry("rye", "zh", term="黑麦面包")
    with pytest.raises(ExportError, match=r"“黑麦面包” \(zh/rye\) cannot be printed"):
        pdf.write([RYE, chinese], "Bread")


def test_arabic_text_is_copied_letter_by_letter() -> None:
    # A reader of PDF turns round the letters of one glyph, and tears lines apart at marks that
    # have a place of their own: no glyph may stand for lam and alef, no mark be written by itself.
    text = "علامة الأساسية مثلًا لإنشاء الآلات، طوّع المجزّئ طريقةً وتُسعَّر"
    made = pdf.write([an_entry("x", "ar", sections=(Section(SUMMARY, "", text),))], "Bread")
    assert b"Bread" in made
    assert b"/Lang(ar)" in made.replace(b"/Lang (", b"/Lang(")
    packed = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", made, re.DOTALL)
    plain = b"".join(_unpacked(each) for each in packed)
    assert b"ReversedChars" in plain
    assert b"ActualText" not in plain
    glyphs = re.findall(rb"<[0-9A-F]{4}> <([0-9A-F]+)>", plain)
    told = {bytes.fromhex(each.decode()).decode("utf-16-be") for each in glyphs}
    letters = ["".join(c for c in each if not unicodedata.combining(c)) for each in told]
    assert {"لً", "وّ", "عَّ"} <= told
    assert all(len(each) == 1 for each in letters)


def test_lam_with_alef_is_drawn_in_its_place_by_readers_of_pdf() -> None:
    # They put a letter where the font says that it begins, which Typst's own pictures do not.
    entry = an_entry("x", "ar", sections=(Section(SUMMARY, "", "لاستخدام الأقسام لا"),))
    page = pypdfium2.PdfDocument(pdf.write([entry], "Bread"))[0]
    scale, margin = 6, 18 / 25.4 * 72
    ink = np.asarray(page.render(scale=scale).to_pil().convert("L")) < 128
    across = np.flatnonzero(ink.any(axis=0)) / scale
    assert across.max() <= page.get_width() - margin + 0.5
