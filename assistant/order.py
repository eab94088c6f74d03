"""Order: whether the words of a claim stand to one another as they do in a passage."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from assistant.statement import Statement
from assistant.wording import wording

if TYPE_CHECKING:
    from assistant.alignment import Pair

_FRAME = 3  # words from the one before to the one behind a word that has been replaced
_BESIDE = 2  # words on either side that are a word's neighbours
_CLOSE = 3  # words apart at which they still are in the span
_YEARS = range(1500, 2100)  # they count nothing
_ENOUGH = 5  # words in common, from which their order says something
_LONGEST = 4  # words that can change places as one


def exchanged(claim: Statement, span: Statement, pairs: Mapping[int, "Pair"]) -> int:
    """Whether all words but one would stand in the span's order if two things changed places.

    A passive turns a sentence round by itself; one that stands on one side only excuses it.
    """
    if claim.has("by") != span.has("by"):
        return 0
    places = _places(claim, span, pairs)
    if len(places) < _ENOUGH or places == sorted(places):
        return 0
    without = [places[:n] + places[n + 1 :] for n in range(len(places))]
    # Where one word that has moved explains it all, nothing has changed places with another.
    if any(each == sorted(each) for each in without):
        return 0
    return int(any(_is_exchange(each) for each in (places, *without)))


def _places(claim: Statement, span: Statement, pairs: Mapping[int, "Pair"]) -> list[int]:
    """Where the claim's words and numbers stand in the span, in the claim's order."""
    values = [(m, span.terms[m].number) for m in span.numbers]
    found = []
    for n, term in enumerate(claim.terms):
        if n in pairs:
            place = pairs[n].span
            if place is not None:
                found.append(place)
        elif term.number is not None:
            same = [m for m, value in values if value == term.number]
            if len(same) == 1:
                found.append(same[0])
    return list(dict.fromkeys(found))


def _is_exchange(places: Sequence[int]) -> bool:
    """Whether the places are in order but for two short runs with something between them."""
    ordered = sorted(places)
    wrong = [n for n, (a, b) in enumerate(zip(places, ordered, strict=True)) if a != b]
    if not wrong:
        return False
    first, last = wrong[0], wrong[-1]
    inner = list(places[first : last + 1])
    target = ordered[first : last + 1]
    for size in range(1, min(_LONGEST, len(inner) - 1)):
        for other in range(1, min(_LONGEST, len(inner) - size)):
            if inner[-other:] + inner[size:-other] + inner[:size] == target:
                return True
    return False


def framed(claim: Statement, span: Statement, pairs: Mapping[int, "Pair"]) -> int:
    """Words that stand between the same two words as another one of the span that is not like them.

    They stand in the span too, but elsewhere: “green tokens” has become “red tokens”.
    """
    if claim.has("by") != span.has("by"):
        return 0
    mine, its = _ranked(claim), _ranked(span)
    rank = {m: n for n, m in enumerate(its)}
    met = _met(claim, span, pairs)
    count = 0
    for before, n, after in zip(mine, mine[1:], mine[2:], strict=False):
        if n not in met or before not in met or after not in met or claim.terms[n].light:
            continue
        left, right = met[before], met[after]
        if not 1 < rank[right] - rank[left] <= _FRAME or left < met[n] < right:
            continue
        between = [span.terms[m] for m in its[rank[left] + 1 : rank[right]]]
        heavy = [term for term in between if not term.light]
        count += bool(heavy) and all(claim.terms[n].stems.isdisjoint(t.stems) for t in between)
    return count


def lonely(claim: Statement, span: Statement, pairs: Mapping[int, "Pair"]) -> int:
    """Words of weight of which no neighbour stands near them in the span."""
    mine = _ranked(claim)
    rank = {m: n for n, m in enumerate(_ranked(span))}
    met = _met(claim, span, pairs)
    count = 0
    for place, n in enumerate(mine):
        if n not in met or claim.terms[n].light or n not in pairs:
            continue
        near = [o for o in mine[max(0, place - _BESIDE) : place + _BESIDE + 1] if o != n]
        close = [o for o in near if o in met and 0 < abs(rank[met[o]] - rank[met[n]]) <= _CLOSE]
        count += not close
    return count


def stray(claim: Statement, span: Statement, pairs: Mapping[int, "Pair"]) -> int:
    """Numbers of which no neighbour stands near them in the span.

    A year may be said anywhere, unless the span has another one.
    """
    mine = _ranked(claim)
    rank = {m: n for n, m in enumerate(_ranked(span))}
    met = _met(claim, span, pairs)
    years = {span.terms[m].number for m in span.numbers if span.terms[m].number in _YEARS}
    count = 0
    for place, n in enumerate(mine):
        value = claim.terms[n].number
        there = [m for m in span.numbers if value is not None and span.terms[m].number == value]
        if not there or (value in _YEARS and len(years) < 2):  # noqa: PLR2004
            continue
        around = _BESIDE + (value in _YEARS)
        near = [o for o in mine[max(0, place - around) : place + around + 1] if o != n]
        found = [met[o] for o in near if o in met]
        close = _CLOSE + 2 * (value in _YEARS)
        count += bool(found) and not any(
            0 < abs(rank[m] - rank[o]) <= close for m in there for o in found
        )
    return count


def _met(claim: Statement, span: Statement, pairs: Mapping[int, "Pair"]) -> dict[int, int]:
    """Where the claim's words stand in the span, and its numbers that stand there once."""
    found = {n: pair.span for n, pair in pairs.items() if pair.span is not None}
    for n in claim.numbers:
        same = [m for m in span.numbers if span.terms[m].number == claim.terms[n].number]
        if len(same) == 1:
            found[n] = same[0]
    return found


def counted(claim: Statement, span: Statement) -> int:
    """Numbers right before a word that the span has only behind other numbers."""
    mine, its = _ranked(claim), _ranked(span)
    count = 0
    for n, after in pairwise(mine):
        value = claim.terms[n].number
        if value is None or value in _YEARS or not claim.terms[after].content:
            continue
        stems = claim.terms[after].stems
        others = [
            span.terms[m].number
            for m, behind in pairwise(its)
            if not stems.isdisjoint(span.terms[behind].stems) and span.terms[m].number not in _YEARS
        ]
        count += bool(others) and None not in others and value not in others
    return count


def _repeats(span: Statement, place: int) -> bool:
    stems = span.terms[place].stems
    return sum(not stems.isdisjoint(t.stems) for t in span.terms if t.content) > 1


def _ranked(statement: Statement) -> list[int]:
    """The places of what carries meaning, numbers too."""
    return [n for n, t in enumerate(statement.terms) if t.content or t.number is not None]


def turned_round(claim: Statement, span: Statement, pairs: Mapping[int, "Pair"]) -> int:
    """Relations (more than, unlike, before) that have their sides the other way round."""
    turning = wording(claim.language).turning
    there = {term.text: m for m, term in enumerate(span.terms) if term.text in turning}
    back = {pair.span: n for n, pair in pairs.items() if pair.span is not None}
    count = 0
    for n, term in enumerate(claim.terms):
        if term.text not in there:
            continue
        marker = there[term.text]
        behind = next((pairs.get(o) for o in claim.content if o > n), None)
        wrong = (
            behind is not None
            and behind.span is not None
            and behind.span < marker
            and not _repeats(span, behind.span)
        )
        other = next((m for m in span.content if m > marker), None)
        wrong |= other in back and back[other] < n and not _repeats(span, other)
        count += wrong
    return count
