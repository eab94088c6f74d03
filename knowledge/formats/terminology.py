"""Files of terminology tools: Moodle's glossary, TBX, SKOS, and schema.org's defined terms.

Each is read as concepts (``concepts``). XML is parsed without entities or network, RDF without
fetching what it names.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePath
from typing import Any

from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.formats import markup
from knowledge.formats.columns import DEFINITION, TERM, Column
from knowledge.formats.concepts import Concept, entries
from knowledge.formats.decoding import decode

_PAGES = (".html", ".htm", ".xhtml")
_SKOS = b"/2004/02/skos/core"
_SYNTAXES = {".ttl": "turtle", ".nt": "nt", ".rdf": "xml", ".owl": "xml", ".xml": "xml",
             ".jsonld": "json-ld", ".json": "json-ld", ".n3": "turtle", ".skos": "turtle"}  # fmt: skip
_MOST_RDF = 12 * 1024 * 1024
"""Bytes: rdflib takes some 15 s and 900 MB for as many."""
_SCRIPT = re.compile(
    r"<script\b[^<>]*application/ld\+json[^<>]*>(.*?)</script", re.DOTALL | re.IGNORECASE
)
_MULTILANG = re.compile(r"\{mlang ([\w-]+)\}(.*?)\{mlang\}", re.DOTALL)
_LANG = re.compile(r"\s*<div\b[^<>]*\blang=[\"']([\w-]{2,12})[\"']")
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_SHORTER = ("abbreviation", "acronym", "short", "symbol", "admitted", "deprecated", "superseded")
_NO_LONGER = {b"<dita": "DITA", b"<mtf": "MultiTerm"}


def handles(path: PurePath, data: bytes) -> bool:
    """Whether a file is of such a tool, by what it says at its beginning."""
    return _reader(path, data) is not None


def read(path: PurePath, data: bytes) -> Iterator[Entry | Fault]:
    """Its entries: one for each language in which a concept is defined."""
    reader = _reader(path, data)
    try:
        found = list(reader(path, data)) if reader else []
    except _NotReadError as error:
        yield Fault(str(path), error.line, str(error))
    else:
        yield from entries(found, str(path))


class _NotReadError(Exception):
    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.line = line


def _reader(path: PurePath, data: bytes) -> Callable[[PurePath, bytes], Iterator[Concept]] | None:
    suffix, start = path.suffix.lower(), data[:4096].lower()
    if suffix in (".xml", ".tbx") and re.search(rb"<(?:\w+:)?(?:tbx|martif)\b", start):
        return _tbx
    if suffix == ".xml" and b"<glossary" in start and b"<entries" in data[:65536].lower():
        return _moodle
    if suffix in _SYNTAXES and _SKOS in data:
        return _skos
    if suffix in (".json", ".jsonld", *_PAGES) and b'"DefinedTerm"' in data:
        return _schema_org
    if suffix in (".xml", ".dita") and any(root in start for root in _NO_LONGER):
        return _refuse
    return None


def _refuse(path: PurePath, data: bytes) -> Iterator[Concept]:
    name = next(name for root, name in _NO_LONGER.items() if root in data[:4096].lower())
    raise _NotReadError(f"is {name}, which is not read: export it as TBX or CSV.")


def _root(data: bytes) -> Any:  # noqa: ANN401  (lxml's elements have no types)
    from lxml import etree  # noqa: PLC0415  (slow to import)

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    try:
        return etree.fromstring(data.strip(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        why = str(error).partition(", line")[0]
        raise _NotReadError(
            f"is not valid XML: {why}.", getattr(error, "lineno", None) or 1
        ) from error


def _name(node: Any) -> str:  # noqa: ANN401
    """The name of an element without its namespace, in small letters."""
    return str(node.tag).rpartition("}")[2].lower()


def _text(node: Any) -> str:  # noqa: ANN401
    return "".join(node.itertext()).strip() if node is not None else ""


def _first(node: Any, *names: str) -> Any:  # noqa: ANN401
    return next((each for each in node.iter() if _name(each) in names), None)


# Moodle: what “Export entries” gives.


def _moodle(_: PurePath, data: bytes) -> Iterator[Concept]:
    for node in _root(data).iter():
        if _name(node) == "entry":
            concept = Concept(line=node.sourceline or 1)
            term, definition = _text(_first(node, "concept")), _text(_first(node, "definition"))
            terms, texts = dict(_MULTILANG.findall(term)), dict(_MULTILANG.findall(definition))
            marked = _LANG.match(definition)
            for language in texts or {marked[1] if marked else ""}:
                concept.add(Column(TERM, language), markup.line(terms.get(language, term)))
                _headed(concept, language, texts.get(language, definition))
                for alias in (each for each in node.iter() if _name(each) == "alias"):
                    concept.add(Column("aliases", language), [_text(_first(alias, "name"))])
                if (category := _first(node, "category")) is not None:
                    concept.add(Column("category", language), [_text(_first(category, "name"))])
            yield concept


def _headed(concept: Concept, language: str, html: str) -> None:
    """Adds the sections of a definition: what is headed as an example, as related or as sources."""
    for section in markup.sections(html):
        role = {"related": "related", "example": "example", "sources": "sources"}.get(
            section.name, "note"
        )
        role = (
            DEFINITION
            if not section.heading
            else "sources"
            if section.heading == "المصادر"
            else role
        )
        value: Any = section.text.split("\n\n") if role in ("related", "sources") else section.text
        concept.add(Column(role, language), value, section.heading)


# TBX (ISO 30042), versions 2 and 3, with data named by attributes or by elements.


def _tbx(_: PurePath, data: bytes) -> Iterator[Concept]:
    for node in _root(data).iter():
        if _name(node) in ("conceptentry", "termentry"):
            written = str(node.get("id") or "")
            concept = Concept(written.removeprefix("_"), node.sourceline or 1)
            _tbx_data(node, concept, "")
            yield concept


def _tbx_data(node: Any, concept: Concept, language: str) -> None:  # noqa: ANN401
    """Adds what an element says, and what those within it do; the shorter terms last."""
    terms: list[tuple[bool, str]] = []
    for each in node:
        name = _name(each)
        kind = str(each.get("type") or name).lower()
        if name in ("langsec", "langset"):
            _tbx_data(each, concept, str(each.get(_XML_LANG) or ""))
        elif name in ("termsec", "tig", "ntig"):
            status = " ".join(_text(n).lower() for n in each.iter() if _name(n) == "termnote")
            terms.append((any(w in status for w in _SHORTER), _text(_first(each, "term"))))
            _tbx_data(each, concept, language)
        elif name.endswith("grp"):
            _tbx_data(each, concept, language)
        elif name not in ("term", "termnote"):
            target = str(each.get("target") or "").removeprefix("#").removeprefix("_")
            role = _TBX_ROLES.get(kind, "")
            said = _text(each)
            value: Any = [target or said] if role in ("related", "category") else said
            if role == "sources" and target:
                value = {"title": said or target, "url": target}
            heading, _, rest = said.partition("\n\n") if role == "note" else ("", "", said)
            if role:
                concept.add(
                    Column(role, str(each.get(_XML_LANG) or language)),
                    rest and value if role != "note" else rest or said,
                    heading if rest else "",
                )
    for _, term in sorted(terms):
        concept.add(Column(TERM, language), [term])


_TBX_ROLES = {
    "definition": DEFINITION, "context": "example", "example": "example", "subjectfield": "category",
    "domain": "category", "crossreference": "related", "seealso": "related", "source": "sources",
    "externalcrossreference": "sources", "xref": "sources", "date": "updated", "note": "note",
}  # fmt: skip


# SKOS.


def _skos(path: PurePath, data: bytes) -> Iterator[Concept]:
    from rdflib import Graph  # noqa: PLC0415  (slow to import)
    from rdflib.namespace import DCTERMS, RDF, RDFS, SKOS  # noqa: PLC0415

    syntax = _SYNTAXES[path.suffix.lower()]
    if len(data) > _MOST_RDF:
        raise _NotReadError(
            f"is larger than {_MOST_RDF // 1024**2} MB of RDF: part it into several files."
        )
    if syntax == "json-ld" and re.search(rb'"@(?:context|import)"\s*:\s*\[?\s*"', data):
        raise _NotReadError("has its context elsewhere: put it into the file.")
    try:
        graph = Graph().parse(data=data, format=syntax)
    except Exception as error:  # each of rdflib's parsers raises its own
        why = " ".join(str(error).split())[:100] or type(error).__name__
        raise _NotReadError(f"is not valid RDF: {why}.", getattr(error, "lines", 0) or 1) from error
    roles = {
        SKOS.prefLabel: TERM, RDFS.label: TERM, SKOS.altLabel: "aliases", SKOS.definition: DEFINITION,
        DCTERMS.description: DEFINITION, SKOS.scopeNote: DEFINITION, RDFS.comment: DEFINITION,
        SKOS.example: "example",
    }  # fmt: skip
    no_terms = {
        *graph.subjects(RDF.type, SKOS.ConceptScheme),
        *graph.subjects(RDF.type, SKOS.Collection),
    }
    nodes = dict.fromkeys(
        (*graph.subjects(RDF.type, SKOS.Concept), *graph.subjects(SKOS.prefLabel))
    )
    names = {node: re.split("[/#:]", str(node))[-1] for node in nodes if node not in no_terms}
    text = data.decode("utf-8", "replace")
    for node, name in names.items():
        concept = Concept(name, text.count("\n", 0, max(0, text.find(name))) + 1)
        for predicate, role in roles.items():
            for value in graph.objects(node, predicate):
                said = graph.value(value, RDF.value) or value
                language = getattr(said, "language", None) or ""
                version = concept.version(language)
                if (role == DEFINITION and version.definition) or (
                    predicate == RDFS.label and version.terms
                ):
                    role = "note" if predicate == SKOS.scopeNote else ""  # noqa: PLW2901
                heading = str(graph.value(value, RDFS.label) or "Scope")
                if role:
                    concept.add(
                        Column(role, language),
                        [str(said)] if role != "note" else str(said),
                        heading,
                    )
        for collection in graph.subjects(SKOS.member, node):
            for label in graph.objects(collection, SKOS.prefLabel):
                concept.add(Column("category", label.language or ""), [str(label)])
        for value in graph.objects(node, DCTERMS.source):
            concept.add(Column("sources"), str(graph.value(value, DCTERMS.title) or value))
        for day in graph.objects(node, DCTERMS.modified):
            concept.add(Column("updated"), str(day))
        for predicate in (SKOS.related, SKOS.broader, SKOS.narrower):
            concept.related += [names[o] for o in graph.objects(node, predicate) if o in names]
        yield concept


# schema.org.


def _schema_org(path: PurePath, data: bytes) -> Iterator[Concept]:
    text, _ = decode(data, str(path))
    parts = _SCRIPT.findall(text or "") if path.suffix.lower() in _PAGES else [text]
    for part in parts:
        try:
            yield from _defined_terms(json.loads(part))
        except (ValueError, RecursionError) as error:
            raise _NotReadError("is not valid JSON here.", getattr(error, "lineno", 1)) from error


def _defined_terms(tree: Any) -> Iterator[Concept]:  # noqa: ANN401
    stack: list[tuple[Any, str]] = [(tree, "")]
    while stack:
        node, language = stack.pop()
        if isinstance(node, list):
            stack += [(each, language) for each in reversed(node)]
        elif isinstance(node, dict):
            language = next((said for _, said in _tagged(node.get("inLanguage"))), language)
            if (
                "DefinedTerm" in str(node.get("@type")).split("'")
                or node.get("@type") == "DefinedTerm"
            ):
                yield _defined_term(node, language)
            else:
                stack += [(each, language) for each in reversed(node.values())]


def _defined_term(node: Mapping[str, Any], language: str) -> Concept:
    address = str(node.get("@id") or node.get("url") or "").rstrip("/")
    concept = Concept(
        str(node.get("termCode") or re.split("[/#]", address)[-1].removesuffix(".html"))
    )
    for key, role in (("name", TERM), ("alternateName", "aliases"), ("description", DEFINITION)):
        for tag, said in _tagged(node.get(key)):
            concept.add(Column(role, tag or language), [said])
    concept.add(Column("sources", language), [w for w in _listed(node.get("subjectOf")) if w])
    return concept


def _listed(value: Any) -> list[Any]:  # noqa: ANN401
    return value if isinstance(value, list) else [value]


def _tagged(value: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401
    """Texts with their languages, from a text, ``{"@value", "@language"}`` or a list of either."""
    for each in _listed(value):
        if isinstance(each, dict):
            said = each.get("@value") or each.get("alternateName") or each.get("name") or ""
            yield str(each.get("@language") or ""), str(said)
        elif isinstance(each, str):
            yield "", each
