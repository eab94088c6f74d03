"""TBX, the exchange of terminologies (ISO 30042), and the XML of MultiTerm, which is much like it.

TBX in versions 2 and 3, in both styles, and TBX-Min.
"""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from knowledge.entry import Entry, Section
from knowledge.fault import Fault
from knowledge.formats.draft import section_name
from knowledge.formats.tables.columns import column
from knowledge.formats.terminologies import concept as concepts
from knowledge.formats.terminologies import elements, markup
from knowledge.formats.terminologies.concept import Concept
from knowledge.formats.terminologies.elements import name_of, text_of
from knowledge.language.text import detect

_CONCEPTS = {"termEntry", "conceptEntry", "entry", "conceptGrp"}
_LANGUAGES = {"langSet", "langSec", "langGroup", "languageGrp"}
_TERMS = {"tig", "ntig", "termSec", "termGroup", "termGrp"}
# Elements that say by an attribute what they hold; in the other style their name says it.
_TYPED = {
    "descrip", "termNote", "admin", "adminNote", "descripNote", "transac", "transacNote", "ref",
    "xref",
}  # fmt: skip
_MARKED = {"hi", "ref", "xref"}  # terms within a text, with the concept that they are of
# In MultiTerm each termbase has its own names for them, in its own language.
_DEFINITIONS = {
    "definition", "gloss", "explanation", "definicion", "definicao", "definizione", "definitie",
    "definicja", "definice", "meaning",
}  # fmt: skip
_EXAMPLES = {
    "context", "example", "samplesentence", "contextsentence", "contexte", "kontext", "contexto",
    "contesto", "exemple", "beispiel", "ejemplo", "exemplo", "esempio",
}  # fmt: skip
_NOTES = {
    "note", "remark", "usagenote", "comment", "anmerkung", "hinweis", "nota", "remarque", "notes",
}  # fmt: skip
_RELATED = re.compile(r"crossreference|seealso|related|broader|narrower|superordinate|subordinate")
_SOURCES = {
    "source", "definitionsource", "sourceofdefinition", "entrysource", "quelle", "fuente", "fonte",
}  # fmt: skip
_FIELDS = {
    "subjectfield", "domain", "subject", "fachgebiet", "domaine", "dominio", "sachgebiet", "field",
}  # fmt: skip
_SAID = _DEFINITIONS | _EXAMPLES | _NOTES | _SOURCES | _FIELDS
_AS_COLUMNS = {"definition": "definition", "example": "example", "note": "note",
               "category": "domain"}  # fmt: skip
# The status or type of a term that should not stand for the others: the higher, the later.
_STATUS = re.compile(
    r"(?P<deprecated>deprecated|superseded|obsolete|forbidden|notrecommended)|(?P<admitted>admitted)"
    r"|(?P<preferred>preferred)"
)
_STATUSES = {"administrativestatus", "normativeauthorization", "termstatus", "status"}
_RANKS = {"preferred": 0, "full": 1, "admitted": 2, "minor": 3, "deprecated": 4}
_MINOR = {"abbreviation", "acronym", "initialism", "shortform", "variant", "synonym", "symbol"}
_NOTED_SOURCE = re.compile(r"[A-Z]{1,3}-Source:\s*(\S.*)", re.DOTALL)  # of a much used program
_LINKED = re.compile(r"\shref=[\"'](https?://[^\"'\s]+)")
_SENTENCE_END = re.compile(r"[.!?؟。:;,]\s*$")
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_LONGEST_HEADING = 80


def recognises(text: str) -> bool:
    """Whether a text is XML whose outermost element is TBX's."""
    return elements.root_name(text) in ("martif", "tbx", "TBX", "mtf")


def read(text: str, path: PurePath) -> Iterator[Entry | Fault]:
    """The entries of a terminology: one for each language that defines a concept.

    A definition that stands with the concept goes to the language that it is marked with, else to
    the one that it is written in. Of several terms the preferred one is the term, else the first.
    """
    origin = str(path)
    root, faults = elements.document(text, origin)
    yield from faults
    if root is None:
        return
    default = _language(root)
    found = [_concept(node, default) for node in _all(root, _CONCEPTS)]
    if not found:
        yield Fault(
            origin, 1, "is TBX with no concept in it: there must be a termEntry.", "warning"
        )
    yield from concepts.entries(found, origin, default)


def _all(node: Any, names: set[str]) -> list[Any]:  # noqa: ANN401  (here and below: of lxml)
    """The elements of some names that stand within no other of these."""
    return elements.outermost(node, lambda each: name_of(each) in names)


def _language(node: Any) -> str:  # noqa: ANN401
    named = node.find("language")  # of MultiTerm
    node = node if named is None else named
    return str(node.get(_XML_LANG) or node.get("lang") or "").strip()


def _concept(node: Any, default: str) -> Concept:  # noqa: ANN401
    number = node.find("concept")  # of MultiTerm
    name = (node.get("id") or (text_of(number) if number is not None else "")).strip()
    # An id of our own that a reader would not take for a name begins with a low line.
    found = Concept(name.removeprefix("_"), node.sourceline or 1, trusted=name.startswith("_"))
    _facts(node, "", found)
    for part in _all(node, _LANGUAGES):
        language = _language(part) or detect(text_of(part), [default or "en", "ar"]) or ""
        _facts(part, language, found)
        groups = _all(part, _TERMS)
        for group in groups:
            notes = found.tongue(language).sections
            before = len(notes)
            _facts(group, language, found)
            if _rank(group) == _RANKS["deprecated"]:  # a note on a forbidden term is of it alone
                del notes[before:]
        ranked = [
            (rank, markup.line(text_of(term)))
            for group in groups or [part]
            for rank in [_rank(group)]
            for term in _all(group, {"term"})
        ]
        ranked.sort(key=lambda item: item[0])
        found.tongue(language).terms += [term for _, term in ranked if term]
    if not any(tongue.definition for tongue in found.tongues.values()):
        for tongue in found.tongues.values():  # TBX-Min has notes only
            tongue.definition = [note.text for note in tongue.sections]
            tongue.sections = []
    return found


def _rank(group: Any) -> int:  # noqa: ANN401
    """Where a term stands among those of its language; the least is the term, others aliases."""
    rank = _RANKS["admitted"]
    for node in group.iter():
        kind = _kind(node)
        if kind in _STATUSES and (status := _STATUS.search(text_of(node)[:100].lower())):
            return _RANKS[status.lastgroup or ""]
        if kind in ("termtype", "entrytype"):
            said = re.sub(r"[^a-z]", "", text_of(node)[:100].lower())
            rank = _RANKS["minor" if said in _MINOR else "full"]
    return rank


def _kind(node: Any) -> str:  # noqa: ANN401
    """What an element holds, in small letters: by its type, or in the other style by its name."""
    name = name_of(node)
    kind = (node.get("type") or "") if name in _TYPED else name
    plain = unicodedata.normalize("NFKD", kind.rpartition(":")[2].lower())
    plain = re.sub(r"[^a-z]", "", plain)
    if name != "descrip" or plain in _SAID or not (known := column(kind)):
        return plain
    return _AS_COLUMNS.get(known.role, plain)  # “Definition (EN)”, “定義”


def _facts(level: Any, language: str, found: Concept) -> None:  # noqa: ANN401
    """What stands at one level: with the concept, with a language, or with a term."""
    stack = list(reversed(level))
    while stack:
        node = stack.pop()
        name = name_of(node)
        if name in _LANGUAGES or (name in _TERMS and name_of(level) not in _TERMS):
            continue
        if name.endswith("Grp"):
            stack += reversed(node)
        elif name:
            _fact(node, _language(node) or language, found)


def _fact(node: Any, language: str, found: Concept) -> None:  # noqa: ANN401
    kind, name, text = _kind(node), name_of(node), text_of(node).strip()
    if name in ("ref", "xref") or _RELATED.search(kind):
        _reference(node, kind, text, found, language)
        return
    if not text:
        return
    found.links += filter(None, map(_target, _all(node, _MARKED)))
    tongue = found.tongue(language)
    if kind in _DEFINITIONS or (name == "descrip" and not kind):
        tongue.definition += markup.paragraphs(text)
    elif kind in _EXAMPLES:
        tongue.examples += markup.paragraphs(text)
    elif kind in _FIELDS:
        tongue.category = tongue.category or markup.line(text)
    elif kind in _SOURCES and markup.line(text):
        tongue.sources.append(_source(text))
    elif kind == "note" and (noted := _NOTED_SOURCE.fullmatch(text)):
        tongue.sources.append(_source(noted[1]))
    elif kind in _NOTES and name != "termNote":
        tongue.sections.append(_note(markup.paragraphs(text), language))
    elif kind == "date":
        tongue.updated = max(tongue.updated, text)


def _source(text: str) -> dict[str, str]:
    title, linked = markup.line(text), _LINKED.search(text)
    address = title if "://" in title and " " not in title else ""
    return {"title": title, "url": linked[1] if linked else address}


def _reference(node: Any, kind: str, text: str, found: Concept, language: str) -> None:  # noqa: ANN401
    """A concept that is referred to; or an address, which is a source."""
    target = _target(node)
    if "external" not in kind and name_of(node) != "xref" and "://" not in target:
        found.links += [target or text]
        return
    address = target if "://" in target else ""
    title = markup.line(text) or address
    if title and "graphic" not in kind:
        found.tongue(language).sources.append({"title": title, "url": address})


def _target(node: Any) -> str:  # noqa: ANN401
    if node.get("Tlink") or node.get("Clink"):  # of MultiTerm, which links the words themselves
        return text_of(node).strip()
    return str(node.get("target") or "").strip().removeprefix("#").removeprefix("_")


def _note(paragraphs: list[str], language: str) -> Section:
    """A note; a short line above its paragraphs is its heading."""
    first, *others = paragraphs or [""]
    if others and len(first) <= _LONGEST_HEADING and not _SENTENCE_END.search(first):
        return Section(section_name(first), first, "\n\n".join(others))
    return Section("note", concepts.heading("note", language), "\n\n".join(paragraphs))
