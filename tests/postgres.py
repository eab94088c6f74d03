"""A real PostgreSQL server, for as long as a test needs it."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_HOMES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
PG_CTL = shutil.which("pg_ctl", path=os.pathsep.join([*map(str, _HOMES), os.environ["PATH"]]))


@contextmanager
def postgres() -> Iterator[str]:
    """The address of an empty database; it is reached by a socket in a folder of its own.

    Skips the test where PostgreSQL is not installed.
    """
    if PG_CTL is None:
        pytest.skip("needs PostgreSQL: install the package postgresql")
    user = "postgres" if os.geteuid() == 0 else None  # it refuses to run as root
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    if user:
        os.chown(folder, pwd.getpwnam(user).pw_uid, -1)

    def run(*command: str | Path) -> None:
        # What stays running would hold a pipe open.
        with (folder.parent / f"{folder.name}.log").open("w") as log:
            subprocess.run(
                command, check=True, user=user, cwd=folder, stdout=log, stderr=log, env={}
            )

    data = folder / "data"
    options = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off"
    try:
        pg_ctl = Path(PG_CTL).resolve()
        run(pg_ctl.with_name("initdb"), "-D", data, "-A", "trust", "-U", "masrad", "-E", "UTF8")
        run(pg_ctl, "-D", data, "-w", "-o", options, "start")
        yield f"postgresql://masrad@/postgres?host={folder}"
    finally:
        if (data / "postmaster.pid").exists():
            run(pg_ctl, "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)
        (folder.parent / f"{folder.name}.log").unlink(missing_ok=True)
