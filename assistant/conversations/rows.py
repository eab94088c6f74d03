"""Rows of the tables: found, searched, made and copied. What they raise is ConversationError."""

import secrets
import string
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, false, func, or_, select, update
from sqlalchemy.orm import Session

from assistant import ConversationError, NoConversationError
from assistant.answer import Answer
from assistant.conversations.conversation import Turn, mark, owns
from assistant.conversations.tables import (
    ID_CHARACTERS,
    ConversationRow,
    GroupRow,
    RoomRow,
    TurnRow,
)
from knowledge.language.text import clean
from knowledge.language.words import fold
from knowledge.search.evidence import Trace

_LETTERS = string.ascii_letters + string.digits  # no “-”: a command line takes it for an option
CODE = 6
"""The letters of a code."""
_TITLE_CHARACTERS = 80
_DAY = timedelta(days=1)
_NOT_COPIED = {"id", "conversation_id"}
_MOST_WORDS = 30  # more is a text pasted by mistake, and SQLite's conditions go only so deep


def conversation(
    session: Session,
    conversation_id: str,
    reader: str | None = None,
    *,
    to_write: bool = True,
    deleted: bool = True,
) -> ConversationRow:
    """The row of a conversation, of this reader if one is given; locked if it is to be written.

    It may be ``deleted``, or not.
    """
    row = session.get(ConversationRow, conversation_id, with_for_update=to_write)
    if row is None:
        raise NoConversationError(
            f"There is no conversation {conversation_id}: “masrad conversations” lists them."
        )
    if reader is not None and not owns(reader, row.reader):
        raise NoConversationError(
            f"The conversation “{row.title}” is not yours: make a copy to go on with it."
        )
    if row.deleted_at is not None and not deleted:
        raise NoConversationError(
            f"The conversation “{row.title}” is deleted: restore it, or begin another."
        )
    return row


def turn(session: Session, turn_id: str, reader: str | None) -> TurnRow:
    """The row of a turn, in a conversation of this reader if one is given; locked."""
    row = session.get(TurnRow, turn_id, with_for_update={"of": TurnRow})
    if row is None:
        raise NoConversationError(f"There is no answer {turn_id}: it may have been deleted.")
    if reader is not None:
        conversation(session, row.conversation_id, reader, to_write=False)
    return row


def turns(
    session: Session, row: ConversationRow, limit: int | None, before: int | None
) -> tuple[Turn, ...]:
    """The last turns of a conversation, or the last before a position, in order."""
    found = select(TurnRow).where(TurnRow.conversation_id == row.id)
    if before is not None:
        found = found.where(TurnRow.position < before)
    last = session.scalars(found.order_by(TurnRow.position.desc()).limit(limit))
    try:
        return tuple(each.kept() for each in last)[::-1]
    except (ValueError, KeyError) as error:
        raise ConversationError(
            f"The conversation “{row.title}” cannot be read: it is not as this version of Masrad"
            " keeps them, so use the version that kept it."
        ) from error


def holding(search: str) -> ColumnElement[bool]:
    """The condition that each word of a search, or its beginning, stands somewhere in it."""
    words = list(dict.fromkeys(_words(search)))[:_MOST_WORDS]
    if search.strip() and not words:  # nothing but punctuation: no text is kept with that
        return false()
    title, said = ConversationRow.folded, TurnRow.folded
    holds = (
        title.contains(word, autoescape=True)
        | ConversationRow.turns.any(said.contains(word, autoescape=True))
        for word in words
    )
    return and_(True, *holds)  # noqa: FBT003  (SQL's true)


def folded(text: str) -> str:
    """Text as a search compares it."""
    return " ".join(_words(text))


def _words(text: str) -> list[str]:
    """The words of a text, folded one by one, for whole texts would fill fold's cache."""
    return list(filter(None, map(fold, clean(text).split())))


def new_id() -> str:
    """An id that cannot be guessed: of 131 bits."""
    return "".join(secrets.choice(_LETTERS) for _ in range(ID_CHARACTERS))


def new_conversation(session: Session, title: str, reader: str, now: datetime) -> ConversationRow:
    """The row of a conversation that begins now."""
    row = ConversationRow(
        id=new_id(),
        reader=mark(reader),
        title=title,
        folded=folded(title),
        created_at=now,
        changed_at=now,
    )
    session.add(row)
    session.flush()
    return row


def copy(
    session: Session, conversation_id: str, reader: str, before: int, now: datetime
) -> ConversationRow:
    """The row of a conversation of this reader, with the turns before a position of another.

    What was said of them is not copied. One's own is named by what is asked next, so that the two
    are told apart.
    """
    row = conversation(session, conversation_id, deleted=False)
    new = new_conversation(session, "" if owns(reader, row.reader) else row.title, reader, now)
    columns = [each.key for each in TurnRow.__table__.columns if each.key not in _NOT_COPIED]
    for each in row.turns:
        if each.position < before:
            values = {name: getattr(each, name) for name in columns}
            session.add(TurnRow(id=new_id(), conversation_id=new.id, feedback=None, **values))
    session.flush()
    return new


def new_code(session: Session, table: type[RoomRow | GroupRow], letters: str) -> str:
    """A code that none of a table has, of some letters."""
    while session.get(table, code := "".join(secrets.choice(letters) for _ in range(CODE))):
        pass
    return code


def put(row: TurnRow, answer: Answer, traces: Sequence[Trace], versions: dict[str, str]) -> None:
    """Puts an answer into the row of a turn, in place of the one that stands there."""
    row.question = clean(answer.question)
    row.language = answer.language
    row.status = answer.status
    row.writer = answer.writer
    row.confidence = float(answer.confidence)
    row.answer = answer.as_json()
    row.evidence = [asdict(each) for each in traces]
    row.versions = versions
    row.folded = folded(f"{answer.question} {answer.understood} {answer.text}")


def append(session: Session, row: ConversationRow, turn: TurnRow) -> None:
    """Gives a turn the last place in a conversation, which takes its name if it has none yet."""
    last = select(func.max(TurnRow.position)).where(TurnRow.conversation_id == row.id)
    position = session.scalar(last)
    turn.position = 0 if position is None else position + 1
    turn.conversation_id = row.id
    session.add(turn)
    row.changed_at = turn.asked_at
    _age(session, turn.asked_at)
    if not row.title:
        row.title = titled(turn.question)
        row.folded = folded(row.title)


def _age(session: Session, now: datetime) -> None:
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


def titled(text: str) -> str:
    """A text as a title: on one line, and ended at a word where it is long."""
    title = " ".join(clean(text).split())
    if len(title) <= _TITLE_CHARACTERS:
        return title
    cut = title[:_TITLE_CHARACTERS]
    at_word = cut.rpartition(" ")[0]
    return (at_word if len(at_word) > _TITLE_CHARACTERS // 2 else cut[:-1]) + "…"
