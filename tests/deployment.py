"""The deployment, tried for real: ``make deployment``, or ``python -m tests.deployment [SECONDS]``.

PostgreSQL, a Chroma server, two replicas and nginx, by the configuration that ``docs/deploy`` has,
each a process of its own. Thirty people read and ask while an owner edits, imports and rebuilds,
and while each of the four is killed once and started again. It prints what came of that, and ends
with 1 where an answer was of a version that was ten seconds out of date while all was up, or where
a turn is gone that was acknowledged.
"""

import contextlib
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
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
from tests.chroma_server import free_port, wait_for
from tests.postgres import PG_CTL, postgres

ROOT = Path(__file__).parents[1]
NGINX = ROOT / "docs" / "deploy" / "nginx.conf"
MASRAD, CHROMA = (str(Path(sys.executable).with_name(name)) for name in ("masrad", "chroma"))
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


class Program:
    """A program that can be killed and started again."""

    def __init__(self, name: str, command: list[str], ready: Callable[[], bool], log: Path) -> None:
        self.name, self._command, self._ready, self._log = name, command, ready, log
        self.start()

    def start(self) -> None:
        """Starts it, and waits until it is ready; again, if it ends before."""
        end = time.monotonic() + 120
        while True:
            with self._log.open("ab") as log:
                self._process = subprocess.Popen(
                    self._command, stdout=log, stderr=log, start_new_session=True
                )
            while self._process.poll() is None:
                if self._ready():
                    return
                assert time.monotonic() < end, f"{self.name} does not start: {self._log}"
                time.sleep(0.2)
            time.sleep(1)

    def kill(self) -> None:
        """Ends it, and all that it has started, at once."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


def _postgres(address: str, what: str) -> None:
    """Kills the server of an address, or starts it again."""
    assert PG_CTL
    folder = Path(address.rpartition("host=")[2])
    options = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off"
    how = ["-m", "immediate", "stop"] if what == "kill" else ["-w", "-o", options, "start"]
    user = "postgres" if os.geteuid() == 0 else None
    subprocess.run(
        [PG_CTL, "-D", str(folder / "data"), *how],
        check=True,
        user=user,
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={},
    )


def _answers(url: str) -> Callable[[], bool]:
    def ready() -> bool:
        with contextlib.suppress(httpx.HTTPError):
            return httpx.get(url, verify=False, timeout=5).status_code == httpx.codes.OK  # noqa: S501
        return False

    return ready


def _listens(port: int) -> Callable[[], bool]:
    def ready() -> bool:
        with contextlib.suppress(AssertionError):
            wait_for(port, 0)
            return True
        return False

    return ready


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
        self._library = Library(settings.data_dir)
        self.path = self._library.path("tea")
        self.edition = 0

    def begin(self) -> None:
        """Makes the glossary that is then open."""
        self._replica.join()
        with self._replica.changing():
            plan(Glossary.read(ROOT / "tests" / "data" / "tea"), self.path).carry_out()
            self._library.choose(self.path)
        self.edit()

    def edit(self) -> None:
        """Says in two entries, by one change, which edition this is."""
        self.edition += 1
        with self._telling("edit"), self._replica.changing():
            glossary = Glossary.read(self.path)
            for entry_id in ("kettle", "teapot"):
                edit = begin_edit(glossary, entry_id, "en")
                assert edit.before
                said = f"A {entry_id} is a vessel of edition {self.edition}."
                others = tuple(s for s in edit.before.sections if s.name != SUMMARY)
                sections = (Section(SUMMARY, "", said), *others)
                save(edit, replace(edit.before, sections=sections), glossary)

    def bring_in(self, folder: Path) -> None:
        """Imports a few entries of a table."""
        rows = (f"Pot {n},A pot of number {n} of import {self.edition}." for n in range(20))
        table = folder / "pots.csv"
        table.write_text("\n".join(("term,definition", *rows)), "utf-8")
        with self._telling("import"), self._replica.changing():
            plan(Glossary.read(table), self.path).carry_out()

    def rebuild(self) -> None:
        """Embeds everything anew."""
        command = [MASRAD, "index", "--rebuild", "--data-dir", str(self._settings.data_dir)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        self._seen.owner["rebuild" if done.returncode == 0 else f"rebuild: {done.stderr}"] += 1

    @contextlib.contextmanager
    def _telling(self, what: str) -> Iterator[None]:
        try:
            yield
        except (KnowledgeError, AssistantError) as error:
            self._seen.owner[f"{what}, {self._seen.state()} down: {error}"] += 1
        else:
            self._seen.owner[what] += 1
            if what == "edit":
                self._seen.editions.append((time.monotonic(), self.edition))


def _person(url: str, number: int, token: str, seen: Seen, over: threading.Event) -> None:
    """Reads and asks, a little at random, as long as it lasts."""
    chance = random.Random(number)  # noqa: S311  (what is read, not a secret)
    headers = {"User-Agent": f"reader {number}"}
    with httpx.Client(base_url=url, headers=headers, verify=False, timeout=20) as client:  # noqa: S501
        conversation = "new"
        while not over.wait(chance.uniform(0.2, 1.5)):
            entry = chance.choice(["kettle", "teapot"])
            asks = bool(token) and chance.random() < 0.4
            question = f"What is a {entry}?"
            sent = time.monotonic()
            try:
                if asks:
                    found = client.post(
                        "/api/v1/ask",
                        json={"question": question, "conversation": conversation},
                        headers={"Authorization": f"Bearer {token}"},
                    )
                else:
                    found = client.get(chance.choice([f"/term?id={entry}&lang=en", "/glossary"]))
            except httpx.HTTPError as error:
                seen.errors[type(error).__name__, seen.state()] += 1
                continue
            seen.requests["asked" if asks else "read"] += 1
            seen.times.append(time.monotonic() - sent)
            if found.status_code != httpx.codes.OK:
                said = " ".join(re.sub(r"<[^>]+>|(?<=number )\w+", "", found.text).split())[:120]
                seen.errors[f"{found.status_code}: {said}", seen.state()] += 1
                if asks and found.status_code == httpx.codes.NOT_FOUND:
                    conversation = "new"
                continue
            if asks:
                answer: dict[str, Any] = found.json()
                seen.look(answer["text"], sent, question)
                if answer.get("turn"):
                    conversation = answer["conversation"]
                    seen.kept[answer["turn"]] = question
            else:
                seen.look(found.text, sent, str(found.request.url.path))


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


def _tell(seen: Seen, lost: list[str]) -> None:
    times = sorted(seen.times)
    say = sys.stdout.write
    say(f"\nrequests: {dict(seen.requests)}; turns kept: {len(seen.kept)}, of them lost: {lost}\n")
    if times:
        half, most = times[len(times) // 2], times[int(len(times) * 0.95)]
        say(f"seconds: half within {half:.2f}, 95 % within {most:.2f}, all in {times[-1]:.2f}\n")
    say(f"editions in force: {len(seen.editions) - 1}; the owner: {dict(seen.owner)}\n")
    for name, (at, up) in seen.down.items():
        say(f"killed: {name} at {at - seen.begun:.0f} s, up at {up - seen.begun:.0f} s\n")
    say(f"out of date after {WITHIN:.0f} s while all was up: {len(seen.late)} {seen.late[:5]}\n")
    say(f"of two editions: {len(seen.mixed)} {seen.mixed[:5]}\n")
    say(f"errors: {sum(seen.errors.values())}\n")
    for (kind, down), count in seen.errors.most_common():
        say(f"  {count:5}  {down} down  {kind}\n")


class Deployment:
    """All of it, running."""

    def __init__(self, folder: Path, address: str, stack: contextlib.ExitStack) -> None:
        chroma_port, plain, tls, *ports = (free_port() for _ in range(5))
        os.environ.update(
            MASRAD_DATABASE_URL=address,
            CHROMA_HOST="127.0.0.1",
            CHROMA_PORT=str(chroma_port),
            MASRAD_ALLOWED_HOSTS="localhost",
        )

        def program(name: str, command: list[str], ready: Callable[[], bool]) -> Program:
            found = Program(name, command, ready, folder / f"{name}.log")
            stack.callback(found.kill)
            return found

        kept = str(folder / "chroma")
        run = [CHROMA, "run", "--path", kept, "--port", str(chroma_port)]
        chroma = program("Chroma", run, _listens(chroma_port))
        self.seen = Seen()
        self.settings = Settings(data_dir=folder / "owner")
        self.owner = Owner(self.settings, self.seen)
        self.owner.begin()
        serve = [MASRAD, "serve", "--no-browser", "--port"]
        replica, _ = (
            program(
                f"replica {n}",
                [*serve, str(port), "--data-dir", str(folder / f"replica-{n}")],
                _answers(f"http://127.0.0.1:{port}/readyz"),
            )
            for n, port in enumerate(ports, 1)
        )
        self.url = f"https://localhost:{tls}"
        configuration = str(_configured(folder, ports, plain, tls))
        nginx = program("nginx", ["nginx", "-c", configuration], _answers(f"{self.url}/readyz"))
        postgresql = partial(_postgres, address, "kill"), partial(_postgres, address, "start")
        self.parts: dict[str, tuple[Callable[[], None], Callable[[], None]]] = {
            replica.name: (replica.kill, replica.start),
            chroma.name: (chroma.kill, chroma.start),
            "PostgreSQL": postgresql,
            nginx.name: (nginx.kill, nginx.start),
        }

    def break_down(self, seconds: float, over: threading.Event) -> None:
        """Kills each part once, and starts it again a little later."""
        for n, (name, (kill, start)) in enumerate(self.parts.items()):
            over.wait(max(0.0, self.seen.begun + seconds * (n + 0.6) / 4.5 - time.monotonic()))
            if over.is_set():
                return
            at = time.monotonic()
            self.seen.down[name] = at, float("inf")
            kill()
            time.sleep(DOWN)
            start()
            self.seen.down[name] = at, time.monotonic()

    def own(self, folder: Path, over: threading.Event) -> None:
        """Edits every few seconds, and now and then imports and rebuilds."""
        rounds = 0
        while not over.wait(3):
            rounds += 1
            self.owner.edit()
            if rounds % 6 == 3:
                self.owner.bring_in(folder)
            if rounds % 10 == 5:
                self.owner.rebuild()

    def run(self, seconds: float, folder: Path) -> None:
        """All of this at once, for a while."""
        over = threading.Event()
        work: list[Callable[[], None]] = [
            partial(self.break_down, seconds, over),
            partial(self.own, folder, over),
            *(
                partial(_person, self.url, n, token, self.seen, over)
                for n, token in enumerate(_tokens(self.settings))
            ),
        ]
        self.seen.begun = time.monotonic()
        threads = [threading.Thread(target=each) for each in work]
        for thread in threads:
            thread.start()
        time.sleep(seconds)
        over.set()
        for thread in threads:
            thread.join()


def main(seconds: float = SECONDS) -> int:
    """Tries it; the exit status."""
    if shutil.which("nginx") is None or PG_CTL is None:
        sys.stderr.write("needs nginx and PostgreSQL: apt-get install nginx postgresql\n")
        return 1
    folder = Path(tempfile.mkdtemp(prefix="deployment"))
    with postgres() as address, contextlib.ExitStack() as stack:
        deployment = Deployment(folder, address, stack)
        deployment.run(seconds, folder)
        seen, lost = deployment.seen, _lost(deployment.settings, deployment.seen)
    _tell(seen, lost)
    if seen.late or seen.mixed or lost:
        sys.stdout.write(f"what the programs said is in {folder}\n")
        return 1
    shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(float, sys.argv[1:])))
