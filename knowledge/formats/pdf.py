"""PDF: its text with headings, as HTML, in which the shapes of documents are then looked for."""

import ctypes
import html
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, takewhile
from typing import NamedTuple

import pypdfium2
from pypdfium2 import raw

from knowledge.formats.decoding import UnreadableError

_HEADING = 80  # characters of a heading, at most
_APART = 0.6  # times the size of the text: a space between lines that parts paragraphs
_BOLD = 600  # weight of a font, as CSS counts it


class _Line(NamedTuple):
    text: str
    size: float
    bold: str  # the words in bold that it begins with
    top: float
    bottom: float


def read(data: bytes) -> str:
    """The text of a PDF as HTML with headings, paragraphs and bold beginnings."""
    try:
        with pypdfium2.PdfDocument(data) as document:
            pages = [list(_lines(page.get_textpage())) for page in document]
    except pypdfium2.PdfiumError as error:
        raise UnreadableError("cannot be opened: save it anew, without a password.") from error
    # Running titles, which most pages have, and the numbers of pages are no text.
    counts = Counter(text for page in pages for text in {line.text for line in page})
    often = {text for text, n in counts.items() if n > max(2, len(pages) / 2)}
    often |= {text for text in counts if text.strip("-–— ").isdigit()}
    pages = [[line for line in page if line.text not in often] for page in pages]
    sizes = Counter(line.size for page in pages for line in page for _ in line.text)
    if not sizes:
        lacks = "holds no text, only pictures of it: give the document it was made of."
        raise UnreadableError(lacks)
    body = sizes.most_common(1)[0][0]
    levels = sorted({size for size in sizes if size > 1.1 * body}, reverse=True)  # of headings
    return "\n".join(block for page in pages for block in _blocks(page, levels))


def _blocks(page: Sequence[_Line], levels: Sequence[float]) -> Iterator[str]:
    """Its headings, if they are short, and paragraphs, which a gap or a bold beginning opens."""
    runs: list[tuple[int, list[_Line]]] = []
    above: _Line | None = None
    for line in page:
        level = levels.index(line.size) + 1 if line.size in levels else 0
        if not level and line.bold == line.text and len(line.text) < _HEADING:
            level = len(levels) + 1
        gap = above.bottom - line.top if above else 0.0
        apart = gap > _APART * line.size or gap < -line.size or (line.bold and not level)
        if not runs or level != runs[-1][0] or apart:
            runs.append((level, []))
        runs[-1][1].append(line)
        above = line
    for level, lines in runs:
        texts = [html.escape(line.text) for line in lines]
        if level and len(" ".join(texts)) <= _HEADING:
            yield from (f"<h{min(level, 6)}>{text}</h{min(level, 6)}>" for text in texts)
            continue
        bold = html.escape(lines[0].bold) if not level else ""
        texts[0] = f"<b>{bold}</b>{texts[0].removeprefix(bold)}" if bold else texts[0]
        yield f"<p>{' '.join(texts)}</p>"


def _lines(page: pypdfium2.PdfTextPage) -> Iterator[_Line]:
    signs = [chr(raw.FPDFText_GetUnicode(page, n)) for n in range(page.count_chars())]
    font, flags = ctypes.create_string_buffer(128), ctypes.c_int()

    def is_bold(n: int) -> bool:
        raw.FPDFText_GetFontInfo(page, n, font, len(font), flags)
        return b"bold" in font.value.lower() or raw.FPDFText_GetFontWeight(page, n) >= _BOLD

    def text(places: Iterable[int]) -> str:
        # A sign beyond the first 65,536 stands in two halves, as in UTF-16.
        halves = "".join(signs[n] for n in places).encode("utf-16-le", "surrogatepass")
        return " ".join(halves.decode("utf-16-le", "replace").split())

    for is_break, places in groupby(range(len(signs)), lambda n: signs[n] in "\r\n"):
        line = list(places)
        inked = [n for n in line if not signs[n].isspace()]
        if not is_break and inked:
            bold = takewhile(lambda n: signs[n].isspace() or is_bold(n), line)
            sizes = Counter(round(raw.FPDFText_GetFontSize(page, n), 1) for n in inked)
            boxes = [page.get_charbox(n, loose=True) for n in inked]
            top, bottom = max(box[3] for box in boxes), min(box[1] for box in boxes)
            yield _Line(text(line), sizes.most_common(1)[0][0], text(bold), top, bottom)
