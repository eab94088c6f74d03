"""Pages to print: chosen terms as a PDF, the two versions of a term side by side.

The template ``pdf.typ`` makes the pages; it is given data, never markup, so that no text of an
entry is taken for an instruction. The fonts in ``fonts/`` hold Latin, Greek, Cyrillic and Arabic.
"""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import repeat, zip_longest
from pathlib import Path
from typing import Any

from knowledge import ExportError
from knowledge.blocks import Block, formulas, rows
from knowledge.entry import EXAMPLE, SUMMARY, Entry, Section
from knowledge.exports.templates import cited, is_web
from knowledge.glossary import Glossary
from knowledge.language.alphabet import sort_key
from knowledge.language.direction import isolate_runs
from knowledge.language.text import base, detect, is_right_to_left

_HERE = Path(__file__).parent
_FONTS = _HERE / "fonts"
_MOST_UNHELD = 0.2  # of a term's or an entry's letters: with more it could not be read
_FIGURE = 480.0  # pixels: a figure so wide fills a column
# Of text, an entry's heading counted as 300. Measured: 5,000 entries of 40 words (2.7 million) take
# 23 s and 1.6 GB on one core; the most would take half as much again.
_MOST_CHARACTERS = 4_000_000
_UNBROKEN = re.compile(r"\S{24}(?=\S{8})")  # about half a line of a column: an address, not a word
_SCRIPTS = {"LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "ARABIC", "MATHEMATICAL"}


def write(entries: Sequence[Entry], title: str) -> bytes:
    """A PDF (A4) of the entries, in the alphabet of the language that most of them are in.

    The same entries make the same bytes.

    Raises:
        ExportError: they are too long, or the fonts cannot write one of them.
    """
    return compiled(_document(entries, title))


def compiled(document: dict[str, Any], template: str = "pdf.typ", **options: Any) -> bytes:  # noqa: ANN401
    """What Typst makes of a document by a template: a PDF, unless its options say another format.

    Raises:
        ExportError: it cannot be made.
    """
    import typst  # noqa: PLC0415  (a compiler of 40 MB: most never print)

    # Typst's own fonts stay at hand for signs and symbols; those of the machine would make the
    # pages differ from one to another.
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[_FONTS])
    data = {"data": json.dumps(document, ensure_ascii=False)}
    try:
        made = typst.compile(_HERE / template, font_paths=fonts, sys_inputs=data, **options)
    except typst.TypstError as error:
        raise ExportError(
            f"The PDF could not be made ({error}): export fewer terms, or another format."
        ) from error
    assert isinstance(made, bytes)  # noqa: S101  (a list only of pages as pictures)
    return made


def _document(entries: Sequence[Entry], title: str) -> dict[str, Any]:
    """All that the template is told."""
    if sum(300 + sum(len(s.text) for s in e.sections) for e in entries) > _MOST_CHARACTERS:
        raise ExportError(
            f"The glossary is too long to print ({_MOST_CHARACTERS:,} characters are the most):"
            " choose fewer terms."
        )
    for entry in entries:
        _check_letters(entry)
    glossary = Glossary(Path(), tuple(entries))
    counts = Counter(entry.language for entry in entries)
    most = [tag for tag in glossary.languages if counts[tag] == max(counts.values())]
    main = detect(title, most) or most[0]
    marks = {entry.key: f"e{n}" for n, entry in enumerate(glossary.entries)}

    def place(versions: Sequence[Entry]) -> Any:  # noqa: ANN401
        own = next((entry for entry in versions if entry.language == main), versions[0])
        return sort_key(own.term, own.language)

    ordered = sorted(map(glossary.versions, glossary.ids), key=place)
    concepts = [_concept(versions, glossary, marks) for versions in ordered]
    return {
        "title": printable(title),
        **direction(main),
        "title_rtl": _is_rtl(title),
        "paired": any(len(concept["pairs"][0]["versions"]) > 1 for concept in concepts),
        "concepts": concepts,
    }


def _marked(entry: Entry, marks: dict[str, str]) -> dict[str, str]:
    return {"term": printable(entry.term), "mark": marks[entry.key]}


def direction(language: str) -> dict[str, Any]:
    """What the template is told of a language: Typst knows tags of two or three letters."""
    known = re.fullmatch("[a-z]{2,3}", base(language))
    return {"language": base(language) if known else "und", "rtl": is_right_to_left(language)}


def _concept(
    versions: Sequence[Entry], glossary: Glossary, marks: dict[str, str]
) -> dict[str, Any]:
    """The versions of a term two and two: those from left to right come first."""
    both = sorted(versions, key=lambda entry: is_right_to_left(entry.language))
    return {
        "pairs": [
            {
                "versions": [_version(entry, glossary, marks) for entry in pair],
                "rows": list(zip_longest(*(map(_section, e.sections, repeat(e)) for e in pair))),
            }
            for pair in (both[n : n + 2] for n in range(0, len(both), 2))
        ],
        "sources": [
            {
                "text": printable(cited(source)),
                "url": source.url if is_web(source.url) else "",
                "rtl": _is_rtl(source.authors or source.title),
            }
            for source in dict.fromkeys(source for entry in both for source in entry.sources)
        ],
    }


def _version(entry: Entry, glossary: Glossary, marks: dict[str, str]) -> dict[str, Any]:
    related = (other for other in glossary.related(entry) if other.language == entry.language)
    return {
        **_marked(entry, marks),
        **direction(entry.language),
        "category": printable(entry.category),
        "aliases": [printable(alias) for alias in entry.aliases],
        "related": [_marked(other, marks) for other in related],
    }


def _section(section: Section, entry: Entry) -> dict[str, Any]:
    return {
        "kind": section.name if section.name in (SUMMARY, EXAMPLE) else "",
        "heading": printable(section.heading),
        "paragraphs": list(_paragraphs(section, entry.language)),
    }


def _paragraphs(section: Section, language: str) -> Iterator[dict[str, Any]]:
    """The lines of each paragraph, and what is drawn of a block above or instead of them."""
    for text, block in section.paragraphs:
        lines = [printable(line) for line in text.strip("\n").splitlines()]
        if block:
            own = block.drawable
            yield {"lines": lines if own.has_caption else [], **drawn(own, language)}
        elif lines:
            yield {"lines": lines}


def drawn(block: Block, language: str) -> dict[str, Any]:
    """A block as Typst draws it: its own notation, a picture, rows of cells, or lines of code."""
    match block.kind:
        case "math":
            return {"math": formulas.typst(block.source)}
        case "figure":
            fonts = 'font-family="Masrad Sans, Masrad Sans Arabic"'
            picture = block.drawn(language).replace("<svg ", f"<svg {fonts} ", 1)
            width = float(re.findall(r' width="([\d.]+)', picture)[0])
            return {"svg": picture, "says": block.text, "width": min(1.0, width / _FIGURE)}
        case "table":
            return {"rows": [[*map(printable, row)] for row in rows(block.source)]}
    return {"code": printable(block.source)}


def _is_rtl(text: str) -> bool:
    """Whether the first letter of a text runs from right to left."""
    ways = (unicodedata.bidirectional(letter) for letter in text)
    return next((way != "L" for way in ways if way in ("L", "R", "AL")), False)


def printable(text: str) -> str:
    """Text as it is set: its runs isolated, and with no word longer than a line."""
    return isolate_runs(_UNBROKEN.sub("\\g<0>\u200b", text))


def _check_letters(entry: Entry) -> None:
    """Refuses an entry whose letters the fonts do not hold; Typst sets a stray one as a box."""
    for text in (entry.term, "".join(section.text for section in entry.sections)):
        letters = [letter for letter in text if letter.isalpha()]
        boxes = [c for c in letters if unicodedata.name(c, "").partition(" ")[0] not in _SCRIPTS]
        if len(boxes) > _MOST_UNHELD * len(letters):
            raise ExportError(
                f"“{entry.term}” ({entry.key}) cannot be printed: the PDF's fonts hold Latin,"
                " Greek, Cyrillic, Armenian and Arabic letters, and none like"
                f" “{boxes[0]}”. Choose other terms or another format."
            )
