"""Layouts: the ways in which a web page sets out many terms, each with its definition."""

import re
from collections import Counter
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice, pairwise
from typing import Any

from knowledge.formats.draft import known_heading
from knowledge.formats.pages.carded import cards
from knowledge.formats.pages.folded import accordions, details
from knowledge.formats.pages.furniture import HEADINGS, beginning, elements, tag_of
from knowledge.formats.pages.hypertext import Block, blocks_of
from knowledge.formats.pages.laid import (
    Laid,
    is_index,
    is_name,
    is_term,
    key_of,
    name_marked,
)
from knowledge.formats.pages.led import is_label, leads, lines, repeated
from knowledge.formats.pages.paired import pairs
from knowledge.formats.pages.tabled import tables
from knowledge.formats.sites.wording import is_called, is_letter, is_of_many

_FEW, _SEVERAL = 5, 3
_OFTEN = 5
"""Times that a word may stand where only terms do, and be one that has so many senses."""
_SHOWN = 80
_PARTED = re.compile(
    r"\s*(?:[:：–—]|\s-\s)\s*(?=\S)"
    r"|(?:,?\s+(?:\([^()]{1,80}\)|(?:or|أو|oder|ou)\b[^.(){}]{1,60}))?\.\s+(?=[^\W\d])"  # its names
)
_MOST = 0.6  # of the headings: below the title of the part with the terms
_ENDS = ".:;,!?؟。：、،؛"
_NO_LISTS = re.compile(
    r"(?:^|\s)(?:toc|footnotes?|citation|field-list|option-list|py|c|cpp|js|std|rst|class|function|"
    r"method|attribute|data|exception|module|property|confval)(?=\s|$)"
)
_SURELY = 100
"""How many times as much a list counts that is marked as a glossary."""


Layout = Callable[[Any, Sequence[Block]], list[Laid]]
"""What finds the terms that an element, whose blocks are given, sets out in one way."""


@dataclass
class Found:
    """What a page lays out: its terms, and what stands where a term does and is none."""

    laid: list[Laid] = field(default_factory=list)
    lost: list[tuple[int, str]] = field(default_factory=list)
    """The line of each, and what is wrong with it."""


def found(
    root: Any,  # noqa: ANN401
    page: Sequence[Block],
    part: Container[Any] | None = None,
) -> Found:
    """The terms of a page, from the layout that most of them are in; none if it has but one.

    Args:
        root: the element with its text.
        page: the blocks of that, or of a part of it.
        part: the elements of that part.
    """
    best = Found()
    most = 0.0
    chosen: Layout | None = None
    marked = _is_marked(root)
    beside: dict[Layout, Found] = {}
    for layout, weight in _LAYOUTS:
        laid = layout(root, page)
        laid = laid if part is None else [each for each in laid if each.node in part]
        sound = _sound(laid, layout, sure=weight > 1)
        count = len({key_of(each.term) for each in sound.laid}) * weight
        if layout is _lists and marked:
            count *= _SURELY
        if layout in _APART and len(sound.laid) > 1:
            beside[layout] = sound
        if len(sound.laid) > (layout is not _lists or not marked) and count > most:
            best, most, chosen = sound, count, layout
    if chosen in _APART:
        for layout, other in beside.items():
            best = _with(best, other) if layout is not chosen else best
    return best


def _with(one: Found, other: Found) -> Found:
    """What two layouts found that stand one after the other: a list, and a table of acronyms."""
    apart = [each for each in other.laid if not _is_within(each.node)]
    laid = [each for each in one.laid if not _is_within(each.node)]
    if not apart or 2 * len(laid) < len(one.laid):  # a table that lists stand in, by letter
        return one
    names = {key_of(each.term) for each in laid}
    laid += [each for each in apart if key_of(each.term) not in names]
    return Found(sorted(laid, key=lambda each: each.line), one.lost)


def _is_within(node: Any) -> bool:  # noqa: ANN401
    """Whether something stands in what may define a term."""
    return any(tag_of(above) in _DEFINING for above in node.iterancestors())


def _sound(laid: list[Laid], layout: Layout, *, sure: bool) -> Found:
    """Those that have a term and a definition, without what stands at many as a label.

    In a layout that is ``sure`` to hold terms, one may be a letter, or a few signs; there, and as a
    heading, it may be long.
    """
    counts = Counter(key_of(each.term) for each in laid)
    sound = Found()
    if len(counts) > 1 and all(map(is_label, counts)):
        return sound
    labels = repeated(counts, max(_OFTEN if sure else 2, len(laid) // 10))
    for each in laid:
        term, name = each.term, key_of(each.term)
        told = any(c.isalpha() for block in each.blocks for c in block.text)
        named = is_term(term) or (len(term) < _FEW and (sure or not is_letter(term)))
        named = named or ((sure or layout is _headings) and is_name(term) and not is_letter(term))
        if (
            is_index(each)
            or is_called(term, "furniture")
            or (is_letter(term) and not (named and told))
        ):
            continue
        if name in labels:
            count = counts.pop(name, 0)  # it is said once
            why = f"“{term}” stands {count} times, and was taken for a label: rename each."
            sound.lost += [(each.line, why)] if count else []
        elif named and told:
            sound.laid.append(each)
        elif not named:
            why = f"“{term[:_SHOWN]}…” is too long for a term, and was not read: shorten it."
            sound.lost.append((each.line, why))
        elif not is_of_many(term):
            sound.lost.append((each.line, f"“{term}” has no definition: write one below it."))
    return sound


def _lists(root: Any, _page: Sequence[Block]) -> list[Laid]:  # noqa: ANN401
    """``<dl>``: terms one after the other share the definitions that follow."""
    own = next(elements(root, lambda n, t: t == "dl" and "glossary" in _classes(n)), None)

    def wanted(node: Any, tag: str) -> bool:  # noqa: ANN401
        if tag == "dl":
            return bool(_NO_LISTS.search(_classes(node))) or (
                own is not None and "glossary" not in _classes(node)
            )
        if tag == "dd":
            return not _holds_groups(node)
        return tag == "dt" or tag in HEADINGS

    laid: list[Laid] = []
    category, open_ended = "", False
    for node in elements(root, wanted):
        tag = tag_of(node)
        blocks = list(blocks_of(node)) if tag != "dl" else []
        text = " ".join(block.text for block in blocks).replace("\n", " ")
        if tag in HEADINGS:
            category, open_ended = ("" if tag == "h1" or is_letter(text) else text), False
        elif tag == "dt" and text:
            text = name_marked(blocks[0], text)
            if open_ended and len(laid[-1].term) == 1:  # a letter, under which it stands
                laid[-1].term, laid[-1].node = text, node
            elif open_ended:
                laid[-1].aliases.append(text)
            else:
                laid.append(Laid(text, node, [], blocks[0].line, category))
            open_ended = True
        elif tag == "dd" and laid:
            laid[-1].blocks.extend(blocks)
            open_ended = False
    return laid


def _is_marked(root: Any) -> bool:  # noqa: ANN401
    """Whether a list is marked as a glossary, of which one term is enough."""
    return (
        next(elements(root, lambda n, t: t == "dl" and "glossary" in _classes(n)), None) is not None
    )


def _holds_groups(node: Any) -> bool:  # noqa: ANN401
    """Whether a ``<dd>`` holds the list of a letter, and is no definition."""
    before = node.getprevious()
    if before is not None and tag_of(before) == "dt":
        if not is_letter("".join(islice(before.itertext(), 3)).strip()):
            return False
    elif (node.text or "").strip():
        return False
    return len(node) > 0 and tag_of(node[0]) == "dl"


def _headings(_root: Any, page: Sequence[Block]) -> list[Laid]:  # noqa: ANN401
    """Headings of the level that most distinct ones with text below are of."""
    votes: dict[str, set[str]] = {}
    for block, after in pairwise(page):
        named = block.tag in HEADINGS and is_term(block.text) and not known_heading(block.text)
        if named and after.tag not in HEADINGS:
            votes.setdefault(block.tag, set()).add(key_of(block.text))
    level = max(votes, key=lambda tag: (len(votes[tag]), tag), default="")
    texts = [key_of(b.text) for b in page if b.tag == level and not known_heading(b.text)]
    labels = repeated(Counter(texts), max(2, len(texts) // 10))
    begins, upper = _beginning(page, level), _upper(page, level)
    laid: list[Laid] = []
    category, shut = "", True
    for block, below in zip(page[begins:], [*page[begins + 1 :], None], strict=False):
        tag = block.tag
        if tag not in HEADINGS and below and below.tag <= level and is_letter(block.text):
            continue  # which the terms below begin with
        if tag in HEADINGS and tag < level:
            text = block.text.replace("\n", " ")
            category = "" if tag == "h1" or is_letter(text) else text
            shut = tag not in upper or below is None or below.tag in HEADINGS
            if not shut:
                laid.append(Laid(text, block.node, [], block.line))
        elif tag in HEADINGS and is_called(block.text, "furniture"):
            shut = True
        elif tag == level and not known_heading(block.text) and key_of(block.text) not in labels:
            laid.append(Laid(block.text.replace("\n", " "), block.node, [], block.line, category))
            shut = False
        elif not shut:
            laid[-1].blocks.append(block)
    return laid


def _upper(page: Sequence[Block], level: str) -> set[str]:
    """Levels above that of most terms that are of terms, too: most have but text below them."""
    places = [n for n, block in enumerate(page) if block.tag in HEADINGS]
    counts: Counter[str] = Counter()
    whole: Counter[str] = Counter()
    for n, following in zip(places, [*places[1:], len(page)], strict=False):
        tag = page[n].tag
        if "h1" < tag < level:
            deeper = following < len(page) and page[following].tag > tag
            counts[tag] += 1
            whole[tag] += following > n + 1 and not deeper and not known_heading(page[n].text)
    return {tag for tag in counts if whole[tag] >= _SEVERAL and 2 * whole[tag] >= counts[tag]}


def _beginning(page: Sequence[Block], level: str) -> int:
    """Where the terms of a page begin: at its title, or below that of their part, if one has it."""
    headings = [n for n, b in enumerate(page) if b.tag == level and not is_of_many(b.text)]
    titles = [n for n, b in enumerate(page) if "h1" <= b.tag <= level and is_of_many(b.text)]
    if not titles or sum(n > titles[-1] for n in headings) < _MOST * len(headings):
        return 0
    return titles[-1] + (page[titles[-1]].tag == level)


def _defined(_root: Any, page: Sequence[Block]) -> list[Laid]:  # noqa: ANN401
    """``<dfn>``: the paragraph that it stands in defines it."""
    return [
        Laid(term, node, [_after(term, block)], block.line)
        for block in page
        for node in block.defines
        if (term := " ".join(beginning(node).split()))
    ]


def _after(term: str, block: Block) -> Block:
    """A block without the term that it begins with, if a mark or a stop parts it from that."""
    parted = _PARTED.match(block.text, len(term)) if block.text.startswith(term) else None
    return replace(block, text=block.text[parted.end() :]) if parted else block


def _classes(node: Any) -> str:  # noqa: ANN401
    return node.get("class") or ""


def _quoted(root: Any, _page: Sequence[Block]) -> list[Laid]:  # noqa: ANN401
    """Short paragraphs, each with a ``<blockquote>`` below that defines it."""
    laid: list[Laid] = []
    for node in elements(root, lambda n, tag: tag == "blockquote" and _above(n) is not None):
        named = list(blocks_of(_above(node)))
        if len(named) == 1 and named[0].text[-1] not in _ENDS:
            laid.append(Laid(named[0].text, _above(node), list(blocks_of(node)), named[0].line))
    return laid


def _above(quote: Any) -> Any:  # noqa: ANN401
    """The paragraph above a quotation; None if something else stands there."""
    above = quote.getprevious()
    return above if above is not None and tag_of(above) == "p" else None


# A layout that is made for terms weighs more than one that any page may have.
_LAYOUTS: tuple[tuple[Layout, float], ...] = (
    (_lists, 2.0), (tables, 1.5), (details, 1.3), (accordions, 1.25), (cards, 1.2), (_defined, 1.1),
    (_headings, 1.0), (leads, 0.95), (_quoted, 0.9), (lines, 0.9),
    (pairs, 0.85),
)  # fmt: skip
# … and of these several may stand on a page, none within another's definitions.
_APART = (_lists, tables, details)
_DEFINING = frozenset({"dd", "td", "details"})
