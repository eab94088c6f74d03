"""Choice: whether the terms of a Markdown text are its headings, or what stands below these."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import chain, pairwise

from knowledge.formats.sites.labels import labelled
from knowledge.formats.sites.lead import Term
from knowledge.formats.sites.wording import begins_as, name_and_aliases, tells_of_terms
from knowledge.language.words import fold

_FEWEST, _SEVERAL, _MANY = 2, 4, 12
_ORDERLY = 0.8
_PREFIXED = re.compile(r"(?:\d[\d.]*\s+)?([^\W\d][^:：]{0,40}?)\s*[:：]\s*(\S.*)")
"""Of a heading, what it says of its term, and the term."""
_OPENING = 200  # characters


def are_terms(headed: Sequence[Term]) -> bool:
    """Whether headings are the terms of a glossary, and not the parts of a page about it.

    They follow the alphabet, or are named where they are defined, or there are many of them.
    """
    names = [fold(term.name) for term in headed]
    if len(names) < _SEVERAL:
        return False
    rising = sum(a <= b for a, b in pairwise(names))
    named = sum(name in fold(t.text[:_OPENING]) for name, t in zip(names, headed, strict=True))
    return rising >= _ORDERLY * (len(names) - 1) or 2 * named >= len(names) or len(names) >= _MANY


def of_headings(headed: Sequence[Term], explicit: Sequence[Term]) -> list[Term]:
    """The terms that are headings, with others that stand beside them; none if they are none.

    Where some headings are defined behind a label, those with other terms below are categories.
    """
    below = {each.line: [t for t in explicit if each.line < t.line < each.end] for each in headed}
    lists = {t.line for t in headed if tells_of_terms(t.name, "lexicon") and len(below[t.line]) > 1}
    if not headed or not _are_standing(headed, explicit):
        if sum(map(_is_defined, headed)) < _FEWEST:
            return []
        lists |= {t.line for t in headed if len(below[t.line]) > 1 and not _is_defined(t)}
    _unprefixed([t for t in headed if t.line not in lists])
    terms = chain.from_iterable(below[t.line] if t.line in lists else [t] for t in headed)
    return sorted([*terms, *_beside(headed, explicit)], key=lambda term: term.line)


def _unprefixed(headed: Sequence[Term]) -> None:
    """Takes what all headings begin with, and say of each, from their names: “Entity: Tide”."""
    found = [_PREFIXED.fullmatch(term.name) for term in headed]
    if len(found) >= _SEVERAL - 1 and len({match and fold(match[1]) for match in found}) == 1:
        for term, match in zip(headed, found, strict=True):
            term.name = match[2] if match else term.name


def _are_standing(headed: Sequence[Term], explicit: Sequence[Term]) -> bool:
    """Whether the terms are the headings, and what looks like terms below them is their text.

    Where the headings are but categories, most of them have several terms below.
    """
    starts = sorted(term.line for term in explicit)
    sure = sorted(term.line for term in explicit if term.sure)
    within, rows = ([_within(term, each) for term in headed] for each in (starts, sure))
    categories = sum(number > 1 for number in within)
    own = len(sure) == sum(rows) and 2 * sum(map(bool, rows)) < len(headed)  # tables of few terms
    if len(sure) > max(len(headed), 2) and not (own and are_terms(headed)):
        return False
    if _lists(explicit, headed):
        return True
    if len(explicit) - sum(within) > max(sum(within), len(headed)):
        return False  # they stand elsewhere
    if 2 * sum(_repeated(each, explicit, starts) or _is_defined(each) for each in headed) >= len(
        headed
    ):
        return True
    return 2 * categories < len(headed) or len(explicit) <= len(headed)


def _lists(explicit: Sequence[Term], headed: Sequence[Term]) -> bool:
    """Whether what stands above the headings lists them, with a word on each."""
    names = {fold(term.name) for term in headed}
    above = {fold(term.name) for term in explicit if term.line < headed[0].line}
    listed = len(above & names)
    return listed > 1 and 2 * listed >= max(len(names), len(above))


def _within(term: Term, lines: Sequence[int]) -> int:
    """How many of some lines stand below a heading that is a term."""
    return bisect_left(lines, term.end) - bisect_right(lines, term.line)


def _beside(headed: Sequence[Term], explicit: Sequence[Term]) -> list[Term]:
    """The rows of a table, or of a list of definitions, that stands under no heading of a term."""
    names = {fold(name_and_aliases(term.name)[0]) for term in headed}
    starts = [term.line for term in headed]
    return [
        term
        for term in explicit
        if term.sure
        and fold(term.name) not in names
        and (not (n := bisect_right(starts, term.line)) or headed[n - 1].end <= term.line)
    ]


def _is_defined(term: Term) -> bool:
    """Whether what a heading means stands below it behind a label: “**Definition:** …”."""
    if not term.blocks:
        return False
    first = term.blocks[0]
    headed = first.kind == "heading" and begins_as(first.text, "definition")
    return headed or labelled(first)[0] == "definition"


def _repeated(term: Term, explicit: Sequence[Term], starts: Sequence[int]) -> bool:
    """Whether what is defined first below a heading is the heading itself, in bold."""
    first = bisect_right(starts, term.line)
    if first == len(starts) or starts[first] >= term.end:
        return False
    name = fold(explicit[first].name)
    return bool(name) and fold(term.name).startswith(name)
