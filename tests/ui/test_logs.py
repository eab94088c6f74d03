"""Logs: what comes from outside makes no line of its own, and fills no disk."""

import logging
from collections.abc import Iterator

import pytest

from ui import logs

FORGED = "x\n2026-01-01 00:00:00 WARNING ui: all is well\r\x1b[2J\u2028"


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    former = logging.getLogRecordFactory()
    logs.begin()
    yield caplog
    logging.setLogRecordFactory(former)


def test_no_line_can_be_forged_and_a_long_one_is_cut(log: pytest.LogCaptureFixture) -> None:
    logging.getLogger("uvicorn.error").warning("No conversation %s.", FORGED)
    said = log.handler.format(log.records[0])
    assert len(said.splitlines()) == 1
    assert said.isprintable()
    assert "x\\n2026-01-01" in said
    logging.getLogger("ui").warning("No conversation %s.", "a" * 100_000)
    assert len(log.records[1].getMessage()) < 2000


def test_the_lines_of_a_traceback_are_set_apart(log: pytest.LogCaptureFixture) -> None:
    logging.getLogger("ui").error("A page failed.", exc_info=ValueError(FORGED))
    first, *rest = log.handler.format(log.records[0]).splitlines()
    assert first.endswith("A page failed.")
    assert all(line.startswith("  | ") for line in rest)
    assert any("ValueError: x" in line for line in rest)
