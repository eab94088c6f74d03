"""Credentials: tokens, by which programs ask as who made them; sign-ins, until they are ended."""

import secrets
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, select, update

from assistant import TokenError
from assistant.conversations import rows
from assistant.conversations.conversation import Mark, mark
from assistant.conversations.database import InDatabase, insert
from assistant.conversations.tables import SignInRow, TokenRow
from assistant.people import Person

_PREFIX = "masrad_"  # by which programs that look for leaked secrets may tell one
_VALID = TokenRow.withdrawn_at.is_(None)
LONGEST = timedelta(days=31)
"""For which a provider's cookie may be used (Streamlit's lasts 30 days); older rows are deleted."""


class Tokens(InDatabase):
    """The tokens of programs."""

    def make(self, person: Person, name: str) -> str:
        """The secret of a token for a program of this name: shown now, or never.

        Raises:
            TokenError: the name is empty, or the person is nobody.
        """
        name, reader = rows.titled(name), mark(person.reader)
        if not name:
            raise TokenError("The token has no name: give it that of the program that will use it.")
        if not reader:
            raise TokenError("Your browser does not tell who you are: allow it to keep cookies.")
        secret, now = _PREFIX + secrets.token_urlsafe(32), datetime.now(UTC)
        row = TokenRow(id=rows.new_id(), secret=mark(secret), reader=reader, name=name, made_at=now)
        with self.database.writing() as session:
            session.add(row)
        return secret

    def person(self, secret: str) -> Person | None:
        """Who asks by a token; nobody where it is unknown or withdrawn."""
        found = select(TokenRow).where(TokenRow.secret == mark(secret), _VALID)
        with self.database.reading() as session:
            token = session.scalar(found)
        return Person(Mark(token.reader)) if token else None

    def list(self, reader: str) -> tuple[TokenRow, ...]:
        """A reader's tokens that are not withdrawn, the last one first."""
        found = select(TokenRow).where(TokenRow.reader == mark(reader), _VALID)
        with self.database.reading() as session:
            return tuple(session.scalars(found.order_by(TokenRow.made_at.desc(), TokenRow.id)))

    def withdraw(self, token_id: str, reader: str) -> None:
        """From now on a token of a reader's is refused; TokenError where they have no such one."""
        with self.database.writing() as session:
            row = session.get(TokenRow, token_id)
            if row is None or row.reader != mark(reader):
                raise TokenError(f"There is no token {token_id}: your settings list yours.")
            row.withdrawn_at = row.withdrawn_at or datetime.now(UTC)


class SignIns(InDatabase):
    """The sign-ins; each by the hash of a key that only its browser has."""

    def lasts(self, key: str, reader: str) -> bool:
        """Whether a sign-in has not been ended; one that is new is noted."""
        with self.database.reading() as session:
            noted = select(SignInRow.ended_at).where(SignInRow.id == mark(key))
            ended = session.execute(noted).first()
        if ended is None:
            now = datetime.now(UTC)
            with self.database.writing() as session:
                session.execute(delete(SignInRow).where(SignInRow.begun_at < now - LONGEST))
                new = {"id": mark(key), "reader": mark(reader), "begun_at": now}
                session.execute(insert(session)(SignInRow).values(new).on_conflict_do_nothing())
        return ended is None or ended[0] is None

    def end(self, key: str, reader: str, *, everywhere: bool = False) -> None:
        """Ends a sign-in for good; with ``everywhere``, all of the reader's."""
        self.lasts(key, reader)  # so that there is a row that says so
        own = SignInRow.reader == mark(reader) if everywhere else SignInRow.id == mark(key)
        with self.database.writing() as session:
            session.execute(update(SignInRow).where(own).values(ended_at=datetime.now(UTC)))
