"""The tables that conversations are kept in. A change here raises ``database.REVISION``."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated, Any

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from assistant.answer import Answer
from assistant.conversations.conversation import Conversation, Feedback, Thumb, Turn, traces_of_json
from assistant.conversations.rows import ID_CHARACTERS, words
from knowledge.language.text import clean
from knowledge.search.evidence import Trace

KEY_CHARACTERS = 200
_Id = Annotated[str, mapped_column(sa.String(ID_CHARACTERS))]
_Key = Annotated[str, mapped_column(sa.String(KEY_CHARACTERS))]
_Hash = Annotated[str, mapped_column(sa.String(64))]
_Name = Annotated[str, mapped_column(sa.String(40))]
_Code = Annotated[str, mapped_column(sa.String(12))]


class Moment(sa.TypeDecorator[datetime]):
    """A time in UTC. SQLite keeps no zone, and PostgreSQL gives back that of its session."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: sa.Dialect) -> datetime | None:
        """The time in UTC; one without a zone is a mistake, and is not guessed at."""
        if value is not None and value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: sa.Dialect) -> datetime | None:
        """The time as it was put in."""
        return value and (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC)


class Base(DeclarativeBase):
    """The schema. Its indexes have names by which they are known to be there."""

    metadata = sa.MetaData(naming_convention={"ix": "ix_%(table_name)s_%(column_0_name)s"})
    type_annotation_map = {  # noqa: RUF012  (SQLAlchemy's own way of being told)
        str: sa.Text,
        float: sa.Float,
        datetime: Moment,
        dict[str, Any]: sa.JSON,
        list[Any]: sa.JSON,
    }


class ConversationRow(Base):
    """A conversation; its turns go with it."""

    __tablename__ = "conversation"
    __table_args__ = (sa.Index(None, "reader", "changed_at"),)

    id: Mapped[_Id] = mapped_column(primary_key=True)
    reader: Mapped[_Hash] = mapped_column(server_default="")
    title: Mapped[str]
    folded: Mapped[str]
    """The title as a search compares it."""
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime] = mapped_column(index=True)
    deleted_at: Mapped[datetime | None]
    turns: Mapped[list["TurnRow"]] = relationship(
        order_by="TurnRow.position", cascade="all, delete-orphan", passive_deletes=True
    )

    def kept(self, length: int, turns: tuple[Turn, ...] = ()) -> Conversation:
        """The conversation, with so many turns."""
        times = self.created_at, self.changed_at, self.deleted_at
        return Conversation(self.id, self.title, *times, length, turns, self.reader)


class TurnRow(Base):
    """A question with its answer; what may be asked of many stands in columns beside the JSON."""

    __tablename__ = "turn"
    __table_args__ = (sa.UniqueConstraint("conversation_id", "position"),)

    id: Mapped[_Id] = mapped_column(primary_key=True)
    conversation_id: Mapped[_Id] = mapped_column(
        sa.ForeignKey("conversation.id", ondelete="CASCADE")
    )
    position: Mapped[int]
    question: Mapped[str]
    language: Mapped[str]
    status: Mapped[str]
    writer: Mapped[str]
    confidence: Mapped[float]
    answer: Mapped[dict[str, Any]]
    evidence: Mapped[list[Any]]
    versions: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Of the cited entries, which earlier versions of Masrad compared."""
    folded: Mapped[str]
    """The question and the answer's text as a search compares them."""
    asked_at: Mapped[datetime]
    variants: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    """Other answers to the question, in order: of each the answer and its evidence."""
    variant: Mapped[int] = mapped_column(default=0, server_default="0")
    """The number among all of them of the answer that is shown: that in the columns above."""
    feedback: Mapped["FeedbackRow | None"] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, lazy="joined"
    )

    def put(self, answer: Answer, traces: Sequence[Trace]) -> None:
        """Puts an answer in place of the one that stands there."""
        self.question, self.answer = clean(answer.question), answer.as_json()
        for name in ("language", "status", "writer", "confidence"):
            setattr(self, name, getattr(answer, name))
        self.evidence = [asdict(each) for each in traces]
        self.folded = " ".join(words(f"{answer.question} {answer.understood} {answer.text}"))

    def kept(self) -> Turn:
        """The turn; ValueError or KeyError where what is kept is none."""
        answer, traces = Answer.of_json(self.answer), traces_of_json(self.evidence)
        said = self.feedback
        feedback = said.kept() if said and said.variant == self.variant else None
        place = self.id, self.conversation_id, self.position
        others = tuple(self.variants)
        return Turn(*place, answer, traces, self.asked_at, feedback, self.variant, others)

    def answers(self) -> list[dict[str, Any]]:
        """All whole answers to the question, in the order in which they were given."""
        shown = {"answer": self.answer, "evidence": self.evidence}
        whole = [shown][: self.status != "unfinished"]  # else it is the last
        return [*self.variants[: self.variant], *whole, *self.variants[self.variant :]]


class FeedbackRow(Base):
    """What was said of an answer last."""

    __tablename__ = "feedback"
    __table_args__ = (sa.CheckConstraint("thumb IN (-1, 0, 1)", name="thumb"),)

    turn_id: Mapped[_Id] = mapped_column(
        sa.ForeignKey("turn.id", ondelete="CASCADE"), primary_key=True
    )
    thumb: Mapped[Thumb] = mapped_column(sa.Integer)
    comment: Mapped[str]
    given_at: Mapped[datetime]
    variant: Mapped[int] = mapped_column(default=0, server_default="0")
    """Of which of the answers to the question it was said."""
    aside_at: Mapped[datetime | None]
    """When it was set aside as seen to, if it is."""

    def kept(self) -> Feedback:
        """The feedback."""
        return Feedback(self.thumb, self.comment, self.given_at)


class GapRow(Base):
    """What the glossary did not answer, under the words that carry its meaning."""

    __tablename__ = "gap"

    key: Mapped[_Key] = mapped_column(primary_key=True)
    term: Mapped[str]
    """The shortest question that asked for it."""
    question: Mapped[str]
    language: Mapped[str]
    nearest: Mapped[list[Any]]
    """The terms that came nearest when it was asked last."""
    count: Mapped[int]
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]
    aside_at: Mapped[datetime | None]
    """When it was set aside as not needed, if it is."""


class SignInRow(Base):
    """A browser in which somebody is signed in, or was; by a hash of what only it has."""

    __tablename__ = "sign_in"

    id: Mapped[_Hash] = mapped_column(primary_key=True)
    reader: Mapped[_Hash] = mapped_column(index=True)
    begun_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class CounterRow(Base):
    """How much there was of something in a window of time. It goes once that is over.

    It is not what is kept on a reader, who could else forget it and go on.
    """

    __tablename__ = "counter"

    whose: Mapped[_Hash] = mapped_column(primary_key=True)
    """The hash of the reader's token; nothing where all are counted."""
    name: Mapped[_Name] = mapped_column(primary_key=True)
    begun_at: Mapped[datetime] = mapped_column(primary_key=True)
    used: Mapped[float]
    until: Mapped[datetime] = mapped_column(index=True)


class PlaceRow(Base):
    """A question that is being answered, by whichever replica."""

    __tablename__ = "place"

    id: Mapped[_Hash] = mapped_column(primary_key=True)
    whose: Mapped[_Hash] = mapped_column(index=True)
    until: Mapped[datetime] = mapped_column(index=True)


class VersionRow(Base):
    """A version of the library that replicas share; that of the highest number is in force."""

    __tablename__ = "library_version"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    hash: Mapped[_Hash]
    """Of the files' names and contents."""
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(default="")
    """Who made it, which an earlier version noted."""
    archive: Mapped[bytes] = mapped_column(deferred=True)
    """The files, as a ZIP."""


class ReplicaRow(Base):
    """Which version a replica serves, and when it said so last."""

    __tablename__ = "replica"

    id: Mapped[_Hash] = mapped_column(primary_key=True)
    number: Mapped[int]
    seen_at: Mapped[datetime]


class IndexRow(Base):
    """The rows of a collection on the Chroma server that a version needs."""

    __tablename__ = "index_rows"

    number: Mapped[int] = mapped_column(
        sa.ForeignKey("library_version.number", ondelete="CASCADE"), primary_key=True
    )
    collection: Mapped[_Hash] = mapped_column(primary_key=True)
    rows: Mapped[bytes]
    """Their ids, of sixteen bytes each."""


class TokenRow(Base):
    """A token by which a named program asks for a reader; of both, a hash."""

    __tablename__ = "token"

    id: Mapped[_Id] = mapped_column(primary_key=True)
    secret: Mapped[_Hash] = mapped_column(unique=True)
    reader: Mapped[_Hash] = mapped_column(index=True)
    role: Mapped[str] = mapped_column(default="reader")
    """Of which an earlier version made others."""
    name: Mapped[str]
    made_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class CardRow(Base):
    """A card of a reader's, as its scheduler left it."""

    __tablename__ = "card"

    reader: Mapped[_Hash] = mapped_column(primary_key=True)
    entry_id: Mapped[_Key] = mapped_column(primary_key=True)
    state: Mapped[dict[str, Any]]
    due_at: Mapped[datetime] = mapped_column(index=True)


class LessonRow(Base):
    """A lesson that a teacher keeps."""

    __tablename__ = "lesson"

    id: Mapped[_Id] = mapped_column(primary_key=True)
    reader: Mapped[_Hash] = mapped_column(index=True)
    title: Mapped[str]
    content: Mapped[dict[str, Any]]
    made_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class NoteRow(Base):
    """An answer that a reader saved."""

    __tablename__ = "note"

    id: Mapped[_Id] = mapped_column(primary_key=True)
    """Of a hash of the reader, the question and the answer."""
    reader: Mapped[_Hash] = mapped_column(index=True)
    content: Mapped[dict[str, Any]]
    made_at: Mapped[datetime]

    @property
    def answer(self) -> Answer:
        """What was saved: the question, the sentences and their citations."""
        return Answer.of_json(self.content)


class LearntRow(Base):
    """That a reader has been through a term on a path."""

    __tablename__ = "learnt"

    reader: Mapped[_Hash] = mapped_column(primary_key=True)
    entry_id: Mapped[_Key] = mapped_column(primary_key=True)
    learnt_at: Mapped[datetime]


class RoomRow(Base):
    """A reader's quiz that many answer at once; its answers go with it."""

    __tablename__ = "room"

    code: Mapped[_Code] = mapped_column(primary_key=True)
    reader: Mapped[_Hash] = mapped_column(index=True)
    quiz: Mapped[dict[str, Any]]
    state: Mapped[dict[str, Any]]
    until: Mapped[datetime] = mapped_column(index=True)


class RoomAnswerRow(Base):
    """What somebody answered to an item of a quiz."""

    __tablename__ = "room_answer"

    room: Mapped[str] = mapped_column(
        sa.ForeignKey("room.code", ondelete="CASCADE"), primary_key=True
    )
    participant: Mapped[_Hash] = mapped_column(primary_key=True)
    item: Mapped[int] = mapped_column(primary_key=True)
    choice: Mapped[list[Any]]
    given_at: Mapped[datetime]


class GroupRow(Base):
    """A teacher's class, known by a code that is given out."""

    __tablename__ = "class_group"

    code: Mapped[_Code] = mapped_column(primary_key=True)
    reader: Mapped[_Hash] = mapped_column(index=True)
    name: Mapped[str]
    made_at: Mapped[datetime]


class EventRow(Base):
    """What somebody of a group did; nobody can tell who."""

    __tablename__ = "class_event"
    __table_args__ = (sa.Index(None, "group_code", "at"),)

    id: Mapped[_Id] = mapped_column(primary_key=True)
    group_code: Mapped[_Code]
    kind: Mapped[_Name]
    entry_id: Mapped[_Key]
    detail: Mapped[str]
    at: Mapped[datetime]


class RevisionRow(Base):
    """The revision of the schema, where Alembic kept it, by which earlier versions migrated."""

    __tablename__ = "alembic_version"

    version_num: Mapped[str] = mapped_column(sa.String(32), primary_key=True)
