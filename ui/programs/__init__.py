"""For programs: REST under ``/api/v1``, MCP at ``/mcp``, and the script that other pages include.

What they need is imported when the first of them asks.
"""

import json
from collections.abc import Callable
from fnmatch import translate
from importlib.resources import files

from starlette.concurrency import run_in_threadpool
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant import ConversationError
from ui import identity, problems, shared, templates
from ui.strings import LANGUAGES, strings

_ABSENT = (
    "The interfaces for programs need packages that are not installed: whoever runs Masrad can"
    " install them by “pip install masrad[service]”."
)


def routes() -> list[BaseRoute]:
    """Their addresses."""
    return [
        Mount("/api/v1", _Late(_rest)),
        Route("/mcp", _Late(_mcp)),
        Route("/embed.js", _script),
        Route("/embed", lambda request: RedirectResponse(f"{request.url.path}/")),
    ]


class _Late:
    """An app that is made when it is asked, for it imports what is slow, or may be absent."""

    def __init__(self, make: Callable[[], ASGIApp]) -> None:
        self._make = make

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            app = await run_in_threadpool(self._make)
        except ImportError:
            app = JSONResponse({"error": _ABSENT}, 501)
        await app(scope, receive, send)


def _rest() -> ASGIApp:
    from mcp.server.transport_security import RequestBodyLimitMiddleware  # noqa: PLC0415  (slow)

    from ui.programs import rest  # noqa: PLC0415  (FastAPI)

    origins = "|".join(map(translate, shared.settings().embed_origins))  # which ask as nobody
    methods, headers = ["GET", "POST"], ["Authorization", "Content-Type"]
    shown = CORSMiddleware(rest.app, (), methods, headers, allow_origin_regex=origins)
    return RequestBodyLimitMiddleware(shown, 2_000_000)


def _mcp() -> ASGIApp:
    from mcp.server.transport_security import TransportSecuritySettings  # noqa: PLC0415  (slow)

    from assistant.mcp_server import Tools  # noqa: PLC0415

    # The guard has looked at the names already, by the hosts that are set.
    checked = TransportSecuritySettings(enable_dns_rebinding_protection=False)

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request, by a server of its own: nothing is kept from one to the next."""
        request = Request(scope)
        try:
            person = await run_in_threadpool(identity.of, request)
        except ConversationError as error:
            status, said = problems.for_programs(error)
            await JSONResponse({"error": said}, status)(scope, receive, send)
            return
        reader = person.reader if "authorization" in request.headers else ""
        server = Tools(
            shared.assistant_at_once,
            str(request.base_url),
            shared.unanswered,
            lambda: shared.admit(reader),
            lambda error: problems.for_programs(error)[1],
        ).server()
        server.streamable_http_app(
            stateless_http=True, json_response=True, transport_security=checked
        )
        async with server.session_manager.run():
            await server.session_manager.handle_request(scope, receive, send)

    return answer


def _script(_request: Request) -> Response:
    keys = {"source": "sources", "open": "embed_open", "open_entry": "open_entry"}
    words = {
        tag: {name: strings(tag)[key] for name, key in keys.items()}
        | {"direction": templates.direction(tag)}
        for tag in LANGUAGES
    }
    text = files("ui").joinpath("assets/embed.js").read_text("utf-8")
    text = text.replace('"WORDS"', json.dumps(words, ensure_ascii=False))
    return Response(text, 200, {"Cache-Control": "public, max-age=3600"}, "text/javascript")
