"""Concepts: the entries of one id together, and their parts as terminologies write them."""

import re
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from knowledge.entry import BODY, EXAMPLE, SUMMARY, Entry, Section, Source

# Characters that XML 1.0 has no place for, even written as numbers.
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def grouped(entries: Sequence[Entry]) -> dict[str, list[Entry]]:
    """The entries by id, in the order in which the ids first come."""
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.id, []).append(entry)
    return found


def definition(entry: Entry) -> list[str]:
    """The paragraphs that explain the term: the summary, and what follows it under no heading."""
    texts = (entry.text(SUMMARY), entry.text(BODY))
    return [each for text in texts for each in paragraphs(text)]


def notes(entry: Entry) -> Iterator[Section]:
    """The sections under headings, but for the example."""
    return (s for s in entry.sections if s.name not in (SUMMARY, BODY, EXAMPLE))


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a section's text."""
    return [part.strip("\n") for part in text.split("\n\n") if part.strip()]


def is_code(text: str) -> bool:
    """Whether a paragraph keeps its own spacing: one of its lines is indented."""
    return "\n " in text or "\n\t" in text


def cited(source: Source) -> str:
    """A source in one line, without its address."""
    year = str(source.year) if source.year is not None else ""
    return ", ".join(part for part in (source.authors, source.title, year) if part)


def xml(text: str) -> str:
    """A text as XML writes it, in elements and in attributes."""
    return escape(_UNWRITABLE.sub("", text), {'"': "&quot;"})
