"""TBX (ISO 30042), versions 2 and 3, with data named by attributes or by elements."""

import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from knowledge.entry import Entry, Section
from knowledge.fault import Fault
from knowledge.formats.concept import Concept, Version, entries, source_of
from knowledge.formats.draft import section_name
from knowledge.formats.xmltree import first, name, parsed, text

_ROOT = re.compile(rb"<(?:\w+:)?(?:tbx|martif)\b", re.IGNORECASE)
_CONCEPTS, _LANGUAGES = ("conceptentry", "termentry"), ("langsec", "langset")
_TERMS = ("termsec", "tig", "ntig", "termgrp")
_SHORTER = ("abbreviation", "acronym", "shortform", "symbol", "deprecated", "superseded")
_TAG = "{http://www.w3.org/XML/1998/namespace}lang"
_HEADING = 60  # characters at most
_NOTE = {"en": "Note", "ar": "ملاحظة"}


def handles(path: PurePath, data: bytes) -> bool:
    """Whether a file is TBX."""
    return path.suffix.lower() in (".tbx", ".xml") and bool(_ROOT.search(data[:4096]))


def read(path: PurePath, data: bytes) -> Iterator[Entry | Fault]:
    """An entry for each language in which a concept is defined."""
    root = parsed(path, data)
    if isinstance(root, Fault):
        yield root
        return
    found = [_concept(node) for node in root.iter() if name(node) in _CONCEPTS]
    yield from entries(found, str(path))


def _concept(node: Any) -> Concept:  # noqa: ANN401
    written = str(node.get("id") or "")
    bare = written.removeprefix("_")
    found = Concept(bare, node.sourceline or 1, trusted=bare != written)
    terms: dict[str, list[tuple[bool, str]]] = {}
    _data(node, found, "", terms)
    for language, ranked in terms.items():
        found.version(language).terms += [term for _, term in sorted(ranked, key=lambda t: t[0])]
    return found


def _data(
    node: Any,  # noqa: ANN401
    found: Concept,
    language: str,
    terms: dict[str, list[tuple[bool, str]]],
) -> None:
    """What an element says of its concept, and what those within it do."""
    for each in node:
        kind = str(each.get("type") or name(each)).lower()
        said = text(each)
        if name(each) in _LANGUAGES:
            _data(each, found, str(each.get(_TAG) or ""), terms)
        elif name(each) in _TERMS:
            status = " ".join(text(n).lower() for n in each.iter() if name(n) == "termnote")
            status += " ".join(text(n).lower() for n in each if name(n).endswith("status"))
            if (term := text(first(each, "term"))) and "deprecated" not in status:
                shorter = any(word in status.replace(" ", "") for word in (*_SHORTER, "admitted"))
                terms.setdefault(language, []).append((shorter, term))
            _data(each, found, language, terms)
        elif len(each) and name(each).endswith("grp"):
            _data(each, found, language, terms)
        elif said or each.get("target"):
            _datum(each, kind, said, found, found.version(str(each.get(_TAG) or language)))


def _datum(node: Any, kind: str, said: str, found: Concept, version: Version) -> None:  # noqa: ANN401
    target = str(node.get("target") or "").removeprefix("#")
    if kind == "definition":
        version.definition.append(said)
    elif kind in ("context", "example"):
        version.examples.append(said)
    elif kind in ("subjectfield", "domain"):
        version.category = version.category or said
    elif kind in ("crossreference", "seealso"):
        found.related.append(target.removeprefix("_") or said)
    elif kind in ("source", "externalcrossreference", "xref"):
        version.sources.append({**source_of(said or target), **({"url": target} if target else {})})
    elif kind == "date":
        version.updated = max(version.updated, said)
    elif kind == "note":
        head, _, rest = said.partition("\n\n")
        headed = rest and len(head) <= _HEADING and not head.endswith((".", "؟", "?"))
        heading = head if headed else _NOTE["ar" if "\u0600" <= said[:1] <= "\u06ff" else "en"]
        text_below = rest if headed else said
        version.sections.append(Section(section_name(heading), heading, text_below))
