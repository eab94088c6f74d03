"""CSV by RFC 4180, as spreadsheets open it: Arabic stays Arabic, and no text is a formula."""

import csv
import io
import re
from collections.abc import Iterator, Sequence

from knowledge.entry import BODY, EXAMPLE, SUMMARY, Entry, Source
from knowledge.exports.templates import paragraphs
from knowledge.formats import markup
from knowledge.formats.native import fenced, paragraph

COLUMNS = (
    "id", "term", "language", "category", "aliases", "definition", "body", "example", "related",
    "asked", "sources", "updated",
)  # fmt: skip
LOST = (
    "sections: their text stands in the body, under its heading",
    "parts of sources: a source is one line of text",
)

_MARK = "\ufeff"  # Excel takes a table for UTF-8 by its byte-order mark only
# What a spreadsheet takes for a formula (OWASP, “CSV Injection”; full-width signs in some locales),
# and what could be mistaken for the cure.
_FORMULA = re.compile("'*[=+\\-@\t\r＝＋－＠]")


def write(entries: Sequence[Entry], title: str) -> bytes:
    """A row for each entry; the format has no place for a title.

    Every cell stands in quotes: a semicolon in one would part cells where a comma is a decimal
    sign, and a formula could begin after it.
    """
    del title
    table = io.StringIO(newline="")
    writer = csv.writer(table, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([safe(cell) for cell in _cells(entry)] for entry in entries)
    return (_MARK + table.getvalue()).encode()


def safe(cell: str) -> str:
    """The text with an apostrophe before it, if a spreadsheet would take it for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _cells(entry: Entry) -> Iterator[str]:
    yield from (entry.id, entry.term, entry.language, entry.category)
    yield "; ".join(entry.aliases)
    yield from map(_written, (entry.summary, "\n\n".join(_body(entry)), entry.example))
    yield "; ".join(entry.related)
    yield "; ".join(entry.asked)
    yield "\n".join(map(source_line, entry.sources))
    yield entry.updated.isoformat() if entry.updated else ""


def _written(text: str) -> str:
    """A text as it is; where signs of it would be read as marks, escaped or as code."""
    parts = paragraphs(text)
    ways = (paragraph, fenced)
    written = (text, *("\n\n".join(map(way, parts)) for way in ways))
    return next((each for each in written if paragraphs(markup.plain(each)) == parts), text)


def _body(entry: Entry) -> Iterator[str]:
    """All text between the summary and the example, with the headings as paragraphs."""
    for section in entry.sections:
        if section.name not in (SUMMARY, EXAMPLE):
            if section.name != BODY and section.heading:
                yield section.heading
            yield section.text


def source_line(source: Source) -> str:
    """A source as one line of text: Authors: Title (year). Address."""
    authors = f"{source.authors}: " if source.authors else ""
    year = f" ({source.year})" if source.year else ""
    return f"{authors}{source.title}{year}{' ' if source.url else ''}{source.url}"
