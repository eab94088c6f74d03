"""Tokens: by them a program asks as the person who made them, as a reader."""

import secrets
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select, update

from assistant import TokenError
from assistant.conversations import rows
from assistant.conversations.conversation import Mark, mark
from assistant.conversations.database import Database
from assistant.conversations.tables import TokenRow
from assistant.people import Person

MOST = 20
"""Tokens that a reader may have."""
_PREFIX = "masrad_"  # by which programs that look for leaked secrets may tell one
_SEEN_AGAIN = timedelta(minutes=1)  # until the time of the last use is written anew
_VALID = TokenRow.withdrawn_at.is_(None)


class Tokens:
    """The tokens of a database. Threads may share it.

    Every method raises ConversationError where the database fails.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def make(self, person: Person, name: str) -> str:
        """The secret of a token for a program of this name: shown now, or never.

        Raises:
            TokenError: the name is empty, or the person is nobody, or has as many as one may have.
        """
        name, reader = rows.titled(name), mark(person.reader)
        if not name:
            raise TokenError("The token has no name: give it that of the program that will use it.")
        if not reader:
            raise TokenError("Your browser does not tell who you are: allow it to keep cookies.")
        secret, now = _PREFIX + secrets.token_urlsafe(32), datetime.now(UTC)
        with self._database.writing() as session:
            found = select(func.count()).where(TokenRow.reader == reader, _VALID)
            if (session.scalar(found) or 0) >= MOST:
                raise TokenError(f"You have {MOST} tokens: withdraw one that is not used.")
            row = TokenRow(id=rows.new_id(), secret=mark(secret), reader=reader, role="reader")
            row.name, row.made_at = name, now
            session.add(row)
        return secret

    def person(self, secret: str) -> Person | None:
        """Who asks by a token; nobody where it is unknown or withdrawn."""
        found = select(TokenRow).where(TokenRow.secret == mark(secret), _VALID)
        with self._database.reading() as session:
            token = session.scalar(found)
        if token is None:
            return None
        now = datetime.now(UTC)
        if token.used_at is None or abs(now - token.used_at) > _SEEN_AGAIN:
            with self._database.writing() as session:
                session.execute(update(TokenRow).where(TokenRow.id == token.id).values(used_at=now))
        return Person(Mark(token.reader))

    def list(self, reader: str) -> tuple[TokenRow, ...]:
        """A reader's tokens that are not withdrawn, the last one first."""
        found = select(TokenRow).where(TokenRow.reader == mark(reader), _VALID)
        with self._database.reading() as session:
            return tuple(session.scalars(found.order_by(TokenRow.made_at.desc(), TokenRow.id)))

    def withdraw(self, token_id: str, reader: str) -> None:
        """From now on a token of a reader's is refused; TokenError where they have no such one."""
        with self._database.writing() as session:
            row = session.get(TokenRow, token_id)
            if row is None or row.reader != mark(reader):
                raise TokenError(f"There is no token {token_id}: your settings list yours.")
            row.withdrawn_at = row.withdrawn_at or datetime.now(UTC)
