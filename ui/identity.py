"""Identity: who a request is from, and who the page is drawn for."""

from collections.abc import Mapping

import streamlit as st
from starlette.requests import HTTPConnection

from assistant.people import Person
from ui import owner, reader, shared


def of(asked: HTTPConnection) -> Person:
    """Who a request is from."""
    return _person(asked.cookies, asked.cookies.get(reader.TOKEN_COOKIE, ""))


def current() -> Person:
    """Who the page is drawn for."""
    return _person(st.context.cookies, reader.token())


def _person(cookies: Mapping[str, str], token: str) -> Person:
    return Person(token, "owner" if owner.allowed(shared.settings(), cookies) else "reader")
