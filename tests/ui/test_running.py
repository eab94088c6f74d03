"""What runs beside the pages: the health that a watcher is told, the logs, and the clean-up."""

import logging
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit import runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from assistant.assistant import Assistant
from knowledge import IndexFailure
from knowledge.editing.importing import Uploads
from knowledge.search.index import Index
from tests.ui.conftest import html_of, opened
from ui import cleanup, document, health, logs, shared
from ui.strings import strings

FORGED = "x\n2026-01-01 00:00:00 WARNING ui: all is well\r\x1b[2J\u2028"


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setattr(health, "_AGAIN", 0.0)
    monkeypatch.setattr(health, "_SELDOM", 0.0)
    monkeypatch.setattr(health, "_GLANCE", 3.0)
    for part in health._PARTS:
        monkeypatch.setattr(part, "state", health.OPENING)
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
    teahouse: Assistant, client: TestClient
) -> None:
    shared.hand_over(None)
    assert client.get("/healthz").text == "ok"
    found = client.get("/readyz")
    assert (found.status_code, found.json()["glossary"]) == (503, "opening")
    shared._tell("The glossary is not opened.")
    assert client.get("/readyz").json()["glossary"] == "failed"
    shared.hand_over(teahouse)
    found = client.get("/readyz")
    assert found.status_code == 200
    parts = dict.fromkeys(("glossary", "index", "chroma", "conversations", "database"), "ok")
    assert found.json() == parts | {"model": "none"}


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
    app = opened(teahouse, "ar")
    assert strings("ar")["index_failed"] in html_of(app)
    failing = False
    assert client.get("/readyz").status_code == 200
    assert caplog.text.count("The index is well again.") == 1
    app.run()
    assert strings("ar")["index_failed"] not in html_of(app)


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


# What a tab has brought: it stays while the tab may come back, and goes when it does not.


def _eventually(gone: Path) -> bool:
    until = time.monotonic() + 20
    while gone.exists() and time.monotonic() < until:
        time.sleep(0.02)
    return not gone.exists()


def test_files_that_were_brought_go_with_their_tab(monkeypatch: pytest.MonkeyPatch) -> None:
    active, looked = {"here", "gone"}, threading.Event()
    held = MemoryUploadedFileManager("/upload")

    def is_active(session: str) -> bool:
        if session == "gone" and session not in active:
            looked.set()
        return session in active

    served = SimpleNamespace(is_active_session=is_active, uploaded_file_mgr=held)
    monkeypatch.setattr(runtime, "exists", lambda: True)
    monkeypatch.setattr(runtime, "get_instance", lambda: served)
    monkeypatch.setattr(cleanup, "_POLL", 0.01)
    uploads_of = {session: Uploads() for session in active}
    folders = {session: Path(uploads._folder.name) for session, uploads in uploads_of.items()}
    for session, uploads in uploads_of.items():
        uploads.add("tea.csv", b"term,definition\n")
        held.add_file(session, UploadedFileRec("1", "tea.csv", "text/csv", b"term,definition\n"))
        cleanup.close_with(session, uploads)
    active.discard("gone")
    assert looked.wait(20)
    assert folders["gone"].exists()  # it may be loaded anew
    monkeypatch.setattr(cleanup, "_GONE", 0.0)
    assert _eventually(folders["gone"])
    assert folders["here"].exists()
    assert set(held.file_storage) == {"here"}
    active.clear()
    assert _eventually(folders["here"])
