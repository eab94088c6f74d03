"""Files of terminology tools: Moodle's glossary, TBX, SKOS, and schema.org's defined terms.

Each is read as concepts (``concepts``). XML is parsed without entities or network, RDF without
fetching what it names.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePath
from typing import Any

from knowledge.entry import Entry, Section
from knowledge.fault import Fault
from knowledge.formats import lists, markup
from knowledge.formats.columns import DEFINITION, TERM, Column, column
from knowledge.formats.concepts import Concept, UnreadableError, entries
from knowledge.formats.decoding import decode

_SKOS = b"/2004/02/skos/core"
_MOST_RDF = 12 * 1024 * 1024
"""Bytes: rdflib takes some 15 s and 900 MB for as many."""
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
        yield from entries(reader(path, data) if reader else (), str(path))
    except UnreadableError as error:
        yield Fault(str(path), error.line, str(error))


def _reader(path: PurePath, data: bytes) -> Callable[[PurePath, bytes], Iterator[Concept]] | None:
    suffix, start = path.suffix.lower(), data[:4096].lower()
    if suffix in (".xml", ".tbx") and re.search(rb"<(?:\w+:)?(?:tbx|martif)\b", start):
        return _tbx
    if suffix == ".xml" and b"<glossary" in start and b"<entries" in data[:65536].lower():
        return _moodle
    if lists.kind(path, "terminology") not in ("", "others") and _SKOS in data:
        return _skos
    if suffix in (".json", ".jsonld") and b'"DefinedTerm"' in data:
        return _schema_org
    if suffix in (".xml", ".dita") and any(root in start for root in _NO_LONGER):
        return _refuse
    return None


def _refuse(_: PurePath, data: bytes) -> Iterator[Concept]:
    name = next(name for root, name in _NO_LONGER.items() if root in data[:4096].lower())
    raise UnreadableError(f"is {name}, which is not read: export it as TBX or CSV.")


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


def _moodle(_: PurePath, data: bytes) -> Iterator[Concept]:
    for node in _root(data).iter("entry"):
        concept = Concept(line=node.sourceline or 1)
        term, definition = _text(node, "concept"), _text(node, "definition")
        terms, texts = dict(_MULTILANG.findall(term)), dict(_MULTILANG.findall(definition))
        marked = _LANG.match(definition)
        for language in texts or {marked[1] if marked else ""}:
            concept.add(Column(TERM, language), markup.line(terms.get(language, term)))
            _headed(concept, language, texts.get(language, definition))
            aliases = [_text(alias, "name") for alias in node.iter("alias")]
            concept.add(Column("aliases", language), aliases)
            concept.add(Column("category", language), [_text(node, "category//name")])
        yield concept


def _headed(concept: Concept, language: str, html: str) -> None:
    """Adds the sections of a definition; what is headed as related or as sources becomes that."""
    summary, *rest = markup.sections(html) or [Section("", "", "")]
    concept.add(Column(DEFINITION, language), summary.text)
    concept.exact = []
    for section in rest:
        known = column(section.heading) if section.heading else None
        if known and known.role in ("related", "sources"):
            concept.add(Column(known.role, language), section.text.split("\n\n"))
        else:
            concept.exact.append(section)


# TBX (ISO 30042), versions 2 and 3, with data named by attributes or by elements.


def _tbx(_: PurePath, data: bytes) -> Iterator[Concept]:
    for node in _root(data).iter("conceptentry", "termentry"):
        concept = Concept(str(node.get("id") or "").removeprefix("_"), node.sourceline or 1)
        _tbx_data(node, concept, "")
        yield concept


def _tbx_data(node: Any, concept: Concept, language: str) -> None:  # noqa: ANN401
    """Adds what an element says, and what those within it do; the shorter terms last."""
    terms: list[tuple[bool, str]] = []
    for each in node:
        said, tag = _text(each), str(each.get(_XML_LANG) or language)
        role = _TBX_ROLES.get(str(each.get("type") or each.tag).lower(), "")
        target = str(each.get("target") or "").removeprefix("#").removeprefix("_")
        if each.tag in ("langsec", "langset") or each.tag.endswith("grp"):
            _tbx_data(each, concept, tag)
        elif each.tag in ("termsec", "tig", "ntig"):
            status = " ".join(map(_text, each.iter("termnote"))).lower()
            terms.append((any(word in status for word in _SHORTER), _text(each, "term")))
            _tbx_data(each, concept, tag)
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


_TBX_ROLES = {
    "definition": DEFINITION, "context": "example", "example": "example", "domain": "category",
    "subjectfield": "category", "crossreference": "related", "seealso": "related",
    "source": "sources", "externalcrossreference": "sources", "xref": "sources",
    "date": "updated", "note": "note",
}  # fmt: skip


# SKOS.


def _skos(path: PurePath, data: bytes) -> Iterator[Concept]:
    from rdflib import Graph  # noqa: PLC0415  (slow to import)
    from rdflib.namespace import DCTERMS, RDF, SKOS  # noqa: PLC0415

    syntax = lists.kind(path, "terminology")
    if len(data) > _MOST_RDF:
        most = _MOST_RDF // 1024**2
        raise UnreadableError(f"is larger than {most} MB of RDF: part it into several files.")
    if syntax == "json-ld" and re.search(rb'"@(?:context|import)"\s*:\s*\[?\s*"', data):
        raise UnreadableError("has its context elsewhere: put it into the file.")
    try:
        graph: Any = Graph().parse(data=data, format=syntax)
    except Exception as error:  # each of rdflib's parsers raises its own
        why = " ".join(str(error).split())[:100] or type(error).__name__
        line = getattr(error, "lines", 0) or 1
        raise UnreadableError(f"is not valid RDF: {why}.", line) from error
    text = data.decode("utf-8", "replace")
    groups = {*graph.subjects(RDF.type, SKOS.ConceptScheme), *graph.subjects(SKOS.member)}
    nodes = (*graph.subjects(RDF.type, SKOS.Concept), *graph.subjects(SKOS.prefLabel))
    names = {node: re.split("[/#:]", str(node))[-1] for node in nodes if node not in groups}
    for node, name in names.items():
        concept = Concept(name, text.count("\n", 0, max(0, text.find(name))) + 1)
        _skos_texts(graph, node, concept)
        for group in graph.subjects(SKOS.member, node):
            for label in graph.objects(group, SKOS.prefLabel):
                concept.add(_column("category", label), [str(label)])
        fields = ("title", "creator", "date", "identifier")
        for value in graph.objects(node, DCTERMS.source):
            parts = [str(graph.value(value, DCTERMS[field]) or "") for field in fields]
            said = dict(zip(("title", "authors", "year", "url"), parts, strict=True))
            tag = str(graph.value(value, DCTERMS.language) or "")
            concept.add(Column("sources", tag), said if said["title"] else str(value))
        for predicate in (SKOS.related, SKOS.broader, SKOS.narrower):
            told = [names[o] for o in graph.objects(node, predicate) if o in names]
            concept.add(Column("related"), told)
        yield concept


def _skos_texts(graph: Any, node: Any, concept: Concept) -> None:  # noqa: ANN401
    from rdflib.namespace import DCTERMS, RDF, RDFS, SKOS  # noqa: PLC0415

    for role, predicates in (
        (TERM, (SKOS.prefLabel, RDFS.label)),
        ("aliases", (SKOS.altLabel,)),
        (DEFINITION, (SKOS.definition, DCTERMS.description, SKOS.scopeNote, RDFS.comment)),
        ("example", (SKOS.example,)),
        ("updated", (DCTERMS.modified,)),
    ):
        known: set[str] = set()  # in a language, the first that says anything is taken
        for predicate in predicates:
            values = [graph.value(v, RDF.value) or v for v in graph.objects(node, predicate)]
            told = [(_column(role, value), str(value)) for value in values]
            for held, said in told:
                if held.language not in known:
                    concept.add(held, [said])
            known |= {held.language for held, _ in told}
    for value in (*graph.objects(node, SKOS.note), *graph.objects(node, SKOS.scopeNote)):
        said = graph.value(value, RDF.value) or value  # as this project writes a section, or text
        held = _column("note", said)
        if str(said) not in concept.version(held.language)[DEFINITION]:
            concept.add(held, str(said), str(graph.value(value, RDFS.label) or "Scope"))


def _column(role: str, value: Any) -> Column:  # noqa: ANN401
    return Column(role, getattr(value, "language", "") or "")


# schema.org.


def _schema_org(path: PurePath, data: bytes) -> Iterator[Concept]:
    text, _ = decode(data, str(path))
    try:
        stack: list[tuple[Any, str]] = [(json.loads(text or ""), "")]
    except (ValueError, RecursionError) as error:
        raise UnreadableError("is not valid JSON here.", getattr(error, "lineno", 1)) from error
    while stack:
        node, language = stack.pop()
        if isinstance(node, list):
            stack += [(each, language) for each in reversed(node)]
        elif isinstance(node, dict):
            language = next((said for _, said in _tagged(node.get("inLanguage"))), language)
            if "DefinedTerm" in _listed(node.get("@type")):
                yield _defined_term(node, language)
            else:
                stack += [(each, language) for each in reversed(node.values())]


def _defined_term(node: Mapping[str, Any], language: str) -> Concept:
    address = str(node.get("@id") or node.get("url") or "").rstrip("/")
    name = node.get("termCode") or re.split("[/#]", address)[-1].removesuffix(".html")
    concept = Concept(str(name))
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
