"""The live quiz: plain pages for the projector and the phones of a class, who need no account.

A page hears of the quiz by server-sent events, which carry all of what it shows, so that whoever
comes back has lost nothing; it answers by requests of its own. What is shown is drawn here, and the
script only puts it in its place. The database is asked by one task for all who listen.
"""

import asyncio
import json
import logging
import re
import secrets
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import suppress
from functools import lru_cache
from typing import Any, get_args
from urllib.parse import urlsplit

import segno
from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from assistant import ConversationError
from assistant.classroom.quiz import Quiz
from assistant.classroom.rooms import HERE, LENGTH, LETTERS, SECONDS, Move, Room, Rooms, State
from assistant.conversations.conversation import mark, owns
from ui import addresses, document, identity, shared, templates
from ui.formatting import number
from ui.guard import LOOPBACK
from ui.reader import CHOICES_COOKIE, Choices
from ui.strings import LANGUAGES

address = ""
"""That of this machine on its network, where a class is served (``masrad serve --class``)."""
_COOKIE = "masrad_class"  # whose answers are whose; it says nothing else
_DAY = 24 * 3600
_TICK = 0.5  # seconds between two looks into the database
_PING = 10.0  # seconds after which is said again what has not changed: proxies close what is quiet
_MOST_BYTES = 1000  # of what is sent
_MOST_STREAMS = 3000
_CODE = re.compile(rf"[{LETTERS}]{{{LENGTH}}}")
_UNBUFFERED = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}  # nginx's
_BUSY = "That is too often: wait a little."
_log = logging.getLogger(__name__)

Message = dict[str, Any]


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
            raise HTTPException(429, _BUSY, {"Retry-After": str(int(self._seconds))})


_answers = _Rate(30, 10)  # of a phone
_guesses = _Rate(60, 60)  # codes that are none, of an address: a school has one for all
_newcomers = _Rate(400, 60)  # of an address


class _Watch:
    """The rooms that somebody listens to, as they were at the last look."""

    def __init__(self) -> None:
        self.rooms: dict[str, Room] = {}
        self.streams = Counter[str]()
        self.ended = False
        self._ticked = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def room(self, code: str) -> Room | None:
        """A room, as it was seen at the last look or is now."""
        return self.rooms.get(code) or await run_in_threadpool(_rooms().find, code)

    def put(self, room: Room) -> None:
        """A room as a move left it, for all who listen here: others see it at their next look."""
        if room.code in self.streams:
            self.rooms[room.code] = room
            self._wake()

    async def changes(self, room: Room) -> AsyncIterator[Room | None]:
        """A room whenever it may have changed; None once it has ended."""
        code = room.code
        self.rooms.setdefault(code, room)
        self.streams[code] += 1
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._look())
        try:
            while not self.ended:
                yield self.rooms.get(code)
                await self._ticked.wait()
        finally:
            self.streams[code] -= 1
            if not self.streams[code]:
                del self.streams[code]
                self.rooms.pop(code, None)

    async def _look(self) -> None:
        failed = False
        while self.streams:
            await asyncio.sleep(_TICK)
            known = {code: room for code, room in self.rooms.items() if code in self.streams}
            try:
                found = await run_in_threadpool(_rooms().look, known)
            except ConversationError as error:
                if not failed:
                    _log.warning("The live quizzes stand still. %s", error)
                failed = True
                continue
            failed = False
            for code, before in known.items():
                now, held = found.get(code), self.rooms.get(code)
                if now is None:
                    self.rooms.pop(code, None)
                elif held is before or (held and now.state.step >= held.state.step):
                    self.rooms[code] = now
            self._wake()

    def _wake(self) -> None:
        ticked, self._ticked = self._ticked, asyncio.Event()
        ticked.set()


_watch = _Watch()


def stop() -> None:
    """Ends what is listened to, for the server stops: pages come back to another by themselves."""
    _watch.ended = True


def routes() -> list[BaseRoute]:
    """The pages of a class, and what they hear and send."""
    return [
        Route("/class", _kept(_enter), methods=["GET"]),
        Route("/class/{code}", _kept(_phone), methods=["GET"]),
        Route("/class/{code}", _kept(_answer), methods=["POST"]),
        Route("/class/{code}/events", _kept(_phone_events), methods=["GET"]),
        Route("/class/{code}/show", _kept(_show), methods=["GET"]),
        Route("/class/{code}/show", _kept(_move), methods=["POST"]),
        Route("/class/{code}/show/events", _kept(_show_events), methods=["GET"]),
    ]


def _kept(answer: Callable[[Request], Awaitable[Response]]) -> Callable[..., Awaitable[Response]]:
    """The same, that says so where the database fails: pages try again by themselves."""

    async def answered(request: Request) -> Response:
        try:
            return await answer(request)
        except ConversationError as error:
            _log.warning("The live quiz is not to be had. %s", error)
            raise HTTPException(503, "The quiz cannot be reached now: try again soon.") from error

    return answered


def _rooms() -> Rooms:
    return Rooms(shared.conversations().database)


# The phones.


async def _enter(request: Request) -> Response:
    """Where a code is typed in."""
    code = _plain(request.query_params.get("code", ""))
    if code and await _found(request, code):
        return RedirectResponse(f"{request.scope.get('root_path', '')}/class/{code}", 303)
    return _door(request, wrong=bool(code))


async def _phone(request: Request) -> Response:
    if not (room := await _found(request)):
        return _door(request, wrong=True)
    language = _language(request, room)
    response = _page(request, room, _phone_view(room, "", language))
    if not request.cookies.get(_COOKIE):
        response.set_cookie(
            _COOKIE,
            secrets.token_urlsafe(24),
            max_age=_DAY,
            httponly=True,
            samesite="lax",
            secure=request.url.scheme == "https",
        )
    return response


async def _phone_events(request: Request) -> Response:
    if not (room := await _found(request)):
        return _ended(request, "gone")
    if _COOKIE not in request.cookies:
        return _ended(request, "cookies", room)
    who = _participant(request)
    if who not in room.answers.get(HERE, ()):
        _newcomers.count(_client(request))
        if not await run_in_threadpool(_rooms().join, room.code, who):
            return _ended(request, "full", room)
    language = _language(request, room)
    return _stream(request, room, lambda now: _phone_view(now, who, language))


async def _answer(request: Request) -> Response:
    """Takes an answer: ``{"item": 0, "choice": [2]}``."""
    room, who = await _open(request), _participant(request)
    _answers.count(who)
    sent = await _sent(request)
    n, choice = sent.get("item"), sent.get("choice")
    if not isinstance(n, int) or not isinstance(choice, list):
        raise HTTPException(422, "An answer has an item and a choice.")
    chosen = tuple(each for each in choice if isinstance(each, int))
    taken = await run_in_threadpool(_rooms().answer, room, who, n, chosen)
    now = _watch.rooms.get(room.code)
    if taken and now and now.state.item == n:  # until the next look finds it
        now.answers.setdefault(n, {})[who] = chosen
    return JSONResponse({"taken": taken}, 200 if taken else 409)


# The projector.


async def _show(request: Request) -> Response:
    if not (room := await _found(request)):
        return _door(request, wrong=True)
    if not await run_in_threadpool(_owns, request, room):
        return RedirectResponse(f"{request.scope.get('root_path', '')}/class/{room.code}", 303)
    view = _show_view(room, _link(request), _language(request, room))
    return _page(request, room, view, show=True)


async def _show_events(request: Request) -> Response:
    if not (room := await _found(request)):
        return _ended(request, "gone")
    room, link = await _own(request), _link(request)
    language = _language(request, room)
    return _stream(request, room, lambda now: _show_view(now, link, language))


async def _move(request: Request) -> Response:
    """Makes a move: ``{"do": "reveal", "step": 3}``; says what is shown from now on."""
    room, sent = await _own(request), await _sent(request)
    move, step, seconds = sent.get("do"), sent.get("step"), sent.get("seconds", 0)
    if move not in get_args(Move) or not isinstance(step, int) or seconds not in (0, *SECONDS):
        raise HTTPException(422, f"A move is one of {', '.join(get_args(Move))}, from a step.")
    room = await run_in_threadpool(_rooms().move, room, move, step, seconds)
    _watch.put(room)
    return JSONResponse(_show_view(room, _link(request), _language(request, room)))


# What both are made of.


def _plain(code: str) -> str:
    """A code as it is written, however it was typed."""
    return re.sub(r"[\s-]", "", code).upper()


async def _found(request: Request, code: str = "") -> Room | None:
    code = code or _plain(request.path_params["code"])
    room = await _watch.room(code) if _CODE.fullmatch(code) else None
    if room is None:
        _guesses.count(_client(request))
    return room


async def _open(request: Request) -> Room:
    if room := await _found(request):
        return room
    raise HTTPException(404, "There is no quiz of this code, or it is over.")


async def _own(request: Request) -> Room:
    """The room, for who made it."""
    room = await _open(request)
    if not await run_in_threadpool(_owns, request, room):
        raise HTTPException(403, "Only who made this quiz shows it, in the same browser.")
    return room


def _owns(request: Request, room: Room) -> bool:
    return owns(identity.of(request).reader, room.reader)


def _participant(request: Request) -> str:
    if not (cookie := request.cookies.get(_COOKIE)):
        raise HTTPException(403, "Open the page of the quiz first, and let it keep a cookie.")
    return mark(f"{request.path_params['code']} {cookie}")


def _client(request: Request) -> str:
    return request.client.host if request.client else ""


async def _sent(request: Request) -> Mapping[str, Any]:
    """The JSON that was sent, if it is an object, and short."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MOST_BYTES:
            raise HTTPException(413, "That is too long.")
    with suppress(ValueError, RecursionError):
        if isinstance(sent := json.loads(body), dict):
            return sent
    raise HTTPException(422, "A JSON object is wanted.")


def _language(request: Request, room: Room | None) -> str:
    """That which the page names, else the quiz's."""
    wanted = request.query_params.get("lang", ""), room.quiz.language if room else "", "en"
    return next(each for each in wanted if each in LANGUAGES)


def _door(request: Request, *, wrong: bool) -> Response:
    response = _bare(request, request.query_params.get("lang", ""), wrong=wrong)
    response.status_code = 404 if wrong else 200
    return response


def _page(request: Request, room: Room, view: Message, *, show: bool = False) -> Response:
    shown = Markup(view["html"])  # noqa: S704  (of a template)
    values = {"code": room.code, "title": room.quiz.title, "show": show, "shown": shown}
    return _bare(request, _language(request, room), **values)


def _bare(request: Request, language: str, **values: object) -> Response:
    """A page whose links are as from the first page of the app."""
    theme = Choices.read(request.cookies.get(CHOICES_COOKIE, "")).theme
    depth = request.url.path.count("/") - request.scope.get("root_path", "").count("/") - 1
    up = "../" * depth or "./"
    return document.bare(request, "live", language, up=up, theme=theme, **values)


def _link(request: Request) -> str:
    """Where phones find this server."""
    base = str(shared.settings().url or request.base_url)
    is_local = (urlsplit(base).hostname or "") in LOOPBACK
    return f"{((is_local and address) or base).rstrip('/')}/class"


def _stream(request: Request, room: Room, draw: Callable[[Room], Message]) -> Response:
    """What is shown, whenever that has changed."""
    if _watch.streams.total() >= _MOST_STREAMS:
        raise HTTPException(503, _BUSY, {"Retry-After": "5"})

    async def events() -> AsyncIterator[str]:
        said, at = None, 0.0
        async for now in _watch.changes(room):
            message = draw(now) if now else _end(request, "gone", room)
            what = {name: value for name, value in message.items() if name != "left"}
            if what != said or time.monotonic() - at > _PING:
                said, at = what, time.monotonic()
                yield _event(message)
            if now is None:
                return

    return StreamingResponse(events(), 200, _UNBUFFERED, "text/event-stream")


def _ended(request: Request, why: str, room: Room | None = None) -> Response:
    """The last event, after which the page does not ask again."""
    text = _event(_end(request, why, room))
    return Response(text, 200, _UNBUFFERED, "text/event-stream")


def _end(request: Request, why: str, room: Room | None) -> Message:
    return {"html": _drawn("gone", _language(request, room), why=why), "gone": True}


def _event(message: Message) -> str:
    return f"data: {json.dumps(message, ensure_ascii=False)}\n\n"


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
