"""One Markdown file with many terms: headings, definition lists, bold words, lists and tables."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile
from pathlib import PurePath

from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.formats.draft import slug
from knowledge.formats.sites import paths
from knowledge.formats.sites.blocks import TERMS_APART, Block, Prose
from knowledge.formats.sites.drafts import RECURRING, made
from knowledge.formats.sites.gridded import columns_of, headless, rows
from knowledge.formats.sites.headings import borne, is_apart, says, tells
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
    r"|<d[tl]\b|```\{glossary\}|\[\[def[ \t]*:|\*\[[^\]\n]+\]:)",
    re.MULTILINE,
)
_TABLE = re.compile(r"^[ \t]*(?:\|[ \t]*)?:?-+:?[ \t]*\|[-:| \t]*$", re.MULTILINE)
_TITLE = re.compile(r"\s*(?:#[ \t]+\S|\[\[def[ \t]*:|[^\n]{1,80}\n:[ \t]+\S)")
_ASKS = ("?", "？", "؟")
_SEVERAL = 5
_FEW, _MANY = 4, 12
_ORDERLY = 0.8
_OPENING = 200  # characters
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
    if not titled and 3 * sum(term.name.endswith(_ASKS) for term in explicit) > len(explicit):
        explicit = []  # what is asked about one term, and answered
    if not perhaps and _is_of_one(explicit, path, title):
        explicit = []
    headed = list(_headed(blocks, titled=perhaps))
    if paths.is_section(path) and not _lists(headed):
        headed = list(_headed(blocks, titled=False))
    if not titled and perhaps:
        headed = headed if len(headed) >= _SEVERAL else []
        titled = len(explicit) >= _SEVERAL
    if headed and _standing(headed, explicit):
        chosen = headed
    elif len(explicit) > 1 and (titled or _fills(explicit, blocks)):
        chosen = explicit
    elif sure := _said_to_be(explicit, blocks, title):
        chosen = sure
    else:
        return None
    return made(chosen, str(path), language)


def _is_of_one(explicit: Sequence[Term], path: PurePath, title: str) -> bool:
    """Whether leads are labels of what a page says of one term.

    They are where one of them is “Definition” or the like, and where a page that its file is named
    after has but few.
    """
    stem = paths.entry_id(path).rpartition("/")[2] or path.stem
    labels = ("definition", "aliases", "example")
    if title and any(is_called(term.name, label) for term in explicit for label in labels):
        return True
    few = len(explicit) <= _SEVERAL and not any(term.sure for term in explicit)
    return few and bool(title) and fold(title) == fold(re.sub(r"[-_]+", " ", stem))


def _said_to_be(explicit: Sequence[Term], blocks: Sequence[Block], title: str) -> list[Term]:
    """The terms of a definition list that is all there is, or stands below “Terms” or the like."""
    sure = [term for term in explicit if term.sure]
    if len(sure) == 1 and len(explicit) == 1 and not title:
        return sure
    headings = [b.text for b in blocks if b.kind == "heading"]
    told = any(tells_of_terms(text, name) for text in headings for name in ("glossary", "lexicon"))
    return sure if told and len(sure) > 1 else []


def _lists(headed: Sequence[Term]) -> bool:
    """Whether headings are the terms of a glossary, and not the parts of a page about it.

    They follow the alphabet, or are named where they are defined, or there are many of them.
    """
    names = [fold(term.name) for term in headed]
    if len(names) < _FEW:
        return False
    rising = sum(a <= b for a, b in pairwise(names))
    named = sum(name in fold(t.text[:_OPENING]) for name, t in zip(names, headed, strict=True))
    return rising >= _ORDERLY * (len(names) - 1) or 2 * named >= len(names) or len(names) >= _MANY


def _unlabelled(explicit: list[Term]) -> list[Term]:
    """Without what recurs: “**Definition:**” labels a part of many entries, and is none."""
    counts = Counter(fold(term.name) for term in explicit)
    explicit = [
        t for t in explicit if not is_called(t.name.split()[0] if t.name else "", "unheaded")
    ]
    if any(t.sure and t.depth < 0 for t in explicit):  # then other tables are about something else
        explicit = [t for t in explicit if t.sure or t.depth >= 0]
    above: dict[str, set[str]] = {}
    for term in explicit:
        above.setdefault(fold(term.name), set()).add(term.category)
    return [
        t
        for t in explicit
        if counts[fold(t.name)] < RECURRING
        or not (is_label(t.name) or len(above[fold(t.name)]) >= RECURRING)
    ]


def _standing(headed: Sequence[Term], explicit: Sequence[Term]) -> bool:
    """Whether the terms are the headings, and what looks like terms below them is their text.

    Where the headings are but categories, most of them have several terms below.
    """
    starts = sorted(term.line for term in explicit)
    within = [bisect_left(starts, t.end) - bisect_right(starts, t.line) for t in headed]
    categories = sum(number > 1 for number in within)
    if sum(term.sure for term in explicit) > max(len(headed), 2):
        return False
    if len(explicit) - sum(within) > max(sum(within), len(headed)):
        return False  # they stand elsewhere
    if 2 * sum(_repeated(term, explicit, starts) for term in headed) >= len(headed):
        return True
    return 2 * categories < len(headed) or len(explicit) <= len(headed)


def _repeated(term: Term, explicit: Sequence[Term], starts: Sequence[int]) -> bool:
    """Whether what is defined first below a heading is the heading itself, in bold."""
    first = bisect_right(starts, term.line)
    if first == len(starts) or starts[first] >= term.end:
        return False
    name = fold(explicit[first].name)
    return bool(name) and fold(term.name).startswith(name)


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
    titles |= {
        n for n in headings if tells(blocks[n].text) and not says(blocks[n + 1 : following[n]])
    }
    apart = {n for n in headings if n in titles or is_apart(blocks[n], lettered=lettered)}
    counts = Counter(
        blocks[n].level for n in headings if n not in apart and says(blocks[n + 1 : following[n]])
    )
    if counts.total() < 2:  # noqa: PLR2004
        return
    level = counts.most_common(1)[0][0]
    linked = {slug(link.entry) for block in blocks for link in block.links if link.entry}
    own = {
        n
        for n in headings
        if blocks[n].level > level and slug(blocks[n].text) in linked - {""} and n not in apart
    }
    stops, stop = {}, len(blocks)
    for n in reversed(headings):
        stops[n] = stop
        stop = n if blocks[n].level <= level or n in own else stop
    category, depth = "", 0
    for n in headings:
        block = blocks[n]
        if depth and block.level <= depth:
            category, depth = "", 0
        if (lettered and is_letter(block.text)) or n in titles:
            continue
        if block.level > level and n not in own:
            continue
        if block.level < level and not (lettered and block.level in letters):
            category, depth = "" if tells(block.text) else block.text, block.level
        elif n not in apart:
            end = blocks[stops[n]].line if stops[n] < len(blocks) else _LAST
            below = list(takewhile(lambda b: b.kind != "rule", blocks[n + 1 : stops[n]]))
            below += borne(block)
            yield Term(block.text, below, block.line, end, category, anchor=block.anchor)


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
            if block.level == 1 or is_called(block.text, "apart") or tells(block.text):
                category = ""
        elif block.kind == "head":
            table = columns_of(block, titled=titled)
            if not any(cell.text for cell in block.cells):
                table, n = headless(blocks, n, titled=titled)
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
            defined += [each for b in names for each in borne(b)]
            term = Term(words[0], defined, names[0].line, 0, category, words[1:], sure=True)
            term.anchor = names[0].anchor
            yield term
            continue
        else:
            current = begun
        n += 1
    if current is not None:
        yield current
