"""PDF: its text with headings, as HTML, in which the shapes of documents are then looked for."""

import ctypes
import html
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby, takewhile
from typing import NamedTuple

import pypdfium2
from pypdfium2 import raw

from knowledge.fault import Fault

_LARGER = 1.1  # times the size of the text: a heading
_HEADING = 80  # characters of a heading, at most
_APART = 0.6  # times the size of the text: a space between lines that parts paragraphs
_BOLD = 600  # weight of a font, as CSS counts it
_MOST_PAGES = 1_000
_FONT_NAME = 128  # bytes


class _Letter(NamedTuple):
    text: str
    size: float
    bold: bool
    top: float
    bottom: float


class _Line(NamedTuple):
    text: str
    size: float
    bold: str
    """The words in bold that it begins with."""
    top: float
    bottom: float


def read(data: bytes, origin: str) -> tuple[str | None, Fault | None]:
    """The text of a PDF as HTML with headings, paragraphs and bold beginnings, or why it has none.

    It may need a password, be damaged, or hold but pictures of text.
    """
    try:
        with pypdfium2.PdfDocument(data) as document:
            numbers = range(min(len(document), _MOST_PAGES))
            pages = [list(_lines(document[number])) for number in numbers]
    except pypdfium2.PdfiumError:
        return None, Fault(origin, 1, "cannot be opened: save it anew, without a password.")
    repeated = _repeated(pages)
    pages = [[line for line in page if line.text not in repeated] for page in pages]
    sizes = Counter(line.size for page in pages for line in page for _ in line.text)
    if not sizes:
        lacks = "holds no text, only pictures of it: give the document it was made of."
        return None, Fault(origin, 1, lacks)
    body = sizes.most_common(1)[0][0]
    levels = sorted({size for size in sizes if size > body * _LARGER}, reverse=True)
    return "\n".join(block for page in pages for block in _blocks(page, levels)), None


def _blocks(page: list[_Line], levels: list[float]) -> Iterator[str]:
    """Its headings and paragraphs; a larger gap, or a bold beginning, opens a paragraph.

    Larger lines that read on for long are a paragraph that is set so, and no heading.
    """
    for level, lines in _runs(page, levels):
        texts = [html.escape(line.text) for line in lines]
        if level and len(" ".join(texts)) <= _HEADING:
            yield from (f"<h{min(level, 6)}>{text}</h{min(level, 6)}>" for text in texts)
            continue
        bold = html.escape(lines[0].bold) if not level else ""
        texts[0] = f"<b>{bold}</b>{texts[0].removeprefix(bold)}" if bold else texts[0]
        yield f"<p>{' '.join(texts)}</p>"


def _runs(page: list[_Line], levels: list[float]) -> Iterator[tuple[int, list[_Line]]]:
    """Lines that belong together, and the level of a heading if they are set as one, else 0."""
    run: list[_Line] = []
    level = 0
    for line in page:
        own = levels.index(line.size) + 1 if line.size in levels else 0
        if not own and line.bold == line.text and len(line.text) < _HEADING:
            own = len(levels) + 1
        gap = run[-1].bottom - line.top if run else 0.0
        apart = gap > _APART * line.size or gap < -line.size or (line.bold and not own)
        if run and (own != level or apart):
            yield level, run
            run = []
        level = own
        run.append(line)
    if run:
        yield level, run


def _repeated(pages: list[list[_Line]]) -> set[str]:
    """Running titles, which most pages have, and the numbers of pages."""
    counts = Counter(text for page in pages for text in {line.text for line in page})
    often = {text for text, n in counts.items() if n > max(2, len(pages) / 2)}
    return often | {text for text in counts if text.strip("-–— ").isdigit()}


def _lines(page: pypdfium2.PdfPage) -> Iterator[_Line]:
    letters = _letters(page.get_textpage())
    for is_break, run in groupby(letters, lambda letter: letter.text in "\r\n"):
        line = list(run)
        inked = [letter for letter in line if not letter.text.isspace()]
        if not is_break and inked:
            bold = takewhile(lambda letter: letter.bold or letter.text.isspace(), line)
            size = Counter(letter.size for letter in inked).most_common(1)[0][0]
            top, bottom = max(each.top for each in inked), min(each.bottom for each in inked)
            yield _Line(_text(line), size, _text(bold), top, bottom)


def _text(letters: Iterable[_Letter]) -> str:
    """What letters say; a sign beyond the first 65,536 stands in two halves, as in UTF-16."""
    halves = "".join(letter.text for letter in letters).encode("utf-16-le", "surrogatepass")
    return " ".join(halves.decode("utf-16-le", "replace").split())


def _letters(page: pypdfium2.PdfTextPage) -> Iterator[_Letter]:
    name = ctypes.create_string_buffer(_FONT_NAME)
    flags = ctypes.c_int()
    for n in range(page.count_chars()):
        text = chr(raw.FPDFText_GetUnicode(page, n))
        raw.FPDFText_GetFontInfo(page, n, name, _FONT_NAME, flags)
        bold = b"bold" in name.value.lower() or raw.FPDFText_GetFontWeight(page, n) >= _BOLD
        _, bottom, _, top = page.get_charbox(n, loose=True)
        yield _Letter(text, round(raw.FPDFText_GetFontSize(page, n), 1), bold, top, bottom)
