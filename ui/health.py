"""Health: whether the parts that answers rest on work, for who watches and for who reads."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from assistant import AssistantError
from assistant.assistant import Assistant
from knowledge import KnowledgeError
from knowledge.search.index import Index
from ui import shared

_AGAIN = 5.0  # seconds between two looks
_WAIT = 3.0  # seconds after which a part that does not answer is taken not to work
_SELDOM = 60.0  # seconds between two looks at the chat model, whose server may be a stranger's
_GLANCE = 0.3  # seconds to wait for what is not needed
WELL, OPENING, FAILED, NONE = "ok", "opening", "failed", "none"
_FRESH = {"Cache-Control": "no-store"}


@dataclass
class _Part:
    """Something that may fail, and what was seen of it last."""

    name: str
    look: Callable[[Assistant], object]
    needed: bool = True  # whether nobody is answered without it
    state: str = OPENING
    seen: float = -_SELDOM
    looking: threading.Thread | None = None

    def begin(self) -> None:
        """Looks, in a thread of its own, unless it was seen lately or still is looked at."""
        busy = self.looking and self.looking.is_alive()
        if not busy and time.monotonic() - self.seen >= (_AGAIN if self.needed else _SELDOM):
            self.looking = threading.Thread(target=self._see, daemon=True)
            self.looking.start()

    def end(self, until: float) -> str:
        """What it is; where that is not told by then, failed, or as before if it is not needed."""
        if self.looking:
            longest = until - time.monotonic() if self.needed else _GLANCE
            self.looking.join(max(0.0, longest))
            if self.looking.is_alive() and self.needed:
                return FAILED
        return self.state

    def _see(self) -> None:
        opened, found = shared.ready(), WELL
        try:
            if shared.failure() and self.name in ("index", "" if opened else "glossary"):
                found = FAILED
            elif opened is None:
                found = OPENING
            elif self.name == "model" and not opened.settings.has_chat_model:
                found = NONE
            else:
                self.look(opened)
        except (KnowledgeError, AssistantError) as error:
            found = FAILED
            if self.state != FAILED:
                shared.log.warning("The %s failed. %s", self.name, error)
        if self.state == FAILED and found != FAILED:
            shared.log.warning("The %s is well again.", self.name)
        self.state, self.seen = found, time.monotonic()


_PARTS = (
    _Part("glossary", lambda _: None),
    _Part("index", lambda opened: [*map(Index.check, opened.retriever.indexes)]),
    _Part("chroma", lambda opened: [each.held() for each in opened.retriever.indexes]),
    _Part("conversations", lambda _: shared.conversations().list("", limit=1, reader="")),
    _Part("database", lambda _: shared.conversations().database.check()),
    _Part("model", lambda opened: opened.chat.check(), needed=False),
)


def has_failed(name: str) -> bool:
    """Whether a part did not work when it was seen last; nobody waits for that."""
    part = next(part for part in _PARTS if part.name == name)
    part.begin()
    return part.state == FAILED


def routes() -> list[BaseRoute]:
    """``/healthz``: the process lives; ``/readyz``: it can answer, or which part cannot."""
    lives = Route("/healthz", lambda _: PlainTextResponse("ok", headers=_FRESH))
    return [lives, Route("/readyz", _ready)]


def _ready(_request: Request) -> Response:
    until = time.monotonic() + _WAIT
    for part in _PARTS:
        part.begin()
    found = {part.name: part.end(until) for part in _PARTS}
    status = 200 if all(found[part.name] == WELL for part in _PARTS if part.needed) else 503
    return JSONResponse(found, status, headers=_FRESH)
