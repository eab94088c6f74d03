"""One Markdown file with many terms: headings, definition lists, bold words, lists and tables."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import takewhile
from pathlib import PurePath

from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.formats.sites import paths
from knowledge.formats.sites.blocks import TERMS_APART, Block, Prose
from knowledge.formats.sites.drafts import made
from knowledge.formats.sites.gridded import Grid, columns_of, rows
from knowledge.formats.sites.labels import RECURRING
from knowledge.formats.sites.lead import Term, led
from knowledge.formats.sites.wording import (
    is_called,
    is_letter,
    is_part,
    is_plain,
    tells_of_terms,
)
from knowledge.words import fold

_MARKUP = re.compile(
    r"^(?:#{1,6}[ \t]+\S|(?:[-*+]|\d{1,3}[.)])[ \t]+"
    r"(?:\*\*|__|\[|`|<b>|\S[^\n]{0,80}?(?:[:：]|[ \t][-–—])[ \t])"
    r"|\*\*\S|__\S|:[ \t]+\S|\|?[ \t]*:?-{2,}:?[ \t]*\|[-:| \t]*$|[=-]{3,}[ \t]*$"
    r"|<d[tl]\b|```\{glossary\})",
    re.MULTILINE,
)
_TABLE = re.compile(r"^[ \t]*\|?[ \t]*:?-+:?[ \t]*\|[-:| \t]*$", re.MULTILINE)
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
    explicit = _believed(list(_explicit(blocks, titled=perhaps)))
    if dropped := _labels(explicit):
        explicit = _believed(list(_explicit(blocks, dropped, titled=perhaps)))
    headed = list(_headed(blocks, titled=perhaps and not paths.is_section(path)))
    if not titled and perhaps:
        headed = headed if len(headed) >= _SEVERAL else []
        titled = len(explicit) >= _SEVERAL
    if headed and _standing(headed, explicit):
        chosen = headed
    elif (len(explicit) > 1 and (titled or _fills(explicit, blocks))) or (
        titled and explicit and explicit[0].sure
    ):
        chosen = explicit
    else:
        return None
    return made(chosen, str(path), language)


def _believed(explicit: list[Term]) -> list[Term]:
    """Without headings, and remarks above a table or a list that holds most of the terms."""
    explicit = [term for term in explicit if not is_called(term.name, "unheaded")]
    sure = [term.line for term in explicit if term.sure]
    first = min(sure) if 2 * len(sure) > len(explicit) else 0
    return [term for term in explicit if term.line >= first]


def _labels(explicit: Sequence[Term]) -> frozenset[str]:
    """What begins no term: what recurs (“**Definition:**”), and what stands in a quotation."""
    counts = Counter(fold(term.name) for term in explicit if not term.sure)
    recurring = {name for name, count in counts.items() if count >= RECURRING}
    quoted = {fold(term.name) for term in explicit if term.quoted}
    if 2 * len(quoted) <= len(explicit):
        recurring |= quoted
    return frozenset(recurring)


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
    stand categories; where letters are headings, also terms, for want of care, and so do terms
    below it where no term is open.
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
    around = _around([n for n in headings if n not in titles and blocks[n].level <= level], apart)
    category, depth, within = "", 0, 0
    for place, n in enumerate(headings):
        block = blocks[n]
        if depth and block.level <= depth:
            category, depth = "", 0
        if block.level <= level:
            within = 0
        if within or n in titles or n in around or (lettered and is_letter(block.text)):
            continue
        if block.level < level and not (lettered and block.level in letters):
            category, depth = "" if is_letter(block.text) else block.text, block.level
        else:
            within = block.level  # deeper headings are parts of this
            deepest = max(block.level, level)
            stop = next(
                (m for m in headings[place + 1 :] if blocks[m].level <= deepest), len(blocks)
            )
            end = blocks[stop].line if stop < len(blocks) else _LAST
            below = list(takewhile(lambda b: b.kind != "rule", blocks[n + 1 : stop]))
            yield Term(block.text, below, block.line, end, category)


def _around(headings: Sequence[int], apart: Collection[int]) -> set[int]:
    """Those first and last of some headings that are apart; others may well be terms: “Scope”."""
    before = takewhile(lambda n: n in apart, headings)
    behind = takewhile(lambda n: n in apart, reversed(headings))
    return {*before, *behind}


def _says(below: Sequence[Block]) -> bool:
    return any(b.kind not in ("rule", "head", "row") and b.text for b in below)


def _is_apart(block: Block, *, lettered: bool) -> bool:
    if lettered and is_letter(block.text):
        return True
    return is_called(block.text, "apart") or is_called(block.text, "unheaded")


def _explicit(  # noqa: C901, PLR0912, PLR0915
    blocks: Sequence[Block], labels: frozenset[str] = frozenset(), *, titled: bool
) -> Iterator[Term]:
    """Terms of definition lists and tables, and those that lead a paragraph or an item."""
    category = ""
    grid: Grid | None = None
    current: Term | None = None
    aside = 0  # the level of the heading under which no terms stand
    n = 0
    while n < len(blocks):
        block = blocks[n]
        if block.kind == "heading" and (not aside or block.level <= aside):
            aside = block.level if is_called(block.text, "aside") else 0
        if aside:
            yield from [current] if current is not None else []
            current = None
            n += 1
            continue
        begun = led(blocks, n, category, titled=titled)
        if begun is not None and (
            fold(begun.name) in labels
            or is_part(begun.name)
            or (block.text == block.lead and tells_of_terms(block.text))
        ):
            begun = None
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
            if block.level == 1 or tells_of_terms(block.text) or is_plain(block.text):
                category = ""
        elif block.kind == "head":
            grid = columns_of(blocks, n, titled=titled)
        elif block.kind == "row" and grid is not None:
            yield from rows(block, grid, category)
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
