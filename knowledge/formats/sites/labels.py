"""Labels: words that begin a part of an entry and say what it is (“**Example:** …”)."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from knowledge.formats.draft import is_unsaid
from knowledge.formats.sites.blocks import Block
from knowledge.formats.sites.lead import Term, after
from knowledge.formats.sites.ways import sends
from knowledge.formats.sites.wording import NAMES_APART, is_called
from knowledge.language.words import fold

RECURRING = 3
"""Words that begin so many entries, or parts of them, are labels."""
_NAMES = ("definition", "aliases", "example", "related", "category")
_PLAIN = re.compile(r"([^\W\d_][^:：\n]{0,40}?)\s*[:：]\s*(?=\S)")
_LONG = 160  # characters: what is longer says more than where to look
_SHORT = 60  # characters of other names
_PLACEHOLDER = re.compile(r"[\"“«]?\[([^\[\]]+)\][\"”»]?")
_TO_FILL = re.compile(r"<[^<>\n]+>")
_TOGETHER = re.compile(r"\s*[/&]\s*")


def filled(terms: Sequence[Term]) -> None:
    """Takes what labels name (“**Also known as:** …”) out of the definitions of terms."""
    for term in terms:
        term.blocks = [] if _is_form(term) else list(_filled_in(term.blocks))
    counts = Counter(fold(_label(b)) for term in terms for b in term.blocks if _label(b))
    least = min(RECURRING, sum(bool(term.blocks) and not term.sure for term in terms))
    labels = frozenset(label for label, count in counts.items() if count >= least)
    for term in terms:
        away = [sends(block, term.name) for block in term.blocks]
        told = list(zip(term.blocks, away, strict=True))
        if any(block.text and block.kind != "heading" and not gone for block, gone in told):
            term.related += [link.entry for block, gone in told if gone for link in block.links]
            term.blocks = [block for block, gone in told if not gone]
        defining = [b.line for b in term.blocks if labelled(b)[0] == "definition"]
        term.blocks = list(_rest(term, labels))
        if defining and term.blocks and term.blocks[0].kind != "heading":
            first = [b for b in term.blocks if b.line == defining[0]]
            term.blocks = [*first, *(b for b in term.blocks if b.line != defining[0])]


def _is_form(term: Term) -> bool:
    """Whether a reader is still to write what the term is: “<Term-1>”, “[Name of the term]”."""
    form = _PLACEHOLDER.fullmatch(term.name)
    drawn = term.name.startswith("<") and _TO_FILL.fullmatch(term.text)
    return bool(drawn or (form and (" " in form[1] or is_called(form[1], "term"))))


def _filled_in(blocks: Sequence[Block]) -> Iterator[Block]:
    """Blocks without the labels behind which nothing is said, as in a form left empty."""
    for n, block in enumerate(blocks):
        below = blocks[n + 1] if n + 1 < len(blocks) else None
        if not (_is_bare(block) and (below is None or _is_bare(below))):
            yield block


def _is_bare(block: Block) -> bool:
    alone = block.strong and block.kind == "text" and block.text == block.lead
    return alone and block.text.endswith((":", "："))


def _rest(term: Term, labels: frozenset[str]) -> Iterator[Block]:
    """The blocks of a term that no label takes elsewhere; one that is all that it says stays."""
    alone = len(term.blocks) == 1  # “See: Tide”, by which it is a name of that
    for block in term.blocks:
        named = block.kind == "text" and _label(block)
        if named and not alone and fold(_behind(block)) == fold(term.name):
            continue  # “**Canonical term:** Tide”, below “Tide”
        name, rest = labelled(block)
        looks = not alone and len(rest) <= _LONG and not any(link.outward for link in block.links)
        told = block.strong and block.kind == "text" and name in ("aliases", "example", "category")
        first = name == "definition" and block.strong and block is term.blocks[0]
        told = told or first or fold(_label(block)) in labels
        brief = block.kind == "text" and not alone and len(rest) < _SHORT
        told = told or (name == "aliases" and brief)
        if not name or not (looks if name == "related" else told):
            yield block
            continue
        parts = [each.strip('«»“”„"「」') for each in NAMES_APART.split(rest.rstrip(". "))]
        listed = [each for each in parts if not (is_unsaid(each) or is_called(each, "nothing"))]
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


def labelled(block: Block) -> tuple[str, str]:
    """What a label says that the rest of a block is (a column of ``sites.yaml``); and the rest."""
    label = _label(block)
    names = _TOGETHER.split(label)  # “Synonyms / Aliases”
    name = next((n for n in _NAMES if label and all(is_called(each, n) for each in names)), "")
    return name, _behind(block) if name else ""


def _label(block: Block) -> str:
    """The words that a block begins with, if something is said behind them."""
    if block.lead:
        return block.lead if after(block) else ""
    match = _PLAIN.match(block.text) if block.kind in ("text", "item", "row") else None
    return match[1] if match else ""


def _behind(block: Block) -> str:
    if block.lead:
        found = after(block)
        return found[1] if found else ""
    match = _PLAIN.match(block.text)
    return block.text[match.end() :] if match else ""
