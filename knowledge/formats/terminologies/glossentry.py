"""Glossaries in XML: DocBook's and DITA's, and others whose elements are named as columns are."""

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from knowledge.entry import Entry, Section
from knowledge.fault import Fault
from knowledge.formats.draft import make_entry, opening
from knowledge.formats.pages import hypertext
from knowledge.formats.tables import records, shapes
from knowledge.formats.tables.columns import DEFINITION, TERM, column
from knowledge.formats.terminologies import concept, elements, markup
from knowledge.formats.terminologies.elements import name_of, text_of

_ENTRY = re.compile(r"<(?:\w+:)?glossentry[\s>]", re.IGNORECASE)
_GLOSSARY = re.compile(
    r"gloss|glosa|glosar|term|diction|lexic|vocab|acron|defin|thesaur", re.IGNORECASE
)
_NAME = re.compile(r"<([^\s<>/!?]{1,60})|\s([\w:.-]{1,60})=[\"']")  # of elements and attributes
_TOP = 50_000  # characters in which names are looked for
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_IDS = ("id", "{http://www.w3.org/XML/1998/namespace}id")
_NAMES = {
    "acronym", "abbrev", "glossacronym", "glossabbreviation", "glosssynonym", "glossshortform",
    "glosssurfaceform",
}  # fmt: skip
_NOTES = {"glossusage", "glossscopenote"}
_REFERRING = {"glossseealso", "glossterm"}
_APART = {"glossseealso", "indexterm", "remark", "xref", "footnote", "mediaobject", "comment"}
# What elements of DocBook are laid out as, by the name that HTML has for it.
_LAID_OUT = {
    "para": "p", "simpara": "p", "formalpara": "div", "title": "p", "itemizedlist": "ul",
    "orderedlist": "ol", "simplelist": "ul", "listitem": "li", "member": "li", "screen": "pre",
    "programlisting": "pre", "literallayout": "pre", "variablelist": "dl", "row": "tr",
    "entry": "td", "note": "div", "example": "div", "informalexample": "div", "sl": "ul",
    "sli": "li", "codeblock": "pre",
}  # fmt: skip
_SPACED = "\n\n"
_TITLED = re.compile(r"<(?:dl>\s*<li|gi)[\s>][^<>]*>?\s*<title[\s>]")
"""How a list of definitions begins, or an item of a glossary, whose terms are titles (PreTeXt)."""
_LONGEST_LETTER = 3  # above the entries of one, as “A”, “A–C”


def recognises(text: str) -> bool:
    """Whether a text is XML with entries of a glossary in it."""
    root = elements.root_name(text)
    if not root or root.lower() == "html":
        return False
    if _ENTRY.search(text) or _TITLED.search(text):
        return True
    names = {(tag or key).rpartition(":")[2] for tag, key in _NAME.findall(text[:_TOP])}
    roles = {known.role for name in names if (known := column(name))}
    return _GLOSSARY.search(root) is not None and {TERM, DEFINITION} <= roles


def read(text: str, path: PurePath) -> Iterator[Entry | Fault]:
    """The entries of a glossary; one that only refers to another is another name of that."""
    origin = str(path)
    root, faults = elements.document(text, origin)
    yield from faults
    if root is None:
        return
    entries = elements.outermost(root, lambda node: name_of(node).lower() == "glossentry")
    if entries:
        yield from _entries(entries, origin)
        return
    nodes = elements.outermost(root, _is_row)
    rows = [(_row(node), node.sourceline or 1) for node in nodes]
    if not rows:
        yield Fault(origin, 1, "holds no element with a term and a definition.", "warning")
    lines = {id(row): line for row, line in rows}
    found = shapes.records([row for row, _ in rows], origin, lambda row, _: lines.get(id(row), 1))
    yield from records.read(found, origin, _language(root))


def _language(node: Any) -> str:  # noqa: ANN401  (here and below: lxml elements)
    """The language that an element is in, as it or one around it says."""
    while node is not None:
        if said := node.get(_LANG) or node.get("lang"):
            return concept.Concept.tag(str(said))
        node = node.getparent()
    return ""


def _id(node: Any) -> str:  # noqa: ANN401
    term = _first(node, "glossterm")
    places = [node, *([term] if term is not None else [])]
    return next((str(n.get(name)) for n in places for name in _IDS if n.get(name)), "")


def _first(node: Any, name: str) -> Any:  # noqa: ANN401
    return next((each for each in node.iter() if name_of(each).lower() == name), None)


def _line(node: Any) -> str:  # noqa: ANN401
    return markup.line(" ".join(text_of(node).split()))


def _entries(nodes: list[Any], origin: str) -> Iterator[Entry | Fault]:
    glossary = _Glossary(origin)
    for node in nodes:
        glossary.learn(node)
    for node in nodes:
        glossary.refer(node)
    for node in nodes:
        if node not in glossary.referring:
            yield glossary.entry(node)


@dataclass
class _Glossary:
    """The entries of DocBook or DITA: their ids, and which only refer to others."""

    origin: str
    ids: dict[str, str] = field(default_factory=dict)
    """The id of an entry by what the file knows it by, and by its term."""
    others: dict[str, list[str]] = field(default_factory=dict)
    """The terms that only refer to an entry, by its id."""
    referring: set[Any] = field(default_factory=set)

    def learn(self, node: Any) -> None:  # noqa: ANN401
        name, own = _term(node), _id(node)
        entry_id = name if not own or concept.says_nothing(own) else own
        self.ids |= {known: entry_id for known in (own, name) if known}

    def refer(self, node: Any) -> None:  # noqa: ANN401
        see = _first(node, "glosssee")
        if see is not None and _first(node, "glossdef") is None and (target := self._meant(see)):
            self.others.setdefault(target, []).append(_term(node))
            self.referring.add(node)

    def _meant(self, reference: Any) -> str:  # noqa: ANN401
        names = (reference.get("otherterm"), reference.get("linkend"), reference.get("keyref"))
        known = (self.ids.get(str(name)) for name in names if name)
        return next(filter(None, known), "") or self.ids.get(_line(reference), "")

    def entry(self, node: Any) -> Entry | Fault:  # noqa: ANN401
        """What an entry says."""
        name, language = _term(node), _language(node)
        links: list[str] = []
        aliases: list[str] = []
        said: list[str] = []
        notes: list[str] = []
        stack = list(reversed(node))
        while stack:
            part = stack.pop()
            kind = name_of(part).lower()
            if kind == "glossdef":
                said += _paragraphs(part)
                named = elements.outermost(part, lambda each: name_of(each).lower() in _REFERRING)
                links += filter(None, map(self._meant, named))
            elif kind in _NOTES:
                notes += _paragraphs(part)
            elif kind in _NAMES:
                aliases.append(_line(part))
            elif kind == "glossseealso":
                links.append(self._meant(part))
            elif kind != "glossterm":
                stack += reversed(part)
        values = {
            "term": name,
            "id": self.ids.get(_id(node)) or name,
            "aliases": [*aliases, *self.others.get(self.ids.get(name, ""), [])],
            "language": language,
            "category": _category(node),
        }
        sections = [
            *opening(said),
            Section("note", concept.heading("note", language), _SPACED.join(notes)),
        ]
        line = node.sourceline or 1
        return make_entry(values, sections, self.origin, links=links, line=line)


def _term(node: Any) -> str:  # noqa: ANN401
    term = _first(node, "glossterm")
    return "" if term is None else _line(term)


def _category(node: Any) -> str:  # noqa: ANN401
    """The title of the division that an entry stands in, if it is more than a letter."""
    above = node.getparent()
    if above is None or name_of(above) != "glossdiv":
        return ""
    said = next((_line(each) for each in above[:3] if name_of(each) == "title"), "")
    return said if len(said) > _LONGEST_LETTER else ""


def _paragraphs(part: Any) -> list[str]:  # noqa: ANN401
    """The text of an element of DocBook or DITA, laid out as HTML would be."""
    copy = deepcopy(part)
    copy.tail = None
    for each in list(copy.iter()):
        name = name_of(each).lower()
        if not isinstance(each.tag, str):  # an entity that another file explains
            _drop(each, getattr(each, "name", ""))
        elif name in _APART and each is not copy:
            _drop(each)
        elif name == "quote":
            each.text, each.tag = f"“{each.text or ''}", "span"
            each.tail = f"”{each.tail or ''}"
        elif name:
            elements.rename(each, _LAID_OUT.get(name, "div" if each is copy else name))
    return [markup.bare(text) for text in hypertext.plain_of(copy).paragraphs]


def _drop(node: Any, instead: str = "") -> None:  # noqa: ANN401
    """Removes an element, puts words in its place, and keeps the text after it."""
    before, parent = node.getprevious(), node.getparent()
    text = instead + (node.tail or "")
    if before is not None:
        before.tail = (before.tail or "") + text
    else:
        parent.text = (parent.text or "") + text
    parent.remove(node)


def _is_row(node: Any) -> bool:  # noqa: ANN401
    """Whether an element has a term and a definition, in elements or attributes."""
    if _is_titled(node):
        return True
    names = {name_of(part) for part in node} | {n.rpartition("}")[2] for n in node.attrib}
    return {TERM, DEFINITION} <= {known.role for name in names if (known := column(name))}


def _is_titled(node: Any) -> bool:  # noqa: ANN401
    """Whether an element is an item whose title the rest of it explains."""
    above = node.getparent()
    listed = name_of(node) == "li" and above is not None and name_of(above) == "dl"
    return (listed or name_of(node) == "gi") and len(node) > 1 and name_of(node[0]) == "title"


def _row(node: Any) -> dict[str, Any]:  # noqa: ANN401
    """An element as an object."""
    if _is_titled(node):
        return {TERM: _line(node[0]), DEFINITION: _SPACED.join(map(_text, node[1:]))}
    attributes = {name.rpartition("}")[2]: value for name, value in node.attrib.items()}
    found = {name: [value] for name, value in attributes.items()}
    for part in node:
        language = part.get(_LANG) or part.get("lang") or ""
        found.setdefault(f"{name_of(part)} {language}".strip(), []).append(_text(part))
    return {
        name: held[0] if len(held) == 1 else _SPACED.join(held) if _is(name, DEFINITION) else held
        for name, held in found.items()
    }


def _is(name: str, role: str) -> bool:
    known = column(name)
    return known is not None and known.role == role


def _text(part: Any) -> str:  # noqa: ANN401
    """What an element holds: its text, or its paragraphs where there is markup in it."""
    if len(part):
        return _SPACED.join(_paragraphs(part))
    return (part.text or "").strip()
