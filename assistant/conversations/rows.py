"""Rows: found, seen to be of the reader who would change them, made, and copied."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, false, func, or_, select, update
from sqlalchemy.orm import Session

from assistant import ConversationError
from assistant.answer import Answer
from assistant.conversations.conversation import Turn, trace_as_json
from assistant.conversations.ids import new_id
from assistant.conversations.readers import NOBODY, mark, owns
from assistant.conversations.search import folded
from assistant.conversations.tables import ConversationRow, TurnRow
from knowledge.language.text import clean
from knowledge.search.evidence import Trace

_TITLE_CHARACTERS = 80
_DAY = timedelta(days=1)
_NOT_COPIED = {"id", "conversation_id"}


def conversation(
    session: Session, conversation_id: str, reader: str | None = None, *, to_write: bool = True
) -> ConversationRow:
    """The row of a conversation; one to write in is kept from other writers meanwhile.

    Raises:
        ConversationError: there is no such conversation, or a reader is given whose it is not.
    """
    row = session.get(ConversationRow, conversation_id, with_for_update=to_write)
    if row is None:
        raise ConversationError(
            f"There is no conversation {conversation_id}: “masrad conversations” lists them."
        )
    if reader is not None and not owns(reader, row.reader):
        raise ConversationError(
            f"The conversation “{row.title}” is not yours: make a copy to go on with it."
        )
    return row


def belonging_to(reader: str) -> ColumnElement[bool]:
    """The condition that a conversation is the reader's."""
    return ConversationRow.reader == mark(reader) if reader else false()


def refuse_deleted(row: ConversationRow) -> None:
    """Refuses a conversation that is deleted.

    Raises:
        ConversationError: it is.
    """
    if row.deleted_at is not None:
        raise ConversationError(
            f"The conversation “{row.title}” is deleted: restore it, or begin another."
        )


def turn(session: Session, turn_id: str, reader: str | None) -> TurnRow:
    """The row of a turn, kept from other writers meanwhile.

    Raises:
        ConversationError: there is no such turn, or a reader is given whose it is not.
    """
    row = session.get(TurnRow, turn_id, with_for_update={"of": TurnRow})
    if row is None:
        raise ConversationError(
            f"There is no answer {turn_id}: “masrad conversations show” names them."
        )
    if reader is not None:
        conversation(session, row.conversation_id, reader, to_write=False)
    return row


def last_turns(
    session: Session, row: ConversationRow, limit: int | None, before: int | None
) -> list[TurnRow]:
    """The rows of the last turns of a conversation, or of the last before a position, in order."""
    found = select(TurnRow).where(TurnRow.conversation_id == row.id)
    if before is not None:
        found = found.where(TurnRow.position < before)
    last = session.scalars(found.order_by(TurnRow.position.desc()).limit(limit))
    return list(last)[::-1]


def turns(row: ConversationRow, found: Sequence[TurnRow]) -> tuple[Turn, ...]:
    """Turns of a conversation.

    Raises:
        ConversationError: what is kept is not as this version keeps it.
    """
    try:
        return tuple(each.kept() for each in found)
    except (ValueError, KeyError) as error:
        raise ConversationError(
            f"The conversation “{row.title}” cannot be read: it is not as this version of Masrad"
            " keeps them, so use the version that kept it."
        ) from error


def new_conversation(title: str, reader: str, now: datetime) -> ConversationRow:
    """The row of a conversation that begins now."""
    return ConversationRow(
        id=new_id(),
        reader=mark(reader),
        title=title,
        folded=folded(title),
        created_at=now,
        changed_at=now,
    )


def to_add_to(
    session: Session, conversation_id: str, reader: str | None, now: datetime
) -> ConversationRow:
    """The row of a conversation to add a turn to; of none, one that begins now.

    Raises:
        ConversationError: there is no such conversation, it is not the reader's or is deleted.
    """
    if conversation_id:
        row = conversation(session, conversation_id, reader)
        refuse_deleted(row)
        return row
    row = new_conversation("", reader or NOBODY, now)
    session.add(row)
    session.flush()
    return row


def new_turn(
    answer: Answer, traces: Sequence[Trace], versions: dict[str, str], now: datetime
) -> TurnRow:
    """The row of a turn that has yet to get its place in a conversation."""
    row = TurnRow(id=new_id(), asked_at=now)
    put(row, answer, traces, versions)
    return row


def put(row: TurnRow, answer: Answer, traces: Sequence[Trace], versions: dict[str, str]) -> None:
    """Puts an answer into the row of a turn, in place of the one that stands there."""
    row.question = clean(answer.question)
    row.language = answer.language
    row.status = answer.status
    row.writer = answer.writer
    row.confidence = float(answer.confidence)
    row.answer = answer.as_json()
    row.evidence = [trace_as_json(each) for each in traces]
    row.versions = versions
    row.folded = folded(f"{answer.question} {answer.understood} {answer.text}")


def append(session: Session, row: ConversationRow, turn: TurnRow) -> None:
    """Gives a turn the last place in a conversation, which it names if nothing does yet."""
    last = select(func.max(TurnRow.position)).where(TurnRow.conversation_id == row.id)
    position = session.scalar(last)
    turn.position = 0 if position is None else position + 1
    turn.conversation_id = row.id
    session.add(turn)
    row.changed_at = turn.asked_at
    age(session, turn.asked_at)
    if not row.title:
        row.title = titled(turn.question)
        row.folded = folded(row.title)


def copied(row: TurnRow) -> TurnRow:
    """A turn as another conversation has it: what was said of it is left where it was said."""
    names = (column.key for column in TurnRow.__table__.columns if column.key not in _NOT_COPIED)
    return TurnRow(id=new_id(), feedback=None, **{name: getattr(row, name) for name in names})


def age(session: Session, now: datetime) -> None:
    """Counts a day for all that is deleted, at most once a day.

    A day counts as one, however far the clock has gone: it may have been set wrong in between.
    """
    counted = ConversationRow.aged_at
    session.execute(
        update(ConversationRow)
        .where(
            ConversationRow.deleted_at.is_not(None),
            or_(counted.is_(None), counted < now - _DAY, counted > now + _DAY),
        )
        .values(aged=ConversationRow.aged + 1, aged_at=now)
        .execution_options(synchronize_session=False)
    )


def copy(
    session: Session, conversation_id: str, reader: str, before: int | None, now: datetime
) -> ConversationRow:
    """The row of a copy of a conversation, with its turns before a position or all.

    Raises:
        ConversationError: there is no such conversation, or it is deleted.
    """
    row = conversation(session, conversation_id)
    refuse_deleted(row)
    new = new_conversation(row.title, reader, now)
    kept = (turn for turn in row.turns if before is None or turn.position < before)
    new.turns = [copied(turn) for turn in kept]
    session.add(new)
    session.flush()
    return new


def titled(text: str) -> str:
    """A text as a title: on one line, and ended at a word where it is long."""
    title = " ".join(clean(text).split())
    if len(title) <= _TITLE_CHARACTERS:
        return title
    cut = title[:_TITLE_CHARACTERS]
    at_word = cut.rpartition(" ")[0]
    return (at_word if len(at_word) > _TITLE_CHARACTERS // 2 else cut[:-1]) + "…"
