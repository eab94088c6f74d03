"""What all tests share: settings of their own, and indexes that are made once."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.settings import Settings
from tests.openai_server import OpenAIServer, openai_server

TEA = Path(__file__).parent / "data" / "tea"
_OURS = ("MASRAD_", "OPENAI_", "CHROMA_", "LANGCHAIN_", "LANGSMITH_")


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in os.environ:
        if name.startswith(_OURS):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)  # no .env of the developer's either


@pytest.fixture(scope="session")
def bundled_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the index of the bundled glossary. To be read; copy it to write."""
    folder = tmp_path_factory.mktemp("data")
    Assistant.open(Settings(data_dir=folder, _env_file=None))
    return folder


@pytest.fixture(scope="session")
def assistant(bundled_data: Path) -> Assistant:
    """The assistant of the bundled glossary, without a chat model."""
    return Assistant.open(Settings(data_dir=bundled_data, _env_file=None))


@pytest.fixture(scope="session")
def tea_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the index of the small glossary of tea things."""
    folder = tmp_path_factory.mktemp("tea")
    Assistant.open(Settings(glossary=TEA, data_dir=folder, _env_file=None))
    return folder


@pytest.fixture(scope="session")
def tea(tea_data: Path) -> Assistant:
    """The assistant of the small glossary of tea things."""
    return Assistant.open(Settings(glossary=TEA, data_dir=tea_data, _env_file=None))


@pytest.fixture
def own_data(bundled_data: Path, tmp_path: Path) -> Path:
    """A copy of the bundled glossary's data folder."""
    return shutil.copytree(bundled_data, tmp_path / "data")


@pytest.fixture
def model_server() -> Iterator[OpenAIServer]:
    """A server that speaks OpenAI's protocol, by a script."""
    with openai_server() as server:
        yield server
