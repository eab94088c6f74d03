"""Body: the sections of a page of a site, and what it links to."""

from collections.abc import Mapping
from typing import Any

from knowledge.entry import BODY, SUMMARY, Section
from knowledge.formats.draft import section_name
from knowledge.formats.sites import fields
from knowledge.formats.sites.blocks import Block
from knowledge.formats.sites.phrase import Link
from knowledge.formats.sites.wording import is_called


def sections_of(blocks: list[Block]) -> tuple[list[Section], list[str], list[Link]]:
    """The sections of a body, the entries that it links to, and the publications beside it."""
    parts: list[tuple[str, list[str], list[int]]] = [("", [], [])]
    links: list[str] = []
    outward: list[Link] = []
    apart = 0  # the level of the heading under which all is beside the entry
    for block in blocks:
        if block.kind == "heading":
            apart = 0 if apart and block.level <= apart else apart
            if not apart and is_called(block.text, "apart"):
                apart = block.level
            elif not apart and (block.level > 1 or len(parts) > 1 or parts[0][1]):
                parts.append((block.text, [], []))
            continue
        links += [link.entry for link in block.links if link.entry]
        if apart:
            outward += [link for link in block.links if link.outward and link.text]
        elif block.text and block.kind != "rule":
            parts[-1][1].append(block.text)
            parts[-1][2].append(block.line)
    found = [
        Section(section_name(heading) if heading else "", heading, "\n\n".join(texts), tuple(lines))
        for heading, texts, lines in parts
    ]
    return found, links, outward


def with_summary(sections: list[Section], given: Mapping[str, Any]) -> list[Section]:
    """With the first paragraph as summary: of the text, or of a field where that has none."""
    top, *rest = sections
    rest = [section for section in rest if section.text]
    if not top.text:
        said = next(
            filter(None, (fields.text_of(given.get(key)) for key in fields.DEFINITIONS)), ""
        )
        if not said and not rest:
            said = next(
                filter(None, (fields.text_of(given.get(key)) for key in fields.DESCRIPTIONS)), ""
            )
        if said:
            top = Section("", "", said)
        elif rest:
            top, *rest = rest
    paragraphs = top.text.split("\n\n")
    return [
        Section(SUMMARY, "", paragraphs[0], top.lines[:1]),
        Section(BODY, "", "\n\n".join(paragraphs[1:]), top.lines[1:]),
        *rest,
    ]
