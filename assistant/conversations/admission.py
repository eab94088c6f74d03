"""Admission: a question is let in where no limit is reached. All replicas count in the database.

Limits are how often one may ask, how many at once, and what the chat model may cost: as set.
"""

import logging
import math
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, Self, TypeVar, get_args

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from assistant import ConversationError, LimitError, WriterError
from assistant.answer import Allowance, Usage
from assistant.conversations.conversation import mark
from assistant.conversations.database import Database, insert
from assistant.conversations.tables import CounterRow, PlaceRow

_LEASE = timedelta(minutes=2)
"""For which a question has its place at most: longer than nearly all answers take; a process that
was killed gives it back then."""
_T = TypeVar("_T")
_log = logging.getLogger(__name__)

Kind = Literal["questions", "model calls", "cost", "at once"]
Window = Literal["minute", "hour", "day", "month"]

_ONE = re.compile(
    rf"""(?P<most>\d+(?:\.\d+)?)\s*
    (?:(?P<kind>questions|model\ calls)?\s*/\s*(?P<window>{"|".join(get_args(Window))})
      |(?P<once>at\ once))
    (?P<all>\s+in\ all)?""",
    re.VERBOSE,
)
_WHY = {
    "own": "You have asked as often as one may",
    "busy": "Your other questions are still being answered",
    "all": "As many questions are being asked as may be",
}
_UNITS = ("month", "day", "hour", "minute", "second", "microsecond")
_AT_ONCE = 5.0  # seconds after which to ask again, where others are being answered


@dataclass(frozen=True, slots=True)
class Limit:
    """How much there may be of something, for each reader or ``in_all``."""

    most: float
    kind: Kind
    window: Window | None = None
    """The minute, hour, day or month of the calendar (UTC); none for how many at once."""
    in_all: bool = False

    def __str__(self) -> str:
        cost = f"{self.most:.2f}/{self.window}"
        said = cost if self.kind == "cost" else f"{self.most:.0f} {self.name}"
        return f"{said} in all" if self.in_all else said

    @property
    def name(self) -> str:
        """By which it is counted."""
        return f"{self.kind}/{self.window}" if self.window else self.kind

    def span(self, now: datetime) -> tuple[datetime, datetime]:
        """When the window began that it is now, and when it ends."""
        if self.window is None:
            return datetime(2000, 1, 1, tzinfo=UTC), now + timedelta(seconds=_AT_ONCE)
        smaller = _UNITS[_UNITS.index(self.window) + 1 :]
        least: dict[str, Any] = {unit: int(unit == "day") for unit in smaller}
        start = now.astimezone(UTC).replace(**least)
        if self.window == "month":
            return start, (start + timedelta(days=32)).replace(day=1)
        return start, start + timedelta(**{f"{self.window}s": 1})

    def add(
        self, session: Session, whose: str, now: datetime, amount: float, *, over: bool = False
    ) -> bool:
        """Adds to what is counted, unless the limit is reached and may not be gone ``over``."""
        begun_at, until = self.span(now)
        row = {"whose": "" if self.in_all else whose, "name": self.name, "begun_at": begun_at}
        added = {"used": CounterRow.used + amount, "until": until}
        below = None if over else CounterRow.used < self.most
        new = insert(session)(CounterRow).values(**row, used=amount, until=until)
        new = new.on_conflict_do_update(index_elements=list(row), set_=added, where=below)
        return session.scalar(new.returning(CounterRow.used)) is not None

    def refusal(self, now: datetime) -> LimitError:
        """Why a question is not let in, and when it may be."""
        seconds = max(1, math.ceil((self.span(now)[1] - now).total_seconds()))
        kind = "all" if self.in_all else "own" if self.window else "busy"
        _log.info("A limit is reached: %s.", self)
        said = f"{_WHY[kind]} ({self}): ask again in {seconds} second{'s' * (seconds > 1)}."
        return LimitError(said, kind=kind, retry_after=seconds)


def read(text: str) -> tuple[Limit, ...]:
    """Limits as they are set, ``20 questions/minute, 40 at once in all``; in the order of counting.

    Raises:
        ValueError: one of them is none.
    """
    limits = []
    for one in filter(None, map(str.strip, text.split(","))):
        found = _ONE.fullmatch(one.lower())
        kind = (found["kind"] or found["once"] or "cost") if found else ""
        most = float(found["most"]) if found else 0.0
        if found is None or most <= 0 or (kind != "cost" and not most.is_integer()):
            raise ValueError(
                f"“{one}” is no limit, which is written like 20 questions/minute, 30 model"
                " calls/hour, 4 at once or 50.00/month, with “in all” behind it where it is not for"
                " each reader"
            )
        limits.append(Limit(most, kind, found["window"], bool(found["all"])))  # type: ignore[arg-type]
    # All count in one order, so that no two wait for each other.
    return tuple(sorted(limits, key=lambda each: (each.in_all, each.name)))


class Limits:
    """The limits, and what is counted of them. Threads may share it.

    Where the database fails, what cannot be counted is let in, and the log says so. Without
    limits the database is not asked.
    """

    def __init__(self, settings: str, database: Callable[[], Database]) -> None:
        """The limits as they are set; the database is asked for when it is needed."""
        limits = read(settings)
        self._asking = [each for each in limits if each.kind in ("questions", "at once")]
        self.calling = [each for each in limits if each.kind in ("model calls", "cost")]
        self._database = database

    def admit(self, reader: str) -> "Admission":
        """Lets a question in, until it is left; LimitError where a limit is reached."""
        whose, place = mark(reader) or "nobody", None  # readers without a name count as one
        if self._asking:
            place = self.counted(self._enter, whose)
        return Admission(self, whose, place)

    def _enter(self, session: Session, whose: str) -> str | None:
        now, place = datetime.now(UTC), None
        for table in (CounterRow, PlaceRow):  # what is over; other replicas' clocks may be slow
            session.execute(delete(table).where(table.until < now - _LEASE))
        for limit in self._asking:
            if limit.kind == "questions":
                free = limit.add(session, whose, now, 1)
            else:
                limit.add(session, whose, now, 0)  # whoever counts these waits for the row
                count = select(func.count()).where(PlaceRow.until > now)
                count = count if limit.in_all else count.where(PlaceRow.whose == whose)
                free = (session.scalar(count) or 0) < limit.most
                place = secrets.token_hex(16)
            if not free:
                raise limit.refusal(now)
        if place:
            session.add(PlaceRow(id=place, whose=whose, until=now + _LEASE))
        return place

    def counted(self, count: Callable[..., _T], *given: object) -> _T | None:
        """Counts in one transaction; None where the database fails."""
        try:
            with self._database().writing() as session:
                return count(session, *given)
        except ConversationError as error:
            _log.warning("The limits are not held to, for they cannot be counted. %s", error)
            return None


class Admission(Allowance):
    """A question that was let in, and what its answer may take of the chat model."""

    def __init__(self, limits: Limits, whose: str, place: str | None) -> None:
        self._limits, self._whose, self._place = limits, whose, place

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._place:
            free = delete(PlaceRow).where(PlaceRow.id == self._place)
            self._limits.counted(Session.execute, free)

    def call(self) -> None:
        """See ``Allowance``."""
        if self._limits.calling:
            self._limits.counted(self._call)

    def _call(self, session: Session) -> None:
        now = datetime.now(UTC)
        for limit in self._limits.calling:
            if not limit.add(session, self._whose, now, int(limit.kind == "model calls")):
                _log.info("A limit is reached: %s.", limit)
                said = f"The chat model has answered as much as it may ({limit}): ask again later."
                raise WriterError(said, "limited")

    def spend(self, usage: Usage) -> None:
        """See ``Allowance``; what it cost is known only once it arose."""
        if usage.cost and self._limits.calling:
            self._limits.counted(self._spend, usage.cost)

    def _spend(self, session: Session, cost: float) -> None:
        for limit in self._limits.calling:
            if limit.kind == "cost":
                limit.add(session, self._whose, datetime.now(UTC), cost, over=True)
