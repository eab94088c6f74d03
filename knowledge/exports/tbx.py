"""Writes a glossary as TBX-Basic of ISO 30042:2019, in the style that names data by attributes."""

from collections.abc import Collection, Iterator, Sequence

from knowledge.entry import Entry
from knowledge.exports.concepts import cited, definition, grouped, notes, paragraphs, xml
from knowledge.formats.concept import says_nothing

LOST = ("asked", "parts of sources: each stands in one line", "lines: they become one")

_NAMESPACE = "urn:iso:std:iso:30042:ed-2"
_PREFERRED, _ADMITTED = "preferredTerm-admn-sts", "admittedTerm-admn-sts"


def write(entries: Sequence[Entry], title: str) -> bytes:
    """The XML file: a concept for each id, and in it a section for each of its languages."""
    concepts = grouped(entries)
    working = entries[0].language if entries else "en"
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<tbx type="TBX-Basic" style="dca" xmlns="{_NAMESPACE}" xml:lang="{xml(working)}">',
        "<tbxHeader><fileDesc>",
        f"<titleStmt><title>{xml(title)}</title></titleStmt>",
        f"<sourceDesc><p>{xml(title)}</p></sourceDesc>",
        "</fileDesc></tbxHeader>",
        "<text><body>",
    ]
    for entry_id, versions in concepts.items():
        lines += _concept(entry_id, versions, concepts)
    return "\n".join([*lines, "</body></text>", "</tbx>", ""]).encode()


def name(entry_id: str) -> str:
    """The id as XML allows it; one that looks like a mere number begins with a low line."""
    from lxml.etree import QName  # noqa: PLC0415  (slow to import)

    if says_nothing(entry_id):
        return f"_{entry_id}"
    try:
        return str(QName(entry_id).localname)
    except ValueError:
        return f"_{entry_id}"


def _concept(entry_id: str, versions: Sequence[Entry], known: Collection[str]) -> Iterator[str]:
    yield f'<conceptEntry id="{xml(name(entry_id))}">'
    for entry in versions:
        if entry.category:
            yield _typed("descrip", "subjectField", entry.category, entry.language)
    related = dict.fromkeys(each for entry in versions for each in entry.related if each in known)
    for each in related:
        yield f'<ref type="crossReference" target="{xml(name(each))}">{xml(each)}</ref>'
    for entry in versions:
        yield from _language(entry)
    yield "</conceptEntry>"


def _language(entry: Entry) -> Iterator[str]:
    yield f'<langSec xml:lang="{xml(entry.language)}">'
    yield _typed("descrip", "definition", "\n\n".join(definition(entry)))
    for source in entry.sources:
        if not _is_web(source.url):
            yield _typed("admin", "source", cited(source))
    if entry.updated:
        transaction = _typed("transac", "transactionType", "modification")
        yield f"<transacGrp>{transaction}<date>{entry.updated.isoformat()}</date></transacGrp>"
    for section in notes(entry):
        text = "\n\n".join(filter(None, (section.heading, section.text)))
        yield f"<note>{xml(text)}</note>"
    yield from _term(entry.term, _PREFERRED, list(_of_term(entry)))
    for alias in entry.aliases:
        yield from _term(alias, _ADMITTED, [])
    yield "</langSec>"


def _of_term(entry: Entry) -> Iterator[str]:
    """What TBX-Basic has a place for with a term only: examples, and sources on the web."""
    for example in paragraphs(entry.example):
        yield _typed("descrip", "context", example)
    for source in entry.sources:
        if _is_web(source.url):
            reference = f'xref type="externalCrossReference" target="{xml(source.url)}"'
            yield f"<{reference}>{xml(cited(source))}</xref>"


def _term(term: str, status: str, facts: Sequence[str]) -> Iterator[str]:
    yield f"<termSec><term>{xml(term)}</term>"
    yield _typed("termNote", "administrativeStatus", status)
    yield from facts
    yield "</termSec>"


def _typed(element: str, kind: str, text: str, language: str = "") -> str:
    spoken = f' xml:lang="{xml(language)}"' if language else ""
    return f'<{element} type="{kind}"{spoken}>{xml(text)}</{element}>'


def _is_web(address: str) -> bool:
    return address.startswith(("http://", "https://"))
