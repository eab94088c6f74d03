"""A process that syncs an index, for the tests that need a second one or kill one.

``python -m tests.knowledge.syncing FOLDER STATE [PAUSE]`` brings the index in FOLDER to OLD or NEW.
It says ``ready`` when it begins, ``embedded`` after the last sentence, and then its report.
"""

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import chromadb  # noqa: F401  (that no import is left to do once it says ready)
import openai  # noqa: F401

from knowledge.search.index import open_index
from knowledge.search.store import Store
from tests.knowledge.conftest import CountingEmbeddings, small_glossary

ROOT = Path(__file__).parents[2]

# From OLD to NEW some entries go, some change one of their sentences, some stay and some come.
_OLD = {f"wave-{n}": f"Wave {n} breaks.\n\nIt is {n * 7} feet high." for n in range(80)}
_CHANGED = {f"wave-{n}": f"Wave {n} breaks.\n\nIt was {n * 9} feet high." for n in range(15, 55)}
_ADDED = {f"gull-{n}": f"Gull {n} dives.\n\nIt caught {n * 5} fish." for n in range(30)}
STATES = {
    "old": small_glossary(_OLD),
    "new": small_glossary(
        {k: v for n, (k, v) in enumerate({**_OLD, **_CHANGED}.items()) if n >= 15} | _ADDED
    ),
}


def start(folder: Path, state: str, pause: float = 0.0) -> "subprocess.Popen[str]":
    """The process, started."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.knowledge.syncing", str(folder), state, str(pause)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def _say(what: str) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


def _progress(done: int, of: int) -> None:
    if done == of:
        _say("embedded")


if __name__ == "__main__":
    _say("ready")
    _, report = open_index(
        Store(Path(sys.argv[1])),
        STATES[sys.argv[2]],
        CountingEmbeddings(pause=float(sys.argv[3])).named(),
        _progress,
    )
    _say(json.dumps(asdict(report)))
