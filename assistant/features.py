"""Features: what speaks for a claim and against it, beside some words of a passage."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from assistant.alignment import Pair, Source, paired
from assistant.order import counted, exchanged, framed, lonely, stray, turned_round
from assistant.polarity import stronger, turned, unlimited
from assistant.statement import Statement, Term
from assistant.wording import HEDGES, wording

_GAP = 4  # words in the place of which others stand
_YEARS = range(1500, 2100)
_NAMED = 3  # words before “colleagues” that name a person, “and” among them
_BLOCK = 3  # words that a sentence of several must bear out together
_COUNTED = 4.0  # what is counted is counted up to here


class Features(NamedTuple):
    """What speaks for a claim and against it; counts are of the claim's words, up to four."""

    covered: float
    """The part of the claim's content that stands in the span, 0 to 1."""
    own: float
    """How many words beside the names of what the span is about, and numbers, stand in it."""
    light: float
    """How many words that say little do not stand there."""
    plain: float
    """How many others that the wording lists."""
    polar: float
    """How many of these have an opposite."""
    compared: float
    """How many of the missing words compare: more, less, fewer."""
    reused: float
    """How many words stand for one that another word of the claim stands for too."""
    rare: float
    """How many that it does not list."""
    strange: float
    """How many that are names, terms of the glossary, or stand elsewhere in the passage."""
    replaced: float
    """How many missing words of any weight stand in the place of others of the span."""
    run: float
    """How many missing words follow each other, beyond the first."""
    stronger: float
    """How many classes of strong words (all, only, must) the claim has and the span has not."""
    unhedged: float
    """How many classes of hedges the span has, where the claim has none at all."""
    turned: float
    """How many words are negated on one side only, or stand for their opposites."""
    numbers: float
    """How many numbers of the claim the span does not have."""
    names: float
    """How many names of the claim the span does not have."""
    exchanged: float
    """Whether two things have changed places."""
    framed: float
    """How many words that stand elsewhere in the span stand here in the place of another."""
    lonely: float
    """How many words of weight have none of their neighbours near them in the span."""
    stray: float
    """How many numbers have none of their neighbours near them in the span."""
    counted: float
    """How many numbers count something that the span counts with another number."""
    unlimited: float
    """Whether the span says “only” and the claim does not."""
    caused: float
    """Whether the claim gives a cause and the span none."""
    long: float
    """How many sentences the span has beyond the first."""
    thin: float
    """Of the span's sentences, the part of the least used one that the claim leaves out, 0 to 1;
    0 where the span has one sentence."""
    scattered: float
    """How many times the claim takes less than three words together from one of the sentences."""


def features(claim: Statement, source: Source, known: frozenset[str] = frozenset()) -> Features:
    """What speaks for a claim and against it; ``known``: stems of the glossary's terms."""
    words = wording(claim.language)
    span = source.span
    pairs = paired(claim, source)
    content = claim.content
    missing = [n for n in content if n not in pairs]
    heavy = [n for n in missing if not claim.terms[n].light]
    strange = [n for n in heavy if _is_strange(claim.terms[n], known | source.elsewhere)]
    met = {pair.span for pair in pairs.values()}
    found = Features(
        covered=sum(pair.worth for pair in pairs.values()) / max(1, len(content)),
        own=sum(not claim.terms[n].stems & source.context for n in pairs) + len(claim.numbers),
        light=len(missing) - len(heavy),
        plain=sum(claim.terms[n].known for n in heavy if n not in strange),
        polar=sum(bool(words.sides_of(claim.terms[n].text)) for n in heavy if n not in strange),
        compared=sum(claim.terms[n].compares for n in missing),
        reused=_reused(claim, pairs),
        rare=sum(not claim.terms[n].known for n in heavy if n not in strange),
        strange=len(strange),
        replaced=_replaced(claim, span, pairs),
        run=_run(content, pairs),
        stronger=stronger(claim, span, pairs),
        unhedged=sum(span.has(c) for c in HEDGES) * (not any(claim.has(c) for c in HEDGES)),
        turned=turned(claim, span, pairs, missing, words) + turned_round(claim, span, pairs),
        numbers=_numbers(claim, span),
        names=sum(claim.terms[n].name or _has_colleagues(claim, n) for n in missing),
        exchanged=exchanged(claim, span, pairs),
        framed=framed(claim, span, pairs),
        lonely=lonely(claim, span, pairs),
        stray=stray(claim, span, pairs),
        counted=counted(claim, span),
        unlimited=unlimited(claim, span, pairs),
        caused=claim.has("cause") and not span.has("cause"),
        long=len(source.parts) - 1,
        thin=_thin(span, source.parts, met),
        scattered=_scattered(source.parts, pairs),
    )
    return Features(*(min(_COUNTED, float(value)) for value in found))


def _numbers(claim: Statement, span: Statement) -> int:
    """Numbers that the span has not, or not as often; a “one” may be a pronoun."""
    mine, its = (Counter(each.terms[n].number for n in each.numbers) for each in (claim, span))
    spelt = sum(
        claim.terms[n].number == 1 and not claim.terms[n].text[0].isdigit() for n in claim.numbers
    )
    mine[1.0] -= spelt
    return sum(
        (value not in its) + (value in its and count > its[value] and value in _YEARS)
        for value, count in mine.items()
        if count > 0
    )


def _has_colleagues(claim: Statement, n: int) -> bool:
    """Whether a word stands right before “and colleagues”: it is a name."""
    behind = claim.terms[n + 1 : n + 1 + _NAMED]
    return any("company" in term.classes for term in behind)


def _is_strange(term: Term, known: frozenset[str]) -> bool:
    return term.name or term.coded or not term.stems.isdisjoint(known)


def _reused(claim: Statement, pairs: dict[int, Pair]) -> int:
    used = [p.span for n, p in pairs.items() if p.span is not None and not claim.terms[n].light]
    return len(used) - len(set(used))


def _run(content: list[int], pairs: dict[int, Pair]) -> int:
    longest = now = 0
    for n in content:
        now = 0 if n in pairs else now + 1
        longest = max(longest, now)
    return max(0, longest - 1)


def _thin(span: Statement, parts: Sequence[int], met: set[int | None]) -> float:
    if len(parts) == 1:
        return 0.0
    ends = (*parts[1:], len(span.terms))
    used = []
    for start, end in zip(parts, ends, strict=True):
        content = [n for n in span.content if start <= n < end]
        used.append(sum(n in met for n in content) / max(1, len(content)))
    return 1.0 - min(used)


def _scattered(parts: Sequence[int], pairs: dict[int, Pair]) -> int:
    if len(parts) == 1:
        return 0
    placed = [pair.span for _, pair in sorted(pairs.items()) if pair.span is not None]
    sentences = [sum(start <= m for start in parts) for m in placed]
    blocks: list[int] = []
    for n, sentence in enumerate(sentences):
        if n and sentence == sentences[n - 1]:
            blocks[-1] += 1
        else:
            blocks.append(1)
    return sum(block < _BLOCK for block in blocks)


def _replaced(claim: Statement, span: Statement, pairs: dict[int, Pair]) -> int:
    """Missing words that stand where the span has others, between words that both have."""
    taken = {pair.span for pair in pairs.values() if pair.span is not None}
    free = [m for m in span.content if m not in taken and not span.terms[m].light]
    count, gap, before = 0, 0, -1
    for n in [*claim.content, len(claim.terms)]:
        if n < len(claim.terms) and n not in pairs:
            gap += not claim.terms[n].light
            continue
        after = pairs[n].span if n in pairs else len(span.terms)
        if after is None:
            continue
        if gap and before < after:
            between = sum(before < m < after for m in free)
            if between <= _GAP:
                count += min(gap, between)
        gap, before = 0, after
    return count
