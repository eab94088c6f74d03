"""Admission: a question is let in where no limit is reached. All replicas count in the database."""

import logging
import math
import secrets
import threading
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Self, TypeVar

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from assistant import ConversationError
from assistant.answer import Allowance, Usage
from assistant.conversations.conversation import mark
from assistant.conversations.database import Database, insert
from assistant.conversations.tables import CounterRow, PlaceRow
from assistant.limits import Limit

_LEASE = timedelta(seconds=30)
"""For which a question has its place unless that is renewed: a process that was killed gives it
back then."""
_RENEWED = 10.0  # seconds between two renewals
_SWEPT = 60.0  # seconds between two removals of what is over
_T = TypeVar("_T")
_log = logging.getLogger(__name__)


class Limits:
    """The limits, and what is counted of them. Threads may share it.

    Where the database fails, what cannot be counted is let in, and the log says so once. Without
    limits the database is not asked.
    """

    def __init__(self, limits: Sequence[Limit], database: Callable[[], Database]) -> None:
        """The limits as they are set; the database is asked for when it is needed."""
        self.settings = limits
        self._asking = [each for each in limits if each.kind in ("questions", "at once")]
        self.calling = [each for each in limits if each.kind in ("model calls", "cost")]
        self._database = database
        self._held: set[str] = set()
        self._renewing = False
        self._lock = threading.Lock()
        self._swept = -math.inf
        self._failed = False

    def admit(self, reader: str) -> "Admission":
        """Lets a question of a reader in; it has its place until the admission is left.

        Raises:
            LimitError: a limit is reached: nothing was counted.
        """
        whose, place = mark(reader) or "nobody", None  # readers without a name count as one
        if self._asking:
            place = self.counted(self._enter, whose)
        if place:
            self._hold(place)
        return Admission(self, whose, place)

    def _enter(self, session: Session, whose: str) -> str | None:
        now, place = datetime.now(UTC), None
        if time.monotonic() - self._swept > _SWEPT:
            self._swept = time.monotonic()
            for table in (CounterRow, PlaceRow):  # other replicas' clocks may be slow
                session.execute(delete(table).where(table.until < now - _LEASE))
        for limit in self._asking:
            if limit.kind == "questions":
                free = _add(session, limit, whose, now, 1)
            else:
                _add(session, limit, whose, now, 0)  # whoever counts these waits for the row
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
                found = count(session, *given)
        except ConversationError as error:
            if not self._failed:
                _log.warning("The limits are not held to, for they cannot be counted. %s", error)
            self._failed = True
            return None
        if self._failed:
            _log.warning("The limits are held to again.")
        self._failed = False
        return found

    def _hold(self, place: str) -> None:
        """Renews a place until it is left."""
        with self._lock:
            self._held.add(place)
            begins, self._renewing = not self._renewing, True
        if begins:
            threading.Thread(target=self._renew, daemon=True).start()

    def _renew(self) -> None:
        while True:
            time.sleep(_RENEWED)
            with self._lock:
                held = list(self._held)
                self._renewing = bool(held)
            if not held:
                return
            until = datetime.now(UTC) + _LEASE
            still = update(PlaceRow).where(PlaceRow.id.in_(held)).values(until=until)
            self.counted(Session.execute, still)

    def leave(self, place: str) -> None:
        """Gives a place back."""
        with self._lock:
            self._held.discard(place)
        self.counted(Session.execute, delete(PlaceRow).where(PlaceRow.id == place))


class Admission(Allowance):
    """A question that was let in, and what its answer may take of the chat model."""

    def __init__(self, limits: Limits, whose: str, place: str | None) -> None:
        self._limits, self._whose, self._place = limits, whose, place

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._place:
            self._limits.leave(self._place)

    def call(self) -> None:
        """See ``Allowance``."""
        if self._limits.calling:
            self._limits.counted(self._call)

    def _call(self, session: Session) -> None:
        now = datetime.now(UTC)
        for limit in self._limits.calling:
            if limit.kind == "model calls":
                free = _add(session, limit, self._whose, now, 1)
            else:
                row = session.get(CounterRow, _place(limit, self._whose, now))
                free = row is None or row.used < limit.most
            if not free:
                raise limit.used_up()

    def spend(self, usage: Usage) -> None:
        """See ``Allowance``; what it cost is known only once it arose."""
        limits, now = [li for li in self._limits.calling if li.kind == "cost"], datetime.now(UTC)
        if limits and (cost := usage.cost):
            self._limits.counted(
                lambda session: [_add(session, each, self._whose, now, cost) for each in limits]
            )


def _place(limit: Limit, whose: str, now: datetime) -> dict[str, Any]:
    """Where it is counted."""
    return {
        "whose": "" if limit.in_all else whose,
        "name": limit.name,
        "begun_at": limit.span(now)[0],
    }


def _add(session: Session, limit: Limit, whose: str, now: datetime, amount: float) -> bool:
    """Adds to a counter, unless there is no room for a question or a call."""
    counts, row = limit.kind in ("questions", "model calls"), _place(limit, whose, now)
    until = limit.span(now)[1]
    statement = (
        insert(session)(CounterRow)
        .values(**row, used=amount, until=until)
        .on_conflict_do_update(
            index_elements=list(row),
            set_={"used": CounterRow.used + amount, "until": until},
            where=CounterRow.used + amount <= limit.most if counts else None,
        )
        .returning(CounterRow.used)
    )
    return session.scalar(statement) is not None
