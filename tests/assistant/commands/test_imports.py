"""``masrad import``: what it prints, and what it leaves in the folder."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.commands.base import main
from assistant.commands.imports import ImportCommand
from knowledge.glossary import Glossary

Import = Callable[..., tuple[int, str, str]]
ROWS = "term,definition\nKettle,A kettle boils water.\nCup,A cup holds tea.\n"


@pytest.fixture
def imported(capsys: pytest.CaptureFixture[str]) -> Import:
    """Runs it; gives the status, and what is printed on either stream."""

    def run(*arguments: str | Path) -> tuple[int, str, str]:
        status = main([ImportCommand()], ["import", *map(str, arguments)])
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return run


@pytest.fixture
def source(tmp_path: Path) -> Path:
    (tmp_path / "tea.csv").write_text(ROWS, "utf-8")
    return tmp_path / "tea.csv"


@pytest.fixture
def dest(tmp_path: Path) -> Path:
    return tmp_path / "tea"


def test_it_can_be_asked_what_it_would_do(imported: Import, source: Path, dest: Path) -> None:
    imported(source, dest)
    source.write_text(ROWS.replace("holds", "keeps") + "Pot,A pot is a vessel.\n", "utf-8")
    _, out, _ = imported(source, dest, "--dry-run")
    assert out.splitlines()[:2] == ["+ en/pot.md: Pot", "~ en/cup.md: Cup"]
    assert "1 entries would be added, 1 would be changed" in out
    assert len(Glossary.read(dest).entries) == 2


def test_json(imported: Import, source: Path, dest: Path) -> None:
    said = json.loads(imported(source, dest, "--json")[1])
    assert (said["added"], said["changed"], said["unchanged"], said["kept"]) == (2, 0, 0, 0)
    assert said["entries"][0] == {"id": "kettle", "language": "en", "path": "en/kettle.md"}
    assert said["faults"] == []


def test_what_could_not_be_used_is_said(imported: Import, source: Path, dest: Path) -> None:
    source.write_text(f"{ROWS}Pot,\n", "utf-8")
    status, out, err = imported(source, dest)
    assert status == 0
    assert err.startswith("tea.csv:4: “Pot” has no definition")
    assert "2 entries added" in out


def test_columns_can_be_named(imported: Import, source: Path, dest: Path) -> None:
    source.write_text("Ding,Sinn\nKettle,A kettle boils water.\n", "utf-8")
    status, out, _ = imported(source, dest, "--columns", "term=Ding, definition=B")
    assert (status, "1 entries added" in out) == (0, True)
    _, _, err = imported(source, dest, "--columns", "term=Dong")
    assert "Dong" in err
    assert "Ding" in err


def test_it_is_undone(imported: Import, source: Path, dest: Path) -> None:
    imported(source, dest)
    source.write_text(f"{ROWS}Pot,A pot is a vessel.\n", "utf-8")
    imported(source, dest)
    assert imported("--undo", dest)[:2] == (0, f"{dest} is as it was before the last import.\n")
    assert len(Glossary.read(dest).entries) == 2
    assert "nothing to undo" in imported("--undo", source)[2]


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (("missing", "dest"), 1, "There is no glossary at missing"),
        (("tea.csv",), 2, "give a DEST"),
        (("tea.csv", "tea.csv"), 1, "is a file: give a folder"),
    ],
)
def test_what_goes_wrong_is_one_sentence(  # noqa: PLR0913, PLR0917
    imported: Import,
    source: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    status: int,
    says: str,
) -> None:
    monkeypatch.chdir(source.parent)
    found, out, err = imported(*arguments)
    assert (found, out) == (status, "")
    assert says in err
    assert err.count("\n") == 1


def test_a_killed_import_leaves_the_glossary_whole(source: Path, dest: Path) -> None:
    """As it was, or as it is to be; and the next import completes it."""
    rows = [f"Cup {n},A cup of the kind {n} holds tea.\n" for n in range(300)]
    old = "term,definition\n" + "".join(rows)
    new = old.replace("holds tea", "holds green tea")
    source.write_text(old, "utf-8")
    main([ImportCommand()], ["import", str(source), str(dest)])
    source.write_text(new, "utf-8")
    command = [sys.executable, "-m", "ui.command", "import", str(source), str(dest)]
    killed = 0
    for wait in (0.2, 0.6, 1.0):
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
            aside = dest.with_name(f".{dest.name}.new")
            while process.poll() is None and not aside.exists():
                time.sleep(0.001)
            time.sleep(wait / 10)
            os.kill(process.pid, signal.SIGKILL)
        killed += process.returncode == -signal.SIGKILL
        summaries = {entry.summary.partition("holds")[2] for entry in Glossary.read(dest).entries}
        assert summaries in ({" tea."}, {" green tea."})
        assert len(Glossary.read(dest).entries) == 300
    assert killed
    main([ImportCommand()], ["import", str(source), str(dest)])
    assert {e.summary.partition("holds")[2] for e in Glossary.read(dest).entries} == {" green tea."}
