"""Terms as data of schema.org (DefinedTerm) in a page's attributes: microdata and RDFa."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from knowledge.formats.pages.furniture import tag_of
from knowledge.formats.pages.hypertext import Plain, link, plain, plain_of

TERM = re.compile(r"(?:^|[\s:/#])DefinedTerm(?=\s|$)")
"""A type that is a term's, however its vocabulary is named."""


@dataclass
class Defined:
    """A term as data has it."""

    term: str
    text: Plain
    id: str = ""
    language: str = ""
    category: str = ""
    aliases: list[str] = field(default_factory=list)
    line: int = 1
    marked: bool = False
    """Whether the page's own text is marked as its definition, and nothing beside that is."""
    sources: list[dict[str, Any]] = field(default_factory=list)


def tag(value: Any) -> str:  # noqa: ANN401
    """The language tag that a value is, or names; else nothing."""
    if isinstance(value, dict):
        value = value.get("alternateName") or value.get("@id") or value.get("name")
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    told = isinstance(value, str) and re.fullmatch(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*", value)
    return str(value) if told else ""


def within(root: Any) -> Iterator[Defined]:  # noqa: ANN401
    """Terms of microdata and RDFa, by the attributes of a page's elements."""
    for node in root.iter():
        if not tag_of(node):
            continue
        kind = node.get("itemtype") or node.get("typeof")
        if kind is None or not TERM.search(kind):
            continue
        told: dict[str, list[Any]] = {}
        for each in _properties(node):
            for name in (each.get("itemprop") or each.get("property") or "").split():
                told.setdefault(name.rpartition(":")[2].rpartition("/")[2], []).append(each)
        names = [_value(each) for each in told.get("name", ())]
        if not names or not names[0]:
            continue
        text = Plain()
        for each in told.get("description", ()) or told.get("text", ()):
            found = plain(each.get("content")) if each.get("content") else plain_of(each)
            text.paragraphs += found.paragraphs
            text.links += found.links
        codes = [_value(each) for each in told.get("termCode", ())]
        address = node.get("itemid") or node.get("resource") or node.get("about") or ""
        anchor = codes[0] if codes and codes[0] else (node.get("id") or link(address))
        language = next((_value(each) for each in told.get("inLanguage", ())), "") or node.get(
            "lang"
        )
        yield Defined(
            names[0], text, anchor.removeprefix("term-"), tag(language),
            aliases=[_value(each) for each in told.get("alternateName", ())],
            line=node.sourceline or 1, marked=True,
        )  # fmt: skip


def _properties(node: Any) -> Iterator[Any]:  # noqa: ANN401
    """The elements that say something of an item, but not those of items within it."""
    stack = [iter(node)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
            continue
        if not tag_of(child):
            continue
        if child.get("itemprop") or child.get("property"):
            yield child
        if child.get("itemscope") is None and child.get("typeof") is None:
            stack.append(iter(child))


def _value(node: Any) -> str:  # noqa: ANN401
    said = node.get("content")
    return " ".join((said if said is not None else plain_of(node).text).split())
