"""The deployment, tried for real: ``make deployment``, or ``python -m tests.deployment [SECONDS]``.

PostgreSQL, a Chroma server, two replicas and nginx, by the configuration that ``docs/deploy`` has,
each a process of its own. Thirty people read and ask while an owner edits, imports and rebuilds,
and while each of the four is killed once and started again. It prints what came of that, and ends
with 1 where an answer was of a version that was ten seconds out of date while all was up, or where
a turn is gone that was acknowledged.
"""

import contextlib
import itertools
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

import httpx

from assistant import AssistantError
from assistant.conversations.credentials import Tokens
from assistant.conversations.database import Database
from assistant.conversations.store import Conversations
from assistant.people import Person
from assistant.replicas import Replica
from assistant.settings import Settings
from knowledge import KnowledgeError
from knowledge.editing.entries import begin_edit, save
from knowledge.editing.importing import plan
from knowledge.editing.library import Library
from knowledge.entry import SUMMARY, Section
from knowledge.glossary import Glossary
from tests.benchmarks.rows import ms
from tests.conftest import TEA
from tests.servers import PG_CTL, Postgres, Program, chroma, free_port, postgres

NGINX = Path(__file__).parents[1] / "docs" / "deploy" / "nginx.conf"
MASRAD = str(Path(sys.executable).with_name("masrad"))
PEOPLE, SECONDS = 30, 120.0
WITHIN = 10.0  # seconds until a change is everywhere
DOWN = 5.0  # seconds until what was killed is started again
_EDITION = re.compile(r"[Ee]dition (\d+)")


@dataclass
class Seen:
    """What was seen, and when."""

    begun: float = field(default_factory=time.monotonic)
    requests: Counter[str] = field(default_factory=Counter)
    errors: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By kind, and what was down then."""
    times: list[float] = field(default_factory=list)
    editions: list[tuple[float, int]] = field(default_factory=lambda: [(0.0, 0)])
    """When each was in force."""
    late: list[str] = field(default_factory=list)
    mixed: list[str] = field(default_factory=list)
    kept: dict[str, str] = field(default_factory=dict)
    """The questions that were acknowledged, by the ids of their turns."""
    down: dict[str, tuple[float, float]] = field(default_factory=dict)
    """What was killed, when, and when it was up again."""
    owner: Counter[str] = field(default_factory=Counter)

    def state(self) -> str:
        """What is down now, or was a moment ago."""
        now = time.monotonic()
        found = [n for n, (a, b) in self.down.items() if a - 1 <= now <= b + WITHIN]
        return " and ".join(found) or "nothing"

    def look(self, text: str, sent: float, what: str) -> None:
        """Checks the editions that an answer names, to a question that was sent at a time."""
        found = {int(number) for number in _EDITION.findall(text)}
        if len(found) > 1:
            self.mixed.append(f"{what}: editions {sorted(found)}")
        expected = [number for at, number in self.editions if at < sent - WITHIN]
        if found and min(found) < max(expected) and self.state() == "nothing":
            at = sent - self.begun
            self.late.append(f"{at:.0f} s, {what}: edition {min(found)} of {max(expected)}")


def _configured(folder: Path, ports: list[int], plain: int, tls: int) -> Path:
    """Nginx's configuration, with the addresses of this machine in place of Docker's."""
    text = NGINX.read_text("utf-8")
    servers = "\n".join(f"server 127.0.0.1:{p} max_fails=1 fail_timeout=5s;" for p in ports)
    for pattern, new in (
        (r"resolver .*\n", "\n"),
        (r"server masrad:8501 .*;", servers),
        (r"listen 80;", f"listen 127.0.0.1:{plain};"),
        (r"listen 443 ssl;", f"listen 127.0.0.1:{tls} ssl;"),
        (r"/etc/nginx/certificates", str(folder)),
        (r"\A", f"daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.log warn;\n"),
    ):
        text, count = re.subn(pattern, new, text)
        assert count, f"{NGINX} has no {pattern}"
    made = folder / "nginx.conf"
    made.write_text(text, "utf-8")
    subject = ["-subj", "/CN=localhost", "-days", "2", "-nodes", "-newkey", "rsa:2048"]
    out = ["-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")]
    subprocess.run(["openssl", "req", "-x509", *subject, *out], check=True, capture_output=True)  # noqa: S607
    return made


class Owner:
    """Who edits, imports and rebuilds, on a machine that shares the library."""

    def __init__(self, settings: Settings, seen: Seen) -> None:
        self._settings, self._seen = settings, seen
        self._replica = Replica.of(settings.database, settings.data_dir)
        library = Library(settings.data_dir)
        self._path, self._edition = library.path("tea"), 0
        self._replica.join()
        with self._replica.changing():
            plan(Glossary.read(TEA), self._path).carry_out()
            library.choose(self._path)
        self._edit()

    def owns(self, over: threading.Event) -> None:
        """Edits every few seconds, and now and then imports and rebuilds."""
        for n in itertools.takewhile(lambda _: not over.wait(3), itertools.count(1)):
            self._does("edit", self._edit)
            if n % 6 == 3:
                self._does("import", self._bring_in)
            if n % 10 == 5:
                self._does("rebuild", self._rebuild)

    def _does(self, what: str, act: Callable[[], None]) -> None:
        try:
            act()
        except (KnowledgeError, AssistantError, subprocess.CalledProcessError) as error:
            what = f"{what}, {self._seen.state()} down: {error}"
        self._seen.owner[what] += 1

    def _edit(self) -> None:
        """Says in two entries, by one change, which edition this is."""
        self._edition += 1
        with self._replica.changing():
            glossary = Glossary.read(self._path)
            for entry_id in ("kettle", "teapot"):
                edit = begin_edit(glossary, entry_id, "en")
                assert edit.before
                said = f"A {entry_id} is a vessel of edition {self._edition}."
                others = tuple(s for s in edit.before.sections if s.name != SUMMARY)
                sections = (Section(SUMMARY, "", said), *others)
                save(edit, replace(edit.before, sections=sections), glossary)
        self._seen.editions.append((time.monotonic(), self._edition))

    def _bring_in(self) -> None:
        """Imports a few entries of a table."""
        rows = (f"Pot {n},A pot of number {n} of import {self._edition}." for n in range(20))
        table = self._settings.data_dir / "pots.csv"
        table.write_text("\n".join(("term,definition", *rows)), "utf-8")
        with self._replica.changing():
            plan(Glossary.read(table), self._path).carry_out()

    def _rebuild(self) -> None:
        """Embeds everything anew."""
        command = [MASRAD, "index", "--rebuild", "--data-dir", str(self._settings.data_dir)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def _person(url: str, number: int, token: str, seen: Seen, over: threading.Event) -> None:
    """Reads and asks, a little at random, as long as it lasts."""
    chance = random.Random(number)  # noqa: S311  (what is read, not a secret)
    headers = {"User-Agent": f"reader {number}", "Authorization": f"Bearer {token}"}
    conversation = "new"
    with httpx.Client(base_url=url, headers=headers, verify=False, timeout=20) as client:  # noqa: S501
        while not over.wait(chance.uniform(0.2, 1.5)):
            entry = chance.choice(["kettle", "teapot"])
            page = chance.choice([f"/term?id={entry}&lang=en", "/glossary"])
            asked = {"question": f"What is a {entry}?", "conversation": conversation}
            asks, sent = chance.random() < 0.4, time.monotonic()
            try:
                found = client.post("/api/v1/ask", json=asked) if asks else client.get(page)
            except httpx.HTTPError as error:
                seen.errors[type(error).__name__, seen.state()] += 1
                continue
            seen.requests["asked" if asks else "read"] += 1
            seen.times.append(time.monotonic() - sent)
            if not found.is_success:
                said = " ".join(re.sub(r"<[^>]+>|(?<=number )\w+", "", found.text).split())[:120]
                seen.errors[f"{found.status_code}: {said}", seen.state()] += 1
                if asks and found.status_code == httpx.codes.NOT_FOUND:
                    conversation = "new"
            elif not asks:
                seen.look(found.text, sent, page)
            else:
                answer: dict[str, Any] = found.json()
                seen.look(answer["text"], sent, asked["question"])
                if answer.get("turn"):
                    conversation = answer["conversation"]
                    seen.kept[answer["turn"]] = asked["question"]


def _tokens(settings: Settings) -> list[str]:
    """A token for each person."""
    with contextlib.closing(Database.open(settings.database)) as database:
        tokens = Tokens(database)
        return [tokens.make(Person(f"reader {n}"), "deployment") for n in range(PEOPLE)]


def _lost(settings: Settings, seen: Seen) -> list[str]:
    """The turns that were acknowledged, and are not there."""
    with contextlib.closing(Conversations.open(settings.database)) as store:
        there = {
            turn.id: turn.answer.question
            for each in store.list(limit=100_000)
            for turn in store.get(each.id).turns
        }
    return [turn for turn, question in seen.kept.items() if there.get(turn) != question]


def _told(seen: Seen, lost: list[str]) -> Iterator[str]:
    half, most, last = (ms(seen.times, percent) / 1000 for percent in (50, 95, 100))
    yield f"requests: {dict(seen.requests)}; turns kept: {len(seen.kept)}, of them lost: {lost}"
    yield f"seconds: half within {half:.2f}, 95 % within {most:.2f}, all in {last:.2f}"
    yield f"editions in force: {len(seen.editions) - 1}; the owner: {dict(seen.owner)}"
    for name, (at, up) in seen.down.items():
        yield f"killed: {name} at {at - seen.begun:.0f} s, up at {up - seen.begun:.0f} s"
    yield f"out of date after {WITHIN:.0f} s while all was up: {len(seen.late)} {seen.late[:5]}"
    yield f"of two editions: {len(seen.mixed)} {seen.mixed[:5]}"
    yield f"errors: {sum(seen.errors.values())}"
    for (kind, down), count in seen.errors.most_common():
        yield f"  {count:5}  {down} down  {kind}"


def _deployed(
    folder: Path, address: str, seen: Seen, stack: contextlib.ExitStack
) -> tuple[str, Owner, dict[str, Program | Postgres]]:
    """Starts all of it: where it is reached, the owner, and what can be killed."""
    chroma_port, plain, tls, *ports = (free_port() for _ in range(5))
    os.environ.update(
        MASRAD_DATABASE_URL=address,
        CHROMA_HOST="127.0.0.1",
        CHROMA_PORT=str(chroma_port),
        MASRAD_ALLOWED_HOSTS="localhost",
    )
    database = Postgres(Path(address.rpartition("host=")[2]))
    parts: dict[str, Program | Postgres] = {"PostgreSQL": database}

    def holds(name: str, found: Program) -> None:
        stack.callback(found.kill)
        parts[name] = found

    holds("Chroma", chroma(folder / "chroma", chroma_port, folder / "chroma.log"))
    owner = Owner(Settings(data_dir=folder / "owner"), seen)
    for n, port in enumerate(ports, 1):
        run = [MASRAD, "serve", "--no-browser", "--port", str(port)]
        run += ["--data-dir", str(folder / f"replica-{n}")]
        ready, log = f"http://127.0.0.1:{port}/readyz", folder / f"replica-{n}.log"
        holds(f"replica {n}", Program(run, ready, log))
    del parts["replica 2"]  # the other one is killed
    url, log = f"https://localhost:{tls}", folder / "nginx.log"
    run = ["nginx", "-c", str(_configured(folder, ports, plain, tls))]
    holds("nginx", Program(run, f"{url}/readyz", log))
    return url, owner, parts


def _break_down(
    parts: dict[str, Program | Postgres], seconds: float, seen: Seen, over: threading.Event
) -> None:
    """Kills each part once, and starts it again a little later."""
    for n, (name, part) in enumerate(parts.items()):
        if over.wait(max(0.0, seen.begun + seconds * (n + 0.6) / 4.5 - time.monotonic())):
            return
        at = time.monotonic()
        seen.down[name] = at, float("inf")
        part.kill()
        time.sleep(DOWN)
        part.start()
        seen.down[name] = at, time.monotonic()


def main(seconds: float = SECONDS) -> int:
    """Tries it; the exit status."""
    if shutil.which("nginx") is None or PG_CTL is None:
        sys.exit("needs nginx and PostgreSQL: apt-get install nginx postgresql")
    folder, seen, over = Path(tempfile.mkdtemp(prefix="deployment")), Seen(), threading.Event()
    with postgres() as address, contextlib.ExitStack() as stack:
        url, owner, parts = _deployed(folder, address, seen, stack)
        settings = Settings(data_dir=folder / "owner")
        people = [
            partial(_person, url, n, token, seen, over) for n, token in enumerate(_tokens(settings))
        ]
        seen.begun = time.monotonic()
        with ThreadPoolExecutor(PEOPLE + 2) as pool:
            owning = partial(owner.owns, over)
            breaking = partial(_break_down, parts, seconds, seen, over)
            work = [pool.submit(each) for each in (owning, breaking, *people)]
            time.sleep(seconds)
            over.set()
        for each in work:
            each.result()  # raises what went wrong
        lost = _lost(settings, seen)
    sys.stdout.writelines(f"{line}\n" for line in _told(seen, lost))
    if seen.late or seen.mixed or lost:
        sys.stdout.write(f"what the programs said is in {folder}\n")
        return 1
    shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(float, sys.argv[1:])))
