"""Body: the sections of a page of a site, and what it links to."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from knowledge.entry import BODY, SUMMARY, Section
from knowledge.formats.draft import section_name
from knowledge.formats.sites import fields
from knowledge.formats.sites.blocks import Block
from knowledge.formats.sites.phrase import Link
from knowledge.formats.sites.wording import asked_for, is_called
from knowledge.words import fold

_LABEL = re.compile(r"^\W*[^\W\d][^:：\n]{0,30}[:：]")
_COLON = re.compile(r".?\s*[:：]")
_NAME = 60  # characters: a longer one is a sentence
_TOLD = 40  # characters of a description that may define
_LEADS_IN = re.compile(r"(?:learn|discover|find out|explore|read|see|this|how to)\b", re.IGNORECASE)


@dataclass(slots=True)
class Body:
    """What a page says of its term."""

    sections: list[Section] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    """The entries that it links to."""
    outward: list[Link] = field(default_factory=list)
    """The publications that it links to beside its text."""
    aliases: list[str] = field(default_factory=list)
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
    sends = [_sends(block, term) for block in blocks]
    all_send = all(sends[n] for n, b in enumerate(blocks) if b.kind not in ("heading", "rule"))
    for n, block in enumerate(blocks):
        if block.kind == "heading":
            apart = 0 if apart and block.level <= apart else apart
            if not apart and is_called(block.text, "apart"):
                apart = block.level
            elif not apart and (block.level > 1 or len(parts) > 1 or parts[0][1]):
                parts.append((block.text, [], []))
            continue
        found.links += [link.entry for link in block.links if link.entry]
        if apart or (sends[n] and not all_send):
            found.outward += [link for link in block.links if link.outward and link.text]
        elif block.text and block.kind != "rule" and n > title:
            if len(parts) == 1 and not parts[0][1]:
                is_label = _COLON.match(block.text, max(len(block.lead) - 1, 0))
                found.labelled = block.strong and is_label is not None
            parts[-1][1].append(_answer(block))
            parts[-1][2].append(block.line)
    for heading, texts, lines in parts:
        if heading and is_called(heading, "aliases") and all(len(t) < _NAME for t in texts):
            found.aliases += [part for t in texts for part in re.split(r"\s*[,;،؛、]\s*", t)]
            continue
        name = section_name(heading) if heading else ""
        found.sections.append(Section(name, heading, "\n\n".join(texts), tuple(lines)))
    return found


def _answer(block: Block) -> str:
    """The text of a block without the question that it answers: “**What is a tide?** The sea …”."""
    asked, rest = block.lead.strip(), block.text[len(block.lead) :].strip()
    return rest if rest and block.strong and asked_for(asked) != asked else block.text


def _title(blocks: Sequence[Block], term: str) -> int:
    """Where the heading stands that repeats the page's title, if text follows it; or -1."""
    first = next((n for n, b in enumerate(blocks) if b.kind == "heading"), len(blocks))
    if first < len(blocks) and blocks[first].level == 1 and fold(blocks[first].text) == fold(term):
        return first if any(b.text and b.kind != "heading" for b in blocks[first:]) else -1
    return -1


def _sends(block: Block, term: str) -> bool:
    """Whether a paragraph says nothing but where to go: “Home › Glossary”, “Source: a book”."""
    if block.kind == "item" and block.links:  # of a list of contents
        return all(link.address.startswith("#") for link in block.links) and (
            block.text == "".join(link.text for link in block.links)
        )
    if block.kind != "text" or not block.links:
        return False
    rest = block.text
    for link in sorted(block.links, key=lambda link: -len(link.text)):
        rest = rest.replace(link.text, " ", 1) if link.text else rest
    rest = _LABEL.sub("", rest).replace(term, " ")
    return not any(c.isalnum() for c in rest)


def with_summary(body: Body, given: Mapping[str, Any], names: Sequence[str]) -> list[Section]:
    """With the paragraph that defines as summary.

    A field that is called a definition is it; else the first paragraph; where the text has none
    before its headings, what stands under “Definition”, another field, or the first section.
    """
    top, *rest = body.sections or [Section("", "", "")]
    rest = [section for section in rest if section.text]
    defines = next((n for n, each in enumerate(rest) if is_called(each.heading, "definition")), -1)
    if body.labelled and defines >= 0:
        defined = rest.pop(defines)
        lines = (*defined.lines, *top.lines)
        top = Section("", "", f"{defined.text}\n\n{top.text}", lines)
    said = fields.first(given, fields.SURE) or _described(top.text, given, names)
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
        *rest,
    ]


def _described(text: str, given: Mapping[str, Any], names: Sequence[str]) -> str:
    """A description that the text goes on from, as it does not name what it is about.

    One that names the term is about the page, and written for search engines.
    """
    said = fields.first(given, fields.DESCRIPTIONS) if text else ""
    if len(said) < _TOLD or _LEADS_IN.match(said):
        return ""
    opening = text.split("\n\n", maxsplit=1)[0]
    return (
        "" if any(_is_named(name, whole) for name in names for whole in (opening, said)) else said
    )


def _is_named(name: str, text: str) -> bool:
    """Whether a text holds half the words of a name, or more."""
    words, within = fold(name).split(), fold(text)
    return 2 * sum(word.rstrip("s") in within for word in words) >= len(words)
