"""Requests: each has an id, which its answer tells, and all that is logged of it."""

import logging
import re
import secrets
import time
from collections.abc import Sequence
from ipaddress import IPv4Network, IPv6Network

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui import logs, traces
from ui.guard import is_from

_HEADER = logs.REQUEST_HEADER.encode()
_FIT = re.compile(rb"[\w.-]{8,64}", re.ASCII)
_log = logging.getLogger(__name__)


class Requests:
    """An app whose requests and sockets have ids: those of our ``proxies``, or new ones."""

    open_sockets = 0  # how many tabs are connected to this process

    def __init__(self, app: ASGIApp, proxies: Sequence[IPv4Network | IPv6Network]) -> None:
        self._app, self._proxies = app, proxies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers; the app finds the id among the headers, as if the browser had sent it."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        # An id that is told by a proxy is kept; what others send is not theirs to choose.
        told = [value for name, value in scope["headers"] if name == _HEADER]
        fits = len(told) == 1 and _FIT.fullmatch(told[0]) and is_from(scope, self._proxies)
        request, status = told[0].decode() if fits else secrets.token_hex(8), 0
        others = [each for each in scope["headers"] if each[0] != _HEADER]
        scope = {**scope, "headers": [*others, (_HEADER, request.encode())]}
        logs.answering(request)

        async def sent(message: Message) -> None:
            nonlocal status
            if message["type"].endswith(("response.start", "websocket.accept")):
                status = message.get("status", 101)
                message.setdefault("headers", [])
                MutableHeaders(scope=message)[logs.REQUEST_HEADER] = request
            await send(message)

        socket, start = scope["type"] == "websocket", time.perf_counter()
        Requests.open_sockets += socket
        try:
            with traces.request(scope, request):
                await self._app(scope, receive, sent)
        finally:
            Requests.open_sockets -= socket
            took = (time.perf_counter() - start) * 1000
            method = scope.get("method", "socket")
            _log.debug("%s %s: %d, %d ms.", method, scope["path"], status, took)
