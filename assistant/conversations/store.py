"""The store: adds turns to conversations, and gives back what is kept; notes beside them."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Self, get_args

from sqlalchemy import ColumnElement, and_, delete, false, func, select
from sqlalchemy.orm import Session

from assistant import ConversationError, NoConversationError
from assistant.answer import Answer
from assistant.conversations import gaps, rows
from assistant.conversations.conversation import (
    NOBODY,
    Conversation,
    Feedback,
    Thumb,
    Turn,
    mark,
    owns,
    traces_of_json,
    unfinished,
)
from assistant.conversations.database import Database, InDatabase
from assistant.conversations.export import as_json
from assistant.conversations.tables import (
    Base,
    ConversationRow,
    FeedbackRow,
    NoteRow,
    SignInRow,
    TurnRow,
)
from knowledge.language.text import clean
from knowledge.search.evidence import Trace

_KEPT_DELETED = timedelta(days=30)  # for which what was deleted can be brought back
_HASH = 64  # digits
_MOST_WORDS = 30  # more is a text pasted by mistake, and SQLite's conditions go only so deep
_LENGTH = (
    select(func.count()).where(TurnRow.conversation_id == ConversationRow.id).scalar_subquery()
)
_OF_READERS = [table for table in Base.metadata.sorted_tables if "reader" in table.c]
_COPIED = [
    each.key for each in TurnRow.__table__.columns if each.key not in ("id", "conversation_id")
]


class Conversations(gaps.Gaps):
    """Every conversation of a database, and the gaps. Threads may share it.

    A reader is told by a token, of which only the hash is kept. Who has a conversation's id can
    read it; what changes one refuses a reader whose it is not, and checks nothing where none is
    given. One that was begun without a reader is nobody's, and not that of the reader who opens
    it: as with another's, they go on with a copy.

    Every method raises ConversationError where the database fails; where there is no conversation
    or turn of an id, or it is not the reader's; and where a turn would go to one that is deleted.
    """

    @classmethod
    def open(cls, address: str | Path) -> Self:
        """Opens a file of SQLite or a database by its URL; raises as ``Database.open``."""
        return cls(Database.open(address))

    def close(self) -> None:
        """Lets go of the database."""
        self.database.close()

    def ask(
        self,
        question: str,
        language: str,
        conversation_id: str = "",
        *,
        reader: str | None = None,
        before: int | None = None,
    ) -> Turn:
        """Adds a question before it is answered, so that it is there whatever ends the answer.

        With an empty id it begins a conversation; with ``before``, it is added to a copy of the
        turns before that position, which is the reader's: both in the same transaction.
        """
        now, answer = datetime.now(UTC), unfinished(question, language)
        with self.database.writing() as session:
            if before is not None:
                row = _copy(session, conversation_id, reader or NOBODY, before, now)
            elif conversation_id:
                row = _conversation(session, conversation_id, reader, deleted=False)
            else:
                row = _begun(session, "", reader or NOBODY, now)
            length = select(func.count()).where(TurnRow.conversation_id == row.id)
            position = session.scalar(length) or 0
            place = {"id": rows.new_id(), "conversation_id": row.id, "position": position}
            turn = TurnRow(**place, asked_at=now)
            turn.put(answer, ())
            session.add(turn)
            row.changed_at = now
            if not row.title:
                _name(row, turn.question)
        return Turn(turn.id, row.id, position, answer, (), now)

    def again(self, turn: Turn, *, reader: str | None = None) -> Turn:
        """Begins another answer in the place of one, which stays among its variants if whole."""
        with self.database.writing() as session:
            _conversation(session, turn.conversation_id, reader, deleted=False)
            row = _turn(session, turn.id, reader)
            row.variants = row.answers()
            row.variant = len(row.variants)
            row.put(unfinished(row.question, row.language), ())
            return row.kept()

    def choose(self, turn_id: str, variant: int, *, reader: str | None = None) -> Turn:
        """Shows another of the answers to a question, by its number; gives an unfinished one up."""
        with self.database.writing() as session:
            row = _turn(session, turn_id, reader)
            others = row.answers()
            if not 0 <= variant < len(others):
                raise NoConversationError(f"There is no answer {variant + 1} to that question.")
            chosen = others.pop(variant)
            row.variants, row.variant = others, variant
            row.put(Answer.of_json(chosen["answer"]), traces_of_json(chosen["evidence"]))
            return row.kept()

    def answer(
        self, turn: Turn, answer: Answer, traces: Sequence[Trace], *, reader: str | None = None
    ) -> Turn:
        """Puts an answer to a question that was added, whole or as far as it has come.

        With it is kept how it came about. What the glossary did not answer is counted among the
        gaps. It fails where the reader has chosen another answer meanwhile.
        """
        now = datetime.now(UTC)
        with self.database.writing() as session:
            conversation = _conversation(session, turn.conversation_id, reader, deleted=False)
            row = _turn(session, turn.id, reader)
            if row.variant != turn.variant:
                raise ConversationError("Another answer has been chosen meanwhile: ask again.")
            row.put(answer, traces)
            conversation.changed_at = now
            gaps.count(session, answer, now)
        return replace(turn, answer=answer, traces=tuple(traces))

    def get(
        self, conversation_id: str, limit: int | None = None, before: int | None = None
    ) -> Conversation:
        """A conversation with its turns, also if it is deleted.

        With a limit, so many of them: the last, or the last ``before`` a position; with 0, which
        is cheap, only what it is and how many turns it has.
        """
        with self.database.reading() as session:
            row = _conversation(session, conversation_id, to_write=False)
            found = select(TurnRow).where(TurnRow.conversation_id == row.id)
            if before is not None:
                found = found.where(TurnRow.position < before)
            last = session.scalars(found.order_by(TurnRow.position.desc()).limit(limit))
            length = session.scalar(select(_LENGTH).where(ConversationRow.id == row.id))
            try:
                return row.kept(length or 0, tuple(each.kept() for each in last)[::-1])
            except (ValueError, KeyError) as error:
                raise ConversationError(
                    f"The conversation “{row.title}” cannot be read: it is not as this version of"
                    " Masrad keeps them, so use the version that kept it."
                ) from error

    def list(
        self,
        search: str = "",
        *,
        limit: int = 100,
        reader: str | None = None,
    ) -> tuple[Conversation, ...]:
        """Conversations without their turns, that which was changed last before the others.

        Each word of a search stands in the title, a question or an answer, in whatever case and
        spelling. With a ``reader``, only that reader's are listed: none with the empty token, for
        what is nobody's is in no list.
        """
        found = (
            select(ConversationRow, _LENGTH)
            .where(ConversationRow.deleted_at.is_(None), _holding(search))
            .order_by(ConversationRow.changed_at.desc(), ConversationRow.id)
            .limit(limit)
        )
        if reader is not None:
            found = found.where(ConversationRow.reader == mark(reader) if reader else false())
        with self.database.reading() as session:
            return tuple(row.kept(length) for row, length in session.execute(found))

    def rename(self, conversation_id: str, title: str, *, reader: str | None = None) -> None:
        """Gives a conversation another title; ConversationError, too, where that is empty."""
        if not rows.titled(title):
            raise ConversationError("The title is empty: give the conversation one of a few words.")
        with self.database.writing() as session:
            _name(_conversation(session, conversation_id, reader), title)

    def delete(self, conversation_id: str, *, reader: str | None = None) -> None:
        """Deletes a conversation; for 30 days it can be brought back."""
        with self.database.writing() as session:
            row = _conversation(session, conversation_id, reader)
            row.deleted_at = row.deleted_at or datetime.now(UTC)

    def restore(self, conversation_id: str, *, reader: str | None = None) -> None:
        """Brings back a conversation that was deleted."""
        with self.database.writing() as session:
            _conversation(session, conversation_id, reader).deleted_at = None

    def rate(
        self, turn_id: str, thumb: Thumb, comment: str | None = None, *, reader: str | None = None
    ) -> Feedback:
        """Keeps what a reader says of an answer; without a comment, one given before stays."""
        if thumb not in get_args(Thumb):
            raise ConversationError("A thumb is 1 for up, −1 for down, or 0 for none.")
        with self.database.writing() as session:
            row = _turn(session, turn_id, reader)
            given = row.feedback or FeedbackRow(turn_id=turn_id, comment="")
            before = given.comment if given.variant == row.variant else ""
            given.thumb, given.variant = thumb, row.variant
            given.comment = before if comment is None else clean(comment).strip()
            given.given_at, given.aside_at = datetime.now(UTC), None
            row.feedback = given
            return given.kept()

    def kept_on(self, reader: str) -> dict[str, Any]:
        """All that is kept on a reader, ready for ``json.dumps``: rows by the names of tables.

        Not the hashes by which a key of theirs is known.
        """
        found = {}
        with self.database.reading() as session:
            for table in _OF_READERS:
                rows_ = session.execute(select(table).where(table.c.reader == mark(reader)))
                found[table.name] = [
                    {
                        name: value if isinstance(value, dict) else str(value)
                        for name, value in row.items()
                        if len(str(value)) != _HASH
                    }
                    for row in rows_.mappings()
                ]
        ids = [str(row["id"]) for row in found.pop(ConversationRow.__tablename__)]
        return {"conversations": [as_json(self.get(each)) for each in ids], **found}

    def forget(self, reader: str) -> None:
        """Deletes for good all that is kept on a reader.

        Not that sign-ins were ended, without which an old cookie would open again.
        """
        with self.database.writing() as session:
            for table in _OF_READERS:
                if table is not SignInRow.__table__:
                    session.execute(delete(table).where(table.c.reader == mark(reader)))


class Notes(InDatabase):
    """The answers that readers save. A reader is told by a token, as whose conversations are."""

    def save(self, answer: Answer, reader: str, made_at: datetime | None = None) -> None:
        """Saves an answer; the same one is there once."""
        said = f"{mark(reader)}\n{answer.question}\n{answer.text}".encode(errors="replace")
        kept = replace(answer, nearest=(), follow_ups=(), withheld=(), notice=None, usage=None)
        note_id = hashlib.sha256(said).hexdigest()[: rows.ID_CHARACTERS]
        row = NoteRow(id=note_id, reader=mark(reader), content=kept.as_json())
        row.made_at = made_at or datetime.now(UTC)
        with self.database.writing() as session:
            session.merge(row)

    def list(self, reader: str) -> tuple[NoteRow, ...]:
        """A reader's notes, the newest first."""
        chosen = select(NoteRow).where(NoteRow.reader == mark(reader))
        with self.database.reading() as session:
            return tuple(session.scalars(chosen.order_by(NoteRow.made_at.desc(), NoteRow.id)))

    def delete(self, note_id: str, reader: str) -> NoteRow:
        """Deletes a reader's note, and returns it; or NoConversationError."""
        with self.database.writing() as session:
            row = session.get(NoteRow, note_id)
            if row is None or not owns(reader, row.reader):
                raise NoConversationError("There is no such note: it may have been deleted.")
            session.delete(row)
            return row


def _conversation(
    session: Session,
    conversation_id: str,
    reader: str | None = None,
    *,
    to_write: bool = True,
    deleted: bool = True,
) -> ConversationRow:
    """The row of a conversation, of this reader if one is given; it may be ``deleted``, or not."""
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


def _turn(session: Session, turn_id: str, reader: str | None) -> TurnRow:
    """The row of a turn to be written, in a conversation of this reader if one is given."""
    row = session.get(TurnRow, turn_id, with_for_update={"of": TurnRow})
    if row is None:
        raise NoConversationError(f"There is no answer {turn_id}: it may have been deleted.")
    if reader is not None:
        _conversation(session, row.conversation_id, reader, to_write=False)
    return row


def _begun(session: Session, title: str, reader: str, now: datetime) -> ConversationRow:
    """A new conversation; what was deleted long ago makes room for it."""
    old = delete(ConversationRow).where(ConversationRow.deleted_at < now - _KEPT_DELETED)
    session.execute(old, execution_options={"synchronize_session": False})
    row = ConversationRow(id=rows.new_id(), reader=mark(reader), created_at=now, changed_at=now)
    _name(row, title)
    session.add(row)
    session.flush()
    return row


def _name(row: ConversationRow, title: str) -> None:
    row.title = rows.titled(title)
    row.folded = " ".join(rows.words(row.title))


def _copy(
    session: Session, conversation_id: str, reader: str, before: int, now: datetime
) -> ConversationRow:
    """A conversation of this reader, with the turns before a position of another.

    What was said of them is not copied. One's own is named by what is asked next, so that the two
    are told apart.
    """
    row = _conversation(session, conversation_id, deleted=False)
    new = _begun(session, "" if owns(reader, row.reader) else row.title, reader, now)
    for each in row.turns[:before]:
        values = {name: getattr(each, name) for name in _COPIED}
        session.add(TurnRow(id=rows.new_id(), conversation_id=new.id, feedback=None, **values))
    session.flush()
    return new


def _holding(search: str) -> ColumnElement[bool]:
    """The condition that each word of a search, or its beginning, stands somewhere in it."""
    words = list(dict.fromkeys(rows.words(search)))[:_MOST_WORDS]
    if search.strip() and not words:  # nothing but punctuation: no text is kept with that
        return false()
    title, said = ConversationRow.folded, TurnRow.folded
    holds = (
        title.contains(word, autoescape=True)
        | ConversationRow.turns.any(said.contains(word, autoescape=True))
        for word in words
    )
    return and_(True, *holds)  # noqa: FBT003  (SQL's true)
