"""Tokens: by them a program asks as the person who made them, with at most their role."""

import secrets
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select, update

from assistant import TokenError
from assistant.conversations import rows
from assistant.conversations.conversation import Mark, mark
from assistant.conversations.database import Database
from assistant.conversations.tables import TokenRow
from assistant.people import Person, Role

MOST = 20
"""Tokens that a reader may have."""
_PREFIX = "masrad_"  # by which programs that look for leaked secrets may tell one
_SEEN_AGAIN = timedelta(minutes=1)  # until the time of the last use is written anew


@dataclass(frozen=True, slots=True)
class Token:
    """What is known of a token; who was shown it once, has it."""

    id: str
    name: str
    role: Role
    made_at: datetime
    used_at: datetime | None = None


_KNOWN = [getattr(TokenRow, field.name) for field in fields(Token)]
_VALID = TokenRow.withdrawn_at.is_(None)


class Tokens:
    """The tokens of a database. Threads may share it.

    Every method raises ConversationError where the database fails.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def make(self, person: Person, name: str, role: Role = "reader") -> tuple[Token, str]:
        """A token for a program of this name, and what it is to be told by: shown now, or never.

        Raises:
            TokenError: the name is empty, the person is nobody or may not do as much, or has as
                many tokens as one may have.
        """
        name, reader = rows.titled(name), mark(person.reader)
        if not name:
            raise TokenError("The token has no name: give it that of the program that will use it.")
        if not reader or not person.may(role):
            raise TokenError(f"You cannot make a token for a {role}: one may do what you may.")
        secret, now = _PREFIX + secrets.token_urlsafe(32), datetime.now(UTC)
        with self._database.writing() as session:
            found = select(func.count()).where(TokenRow.reader == reader, _VALID)
            if (session.scalar(found) or 0) >= MOST:
                raise TokenError(f"You have {MOST} tokens: withdraw one that is not used.")
            token = Token(rows.new_id(), name, role, now)
            session.add(TokenRow(**asdict(token), secret=mark(secret), reader=reader))
        return token, secret

    def person(self, secret: str) -> Person | None:
        """Who asks by a token; nobody where it is unknown or withdrawn."""
        found = select(TokenRow.reader, *_KNOWN).where(TokenRow.secret == mark(secret), _VALID)
        with self._database.reading() as session:
            row = session.execute(found).first()
        if row is None:
            return None
        reader, token = Mark(row[0]), Token(*row[1:])
        now = datetime.now(UTC)
        if token.used_at is None or abs(now - token.used_at) > _SEEN_AGAIN:
            with self._database.writing() as session:
                session.execute(update(TokenRow).where(TokenRow.id == token.id).values(used_at=now))
        return Person(reader, token.role)

    def list(self, reader: str | None = None) -> tuple[Token, ...]:
        """The tokens that are not withdrawn, of a reader or of all; the last one first."""
        found = select(*_KNOWN).where(_VALID)
        if reader is not None:
            found = found.where(TokenRow.reader == mark(reader))
        with self._database.reading() as session:
            kept = session.execute(found.order_by(TokenRow.made_at.desc(), TokenRow.id))
            return tuple(Token(*row) for row in kept)

    def withdraw(self, token_id: str, reader: str | None = None) -> None:
        """From now on a token is refused.

        Raises:
            TokenError: there is none of this id, or of this reader.
        """
        with self._database.writing() as session:
            row = session.get(TokenRow, token_id)
            if row is None or (reader is not None and row.reader != mark(reader)):
                raise TokenError(f"There is no token {token_id}: “masrad tokens” lists them.")
            row.withdrawn_at = row.withdrawn_at or datetime.now(UTC)
