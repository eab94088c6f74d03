"""Defined terms of schema.org as JSON-LD, in a file of its own or in a web page's script."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import Any

from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.formats.concept import Concept, entries
from knowledge.formats.decoding import decode

_SCRIPT = re.compile(
    r"<script\b[^<>]*application/ld\+json[^<>]*>(.*?)</script", re.DOTALL | re.IGNORECASE
)
_PAGES = (".html", ".htm", ".xhtml")
_MOST = 1_000_000  # values of a file


def handles(path: PurePath, data: bytes) -> bool:
    """Whether a file has a term of schema.org that is defined there."""
    return path.suffix.lower() in (".json", ".jsonld", *_PAGES) and bool(
        re.search(rb'"DefinedTerm"', data) and re.search(rb'"description"', data)
    )


def read(path: PurePath, data: bytes) -> Iterator[Entry | Fault]:
    """An entry for each language in which a defined term has a description."""
    origin = str(path)
    text, fault = decode(data, origin)
    if text is None:
        yield fault or Fault(origin, 1, "cannot be read.")
        return
    parts = _SCRIPT.findall(text) if path.suffix.lower() in _PAGES else [text]
    found: list[Concept] = []
    for part in parts:
        try:
            found += _terms(json.loads(part))
        except ValueError as error:
            line = text.count("\n", 0, text.find(part)) + getattr(error, "lineno", 1)
            yield Fault(origin, line, "is not valid JSON here.")
        except RecursionError:
            yield Fault(origin, 1, "nests too deeply.")
    for concept in found:
        place = text.find(json.dumps(concept.versions and _term(concept), ensure_ascii=False))
        concept.line = text.count("\n", 0, max(0, place)) + 1
    yield from entries(found, origin)


def _term(concept: Concept) -> str:
    return next((v.terms[0] for v in concept.versions.values() if v.terms), "")


def _terms(tree: Any) -> Iterator[Concept]:  # noqa: ANN401
    """The defined terms of a tree; a set's language and name are those of its terms."""
    stack: list[tuple[Any, str, str]] = [(tree, "", "")]
    seen = 0
    while stack and seen < _MOST:
        node, language, category = stack.pop()
        seen += 1
        if isinstance(node, list):
            stack += ((each, language, category) for each in reversed(node))
        elif isinstance(node, dict):
            language = next((tag for tag, _ in _texts(node.get("inLanguage"))), language) or (
                next((text for _, text in _texts(node.get("inLanguage"))), language)
            )
            kinds = node.get("@type", ())
            if "DefinedTerm" in ([kinds] if isinstance(kinds, str) else kinds):
                if node.get("description"):
                    yield _concept(node, language)
                continue
            stack += ((each, language, category) for each in reversed(node.values()))


def _texts(value: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401
    """Texts with their languages, from a text, ``{"@value", "@language"}`` or a list of either."""
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, dict):
            yield (
                str(each.get("@language") or ""),
                str(each.get("@value") or each.get("name") or ""),
            )
        elif isinstance(each, str):
            yield "", each


def _concept(node: Mapping[str, Any], language: str) -> Concept:
    address = str(node.get("@id") or node.get("url") or "")
    last = re.split("[/#]", address.rstrip("/"))[-1].removesuffix(".html")
    code = str(node.get("termCode") or "")
    found = Concept(code or last, trusted=bool(code))
    for tag, text in _texts(node.get("name")):
        found.version(tag or language).terms.append(text)
    for tag, text in _texts(node.get("alternateName")):
        found.version(tag or language).aliases.append(text)
    for tag, text in _texts(node.get("description")):
        found.version(tag or language).definition.append(text)
    works = node.get("subjectOf") or ()
    for work in works if isinstance(works, list) else [works]:
        if isinstance(work, dict) and work.get("name"):
            year = str(work.get("datePublished") or "")[:4]
            known = {"year": int(year)} if year.isascii() and year.isdigit() else {}
            author = work.get("author") or ""
            source = {"title": str(work["name"]), "url": str(work.get("url") or ""), **known}
            source["authors"] = author if isinstance(author, str) else str(author.get("name", ""))
            next(iter(found.versions.values())).sources.append(source)
    return found
