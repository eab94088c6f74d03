"""Alignment: which words of a passage the words of a claim stand for."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.statement import Statement, Term
from assistant.wording import wording

_ALIKE = 0.9  # what a word that can stand for another is worth, beside the same one
_ROOTED = 0.85  # one of the same root
_DERIVED = 0.8  # and one spelt alike: predict, prediction
_BEGINNING = 5  # letters at the beginning in common, from which words are taken for derived
_IN_PART = 0.7  # and the part of the longer that these are
_NEAR = 3  # words of content on either side that tell which of equal words is meant


@dataclass(frozen=True, slots=True)
class Pair:
    """A word of the claim with the word of the span that it stands for."""

    claim: int
    span: int | None
    """None where the context (the term that the passage is about) has it."""
    worth: float


@dataclass(frozen=True, slots=True)
class Source:
    """Some sentences of a passage that may bear a claim out."""

    span: Statement
    parts: tuple[int, ...]
    """Where each of the sentences begins, counted in terms."""
    context: frozenset[str]
    """Stems of the term that the passage is about."""
    elsewhere: frozenset[str]
    """Stems of the passage's other sentences."""


def coverage(claim: Statement, stems: frozenset[str]) -> float:
    """The part of a claim's content that has a stem among some, 0 to 1: a quick first look."""
    content = claim.content
    return sum(
        not (claim.terms[n].stems | claim.terms[n].roots).isdisjoint(stems) for n in content
    ) / max(1, len(content))


def paired(claim: Statement, source: Source) -> dict[int, Pair]:
    """For each word of the claim the best word of the span; of equal ones, that among its like."""
    span = source.span
    beside = span.content
    choices: dict[int, list[tuple[int, float]]] = {}
    for n in claim.content:
        term = claim.terms[n]
        valued = [(m, worth(term, span.terms[m])) for m in beside]
        best = max((value for _, value in valued), default=0.0)
        choices[n] = [(m, value) for m, value in valued if value and value > best - 0.06]
    found: dict[int, Pair] = {}
    last = -1
    used: set[int] = set()
    order = {m: place for place, m in enumerate(beside)}
    content = claim.content
    for place, n in enumerate(content):
        options = choices[n]
        if len(options) > 1:
            near = content[max(0, place - _NEAR) : place + _NEAR + 1]
            options = [
                max(
                    options,
                    key=lambda o: (
                        _company(o[0], n, near, choices, order),
                        o[0] not in used,
                        o[1],
                        -abs(o[0] - last - 1),
                    ),
                )
            ]
        if options and (options[0][1] == 1 or claim.terms[n].stems.isdisjoint(source.context)):
            found[n] = Pair(n, *options[0])
            last = options[0][0]
            used.add(last)
        elif not claim.terms[n].stems.isdisjoint(source.context):
            found[n] = Pair(n, None, 1.0)
    return found


def _company(
    m: int,
    n: int,
    near: Sequence[int],
    choices: dict[int, list[tuple[int, float]]],
    order: dict[int, int],
) -> float:
    """How many of a word's neighbours could stand beside a word of the span, as far from it."""
    here, company = near.index(n), 0.0
    for place, other in enumerate(near):
        apart = [order[o] - order[m] for o, _ in choices[other] if o != m]
        if other != n and any(abs(steps) <= _NEAR for steps in apart):
            company += 1.0 + 0.5 * (place - here in apart)
    return company


def worth(term: Term, other: Term) -> float:
    """What a word of the span is worth for one of the claim, 0 to 1."""
    if term.coded or other.coded:
        return float(term.text == other.text)
    if not term.stems.isdisjoint(other.stems):
        return 1.0
    return _worth(term, other)


@lru_cache(maxsize=65536)
def _alike(language: str, first: frozenset[str], second: frozenset[str]) -> bool:
    return wording(language).alike(first, second)


def _worth(term: Term, other: Term) -> float:
    language = "en" if term.text.isascii() else "ar"
    if wording(language).opposed(term.text, other.text):
        return 0.0
    if _alike(language, term.stems | term.roots, other.stems | other.roots):
        return _ALIKE
    if not term.roots.isdisjoint(other.roots):
        return _ROOTED
    return _DERIVED if _derived(term.text, other.text) else 0.0


def _derived(first: str, second: str) -> bool:
    """Whether two words begin alike, by most of the longer one."""
    if first[:_BEGINNING] != second[:_BEGINNING]:
        return False
    common = next(
        (n for n, (a, b) in enumerate(zip(first, second, strict=False)) if a != b),
        min(len(first), len(second)),
    )
    return common >= _BEGINNING and common >= _IN_PART * max(len(first), len(second))
