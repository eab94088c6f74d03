"""Opens the indexes of an invented glossary that are there, and prints what that took, as JSON.

Usage: ``python -m tests.benchmarks.opening FOLDER TERMS``, in a process of its own for each.
"""

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from knowledge.search.index import open_index
from knowledge.search.intent import Classifier
from knowledge.search.lexicon import Lexicon
from knowledge.search.retriever import Retriever
from knowledge.search.store import Store
from tests.benchmarks.invented import glossary, questions
from tests.benchmarks.standin import stand_ins


def main(folder: Path, terms: int) -> None:
    """Opens them, and asks two questions: with the first, the vectors are read."""
    seconds: dict[str, float] = {}
    memory: dict[str, float] = {}

    @contextmanager
    def timed(what: str) -> Iterator[None]:
        start = time.perf_counter()
        yield
        seconds[what] = time.perf_counter() - start

    with timed("glossary"):
        held = glossary(folder / f"{terms}", terms)
    with timed("embedders"):
        embedders = stand_ins()
        for embedder in embedders:
            embedder.query("What is it?")
    with timed("chroma"):  # its import, which the first index opened would pay for
        import chromadb  # noqa: F401, PLC0415
    asked = questions(held, 2)
    memory["before"] = _megabytes()
    store = Store(folder)
    with timed("index"):
        opened = [open_index(store, held, embedder) for embedder in embedders]
    if {report.found for _, report in opened} != {"current"}:
        raise SystemExit(f"The indexes of {terms} terms in {folder} are not up to date.")
    with timed("lexicon"):
        lexicon = Lexicon.open(store.home(held.path), held.entries)
    with timed("retriever"):
        indexes = [index for index, _ in opened]
        retriever = Retriever(held, indexes, Classifier(embedders), lexicon)
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
