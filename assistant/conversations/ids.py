"""Ids: made at random, and told by their beginnings."""

import secrets
import string

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from assistant import ConversationError
from assistant.conversations.tables import ID_CHARACTERS

_LETTERS = string.ascii_letters + string.digits  # no “-”: a command line takes it for an option


def new_id() -> str:
    """An id that cannot be guessed: of 131 bits."""
    return "".join(secrets.choice(_LETTERS) for _ in range(ID_CHARACTERS))


def whole_id(
    session: Session, column: InstrumentedAttribute[str], beginning: str, what: str, remedy: str
) -> str:
    """The one id of a column that begins so.

    Raises:
        ConversationError: there is none, or more than one; it says what was meant, and the remedy.
    """
    alike = session.scalars(select(column).where(column.startswith(beginning, autoescape=True)))
    found = [each for each in alike if each.startswith(beginning)]  # SQLite's LIKE knows no case
    if len(found) == 1:
        return found[0]
    if found:
        raise ConversationError(
            f"{len(found)} ids begin with “{beginning}”: give more of the {what}'s."
        )
    raise ConversationError(f"There is no {what} “{beginning}”: {remedy}.")
