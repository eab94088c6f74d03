"""The bearer of a token: the program of somebody who made it (``assistant.tokens``)."""

from collections.abc import Mapping
from dataclasses import replace

from starlette.exceptions import HTTPException

from assistant.people import Person
from ui import shared

CHALLENGE = {"WWW-Authenticate": "Bearer"}
"""What goes with a refusal (RFC 6750, 3)."""
_UNKNOWN = "This token is unknown, or was withdrawn: make another in the settings."


def person(headers: Mapping[str, str]) -> Person | None:
    """Whose program asks; None where no token is sent.

    Raises:
        HTTPException: the token is unknown, or was withdrawn.
        ConversationError: whose it is cannot be looked up.
    """
    scheme, _, token = headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        return None
    found = shared.tokens().person(token.strip())
    if found is None:
        raise HTTPException(401, _UNKNOWN, CHALLENGE)
    if found.may("owner") and shared.settings().manage == "off":
        return replace(found, role="reader")
    return found
