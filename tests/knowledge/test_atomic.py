"""Writing aside: what is at a place is whole at every moment."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from knowledge import GlossaryError
from knowledge.editing import atomic
from knowledge.editing.atomic import placing, previous, undo

OLD, NEW = {"a": "old", "b": "old"}, {"a": "new", "c": "new"}


def _fill(folder: Path, files: dict[str, str]) -> None:
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text)


def _held(folder: Path) -> dict[str, str]:
    return {file.name: file.read_text() for file in folder.iterdir()}


@pytest.fixture
def dest(tmp_path: Path) -> Path:
    _fill(tmp_path / "dest", OLD)
    return tmp_path / "dest"


def _write(dest: Path, error: Exception | None = None) -> None:
    with atomic.replacing(dest) as new:
        _fill(new, NEW)
        if error:
            raise error


def test_a_folder_or_a_file_takes_the_place_of_another_once_it_is_whole(dest: Path) -> None:
    with atomic.replacing(dest) as new:
        _fill(new, NEW)
        assert _held(dest) == OLD
    assert _held(dest) == NEW
    assert not new.exists()
    with placing(dest / "a") as aside:
        aside.write_text("newer")
        assert _held(dest)["a"] == "new"
    assert _held(dest) == {**NEW, "a": "newer"}


@pytest.mark.parametrize("steps", [1, 3])
def test_it_can_be_undone_and_done_again(
    dest: Path, monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    """Where the system cannot exchange two folders in one step, it is three renames."""
    if steps == 3:
        monkeypatch.setattr(atomic, "_exchanged", lambda *_: False)
    with pytest.raises(GlossaryError, match="nothing to undo"):
        undo(dest)
    _write(dest)
    assert _held(previous(dest)) == OLD
    undo(dest)
    assert _held(dest) == OLD
    undo(dest)
    assert _held(dest) == NEW


def test_the_second_of_two_at_once_is_told_to_wait(dest: Path) -> None:
    with atomic.replacing(dest) as new:
        with pytest.raises(GlossaryError, match="Another process is writing"):
            _write(dest)
        _fill(new, NEW)
    assert _held(dest) == NEW


@pytest.mark.parametrize("step", [1, 2])
def test_a_kill_between_the_steps_is_mended(
    dest: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    done, rename = 0, Path.rename

    def killed(path: Path, target: Path) -> Path:
        nonlocal done
        done += 1
        if done > step:
            raise KeyboardInterrupt
        return rename(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(atomic, "_exchanged", lambda *_: False)
        patch.setattr(Path, "rename", killed)
        with pytest.raises(KeyboardInterrupt):
            _write(dest)
    with pytest.raises(RuntimeError):
        _write(dest, RuntimeError())
    assert _held(dest) == (OLD if step == 1 else NEW)
    assert {path.name for path in dest.parent.iterdir()} <= {"dest", ".dest.lock", ".dest.before"}


_WRITER = """
import sys
from pathlib import Path
from knowledge.editing.atomic import replacing
dest, word = Path(sys.argv[1]), sys.argv[2]
print("ready", flush=True)
while True:
    with replacing(dest) as new:
        new.mkdir()
        for n in range(50):
            (new / str(n)).write_text(word)
    word = word[::-1]
"""


def test_killed_at_any_moment_it_leaves_one_of_the_two(tmp_path: Path) -> None:
    dest = tmp_path / "dest"
    _fill(dest, {str(n): "ab" for n in range(50)})
    for wait in (0.0, 0.005, 0.011):
        command = [sys.executable, "-c", _WRITER, str(dest), "ab"]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as writer:
            assert writer.stdout is not None
            assert writer.stdout.readline() == b"ready\n"
            time.sleep(wait)
            os.kill(writer.pid, signal.SIGKILL)
        held = _held(dest)
        assert set(held) == {str(n) for n in range(50)}
        assert len(set(held.values())) == 1
