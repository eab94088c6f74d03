"""Led: paragraphs and items that begin with a term, marked or parted from what it means."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from knowledge.formats.draft import known_heading
from knowledge.formats.pages.furniture import HEADINGS
from knowledge.formats.pages.hypertext import Block
from knowledge.formats.pages.laid import Laid, is_term, key_of
from knowledge.formats.sites import wording
from knowledge.formats.sites.wording import is_letter

_UNLED = frozenset({*HEADINGS, "pre"})
"""What begins with no term: a heading is one, and code or a formula has none."""
_FEW, _FEWEST = 5, 3
_SHORT = 60  # characters
_ENDS = ".;,!?؟。、،؛"
_MARKS = " \t:：–—-"
_SEPARATOR = re.compile(r"\s*(?::|：|\s(?:[–—]|-{1,3}|[-=]>|→)\s|[–—]|\s=\s|،\s)\s*")
_BRACKET = re.compile(r"[(（]([^()（）\n]{1,120})[)）](?:\s*[:：]|\s+[–—-])\s+(?=\S)")
_APART = re.compile(r"\s*[,;/،、]\s*")
_PLAIN = re.compile(r"(?:[^\n:：;；.!?؟–—]|\.(?=\w)){1,80}?\s*(?::|：|\s[–—-]\s)\s*(?=\S)")


def leads(_root: Any, page: Sequence[Block]) -> list[Laid]:  # noqa: ANN401
    """Paragraphs and items that begin with the term in bold, or in another mark and a colon.

    Behind bold words it may be a comma, where that is a habit.
    """
    commas = sum(b.bold and b.text.startswith(", ", len(b.lead)) for b in page)
    return _led(page, partial(_lead, by_commas=commas >= _FEWEST))


def lines(_root: Any, page: Sequence[Block]) -> list[Laid]:  # noqa: ANN401
    """Paragraphs and items that begin with the term and a mark, or on its own line: most of all."""
    texts = sum(1 for block in page if block.tag not in HEADINGS)
    ways = (_led(page, end) for end in (_begun, _on_a_line))
    return next((laid for laid in ways if laid and len(laid) * 3 >= texts * 2), [])


def _on_a_line(block: Block) -> int:
    """Where the first line ends, if it is short beside the rest, and no sentence."""
    first, _, rest = block.text.partition("\n")
    short = len(first) < min(_SHORT, len(rest)) and first[-1:] not in _ENDS
    return len(first) + 1 if short else 0


def _begun(block: Block) -> int:
    match = _PLAIN.match(block.text)
    return match.end() if match and not known_heading(match[0].rstrip(_MARKS)) else 0


def _led(page: Sequence[Block], end: Callable[[Block], int]) -> list[Laid]:
    begun = [(block, 0 if block.tag in _UNLED else end(block)) for block in page]
    named = [_named_by(block, length) for block, length in begun]
    labels = repeated(
        Counter(map(key_of, filter(None, named))), max(2, sum(map(bool, named)) // 10)
    )
    laid: list[Laid] = []
    category, shut = "", True
    for (block, length), term in zip(begun, named, strict=True):
        if block.tag in HEADINGS:
            category = "" if block.tag == "h1" or is_letter(block.text) else block.text
            shut = True
        elif term and key_of(term) not in labels:
            aliases, rest = _parted(block.text[length:].strip().removeprefix(", "))
            laid.append(Laid(term, block.node, [], block.line, category, aliases))
            if rest:
                laid[-1].blocks.append(Block(rest, block.line, block.tag, block.links))
            shut = False
        elif not shut and term and not laid[-1].blocks:  # a label of a table, under its title
            shut = True
        elif not shut:
            laid[-1].blocks.append(block)
    return laid


def _parted(rest: str) -> tuple[list[str], str]:
    """The names in a bracket behind a term, before the mark that parts both from what they mean."""
    bracket = _BRACKET.match(rest)
    if bracket is None or wording.begins_as(bracket[1], "sense"):
        return [], rest
    names = [wording.other_name(name) for name in _APART.split(bracket[1])]
    return [n for n in names if not wording.is_called(n, "grammar")], rest[bracket.end() :]


def _named_by(block: Block, length: int) -> str:
    """The term that a block begins with; nothing, where that is a sentence."""
    begun = block.text[:length].replace("\n", " ").rstrip()
    term = begun.removesuffix("->").removesuffix("=>").removesuffix("→").rstrip(_MARKS)
    signs = 0 < len(term) < _FEW and block.lead != ""  # “..”, as a term in bold
    return term if is_term(term) or is_letter(term) or signs else ""


def _lead(block: Block, *, by_commas: bool) -> int:
    """Where the term ends that a block begins with, and what parts it from the rest; else 0."""
    lead = block.lead.rstrip(_MARKS)
    if not lead or known_heading(lead) or not block.text.startswith(block.lead):
        return 0
    rest = block.text[len(block.lead) :]
    parted = _SEPARATOR.match(rest)
    if parted or block.lead != lead:
        return len(block.lead) + (parted.end() if parted else 0)
    if not block.bold or block.tag in HEADINGS:
        return 0
    if by_commas and rest.startswith(", "):
        return len(block.lead)
    return len(block.lead) if not rest or rest[0] in " \n(" else 0


def repeated(counts: Counter[str], few: int) -> set[str]:
    """What stands too often to be a term."""
    several = ((name, count) for name, count in counts.items() if count > 1)
    return {name for name, count in several if count > few or is_label(name)}


def is_label(name: str) -> bool:
    """Whether a word can but name a part of an entry, if it stands at many."""
    return known_heading(name) is not None or wording.is_label(name)
