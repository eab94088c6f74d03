"""Labels: words that begin a part of an entry and say what it is (“**Example:** …”)."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from knowledge.formats.sites.blocks import Block
from knowledge.formats.sites.lead import Term, after
from knowledge.formats.sites.wording import is_called
from knowledge.words import fold

RECURRING = 3
"""Words that begin so many entries, or parts of them, are labels."""
_NAMES = ("definition", "aliases", "example", "related", "category")
_PLAIN = re.compile(r"([^\W\d_][^:：\n]{0,40}?)\s*[:：]\s*(?=\S)")
_LONG = 160  # characters: what is longer says more than where to look
_LISTED = re.compile(r"\s*[,;،؛、]\s*")


def filled(terms: Sequence[Term]) -> None:
    """Takes what labels name (“**Also known as:** …”) out of the definitions of terms."""
    counts = Counter(fold(_label(b)) for term in terms for b in term.blocks if _label(b))
    least = min(RECURRING, len(terms))
    labels = frozenset(label for label, count in counts.items() if count >= least)
    for term in terms:
        term.blocks = list(_rest(term, labels))


def _rest(term: Term, labels: frozenset[str]) -> Iterator[Block]:
    """The blocks of a term that no label takes elsewhere."""
    for block in term.blocks:
        label = _label(block)
        name = next((name for name in _NAMES if label and is_called(label, name)), "")
        rest = _behind(block) if name else ""
        sends = name == "related" and len(rest) <= _LONG and not any(k.outward for k in block.links)
        if not name or not (sends if name == "related" else fold(label) in labels):
            yield block
            continue
        listed = [each for each in _LISTED.split(rest.rstrip(". ")) if each]
        if name == "definition":
            yield replace(block, text=rest)
        elif name == "aliases":
            term.aliases = [*term.aliases, *listed]
        elif name == "example":
            term.example = "\n\n".join(filter(None, (term.example, rest)))
        elif name == "related":
            term.related = [*term.related, *listed, *(link.entry for link in block.links)]
        elif not term.category:
            term.category = rest
        else:
            yield block


def _label(block: Block) -> str:
    """The words that a block begins with, if something is said behind them."""
    if block.lead:
        return block.lead if after(block) else ""
    match = _PLAIN.match(block.text) if block.kind in ("text", "item") else None
    return match[1] if match else ""


def _behind(block: Block) -> str:
    if block.lead:
        found = after(block)
        return found[1] if found else ""
    match = _PLAIN.match(block.text)
    return block.text[match.end() :] if match else ""
