"""Telemetry: what became of each question is told to those who listen: measures, logs, traces.

It is told once, at the end, with the times of all steps: an answer is a generator, which may go on
in another thread than it began in, so nothing can be held open around its steps.
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from assistant.answer import Answer

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and what became of it."""

    question: str
    answer: Answer | None
    """None where there is none: it failed, or was given up."""
    error: Exception | None
    """Why it failed; None where it was given up."""
    seconds: float
    steps: Mapping[str, float]
    """The seconds of each; some are done by turns."""


listeners: list[Callable[[Asked], object]] = []
_silent: ContextVar[bool] = ContextVar("silent", default=False)


def tell(event: Asked) -> None:
    """Tells all who listen; that one of them fails costs nobody an answer."""
    for each in () if _silent.get() else listeners:
        try:
            each(event)
        except Exception:  # noqa: BLE001  (logged, whatever it is)
            _log.exception("Something that listens failed.")


@contextmanager
def silence() -> Iterator[None]:
    """What is asked meanwhile, nobody asked."""
    before = _silent.set(True)
    try:
        yield
    finally:
        _silent.reset(before)
