"""Headings: what those of a Markdown text say of the terms below them."""

from collections.abc import Sequence

from knowledge.formats.draft import known_heading
from knowledge.formats.sites.blocks import Block
from knowledge.formats.sites.trimmed import bare
from knowledge.formats.sites.wording import (
    ASKS,
    is_called,
    is_label,
    is_letter,
    tells_of_terms,
)
from knowledge.language.words import fold


def tells(heading: str) -> bool:
    """Whether a heading says no more than that terms stand below it."""
    named = is_called(heading, "term") or is_called(heading, "definition")
    return named or is_letter(heading) or tells_of_terms(heading)


def borne(name: Block) -> list[Block]:
    """The footnotes that a name bears, as if a paragraph below it bore them."""
    return [Block("text", "", name.line, notes=name.notes)] if name.notes else []


def says(below: Sequence[Block]) -> bool:
    """Whether there is text in what stands below a heading."""
    return any(b.kind not in ("rule", "head", "row") and b.text for b in below)


def is_apart(block: Block, *, lettered: bool) -> bool:
    """Whether a heading is no term: a letter, or what stands beside the terms."""
    if lettered and is_letter(block.text):
        return True
    return is_called(block.text, "apart") or is_called(block.text, "unheaded")


def is_lexicon(title: str, blocks: Sequence[Block]) -> bool:
    """Whether a title is but “Vocabulary” or the like, and no heading below it is a page's part."""
    headings = [b.text for b in blocks if b.kind == "heading"][1:]
    parts = (known_heading(text) or is_label(text) or text.endswith(ASKS) for text in headings)
    return is_called(bare(title), "lexicon") and len(headings) > 2 and not any(parts)  # noqa: PLR2004


def is_of_a_letter(title: str, blocks: Sequence[Block]) -> bool:
    """Whether a page is called by a letter, with which all its headings begin, or what it marks."""
    if not is_letter(title):
        return False
    headings = [b.text for b in blocks if b.kind == "heading" and not is_letter(b.text)]
    rows = [b.cells[0].text if b.kind == "row" and b.cells else b.lead for b in blocks]
    rows += [b.text for b in blocks if b.kind == "term"]
    names = [fold(name)[:1] for name in headings or filter(None, rows)]
    return bool(names) and set(names) == {fold(title.strip())[:1]}
