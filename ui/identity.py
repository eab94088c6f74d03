"""Identity: who a request is from, who the page is drawn for, and how one signs in.

One signs in by OpenID Connect, which Streamlit and Authlib speak, or by a proxy before the app.
What Streamlit knows is a cookie of the browser's that it has signed. Here it is the key of a
sign-in, which the server can end: everything that is served asks whether it lasts (``ui.guard``).
"""

import asyncio
import json
import logging
import re
from dataclasses import dataclass
from typing import Any, TypeAlias
from urllib.parse import parse_qsl, quote, urlsplit

import streamlit as st
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route
from streamlit.auth_util import encode_provider_token, get_cookie_with_chunks
from streamlit.runtime.context import ContextProxy
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value

from assistant import ConversationError
from assistant.conversations.credentials import SignIns, Tokens
from assistant.people import Claims, Person
from assistant.settings import Settings
from ui import document, owner, reader, shared
from ui.guard import FRAMED

CHALLENGE = {"WWW-Authenticate": "Bearer"}  # what goes with a refusal (RFC 6750, 3)
_PERSON = "person:"  # what the name of a reader who signed in begins with; no cookie may say so
_UNKNOWN = "This token is unknown, or was withdrawn: make another in the settings."
_SIGN_IN, _SIGN_OUT, _LEAVE = "/sign-in", "/sign-out", "/auth/logout"
_OPEN = re.compile(  # what whoever has not signed in may see; what a class is shown is a teacher's
    rf"{_SIGN_IN}|{_SIGN_OUT}|/auth/|/oauth2callback|/assets/|/app/static/|/healthz|/readyz"
    r"|/metrics|/class(?:\Z|/(?![^/]*/show))"
)
_COOKIE = "_streamlit_user"
_log = logging.getLogger(__name__)
Asked: TypeAlias = HTTPConnection | ContextProxy
"""What has the headers and cookies of a request, or of the page that is drawn."""


@dataclass(frozen=True)
class Account:
    """Somebody, as a provider or a proxy says."""

    claims: Claims
    key: str = ""  # of the sign-in; nothing where a proxy says at each request who it is

    @property
    def reader(self) -> str:
        """The name by which their conversations are kept, whatever browser they use."""
        return f"{_PERSON}{self.claims.get('iss', '')} {self.claims.get('sub', '')}"

    @property
    def name(self) -> str:
        """What they are called."""
        named = (self.claims.get(claim) for claim in ("name", "preferred_username", "email", "sub"))
        return next((str(name) for name in named if name), "")


def of(asked: HTTPConnection) -> Person:
    """Who a request is from: by its token, if it has one, else as its browser is known.

    HTTPException where the token is not known (any more); ConversationError as ``current``.
    """
    return _bearer(asked) or _person(asked, asked.cookies.get(reader.TOKEN_COOKIE, ""))


def current() -> Person:
    """Who the page is drawn for; ConversationError where that cannot be looked up."""
    return _person(st.context, reader.token())


def _person(asked: Asked, token: str) -> Person:
    settings = shared.settings()
    if FRAMED in asked.headers:  # by another site: nobody, whatever a proxy says
        return Person(token)
    if settings.sign_in != "off" and (found := _admitted(asked)):
        return found
    token = "" if token.startswith(_PERSON) else token
    owns = settings.sign_in == "off" and owner.allowed(settings, asked.cookies)
    return Person(token, "owner" if owns else "reader")


def _bearer(asked: Asked) -> Person | None:
    """Whose program asks; None where no token is sent."""
    scheme, _, token = asked.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        return None
    found = shared.kept(Tokens).person(token.strip())
    if found is None:
        raise HTTPException(401, _UNKNOWN, CHALLENGE)
    return found


def secrets(settings: Settings) -> dict[str, Any] | None:
    """What Streamlit is to be told of the provider (``[auth]`` of its secrets)."""
    if settings.sign_in == "off" or settings.oidc_client_secret is None:
        return None
    assert settings.cookie_secret is not None  # noqa: S101  (the settings say so)
    return {
        "auth": {
            "redirect_uri": f"{str(settings.url).rstrip('/')}/oauth2callback",
            "cookie_secret": settings.cookie_secret.get_secret_value(),
            "client_id": settings.oidc_client_id,
            "client_secret": settings.oidc_client_secret.get_secret_value(),
            "server_metadata_url": settings.oidc_url,
        }
    }


def account(asked: Asked) -> Account | None:
    """Who a request is from, whether or not their sign-in was ended."""
    settings = shared.settings()
    if settings.sign_in == "off":
        return None
    if settings.proxy_header and (name := asked.headers.get(settings.proxy_header)):
        return Account({"iss": "proxy", "sub": name, "email": name})
    if settings.cookie_secret is None or _COOKIE not in asked.cookies:
        return None
    secret = settings.cookie_secret.get_secret_value()

    def part(name: str) -> bytes | None:
        sent = asked.cookies.get(name, "").encode("latin-1", "ignore")
        return decode_signed_value(secret, name, sent)

    claims = json.loads(get_cookie_with_chunks(part, _COOKIE) or "{}")
    return Account(claims, asked.cookies[_COOKIE]) if claims.get("sub") else None


def _lasts(found: Account) -> bool:
    """Whether a sign-in was not ended; ConversationError where that cannot be looked up."""
    return not found.key or shared.kept(SignIns).lasts(found.key, found.reader)


def _admitted(asked: Asked) -> Person | None:
    """Who is signed in, and what they may do; None for who is not, or is not admitted."""
    found = account(asked)
    role = shared.settings().role(found.claims) if found and _lasts(found) else None
    return Person(found.reader, role, found.name) if found and role else None


def end(found: Account, *, everywhere: bool = False) -> None:
    """Ends a sign-in, or all of a person's; ConversationError if the database fails."""
    if found.key:
        shared.kept(SignIns).end(found.key, found.reader, everywhere=everywhere)


async def door(asked: HTTPConnection) -> Response | None:
    """What is answered instead of what was asked for: a page to sign in, or why one may not see it.

    Those who sign out at Streamlit's own address do so on the server, too.
    """
    if shared.settings().sign_in == "off":
        return None
    path = asked.url.path
    try:
        if path == _LEAVE and (found := account(asked)):
            await asyncio.to_thread(end, found)
        is_open = bool(_OPEN.match(path)) or shared.settings().sign_in == "optional"
        if is_open or await asyncio.to_thread(lambda: bool(_bearer(asked) or _admitted(asked))):
            return None
    except HTTPException as error:
        return Response(error.detail, error.status_code, error.headers)
    except ConversationError as error:
        _log.warning("Nobody can be let in. %s", error)
        return Response("Who is signed in cannot be looked up now: try again soon.", 503)
    if asked.scope.get("method") == "GET" and "text/html" in asked.headers.get("accept", ""):
        there = f"{path}?{asked.url.query}".rstrip("?")
        return RedirectResponse(f"{_SIGN_IN}?to={quote(there, safe='')}", 303)
    return Response("Sign in first, or send a token.", 401, CHALLENGE)


def routes() -> list[BaseRoute]:
    """Where one signs in and out."""
    return [Route(_SIGN_IN, _sign_in), Route(_SIGN_OUT, _sign_out)]


def _sign_in(request: Request) -> Response:
    settings, to = shared.settings(), request.query_params.get("to", "")
    parts = urlsplit(to)  # anything but an address of this site is its first page
    if not to.startswith("/") or to.startswith(("//", "/\\")) or parts.scheme or parts.netloc:
        to = "/"
    if settings.sign_in == "off" or _admitted(request):
        return RedirectResponse(to, 303)
    there = ""
    if not settings.proxy_header:  # by the token, Streamlit knows that it is called from here
        there = f"/auth/login?provider={encode_provider_token('default')}"
    who = account(request)
    shown = who.name if who and _lasts(who) else ""
    language = dict(parse_qsl(urlsplit(to).query)).get("lang", "")
    response = document.bare(request, "signin", language, login=there, name=shown)
    response.set_cookie(document.BACK_COOKIE, to, max_age=600, httponly=True, samesite="lax")
    return response


def _sign_out(request: Request) -> Response:
    if found := account(request):
        end(found, everywhere="everywhere" in request.query_params)
    return RedirectResponse(_LEAVE, 303)
