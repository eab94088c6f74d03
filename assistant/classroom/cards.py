"""Cards: terms to learn, each shown again when FSRS expects it to be nearly forgotten.

A card is a term's, in whatever languages it is asked and answered: it has one memory. That memory,
and all that changes it, are ``fsrs.Card`` and ``fsrs.Scheduler`` as they are.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import NamedTuple

import fsrs
from sqlalchemy import select

from assistant import ClassError
from assistant.conversations.conversation import mark
from assistant.conversations.database import InDatabase
from assistant.conversations.tables import CardRow
from knowledge.entry import Entry
from knowledge.glossary import Glossary

MOST = 5000
"""Cards that a reader may have."""
SCHEDULER = fsrs.Scheduler(desired_retention=0.9, enable_fuzzing=False)
"""FSRS, that nine of ten cards be known when they are due. Without chance in the intervals: what a
button says is what pressing it does."""
_DAY_BEGINS = timedelta(hours=4)  # as Anki's: who learns after midnight still learns today
_AHEAD = timedelta(minutes=20)  # a step of learning is shown so early if all else is done: Anki's


class Review(NamedTuple):
    """A grade that was given: when (milliseconds), which, until when (seconds), in which state."""

    at: int
    grade: int
    interval: int
    state: int


@dataclass(frozen=True)
class Card:
    """A term that a reader learns, and how well it is remembered."""

    entry_id: str
    memory: fsrs.Card
    reviews: tuple[Review, ...] = ()

    @property
    def is_new(self) -> bool:
        """Whether it has not been shown yet."""
        return self.memory.last_review is None

    @property
    def interval(self) -> timedelta:
        """From the last time to the next."""
        return self.memory.due - self.memory.last_review if self.memory.last_review else timedelta()

    @classmethod
    def of(cls, row: CardRow) -> "Card":
        """A card as it is kept."""
        reviews = tuple(Review(*each) for each in row.state["reviews"])
        return cls(row.entry_id, fsrs.Card.from_dict(row.state["memory"]), reviews)

    def put(self, row: CardRow) -> None:
        """Keeps it."""
        row.state = {"memory": self.memory.to_dict(), "reviews": list(map(list, self.reviews))}
        row.due_at = self.memory.due

    def graded(self, grade: int, now: datetime) -> "Card":
        """The card after it was answered."""
        memory, _ = SCHEDULER.review_card(self.memory, fsrs.Rating(grade), now)
        seconds = round((memory.due - now).total_seconds())
        review = Review(round(now.timestamp() * 1000), grade, seconds, int(self.memory.state))
        return Card(self.entry_id, memory, (*self.reviews, review))

    def intervals(self, now: datetime) -> dict[int, timedelta]:
        """By each grade from 1 to 4, how long it would be until it is shown again."""
        return {g: SCHEDULER.review_card(self.memory, g, now)[0].due - now for g in fsrs.Rating}


class Today(NamedTuple):
    """What there is to learn until the reader's day ends."""

    queue: tuple[Card, ...]
    """What may be shown now, in order."""
    due: int
    new: int
    later: datetime | None
    """When there is something again, if the queue is empty."""


def today(cards: Sequence[Card], now: datetime, zone: tzinfo, new_a_day: int) -> Today:
    """What to learn: steps of learning that have come, what is due today, then what is new."""
    start = day(now, zone)
    end = start + timedelta(days=1)
    known = sorted((c for c in cards if not c.is_new), key=lambda card: card.memory.due)
    begun = sum(bool(c.reviews) and c.reviews[0].at >= start.timestamp() * 1000 for c in known)
    new = [card for card in cards if card.is_new][: max(0, new_a_day - begun)]
    steps = [c for c in known if c.memory.state != fsrs.State.Review and c.memory.due < end]
    due = [c for c in known if c.memory.state == fsrs.State.Review and c.memory.due < end]
    queue = [*(card for card in steps if card.memory.due <= now), *due, *new]
    queue = queue or [card for card in steps if card.memory.due <= now + _AHEAD]
    later = None if queue or not known else known[0].memory.due
    if not queue and any(card.is_new for card in cards):
        later = min(later or end, end)
    return Today(tuple(queue), len(steps) + len(due), len(new), later)


def day(now: datetime, zone: tzinfo) -> datetime:
    """When the reader's day began."""
    local = now.astimezone(zone) - _DAY_BEGINS
    return (local.replace(hour=0, minute=0, second=0, microsecond=0) + _DAY_BEGINS).astimezone(UTC)


def sides(card: Card, glossary: Glossary, tags: Sequence[str]) -> tuple[Entry, Entry] | None:
    """The entries of which a card asks the term, and tells the definition, in these two languages.

    None if the glossary has no such term.
    """
    front, back = (glossary.get(card.entry_id, tag) for tag in tags)
    return (front, back) if front and back else None


class Cards(InDatabase):
    """The cards of readers."""

    def list(self, reader: str) -> tuple[Card, ...]:
        """A reader's, in the order in which they were added."""
        with self.database.reading() as session:
            rows = session.scalars(select(CardRow).where(CardRow.reader == mark(reader)))
            return tuple(sorted(map(Card.of, rows), key=lambda card: card.memory.card_id))

    def add(self, reader: str, entry_ids: Iterable[str]) -> int:
        """Adds those that are not there; says how many. ClassError where they are too many."""
        have = {card.entry_id: card.memory.card_id for card in self.list(reader)}
        wanted, now = [i for i in dict.fromkeys(entry_ids) if i not in have], datetime.now(UTC)
        first = max([round(now.timestamp() * 1000), *(number + 1 for number in have.values())])
        new = [Card(each, fsrs.Card(card_id=first + n, due=now)) for n, each in enumerate(wanted)]
        return self.put(reader, new)

    def put(self, reader: str, cards: Sequence[Card]) -> int:
        """Keeps cards in place of those of the same terms; says how many. ClassError as ``add``."""
        if len({card.entry_id for card in (*cards, *self.list(reader))}) > MOST:
            raise ClassError(f"One may have {MOST} cards: take out some that you know well.")
        with self.database.writing() as session:
            for card in cards:
                row = CardRow(reader=mark(reader), entry_id=card.entry_id)
                card.put(row)
                session.merge(row)
        return len(cards)

    def remove(self, reader: str, entry_id: str) -> Card | None:
        """Takes a card out, if there is one; ``put`` brings back what it returns."""
        with self.database.writing() as session:
            if row := session.get(CardRow, {"reader": mark(reader), "entry_id": entry_id}):
                session.delete(row)
            return Card.of(row) if row else None

    def grade(self, reader: str, entry_id: str, grade: int) -> Card | None:
        """Keeps how a card was answered, from 1 (again) to 4 (easy); None if there is none."""
        with self.database.writing() as session:
            row = session.get(CardRow, {"reader": mark(reader), "entry_id": entry_id})
            if row is None:
                return None
            card = Card.of(row).graded(grade, datetime.now(UTC))
            card.put(row)
            return card
