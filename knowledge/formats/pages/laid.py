"""Laid: a term as a page sets it out, and what tells terms from letters and titles."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from knowledge.formats.pages.furniture import HEADINGS, beginning
from knowledge.formats.pages.hypertext import Block
from knowledge.formats.sites.wording import is_called, is_letter
from knowledge.language.words import fold

_LONGEST_TERM = 120
"""In characters: what is longer is a sentence, not a term, unless it stands where terms do."""
_LONGEST_NAME = 300
"""In characters: what is longer is no term, wherever it stands."""
_MOST_WORDS = 14
_CONTENTS = re.compile(
    r"(?:table of )?contents|index|inhalt(?:sverzeichnis)?|sommaire|table des matieres|indice|"
    r"contenidos?|sumario|содержание|оглавление|目\s?[录次錄]|목차|محتويات|جدول محتويات|فهرس|"
    r"icindekiler|spis tresci"
)
_FEW, _FEWEST, _MOST = 3, 3, 0.7
_ENDS = ".:;,!?؟。：、،؛"
_WAYS = 3
"""Links: fewer are no table of contents."""
_MANY_WAYS = 8
_A_WAY = 40
"""Characters of a way, on an average; prose with links in it has more."""


@dataclass
class Laid:
    """A term, and the blocks that define it, as a layout has them."""

    term: str
    node: Any
    """The element that names it; its anchor and its language stand there or above."""
    blocks: list[Block] = field(default_factory=list)
    line: int = 1
    category: str = ""
    aliases: list[str] = field(default_factory=list)
    example: str = ""
    related: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    filed: bool = False
    """Whether its category is said of it, and not guessed from a heading above."""


def is_term(text: str) -> bool:
    """Whether a text is short enough for a term, and not a single letter or mark of an index."""
    return (
        1 < len(text) <= _LONGEST_TERM
        and len(text.split()) <= _MOST_WORDS
        and "\n\n" not in text
        and re.search(r"\w", text) is not None
        and not is_letter(text)
    )


def key_of(term: str) -> str:
    """By what terms are told apart: their letters, and of those that have none, their signs."""
    return fold(term) or term


def is_name(text: str) -> bool:
    """Whether a text can be a term where such must stand, however many words it has."""
    return 0 < len(text) <= _LONGEST_NAME and re.search(r"\w", text) is not None


def name_marked(block: Block, text: str) -> str:
    """The name that a ``<dt>`` marks as what is defined, before a remark in a bracket; or all."""
    named = " ".join(beginning(block.defines[0]).split()) if len(block.defines) == 1 else ""
    rest = text.removeprefix(named).strip()
    remark = rest.startswith("(") and rest.endswith(")") and " " in rest
    return named if named and rest != text and remark else text


def filed(terms: list[Laid]) -> list[Laid]:
    """Terms without the word above what they mean that files them: the label of a card.

    It is a word or a few, stands at most of them, and some have the same.
    """
    labels = [" ".join(each.blocks[0].text.split()) for each in terms if len(each.blocks) > 1]
    labels = [label for label in labels if len(label.split()) <= _FEW and label[-1] not in _ENDS]
    if len(labels) < max(_FEWEST, _MOST * len(terms)) or 2 * len(set(labels)) > len(labels):
        return terms
    for each in terms:
        if len(each.blocks) > 1 and (label := " ".join(each.blocks[0].text.split())) in labels:
            each.blocks = each.blocks[1:]
            if not is_called(label, "grammar"):
                each.category, each.filed = label, True
    return terms


def is_index(laid: Laid) -> bool:
    """Whether what stands under a heading are ways to terms: a category, a table of contents."""
    links = sum(len(block.links) for block in laid.blocks)
    length = sum(len(block.text) for block in laid.blocks)
    if links >= _WAYS and length < _A_WAY * links and _CONTENTS.fullmatch(fold(laid.term)):
        return True
    return bool(laid.blocks) and all(each.linked and each.tag == "li" for each in laid.blocks)


def is_ways(blocks: Sequence[Block]) -> bool:
    """Whether most of some blocks are links to something else, and many: an index."""
    blocks = [block for block in blocks if block.tag not in HEADINGS]
    count = sum(block.linked for block in blocks)
    return 0 < count == len(blocks) or count >= max(_MANY_WAYS, 0.8 * len(blocks))


def distinct(wanted: str, used: dict[str, int]) -> str:
    """An id that is not used yet: the one that is wanted, or that with a number; now it is used.

    ``used`` holds the last number that each was given: a term may stand in a file a million times.
    """
    number = used.get(wanted, 0) + 1
    made = wanted if number == 1 else f"{wanted}-{number}"
    while made in used:
        number += 1
        made = f"{wanted}-{number}"
    used[wanted] = number
    used.setdefault(made, 1)
    return made
