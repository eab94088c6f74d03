"""What the commands share: how far a long work is, told on a terminal."""

import io
import sys
import time

import pytest

from assistant.commands.base import progress_bar


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_shows_a_bar_or_the_time_where_nobody_knows_how_much_there_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "stderr", terminal := _Terminal())
    with progress_bar("Writing", "entries") as progress:
        progress(0, 4)
        time.sleep(0.12)  # it is drawn ten times a second
        progress(0, 0)
        progress(4, 4)
    bar, passed, *_, done = terminal.getvalue().strip().split("\r")
    assert "0/4" in bar
    assert passed.strip() == "Writing: 00:00"
    assert "4/4" in done


def test_progress_is_silent_where_there_is_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    with progress_bar() as progress:
        progress(4, 4)
    assert capsys.readouterr().err == ""
