"""Layouts: the ways in which a web page sets out many terms, each with its definition."""

import re
from collections.abc import Callable, Sequence
from itertools import islice, pairwise
from typing import Any

from knowledge.formats.draft import known_heading
from knowledge.formats.pages.carded import cards
from knowledge.formats.pages.furniture import HEADINGS, elements, tag_of
from knowledge.formats.pages.hypertext import Block, blocks_of
from knowledge.formats.pages.laid import Laid, is_index, is_letter, is_term
from knowledge.formats.pages.tabled import tables
from knowledge.words import fold

_FEW = 5
_ENDS = ".:;,!?؟。：、،؛"
_SEPARATOR = re.compile(r"\s*(?::|：|\s[–—-]\s|[–—]|\s=\s|،\s)\s*")
_PLAIN = re.compile(r"[^\n:：.!?؟–—]{1,80}?\s*(?::|：|\s[–—-]\s)\s*(?=\S)")
_NO_LISTS = re.compile(
    r"(?:^|\s)(?:toc|footnotes?|citation|field-list|option-list|py|c|cpp|js|std|rst|class|function|"
    r"method|attribute|data|exception|module|property|confval)(?=\s|$)"
)


def found(root: Any, page: Sequence[Block]) -> list[Laid]:  # noqa: ANN401
    """The terms of a page, from the layout that most of them are in; none if it has but one.

    Args:
        root: the element with its text.
        page: the blocks of that.
    """
    best: list[Laid] = []
    most = 0.0
    for layout, weight in _LAYOUTS:
        laid = _sound(layout(root, page), sure=weight > 1)
        count = len({fold(each.term) for each in laid}) * weight
        if len(laid) > (layout is not _lists or not _is_marked(root)) and count > most:
            best, most = laid, count
    return best


def _sound(laid: list[Laid], *, sure: bool) -> list[Laid]:
    """Those that have a term and a definition, without what stands at many as a label.

    In a layout that is ``sure`` to hold terms, one may be a letter, or a few signs.
    """
    counts: dict[str, int] = {}
    for each in laid:
        counts[fold(each.term)] = counts.get(fold(each.term), 0) + 1
    few = max(5 if sure else 2, len(laid) // 10)
    return [
        each
        for each in laid
        if any(c.isalpha() for block in each.blocks for c in block.text)
        and not is_index(each)
        and (is_term(each.term) or (sure and len(each.term) < _FEW))
        and counts[fold(each.term)] <= few
    ]


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


def _folds(root: Any, _page: Sequence[Block]) -> list[Laid]:  # noqa: ANN401
    """``<details>``, with the term as its ``<summary>``."""
    laid: list[Laid] = []

    def wanted(node: Any, tag: str) -> bool:  # noqa: ANN401
        if tag != "details" or not len(node):
            return False
        return next(elements(node, lambda _, inner: inner == "details"), None) is None

    for node in elements(root, wanted):
        summary = next((child for child in node if tag_of(child) == "summary"), None)
        named = list(blocks_of(summary)) if summary is not None else []
        if named:
            term = " ".join(block.text for block in named)
            laid.append(Laid(term, summary, list(blocks_of(node, summary)), named[0].line))
    return laid


def _headings(_root: Any, page: Sequence[Block]) -> list[Laid]:  # noqa: ANN401
    """Headings of the level that most distinct ones with text below are of."""
    votes: dict[str, set[str]] = {}
    for block, after in pairwise(page):
        named = block.tag in HEADINGS and is_term(block.text) and not known_heading(block.text)
        if named and after.tag not in HEADINGS:
            votes.setdefault(block.tag, set()).add(fold(block.text))
    level = max(votes, key=lambda tag: (len(votes[tag]), tag), default="")
    laid: list[Laid] = []
    category, shut = "", True
    for block in page:
        tag = block.tag
        if tag in HEADINGS and tag < level:
            text = block.text.replace("\n", " ")
            category = "" if tag == "h1" or is_letter(text) else text
            shut = True
        elif tag == level and not known_heading(block.text):
            laid.append(Laid(block.text.replace("\n", " "), block.node, [], block.line, category))
            shut = False
        elif not shut:
            laid[-1].blocks.append(block)
    return laid


def _leads(_root: Any, page: Sequence[Block]) -> list[Laid]:  # noqa: ANN401
    """Paragraphs and items that begin with the term in bold, or in another mark and a colon."""
    return _led(page, _lead)


def _lines(_root: Any, page: Sequence[Block]) -> list[Laid]:  # noqa: ANN401
    """Paragraphs and items that begin with the term and a colon or a dash, most of the page."""
    laid = _led(page, lambda block: match.end() if (match := _PLAIN.match(block.text)) else 0)
    texts = sum(1 for block in page if block.tag not in HEADINGS)
    return laid if len(laid) * 3 >= texts * 2 else []


def _led(page: Sequence[Block], end: Callable[[Block], int]) -> list[Laid]:
    laid: list[Laid] = []
    category, shut = "", True
    for block in page:
        if block.tag in HEADINGS:
            category = "" if block.tag == "h1" or is_letter(block.text) else block.text
            shut = True
        elif length := end(block):
            term = re.sub(r"[\s:：–—-]+$", "", block.text[:length].replace("\n", " "))
            rest = block.text[length:].strip()
            laid.append(Laid(term, block.node, [], block.line, category))
            if rest:
                block = Block(rest, block.line, block.tag, block.links)  # noqa: PLW2901
                laid[-1].blocks.append(block)
            shut = False
        elif not shut:
            laid[-1].blocks.append(block)
    return laid


def _lead(block: Block) -> int:
    """Where the term ends that a block begins with, and what parts it from the rest; else 0."""
    lead = block.lead.rstrip(" :：–—-")
    if not lead or known_heading(lead) or not block.text.startswith(block.lead):
        return 0
    rest = block.text[len(block.lead) :]
    parted = _SEPARATOR.match(rest)
    if parted or block.lead != lead:
        return len(block.lead) + (parted.end() if parted else 0)
    if not block.bold or block.tag in HEADINGS:
        return 0
    return len(block.lead) if not rest or rest[0] in " \n(" else 0


def _defined(_root: Any, page: Sequence[Block]) -> list[Laid]:  # noqa: ANN401
    """``<dfn>``: the paragraph that it stands in defines it."""
    return [
        Laid(term, block.node, [block], block.line)
        for block in page
        for term in block.defines
        if term
    ]


def _classes(node: Any) -> str:  # noqa: ANN401
    return node.get("class") or ""


def _quoted(root: Any, _page: Sequence[Block]) -> list[Laid]:  # noqa: ANN401
    """Short paragraphs, each with a ``<blockquote>`` below that defines it."""
    laid: list[Laid] = []
    for node in elements(root, lambda n, tag: tag == "blockquote" and _named(n) is not None):
        named = list(blocks_of(_named(node)))
        if len(named) == 1 and named[0].text[-1] not in _ENDS:
            laid.append(Laid(named[0].text, _named(node), list(blocks_of(node)), named[0].line))
    return laid


def _named(quote: Any) -> Any:  # noqa: ANN401
    """The paragraph above a quotation; None if something else stands there."""
    above = quote.getprevious()
    return above if above is not None and tag_of(above) == "p" else None


# A layout that is made for terms weighs more than one that any page may have.
_LAYOUTS: tuple[tuple[Callable[[Any, Sequence[Block]], list[Laid]], float], ...] = (
    (_lists, 2.0), (tables, 1.5), (_folds, 1.3), (cards, 1.2), (_defined, 1.1), (_headings, 1.0),
    (_leads, 0.95), (_quoted, 0.9), (_lines, 0.9),
)  # fmt: skip
