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
from tests.benchmarks.bundled import asking, first_index
from tests.benchmarks.exchange import exchange, syncing
from tests.benchmarks.live import live
from tests.benchmarks.rows import HEAD, Row
from tests.benchmarks.scale import SIZES, scale
from tests.benchmarks.window import window

GROUPS: Mapping[str, Callable[[Path, int], Iterator[Row]]] = {
    "index": lambda data, _: first_index(data),
    "asking": lambda data, _: asking(data),
    "answering": lambda data, _: answering(data),
    "window": lambda data, _: window(data),
    "scale": scale,
    "syncing": syncing,
    "exchange": exchange,
    "live": lambda data, _: live(data),
}


def main() -> None:
    """The measurements asked for; by default all."""
    parser = argparse.ArgumentParser(prog="make bench")
    groups = f"groups, parted by commas: {', '.join(GROUPS)}"
    parser.add_argument("--only", default=",".join(GROUPS), help=groups)
    size = f"terms of the largest glossary invented, at least {SIZES[0]}; {SIZES[-1]:,} unless told"
    parser.add_argument("--largest", type=int, default=SIZES[-1], help=size)
    wanted = parser.parse_args()
    names = [name.strip() for name in wanted.only.split(",")]
    if unknown := set(names) - GROUPS.keys():
        parser.error(f"there is no group {', '.join(unknown)}")
    before = psutil.getloadavg()[0]
    print(HEAD, flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for name in filter(names.__contains__, GROUPS):
            for row in GROUPS[name](Path(folder), wanted.largest):
                print(row.line(), flush=True)
    now, cores = psutil.getloadavg()[0], psutil.cpu_count()
    print(f"\nProcesses at work on {cores} cores: {before:.1f} before, {now:.1f} at the end.")


main()
