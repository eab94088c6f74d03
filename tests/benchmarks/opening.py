"""Opens the index of an invented glossary that is there, and prints what that took, as JSON.

Usage: ``python -m tests.benchmarks.opening FOLDER SIZE``, in a process of its own for each.
"""

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from knowledge.index import open_index
from knowledge.lexicon import Lexicon
from knowledge.retrieval import Retriever
from knowledge.store import Store
from tests.benchmarks.invented import glossary, questions
from tests.benchmarks.standin import stand_in


def main(folder: Path, size: int) -> None:
    """Opens it, and asks it two questions: the first has Chroma read the vectors."""
    seconds: dict[str, float] = {}
    memory: dict[str, float] = {}

    @contextmanager
    def timed(what: str) -> Iterator[None]:
        start = time.perf_counter()
        yield
        seconds[what] = time.perf_counter() - start

    with timed("glossary"):
        held = glossary(folder / f"{size}", size)
    with timed("embedder"):
        embedder = stand_in()
        embedder.query("What is it?")
    with timed("chroma"):  # its import, which the first index opened would pay for
        import chromadb  # noqa: F401, PLC0415
    asked = questions(held, 2)
    memory["before"] = _megabytes()
    store = Store(folder)
    with timed("index"):
        index, report = open_index(store, held, embedder)
    if report.found != "current":
        raise SystemExit(f"The index of {size} passages in {folder} was {report.found}.")
    with timed("lexicon"):
        lexicon = Lexicon.open(store.home(held.path), held.entries)
    with timed("retriever"):
        retriever = Retriever(held, index, embedder, lexicon)
    memory["open"] = _megabytes()
    for what, (question, language) in zip(("first question", "second"), asked, strict=True):
        with timed(what):
            retriever.retrieve(question, language)
    memory["asked"] = _megabytes()
    print(json.dumps({"seconds": seconds, "memory": memory}))


def _megabytes() -> float:
    return float(psutil.Process().memory_info().rss) / 1e6


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
