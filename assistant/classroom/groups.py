"""Groups: what a class asked, opened and missed, counted by day. Nobody can tell who did what.

Of an event is kept what it was and on which day, and of no reader anything: a reader's browser
knows the code of the group, and the database does not know the readers of a group.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal, NamedTuple, get_args

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from assistant import ClassError
from assistant.answer import Answer
from assistant.conversations import rows
from assistant.conversations.conversation import mark
from assistant.conversations.database import Database, InDatabase
from assistant.conversations.tables import EventRow, GroupRow
from knowledge.exports.texts import spreadsheet
from knowledge.language.text import clean
from knowledge.language.words import fold

Kind = Literal["asked", "refused", "opened", "missed", "liked", "disliked", "comment"]
KINDS: tuple[Kind, ...] = get_args(Kind)
_SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that is taken for another
_DETAIL = 2000  # characters


class Counted(NamedTuple):
    """What events say of an entry, in whatever case, and how often that came."""

    text: str
    entry_id: str
    times: int


class Groups(InDatabase):
    """The groups."""

    def __init__(self, database: Database, days: int) -> None:
        super().__init__(database)
        self._days = days

    def make(self, reader: str, name: str) -> GroupRow:
        """A group of a teacher's; ClassError where it has no name."""
        name = rows.titled(name)
        if not name:
            raise ClassError("The group has no name: give it that of the class.")
        with self.database.writing() as session:
            group = GroupRow(code=rows.new_code(session, GroupRow, _SIGNS), reader=mark(reader))
            group.name, group.made_at = name, datetime.now(UTC)
            session.add(group)
        return group

    def list(self, reader: str) -> tuple[GroupRow, ...]:
        """A teacher's groups, the last made first."""
        found = select(GroupRow).where(GroupRow.reader == mark(reader))
        with self.database.reading() as session:
            return tuple(session.scalars(found.order_by(GroupRow.made_at.desc(), GroupRow.code)))

    def find(self, code: str) -> GroupRow | None:
        """The group of a code, however that is typed."""
        with self.database.reading() as session:
            return session.get(GroupRow, code.strip().upper()[: rows.CODE])

    def delete(self, code: str, reader: str) -> None:
        """Removes a teacher's group, with all that was counted of it."""
        with self.database.writing() as session:
            own = GroupRow.code == code, GroupRow.reader == mark(reader)
            session.execute(delete(GroupRow).where(*own))
            self._forget(session)

    def note(self, code: str, kind: Kind, entry_id: str = "", detail: str = "") -> None:
        """Counts what somebody of a group did; nothing where there is no such group."""
        with self.database.writing() as session:
            self._forget(session)
            record(session, code, kind, entry_id, detail)

    def events(self, reader: str, code: str) -> Sequence[EventRow]:
        """What was done in a teacher's group, the last day first."""
        found = select(EventRow).join(GroupRow, GroupRow.code == EventRow.group_code)
        found = found.where(GroupRow.reader == mark(reader), EventRow.group_code == code)
        with self.database.writing() as session:
            self._forget(session)
            # By their ids, which are random: in which order a day's were done, nobody is told.
            return session.scalars(found.order_by(EventRow.at.desc(), EventRow.id)).all()

    def _forget(self, session: Any) -> None:  # noqa: ANN401  (SQLAlchemy's)
        """Removes what is too old, or of a group that went with its teacher's data."""
        oldest = _midnight() - timedelta(days=self._days)
        orphaned = EventRow.group_code.not_in(select(GroupRow.code))
        session.execute(delete(EventRow).where(or_(EventRow.at <= oldest, orphaned)))


def record(session: Session, code: str, kind: Kind, entry_id: str, detail: str) -> None:
    """Counts what was done in a group today; nothing where there is no such group."""
    if session.get(GroupRow, code) is not None:
        row = EventRow(id=rows.new_id(), group_code=code, kind=kind, entry_id=entry_id)
        row.detail, row.at = clean(detail)[:_DETAIL], _midnight()
        session.add(row)


def of_answer(answer: Answer) -> tuple[Kind, str] | None:
    """As what an answer is counted, and of which entry; small talk is not."""
    entry = next((c.entry_id for c in answer.citations), next(iter(answer.focus), ""))
    if answer.status == "answered":
        return "asked", entry
    refused = answer.status == "not_in_glossary" and answer.invitation is None
    return ("refused", entry) if refused else None


def by_day(events: Iterable[EventRow]) -> dict[date, Counter[str]]:
    """How many events of each kind a day had, the last day first."""
    found = defaultdict[date, Counter[str]](Counter)
    for event in events:
        found[event.at.date()][event.kind] += 1
    return found


def counted(events: Iterable[EventRow]) -> list[Counted]:
    """What events say, the most frequent first."""
    written = defaultdict[tuple[str, str], Counter[str]](Counter)
    for event in events:
        written[event.entry_id, fold(event.detail) or event.detail][event.detail] += 1
    found = (Counted(c.most_common(1)[0][0], i, c.total()) for (i, _), c in written.items())
    return sorted(found, key=lambda each: -each.times)


def as_csv(events: Iterable[EventRow], group: str) -> bytes:
    """A table of the events of a group, by its name. Opens in a spreadsheet."""
    head = "day", "group", "kind", "entry_id", "text"
    rows = ((e.at.date().isoformat(), group, e.kind, e.entry_id, e.detail) for e in events)
    return spreadsheet([head, *rows])


def _midnight() -> datetime:
    return datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
