"""Rows of the table of measurements, and how times are taken."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from tqdm import tqdm

HEAD = "| what | measured | floor | ratio | held to | met |\n|---|---|---|---|---|---|"


@dataclass(frozen=True)
class Row:
    """A measurement, what it is beside, and what their ratio may be at most."""

    what: str
    value: str
    floor: str = ""
    ratio: float | None = None
    most: float | None = None

    def line(self) -> str:
        """The row as a line of the table."""
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        held = met = ""
        if self.ratio is not None and self.most is not None:
            held, met = f"≤ {self.most:.3g}", "yes" if self.ratio <= self.most else "NO"
        return f"| {self.what} | {self.value} | {self.floor} | {ratio} | {held} | {met} |"


def within(what: str, most: float, took: Sequence[float], beside: str = "") -> Row:
    """What 95 in a hundred take, in seconds, held to so many milliseconds."""
    value, half = ms(took, 95), ms(took, 50)
    floor = f"{most:g} ms{beside and '; '}{beside}"
    return Row(f"{what}, p95", f"{value:.1f} ms (p50 {half:.1f})", floor, value / most, 1.0)


def times(do: Callable[[], object], rounds: int = 1) -> list[float]:
    """The seconds that something takes, each time."""
    found = []
    for _ in range(rounds):
        start = time.perf_counter()
        do()
        found.append(time.perf_counter() - start)
    return found


def ms(seconds: Sequence[float], percent: int) -> float:
    """A percentile of some seconds, in milliseconds."""
    return sorted(seconds)[min(len(seconds) - 1, len(seconds) * percent // 100)] * 1000


@contextmanager
def shown(what: str) -> Iterator[Callable[[int, int], object]]:
    """Shows on stderr how far something is: yields what is told so, as ``open_index`` tells it."""
    with tqdm(desc=what, unit=" sentences") as bar:

        def progress(done: int, total: int) -> Any:
            bar.total = total
            return bar.update(done - bar.n)

        yield progress
