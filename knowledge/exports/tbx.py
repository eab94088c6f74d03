"""A glossary as TBX-Basic of ISO 30042:2019, in the style that names data by attributes."""

from collections.abc import Sequence

from knowledge.entry import Entry
from knowledge.exports.templates import grouped, render
from knowledge.formats.terminologies.concept import says_nothing

LOST = ("asked", "parts of sources: each stands in one line", "lines: they become one")


def write(entries: Sequence[Entry], title: str) -> bytes:
    """The XML file: a concept for each id, and in it a section for each of its languages."""
    language = entries[0].language if entries else "en"
    values = {"title": title, "language": language, "concepts": grouped(entries), "name": name}
    return render("tbx.xml", **values).encode()


def name(entry_id: str) -> str:
    """The id as XML allows it; one that looks like a mere number begins with a low line."""
    from lxml.etree import QName  # noqa: PLC0415  (slow to import)

    if says_nothing(entry_id):
        return f"_{entry_id}"
    try:
        return str(QName(entry_id).localname)
    except ValueError:
        return f"_{entry_id}"
