"""Writes a glossary as a SKOS vocabulary in Turtle."""

import json
from collections.abc import Collection, Iterator, Sequence

from knowledge.entry import Entry, Section, Source
from knowledge.exports.concepts import definition, grouped, notes
from knowledge.formats.draft import slug
from knowledge.formats.skos import OWN

LOST = ("asked", "lines: they become one")

_PREFIXES = {
    "dct": "http://purl.org/dc/terms/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def write(entries: Sequence[Entry], title: str) -> bytes:
    """The Turtle file: a scheme, a concept for each id, and a collection for each category.

    Addresses are URNs made of the title and the ids: they stay the same from one time to the next.
    """
    base = OWN + (slug(title) or "glossary")
    concepts = grouped(entries)
    lines = [f"@prefix {prefix}: <{address}> ." for prefix, address in _PREFIXES.items()]
    lines += ["", f"<{base}> a skos:ConceptScheme ;", f"    dct:title {_text(title)} .", ""]
    for entry_id, versions in concepts.items():
        facts = _facts(base, versions, concepts)
        lines += [f"<{base}:{entry_id}> a skos:Concept ;", " ;\n".join(facts) + " .", ""]
    lines += _collections(base, entries)
    return "\n".join(lines).encode()


def _facts(base: str, versions: Sequence[Entry], known: Collection[str]) -> Iterator[str]:
    """The statements about one concept."""
    yield f"    skos:inScheme <{base}>"
    for entry in versions:
        language = entry.language
        explained = "\n\n".join(definition(entry))
        yield f"    skos:prefLabel {_text(entry.term, language)}"
        for alias in entry.aliases:
            yield f"    skos:altLabel {_text(alias, language)}"
        yield f"    skos:definition {_text(explained, language)}"
        if entry.example:
            yield f"    skos:example {_text(entry.example, language)}"
        for section in notes(entry):
            yield f"    skos:note {_note(section, language)}"
        for source in entry.sources:
            yield f"    dct:source {_source(source, language)}"
    for each in dict.fromkeys(each for entry in versions for each in entry.related):
        if each in known:
            yield f"    skos:related <{base}:{each}>"
    days = [entry.updated for entry in versions if entry.updated]
    if days:
        yield f'    dct:modified "{max(days).isoformat()}"^^xsd:date'


def _note(section: Section, language: str) -> str:
    """A section with its heading: SKOS calls this documentation as a related resource."""
    value, heading = _text(section.text, language), _text(section.heading, language)
    return f"[ rdf:value {value} ; rdfs:label {heading} ]"


def _source(source: Source, language: str) -> str:
    said = [f"dct:title {_text(source.title, language)}", f"dct:language {_text(language)}"]
    said += [f"dct:creator {_text(source.authors)}"] if source.authors else []
    said += [f'dct:date "{source.year}"'] if source.year is not None else []
    said += [f"dct:identifier {_text(source.url)}"] if source.url else []
    return f"[ {' ; '.join(said)} ]"


def _collections(base: str, entries: Sequence[Entry]) -> Iterator[str]:
    members: dict[tuple[str, str], list[str]] = {}
    for entry in entries:
        if entry.category:
            members.setdefault((entry.language, entry.category), []).append(entry.id)
    for number, ((language, category), ids) in enumerate(members.items(), 1):
        yield f"<{base}:category:{number}> a skos:Collection ;"
        yield f"    skos:prefLabel {_text(category, language)} ;"
        yield "    skos:member " + ", ".join(f"<{base}:{each}>" for each in ids) + " ."
        yield ""


def _text(text: str, language: str = "") -> str:
    """A literal: the escapes of JSON are Turtle's too."""
    return json.dumps(text, ensure_ascii=False) + (f"@{language}" if language else "")
