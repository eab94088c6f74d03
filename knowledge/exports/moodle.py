"""A glossary as Moodle's glossary activity imports it: XML, in which definitions are HTML."""

from collections.abc import Sequence

from knowledge.entry import Entry
from knowledge.exports.templates import cited, render

LOST = (
    "id: Moodle knows entries by their terms, so that languages are no longer paired",
    "asked",
    "updated",
    "parts of sources: each stands in one line of the text",
)


def write(entries: Sequence[Entry], title: str) -> bytes:
    """The XML file; what Moodle has no place for stands in the definition, under headings."""
    terms = {entry.key: entry.term for entry in entries}

    def related(entry: Entry) -> list[str]:
        return [t for each in entry.related if (t := terms.get(f"{entry.language}/{each}"))]

    def sources(entry: Entry) -> list[str]:
        return [cited(s) + (f", {s.url}" if s.url else "") for s in entry.sources]

    values = {"entries": entries, "related": related, "sources": sources}
    return render("moodle.xml", title=title, **values).encode()
