"""Identity: who a request is from, and who the page is drawn for."""

from collections.abc import Mapping

import streamlit as st
from starlette.requests import HTTPConnection

from assistant.people import Person
from ui import bearer, owner, reader, shared, signin
from ui.guard import FRAMED


def of(asked: HTTPConnection) -> Person:
    """Who a request is from: by its token, if it has one, else as its browser is known.

    Raises:
        HTTPException: its token is unknown, or was withdrawn.
        ConversationError: whose it is, or whether they are signed in, cannot be looked up.
    """
    if found := bearer.person(asked.headers):
        return found
    return _person(asked.headers, asked.cookies, asked.cookies.get(reader.TOKEN_COOKIE, ""))


def current() -> Person:
    """Who the page is drawn for.

    Raises:
        ConversationError: whether they are signed in cannot be looked up.
    """
    return _person(st.context.headers, st.context.cookies, reader.token())


def _person(headers: Mapping[str, str], cookies: Mapping[str, str], token: str) -> Person:
    settings = shared.settings()
    if FRAMED in headers:  # by another site: nobody, whatever a proxy says
        return Person(token)
    if settings.sign_in != "off" and (found := signin.role(headers, cookies)):
        who, role = found
        return Person(who.reader, role, who.name)
    token = "" if token.startswith(signin.PERSON) else token
    owns = settings.sign_in == "off" and owner.allowed(settings, cookies)
    return Person(token, "owner" if owns else "reader")
