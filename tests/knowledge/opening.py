"""A process that opens an index as a start does, for the tests in which it may crash.

``python -m tests.knowledge.opening FOLDER`` brings the index in FOLDER up to date, twice, and says
what it found each time, and whether all that GLOSSARY says is found in it.
"""

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from knowledge.language.grammar import content_words
from knowledge.language.words import fold
from knowledge.search import index as index_module
from knowledge.search.index import Index, forget_others, open_index
from knowledge.search.lexicon import Lexicon
from knowledge.search.store import Store
from tests.knowledge.conftest import CountingEmbeddings, not_found, small_glossary

ROOT = Path(__file__).parents[2]
GLOSSARY = small_glossary(  # so many that Chroma writes its graph to the disk
    {f"wave-{n}": f"Wave {n} is {n * 7} feet high." for n in range(1100)}
)
EMBEDDER = CountingEmbeddings().named()


def opened(folder: Path, *, rebuild: bool = False) -> tuple[dict[str, Any], dict[str, Any]]:
    """What a process says that opens the index twice; the test fails if it crashes."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.knowledge.opening", folder, *(["rebuild"] * rebuild)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, (done.returncode, done.stderr)
    first, second = map(json.loads, done.stdout.splitlines())
    return first, second


def _lost(index: Index, lexicon: Lexicon) -> list[str]:
    """What the glossary says and is not found by its vector, or by its words."""
    index_module.EXACT = 0
    lost = not_found(index, GLOSSARY)
    for n in range(0, len(index.ids), 50):
        if n not in index.near(index.vectors[n], 5):
            lost.append(index.ids[n])
    for entry in GLOSSARY.entries[::50]:
        words = content_words(fold(entry.sections[0].text).split(), "en")
        if entry.key not in lexicon.best(lexicon.match(words, "en"), 5):
            lost.append(entry.key)
    return lost


def _open(store: Store, *, rebuild: bool) -> None:
    index, report = open_index(store, GLOSSARY, EMBEDDER, rebuild=rebuild)
    lexicon = Lexicon.open(store.home(GLOSSARY.path), GLOSSARY.entries)
    forget_others(store, GLOSSARY, [EMBEDDER])
    sys.stdout.write(json.dumps(asdict(report) | {"lost": _lost(index, lexicon)}) + "\n")


if __name__ == "__main__":
    _open(Store(Path(sys.argv[1])), rebuild="rebuild" in sys.argv)
    _open(Store(Path(sys.argv[1])), rebuild=False)
