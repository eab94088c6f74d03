"""A model of a server on this machine: found at the start and in the settings, and chosen there."""

import pytest
from streamlit.testing.v1 import AppTest

from assistant import local_servers
from assistant.assistant import Assistant
from assistant.settings import Settings
from knowledge import EmbedderError
from tests.conftest import TEA
from tests.obedient import obedient
from tests.openai_server import OpenAIServer
from tests.ui.conftest import ask, button, do, html_of, opened, renewed
from ui import formatting, owner, shared
from ui.command import _bundled, _chosen
from ui.strings import strings

WORDS = strings("en")
CHAT, EMBEDS = "llama3.2:latest", "nomic-embed-text"
GONE = "http://127.0.0.1:9/v1"


pytestmark = pytest.mark.usefixtures("owning")


@pytest.fixture(autouse=True)
def _no_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local_servers, "PORTS", {})


@pytest.fixture
def ollama(model_server: OpenAIServer, monkeypatch: pytest.MonkeyPatch) -> OpenAIServer:
    """A server at a usual port, with a model that chats and one that embeds."""
    port = int(model_server.url.removesuffix("/v1").rpartition(":")[2])
    monkeypatch.setattr(local_servers, "PORTS", {"Ollama": port})
    model_server.models = [CHAT, EMBEDS]
    model_server.answers = obedient
    return model_server


def _settings(assistant: Assistant, language: str = "en") -> AppTest:
    app = opened(assistant, language)
    do(app, "settings")
    return app


def _offered(app: AppTest, kind: str) -> list[str]:
    """The models that are offered, without what keeps their directions to themselves."""
    isolates = str.maketrans("", "", formatting.isolated(""))
    fields = [each for each in app.selectbox if each.label == WORDS[f"models_{kind}"]]
    return [option.translate(isolates) for field in fields for option in field.options]


def _use(app: AppTest, kind: str, choice: tuple[str, str], press: str) -> Assistant:
    field = next(each for each in app.selectbox if each.label == WORDS[f"models_{kind}"])
    field.set_value(choice)
    button(app, WORDS[press], "settings")
    renewed()
    app.run()
    found = shared.ready()
    assert found
    return found


def test_a_chat_model_is_offered_chosen_and_kept_and_nothing_is_sent_before(
    teahouse: Assistant, ollama: OpenAIServer
) -> None:
    app = _settings(teahouse)
    assert _offered(app, "chat") == [WORDS["models_chat_none"], f"{CHAT} · Ollama"]
    chosen = _use(app, "chat", (ollama.url, CHAT), "models_use_chat")
    assert (chosen.writer(), chosen.settings.chat_model) == ("explain", CHAT)
    assert not ollama.keys
    ask(app, "What is a kettle?")
    assert {request["model"] for request in ollama.requests} == {CHAT}

    again = _chosen(Settings.load(glossary=TEA, data_dir=teahouse.settings.data_dir))
    assert (again.openai_base_url, again.chat_model) == (ollama.url, CHAT)
    do(app, "settings")
    assert not _use(app, "chat", ("", ""), "models_use_chat").settings.has_chat_model
    assert not _chosen(Settings.load(data_dir=teahouse.settings.data_dir)).has_chat_model


def test_an_embedder_is_chosen_and_it_is_said_what_that_takes(
    teahouse: Assistant, ollama: OpenAIServer
) -> None:
    app = _settings(teahouse)
    assert _offered(app, "embedding") == [WORDS["models_embedding_none"], f"{EMBEDS} · Ollama"]
    count = formatting.number(len(teahouse.retriever.indexes[0].ids), "en")
    assert WORDS["models_cost"].format(n=count) in html_of(app)
    assert not ollama.keys
    chosen = _use(app, "embedding", (ollama.url, EMBEDS), "models_use_embedding")
    names = [index.embedder.name for index in chosen.retriever.indexes]
    assert names == [f"{EMBEDS}, {ollama.url}"]
    assert set(ollama.keys) == {"none"}

    # One that fails at a start gives way to the bundled.
    gone = local_servers.choose(teahouse.settings, embedding_base_url=GONE, embedding_model=EMBEDS)
    assert _bundled(gone, EmbedderError("It fails.")).embedding_model == "bundled"


def test_none_is_offered_where_the_environment_sets_one_up_or_to_who_may_not_choose(
    explaining: Assistant, ollama: OpenAIServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = _settings(explaining)
    assert ollama.url in html_of(app)
    assert not _offered(app, "chat")
    assert _offered(app, "embedding")
    monkeypatch.setattr(owner, "allowed", lambda *_: False)
    app = _settings(explaining)
    assert not _offered(app, "embedding")
    assert not ollama.keys
