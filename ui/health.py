"""Health: whether the parts that answers rest on work, for who watches the service."""

import threading
import time
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from assistant import AssistantError
from assistant.assistant import Assistant
from knowledge import KnowledgeError
from knowledge.search.index import Index
from ui import shared

_WAIT = 3.0  # seconds after which a part that does not answer is taken not to work
_SELDOM = 60.0  # seconds between two looks at the chat model, whose server may be a stranger's
_FRESH = {"Cache-Control": "no-store"}
_PARTS: dict[str, Callable[[Assistant], object]] = {
    "index": lambda opened: [*map(Index.check, opened.retriever.indexes)],
    "chroma": lambda opened: [each.held() for each in opened.retriever.indexes],
    "database": lambda _: shared.conversations().database.check(),
    "model": lambda opened: opened.chat.check(),  # without it, the glossary is quoted
}
_seen: dict[str, tuple[str, float]] = {}  # what was seen of a part last, and when


def routes() -> list[BaseRoute]:
    """``/healthz``: the process lives; ``/readyz``: it can answer, or which part cannot."""
    lives = Route("/healthz", lambda _: PlainTextResponse("ok", headers=_FRESH))
    return [lives, Route("/readyz", _ready)]


def _ready(_request: Request) -> Response:
    until = time.monotonic() + _WAIT
    looks = {name: threading.Thread(target=_look, args=(name,), daemon=True) for name in _PARTS}
    for look in looks.values():
        look.start()
    for look in looks.values():
        look.join(max(0.0, until - time.monotonic()))
    late = {name for name, look in looks.items() if look.is_alive() or name not in _seen}
    found = {name: "failed" if name in late else _seen[name][0] for name in _PARTS}
    well = all(state == "ok" for name, state in found.items() if name != "model")
    return JSONResponse(found, 200 if well else 503, headers=_FRESH)


def _look(name: str) -> None:
    """Sees whether a part works; that it does not is logged once."""
    opened, (before, at) = shared.ready(), _seen.get(name, ("", -_SELDOM))
    if name == "model" and before in ("ok", "failed") and time.monotonic() - at < _SELDOM:
        return
    try:
        if name == "index" and shared.failure():
            found = "failed"
        elif opened is None:
            found = "opening"
        elif name == "model" and not opened.settings.has_chat_model:
            found = "none"
        else:
            _PARTS[name](opened)
            found = "ok"
    except (KnowledgeError, AssistantError) as error:
        found = "failed"
        if before != found:
            shared.log.warning("The %s failed. %s", name, error)
    _seen[name] = found, time.monotonic()
