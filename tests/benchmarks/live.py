"""A live quiz under a class: how soon answers are seen, and that none is lost.

A projector and thirty phones, each with a connection of its own. Of ten phones two
load the page anew as they answer, one goes away once it has, and of one the connection breaks as it
sends; that one tries again, as the page does.
"""

import asyncio
import random
import secrets
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import httpx

from assistant.classroom.rooms import Rooms
from assistant.conversations.store import Conversations
from tests.benchmarks.rows import Row, ms
from tests.browser.conftest import ready, served
from tests.conftest import TEA
from tests.quizzes import quiz
from ui.reader import TOKEN_COOKIE

PHONES, ROUNDS = 30, 3
WITHIN = 4.0
"""Seconds in which the class answers a question."""
MOST = 1000.0
"""Milliseconds: the most that one may take."""


class _Page:
    """A page that asks: what it was told last, and when it was first told what."""

    def __init__(self, url: str, **cookies: str) -> None:
        self.url = url
        # Shorter than the server's own, which ends idle connections: browsers then connect anew.
        limits = httpx.Limits(keepalive_expiry=2)
        self.client = httpx.AsyncClient(cookies=cookies, timeout=30, limits=limits)
        self._told: dict[tuple[object, ...], float] = {}
        self._task: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Loads it, again or where it has gone away."""
        self.close()
        (await self.client.get(self.url)).raise_for_status()
        self._task = asyncio.create_task(self._listen())

    def close(self) -> None:
        """Goes away."""
        if self._task:
            self._task.cancel()

    async def _listen(self) -> None:
        while True:
            view = (await self.client.get(f"{self.url}/now")).json()
            now = time.perf_counter()
            self._told.setdefault(("step", view["step"]), now)
            answered = view.get("texts", {}).get("answered")
            self._told.setdefault((view["item"], answered), now)
            await asyncio.sleep(0.3 if self.url.endswith("/show") else 0.45)

    async def told(self, *what: object) -> float:
        """When it was first told something."""
        while what not in self._told:  # noqa: ASYNC110  (a glance costs little)
            await asyncio.sleep(0.005)
        return self._told[what]

    async def send(self, what: object) -> float:
        """Sends until that is taken; gives the seconds it took."""
        start = time.perf_counter()
        while not (await self.client.post(self.url, json=what)).is_success:  # noqa: ASYNC110
            await asyncio.sleep(1)
        return time.perf_counter() - start


async def _answer(phone: _Page, n: int, choice: int, mischance: int) -> tuple[float, float]:
    """When somebody's answer was sent for good, and how long it took until it was taken."""
    await asyncio.sleep(random.random() * WITHIN)  # noqa: S311
    sent = {"item": n, "choice": [choice]}
    if mischance in (0, 1):
        await phone.open()
    elif mischance == 2:
        with suppress(TimeoutError):
            async with asyncio.timeout(0.004), httpx.AsyncClient() as broken:
                await broken.post(phone.url, json=sent, cookies=dict(phone.client.cookies))
    at = time.perf_counter()
    took = await phone.send(sent)
    if mischance == 3:
        phone.close()
    return at, took


async def _round(rooms: Rooms, url: str, took: defaultdict[str, list[float]]) -> int:
    """Two questions of a quiz; gives how many answers were lost."""
    teacher, lost = secrets.token_urlsafe(22), 0
    code = rooms.make(quiz(), teacher)
    board = _Page(f"{url}/class/{code}/show", **{TOKEN_COOKIE: teacher})
    phones = [_Page(f"{url}/class/{code}") for _ in range(PHONES)]
    every = (board, *phones)
    await asyncio.gather(*(page.open() for page in every))
    await asyncio.gather(*(page.told("step", 0) for page in every))
    for n in range(2):
        for step, move in enumerate(("next", "reveal"), 2 * n):
            start = time.perf_counter()
            await board.send({"do": move, "step": step, "seconds": 60})
            heard = await asyncio.gather(*(page.told("step", step + 1) for page in every))
            took["a question or its answer on all phones"] += [at - start for at in heard]
            if move == "next":
                chosen = [random.randrange(2) for _ in phones]  # noqa: S311
                each = enumerate(zip(phones, chosen, strict=True))
                found = await asyncio.gather(*(_answer(p, n, c, at % 10) for at, (p, c) in each))
                took["an answer taken"] += [seconds for _, seconds in found]
                seen = await board.told(n, str(PHONES))
                took["the last answer on the projector"].append(seen - max(at for at, _ in found))
                room = rooms.find(code)
                kept = room.answers[n].values() if room else ()
                lost += abs(chosen.count(1) - sum(c == (1,) for c in kept)) + PHONES - len(kept)
                await asyncio.gather(*(p.open() for p in phones[3::10]))  # who went away is back
    for page in every:
        page.close()
        await page.client.aclose()
    return lost


def live(data: Path) -> Iterator[Row]:
    """A class that answers."""
    folder = data / "live"
    took, lost = defaultdict[str, list[float]](list), 0
    with served("--glossary", str(TEA), "--data-dir", str(folder)) as url:
        ready(url)
        rooms = Rooms(Conversations.open(folder / "conversations.db").database)
        for _ in range(ROUNDS):
            lost += asyncio.run(_round(rooms, url, took))
    for what, seconds in took.items():
        median, most = ms(seconds, 50), ms(seconds, 100)
        value = f"{median:.0f} ms, at most {most:.0f} ms"
        yield Row(f"{PHONES} phones: {what}", value, "", most / MOST, most=1)
    answers = len(took["an answer taken"])
    yield Row(f"{PHONES} phones: answers lost", f"{lost} of {answers}", "", float(lost), most=0)
