"""Settings: whence they come, what is refused, and the servers on this machine to choose from."""

import json
import time
import traceback
from pathlib import Path

import pytest

from assistant import SettingsError, local_servers
from assistant.local_servers import LocalServer, choose, chosen, find
from assistant.settings import Settings
from tests.feed_server import feed_server

ROOT = Path(__file__).parents[2]
URL, OTHER = "http://127.0.0.1:11434/v1", "http://127.0.0.1:1234/v1"


def test_a_key_and_a_databases_password_are_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    url = "postgresql://masrad:hunter2@localhost/masrad"
    monkeypatch.setenv("MASRAD_DATABASE_URL", url)
    monkeypatch.setenv("OPENAI_API_KEY", "sk-hunter2")
    assert "hunter2" not in repr(Settings.load())
    assert Settings.load().database == url
    monkeypatch.setenv("MASRAD_DATABASE_URL", "postgresql://masrad:hunter2@localhost:port/masrad")
    with pytest.raises(SettingsError) as caught:
        Settings.load()
    shown = "".join(traceback.format_exception(caught.value))
    assert "MASRAD_DATABASE_URL" in shown
    assert "hunter2" not in shown


@pytest.mark.parametrize(
    "setting",
    [
        "MASRAD_WRITTER=quote",
        "MASRAD_SIGN_IN=required",  # and neither a provider nor a proxy
        "MASRAD_COOKIE_SECRET=short",
        "CHROMA_PORT=eighty",
        "OPENAI_BASE_URL=localhost:11434",
        "MASRAD_DATABASE_URL=mysql://localhost/masrad",
        "MASRAD_NEWS_FEEDS=https://a.example/feed file:///etc/passwd",
    ],
)
def test_a_wrong_setting_is_refused_by_name(setting: str, monkeypatch: pytest.MonkeyPatch) -> None:
    name, _, value = setting.partition("=")
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=name):
        Settings.load()
    monkeypatch.delenv(name)
    Path(".env").write_text(setting, "utf-8")  # in the folder in which it is started
    with pytest.raises(SettingsError, match=name):
        Settings.load()


def test_every_setting_is_explained_in_the_example_file() -> None:
    text = (ROOT / ".env.example").read_text("utf-8")
    for name, field in Settings.model_fields.items():
        variable = str(field.validation_alias or f"MASRAD_{name.upper()}")
        assert f"{variable}=" in text, f"{variable} is not in .env.example"


# Servers on this machine


def _listing(*names: object) -> str:
    return json.dumps({"object": "list", "data": [{"id": name} for name in names]})


def test_a_server_is_found_beside_one_that_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    names = ["llama3.2", "nomic-embed-text", "bge-m3", "bge-reranker-v2-m3", "qwen3-reranker"]
    with feed_server() as good, feed_server() as hanging:
        good.put("/v1/models", _listing(*names))
        hanging.put("/v1/models", "", wait=2)
        monkeypatch.setattr(local_servers, "PORTS", {"vLLM": hanging.port, "Ollama": good.port})
        began = time.monotonic()
        (found,) = find()
        assert time.monotonic() - began < 1
        assert [path for path, _ in good.requests] == ["/v1/models"]
    url = f"{good.url}/v1"
    assert found == LocalServer("Ollama", url, ("llama3.2",), ("nomic-embed-text", "bge-m3"))


def test_what_lists_no_models_is_no_server(monkeypatch: pytest.MonkeyPatch) -> None:
    too_long = _listing(*(f"{n}-{'m' * 100}" for n in range(10_000)))
    page = "<html><title>Chroma</title></html>"
    for body in (page, '{"data":null}', _listing("\x1b[2J"), "[" * 100_000, too_long):
        with feed_server() as server:
            server.put("/v1/models", body)
            monkeypatch.setattr(local_servers, "PORTS", {"vLLM": server.port})
            assert find() == ()


def test_a_choice_is_there_at_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = choose(Settings.load(data_dir=tmp_path), base_url=URL, chat_model="llama3.2")
    now = choose(now, embedding_base_url=OTHER, embedding_model="bge-m3")
    for settings in (now, chosen(Settings.load(data_dir=tmp_path))):
        assert settings.has_chat_model
        assert (settings.openai_base_url, settings.chat_model) == (URL, "llama3.2")
        assert (settings.embedding_base_url, settings.embedding_model) == (OTHER, "bge-m3")
    monkeypatch.setenv("MASRAD_EMBEDDING_MODEL", "text-embedding-3-small")  # it stays at OpenAI
    settings = chosen(Settings.load(data_dir=tmp_path))
    assert settings.embedding_model == "text-embedding-3-small"
    assert settings.embedding_base_url == "https://api.openai.com/v1"
    monkeypatch.setenv("OPENAI_API_KEY", "sk-test")
    settings = chosen(Settings.load(data_dir=tmp_path))
    assert (settings.openai_base_url, settings.chat_model) == (None, None)


def test_a_choice_that_is_broken_or_leads_elsewhere_is_none(tmp_path: Path) -> None:
    for text in (
        "[" * 100_000,
        '{"base_url": 7, "chat_model": []}',
        '{"base_url": "https://example.org/v1", "chat_model": "m"}',
        '{"base_url": "http://127.0.0.1:80@example.org/v1", "chat_model": "m"}',
    ):
        (tmp_path / "model.json").write_text(text, "utf-8")
        settings = chosen(Settings.load(data_dir=tmp_path))
        assert not settings.has_chat_model
        assert settings.embedding_model == "bundled"
        assert choose(settings, base_url=URL, chat_model="m").has_chat_model
