"""Files of terminology tools: Moodle's glossary, TBX, SKOS, and schema.org's defined terms.

Each is read as concepts (``concepts``). XML is parsed without entities or network, RDF without
fetching what it names.
"""

import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from knowledge import lists
from knowledge.entry import Entry, Section
from knowledge.fault import Fault
from knowledge.formats import markup
from knowledge.formats.columns import DEFINITION, TERM, Column, column
from knowledge.formats.concepts import Concept, UnreadableError, entries

_RDF = (b"/2004/02/skos/core", b'"DefinedTerm"')
_SCHEMA_ORG = re.compile(rb'("@context"\s*:\s*)"https?://schema\.org/?"')
_MULTILANG = re.compile(r"\{mlang ([\w-]+)\}(.*?)\{mlang\}", re.DOTALL)
_LANG = re.compile(r"\s*<div\b[^<>]*\blang=[\"']([\w-]{2,12})[\"']")
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_SHORTER = ("abbreviation", "acronym", "short", "symbol", "admitted", "deprecated", "superseded")
_NO_SECTION = Section("", "", "")
_NO_LONGER = {b"<dita": "DITA", b"<mtf": "MultiTerm"}


def handles(path: PurePath, data: bytes) -> bool:
    """Whether a file is of such a tool, by what it says at its beginning."""
    return bool(_kind(path, data))


def read(path: PurePath, data: bytes) -> Iterator[Entry | Fault]:
    """Its entries: one for each language in which a concept is defined."""
    found: Iterator[Concept]
    try:
        match _kind(path, data):
            case "TBX":
                nodes = _root(data).iter("conceptentry", "termentry")
                named = ((node, str(node.get("id") or "").removeprefix("_")) for node in nodes)
                found = (_tbx(node, Concept(name, node.sourceline or 1)) for node, name in named)
            case "Moodle":
                found = _moodle(_root(data))
            case "RDF":
                found = _rdf(_graph(path, data), data.decode("utf-8", "replace"))
            case kind:
                yield Fault(str(path), 1, f"is {kind}, which is not read: export it as TBX or CSV.")
                return
        yield from entries(found, str(path))
    except UnreadableError as error:
        yield Fault(str(path), error.line, str(error))


def _kind(path: PurePath, data: bytes) -> str:
    suffix, start = path.suffix.lower(), data[:4096].lower()
    if suffix in (".xml", ".tbx") and re.search(rb"<(?:\w+:)?(?:tbx|martif)\b", start):
        return "TBX"
    if suffix == ".xml" and b"<glossary" in start and b"<entries" in data[:65536].lower():
        return "Moodle"
    if lists.kind(path, "terminology") not in ("", "others") and any(n in data for n in _RDF):
        return "RDF"
    known = suffix in (".xml", ".dita")
    return next((name for root, name in _NO_LONGER.items() if known and root in start), "")


def _root(data: bytes) -> Any:  # noqa: ANN401  (lxml's elements have no types)
    """The root of some XML, all names without their namespaces and in small letters."""
    from lxml import etree  # noqa: PLC0415  (slow to import)

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data.strip(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        why, line = str(error).partition(", line")[0], getattr(error, "lineno", None) or 1
        raise UnreadableError(f"is not valid XML: {why}.", line) from error
    for node in root.iter("*"):
        node.tag = etree.QName(node).localname.lower()
    return root


def _text(node: Any, name: str = "") -> str:  # noqa: ANN401
    """All that an element says, or the first of a name in it."""
    return str(node.xpath(f"string(.//{name})" if name else "string()")).strip()


# Moodle: what “Export entries” gives.


def _moodle(root: Any) -> Iterator[Concept]:  # noqa: ANN401
    for node in root.iter("entry"):
        concept = Concept(line=node.sourceline or 1)
        term, definition = _text(node, "concept"), _text(node, "definition")
        terms, texts = dict(_MULTILANG.findall(term)), dict(_MULTILANG.findall(definition))
        marked = _LANG.match(definition)
        for language in texts or {marked[1] if marked else ""}:
            concept.add(Column(TERM, language), markup.line(terms.get(language, term)))
            aliases = [_text(alias, "name") for alias in node.iter("alias")]
            concept.add(Column("aliases", language), aliases)
            concept.add(Column("category", language), [_text(node, "category//name")])
            # What is headed as related or as sources becomes that.
            summary, *rest = markup.sections(texts.get(language, definition)) or [_NO_SECTION]
            concept.add(Column(DEFINITION, language), summary.text)
            concept.exact = []
            for section in rest:
                known = column(section.heading) if section.heading else None
                if known and known.role in ("related", "sources"):
                    concept.add(Column(known.role, language), section.text.split("\n\n"))
                else:
                    concept.exact.append(section)
        yield concept


# TBX (ISO 30042), versions 2 and 3, with data named by attributes or by elements.


def _tbx(node: Any, concept: Concept, language: str = "") -> Concept:  # noqa: ANN401
    """The concept, with what an element and those in it say of it; its shorter terms come last."""
    terms: list[tuple[bool, str]] = []
    for each in node:
        said, tag = _text(each), str(each.get(_XML_LANG) or language)
        role = _TBX_ROLES.get(str(each.get("type") or each.tag).lower(), "")
        target = str(each.get("target") or "").removeprefix("#").removeprefix("_")
        if each.tag in ("langsec", "langset") or each.tag.endswith("grp"):
            _tbx(each, concept, tag)
        elif each.tag in ("termsec", "tig", "ntig"):
            status = " ".join(map(_text, each.iter("termnote"))).lower()
            terms.append((any(word in status for word in _SHORTER), _text(each, "term")))
            _tbx(each, concept, tag)
        elif role == "note":
            heading, _, rest = said.partition("\n\n")
            concept.add(Column(role, tag), rest or said, heading if rest else "")
        elif role == "sources":
            concept.add(Column(role, tag), {"title": said or target, "url": target})
        elif role in ("related", "category"):
            concept.add(Column(role, tag), [target or said])
        elif role:
            concept.add(Column(role, tag), said)
    for _, term in sorted(terms):
        concept.add(Column(TERM, language), [term])
    return concept


_TBX_ROLES = {
    "definition": DEFINITION, "context": "example", "example": "example", "domain": "category",
    "subjectfield": "category", "crossreference": "related", "seealso": "related",
    "source": "sources", "externalcrossreference": "sources", "xref": "sources",
    "date": "updated", "note": "note",
}  # fmt: skip


# RDF: SKOS, and schema.org's defined terms.


def _rdf(graph: Any, text: str) -> Iterator[Concept]:  # noqa: ANN401
    from rdflib import BNode  # noqa: PLC0415  (slow to import)
    from rdflib.namespace import RDF, SDO, SKOS  # noqa: PLC0415

    groups = {*graph.subjects(RDF.type, SKOS.ConceptScheme), *graph.subjects(SKOS.member)}
    kinds = (graph.subjects(RDF.type, each) for each in (SKOS.Concept, SDO.DefinedTerm))
    nodes = [node for kind in (*kinds, graph.subjects(SKOS.prefLabel)) for node in kind]
    names: dict[Any, str] = {}
    for node in (node for node in nodes if node not in groups):
        code = _first(graph, node, SDO.termCode, SDO.url)
        address = str(code or ("" if isinstance(node, BNode) else node))
        names[node] = re.split("[/#:]", address.rstrip("/"))[-1].removesuffix(".html")
    for node, name in names.items():
        concept = Concept(name, text.count("\n", 0, max(0, text.find(name))) + 1)
        whole = _first(graph, node, SDO.inDefinedTermSet) or next(graph.subjects(None, node), None)
        language = _first(graph, node, SDO.inLanguage) or _first(graph, whole, SDO.inLanguage)
        language = str(_first(graph, language, SDO.alternateName, SDO.name) or language)
        _rdf_texts(graph, node, concept, language)
        for predicate in (SKOS.related, SKOS.broader, SKOS.narrower):
            told = [names[o] for o in graph.objects(node, predicate) if o in names]
            concept.add(Column("related"), told)
        yield concept


def _graph(path: PurePath, data: bytes) -> Any:  # noqa: ANN401
    from rdflib import Graph  # noqa: PLC0415

    syntax = lists.kind(path, "terminology")
    data = _SCHEMA_ORG.sub(rb'\1{"@vocab": "https://schema.org/"}', data)
    if syntax == "json-ld" and re.search(rb'"@(?:context|import)"\s*:\s*\[?\s*"', data):
        raise UnreadableError("has its context elsewhere: put it into the file.")
    try:
        return Graph().parse(data=data, format=syntax)
    except Exception as error:  # each of rdflib's parsers raises its own
        why = " ".join(str(error).split())[:100] or type(error).__name__
        line = getattr(error, "lines", 0) or 1
        raise UnreadableError(f"is not valid RDF: {why}.", line) from error


def _rdf_texts(graph: Any, node: Any, concept: Concept, language: str) -> None:  # noqa: ANN401
    """Adds what is said of a node; texts without a language are in the given one."""
    from rdflib.namespace import DCTERMS, RDF, RDFS, SDO, SKOS  # noqa: PLC0415

    def column(role: str, value: Any) -> Column:  # noqa: ANN401
        return Column(role, getattr(value, "language", "") or language)

    for role, predicates in (
        (TERM, (SKOS.prefLabel, RDFS.label, SDO.name)),
        ("aliases", (SKOS.altLabel, SDO.alternateName)),
        (DEFINITION, (SKOS.definition, DCTERMS.description, SDO.description, SKOS.scopeNote,
                      RDFS.comment)),
        ("example", (SKOS.example,)),
        ("updated", (DCTERMS.modified, SDO.dateModified)),
    ):  # fmt: skip
        known: set[str] = set()  # in a language, the first that says anything is taken
        for predicate in predicates:
            values = [_first(graph, v, RDF.value) or v for v in graph.objects(node, predicate)]
            for value in values:
                if column(role, value).language not in known:
                    concept.add(column(role, value), [str(value)])
            known |= {column(role, value).language for value in values}
    for value in (*graph.objects(node, SKOS.note), *graph.objects(node, SKOS.scopeNote)):
        said = _first(graph, value, RDF.value) or value  # as this project writes a section, or text
        held = column("note", said)
        if str(said) not in concept.version(held.language)[DEFINITION]:
            concept.add(held, str(said), str(_first(graph, value, RDFS.label) or "Scope"))
    for label in graph.objects(node, ~SKOS.member / SKOS.prefLabel):
        concept.add(column("category", label), [str(label)])
    for value in (*graph.objects(node, DCTERMS.source), *graph.objects(node, SDO.subjectOf)):
        source = {
            "title": str(_first(graph, value, DCTERMS.title, SDO.name)),
            "authors": str(_first(graph, value, DCTERMS.creator, SDO.author)),
            "year": str(_first(graph, value, DCTERMS.date, SDO.datePublished)),
            "url": str(_first(graph, value, DCTERMS.identifier, SDO.url)),
        }
        tag = str(_first(graph, value, DCTERMS.language)) or language
        concept.add(Column("sources", tag), source if source["title"] else str(value))


def _first(graph: Any, node: Any, *predicates: Any) -> Any:  # noqa: ANN401
    return next((o for p in predicates for o in graph.objects(node, p)), "")
