"""Health: what a watcher is told of the service, and that it is told the truth."""

import logging
from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from assistant.assistant import Assistant
from knowledge import IndexFailure
from knowledge.search.index import Index
from tests.openai_server import OpenAIServer
from tests.ui.conftest import html_of, opened
from ui import health, shared
from ui.strings import strings


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setattr(health, "_AGAIN", 0.0)
    monkeypatch.setattr(health, "_SELDOM", 0.0)
    monkeypatch.setattr(health, "_GLANCE", 3.0)
    for part in health._PARTS:
        monkeypatch.setattr(part, "state", health.OPENING)
    with TestClient(Starlette(routes=health.routes())) as made:
        yield made


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


def test_a_chat_model_that_fails_is_told_and_the_glossary_is_quoted(
    explaining: Assistant, model_server: OpenAIServer, client: TestClient
) -> None:
    shared.hand_over(explaining)
    assert client.get("/readyz").json()["model"] == "ok"
    nowhere = explaining.settings.model_copy(update={"openai_base_url": "http://127.0.0.1:9/v1"})
    shared.hand_over(Assistant(explaining.retriever, nowhere))
    found = client.get("/readyz")
    assert (found.status_code, found.json()["model"]) == (200, "failed")
    assert not model_server.requests  # nothing was generated to see it


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
