"""Notes: answers that a reader saves, each with its question and what it rests on."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import select

from assistant import NoConversationError
from assistant.answer import Answer
from assistant.conversations.conversation import mark, owns
from assistant.conversations.database import InDatabase
from assistant.conversations.rows import ID_CHARACTERS
from assistant.conversations.tables import NoteRow


class Notes(InDatabase):
    """The notes. A reader is told by a token, as whose conversations are."""

    def save(self, answer: Answer, reader: str, made_at: datetime | None = None) -> None:
        """Saves an answer; the same one is there once."""
        said = f"{mark(reader)}\n{answer.question}\n{answer.text}".encode(errors="replace")
        kept = replace(answer, nearest=(), follow_ups=(), withheld=(), notice=None, usage=None)
        note_id = hashlib.sha256(said).hexdigest()[:ID_CHARACTERS]
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
