"""Literals of RDF: their text and language, in a statement or in a node of their own."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from knowledge.formats.terminologies import markup
from knowledge.formats.terminologies.predicates import (
    LABELS,
    VALUES,
)
from knowledge.language.text import base

# An element around a whole text says its language: <p xml:lang="en">…</p>.
_MARKED = re.compile(r"\s*<[a-z]\w*\s(?:[^<>]*\s)?(?:xml:)?lang=[\"']([A-Za-z-]{2,20})[\"']")


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of a file's statements."""

    about: dict[Any, dict[str, list[Any]]]
    """Of each subject, the objects by predicate."""

    def of(self, about: dict[str, list[Any]], predicate: str) -> Iterator[tuple[str, str]]:
        """The texts of a statement with their languages, whether they stand there or in a node."""
        for value in about.get(predicate, ()):
            yield from self.within(value)

    def within(self, value: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401  (here and below: of rdflib)
        """The texts of a literal, or of the node that holds them."""
        if is_literal(value):
            yield _told(value)
            return
        about = self.about.get(value, {})
        texts = (about[name] for name in VALUES if name in about)
        for text in next(texts, []):
            if is_literal(text):
                yield _told(text)

    def label(self, node: Any, language: str) -> str:  # noqa: ANN401
        """The label of a node in a language, or one that says no language."""
        about = self.about.get(node, {})
        for predicate in filter(about.__contains__, LABELS):
            texts = dict(reversed(list(self.of(about, predicate))))
            for wanted in (language, base(language), language.lower(), ""):
                if wanted in texts:
                    return markup.line(texts[wanted])
        return ""


def _told(literal: Any) -> tuple[str, str]:  # noqa: ANN401
    """The language that a literal is in, empty if it does not say, and its text."""
    language, text = str(literal.language or ""), str(literal)
    if text[:1] == "{" and text[-1:] == "}":  # an object with an id of its own, of some programs
        try:
            held = json.loads(text)
        except (ValueError, RecursionError):
            held = None
        said = held.get("@value", held.get("value")) if isinstance(held, dict) else None
        if isinstance(said, str):
            text = said
    if not language and (marked := _MARKED.match(text)):
        language = marked[1]
    return language, text


def is_literal(node: Any) -> bool:  # noqa: ANN401
    """Whether a node is a text, a number or a date."""
    return hasattr(node, "language")


def is_blank(node: Any) -> bool:  # noqa: ANN401
    """Whether a node has no address."""
    from rdflib import BNode  # noqa: PLC0415  (slow to import)

    return isinstance(node, BNode)


def last_part(node: Any) -> str:  # noqa: ANN401
    """The last part of an address; nothing for a node without one."""
    if is_blank(node):
        return ""
    address = str(node).rstrip("/#")
    return unquote(re.split(r"[/#]" if "/" in address else r"[:#]", address)[-1])
