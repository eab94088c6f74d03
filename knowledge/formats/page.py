"""A glossary's web page, copied as text: category, term, summary, body, example, related terms."""

import re
from collections.abc import Iterator
from pathlib import PurePath

from knowledge.entry import Entry, Section
from knowledge.fault import Fault
from knowledge.formats.draft import known_heading, make_entry, opening, section_name, slug

_SENTENCE_END = re.compile(r"[.!?؟。！？:]['”\"’»)]*$")
_HEADER_WORDS = 12
"""A category or a term has fewer words than this, and does not end as a sentence does."""
_PAGE_HEADINGS = {"example", "related", "news", "back"}
_STEM_NOISE = re.compile(r"(?:\.page)?$")


def recognises(text: str) -> bool:
    """Whether a line of the text is one of the headings that such pages carry."""
    lines = [line.strip() for line in text.splitlines()]
    return any(known_heading(line) in _PAGE_HEADINGS for line in lines if line)


def read(text: str, path: PurePath) -> Iterator[Entry | Fault]:
    """The entry of a page.

    What stands before the summary is the term, and above it the category if there is one. Parts are
    known by their headings, in English or Arabic; any may be empty or missing. News and the link
    back are no part of the entry.
    """
    origin = str(path)
    lines = [line.strip() for line in text.splitlines()]
    top = _top(lines)
    head, paragraphs = _head(lines[:top])
    parts: list[tuple[str, list[str]]] = []
    for line in lines[top:]:
        if known_heading(line):
            parts.append((line, []))
        else:
            parts[-1][1].append(line)
    if not head:
        yield Fault(origin, 1, "no term found: it stands on a line of its own above the summary.")
        return
    related: list[str] = []
    sections = opening(paragraphs)
    for heading, content in parts:
        name = section_name(heading)
        if name == "related":
            related += [line.lstrip("•*-– ").strip() for line in content if line]
        elif name not in ("news", "back"):
            sections.append(Section(name, heading, "\n\n".join(_paragraphs(content))))
    stem = _STEM_NOISE.sub("", path.stem)
    yield make_entry(
        {
            "term": head[-1],
            "category": head[0] if len(head) > 1 else "",
            "related": related,
            "id": stem if slug(stem) else "",
        },
        sections,
        origin,
    )


def _top(lines: list[str]) -> int:
    """The first line that is a heading. A category or a term may read like one: “Risks”."""
    filled = [n for n, line in enumerate(lines) if line]
    for place, n in enumerate(filled):
        name = known_heading(lines[n])
        if name and (place > 1 or (place == 1 and name in _PAGE_HEADINGS)):
            return n
    return len(lines)


def _head(lines: list[str]) -> tuple[list[str], list[str]]:
    """The category and term lines (two at most), and the paragraphs below them."""
    filled = [n for n, line in enumerate(lines) if line]
    head: list[str] = []
    spaced = len(filled) > 1 and filled[1] > filled[0] + 1
    for n in filled[:2]:
        if len(lines[n].split()) >= _HEADER_WORDS or _SENTENCE_END.search(lines[n]):
            break
        if head and spaced and n + 1 < len(lines) and lines[n + 1]:  # a wrapped paragraph begins
            break
        head.append(lines[n])
    start = filled[len(head)] if len(head) < len(filled) else len(lines)
    return head, _paragraphs(lines[start:])


def _paragraphs(lines: list[str]) -> list[str]:
    """Paragraphs: a blank line ends one, and so does a line that ends as a sentence does."""
    paragraphs: list[list[str]] = []
    open_ended = False
    for line in lines:
        if not line:
            open_ended = False
            continue
        if open_ended:
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
        open_ended = _SENTENCE_END.search(line) is None
    return [" ".join(wrapped) for wrapped in paragraphs]
