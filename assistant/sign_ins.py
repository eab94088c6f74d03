"""Sign-ins: the browsers in which somebody is signed in, so that the server can end it."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.sqlite import insert

from assistant.conversations.conversation import mark
from assistant.conversations.database import Database
from assistant.conversations.tables import SignInRow

LONGEST = timedelta(days=31)
"""For which a provider's cookie may be used (Streamlit's lasts 30 days); older rows are deleted."""


class SignIns:
    """The sign-ins of a database; each by the hash of a key that only its browser has.

    Every method raises ConversationError where the database fails.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def lasts(self, key: str, reader: str) -> bool:
        """Whether a sign-in has not been ended; one that is new is noted."""
        with self._database.reading() as session:
            noted = select(SignInRow.ended_at).where(SignInRow.id == mark(key))
            ended = session.execute(noted).first()
        if ended is None:
            now = datetime.now(UTC)
            with self._database.writing() as session:
                session.execute(delete(SignInRow).where(SignInRow.begun_at < now - LONGEST))
                new = {"id": mark(key), "reader": mark(reader), "begun_at": now}
                session.execute(insert(SignInRow).values(new).on_conflict_do_nothing())
        return ended is None or ended[0] is None

    def end(self, key: str, reader: str, *, everywhere: bool = False) -> None:
        """Ends a sign-in for good; with ``everywhere``, all of the reader's."""
        self.lasts(key, reader)  # so that there is a row that says so
        own = SignInRow.reader == mark(reader) if everywhere else SignInRow.id == mark(key)
        with self._database.writing() as session:
            session.execute(update(SignInRow).where(own).values(ended_at=datetime.now(UTC)))
