"""Neighbours: what the blocks around one tell of how it begins."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile

from knowledge.formats.sites.blocks import Block
from knowledge.formats.sites.wording import is_letter
from knowledge.language.words import fold

FEW_WORDS = 6
_NEAR = 12  # blocks
_COLONS = (":", "：")
_IS = re.compile(
    r"\s+(?:is|are|means?|refers to|denotes|stands for|est|sont|désigne|ist|sind|bezeichnet"
    r"|bedeutet|es|son|significa|se refiere a|é|são|refere-se a|è|sono|indica|это)\s"
)
"""“`rank` is the number of …”: the whole defines what it begins with."""
_COMMA = re.compile(r"[,،、，]\s*\S")
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def begins(blocks: Sequence[Block], n: int) -> bool:
    """Whether words in bold begin an entry, and not the text below a heading that is one."""
    text, lead = blocks[n].text, blocks[n].lead
    next_letter = text[len(lead) : len(lead) + 1]
    if not (next_letter.isspace() or _UNSPACED.match(next_letter)):
        return False
    above = blocks[n - 1].text if n and blocks[n - 1].kind == "heading" else ""
    if not above or is_letter(above):
        return True
    return blocks[n].kind == "text" and not {*fold(above).split()} & {*fold(lead).split()}


def unmarked(blocks: Sequence[Block], n: int) -> str:
    """The definition of an item in which no mark parts it from the lead; or nothing.

    It is a sentence of its own, as in an item beside this, or one that the lead is a part of.
    """
    if blocks[n].kind != "item":
        return ""
    beside = [b for b in blocks[max(0, n - 1) : n + 2] if b.kind == "item"]
    found = [b.text[len(b.lead) :] for b in beside if b.lead and b.level == blocks[n].level]
    if len(found) > 1 and all(
        rest[:1].isspace() and rest.strip()[:1].isupper() and " " in rest.strip() for rest in found
    ):
        return blocks[n].text[len(blocks[n].lead) :].strip()
    return blocks[n].text if _IS.match(blocks[n].text, len(blocks[n].lead)) else ""


def by_commas(blocks: Sequence[Block], n: int) -> bool:
    """Whether a comma parts words in bold from what they mean, as it does in an item beside it."""
    beside = [b for b in blocks[max(0, n - 1) : n + 2] if b.kind == "item" and b.strong]
    beside = [b for b in beside if b.level == blocks[n].level]
    commas = [_COMMA.match(b.text, len(b.lead)) is not None for b in beside]
    return blocks[n] in beside and len(commas) > 1 and all(commas)


def heads(blocks: Sequence[Block], n: int) -> bool:
    """Whether an item is but a name, and what it means stands in a list below it.

    A colon behind it leads to more of a text, unless it stands behind another name as well.
    """
    block = blocks[n]
    following = blocks[n + 1] if n + 1 < len(blocks) else None
    if not _is_name(block) or block.level != 1 or following is None:
        return False
    if block.text.endswith(_COLONS) and not any(map(_announces, _beside(blocks, n))):
        return False
    return following.level > 1 and following.kind in ("item", "text") and not following.links


def _is_name(block: Block) -> bool:
    short = len(block.text.split()) <= FEW_WORDS and not block.text.endswith((".", "。"))
    return short and not block.links


def _announces(block: Block) -> bool:
    return _is_name(block) and block.text.endswith(_COLONS)


def _beside(blocks: Sequence[Block], n: int) -> Iterator[Block]:
    """The items before and behind one, in the same list."""
    for some in (reversed(blocks[max(0, n - _NEAR) : n]), blocks[n + 1 : n + _NEAR]):
        within = takewhile(lambda b: b.level > 0 and b.kind != "heading", some)
        yield from islice((b for b in within if b.kind == "item" and b.level == 1), 1)


def followed(blocks: Sequence[Block], n: int) -> bool:
    """Whether what follows may define a term that stands alone."""
    if n + 1 >= len(blocks):
        return False
    block, below = blocks[n], blocks[n + 1]
    if below.kind not in ("text", "item", "code"):
        return False
    return below.level >= block.level and not (below.strong and below.text == below.lead)
