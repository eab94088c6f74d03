"""Files of terminology tools: Moodle's glossary, TBX, SKOS, and schema.org's defined terms.

Each is read as concepts (``concepts``). XML is parsed without entities or network, RDF without
fetching what it names.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from knowledge import lists
from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.formats.columns import DEFINITION, TERM, Column, roles
from knowledge.formats.concepts import Concept, entries
from knowledge.formats.decoding import File, UnreadableError

_RDF = (b"/2004/02/skos/core", b'"DefinedTerm"')
_SCHEMA_ORG = re.compile(rb'("@context"\s*:\s*)"https?://schema\.org/?"')
_MULTILANG = re.compile(r"\{mlang ([\w-]+)\}(.*?)\{mlang\}", re.DOTALL)
_LANG = re.compile(r"\s*<div\b[^<>]*\blang=[\"']([\w-]{2,12})[\"']")
_CAMEL = re.compile("(?<=[a-z])(?=[A-Z])")
_Told: TypeAlias = dict[Any, dict[str, list[Any]]]
"""What RDF says of its nodes, by the names of predicates; ``of`` is who says something of one."""
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_NO_LONGER = {b"<dita": "DITA", b"<mtf": "MultiTerm"}


def read(file: File) -> Iterator[Entry | Fault]:
    """Its entries: one for each language in which a concept is defined."""
    found: Iterator[Concept]
    match handles(file):
        case "TBX":
            nodes = _root(file.data).iter("conceptentry", "termentry")
            named = ((node, str(node.get("id") or "").removeprefix("_")) for node in nodes)
            found = (_tbx(node, Concept(name, node.sourceline or 1)) for node, name in named)
        case "Moodle":
            found = _moodle(_root(file.data))
        case "RDF":
            found = _rdf(_graph(file))
        case kind:
            raise UnreadableError(f"is {kind}, which is not read: export it as TBX or CSV.")
    yield from entries(found, file.origin)


def handles(file: File) -> str:
    """Of which tool a file is, by what it says at its beginning; or nothing."""
    suffix, start = file.path.suffix.lower(), file.data[:4096].lower()
    if suffix in (".xml", ".tbx") and re.search(rb"<(?:\w+:)?(?:tbx|martif)\b", start):
        return "TBX"
    if suffix == ".xml" and b"<glossary" in start and b"<entries" in file.data[:65536].lower():
        return "Moodle"
    is_rdf = lists.kind(file.path, "terminology") not in ("", "others")
    if is_rdf and any(name in file.data for name in _RDF):
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
            concept.add(Column(TERM, language), [terms.get(language, term)])
            concept.add(Column(DEFINITION, language), [texts.get(language, definition)])
            aliases = [_text(alias, "name") for alias in node.iter("alias")]
            concept.add(Column("aliases", language), aliases)
            concept.add(Column("category", language), [_text(node, "category//name")])
        yield concept


# TBX (ISO 30042), versions 2 and 3, with data named by attributes or by elements.


def _tbx(node: Any, concept: Concept, language: str = "") -> Concept:  # noqa: ANN401
    """The concept, with what an element and those in it say of it."""
    for each in node:
        said, tag = _text(each), str(each.get(_XML_LANG) or language)
        role = _TBX_ROLES.get(str(each.get("type") or each.tag).lower(), "")
        target = str(each.get("target") or "").removeprefix("#").removeprefix("_")
        if each.tag in ("langsec", "langset") or each.tag.endswith("grp"):
            _tbx(each, concept, tag)
        elif each.tag in ("termsec", "tig", "ntig"):
            concept.add(Column(TERM, tag), [_text(each, "term")])
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
    return concept


_TBX_ROLES = {
    "definition": DEFINITION, "context": "example", "example": "example", "domain": "category",
    "subjectfield": "category", "crossreference": "related", "seealso": "related",
    "source": "sources", "externalcrossreference": "sources", "xref": "sources",
    "date": "updated", "note": "note",
}  # fmt: skip


# RDF: SKOS, and schema.org's defined terms, whose predicates are known by name as columns are.


def _rdf(graph: Any) -> Iterator[Concept]:  # noqa: ANN401
    from rdflib import BNode  # noqa: PLC0415  (slow to import)

    told: _Told = defaultdict(lambda: defaultdict(list))
    # By predicates, that of kinds first: then its nodes come in the order of the file.
    for predicate in sorted({*graph.predicates()}, key=lambda each: (_local(each) != "type", each)):
        for node, value in graph.subject_objects(predicate):
            told[node][_local(predicate)].append(value)
            told[value]["of"].append(node)
    ids: dict[Any, str] = {}
    for node, fields in told.items():
        kinds = {*map(_local, fields["type"])}
        is_term = fields["prefLabel"] or kinds & {"Concept", "DefinedTerm"}
        if is_term and not (fields["member"] or "ConceptScheme" in kinds):
            own = "" if isinstance(node, BNode) else node
            ids[node] = _local([*fields["termCode"], *fields["url"], own][0]).removesuffix(".html")
    yield from (_rdf_concept(told, node, ids, Concept(name)) for node, name in ids.items())


def _rdf_concept(told: _Told, node: Any, ids: Mapping[Any, str], concept: Concept) -> Concept:  # noqa: ANN401
    fields = {name: values for name, values in told[node].items() if values}
    wholes = [*told[node]["inDefinedTermSet"], *told[node]["of"]]
    tags = [tag for each in (node, *wholes) for tag in told[each]["inLanguage"]]
    language = str([*tags, ""][0])
    names = tuple(fields)
    for n, held in sorted(roles(names).items(), key=lambda each: each[1].rank):
        for value in fields[names[n]]:
            inner = told[value]  # a text with a heading, or the parts of a source
            text = [*inner["value"], ids.get(value, value)][0]
            tag = getattr(text, "language", "") or str([*inner["language"], language][0])
            parts = {key: str(each[0]) for key, each in inner.items() if each and key != "of"}
            is_source = held.role == "sources" and parts.keys() & {"title", "name"}
            heading = parts.get("label") or _CAMEL.sub(" ", names[n]).capitalize()
            concept.add(Column(held.role, tag), parts if is_source else [str(text)], heading)
    for group in (each for each in wholes if told[each]["member"]):
        for label in told[group]["prefLabel"]:
            tag = getattr(label, "language", "") or language
            concept.add(Column("category", tag), [str(label)])
    return concept


def _local(address: Any) -> str:  # noqa: ANN401
    """The last part of an address."""
    return re.split("[/#:]", str(address).rstrip("/"))[-1]


def _graph(file: File) -> Any:  # noqa: ANN401
    from rdflib import Graph  # noqa: PLC0415

    syntax = lists.kind(file.path, "terminology")
    data = _SCHEMA_ORG.sub(rb'\1{"@vocab": "https://schema.org/"}', file.data)
    if syntax == "json-ld" and re.search(rb'"@(?:context|import)"\s*:\s*\[?\s*"', data):
        raise UnreadableError("has its context elsewhere: put it into the file.")
    try:
        return Graph().parse(data=data, format=syntax)
    except Exception as error:  # each of rdflib's parsers raises its own
        why = " ".join(str(error).split())[:100] or type(error).__name__
        line = getattr(error, "lines", 0) or 1
        raise UnreadableError(f"is not valid RDF: {why}.", line) from error
