"""Rooms: a quiz that many answer at once. All of it is in the database: any replica serves it."""

import time
from collections import Counter
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Literal, get_args

from pydantic import TypeAdapter
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from assistant import ClassError
from assistant.classroom.groups import record
from assistant.classroom.quiz import Quiz
from assistant.conversations import rows
from assistant.conversations.conversation import Mark, mark
from assistant.conversations.database import InDatabase, insert
from assistant.conversations.tables import RoomAnswerRow, RoomRow

Phase = Literal["waiting", "asking", "revealed", "over"]
Seconds = Literal[15, 30, 45, 60, 90, 120]
Move = Literal["next", "reveal", "end"]

MOST_PEOPLE = 300
"""In a room."""
MOST_ROOMS = 20
"""That a reader has at once."""
SECONDS: tuple[Seconds, ...] = get_args(Seconds)
"""For a question, to be chosen from."""
LETTERS = "CDFHJKMPRTWXY"
"""Of codes: none is taken for another or for a digit, and without vowels they spell no word."""
HERE = -1
"""The item of an answer that says only that somebody is in."""
_QUIZ = TypeAdapter(Quiz)
_GRACE = 1.5  # seconds that an answer may be under way
_IDLE = timedelta(hours=2)  # after the last move, until a room ends by itself
_AFTER = timedelta(minutes=30)  # after its end, in which its results can be looked at


@dataclass(frozen=True, slots=True)
class State:
    """Where a quiz is; of ``over``, where it was when it ended."""

    phase: Phase = "waiting"
    item: int = 0
    since: float = 0.0
    """When the item was asked, in seconds since 1970."""
    seconds: int = SECONDS[1]
    """For which it may be answered."""
    step: int = 0
    """How many moves led here: a move is made from where it was seen, or not at all."""
    group: str = ""
    """The code of the group that what is answered wrongly counts for."""

    @property
    def left(self) -> float:
        """Seconds in which the item may still be answered; negative once time is up."""
        return self.since + self.seconds - time.time()

    def moved(self, move: Move, items: int, seconds: int) -> "State":
        """The state after a move; the same where the move is none here."""
        item = self.item + 1 if self.phase == "revealed" else 0
        match self.phase, move:
            case "waiting" | "revealed", "next" if item < items:
                return replace(self, phase="asking", item=item, since=time.time(), seconds=seconds)
            case ("revealed", "next") | (_, "end"):
                return replace(self, phase="over")
            case "asking", "reveal":
                return replace(self, phase="revealed")
        return self


@dataclass(frozen=True, slots=True)
class Room:
    """A room as it is at a moment."""

    code: str
    reader: Mark
    """Of who made it."""
    quiz: Quiz
    state: State
    answers: dict[int, dict[str, tuple[int, ...]]] = field(default_factory=dict)
    """Who chose what, by item: of that which is asked, and once it is over of all."""

    @property
    def people(self) -> int:
        """How many are in it."""
        return len(self.answers.get(HERE, ()))

    def chosen(self, participant: str) -> tuple[int, ...] | None:
        """What somebody answered to the present item."""
        return self.answers.get(self.state.item, {}).get(participant)

    def right(self, n: int) -> int:
        """How many answered an item rightly."""
        return sum(map(self.quiz.items[n].is_right, self.answers.get(n, {}).values()))

    def score(self, participant: str) -> int:
        """How many items somebody answered rightly."""
        chosen = ((item, self.answers.get(n, {})) for n, item in enumerate(self.quiz.items))
        return sum(item.is_right(each.get(participant, ())) for item, each in chosen)

    def counts(self) -> tuple[int, ...]:
        """How many chose each option of the present item; of ``order``, put it where it belongs."""
        item = self.quiz.items[self.state.item]
        given = self.answers.get(self.state.item, {}).values()
        chosen = Counter(n for each in given for n in each)
        if item.kind == "order":
            pairs = (pair for each in given for pair in zip(each, item.right, strict=True))
            chosen = Counter(n for n, place in pairs if n == place)
        return tuple(chosen[n] for n in range(len(item.options)))

    def fits(self, n: int, choice: tuple[int, ...]) -> bool:
        """Whether this may be an answer to an item."""
        if not 0 <= n < len(self.quiz.items):
            return False
        options = range(len(self.quiz.items[n].options))
        if self.quiz.items[n].kind == "order":
            return sorted(choice) == [*options]
        return len(choice) == 1 and choice[0] in options


class Rooms(InDatabase):
    """The rooms."""

    def make(self, quiz: Quiz, reader: str, group: str = "") -> str:
        """A room for a quiz, by its code; what ended long ago is removed. It counts for a group.

        Raises:
            ClassError: the reader is nobody, or has too many rooms.
        """
        if not (owner := mark(reader)):
            raise ClassError("Your browser does not tell who you are: allow it to keep cookies.")
        now = datetime.now(UTC)
        with self.database.writing() as session:
            session.execute(delete(RoomRow).where(RoomRow.until < now))
            own = select(func.count()).where(RoomRow.reader == owner)
            if (session.scalar(own) or 0) >= MOST_ROOMS:
                raise ClassError(
                    f"You have {MOST_ROOMS} live quizzes at once: end one, or wait until one ends."
                )
            code = rows.new_code(session, RoomRow, LETTERS)
            row = RoomRow(code=code, reader=owner, quiz=asdict(quiz), until=now + _IDLE)
            row.state = asdict(State(group=group))
            session.add(row)
        return code

    def find(self, code: str) -> Room | None:
        """The room of a code as it is now; None where there is none, or it has ended."""
        lasting = RoomRow.code == code, RoomRow.until > datetime.now(UTC)
        answer, found = RoomAnswerRow, dict[int, dict[str, tuple[int, ...]]]({HERE: {}})
        with self.database.reading() as session:
            if (row := session.scalar(select(RoomRow).where(*lasting))) is None:
                return None
            state = State(**row.state)
            given = select(answer.item, answer.participant, answer.choice)
            given = given.where(answer.room == code)
            if state.phase != "over":
                given = given.where(answer.item.in_((HERE, state.item)))
            for item, participant, choice in session.execute(given):
                found.setdefault(item, {})[participant] = tuple(choice)
            return Room(code, Mark(row.reader), _QUIZ.validate_python(row.quiz), state, found)

    def join(self, code: str, participant: str) -> bool:
        """Lets somebody into a room, once; False if it is full, or has ended."""
        with self.database.writing() as session:
            if session.get(RoomAnswerRow, (code, participant, HERE)):
                return True
            people = select(func.count()).where(
                RoomAnswerRow.room == code, RoomAnswerRow.item == HERE
            )
            if session.get(RoomRow, code) is None or (session.scalar(people) or 0) >= MOST_PEOPLE:
                return False
            _keep(session, code, participant, HERE, ())
        return True

    def answer(self, room: Room, participant: str, n: int, choice: tuple[int, ...]) -> bool:
        """Takes what somebody who is in answers to an item, instead of what they did before.

        False where the item is not being asked, or time is up, or it can be no answer.
        """
        if not room.fits(n, choice):
            return False
        with self.database.writing() as session:
            kept = session.scalar(select(RoomRow.state).where(RoomRow.code == room.code))
            state = State(**kept or {})
            asked = state.phase == "asking" and state.item == n and state.left > -_GRACE
            may = asked and bool(session.get(RoomAnswerRow, (room.code, participant, HERE)))
            if may:
                _keep(session, room.code, participant, n, choice)
        return may

    def move(self, room: Room, move: Move, step: int, seconds: int = 0) -> Room:
        """The room after a move, if it was at this step; else as it is, for another was faster."""
        with self.database.writing() as session:
            row = session.get(RoomRow, room.code, with_for_update=True)
            before = State(**row.state) if row else room.state
            if row and before.step == step:
                after = before.moved(move, len(room.quiz.items), seconds or before.seconds)
                if before.phase == "asking" != after.phase:
                    _count_missed(session, replace(room, state=before))
                lasts = _AFTER if after.phase == "over" else _IDLE
                row.state = asdict(replace(after, step=step + 1))
                row.until = datetime.now(UTC) + lasts
        return self.find(room.code) or room


def _keep(
    session: Session, code: str, participant: str, item: int, choice: tuple[int, ...]
) -> None:
    """Keeps an answer in place of that of before, also where two come at once."""
    key = {"room": code, "participant": participant, "item": item}
    values = {"choice": list(choice), "given_at": datetime.now(UTC)}
    row = insert(session)(RoomAnswerRow).values(**key, **values)
    session.execute(row.on_conflict_do_update(index_elements=list(key), set_=values))


def _count_missed(session: Session, room: Room) -> None:
    """Counts for the room's group how many answered the present item wrongly."""
    n, item = room.state.item, room.quiz.items[room.state.item]
    there = RoomAnswerRow.room == room.code, RoomAnswerRow.item == n
    for choice in session.scalars(select(RoomAnswerRow.choice).where(*there)).all():
        if not item.is_right(tuple(choice)):
            record(session, room.state.group, "missed", item.key.entry_id, item.prompt)
