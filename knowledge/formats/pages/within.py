"""Within: the part of a page that is a glossary, below a heading that says so."""

from collections.abc import Sequence
from itertools import takewhile
from typing import Any

from knowledge.formats.pages.furniture import HEADINGS, tag_of
from knowledge.formats.pages.hypertext import Block
from knowledge.formats.pages.layouts import Found, found
from knowledge.formats.sites.wording import is_letter, tells_of_terms

_SEVERAL = 3


def within(root: Any, page: Sequence[Block]) -> Found | None:  # noqa: ANN401
    """The terms below the one heading of a page that tells of them, beside others; or None."""
    heads = [n for n, block in enumerate(page) if block.tag in HEADINGS]
    told = [n for n in heads if tells_of_terms(page[n].text)]
    if len(told) != 1:
        return None
    start = page[told[0]]
    beside = [page[n] for n in heads if n != told[0] and page[n].tag <= start.tag]
    if not beside or any(is_letter(block.text) for block in beside):
        return None
    blocks = list(takewhile(lambda b: not _ends(b.tag, start.tag), page[told[0] + 1 :]))
    behind = iter(root.iter())
    for node in behind:
        if node is start.node:
            break
    part = set(takewhile(lambda node: not _ends(tag_of(node), start.tag), behind))
    sound = found(root, [start, *blocks], part)
    return sound if len(sound.laid) >= _SEVERAL else None


def _ends(tag: str, heading: str) -> bool:
    return tag in HEADINGS and tag <= heading
