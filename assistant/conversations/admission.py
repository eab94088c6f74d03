"""Admission: a question is let in where no limit is reached. All replicas count in the database."""

import logging
import math
import secrets
import threading
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from types import TracebackType
from typing import Self, TypeVar

from sqlalchemy import Executable, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from assistant import ConversationError
from assistant.answer import Allowance, Usage
from assistant.conversations.conversation import mark
from assistant.conversations.database import Database
from assistant.conversations.tables import CounterRow, PlaceRow
from assistant.limits import Limit

_LEASE = timedelta(seconds=30)
"""For which a question has its place unless that is renewed: a process that was killed gives it
back then."""
_RENEWED = 10.0  # seconds between two renewals
_SWEPT = 60.0  # seconds between two removals of what is over
_NOBODY = "nobody"  # readers without a name count as one
_ALWAYS = datetime(2000, 1, 1, tzinfo=UTC)  # when what has no window began
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
        self._calling = [each for each in limits if each.kind in ("model calls", "cost")]
        self._database = database
        self._held: set[str] = set()
        self._lock = threading.Lock()
        self._swept = -math.inf
        self._failed = False

    def admit(self, reader: str) -> "Admission":
        """Lets a question of a reader in; it has its place until the admission is left.

        Raises:
            LimitError: a limit is reached: nothing was counted.
        """
        whose, place = mark(reader) or _NOBODY, ""
        if self._asking:
            self._sweep()
            place = self._counted(lambda: self._enter(whose)) or ""
        if place:
            self._hold(place)
        return Admission(self, whose, place)

    def _enter(self, whose: str) -> str:
        now, place = datetime.now(UTC), secrets.token_hex(16)
        with self._database().writing() as session:
            for limit in self._asking:
                by = "" if limit.in_all else whose
                if limit.kind == "questions":
                    free = _add(session, limit, by, now, 1)
                else:
                    _add(session, limit, by, now, 0)  # whoever counts these waits for the row
                    count = select(func.count()).where(PlaceRow.until > now)
                    count = count if limit.in_all else count.where(PlaceRow.whose == whose)
                    free = (session.scalar(count) or 0) < limit.most
                if not free:
                    raise limit.refusal(now)
            if any(limit.kind == "at once" for limit in self._asking):
                session.add(PlaceRow(id=place, whose=whose, until=now + _LEASE))
                return place
        return ""

    def leave(self, place: str) -> None:
        """Gives a place back."""
        with self._lock:
            self._held.discard(place)
        self._counted(lambda: self._write(delete(PlaceRow).where(PlaceRow.id == place)))

    def call(self, whose: str) -> None:
        """Counts a call of the chat model.

        Raises:
            WriterError: a limit is reached: nothing was counted.
        """
        if self._calling:
            self._counted(lambda: self._call(whose))

    def _call(self, whose: str) -> None:
        now = datetime.now(UTC)
        with self._database().writing() as session:
            for limit in self._calling:
                by = "" if limit.in_all else whose
                if limit.kind == "model calls":
                    free = _add(session, limit, by, now, 1)
                else:
                    row = session.get(CounterRow, (by, limit.name, limit.begins(now)))
                    free = row is None or row.used < limit.most
                if not free:
                    raise limit.used_up()

    def spend(self, whose: str, cost: float) -> None:
        """Counts what a call cost."""
        limits = [limit for limit in self._calling if limit.kind == "cost"]

        def add() -> None:
            now = datetime.now(UTC)
            with self._database().writing() as session:
                for limit in limits:
                    _add(session, limit, "" if limit.in_all else whose, now, cost)

        if limits and cost:
            self._counted(add)

    def _counted(self, count: Callable[[], _T]) -> _T | None:
        try:
            found = count()
        except ConversationError as error:
            if not self._failed:
                _log.warning("The limits are not held to, for they cannot be counted. %s", error)
            self._failed = True
            return None
        if self._failed:
            _log.warning("The limits are held to again.")
        self._failed = False
        return found

    def _write(self, *statements: Executable) -> None:
        with self._database().writing() as session:
            for each in statements:
                session.execute(each)

    def _hold(self, place: str) -> None:
        """Renews a place until it is left."""
        with self._lock:
            begins = not self._held
            self._held.add(place)
        if begins:
            threading.Thread(target=self._renew, daemon=True).start()

    def _renew(self) -> None:
        while True:
            time.sleep(_RENEWED)
            with self._lock:
                held = list(self._held)
            if not held:
                return
            until = datetime.now(UTC) + _LEASE
            still = update(PlaceRow).where(PlaceRow.id.in_(held)).values(until=until)
            self._counted(partial(self._write, still))

    def _sweep(self) -> None:
        """Removes what is over, now and then."""
        if time.monotonic() - self._swept > _SWEPT:
            self._swept = time.monotonic()
            past = datetime.now(UTC) - _LEASE  # other replicas' clocks may be slow
            over = [delete(each).where(each.until < past) for each in (CounterRow, PlaceRow)]
            self._counted(lambda: self._write(*over))


class Admission(Allowance):
    """A question that was let in, and what its answer may take of the chat model."""

    def __init__(self, limits: Limits, whose: str, place: str) -> None:
        self._limits, self._whose, self._place = limits, whose, place

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._place:
            self._limits.leave(self._place)

    def call(self) -> None:
        """See ``Allowance``."""
        self._limits.call(self._whose)

    def spend(self, usage: Usage) -> None:
        """See ``Allowance``."""
        self._limits.spend(self._whose, usage.cost or 0.0)


def _add(session: Session, limit: Limit, whose: str, now: datetime, amount: float) -> bool:
    """Adds to a counter, unless there is no room; costs are known only once they arose."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    counts = limit.kind in ("questions", "model calls")
    within = CounterRow.used + amount <= limit.most if counts else None
    statement = (
        insert(CounterRow)
        .values(
            whose=whose,
            name=limit.name,
            begun_at=limit.begins(now) if limit.window else _ALWAYS,
            used=amount,
            until=limit.ends(now) if limit.window else now + timedelta(days=1),
        )
        .on_conflict_do_update(
            index_elements=["whose", "name", "begun_at"],
            set_={"used": CounterRow.used + amount, "until": insert(CounterRow).excluded.until},
            where=within,
        )
        .returning(CounterRow.used)
    )
    return session.scalar(statement) is not None
