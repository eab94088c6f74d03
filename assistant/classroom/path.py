"""Paths: which terms one needs before others, and an order through them.

A term leans on those that its definition and its “how it works” name. Where two name each other,
or a circle closes, the weaker tie is let go, so that there is an order in which each term comes
after what it leans on. All languages of an entry speak for one order.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, datetime

import numpy as np
from sqlalchemy import delete, select

from assistant.conversations.conversation import mark
from assistant.conversations.database import InDatabase
from assistant.conversations.tables import LearntRow
from knowledge.entry import BODY, SUMMARY
from knowledge.glossary import Glossary
from knowledge.linking import Linker

MOST = 12
"""Stations of a path up to a term, or of a beginning: about a term's worth of lessons."""
_READ = {SUMMARY: 2.0, "how": 1.0, BODY: 0.5}  # how much it weighs that a section names a term
_FIRM = 1.5  # from here on it is the definition that does
_RELATED = 1.5  # by so much more, where the two are related
_BASIC = 1.5  # by so much more than the other a term is leaned on that is named and names back


class Paths:
    """The order of a glossary's terms. Threads may share it."""

    def __init__(self, glossary: Glossary, linker: Linker) -> None:
        self._glossary = glossary
        self._places = {entry_id: n for n, entry_id in enumerate(glossary.ids)}
        named = _named(glossary, linker)
        self.leaned_on = Counter(other for ties in named.values() for other in ties)
        """By how many definitions a term is named."""
        self._related = {
            entry_id: {o.id for e in glossary.versions(entry_id) for o in glossary.related(e)}
            for entry_id in glossary.ids
        }
        ties = dict(self._one_way(named))
        strongest = sorted(ties, key=lambda tie: (-ties[tie], self._basic(tie[0]), tie))
        self._order, kept = _ordered(sorted(glossary.ids, key=self._basic), strongest)
        self._before: dict[str, dict[str, float]] = defaultdict(dict)
        for first, then in kept:
            self._before[then][first] = ties[first, then]

    def _basic(self, entry_id: str) -> tuple[int, int]:
        return -self.leaned_on[entry_id], self._places[entry_id]

    def _one_way(
        self, named: dict[str, dict[str, float]]
    ) -> Iterator[tuple[tuple[str, str], float]]:
        """What comes before what, with the weight of it."""
        for then, others in named.items():
            for first, weight in others.items():
                related = _RELATED if first in self._related[then] else 1.0
                back = then in named[first] or (weight < _FIRM and self._mentions(first, then))
                if not back:
                    yield (first, then), weight * related
                elif self.leaned_on[first] >= _BASIC * max(1, self.leaned_on[then]):
                    yield (first, then), weight * related / 2

    def _mentions(self, entry_id: str, other_id: str) -> bool:
        """Whether an entry has the other's term anywhere: a remedy names what it is one for."""
        return any(
            (other := self._glossary.get(other_id, entry.language))
            and other.term.casefold() in section.text.casefold()
            for entry in self._glossary.versions(entry_id)
            for section in entry.sections
        )

    def direct(self, entry_id: str) -> tuple[str, ...]:
        """What a term itself leans on, the strongest first."""
        before = self._before.get(entry_id, {})
        return tuple(sorted(before, key=lambda i: (-before[i], self._basic(i))))

    def before(self, entry_id: str, most: int = MOST) -> tuple[str, ...]:
        """What one needs to know before a term, in order; of too much, what is nearest to it."""
        found = [entry_id]
        for then in found:  # which grows meanwhile
            found += [first for first in self.direct(then) if first not in found]
        return self.ordered(found[1 : most + 1])

    def after(self, entry_id: str) -> tuple[str, ...]:
        """What leans on a term, the most basic first: what may come next."""
        return tuple(sorted((i for i, b in self._before.items() if entry_id in b), key=self._basic))

    def up_to(self, entry_id: str) -> tuple[str, ...]:
        """A path to a term: what comes before it, and itself."""
        return (*self.before(entry_id, MOST - 1), entry_id)

    def through(self, category: str) -> tuple[str, ...]:
        """A path through all terms of a category."""
        return self.ordered(self._glossary.within(category))

    def start(self, most: int = MOST) -> tuple[str, ...]:
        """Where to start: the terms that most others lean on, in order."""
        return self.ordered(sorted(self._order, key=self._basic)[:most])

    def ordered(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Terms in an order in which each comes after what it leans on."""
        return tuple(sorted(ids, key=self._order.__getitem__))


def next_of(path: Iterable[str], learnt: Collection[str]) -> str:
    """The first station that is not learnt yet; nothing where all are."""
    return next((entry_id for entry_id in path if entry_id not in learnt), "")


def _named(glossary: Glossary, linker: Linker) -> dict[str, dict[str, float]]:
    """The terms that each term's definition and mechanism name, with the weight of it."""
    found: dict[str, dict[str, float]] = {i: defaultdict(float) for i in glossary.ids}
    for entry in glossary.entries:
        share = 1 / len(glossary.versions(entry.id))
        for section in (s for s in entry.sections if s.name in _READ):
            for link in linker.find(section.text, entry.language, {entry.id}):
                found[entry.id][link.entry_id] += _READ[section.name] * share
    return found


def _ordered(
    ids: list[str], ties: Iterable[tuple[str, str]]
) -> tuple[dict[str, int], list[tuple[str, str]]]:
    """A place for each term, and the ties that it keeps: one that would close a circle is let go.

    What needs more others, directly or not, comes later; of as many, in the sequence of ``ids``.
    """
    row = {entry_id: n for n, entry_id in enumerate(ids)}
    leads = np.eye(len(ids), dtype=bool)  # whether one needs the first before the second
    kept: list[tuple[str, str]] = []
    for first, then in ties:
        if not leads[row[then], row[first]]:
            leads[leads[:, row[first]]] |= leads[row[then]]
            kept.append((first, then))
    needs = leads.sum(axis=0)
    return {i: n for n, i in enumerate(sorted(ids, key=lambda i: needs[row[i]]))}, kept


class Learnt(InDatabase):
    """Which terms readers have been through."""

    def of(self, reader: str) -> frozenset[str]:
        """The ids of those that a reader has ticked."""
        with self.database.reading() as session:
            found = select(LearntRow.entry_id).where(LearntRow.reader == mark(reader))
            return frozenset(session.scalars(found))

    def tick(self, reader: str, entry_id: str, *, learnt: bool = True) -> None:
        """Ticks a term, or takes the tick away; nobody's are not kept."""
        if not (whose := mark(reader)):
            return
        with self.database.writing() as session:
            at = LearntRow.reader == whose, LearntRow.entry_id == entry_id
            session.execute(delete(LearntRow).where(*at))
            if learnt:
                now = datetime.now(UTC)
                session.add(LearntRow(reader=whose, entry_id=entry_id, learnt_at=now))
