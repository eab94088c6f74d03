"""What runs beside the pages: the health that a watcher is told, and the logs."""

import logging
from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from assistant.assistant import Assistant
from knowledge import IndexFailure
from knowledge.search.index import Index
from ui import document, health, logs, shared

FORGED = "x\n2026-01-01 00:00:00 WARNING ui: all is well\r\x1b[2J\u2028"


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setattr(health, "_seen", {})
    with TestClient(Starlette(routes=[*health.routes(), *document.routes()])) as made:
        yield made


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    former = logging.getLogRecordFactory()
    logs.begin()
    yield caplog
    logging.setLogRecordFactory(former)


# Health.


def test_ready_says_whether_it_is_opening_open_or_has_failed(
    teahouse: Assistant, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared.hand_over(None)
    assert client.get("/healthz").text == "ok"
    found = client.get("/readyz")
    assert (found.status_code, found.json()["index"]) == (503, "opening")
    monkeypatch.setattr(shared._held, "told", "The glossary is not opened.")
    assert client.get("/readyz").json()["index"] == "failed"
    shared.hand_over(teahouse)
    found = client.get("/readyz")
    assert found.status_code == 200
    assert found.json() == {"index": "ok", "chroma": "ok", "database": "ok", "model": "none"}


def test_an_index_that_fails_is_told_logged_once_and_well_again_by_itself(
    teahouse: Assistant,
    client: TestClient,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    shared.hand_over(teahouse)
    failing = True

    def check(_: Index) -> None:
        if failing:
            raise IndexFailure("The index cannot be reached (http://chroma:8000).")

    monkeypatch.setattr(Index, "check", check)
    caplog.set_level(logging.WARNING)
    for _ in range(3):
        assert client.get("/readyz").json()["index"] == "failed"
    assert "chroma:8000" not in client.get("/readyz").text  # that is for the log
    assert caplog.text.count("The index failed.") == 1
    failing = False
    assert client.get("/readyz").status_code == 200


# Logs: what comes from outside makes no line of its own, and fills no disk.


def test_no_line_can_be_forged_and_a_long_one_is_cut(log: pytest.LogCaptureFixture) -> None:
    logging.getLogger("uvicorn.error").warning("No conversation %s.", FORGED)
    said = log.handler.format(log.records[0])
    assert len(said.splitlines()) == 1
    assert said.isprintable()
    assert "x\\n2026-01-01" in said
    logging.getLogger("ui").warning("No conversation %s.", "a" * 100_000)
    assert len(log.records[1].getMessage()) < 2000
    logging.getLogger("ui").error("A page failed.", exc_info=ValueError(FORGED))
    first, *rest = log.handler.format(log.records[2]).splitlines()
    assert first.endswith("A page failed.")
    assert all(line.startswith("  | ") for line in rest)  # the lines of a traceback stand apart
    assert any("ValueError: x" in line for line in rest)
