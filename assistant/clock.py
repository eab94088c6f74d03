"""The clock: milliseconds of each step of an answer."""

import time


class Clock:
    """Milliseconds of each step; laps of one step add up."""

    def __init__(self) -> None:
        self._start = self._last = time.perf_counter()
        self._laps = dict.fromkeys(("understand", "retrieve", "write", "verify"), 0.0)

    def lap(self, step: str) -> None:
        """Counts the time since the last lap towards a step."""
        now = time.perf_counter()
        self._laps[step] += now - self._last
        self._last = now

    def all(self) -> dict[str, float]:
        """The milliseconds of each step, and the total."""
        total = time.perf_counter() - self._start
        return {k: round(v * 1000, 2) for k, v in {**self._laps, "total": total}.items()}
