"""Logs: one line an event, whatever text from outside is in it."""

import logging
import traceback
from typing import Any

_MOST = 1000  # characters of a line: what is longer was sent to fill the disk
_LINES = 4000  # of a failure's origin: its end tells


def begin() -> None:
    """From now on all that the process logs is safe to keep and to read.

    It is done where records are made, so that it holds for every library's handler.
    """
    former = logging.getLogRecordFactory()

    def record(*arguments: Any, **named: Any) -> logging.LogRecord:  # noqa: ANN401
        made = former(*arguments, **named)
        made.msg, made.args = escaped(made.getMessage(), _MOST), ()
        if made.exc_info and made.exc_info[1]:
            told = "".join(traceback.format_exception(made.exc_info[1]))[-_LINES:]
            made.exc_text = "\n".join(f"  | {escaped(line, _MOST)}" for line in told.splitlines())
        return made

    logging.setLogRecordFactory(record)
    handler = logging.StreamHandler()
    handler.setLevel(logging.WARNING)  # whatever a library's own logger lets through
    logging.basicConfig(
        format="%(asctime)s %(levelname)s %(name)s: %(message)s", handlers=[handler]
    )


def escaped(text: str, most: int) -> str:
    """A text on one line, cut: what is no printable character is written as its number."""
    cut = text if len(text) <= most else f"{text[:most]}…"
    return "".join(
        each if each.isprintable() else each.encode("unicode_escape").decode() for each in cut
    )
