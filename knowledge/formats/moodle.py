"""Moodle's glossary: what “Export entries” gives, and the ``glossary.xml`` of a backup."""

import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from knowledge.entry import EXAMPLE, Entry
from knowledge.fault import Fault
from knowledge.formats.concept import Concept, entries, source_of
from knowledge.formats.prose import plain, prose
from knowledge.formats.xmltree import first, name, parsed, text
from knowledge.language.text import base

SOURCES = {"en": "Sources", "ar": "المصادر"}
"""The heading above sources in what this project exports, by language."""

_LANGUAGE = re.compile(r"\s*<div\b[^<>]*\blang=[\"']([\w-]{2,12})[\"']")
_MULTILANG = re.compile(r"\{mlang ([\w-]+)\}(.*?)\{mlang\}", re.DOTALL)


def handles(path: PurePath, data: bytes) -> bool:
    """Whether a file is a glossary of Moodle's."""
    return path.suffix.lower() == ".xml" and b"<glossary" in data[:4096].lower()


def read(path: PurePath, data: bytes) -> Iterator[Entry | Fault]:
    """An entry for each of the glossary's, or one in each language that it marks (``{mlang}``)."""
    root = parsed(path, data)
    if isinstance(root, Fault):
        yield root
        return
    found = [_concept(node) for node in root.iter() if name(node) == "entry"]
    yield from entries([each for each in found if each.versions], str(path))


def _concept(node: Any) -> Concept:  # noqa: ANN401
    found = Concept(line=node.sourceline or 1, exact=True)
    term, definition = text(first(node, "concept")), text(first(node, "definition"))
    aliases = [plain(text(n)) for each in node.iter() if name(each) == "alias"
               for n in each if name(n) in ("name", "alias_text")]  # fmt: skip
    category = text(first(first(node, "category"), "name")) if _has(node, "category") else ""
    terms, texts = dict(_MULTILANG.findall(term)), dict(_MULTILANG.findall(definition))
    marked = _LANGUAGE.match(definition)
    for language in texts or {marked[1] if marked else ""}:
        version = found.version(language)
        version.terms = [plain(terms.get(language, term))]
        version.aliases, version.category = aliases, plain(category)
        told = prose(texts.get(language, definition))
        for section in told.sections:
            lines = section.text.split("\n\n")
            if section.heading and section.name == "related":
                found.related += lines
            elif section.heading and section.heading == SOURCES.get(base(language), SOURCES["en"]):
                version.sources += map(source_of, lines)
            elif section.name == EXAMPLE:
                version.examples += lines
            elif not version.definition:
                version.definition = [section.text]
            else:
                version.sections.append(section)
    return found


def _has(node: Any, element: str) -> bool:  # noqa: ANN401
    return first(node, element) is not None
