"""Notes: answers that a reader saves, each with its question and what it rests on."""

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy import select

from assistant import NoConversationError
from assistant.answer import Answer
from assistant.conversations.conversation import Change, mark, owns
from assistant.conversations.database import InDatabase
from assistant.conversations.tables import ID_CHARACTERS, NoteRow
from knowledge.glossary import Glossary


@dataclass(frozen=True, slots=True)
class Note:
    """An answer that was saved: its question, its sentences and their citations."""

    id: str
    answer: Answer
    made_at: datetime

    def changes(self, glossary: Glossary) -> dict[int, Change]:
        """By marker, what is cited and does not stand where it stood any more."""
        found = dict[int, Change]()
        for c in self.answer.citations:
            entry = glossary.get(c.entry_id, c.language)
            if entry is None or entry.language != c.language:
                found[c.marker] = "gone"
            elif entry.text(c.section)[c.start : c.end] != c.quote:
                found[c.marker] = "changed"
        return found


class Notes(InDatabase):
    """The notes. A reader is told by a token, as whose conversations are."""

    def save(self, answer: Answer, reader: str, made_at: datetime | None = None) -> None:
        """Saves an answer; the same one is there once."""
        said = f"{mark(reader)}\n{answer.question}\n{answer.text}".encode(errors="replace")
        kept = replace(
            answer, nearest=(), follow_ups=(), withheld=(), notice=None, prompt=None, usage=None
        )
        row = NoteRow(
            id=hashlib.sha256(said).hexdigest()[:ID_CHARACTERS],
            reader=mark(reader),
            content=kept.as_json(),
            made_at=made_at or datetime.now(UTC),
        )
        with self.database.writing() as session:
            session.merge(row)

    def list(self, reader: str) -> tuple[Note, ...]:
        """A reader's notes, the newest first."""
        chosen = select(NoteRow).where(NoteRow.reader == mark(reader))
        with self.database.reading() as session:
            rows = session.scalars(chosen.order_by(NoteRow.made_at.desc(), NoteRow.id))
            return tuple(_kept(row) for row in rows)

    def delete(self, note_id: str, reader: str) -> Note:
        """Deletes a reader's note, and returns it; or NoConversationError."""
        with self.database.writing() as session:
            row = session.get(NoteRow, note_id)
            if row is None or not owns(reader, row.reader):
                raise NoConversationError("There is no such note: it may have been deleted.")
            session.delete(row)
            return _kept(row)


def _kept(row: NoteRow) -> Note:
    return Note(row.id, Answer.of_json(row.content), row.made_at)
