"""Headings: what those of a Markdown text say of the terms below them."""

from collections.abc import Sequence

from knowledge.formats.sites.blocks import Block
from knowledge.formats.sites.wording import is_called, is_letter, tells_of_terms


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
