"""Real servers, each for as long as a test needs it: PostgreSQL, Chroma, and both for replicas."""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path

import httpx
import pytest
from sqlalchemy import create_engine, text

from assistant.conversations.database import database_url
from tests.conftest import until

_HOMES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
PG_CTL = shutil.which("pg_ctl", path=os.pathsep.join([*map(str, _HOMES), os.environ["PATH"]]))


class Program:
    """A program that answers at an address; it can be killed, and started again."""

    def __init__(self, command: Sequence[str], url: str, log: Path = Path(os.devnull)) -> None:
        self._command, self._url, self._log = command, url, log
        self.start()

    def start(self) -> None:
        """Starts it, and waits until it is ready."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command, stdout=log, stderr=log, start_new_session=True
            )
        until(self._answers, 120)

    def _answers(self) -> bool:
        assert self._process.poll() is None, f"{self._command} ended: {self._log}"
        with contextlib.suppress(httpx.HTTPError):
            return httpx.get(self._url, verify=False, timeout=5).is_success  # noqa: S501
        return False

    def kill(self) -> None:
        """Ends it, and all that it has started, at once."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def chroma(folder: Path, port: int, log: Path = Path(os.devnull)) -> Program:
    """A Chroma server that keeps its files in a folder."""
    program = str(Path(sys.executable).with_name("chroma"))
    command = [program, "run", "--path", str(folder), "--port", str(port)]
    return Program(command, f"http://127.0.0.1:{port}/api/v2/heartbeat", log)


@contextmanager
def chroma_server(folder: Path) -> Iterator[int]:
    """The port of such a server."""
    server = chroma(folder, port := free_port())
    try:
        yield port
    finally:
        server.kill()


@dataclass(frozen=True)
class Postgres:
    """A PostgreSQL server, by the folder with its data, its socket and its log."""

    folder: Path

    def start(self) -> None:
        """Starts it, and waits until it is ready."""
        options = f"-c listen_addresses= -c unix_socket_directories={self.folder} -c fsync=off"
        self.run("pg_ctl", "-w", "-o", options, "start")

    def kill(self) -> None:
        """Ends it at once."""
        self.run("pg_ctl", "-m", "immediate", "stop")

    def run(self, name: str, *arguments: str) -> None:
        """Runs a program of PostgreSQL's on its data."""
        assert PG_CTL
        user = "postgres" if os.geteuid() == 0 else None  # it refuses to run as root
        if user:
            os.chown(self.folder, pwd.getpwnam(user).pw_uid, -1)
        program = str(Path(PG_CTL).resolve().with_name(name))
        command = [program, "-D", str(self.folder / "data"), *arguments]
        with (self.folder / "log").open("ab") as log:  # what stays running would hold a pipe open
            run = partial(subprocess.run, command, stdout=log, stderr=log)
            run(check=True, user=user, cwd=self.folder, env={})


@contextmanager
def postgres() -> Iterator[str]:
    """The address of an empty database; it is reached by a socket in a folder of its own.

    Skips the test where PostgreSQL is not installed.
    """
    if PG_CTL is None:
        pytest.skip("needs PostgreSQL: install the package postgresql")
    server = Postgres(Path(tempfile.mkdtemp(prefix="pg")))
    try:
        server.run("initdb", "-A", "trust", "-U", "masrad", "-E", "UTF8")
        server.start()
        yield f"postgresql://masrad@/postgres?host={server.folder}"
    finally:
        if (server.folder / "data" / "postmaster.pid").exists():
            server.kill()
        shutil.rmtree(server.folder, ignore_errors=True)


@contextmanager
def shared_servers(folder: Path) -> Iterator[Callable[[], dict[str, str]]]:
    """Gives the settings of replicas, each time with a database of its own; see ``postgres``."""
    numbers = count()
    with postgres() as url, chroma_server(folder) as port:

        def fresh() -> dict[str, str]:
            name = f"fresh{next(numbers)}"
            engine = create_engine(database_url(url), isolation_level="AUTOCOMMIT")
            with engine.connect() as connection:
                connection.execute(text(f"CREATE DATABASE {name}"))
            engine.dispose()
            return {
                "MASRAD_DATABASE_URL": url.replace("/postgres?", f"/{name}?"),
                "CHROMA_HOST": "127.0.0.1",
                "CHROMA_PORT": str(port),
            }

        yield fresh
