"""SKOS vocabularies, in Turtle, RDF/XML, N-Triples or JSON-LD, read by ``rdflib``."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import Any

from knowledge.entry import Entry, Section
from knowledge.fault import Fault
from knowledge.formats.concept import Concept, entries, source_of
from knowledge.formats.decoding import decode
from knowledge.formats.draft import section_name

OWN = "urn:masrad:"
"""Addresses that this project writes: their last part is an id (``knowledge.exports.skos``)."""

_SYNTAXES = {".ttl": "turtle", ".turtle": "turtle", ".nt": "nt", ".rdf": "xml", ".owl": "xml",
             ".xml": "xml", ".jsonld": "json-ld", ".json": "json-ld", ".n3": "turtle"}  # fmt: skip
_ADDRESS = b"/2004/02/skos/core"
_MOST = 200_000
"""Statements: of a thousand, reading takes about 70 ms and 1.5 MB."""
_TOO_MANY = f"holds more than the {_MOST:,} statements that can be read: part the file."
_LAST = re.compile(r"[^/#:]+$")


class _TooMany(Exception):  # noqa: N818
    pass


def handles(path: PurePath, data: bytes) -> bool:
    """Whether a file is RDF that speaks of SKOS."""
    return path.suffix.lower() in _SYNTAXES and _ADDRESS in data


def read(path: PurePath, data: bytes) -> Iterator[Entry | Fault]:
    """An entry for each language in which a concept is defined; the first part of its note else.

    Nothing is fetched: JSON-LD whose context stands elsewhere is a fault.
    """
    origin = str(path)
    text, fault = decode(data, origin)
    if text is None:
        yield fault or Fault(origin, 1, "cannot be read.")
        return
    try:
        graph = _graph(text, _SYNTAXES[path.suffix.lower()])
    except _TooMany:
        yield Fault(origin, 1, _TOO_MANY)
        return
    except RecursionError:
        yield Fault(origin, 1, "nests too deeply.")
        return
    except Exception as error:  # noqa: BLE001  (each of rdflib's parsers raises its own)
        line = getattr(error, "lines", 0) or 1
        what = " ".join(str(error).split())[:100]
        yield Fault(origin, line, f"is not valid RDF: {what or type(error).__name__}.")
        return
    yield from entries(_concepts(graph, text), origin)


def _graph(text: str, syntax: str) -> Any:  # noqa: ANN401
    """The statements of a text."""
    from rdflib import Graph  # noqa: PLC0415  (slow to import)

    class Bounded(Graph):
        def add(self, triple: Any) -> "Bounded":  # noqa: ANN401
            if len(self) >= _MOST:
                raise _TooMany
            super().add(triple)
            return self

    if syntax == "json-ld":
        stack = [json.loads(text)]
        while stack:
            node = stack.pop()
            stack += (
                node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
            )
            if isinstance(node, dict):
                context = node.get("@context", ())
                contexts = context if isinstance(context, list) else [context]
                if any(isinstance(c, str) or "@import" in c for c in contexts):
                    raise ValueError("its context stands elsewhere; put it into the file")
    return Bounded().parse(data=text, format=syntax)


def _concepts(graph: Any, text: str) -> list[Concept]:  # noqa: ANN401
    from rdflib.namespace import RDF, SKOS  # noqa: PLC0415

    aside = {
        *graph.subjects(RDF.type, SKOS.ConceptScheme),
        *graph.subjects(RDF.type, SKOS.Collection),
    }
    labelled = dict.fromkeys(
        (*graph.subjects(RDF.type, SKOS.Concept), *graph.subjects(SKOS.prefLabel))
    )
    nodes = [node for node in labelled if node not in aside]
    names = {node: _name(node) for node in nodes}
    found, at, line = [], 0, 1
    for node in nodes:
        # The parser tells no lines: its name stands on the next that has it.
        place = text.find(names[node], at)
        if place >= 0:
            line, at = line + text.count("\n", at, place), place
        found.append(_concept(graph, node, names, line))
    return found


def _name(node: Any) -> str:  # noqa: ANN401
    last = _LAST.search(str(node))
    return last[0] if last else str(node)


def _concept(graph: Any, node: Any, names: Mapping[Any, str], line: int) -> Concept:  # noqa: ANN401
    from rdflib.namespace import DCTERMS, RDFS, SKOS  # noqa: PLC0415

    own = str(node).startswith(OWN)
    found = Concept(names[node], line, trusted=own, exact=own)
    labels = [*_texts(graph, node, SKOS.prefLabel)] or [*_texts(graph, node, RDFS.label)]
    for language, text, _ in labels:
        found.version(language).terms.append(text)
    for language, text, _ in _texts(graph, node, SKOS.altLabel):
        found.version(language).aliases.append(text)
    for language, text, _ in _texts(graph, node, SKOS.example):
        found.version(language).examples.append(text)
    _define(graph, node, found)
    for collection in graph.subjects(SKOS.member, node):
        for label in graph.objects(collection, SKOS.prefLabel):
            found.version(label.language or "").category = str(label)
    for value in graph.objects(node, DCTERMS.source):
        language, source = _source(graph, value)
        found.version(language).sources.append(source)
    days = [str(day) for day in graph.objects(node, DCTERMS.modified)]
    found.version("").updated = max(days, default="")
    for predicate in (SKOS.related, SKOS.broader, SKOS.narrower):
        found.related += [names[o] for o in graph.objects(node, predicate) if o in names]
    return found


def _define(graph: Any, node: Any, found: Concept) -> None:  # noqa: ANN401
    """In each language the definition, else the next best; and notes that do not stand for it."""
    from rdflib.namespace import DCTERMS, RDFS, SKOS  # noqa: PLC0415

    defined: dict[str, Any] = {}
    titles = {SKOS.scopeNote: ("Scope", "النطاق"), SKOS.note: ("Note", "ملاحظة")}
    for predicate in (
        SKOS.definition,
        DCTERMS.description,
        SKOS.scopeNote,
        RDFS.comment,
        SKOS.note,
    ):
        for language, text, heading in _texts(graph, node, predicate):
            version = found.version(language)
            if defined.setdefault(language, predicate) == predicate:
                version.definition.append(text)
            elif predicate in titles:
                title = heading or titles[predicate][language.startswith("ar")]
                version.sections.append(Section(section_name(title), title, text))


def _texts(graph: Any, node: Any, predicate: Any) -> Iterator[tuple[str, str, str]]:  # noqa: ANN401
    """Texts with their languages, and headings if they have any."""
    from rdflib.namespace import RDF, RDFS  # noqa: PLC0415

    for value in graph.objects(node, predicate):
        said = graph.value(value, RDF.value) or value
        if hasattr(said, "language"):
            yield said.language or "", str(said), str(graph.value(value, RDFS.label) or "")


def _source(graph: Any, value: Any) -> tuple[str, dict[str, Any]]:  # noqa: ANN401
    """A source, and the language that it is for, if it says one."""
    from rdflib.namespace import DCTERMS  # noqa: PLC0415

    def of(predicate: Any) -> str:  # noqa: ANN401
        return str(graph.value(value, predicate) or "")

    if not (title := of(DCTERMS.title)):
        return getattr(value, "language", "") or "", source_of(str(value))
    year = of(DCTERMS.date)[:4]
    return of(DCTERMS.language), {
        "title": title,
        "authors": of(DCTERMS.creator),
        "year": int(year) if year.isascii() and year.isdigit() else None,
        "url": of(DCTERMS.identifier),
    }
