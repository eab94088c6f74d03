"""Processes that open an index, for the tests that need a second one, kill one or see one crash.

They are forked from one that has imported what they need, so that each begins at once.
"""

import contextlib
from collections.abc import Callable
from dataclasses import asdict
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import chromadb  # noqa: F401  (imported before the processes are forked)

from knowledge.language.grammar import content_words
from knowledge.language.words import fold
from knowledge.search import index as index_module
from knowledge.search.index import Index, forget_others, open_index
from knowledge.search.lexicon import Lexicon
from knowledge.search.store import Store
from tests.knowledge.conftest import CountingEmbeddings, not_found, small_glossary

_FORKED = get_context("forkserver")
_FORKED.set_forkserver_preload([__name__])

# From OLD to NEW some entries go, some change one of their sentences, some stay and some come.
_OLD = {f"wave-{n}": f"Wave {n} breaks.\n\nIt is {n * 7} feet high." for n in range(80)}
_CHANGED = {f"wave-{n}": f"Wave {n} breaks.\n\nIt was {n * 9} feet high." for n in range(15, 55)}
_ADDED = {f"gull-{n}": f"Gull {n} dives.\n\nIt caught {n * 5} fish." for n in range(30)}
OLD = small_glossary(_OLD)
NEW = small_glossary(
    {k: v for n, (k, v) in enumerate({**_OLD, **_CHANGED}.items()) if n >= 15} | _ADDED
)
LARGE = small_glossary(  # so many that Chroma writes its graph to the disk
    {f"wave-{n}": f"Wave {n} is {n * 7} feet high." for n in range(1100)}
)
EMBEDDER = CountingEmbeddings().named()


def start(work: Callable[..., None], *given: object) -> tuple[BaseProcess, Connection]:
    """A process that does some work, started, and the pipe by which it tells how far it is."""
    told, tell = _FORKED.Pipe(duplex=False)
    process = _FORKED.Process(target=work, args=(tell, *given), daemon=True)
    process.start()
    tell.close()
    return process, told


def finished(process: BaseProcess, told: Connection) -> list[Any]:
    """All that a process tells until it ends, in good order."""
    all_told = []
    with contextlib.suppress(EOFError):
        while True:
            all_told.append(told.recv())
    process.join()
    assert process.exitcode == 0
    return all_told


def sync(tell: Connection, folder: Path, state: str, pause: float = 0.0) -> None:
    """Brings an index to ``old`` or ``new``; tells ``ready``, ``embedded``, and then its report."""
    tell.send("ready")
    _, report = open_index(
        Store(folder),
        OLD if state == "old" else NEW,
        CountingEmbeddings(pause=pause).named(),
        lambda done, of: tell.send("embedded") if done == of else None,
    )
    tell.send(report)


def opened(folder: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """What a process tells that opens the index of LARGE twice; fails if it crashes."""
    first, second = finished(*start(_open_twice, folder))
    return first, second


def _open_twice(tell: Connection, folder: Path) -> None:
    index_module.EXACT = 0
    store = Store(folder)
    for _ in range(2):
        index, report = open_index(store, LARGE, EMBEDDER)
        lexicon = Lexicon.open(store.home(LARGE.path), LARGE.entries)
        forget_others(store, LARGE, [EMBEDDER])
        tell.send(asdict(report) | {"lost": _lost(index, lexicon)})


def _lost(index: Index, lexicon: Lexicon) -> list[str]:
    """What the glossary says and is not found by its vector, or by its words."""
    lost = not_found(index, LARGE)
    for n in range(0, len(index.ids), 50):
        if n not in index.near(index.vectors[n], 5):
            lost.append(index.ids[n])
    for entry in LARGE.entries[::50]:
        words = content_words(fold(entry.sections[0].text).split(), "en")
        best = lexicon.match(words, "en").score.argsort()[-5:]
        if entry.key not in [lexicon.keys[n] for n in best]:
            lost.append(entry.key)
    return lost
