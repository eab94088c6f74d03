"""The guard: what a request has to be before the app sees it, and what every answer carries.

A name that an attacker's own server resolves to this machine (DNS rebinding), and a page of another
site in a reader's browser, both reach a server that listens on this machine alone. Both show in the
headers that the browser itself writes: ``Host`` and ``Origin``.
"""

import re
from collections.abc import Callable
from fnmatch import fnmatchcase
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = ("localhost", "127.0.0.1", "::1")
ANY_ADDRESS = "any address"
"""Among the hosts: any address in numbers, which no server of names can lead elsewhere."""
_HELD = 250_000_000
"""Bytes of uploads that are held at once, of all sessions; one may have as many as Streamlit's
``server.maxUploadSize`` says."""
_UPLOADS = "/_stcore/upload_file/"
_REFUSED = 1008  # of a socket: against the rules (RFC 6455, 7.4.1)

Check = Callable[[HTTPConnection], bool]


class Guard:
    """An app behind the guard, which asks who ``may_upload``, and how many bytes are ``held``."""

    def __init__(
        self, app: ASGIApp, policy: str, may_upload: Check, held: Callable[[], int]
    ) -> None:
        self._app = app
        self._headers = {
            "Content-Security-Policy": policy,
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "same-origin",
            "X-Frame-Options": "SAMEORIGIN",
        }
        self._may_upload = may_upload
        self._held = held
        self.hosts: tuple[str, ...] = LOOPBACK
        """The names under which the app is served: patterns, such as ``*.example.org``."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers, or refuses in one sentence."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers[name] = value
            await send(message)

        reason = self._refusal(HTTPConnection(scope))
        if reason is None:
            await self._app(_as_own(scope), receive, sent)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": _REFUSED})
        else:
            status, said = reason
            await PlainTextResponse(said, status)(scope, receive, sent)

    def _refusal(self, asked: HTTPConnection) -> tuple[int, str] | None:
        hosts = asked.headers.getlist("host")
        if len(hosts) != 1 or not self._is_served(_name(f"//{hosts[0]}")):
            return 421, (
                "Masrad is not served under this name: whoever runs it can name it in"
                " MASRAD_ALLOWED_HOSTS."
            )
        for origin in asked.headers.getlist("origin"):
            if urlsplit(origin).netloc != hosts[0] and not self._is_named(_name(origin)):
                return 403, "Masrad answers no other site's pages."
        if asked.url.path.startswith(_UPLOADS) and asked.scope.get("method") in ("PUT", "POST"):
            if not self._may_upload(asked):
                return 403, "Only who may change the glossary sends files."
            length = asked.headers.get("content-length", "")
            if self._held() + (int(length) if length.isdecimal() else 0) > _HELD:
                return 507, "There is no room for more files now: try again later."
        return None

    def _is_served(self, name: str) -> bool:
        own = any(fnmatchcase(name, pattern) for pattern in self.hosts if pattern != ANY_ADDRESS)
        return bool(name) and (own or (ANY_ADDRESS in self.hosts and _is_address(name)))

    def _is_named(self, name: str) -> bool:
        """Whether a site is this one, by a proxy's name: an address has other sites' ports, too."""
        return name not in LOOPBACK and not _is_address(name) and self._is_served(name)


def hosts(host: str, named: str) -> tuple[str, ...]:
    """The names under which an app is served that listens on an address.

    ``named`` has others, with spaces or commas between; of a whole address it is the host.
    """
    everywhere = _is_address(host) and ip_address(host).is_unspecified
    others = re.findall(r"(?:\w+://)?(\[[^\]]+\]|[^\s,/:]+)[^\s,]*", named.lower())
    own = ANY_ADDRESS if everywhere else host.lower()
    return (*LOOPBACK, own, *(each.strip("[]") for each in others))


def _as_own(scope: Scope) -> Scope:
    """A request whose origin was let in, as one of the site's own.

    Streamlit holds an origin against ``Host``, and where they differ asks an outside address for
    that of this machine, while everybody waits.
    """
    headers = [(name, value) for name, value in scope["headers"] if name != b"origin"]
    return {**scope, "headers": headers} if scope["type"] == "websocket" else scope


def _name(url: str) -> str:
    """The host of a URL, in small letters; nothing if it is no URL of a host and a port alone."""
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises if it is no number
    except ValueError:
        return ""
    if parts.username is not None or parts.path or parts.query or parts.fragment:
        return ""
    return (parts.hostname or "").rstrip(".")


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
