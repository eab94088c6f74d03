"""The live quiz: plain pages for the projector and the phones of a class, who need no account.

A page asks for what it shows now, once or twice a second, and is told all of it, so that whoever
comes back has lost nothing. What is shown is drawn here, and the script only puts it in its place.
"""

import re
import secrets
import time
from collections import Counter
from functools import lru_cache
from typing import Any, Literal
from urllib.parse import quote, urlsplit

import segno
from markupsafe import Markup
from pydantic import BaseModel, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from assistant.classroom.rooms import HERE, LETTERS, SECONDS, Move, Room, Rooms, Seconds
from assistant.conversations.conversation import mark, owns
from assistant.conversations.rows import CODE
from ui import addresses, document, identity, shared, templates
from ui.formatting import number
from ui.guard import LOOPBACK

address = ""
"""That of this machine on its network, where a class is served (``masrad serve --class``)."""
_COOKIE = "masrad_class"  # whose answers are whose; it says nothing else
_FRESH = 0.25  # seconds for which a room is not looked up again
_MOST_BYTES = 1000  # of what is sent
_SHOW = "/show"  # what the projector's addresses end with
_CODE = re.compile(rf"[{LETTERS}]{{{CODE}}}")


class _Answered(BaseModel, strict=True):
    """An answer: ``{"item": 0, "choice": [2]}``."""

    item: int
    choice: tuple[int, ...]


class _Moved(BaseModel, strict=True):
    """A move from a step: ``{"do": "next", "step": 3}``; ``seconds`` are for the next question."""

    do: Move
    step: int
    seconds: Seconds | Literal[0] = 0


class _Rate:
    """So many times in so many seconds, for each who is counted."""

    def __init__(self, most: int, seconds: float) -> None:
        self._most, self._seconds = most, seconds
        self._since, self._used = 0.0, Counter[str]()

    def count(self, whose: str) -> None:
        """Counts once more; refuses where that is too often."""
        if time.monotonic() - self._since > self._seconds:
            self._since = time.monotonic()
            self._used.clear()
        self._used[whose] += 1
        if self._used[whose] > self._most:
            raise HTTPException(429, "That is too often.", {"Retry-After": str(int(self._seconds))})


_answers = _Rate(30, 10)  # of a phone
_guesses = _Rate(60, 60)  # codes that are none, of an address: a school has one for all


def routes() -> list[BaseRoute]:
    """The pages of a class, and what they ask for and send."""
    found: list[BaseRoute] = [Route("/class", _enter)]
    for page in ("/class/{code}", f"/class/{{code}}{_SHOW}"):
        found += [Route(page, _page, methods=["GET"]), Route(page, _take, methods=["POST"])]
        found.append(Route(f"{page}/now", _now))
    return found


def _enter(request: Request) -> Response:
    """Where a code is typed in."""
    code = re.sub(r"[\s-]", "", request.query_params.get("code", ""))
    return _phones(request, code.upper()) if code else _bare(request, None)


def _phones(request: Request, code: str) -> Response:
    return RedirectResponse(f"{request.scope.get('root_path', '')}/class/{quote(code)}", 303)


def _page(request: Request) -> Response:
    """The page of the projector, or of a phone; who did not make the quiz sees that of a phone."""
    room, show = _found(request), _is_shown(request)
    if room is None:
        return _bare(request, None, wrong=True)
    if show and not _made(request, room):
        return _phones(request, room.code)
    shown = _view(request, room)["html"]
    response = _bare(request, room, code=room.code, title=room.quiz.title, show=show, shown=shown)
    if not show and _COOKIE not in request.cookies:
        document.give(response, request, _COOKIE, secrets.token_urlsafe(24), seconds=24 * 3600)
    return response


def _now(request: Request) -> Response:
    """What a page shows now; after what says that it is ``gone``, it asks no more."""
    room, why, who = _found(request), "gone", ""
    if room and _is_shown(request):
        _only_its_maker(request, room)
        why = ""
    elif room:
        who = _participant(request, room)
        is_in = who in room.answers.get(HERE, {})
        full = bool(who) and not is_in and not shared.kept(Rooms).join(room.code, who)
        why = "full" if full else "" if who else "cookies"
    if room and not why:
        return JSONResponse(_view(request, room, who), headers={"Cache-Control": "no-store"})
    gone = templates.render("live#gone", _language(request, room), why=why)
    return JSONResponse({"html": gone, "gone": True})


async def _take(request: Request) -> Response:
    """Takes what is sent to a room, if it is short; the room is then looked up anew."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MOST_BYTES:
            raise HTTPException(413, "That is too long.")
    try:
        response = await run_in_threadpool(_taken, request, body)
    except ValidationError as error:
        raise HTTPException(422, "What was sent is no answer, and no move.") from error
    _room.cache_clear()
    return response


def _taken(request: Request, body: bytes) -> Response:
    if (room := _found(request)) is None:
        raise HTTPException(404, "There is no quiz of this code, or it is over.")
    rooms = shared.kept(Rooms)
    if _is_shown(request):
        _only_its_maker(request, room)
        sent = _Moved.model_validate_json(body)
        return JSONResponse(_view(request, rooms.move(room, sent.do, sent.step, sent.seconds)))
    if not (who := _participant(request, room)):
        raise HTTPException(403, "Open the page of the quiz first, and let it keep a cookie.")
    _answers.count(who)
    given = _Answered.model_validate_json(body)
    taken = rooms.answer(room, who, given.item, given.choice)
    return JSONResponse({"taken": taken}, 200 if taken else 409)


# Of a request: which room, who asks, in which language.


def _found(request: Request) -> Room | None:
    """The room of the address."""
    code = request.path_params["code"].upper()
    room = _room(code, int(time.monotonic() / _FRESH)) if _CODE.fullmatch(code) else None
    if room is None:
        _guesses.count(request.client.host if request.client else "")
    return room


@lru_cache(maxsize=64)
def _room(code: str, _at: int) -> Room | None:
    """The room of a code, looked up once at a time for all of a class."""
    return shared.kept(Rooms).find(code)


def _made(request: Request, room: Room) -> bool:
    return owns(identity.of(request).reader, room.reader)


def _only_its_maker(request: Request, room: Room) -> None:
    if not _made(request, room):
        raise HTTPException(403, "Only who made this quiz shows it, in the same browser.")


def _participant(request: Request, room: Room) -> str:
    """Whose phone it is, in this room alone; nobody's without a cookie."""
    cookie = request.cookies.get(_COOKIE)
    return mark(f"{room.code} {cookie}") if cookie else ""


def _is_shown(request: Request) -> bool:
    return request.url.path.removesuffix("/now").endswith(_SHOW)


def _language(request: Request, room: Room | None) -> str:
    return document.language_of(request, room.quiz.language if room else "")


# What is shown.


def _bare(request: Request, room: Room | None, **values: object) -> HTMLResponse:
    """A page whose links are as from the first page of the app."""
    depth = request.url.path.count("/") - request.scope.get("root_path", "").count("/") - 1
    up, language = "../" * depth or "./", _language(request, room)
    response = document.bare(request, "live", language, up=up, **values)
    response.status_code = 404 if "wrong" in values else 200
    return response


def _view(request: Request, room: Room, who: str = "") -> dict[str, Any]:
    """What the projector shows of a room, or a phone."""
    language, state, item = _language(request, room), room.state, room.quiz.items[room.state.item]
    asking, entry = state.phase == "asking", addresses.entry(item.key.entry_id, item.key.language)
    values = {
        "quiz": room.quiz,
        "phase": state.phase,
        "n": state.item,
        "item": item,
        "entry": entry,
    }
    if not _is_shown(request):
        chosen, score = room.chosen(who), room.score(who)
        html = templates.render("live#phone", language, **values, chosen=chosen, score=score)
        told: dict[str, Any] = {"chosen": chosen if asking else None}
    else:
        given = len(room.answers.get(state.item, ()))
        # How many put a step where it belongs, would tell where that is.
        counts = () if asking and item.kind == "order" else room.counts()
        html = _projected(request, room, language, values)
        texts = {"people": room.people, "answered": given}
        texts |= {f"count{n}": count for n, count in enumerate(counts)}
        told = {
            "texts": {name: number(value, language) for name, value in texts.items()},
            "bars": [count / max(given, 1) for count in counts],
            "everybody": 0 < room.people <= given,
        }
    left = round(state.left, 2) if asking else None
    about = {"step": state.step, "item": state.item, "seconds": state.seconds}
    return {**about, "left": left, "html": html, **told}


def _projected(request: Request, room: Room, language: str, values: dict[str, Any]) -> Markup:
    """What stands on the projector, with the address at which phones find this server."""
    base = str(shared.settings().url or request.base_url)
    is_local = (urlsplit(base).hostname or "") in LOOPBACK
    link = f"{((is_local and address) or base).rstrip('/')}/class"
    qr = segno.make(f"{link}/{room.code}", error="m", micro=False).svg_inline(
        omitsize=True, border=2
    )
    results = [(room.right(n), len(room.answers.get(n, ()))) for n in range(len(room.quiz.items))]
    values |= {"code": room.code, "address": link, "seconds": SECONDS, "results": results}
    values |= {"qr": Markup(qr), "alone": is_local and not address}  # noqa: S704  (its own)
    return templates.render("live#show", language, **values)
