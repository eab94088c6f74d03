"""The guard: what a request has to be before the app sees it, and what every answer carries.

A name that an attacker's own server resolves to this machine (DNS rebinding), and a page of another
site in a reader's browser, both reach a server that listens on this machine alone. Both show in the
headers that the browser itself writes: ``Host`` and ``Origin``.
"""

import re
import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from ipaddress import IPv4Network, IPv6Network, ip_address
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.settings import Settings
from ui import logs

LOOPBACK = ("localhost", "127.0.0.1", "::1")
ANY_ADDRESS = "any address"
"""Among the hosts: any address in numbers, which no server of names can lead elsewhere."""
_HELD = 250_000_000
"""Bytes of uploads that are held at once, of all sessions; one may have as many as Streamlit's
``server.maxUploadSize`` says."""
FRAMED = "x-masrad-framed"
"""The header of a request from a frame of another site: it is nobody's, whatever cookies came."""
_FRAME = "/embed/"  # under which the whole app may be framed
_OPEN = "/api/v1/"  # what pages of other sites may ask
_UPLOADS = "/_stcore/upload_file/"
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "SAMEORIGIN",
}
_REFUSED = 1008  # of a socket: against the rules (RFC 6455, 7.4.1)


@dataclass(eq=False)
class Guard:
    """An app behind the guard, which asks who ``may_upload``, and how many bytes are ``held``.

    The ``door`` gives what is answered instead, to who has to sign in; a socket is asked about at
    each message, so that it ends with the sign-in. By the ``settings``, some proxies may say who
    asks, and some origins frame it under ``/embed/``, as nobody.
    """

    app: ASGIApp
    policy: str
    may_upload: Callable[[HTTPConnection], bool]
    held: Callable[[], int]
    door: Callable[[HTTPConnection], Awaitable[Response | None]]
    settings: Callable[[], Settings]
    hosts: tuple[str, ...] = LOOPBACK
    """The names under which the app is served: patterns, such as ``*.example.org``."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers, or refuses in one sentence; the app finds the request's id among the headers."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        request = secrets.token_hex(8)
        logs.answering(request)
        framed = scope["path"].startswith(_FRAME)
        scope = self._told_by_a_proxy(_as_nobody(scope) if framed else scope)
        scope = _with(scope, {logs.REQUEST_HEADER: request})
        asked = HTTPConnection(scope)

        async def sent(message: Message) -> None:
            if message["type"] in ("http.response.start", "websocket.accept"):
                message.setdefault("headers", [])
                headers = MutableHeaders(scope=message)
                headers[logs.REQUEST_HEADER] = request
            if message["type"] == "http.response.start":
                headers.update({**_HEADERS, "Content-Security-Policy": self.policy})
                if framed:  # by those that are named; it gives no cookie: that would be a reader's
                    ancestors = " ".join(("frame-ancestors 'self'", *self.settings().embed_origins))
                    policy = self.policy.replace("frame-ancestors 'self'", ancestors)
                    headers["Content-Security-Policy"] = policy
                    del headers["X-Frame-Options"], headers["Set-Cookie"]
                if scope["scheme"] in ("https", "wss"):
                    message["headers"] = [*map(_secure, message["headers"])]
            await send(message)

        reason = self._refusal(asked)
        instead = PlainTextResponse(reason[1], reason[0]) if reason else await self.door(asked)
        if instead is None and scope["type"] == "http":
            await self.app(scope, receive, sent)
        elif instead is None:
            # Its origin was let in. Streamlit holds it against Host, and where they differ asks an
            # outside address for that of this machine, while everybody waits.
            await self.app(_with(scope, {"origin": ""}), *self._watched(asked, receive, sent))
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": _REFUSED})
        else:
            await instead(scope, receive, sent)

    def _watched(self, asked: HTTPConnection, receive: Receive, send: Send) -> tuple[Receive, Send]:
        """A socket that is closed at the first message after its sign-in ended."""
        closed = False

        async def received() -> Message:
            nonlocal closed
            message = await receive()
            if message["type"] == "websocket.receive" and await self.door(asked):
                await send({"type": "websocket.close", "code": _REFUSED})
                closed, message = True, {"type": "websocket.disconnect", "code": _REFUSED}
            return message

        async def sent(message: Message) -> None:
            if not closed:
                await send(message)

        return received, sent

    def _told_by_a_proxy(self, scope: Scope) -> Scope:
        """A request as the proxy had it; what others say in a proxy's name is not heard."""
        if not is_from(scope, self.settings().proxies):
            return _with(scope, {self.settings().proxy_header or "": ""})
        told, found = HTTPConnection(scope).headers, {**scope}
        by = told.get("x-forwarded-proto", "").rpartition(",")[2].strip()
        if by in ("http", "https"):
            plain = {"http": "ws", "https": "wss"} if scope["type"] == "websocket" else {}
            found["scheme"] = plain.get(by, by)
        if client := told.get("x-forwarded-for", "").rpartition(",")[2].strip():
            found["client"] = (client, 0)
        return found

    def _refusal(self, asked: HTTPConnection) -> tuple[int, str] | None:
        hosts = asked.headers.getlist("host")
        if len(hosts) != 1 or not self._is_served(_name(f"//{hosts[0]}")):
            return 421, "Masrad is not served under this name: name it in MASRAD_ALLOWED_HOSTS."
        for origin in asked.headers.getlist("origin"):
            name = _name(origin)  # a proxy's: an address has other sites' ports, too
            named = name not in LOOPBACK and not _is_address(name) and self._is_served(name)
            embeds = any(fnmatchcase(origin, pattern) for pattern in self.settings().embed_origins)
            own = named or urlsplit(origin).netloc == hosts[0]
            if not own and not (asked.url.path.startswith(_OPEN) and embeds):
                return 403, "Masrad answers no other site's pages."
        if asked.url.path.startswith(_UPLOADS) and asked.scope.get("method") in ("PUT", "POST"):
            if not self.may_upload(asked):
                return 403, "Only who may change the glossary sends files."
            length = asked.headers.get("content-length", "")
            if self.held() + (int(length) if length.isdecimal() else 0) > _HELD:
                return 507, "There is no room for more files now: try again later."
        return None

    def _is_served(self, name: str) -> bool:
        own = any(fnmatchcase(name, pattern) for pattern in self.hosts if pattern != ANY_ADDRESS)
        return bool(name) and (own or (ANY_ADDRESS in self.hosts and _is_address(name)))


def is_from(scope: Scope, networks: Sequence[IPv4Network | IPv6Network]) -> bool:
    """Whether a request comes from one of these; a socket of Unix's has no address."""
    peer = (scope.get("client") or ("",))[0]
    return _is_address(peer) and any(ip_address(peer) in each for each in networks)


def hosts(host: str, named: str) -> tuple[str, ...]:
    """The names under which an app is served that listens on an address.

    ``named`` has others, with spaces or commas between; of a whole address it is the host.
    """
    everywhere = _is_address(host) and ip_address(host).is_unspecified
    others = re.findall(r"(?:\w+://)?(\[[^\]]+\]|[^\s,/:]+)[^\s,]*", named.lower())
    own = ANY_ADDRESS if everywhere else host.lower()
    return (*LOOPBACK, own, *(each.strip("[]") for each in others))


def _secure(header: tuple[bytes, bytes]) -> tuple[bytes, bytes]:
    """A cookie that goes over TLS alone, as whoever asked came by it."""
    name, value = header
    plain = name.lower() == b"set-cookie" and b"; secure" not in value.lower()
    return (name, value + b"; Secure") if plain else header


def _with(scope: Scope, headers: Mapping[str, str]) -> Scope:
    """A request with these headers in place of those of their names; without those of no text."""
    own = [(name.lower().encode(), text.encode()) for name, text in headers.items()]
    others = [each for each in scope["headers"] if each[0].lower() not in dict(own)]
    return {**scope, "headers": [*others, *(each for each in own if each[1])]}


def _as_nobody(scope: Scope) -> Scope:
    """A request to what is framed, as to the app itself, without whatever says whose it is.

    A page of the same site, such as another port of a machine, would send the reader's cookies.
    """
    nobody = _with(scope, {"cookie": "", "authorization": "", FRAMED: "1"})
    nobody["path"] = scope["path"].removeprefix(_FRAME[:-1])
    nobody["raw_path"] = scope["raw_path"].removeprefix(_FRAME[:-1].encode())
    return nobody


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
