"""The store: begins conversations, adds turns to them, and gives back what is kept."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self, get_args

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from assistant import ConversationError
from assistant.answer import Answer
from assistant.conversations import gaps
from assistant.conversations.changes import version_of
from assistant.conversations.conversation import (
    Conversation,
    Feedback,
    Gap,
    KeptEvidence,
    Thumb,
    Turn,
)
from assistant.conversations.database import Database
from assistant.conversations.ids import new_id, whole_id
from assistant.conversations.search import folded, holding
from assistant.conversations.tables import (
    ConversationRow,
    FeedbackRow,
    GapRow,
    TurnRow,
)
from knowledge.evidence import Evidence
from knowledge.glossary import Glossary
from knowledge.language import clean

KEPT_DELETED = timedelta(days=30)
"""How long what was deleted can be brought back."""

_TITLE_CHARACTERS = 80


class Conversations:
    """Every conversation of a database, and the gaps. Threads may share it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @classmethod
    def open(cls, address: str | Path) -> Self:
        """Opens a file of SQLite or a database by its URL, and removes what was deleted long ago.

        Raises:
            ConversationError: it cannot be opened, or is of a newer version of Masrad.
        """
        conversations = cls(Database.open(address))
        try:
            conversations.purge()
        except BaseException:
            conversations.close()
            raise
        return conversations

    def close(self) -> None:
        """Lets go of the database."""
        self._database.close()

    def begin(self, title: str = "") -> Conversation:
        """Begins a conversation; without a title, its first question becomes that.

        Raises:
            ConversationError: the database fails.
        """
        now = datetime.now(UTC)
        title = _titled(title)
        row = ConversationRow(
            id=new_id(), title=title, folded=folded(title), created_at=now, changed_at=now
        )
        with self._database.writing() as session:
            session.add(row)
        return Conversation(row.id, title, now, now)

    def add(
        self,
        conversation_id: str,
        answer: Answer,
        evidence: Sequence[Evidence],
        glossary: Glossary,
    ) -> Turn:
        """Adds an answer, what was found for it, and the versions of the entries that it cites.

        What the glossary did not answer is counted among the gaps.

        Raises:
            ConversationError: there is no such conversation, it is deleted, or the database fails.
        """
        now = datetime.now(UTC)
        keys = dict.fromkeys(f"{c.language}/{c.entry_id}" for c in answer.citations)
        versions = {key: v for key in keys if (v := version_of(glossary, key)) is not None}
        kept = tuple(map(KeptEvidence.of, evidence))
        with self._database.writing() as session:
            row = _row(session, conversation_id)
            if row.deleted_at is not None:
                raise ConversationError(
                    f"The conversation “{row.title}” is deleted: restore it, or begin another."
                )
            last = select(func.max(TurnRow.position)).where(TurnRow.conversation_id == row.id)
            position = session.scalar(last)
            turn = TurnRow(
                id=new_id(),
                conversation_id=row.id,
                position=0 if position is None else position + 1,
                question=clean(answer.question),
                language=answer.language,
                status=answer.status,
                writer=answer.writer,
                confidence=float(answer.confidence),
                answer=answer.as_json(),
                evidence=[each.as_json() for each in kept],
                versions=versions,
                folded=folded(f"{answer.question} {answer.understood} {answer.text}"),
                asked_at=now,
            )
            session.add(turn)
            row.changed_at = now
            if not row.title:
                row.title = _titled(answer.question)
                row.folded = folded(row.title)
            gaps.count(session, answer, now)
        return Turn(turn.id, row.id, turn.position, answer, kept, versions, now)

    def get(self, conversation_id: str) -> Conversation:
        """A conversation with its turns, also if it is deleted.

        Raises:
            ConversationError: there is no such conversation, or the database fails.
        """
        with self._database.reading() as session:
            row = _row(session, conversation_id, to_write=False)
            try:
                turns = tuple(each.kept() for each in row.turns)
            except (ValueError, KeyError) as error:
                raise ConversationError(
                    f"The conversation “{row.title}” cannot be read: it is not as this version of"
                    " Masrad keeps them, so use the version that kept it."
                ) from error
            return row.kept(len(turns), turns)

    def list(
        self, search: str = "", *, deleted: bool = False, limit: int = 100
    ) -> tuple[Conversation, ...]:
        """Conversations without their turns, that which was changed last before the others.

        Each word of a search stands in the title, a question or an answer, in whatever case and
        spelling; ``deleted`` lists those that can be brought back.

        Raises:
            ConversationError: the database fails.
        """
        count = select(func.count()).where(TurnRow.conversation_id == ConversationRow.id)
        found = (
            select(ConversationRow, count.scalar_subquery())
            .where(ConversationRow.deleted_at.is_not(None) == deleted, holding(search))
            .order_by(ConversationRow.changed_at.desc(), ConversationRow.id)
            .limit(limit)
        )
        with self._database.reading() as session:
            return tuple(row.kept(length) for row, length in session.execute(found))

    def rename(self, conversation_id: str, title: str) -> None:
        """Gives a conversation another title.

        Raises:
            ConversationError: there is no such conversation, the title is empty, or the database
                fails.
        """
        title = _titled(title)
        if not title:
            raise ConversationError("The title is empty: give the conversation one of a few words.")
        with self._database.writing() as session:
            row = _row(session, conversation_id)
            row.title, row.folded = title, folded(title)

    def delete(self, conversation_id: str) -> None:
        """Deletes a conversation; for ``KEPT_DELETED`` it can be brought back.

        Raises:
            ConversationError: there is no such conversation, or the database fails.
        """
        with self._database.writing() as session:
            row = _row(session, conversation_id)
            row.deleted_at = row.deleted_at or datetime.now(UTC)

    def restore(self, conversation_id: str) -> None:
        """Brings back a conversation that was deleted.

        Raises:
            ConversationError: there is no such conversation (any more), or the database fails.
        """
        with self._database.writing() as session:
            _row(session, conversation_id).deleted_at = None

    def purge(self, kept: timedelta = KEPT_DELETED) -> int:
        """Removes for good what was deleted longer ago than that; says how many conversations.

        Raises:
            ConversationError: the database fails.
        """
        old = ConversationRow.deleted_at < datetime.now(UTC) - kept
        with self._database.reading() as session:
            ids = session.scalars(select(ConversationRow.id).where(old)).all()
        if ids:  # mostly there is nothing to write
            with self._database.writing() as session:
                session.execute(delete(ConversationRow).where(old))
        return len(ids)

    def rate(self, turn_id: str, thumb: Thumb, comment: str | None = None) -> Feedback:
        """Keeps what a reader says of an answer; without a comment, one given before stays.

        Raises:
            ConversationError: there is no such turn, the thumb is none, or the database fails.
        """
        if thumb not in get_args(Thumb):
            raise ConversationError("A thumb is 1 for up, −1 for down, or 0 for none.")
        with self._database.writing() as session:
            row = session.get(TurnRow, turn_id, with_for_update={"of": TurnRow})
            if row is None:
                raise ConversationError(
                    f"There is no answer {turn_id}: “masrad conversations show” names them."
                )
            said = row.feedback or FeedbackRow(turn_id=turn_id, comment="")
            said.thumb = thumb
            said.comment = said.comment if comment is None else clean(comment).strip()
            said.given_at = datetime.now(UTC)
            row.feedback = said
            return Feedback(thumb, said.comment, said.given_at)

    def record_gap(self, answer: Answer) -> None:
        """Counts the question of an answer among the gaps, if the glossary did not answer it.

        ``add`` does so too: this is for an answer that is not kept.

        Raises:
            ConversationError: the database fails.
        """
        with self._database.writing() as session:
            gaps.count(session, answer, datetime.now(UTC))

    def gaps(self, limit: int = 20) -> tuple[Gap, ...]:
        """What the glossary did not answer, most asked first.

        Raises:
            ConversationError: the database fails.
        """
        most = select(GapRow).order_by(GapRow.count.desc(), GapRow.last_at.desc(), GapRow.key)
        with self._database.reading() as session:
            return tuple(row.kept() for row in session.scalars(most.limit(limit)))

    def conversation_id(self, beginning: str) -> str:
        """The id of the one conversation whose id begins so, deleted or not.

        Raises:
            ConversationError: there is none or more than one, or the database fails.
        """
        remedy = "“masrad conversations” lists them"
        with self._database.reading() as session:
            return whole_id(session, ConversationRow.id, beginning, "conversation", remedy)

    def turn_id(self, beginning: str) -> str:
        """The id of the one answer whose id begins so.

        Raises:
            ConversationError: there is none or more than one, or the database fails.
        """
        remedy = "“masrad conversations show” names those of a conversation"
        with self._database.reading() as session:
            return whole_id(session, TurnRow.id, beginning, "answer", remedy)


def _row(session: Session, conversation_id: str, *, to_write: bool = True) -> ConversationRow:
    """The row of a conversation; one to write in is kept from other writers meanwhile."""
    row = session.get(ConversationRow, conversation_id, with_for_update=to_write)
    if row is None:
        raise ConversationError(
            f"There is no conversation {conversation_id}: “masrad conversations” lists them."
        )
    return row


def _titled(text: str) -> str:
    """A text as a title: on one line, and ended at a word where it is long."""
    title = " ".join(clean(text).split())
    if len(title) <= _TITLE_CHARACTERS:
        return title
    cut = title[:_TITLE_CHARACTERS]
    at_word = cut.rpartition(" ")[0]
    return (at_word if len(at_word) > _TITLE_CHARACTERS // 2 else cut[:-1]) + "…"
