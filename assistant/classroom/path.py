"""Paths: which terms one needs before others, and an order through them.

A term leans on those that its definition names, firmly where the two are related. Where two name
each other, or a circle closes, the weakest tie is let go (of as strong ones that to the term which
fewer lean on), so that there is an order in which each term comes after what it leans on. All
languages of an entry speak for one order.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime

import numpy as np
from sqlalchemy import delete, select

from assistant.conversations.conversation import mark
from assistant.conversations.database import InDatabase
from assistant.conversations.tables import LearntRow
from knowledge.entry import SUMMARY
from knowledge.glossary import Glossary
from knowledge.linking import Linker

MOST = 12
"""Stations of a path up to a term, or of a beginning: about a term's worth of lessons."""
_RELATED = 1.5  # by so much firmer a tie is, where the two are related


class Paths:
    """The order of a glossary's terms. Threads may share it."""

    def __init__(self, glossary: Glossary, linker: Linker) -> None:
        ties = defaultdict[tuple[str, str], float](float)  # what comes before what, and how firmly
        for entry in glossary.entries:
            related = {other.id for other in glossary.related(entry)}
            for link in linker.find(entry.text(SUMMARY), entry.language, {entry.id}):
                firm = _RELATED if link.entry_id in related else 1.0
                ties[link.entry_id, entry.id] += firm / len(glossary.versions(entry.id))
        leaned_on = Counter(first for first, _ in ties)
        self._basic = sorted(glossary.ids, key=lambda i: -leaned_on[i])
        place = {entry_id: n for n, entry_id in enumerate(self._basic)}
        needs = np.eye(len(place), dtype=bool)  # whether the first is needed before the second
        self._before = defaultdict[str, list[str]](list)  # the strongest first
        for first, then in sorted(ties, key=lambda tie: (-ties[tie], *map(place.__getitem__, tie))):
            one, other = place[first], place[then]
            if not needs[other, one]:
                needs[needs[:, one]] |= needs[other]
                self._before[then].append(first)
        needed = needs.sum(axis=0)
        names = list(glossary.categories(glossary.languages[0]))  # in a reader's order
        kinds = {e.id: names.index(e.category) for e in glossary.entries if e.category in names}
        ordered = sorted(self._basic, key=lambda i: (needed[place[i]], kinds.get(i, len(names))))
        self._order = {entry_id: n for n, entry_id in enumerate(ordered)}

    def direct(self, entry_id: str) -> tuple[str, ...]:
        """What a term itself leans on, the strongest first."""
        return tuple(self._before.get(entry_id, ()))

    def up_to(self, entry_id: str) -> tuple[str, ...]:
        """A path to a term, which is its last: of what is needed before, the nearest, in order."""
        found = [entry_id]
        for then in found:  # which grows meanwhile
            found += [first for first in self.direct(then) if first not in found]
        return self.ordered(found[:MOST])

    def after(self, entry_id: str) -> tuple[str, ...]:
        """What leans on a term, the most basic first: what may come next."""
        return tuple(i for i in self._basic if entry_id in self.direct(i))

    def start(self, most: int = MOST) -> tuple[str, ...]:
        """Where to start: the terms that most others lean on, in order."""
        return self.ordered(self._basic[:most])

    def ordered(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Terms in an order in which each comes after what it leans on."""
        return tuple(sorted(ids, key=self._order.__getitem__))


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
