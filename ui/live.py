"""The live quiz: plain pages for the projector and the phones of a class, who need no account.

A page asks for what it shows now, once or twice a second, and is told all of it, so that whoever
comes back has lost nothing. What is shown is drawn here, and the script only puts it in its place.
"""

import re
import secrets
import time
from collections import Counter
from functools import lru_cache
from typing import Any, Literal, TypeVar
from urllib.parse import quote, urlsplit

import segno
from markupsafe import Markup
from pydantic import BaseModel, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from assistant.classroom.quiz import Quiz
from assistant.classroom.rooms import (
    HERE,
    LETTERS,
    SECONDS,
    Move,
    Room,
    Rooms,
    Seconds,
    State,
)
from assistant.conversations.conversation import mark, owns
from assistant.conversations.rows import CODE
from ui import addresses, document, identity, shared, templates
from ui.formatting import number
from ui.guard import LOOPBACK
from ui.reader import CHOICES_COOKIE, Choices

address = ""
"""That of this machine on its network, where a class is served (``masrad serve --class``)."""
_COOKIE = "masrad_class"  # whose answers are whose; it says nothing else
_FRESH = 0.25  # seconds for which a room is not looked up again
_IDLE = 60.0  # seconds after which one that nobody asks for is forgotten
_MOST_BYTES = 1000  # of what is sent
_SHOW = "/show"  # what the projector's addresses end with
_CODE = re.compile(rf"[{LETTERS}]{{{CODE}}}")

Message = dict[str, Any]
Sent = TypeVar("Sent", bound=BaseModel)


class _Answered(BaseModel, strict=True):
    """An item, and as its choice a list of numbers."""

    item: int
    choice: tuple[int, ...]


class _Moved(BaseModel, strict=True):
    """A move (``do``) from a step, and for how many seconds the next question is asked."""

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
_seen: dict[str, tuple[float, Room]] = {}  # rooms by their codes, and when they were looked up


def routes() -> list[BaseRoute]:
    """The pages of a class, and what they ask for and send."""
    asked = (
        ("/class", _enter, "GET"),
        ("/class/{code}", _page, "GET"),
        ("/class/{code}", _answer, "POST"),
        ("/class/{code}/now", _now, "GET"),
        (f"/class/{{code}}{_SHOW}", _page, "GET"),
        (f"/class/{{code}}{_SHOW}", _move, "POST"),
        (f"/class/{{code}}{_SHOW}/now", _now, "GET"),
    )
    return [Route(path, answer, methods=[method]) for path, answer, method in asked]


async def _enter(request: Request) -> Response:
    """Where a code is typed in."""
    code = re.sub(r"[\s-]", "", request.query_params.get("code", ""))
    return _phones(request, code.upper()) if code else _bare(request, None)


def _phones(request: Request, code: str) -> Response:
    return RedirectResponse(f"{request.scope.get('root_path', '')}/class/{quote(code)}", 303)


async def _page(request: Request) -> Response:
    """The page of the projector, or of a phone; who did not make the quiz sees that of a phone."""
    room, show = await _found(request), _is_shown(request)
    if room is None:
        return _bare(request, None, wrong=True)
    if show and not await run_in_threadpool(_owns, request, room):
        return _phones(request, room.code)
    shown = Markup(_view(request, room)["html"])  # noqa: S704  (of a template)
    values = {"code": room.code, "title": room.quiz.title, "show": show, "shown": shown}
    response = _bare(request, room, **values)
    if not show and _COOKIE not in request.cookies:
        settings: dict[str, Any] = {"httponly": True, "samesite": "lax", "max_age": 24 * 3600}
        secure = request.url.scheme == "https"
        response.set_cookie(_COOKIE, secrets.token_urlsafe(24), secure=secure, **settings)
    return response


async def _now(request: Request) -> Response:
    """What a page shows now; after what says that it is ``gone``, it asks no more."""
    room = await _found(request)
    who, why = await _let_in(request, room) if room else ("", "gone")
    if room and not why:
        return JSONResponse(_view(request, room, who), headers={"Cache-Control": "no-store"})
    return JSONResponse({"html": _drawn("gone", _language(request, room), why=why), "gone": True})


async def _let_in(request: Request, room: Room) -> tuple[str, str]:
    """Who asks, let into the room; and why they may not, if so."""
    if _is_shown(request):
        return await _maker(request, room), ""
    if not (who := _participant(request, room)):
        return "", "cookies"
    people = room.answers.setdefault(HERE, {})
    if who not in people and not await run_in_threadpool(_rooms().join, room.code, who):
        return who, "full"
    people.setdefault(who, ())  # until the next look finds them
    return who, ""


async def _answer(request: Request) -> Response:
    """Takes an answer: ``{"item": 0, "choice": [2]}``."""
    room = await _open(request)
    if not (who := _participant(request, room)):
        raise HTTPException(403, "Open the page of the quiz first, and let it keep a cookie.")
    _answers.count(who)
    given = await _sent(request, _Answered)
    taken = await run_in_threadpool(_rooms().answer, room, who, given.item, given.choice)
    if taken and room.state.item == given.item:  # until the next look finds it
        room.answers.setdefault(given.item, {})[who] = given.choice
    return JSONResponse({"taken": taken}, 200 if taken else 409)


async def _move(request: Request) -> Response:
    """Makes a move: ``{"do": "reveal", "step": 3}``; says what is shown from now on."""
    room, sent = await _open(request), await _sent(request, _Moved)
    await _maker(request, room)
    room = await run_in_threadpool(_rooms().move, room, sent.do, sent.step, sent.seconds)
    _seen[room.code] = time.monotonic(), room
    return JSONResponse(_view(request, room))


# Of a request: which room, who asks, what was sent, in which language.


def _rooms() -> Rooms:
    return Rooms(shared.conversations().database)


async def _found(request: Request) -> Room | None:
    """The room of the address. While one looks it up, the others have it as it was."""
    code = request.path_params["code"].upper()
    at, room = _seen.get(code, (0.0, None))
    if time.monotonic() - at > _FRESH and _CODE.fullmatch(code):
        if room:
            _seen[code] = time.monotonic(), room
        room = await run_in_threadpool(_look, code, room)
    if room is None:
        _guesses.count(request.client.host if request.client else "")
    return room


def _look(code: str, known: Room | None) -> Room | None:
    room = _rooms().look(known) if known else _rooms().find(code)
    now = time.monotonic()
    for old in [each for each, (at, _) in tuple(_seen.items()) if now - at > _IDLE]:
        _seen.pop(old, None)
    _, moved = _seen.get(code, (now, room))
    if room and moved and moved.state.step > room.state.step:  # a move was later
        return moved
    if room:
        _seen[code] = now, room
    else:
        _seen.pop(code, None)
    return room


async def _open(request: Request) -> Room:
    if room := await _found(request):
        return room
    raise HTTPException(404, "There is no quiz of this code, or it is over.")


def _owns(request: Request, room: Room) -> bool:
    return owns(identity.of(request).reader, room.reader)


async def _maker(request: Request, room: Room) -> str:
    """Who asks, if they made the room."""
    if not await run_in_threadpool(_owns, request, room):
        raise HTTPException(403, "Only who made this quiz shows it, in the same browser.")
    return room.reader


def _participant(request: Request, room: Room) -> str:
    """Whose phone it is, in this room alone; nobody's without a cookie."""
    cookie = request.cookies.get(_COOKIE)
    return mark(f"{room.code} {cookie}") if cookie else ""


def _is_shown(request: Request) -> bool:
    return request.url.path.removesuffix("/now").endswith(_SHOW)


async def _sent(request: Request, kind: type[Sent]) -> Sent:
    """What was sent, if it is of a kind, and short."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MOST_BYTES:
            raise HTTPException(413, "That is too long.")
    try:
        return kind.model_validate_json(body)
    except ValidationError as error:
        raise HTTPException(422, f"A JSON object is wanted: {kind.__doc__}") from error


def _language(request: Request, room: Room | None) -> str:
    return document.language_of(request, room.quiz.language if room else "")


def _link(request: Request) -> str:
    """Where phones find this server."""
    base = str(shared.settings().url or request.base_url)
    is_local = (urlsplit(base).hostname or "") in LOOPBACK
    return f"{((is_local and address) or base).rstrip('/')}/class"


# What is shown.


def _bare(request: Request, room: Room | None, **values: object) -> HTMLResponse:
    """A page whose links are as from the first page of the app."""
    theme = Choices.read(request.cookies.get(CHOICES_COOKIE, "")).theme
    depth = request.url.path.count("/") - request.scope.get("root_path", "").count("/") - 1
    up, language = "../" * depth or "./", _language(request, room)
    response = document.bare(request, "live", language, up=up, theme=theme, **values)
    response.status_code = 404 if "wrong" in values else 200
    return response


def _view(request: Request, room: Room, who: str = "") -> Message:
    """What a page shows of a room."""
    language = _language(request, room)
    if _is_shown(request):
        return _show_view(room, _link(request), language)
    return _phone_view(room, who, language)


def _phone_view(room: Room, who: str, language: str) -> Message:
    """What a phone shows."""
    state, chosen, values = room.state, room.chosen(who), dict[str, object]()
    if state.phase == "revealed":
        values["chosen"] = chosen
    elif state.phase == "over":
        values["score"] = room.score(who)
    html = _drawn("phone", language, room.quiz, state.phase, state.item, **values)
    return _message(state, html, chosen=chosen if state.phase == "asking" else None)


def _show_view(room: Room, link: str, language: str) -> Message:
    """What the projector shows."""
    state, quiz, counts = room.state, room.quiz, room.counts()
    given, asking = len(room.answers.get(state.item, ())), state.phase == "asking"
    # How many put a step where it belongs would tell where that is.
    is_early = asking and (not state.bars or quiz.items[state.item].kind == "order")
    values: dict[str, object] = {"code": room.code, "address": link, "bars": state.bars}
    if state.phase == "over":
        every = range(len(quiz.items))
        values["results"] = tuple((room.right(n), len(room.answers.get(n, ()))) for n in every)
    told = {"people": room.people, "answered": given}
    told |= {} if is_early else {f"count{n}": count for n, count in enumerate(counts)}
    return _message(
        state,
        _drawn("show", language, quiz, state.phase, state.item, **values),
        texts={name: number(value, language) for name, value in told.items()},
        bars=[0 if is_early else count / max(given, 1) for count in counts],
        everybody=0 < room.people <= given,
    )


def _message(state: State, html: str, **values: object) -> Message:
    left = round(state.left, 2) if state.phase == "asking" else None
    return {"step": state.step, "item": state.item, "left": left, "seconds": state.seconds,
            "html": html, **values}  # fmt: skip


@lru_cache(maxsize=512)
def _drawn(
    macro: str,
    language: str,
    quiz: Quiz | None = None,
    phase: str = "",
    n: int = 0,
    **values: object,
) -> str:
    """The HTML of a macro of the template, which a class of phones asks for at once."""
    if quiz:
        key = quiz.items[n].key
        values |= {"quiz": quiz, "phase": phase, "n": n, "item": quiz.items[n]}
        values["entry"] = addresses.entry(key.entry_id, key.language)
    if isinstance(link := values.get("address"), str):
        values["seconds"] = SECONDS
        made = segno.make(f"{link}/{values['code']}", error="m", micro=False)
        values["qr"] = Markup(made.svg_inline(omitsize=True, border=2))  # noqa: S704  (its own)
        values["alone"] = (urlsplit(link).hostname or "") in LOOPBACK
    return str(templates.render(f"live#{macro}", language, **values))
