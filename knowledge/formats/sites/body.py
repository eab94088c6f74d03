"""Body: the sections of a page of a site, and what it links to."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from knowledge.entry import BODY, EXAMPLE, SUMMARY, Section
from knowledge.formats.draft import section_name
from knowledge.formats.sites import defining, fields
from knowledge.formats.sites.blocks import Block
from knowledge.formats.sites.labels import labelled
from knowledge.formats.sites.lead import after
from knowledge.formats.sites.phrase import Link
from knowledge.formats.sites.ways import address, leads_on, sends
from knowledge.formats.sites.wording import (
    NAMES_APART,
    asked_for,
    is_called,
    other_name,
    tells_of_terms,
)
from knowledge.language.words import fold

_COLON = re.compile(r".?\s*[:：]")
_FEW = 5  # words
_QUOTES = ' «»“”„"「」'
_BY = frozenset({"By", "Von", "Par", "Por", "Di", "Door", "Av", "Af", "Author", "Autor", "Автор"})
_AND = frozenset({"and", "&", "und", "et", "y", "e", "en", "och", "og", "и", "van", "von", "de"})
_NAME = 60  # characters: a longer one is a sentence


@dataclass(slots=True)
class Body:
    """What a page says of its term."""

    sections: list[Section] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    """The entries that it links to."""
    outward: list[Link] = field(default_factory=list)
    """The publications that it links to beside its text."""
    aliases: list[str] = field(default_factory=list)
    examples: list[str] = field(default_factory=list)
    category: str = ""
    labelled: bool = False
    """Whether it begins with labels and what is said under them: “**Kind:** a tide”."""


def body_of(blocks: Sequence[Block], term: str) -> Body:
    """The sections under the headings of a page.

    What stands above its title (a notice, the way back), and paragraphs that are but links, are no
    text of it; neither is what stands under “See also” and its like.
    """
    found = Body()
    parts: list[tuple[str, list[str], list[int]]] = [("", [], [])]
    apart = 0  # the level of the heading under which all is beside the entry
    title = _title(blocks, term)
    away = [sends(block, term) or leads_on(block) for block in blocks]
    alone = sum(bool(block.text) and block.kind != "heading" for block in blocks) == 1
    all_send = all(away[n] for n, b in enumerate(blocks) if b.kind not in ("heading", "rule"))
    for n, block in enumerate(blocks):
        if block.kind == "heading":
            apart = 0 if apart and block.level <= apart else apart
            if not apart and is_called(block.text, "apart"):
                apart = block.level
            elif not apart and (block.level > 1 or len(parts) > 1 or parts[0][1]):
                parts.append((block.text, [], []))
            continue
        found.links += _meant(block, apart=apart > 0)
        if apart or leads_on(block) or (away[n] and not all_send):
            found.outward += [link for link in block.links if link.outward and link.text]
            if not block.links and (bare := address(block)):
                said = block.text.partition(bare)[0].strip()
                found.outward.append(
                    Link(bare if said.endswith((":", "：")) else said or bare, bare)
                )
        elif block.text and block.kind != "rule" and n > title and not _is_kicker(block, found):
            if len(parts) == 1 and not parts[0][1]:
                is_label = _COLON.match(block.text, max(len(block.lead) - 1, 0))
                found.labelled = block.strong and is_label is not None
            if text := _labelled(block, found, term, alone=alone):
                parts[-1][1].append(text)
                parts[-1][2].append(block.line)
    found.sections = [_section(*part) for part in parts if not _names_only(part, found)]
    return found


def _is_kicker(block: Block, found: Body) -> bool:
    """Whether a paragraph above the text says but that it is of a term (“GLOSSARY · SEA”).

    Or whether it is a letter that slipped from a template, or says who wrote it.
    """
    words = block.text.split()
    first = not found.sections and not found.labelled and block.kind == "text"
    slipped = len(block.text) == 1 and block.text.isascii()
    return (
        slipped
        or (first and _is_byline(words))
        or (first and len(words) <= _FEW and block.text.isupper() and tells_of_terms(block.text))
    )


def _is_byline(words: Sequence[str]) -> bool:
    """Whether words are “By” and the names of a person or two."""
    first, *names = words
    named = [name for name in names if name not in _AND]
    return (
        first.rstrip(":") in _BY
        and 1 < len(named) <= _FEW
        and all(name[:1].isupper() for name in named)
        and not words[-1].endswith((".", ":", "!", "?"))
    )


def _section(heading: str, texts: list[str], lines: list[int]) -> Section:
    name = section_name(heading) if heading else ""
    return Section(name, heading, "\n\n".join(texts), tuple(lines))


def _names_only(part: tuple[str, list[str], list[int]], found: Body) -> bool:
    """Whether a section lists but other names, which are taken out of it."""
    heading, texts, _ = part
    if not heading or not is_called(heading, "aliases") or max(map(len, texts), default=0) > _NAME:
        return False
    found.aliases += [name for text in texts for name in NAMES_APART.split(text)]
    return True


def _also(block: Block) -> list[str]:
    """The other names that are all that a paragraph says: “_Also known as **slack water**_”."""
    name = other_name(block.text).rstrip(".") if len(block.text) < _NAME else ""
    said = block.text[: -len(name)] if name and block.text.rstrip(".").endswith(name) else ""
    return [each.strip(_QUOTES) for each in NAMES_APART.split(name) if len(said.split()) > 1]


def _labelled(block: Block, found: Body, term: str, *, alone: bool) -> str:
    """The text of a block without the label, or the question, before it: “**What is a tide?** …”.

    The term itself may be such a label: “**Tide:** the rise of the sea”.

    What a label says to be names or an example (“**Also known as:** …”) goes there instead.
    """
    name, rest = labelled(block) if block.strong and block.lead else ("", "")
    names = [] if alone else _also(block)
    names = NAMES_APART.split(rest.rstrip(".")) if name == "aliases" else names
    if names and max(map(len, names)) < _NAME:
        found.aliases += names
        return ""
    if name == "example" or (name == "category" and len(rest) < _NAME):
        found.examples += [rest] if name == "example" else []
        found.category = rest.rstrip(".") if name == "category" else found.category
        return ""
    if name == "definition":
        return rest
    return _unasked(block, term) if block.strong and block.lead else block.text


def _unasked(block: Block, term: str) -> str:
    """The text behind the term itself, or behind a question for it, in bold."""
    if fold(block.lead) == fold(term) and (defined := after(block)) and not defined[0]:
        return defined[1]
    asked, rest = block.lead.strip(), block.text[len(block.lead) :].strip()
    return rest if rest and asked_for(asked) != asked else block.text


def _meant(block: Block, *, apart: bool) -> list[str]:
    """The entries that a block links to; an item beside the text may but name one."""
    links = [link.entry for link in block.links if link.entry]
    named = apart and block.kind == "item" and not block.links and len(block.text) < _NAME
    return [*links, block.text] if named else links


def _title(blocks: Sequence[Block], term: str) -> int:
    """Where the heading stands that repeats the page's title, if text follows it; or -1."""
    first = next((n for n, b in enumerate(blocks) if b.kind == "heading"), len(blocks))
    if first < len(blocks) and blocks[first].level == 1 and fold(blocks[first].text) == fold(term):
        return first if any(b.text and b.kind != "heading" for b in blocks[first:]) else -1
    return -1


def with_summary(body: Body, given: Mapping[str, Any], names: Sequence[str]) -> list[Section]:
    """With the paragraph that defines as summary.

    A field that is called a definition is it; else the first paragraph; where the text has none
    before its headings, what stands under “Definition”, another field, or the first section.
    """
    top, *rest = body.sections or [Section("", "", "")]
    rest = [section for section in rest if section.text]
    defines = next((n for n, each in enumerate(rest) if is_called(each.heading, "definition")), -1)
    if body.labelled and defines >= 0 and not rest[defines].text.startswith(("$$", "\\[")):
        defined = rest.pop(defines)
        lines = (*defined.lines, *top.lines)
        top = Section("", "", f"{defined.text}\n\n{top.text}", lines)
    said = defining.stated(top.text, rest[0].heading if rest else "", given, names)
    if said and fold(said) not in fold(top.text):
        text = f"{said}\n\n{top.text}".strip()
        top = Section("", "", text, (*top.lines[:1], *top.lines))
    if not top.text and defines >= 0:
        top = rest.pop(defines)
    if not top.text:
        said = fields.first(given, fields.DEFINITIONS)
        if not said and not rest:
            said = fields.first(given, fields.DESCRIPTIONS)
        if said:
            top = Section("", "", said)
        elif rest:
            top = rest.pop(0)
    paragraphs = top.text.split("\n\n")
    return [
        Section(SUMMARY, "", paragraphs[0], top.lines[:1]),
        Section(BODY, "", "\n\n".join(paragraphs[1:]), top.lines[1:]),
        *(section for section in rest if fold(section.text) != fold(top.text)),
        Section(EXAMPLE, "", "\n\n".join(body.examples)),
    ]
