"""Runs the measurements, and prints them as a table with what they are held to.

Usage: ``make bench``, or a part of it: ``make bench ARGS="--only asking,scale --largest 1000"``.
Nothing here is a test: a busy machine is not a bug. But it flatters what stands beside embedding,
which it slows most; so the load is printed, and the ratios of a busy machine are not to be quoted.
"""

import argparse
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import psutil

from tests.benchmarks.answering import answering
from tests.benchmarks.browsing import browsing
from tests.benchmarks.bundled import asking, first_index, starting
from tests.benchmarks.exchange import exchange
from tests.benchmarks.rows import HEAD, Row, write
from tests.benchmarks.scale import SIZES, scale
from tests.benchmarks.syncing import changing, syncing
from tests.benchmarks.window import window

GROUPS: Mapping[str, Callable[[Path, int], Iterator[Row]]] = {
    "index": lambda data, _: first_index(data),
    "asking": lambda data, _: asking(data),
    "answering": lambda data, _: answering(data),
    "starting": lambda data, _: starting(data),
    "window": lambda data, _: window(data),
    "scale": scale,
    "syncing": syncing,
    "changing": changing,
    "exchange": exchange,
    "browsing": browsing,
}


def main() -> None:
    """The measurements asked for; by default all."""
    wanted = _arguments()
    rows: list[Row] = []
    before = _load()
    print(HEAD, flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for name, measure in GROUPS.items():
            if name not in wanted.only:
                continue
            for row in measure(Path(folder), wanted.largest):
                print(row.line(), flush=True)
                rows.append(row)
                if wanted.json:  # each time, so that a run cut short leaves what it measured
                    write(rows, wanted.json)
    print(
        f"\nProcesses at work on {psutil.cpu_count()} cores: {before} before, {_load()} at the end."
    )


def _load() -> str:
    return f"{psutil.getloadavg()[0]:.1f} in the last minute"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument(
        "--only",
        type=_groups,
        default=tuple(GROUPS),
        metavar="NAMES",
        help=f"groups, parted by commas: {', '.join(GROUPS)}",
    )
    parser.add_argument(
        "--largest",
        type=_size,
        default=SIZES[-1],
        metavar="TERMS",
        help=f"the largest glossary invented, of {SIZES[-1]:,} terms unless told",
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="where to write the rows, too")
    return parser.parse_args()


def _groups(text: str) -> tuple[str, ...]:
    names = tuple(filter(None, (name.strip() for name in text.split(","))))
    if unknown := [name for name in names if name not in GROUPS]:
        raise argparse.ArgumentTypeError(
            f"there is no group {', '.join(unknown)}: choose from {', '.join(GROUPS)}"
        )
    return names


def _size(text: str) -> int:
    size = int(text)
    if size < SIZES[0]:
        raise argparse.ArgumentTypeError(f"at least {SIZES[0]}")
    return size


main()
