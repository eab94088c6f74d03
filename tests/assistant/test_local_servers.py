"""Servers on this machine: which are found, what they are asked, and what is kept of a choice."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from assistant import local_servers
from assistant.local_servers import LocalServer, choose, chosen, find
from assistant.settings import Settings
from tests.local_server import local_server

URL = "http://127.0.0.1:11434/v1"


@contextmanager
def _answering(
    body: str, *, status: int = 200, location: str = "", wait: float = 0
) -> Iterator[tuple[int, list[str]]]:
    """A server that gives one answer to everything: its port, and what it is asked."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

        def do_GET(self) -> None:
            asked.append(self.requestline)
            time.sleep(wait)
            self.send_response(status)
            if location:
                self.send_header("Location", location)
            self.end_headers()
            with suppress(OSError):  # the client may have had enough
                self.wfile.write(body.encode())

        def do_POST(self) -> None:
            self.do_GET()

    with local_server(Handler) as port:
        yield port, asked


def _listing(*names: object) -> str:
    return json.dumps({"object": "list", "data": [{"id": name} for name in names]})


def _at(monkeypatch: pytest.MonkeyPatch, **ports: int) -> None:
    monkeypatch.setattr(local_servers, "PORTS", ports)


def test_a_server_is_found_with_what_chats_and_what_embeds_apart(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = ["llama3.2", "nomic-embed-text", "bge-m3", "bge-reranker-v2-m3", "qwen3-reranker"]
    with _answering(_listing(*names)) as (port, asked):
        _at(monkeypatch, Ollama=port)
        (found,) = find()
    url = f"http://127.0.0.1:{port}/v1"
    assert found == LocalServer("Ollama", url, ("llama3.2",), ("nomic-embed-text", "bge-m3"))
    assert asked == ["GET /v1/models HTTP/1.1"]


NO_LISTS = {
    "a page": "<html><title>Chroma</title></html>",
    "Ollama without models": '{"object":"list","data":null}',
    "an empty list": _listing(),
    "a list of something else": '{"data":["llama3.2"]}',
    "names that steer a terminal": _listing("\x1b[2J"),
    "nested too deep": "[" * 100_000,
    "too long a list": _listing(*(f"{n}-{'m' * 100}" for n in range(10_000))),
}


@pytest.mark.parametrize("body", NO_LISTS.values(), ids=NO_LISTS)
def test_what_lists_no_models_is_no_server(body: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with _answering(body) as (port, _):
        _at(monkeypatch, vLLM=port)
        assert find() == ()


def test_one_that_hangs_holds_nobody_and_hides_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    with (
        _answering("", wait=2) as (hanging, _),
        _answering(_listing("llama3.2")) as (port, _),
    ):
        _at(monkeypatch, Ollama=hanging, vLLM=port)
        began = time.monotonic()
        assert [server.name for server in find()] == ["vLLM"]
        assert time.monotonic() - began < 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("OPENAI_BASE_URL", "http://example.org/v1"),
        ("OPENAI_API_KEY", "sk-test"),
        ("MASRAD_CHAT_MODEL", "anthropic:claude"),
    ],
)
def test_the_environment_goes_first(
    name: str, value: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(Settings.load(data_dir=tmp_path), base_url=URL, chat_model="llama3.2")
    monkeypatch.setenv(name, value)
    given = Settings.load(data_dir=tmp_path)
    assert chosen(given).openai_base_url == given.openai_base_url
    assert chosen(given).chat_model == given.chat_model


def test_an_embedder_of_the_environment_stays_where_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One at OpenAI is asked for by the chat's address where it has none of its own."""
    monkeypatch.setenv("MASRAD_EMBEDDING_MODEL", "text-embedding-3-small")
    monkeypatch.setenv("MASRAD_EMBEDDING_API_KEY", "sk-test")
    settings = choose(Settings.load(data_dir=tmp_path), base_url=URL, chat_model="llama3.2")
    assert settings.openai_base_url == URL
    assert settings.embedding_model == "text-embedding-3-small"
    assert settings.embedding_base_url == "https://api.openai.com/v1"


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        "[" * 100_000,
        '{"base_url": 7, "chat_model": []}',
        '{"base_url": "https://example.org/v1", "chat_model": "m"}',
        '{"base_url": "http://127.0.0.1:80@example.org/v1", "chat_model": "m"}',
        '{"embedding_model": "text-embedding-3-small"}',
    ],
)
def test_a_file_that_is_broken_or_leads_elsewhere_is_none(text: str, tmp_path: Path) -> None:
    (tmp_path / "model.json").write_text(text, "utf-8")
    settings = chosen(Settings.load(data_dir=tmp_path))
    assert not settings.has_chat_model
    assert settings.embedding_model == "bundled"
    assert choose(settings, base_url=URL, chat_model="m").has_chat_model
