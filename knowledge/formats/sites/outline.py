"""One Markdown file with many terms: headings, definition lists, bold words, lists and tables."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import takewhile
from pathlib import PurePath

from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.formats.sites import paths
from knowledge.formats.sites.blocks import TERMS_APART, Block, Prose
from knowledge.formats.sites.drafts import RECURRING, made
from knowledge.formats.sites.gridded import columns_of, rows
from knowledge.formats.sites.lead import Term, led
from knowledge.formats.sites.wording import (
    is_called,
    is_label,
    is_letter,
    tells_of_terms,
)
from knowledge.words import fold

_MARKUP = re.compile(
    r"^(?:#{1,6}[ \t]+\S|[-*+][ \t]+(?:\*\*|__|\[|`|<b>|\S[^\n]{0,80}?(?:[:：]|[ \t][-–—])[ \t])"
    r"|\*\*\S|__\S|:[ \t]+\S|\|?[ \t]*:?-{2,}:?[ \t]*\|[-:| \t]*$|[=-]{3,}[ \t]*$"
    r"|<d[tl]\b|```\{glossary\})",
    re.MULTILINE,
)
_TABLE = re.compile(r"^[ \t]*(?:\|[ \t]*)?:?-+:?[ \t]*\|[-:| \t]*$", re.MULTILINE)
_TITLE = re.compile(r"\s*#[ \t]+\S")
_SEVERAL = 5
_LAST = 1 << 60


def recognises(text: str) -> bool:
    """Whether a text looks like Markdown: it has a title, or two lines that may begin terms."""
    found = _MARKUP.finditer(text)
    if _TABLE.search(text):
        return True
    return (
        _TITLE.match(text) is not None or sum(1 for _, _ in zip(range(2), found, strict=False)) > 1
    )


def entries(
    found: Prose, path: PurePath, title: str, language: str
) -> Iterator[Entry | Fault] | None:
    """The entries of a text that holds many terms, or None if it does not.

    ``title`` is what the text or its front matter is called: what calls itself a glossary is
    believed to be one; other texts are if little else is in them.
    """
    blocks = found.blocks
    names = [title] if paths.is_index(path) else [title, path.stem]
    titled = any(tells_of_terms(name) for name in names)
    perhaps = titled or any(tells_of_terms(name, "lexicon") for name in names)
    explicit = _unlabelled(list(_explicit(blocks, titled=perhaps)))
    headed = list(_headed(blocks, titled=perhaps and not paths.is_section(path)))
    if not titled and perhaps:
        headed = headed if len(headed) >= _SEVERAL else []
        titled = len(explicit) >= _SEVERAL
    if headed and _standing(headed, explicit):
        chosen = headed
    elif len(explicit) > 1 and (titled or _fills(explicit, blocks)):
        chosen = explicit
    else:
        return None
    return made(chosen, str(path), language)


def _unlabelled(explicit: list[Term]) -> list[Term]:
    """Without what recurs: “**Definition:**” labels a part of many entries, and is none."""
    counts = Counter(fold(term.name) for term in explicit)
    explicit = [
        t for t in explicit if not is_called(t.name.split()[0] if t.name else "", "unheaded")
    ]
    return [t for t in explicit if counts[fold(t.name)] < RECURRING or not is_label(t.name)]


def _standing(headed: Sequence[Term], explicit: Sequence[Term]) -> bool:
    """Whether the terms are the headings, and what looks like terms below them is their text.

    Where the headings are but categories, most of them have several terms below.
    """
    starts = sorted(term.line for term in explicit)
    within = (bisect_left(starts, t.end) - bisect_right(starts, t.line) for t in headed)
    categories = sum(number > 1 for number in within)
    if sum(term.sure for term in explicit) > max(len(headed), 2):
        return False
    return 2 * categories < len(headed) or len(explicit) <= len(headed)


def _fills(explicit: Sequence[Term], blocks: Sequence[Block]) -> bool:
    """Whether three terms or more, with their definitions, are most of a text."""
    lines = {term.line for term in explicit}
    of_rows = sum(len(b.text) for b in blocks if b.kind == "row" and b.line in lines)
    said = sum(len(term.name) + len(term.text) for term in explicit if not term.sure)
    listed = sum(len(b.text) for b in blocks if b.kind in ("term", "definition"))
    whole = sum(len(b.text) for b in blocks if b.kind not in ("heading", "rule", "head"))
    return len(explicit) > 2 and of_rows + said + listed > 0.6 * whole  # noqa: PLR2004


def _headed(blocks: Sequence[Block], *, titled: bool) -> Iterator[Term]:
    """The headings that are terms, each with what stands below it.

    The level of most of those that have text of their own is the level of the terms. Above it
    stand categories; where letters are headings, also terms, for want of care.
    """
    headings = [n for n, block in enumerate(blocks) if block.kind == "heading"]
    following = dict(zip(headings, [*headings[1:], len(blocks)], strict=False))
    letters = {blocks[n].level for n in headings if is_letter(blocks[n].text)}
    lettered = sum(is_letter(blocks[n].text) for n in headings) > 1
    if not lettered and not titled:
        return
    first = [n for n in headings if blocks[n].level == 1]
    titles = {n for n in first if len(first) == 1}
    titles |= {n for n in headings if tells_of_terms(blocks[n].text)}
    apart = {n for n in headings if n in titles or _is_apart(blocks[n], lettered=lettered)}
    counts = Counter(
        blocks[n].level for n in headings if n not in apart and _says(blocks[n + 1 : following[n]])
    )
    if counts.total() < 2:  # noqa: PLR2004
        return
    level = counts.most_common(1)[0][0]
    stops, stop = {}, len(blocks)
    for n in reversed(headings):
        stops[n] = stop
        stop = n if blocks[n].level <= level else stop
    category, depth = "", 0
    for n in headings:
        block = blocks[n]
        if depth and block.level <= depth:
            category, depth = "", 0
        if (lettered and is_letter(block.text)) or n in titles or block.level > level:
            continue
        if block.level < level and not (lettered and block.level in letters):
            category, depth = block.text, block.level
        elif n not in apart:
            end = blocks[stops[n]].line if stops[n] < len(blocks) else _LAST
            below = list(takewhile(lambda b: b.kind != "rule", blocks[n + 1 : stops[n]]))
            yield Term(block.text, below, block.line, end, category)


def _says(below: Sequence[Block]) -> bool:
    return any(b.kind not in ("rule", "head", "row") and b.text for b in below)


def _is_apart(block: Block, *, lettered: bool) -> bool:
    if lettered and is_letter(block.text):
        return True
    return is_called(block.text, "apart") or is_called(block.text, "unheaded")


def _explicit(  # noqa: C901, PLR0912
    blocks: Sequence[Block], *, titled: bool
) -> Iterator[Term]:
    """Terms of definition lists and tables, and those that lead a paragraph or an item."""
    category = ""
    table: dict[str, int] = {}
    current: Term | None = None
    n = 0
    while n < len(blocks):
        block = blocks[n]
        begun = led(blocks, n, category, titled=titled)
        new = begun is not None and block.strong and current is not None
        new = new and current is not None and block.level <= current.depth
        if not new and current is not None and current.takes(block):
            current.blocks.append(block)
            n += 1
            continue
        if current is not None:
            yield current
            current = None
        if block.kind == "heading":
            apart = is_letter(block.text) or is_called(block.text, "unheaded")
            category = category if is_letter(block.text) else "" if apart else block.text
            if block.level == 1 or is_called(block.text, "apart") or tells_of_terms(block.text):
                category = ""
        elif block.kind == "head":
            table = columns_of(block, titled=titled)
        elif block.kind == "row" and table:
            yield from rows(block, table, category)
        elif block.kind == "term":
            names: list[Block] = []
            while n < len(blocks) and blocks[n].kind == "term":
                names.append(blocks[n])
                n += 1
            defined: list[Block] = []
            while n < len(blocks) and blocks[n].kind != "term":
                if blocks[n].kind != "definition" and not (defined and blocks[n].level):
                    break
                defined.append(blocks[n])
                n += 1
            words = [word for b in names for word in b.text.split(TERMS_APART)]
            yield Term(words[0], defined, names[0].line, 0, category, words[1:], sure=True)
            continue
        else:
            current = begun
        n += 1
    if current is not None:
        yield current
