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
    """A measurement, what it is beside, and what their ratio is held to: at most, or at least."""

    what: str
    value: str
    floor: str = ""
    ratio: float | None = None
    most: float | None = None
    least: float | None = None

    @property
    def met(self) -> bool | None:
        """Whether the ratio is what it is held to; None if it is held to nothing."""
        if self.ratio is None or (self.most is None and self.least is None):
            return None
        above = self.most is not None and self.ratio > self.most
        below = self.least is not None and self.ratio < self.least
        return not above and not below

    def line(self) -> str:
        """The row as a line of the table."""
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        bounds = (("≤", self.most), ("≥", self.least))
        held = ", ".join(f"{sign} {bound:g}" for sign, bound in bounds if bound is not None)
        met = {None: "", True: "yes", False: "NO"}[self.met]
        return f"| {self.what} | {self.value} | {self.floor} | {ratio} | {held} | {met} |"


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
