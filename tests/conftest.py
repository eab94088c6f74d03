"""What all tests share: settings of their own, and indexes that are made once."""

import asyncio
import os
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from hypothesis import settings

from assistant.assistant import Assistant
from assistant.settings import Settings
from knowledge.glossary import BUNDLED, Glossary
from tests.openai_server import OpenAIServer, openai_server

# The same examples at every run: a new one that fails is found by who looks for it, not by chance.
settings.register_profile("same", derandomize=True)
settings.load_profile("same")

TEA = Path(__file__).parent / "data" / "tea"
# It is no setting of the program's: the processes that tests start do not see it.
if "MASRAD_GOLDEN" in os.environ:
    os.environ["GOLDEN"] = os.environ.pop("MASRAD_GOLDEN")
_OURS = ("MASRAD_", "OPENAI_", "CHROMA_", "LANGCHAIN_", "LANGSMITH_")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Those in a browser come first: they wait much, and whoever is done takes from the end."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)


def until(holds: Callable[[], object], seconds: float = 60) -> None:
    """Waits until something holds."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it never came to hold"
        time.sleep(0.05)


def stands(cited: Any, glossary: Glossary) -> bool:
    """Whether what a citation quotes is at its place in the glossary, to the letter."""
    at = cited if isinstance(cited, dict) else asdict(cited)
    entry = glossary.get(at["entry_id"], at["language"])
    text = entry.text(at["section"]) if entry else ""
    return bool(at["quote"]) and text[at["start"] : at["end"]] == at["quote"]


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in os.environ:
        if name.startswith(_OURS):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)  # no .env of the developer's either


@pytest.fixture(autouse=True)
def _no_loop_of_a_browser(request: pytest.FixtureRequest) -> Iterator[None]:
    """Once a browser runs, Playwright's loop stays the thread's own: others cannot run one."""
    if request.node.get_closest_marker("browser"):
        yield
        return
    running = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    yield
    asyncio._set_running_loop(running)


@pytest.fixture(scope="session")
def bundled() -> Glossary:
    """The bundled glossary, read once."""
    return Glossary.read(BUNDLED)


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for what is made once for all processes that run tests."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "once"
    folder.mkdir(exist_ok=True)
    return folder


def _indexed(folder: Path, glossary: Path = BUNDLED) -> Path:
    """A folder that no process opens, so that it does not change while others copy it."""
    with FileLock(folder.with_suffix(".lock")):
        if not folder.exists():
            aside = folder.with_suffix(".aside")
            Assistant.open(Settings(glossary=glossary, data_dir=aside, _env_file=None))
            shutil.copytree(aside, folder)  # its own is open in this process
    return folder


@pytest.fixture(scope="session")
def bundled_data(made_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the index of the bundled glossary. To be read; copy it to write."""
    return shutil.copytree(_indexed(made_once / "bundled"), tmp_path_factory.mktemp("own") / "data")


@pytest.fixture(scope="session")
def assistant(bundled_data: Path) -> Assistant:
    """The assistant of the bundled glossary, without a chat model."""
    return Assistant.open(Settings(data_dir=bundled_data, _env_file=None))


@pytest.fixture(scope="session")
def tea_data(made_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the index of the small glossary of tea things."""
    return shutil.copytree(
        _indexed(made_once / "tea", TEA), tmp_path_factory.mktemp("tea") / "data"
    )


@pytest.fixture(scope="session")
def tea(tea_data: Path) -> Assistant:
    """The assistant of the small glossary of tea things."""
    return Assistant.open(Settings(glossary=TEA, data_dir=tea_data, _env_file=None))


@pytest.fixture(scope="session")
def astronomy(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """The assistant of a glossary of the stars, each term in English and Arabic."""
    path, data = TEA.parent / "evaluation" / "astronomy.jsonl", tmp_path_factory.mktemp("stars")
    return Assistant.open(Settings(glossary=path, data_dir=data, _env_file=None))


@pytest.fixture
def tea_folder(tea_data: Path, tmp_path: Path) -> Path:
    """A copy of the data folder of the small glossary of tea things."""
    return shutil.copytree(tea_data, tmp_path / "data")


@pytest.fixture
def model_server() -> Iterator[OpenAIServer]:
    """A server that speaks OpenAI's protocol, by a script."""
    with openai_server() as server:
        yield server
