"""RDF/XML: the statements of an XML tree. What is not as it should be is passed over, not refused.

rdflib reads RDF/XML too, but ends at the first mistake, and takes several times as long.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from knowledge.formats.pages import hypertext
from knowledge.formats.terminologies import elements

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_XHTML = "{http://www.w3.org/1999/xhtml}"
_ABOUT, _ID, _NODE, _RESOURCE, _PARSE, _DATATYPE, _TYPE, _LI = (
    f"{{{_RDF}}}{name}"
    for name in ("about", "ID", "nodeID", "resource", "parseType", "datatype", "type", "li")
)
_OWN = frozenset({_ABOUT, _ID, _NODE, _RESOURCE, _PARSE, _DATATYPE})
_FIRST, _REST, _NIL = f"{{{_RDF}}}first", f"{{{_RDF}}}rest", f"{{{_RDF}}}nil"
_TAG = re.compile(r"[A-Za-z]+(?:-[A-Za-z0-9]+)*")
_WHOLE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")

Triple = tuple[Any, Any, Any]


def triples(root: Any, base: str) -> Iterator[Triple]:  # noqa: ANN401  (an lxml element)
    """The statements under the outermost element, in the document's order.

    Markup within a literal, marked as such or not, becomes plain text.
    """
    document = _Document(urljoin(base, root.get(f"{_XML}base") or ""))
    language = root.get(f"{_XML}lang") or ""
    nodes = root.iterchildren("*") if root.tag == f"{{{_RDF}}}RDF" else [root]
    for node in nodes:
        document.await_(node, document.subject(node), language)
        while document.waiting:
            yield from document.described(*document.waiting.pop())


@dataclass
class _Document:
    """What the addresses of a document are relative to, and the elements still to be read."""

    base: str

    def __post_init__(self) -> None:
        from rdflib import BNode, Literal, URIRef  # noqa: PLC0415  (slow to import)

        self._blank, self._literal, self._address = BNode, Literal, URIRef
        self._terms: dict[str, Any] = {}
        self._named: dict[str, Any] = {}
        self.waiting: list[tuple[Any, Any, str, bool]] = []

    def await_(self, element: Any, node: Any, language: str, *, plain: bool = False) -> None:  # noqa: ANN401  (here and below: of lxml and rdflib)
        """Keeps an element to be read later, with the node that it describes.

        A plain one is no node of its own, and only holds statements on one.
        """
        self.waiting.append((element, node, element.get(f"{_XML}lang", language), plain))

    def subject(self, element: Any) -> Any:  # noqa: ANN401
        """The node that an element describes."""
        if (about := element.get(_ABOUT)) is not None:
            return self._resolved(about)
        if (name := element.get(_ID)) is not None:
            return self._resolved(f"#{name}")
        name = element.get(_NODE)
        return self._blank() if name is None else self._named.setdefault(name, self._blank())

    def described(self, element: Any, node: Any, language: str, plain: bool) -> Iterator[Triple]:  # noqa: ANN401, FBT001
        """The statements of an element; those that stand deeper wait their turn."""
        if not plain:
            if element.tag != f"{{{_RDF}}}Description":
                yield node, self._term(_TYPE), self._term(element.tag)
            yield from self._attributes(element, node, language)
        before = len(self.waiting)
        count = 0
        for part in element.iterchildren("*"):  # no entities, which another file explains
            count += part.tag == _LI
            tag = f"{{{_RDF}}}_{count}" if part.tag == _LI else part.tag
            language_of = part.get(f"{_XML}lang", language)
            yield from self._stated(part, node, self._term(tag), language_of)
        self.waiting[before:] = reversed(self.waiting[before:])

    def _stated(self, part: Any, node: Any, predicate: Any, language: str) -> Iterator[Triple]:  # noqa: ANN401
        """What an element says of a node."""
        how, elements = part.get(_PARSE), list(part.iterchildren("*"))
        if part.get(_RESOURCE) is not None:
            value = self._resolved(part.get(_RESOURCE))
            yield from self._attributes(part, value, language)
        elif how == "Resource":
            value = self._blank()
            self.await_(part, value, language, plain=True)
        elif how == "Collection":
            value, statements = self._list(elements, language)
            yield from statements
        elif how or any(map(_is_markup, elements)):
            value = self._said(_plain(part), language)
        elif elements:
            value = self.subject(elements[0])
            self.await_(elements[0], value, language)
        elif part.get(_NODE) is not None:
            value = self.subject(part)
        else:
            value = self._text(part, language)
        yield node, predicate, value

    def _list(self, elements: list[Any], language: str) -> tuple[Any, list[Triple]]:
        places = [*(self._blank() for _ in elements), self._term(_NIL)]
        found: list[Triple] = []
        for place, element, rest in zip(places, elements, places[1:], strict=False):
            value = self.subject(element)
            self.await_(element, value, language)
            found += [
                (place, self._term(_FIRST), value),
                (place, self._term(_REST), rest),
            ]
        return places[0], found

    def _attributes(self, element: Any, node: Any, language: str) -> Iterator[Triple]:  # noqa: ANN401
        for name, value in element.attrib.items():
            if name == _TYPE:
                yield node, self._term(name), self._resolved(value)
            elif name[0] == "{" and name not in _OWN and not name.startswith(_XML):
                yield node, self._term(name), self._said(value, language)

    def _text(self, part: Any, language: str) -> Any:  # noqa: ANN401
        text = elements.text_of(part)
        if kind := part.get(_DATATYPE):
            return self._literal(text, datatype=self._resolved(kind), normalize=False)
        return self._said(text, language)

    def _said(self, text: str, language: str) -> Any:  # noqa: ANN401
        tag = language.strip().replace("_", "-")
        return self._literal(text, lang=tag if _TAG.fullmatch(tag) else None)

    def _term(self, tag: str) -> Any:  # noqa: ANN401
        """The address that the name of an element or an attribute stands for."""
        if tag not in self._terms:
            self._terms[tag] = self._address(tag.removeprefix("{").replace("}", "", 1))
        return self._terms[tag]

    def _resolved(self, address: str) -> Any:  # noqa: ANN401
        whole = _WHOLE.match(address)
        return self._address(address if whole else urljoin(self.base, address))


def _is_markup(element: Any) -> bool:  # noqa: ANN401
    """Whether an element is of HTML, and so a part of a text."""
    return bool(element.tag[0] != "{" or element.tag.startswith(_XHTML))


def _plain(part: Any) -> str:  # noqa: ANN401
    """The text of an element, with paragraphs as its markup lays them out."""
    for each in part.iterdescendants("*"):
        elements.rename(each, elements.name_of(each))
    return hypertext.plain_of(part).text
