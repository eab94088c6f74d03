"""Polarity: whether a claim denies, limits or strengthens what a passage says."""

from assistant.alignment import Pair, worth
from assistant.statement import Statement
from assistant.wording import HEDGES, STRENGTHS, Wording

_UN = "غير"  # it negates the one word behind it, as “un-” does
_DENYING = 4  # words behind one that denies within which it does
_ONLY = 2  # words on either side of “only” that it limits
_NEAR = 3  # words behind a negated one that tell what it is said of


def turned(
    claim: Statement, span: Statement, pairs: dict[int, Pair], missing: list[int], words: Wording
) -> int:
    """Words negated on one side only, negations without their like, and opposites."""
    count = 0
    denied = any(
        not t.classes.isdisjoint(("negation", "denial")) and t.text != _UN for t in span.terms
    )
    for n, pair in pairs.items():
        if pair.span is None:
            continue
        if claim.terms[n].negated == span.terms[pair.span].negated:
            count += claim.terms[n].negated and _is_of_another(n, pair.span, claim, span)
            continue
        by_other = _is_denied(span, pair.span) if claim.terms[n].negated else _is_denied(claim, n)
        count += not by_other
    taken = {pair.span for pair in pairs.values()}
    count += _lost(claim, span, pairs) + _uneven(claim, span, denied=denied)
    here, there = ({term.text for term in each.terms} for each in (claim, span))
    free = [span.terms[m] for m in span.content if m not in taken]
    loose = [*free, *(t for t in span.terms if not t.content and t.text not in here)]
    for n, term in enumerate(claim.terms):
        count += term.text not in there and any(
            words.opposed(term.text, other.text) and term.negated == other.negated
            for other in loose
        )
        count += n in missing and term.negated and not denied
    prefixed = {p + t.text for p in words.prefixes for t in span.terms if t.content}
    prefixed_here = {p + claim.terms[n].text for p in words.prefixes for n in claim.content}
    count += sum(claim.terms[n].text in prefixed and not claim.terms[n].negated for n in missing)
    count += sum(t.text in prefixed_here and not t.negated for t in free)
    return count


def stronger(claim: Statement, span: Statement, pairs: dict[int, Pair]) -> int:
    """Classes of strong words that only the claim has; superlatives one by one."""
    count = sum(
        claim.count(c) > span.count(c) + (c == "all") * span.count("each")
        for c in STRENGTHS
        if c != "superlative"
    )
    for n, term in enumerate(claim.terms):
        if "superlative" in term.classes and n not in pairs:
            count += not any(
                "superlative" in other.classes and worth(term, other) for other in span.terms
            )
    count += (
        claim.has("absolute")
        and not span.has("absolute")
        and (span.has("all") or any(span.has(c) for c in HEDGES))
    )
    return count + (
        claim.has("most") and not claim.has("some") and not span.has("most") and not span.has("all")
    )


def unlimited(claim: Statement, span: Statement, pairs: dict[int, Pair]) -> bool:
    """Whether the span says of something in the claim that it is only that, and the claim not."""
    if claim.has("only"):
        return False
    met = {pair.span for pair in pairs.values()}
    return any(
        "only" in term.classes
        and any(other in met for other in range(max(0, m - _ONLY), m + _ONLY + 1))
        for m, term in enumerate(span.terms)
    )


def _lost(claim: Statement, span: Statement, pairs: dict[int, Pair]) -> int:
    """Negated words of the span that the claim leaves out, though it goes on as the span does."""
    back = {pair.span: n for n, pair in pairs.items() if pair.span is not None}
    beside = span.content
    lost = 0
    for m, following, further in zip(beside, beside[1:], beside[2:], strict=False):
        if span.terms[m].negated and m not in back and following in back and further in back:
            lost += span.terms[m - 1].text != _UN and not _is_denied(claim, back[following])
        elif "denial" in span.terms[m].classes and m not in back and following in back:
            lost += not any(claim.has(name) for name in ("negation", "denial"))
    return lost


def _uneven(claim: Statement, span: Statement, *, denied: bool) -> int:
    """Negations without any on the other side, of numbers too; and seldom for often."""
    negated = any("negation" in t.classes and t.text != _UN for t in claim.terms)
    uneven = int(negated and not denied and not span.has("few"))
    for n in claim.numbers:
        same = [m for m in span.numbers if span.terms[m].number == claim.terms[n].number]
        uneven += bool(same) and all(span.terms[m].negated != claim.terms[n].negated for m in same)
    seldom = claim.has("few") or negated or claim.has("denial")
    often = not span.has("few") and not denied
    return uneven + (span.has("few") and not seldom) + (claim.has("few") and often)


def _is_of_another(n: int, m: int, claim: Statement, span: Statement) -> bool:
    """Whether what is negated goes on with other words in the claim than in the span."""
    if claim.has("by") != span.has("by"):
        return False
    behind = [claim.terms[o] for o in claim.content if o > n][:_NEAR]
    ahead = [any(worth(term, span.terms[o]) for o in span.content if o > m) for term in behind]
    before = [any(worth(term, span.terms[o]) for o in span.content if o < m) for term in behind]
    return any(before) and not any(ahead)


def _is_denied(statement: Statement, place: int) -> bool:
    """Whether a word that denies or negates stands not far before another, or right behind it."""
    before = statement.terms[max(0, place - _DENYING) : place]
    if any(term.text == "no" for term in statement.terms[place + 1 : place + 2]):
        return True  # “needs no” denies the need
    return any(
        term.text != _UN and not term.classes.isdisjoint(("negation", "denial")) for term in before
    )


def contradicts(claim: Statement, span: Statement) -> bool:
    """Whether a claim cannot be what a span in another language says.

    It has a number or a Latin name that the span has not, or says all, only or not where the span
    does not, or the other way round.
    """
    values = {term.number for term in span.terms if term.number is not None}
    latin = {term.text for term in span.terms if term.text.isascii()}
    if any(claim.terms[n].number not in values | {1.0} for n in claim.numbers):
        return True
    if any(t.text not in latin for t in claim.terms if t.name or t.coded):
        return True
    denies, denied = (
        any("negation" in t.classes and t.text != _UN for t in each.terms) for each in (claim, span)
    )
    if denies != denied and not (claim if denied else span).has("denial"):
        return True
    return any(claim.has(c) and not span.has(c) for c in ("all", "only"))
