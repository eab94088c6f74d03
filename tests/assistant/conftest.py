"""What the tests of the assistant share: chat models behind the scripted server, and a store."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assistant.assistant import Assistant
from assistant.chat import ChatModel
from assistant.conversations.store import Conversations
from assistant.question import Ask, Question
from assistant.settings import Settings
from knowledge.search.intent import INTENTS, ROLES, Intent, IntentPrediction
from tests.openai_server import OpenAIServer
from tests.servers import shared_servers

TIDES = Path(__file__).parents[1] / "data" / "tides"

MakeChat = Callable[..., ChatModel]


@pytest.fixture(scope="session")
def tides(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """The assistant of a glossary whose sentences lean, repeat each other and give orders."""
    data = tmp_path_factory.mktemp("tides")
    return Assistant.open(Settings(glossary=TIDES, data_dir=data, _env_file=None))


@pytest.fixture
def make_chat(model_server: OpenAIServer) -> MakeChat:
    """Makes chat models behind the scripted server, with other settings."""

    def made(**settings: object) -> ChatModel:
        values: dict[str, Any] = {"OPENAI_BASE_URL": model_server.url, "OPENAI_API_KEY": "sk-test"}
        return ChatModel(Settings(_env_file=None, **values | settings))

    return made


@pytest.fixture
def chat(make_chat: MakeChat) -> ChatModel:
    return make_chat()


def behind(server: OpenAIServer, opened: Assistant, **settings: object) -> Assistant:
    """An assistant that is open, with the scripted server's chat model, and other settings."""
    update = {"openai_base_url": server.url, **settings}
    return Assistant(opened.retriever, opened.settings.model_copy(update=update))


def asked(server: OpenAIServer, number: int = 0) -> tuple[str, str]:
    """The system's message and the human's of a request."""
    system, human = (message["content"] for message in server.requests[number]["messages"])
    return system, human


def question(*asked: str, intent: Intent = "definition", language: str = "en") -> Question:
    """A question of one or several things, as it is once it was understood."""
    wants = IntentPrediction(
        {each: float(each == intent) for each in INTENTS}, np.zeros(len(ROLES)), 0.0
    )
    asks = tuple(Ask(text, language, wants, intent, ()) for text in asked)
    return Question(" ".join(asked), language, language, asks)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the store's database is."""
    return tmp_path / "data" / "conversations.db"


@pytest.fixture
def store(path: Path) -> Iterator[Conversations]:
    """A store with nothing in it."""
    with closing(Conversations.open(path)) as opened:
        yield opened


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], dict[str, str]]]:
    """Settings of a database and a Chroma server in which nothing is kept yet."""
    with shared_servers(tmp_path_factory.mktemp("chroma")) as found:
        yield found
