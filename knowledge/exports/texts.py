"""Formats that are text, each written by a function: Markdown, JSON, CSV, XML, Turtle and cards."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import PurePath

from lxml.etree import QName

from knowledge.draft import slug
from knowledge.editing import native as native_
from knowledge.entry import BODY, EXAMPLE, SUMMARY, Entry
from knowledge.exports.templates import cited, filled, grouped, render

COLUMNS = (
    "id", "term", "language", "category", "aliases", "definition", "body", "example", "related",
    "asked", "sources", "updated",
)  # fmt: skip
"""Of the table."""

_MARK = "\ufeff"  # Excel takes a table for UTF-8 by its byte-order mark only
# What a spreadsheet takes for a formula (OWASP, “CSV Injection”; full-width signs in some locales),
# and what could be mistaken for the cure.
_FORMULA = re.compile("'*[=+\\-@\t\r＝＋－＠]")


def native(entries: Sequence[Entry], _: str) -> Iterator[tuple[PurePath, bytes]]:
    """The project's own files, each in the folder of its language."""
    for entry in entries:
        path = native_.place(entry)
        yield path, native_.write(entry, path).encode()


def jsonl(entries: Sequence[Entry], _: str) -> bytes:
    """JSON Lines: an entry a line, with everything that it has (docs/your-glossary.md)."""
    return "".join(f"{json.dumps(_row(e), ensure_ascii=False)}\n" for e in entries).encode()


def _row(entry: Entry) -> dict[str, object]:
    told = asdict(entry)
    values = {name: told[name] for name in ("id", "term", "language", "aliases", "category")}
    values |= {"definition": entry.summary, "related": entry.related, "asked": entry.asked}
    values["sources"] = [*map(filled, told["sources"])]
    values["updated"] = entry.updated and entry.updated.isoformat()
    sections = [
        {"name": s.name, "heading": s.heading, "text": s.text}
        | filled({"blocks": [asdict(block) for block in s.blocks]})
        for s in entry.sections
        if s.name != SUMMARY
    ]
    # Sections, even if there are none, tell that all of it is to be read to the letter.
    return {**filled(values), "sections": sections}


def quizlet(entries: Sequence[Entry], _: str) -> bytes:
    """Text to paste into Quizlet: a card a line, a tab between the term and its definition."""
    cards = ([" ".join(text.split()) for text in (e.term, e.summary)] for e in entries)
    return "".join(f"{term}\t{definition}\n" for term, definition in cards).encode()


def moodle(entries: Sequence[Entry], title: str) -> bytes:
    """What Moodle's glossary imports: XML with definitions in HTML.

    What it has no place for stands in the definition, under headings.
    """
    terms = {entry.key: entry.term for entry in entries}

    def related(entry: Entry) -> list[str]:
        return [t for each in entry.related if (t := terms.get(f"{entry.language}/{each}"))]

    values = {"entries": entries, "related": related, "sources": _sources}
    return render("moodle.xml", title=title, **values).encode()


def tbx(entries: Sequence[Entry], title: str) -> bytes:
    """TBX-Basic of ISO 30042:2019, in the style that names data by attributes.

    A concept for each id, and in it a section for each of its languages.
    """
    language = entries[0].language if entries else "en"
    values = {"title": title, "language": language, "concepts": grouped(entries), "name": _name}
    return render("tbx.xml", **values).encode()


def _name(entry_id: str) -> str:
    """The id as XML allows it; one that is none begins with a low line."""
    try:
        return str(QName(entry_id).localname)
    except ValueError:
        return f"_{entry_id}"


def skos(entries: Sequence[Entry], title: str) -> bytes:
    """A SKOS vocabulary in Turtle: a concept for each id, a collection for each category.

    Addresses are URNs made of the title and the ids: they stay the same from one time to the next.
    """
    filed = [entry for entry in entries if entry.category]
    categories = grouped(filed, lambda entry: f"{entry.language}/{entry.category}").values()
    base = f"urn:masrad:{slug(title) or 'glossary'}"
    values = {"base": base, "concepts": grouped(entries), "categories": categories}
    return render("skos.ttl", title=title, **values).encode()


def table(entries: Sequence[Entry], _: str) -> bytes:
    """CSV of the entries (``spreadsheet``)."""
    return spreadsheet([COLUMNS, *map(_cells, entries)])


def spreadsheet(rows: Iterable[Iterable[str]]) -> bytes:
    """CSV by RFC 4180, as spreadsheets open it: Arabic stays Arabic, and no text is a formula.

    Every cell stands in quotes: a semicolon in one would part cells where a comma is a decimal
    sign, and a formula could begin after it.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for row in rows:
        # An apostrophe keeps a spreadsheet from taking a cell for a formula.
        writer.writerow([f"'{c}" if _FORMULA.match(c) else c for c in row])
    return (_MARK + text.getvalue()).encode()


def _cells(entry: Entry) -> Iterator[str]:
    yield from (entry.id, entry.term, entry.language, entry.category)
    yield "; ".join(entry.aliases)
    # The body: all text between the summary and the example, the headings as paragraphs.
    others = [s for s in entry.sections if s.name not in (SUMMARY, EXAMPLE)]
    body = (part for s in others for part in (s.heading if s.name != BODY else "", s.text))
    yield from (entry.summary, "\n\n".join(filter(None, body)), entry.example)
    yield "; ".join(entry.related)
    yield "; ".join(entry.asked)
    yield "\n".join(_sources(entry))
    yield entry.updated.isoformat() if entry.updated else ""


def _sources(entry: Entry) -> list[str]:
    """The sources, each as one line of text."""
    return [" ".join(filter(None, (cited(source), source.url))) for source in entry.sources]
