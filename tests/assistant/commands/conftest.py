"""Runs commands, in this process, which spares it the imports."""

import io
import shutil
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from assistant.commands.base import main
from tests.conftest import TEA
from ui.command import commands

Run = subprocess.CompletedProcess[str]


def run(*arguments: object, stdin: str = "", **environment: str) -> Run:
    """Runs a command; its status, and what it printed."""
    given = [str(argument) for argument in arguments]
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.setattr(sys, "stdin", io.StringIO(stdin))
        for name, value in environment.items():
            patch.setenv(name, value)
        try:
            status = main(commands(given[0] if given else ""), given)
        except SystemExit as exit_:  # as argparse ends on wrong usage
            status = int(exit_.code or 0)
    assert "Traceback" not in err.getvalue()
    return Run(given, status, out.getvalue(), err.getvalue())


def masrad(*arguments: object, **environment: str) -> str:
    """What a command prints that succeeds and has no remark."""
    done = run(*arguments, **environment)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def refused(*arguments: object, **environment: str) -> str:
    """The one sentence of a command that fails."""
    done = run(*arguments, **environment)
    assert (done.returncode, done.stdout) == (1, "")
    [line] = done.stderr.splitlines()
    assert line.startswith("masrad: ")
    assert line.endswith(".")
    return line


@pytest.fixture(scope="session")
def written(tea_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder of tea things that commands may write to: they count what is not answered."""
    return shutil.copytree(tea_data, tmp_path_factory.mktemp("commands") / "data")


@pytest.fixture
def places(written: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The small glossary of tea things and its index, as set in the environment."""
    monkeypatch.setenv("MASRAD_DATA_DIR", str(written))
    monkeypatch.setenv("MASRAD_GLOSSARY", str(TEA))
