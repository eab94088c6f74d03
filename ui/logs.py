"""Logs: one line an event, whatever text from outside is in it, with the id of its request."""

import json
import logging
import traceback
from collections.abc import Callable
from contextvars import ContextVar, copy_context
from datetime import UTC, datetime
from functools import partial
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from assistant import telemetry
from assistant.answer import Usage

REQUEST_HEADER = "x-request-id"
_OWN = ("assistant", "knowledge", "ui")  # whose events are logged from the level that is set
_MOST = 1000  # characters of a line: what is longer was sent to fill the disk
_LINES = 4000  # of a failure's origin: its end tells
_request: ContextVar[str] = ContextVar("request", default="")
_log = logging.getLogger(__name__)


def begin(form: str = "text", level: str = "warning") -> None:
    """From now on all that the process logs is safe to keep and to read.

    It is done where records are made, so that it holds for every library's handler. ``form`` is
    ``text`` or ``json``; below a warning, libraries are not heard at any ``level``.
    """
    former = logging.getLogRecordFactory()

    def record(*arguments: Any, **named: Any) -> logging.LogRecord:  # noqa: ANN401
        made = former(*arguments, **named)
        made.msg, made.args = escaped(made.getMessage(), _MOST), ()
        request = request_id()
        vars(made).update(request=request, of=f" [{request}]" if request else "")
        if made.exc_info and made.exc_info[1]:
            told = "".join(traceback.format_exception(made.exc_info[1]))[-_LINES:]
            made.exc_text = "\n".join(f"  | {escaped(line, _MOST)}" for line in told.splitlines())
        return made

    logging.setLogRecordFactory(record)
    handler = logging.StreamHandler()
    least = logging.WARNING  # of what others log, some of which set their own level
    handler.addFilter(lambda made: made.levelno >= least or made.name.partition(".")[0] in _OWN)
    text = logging.Formatter("%(asctime)s %(levelname)s %(name)s%(of)s: %(message)s")
    handler.setFormatter(_Json() if form == "json" else text)
    logging.basicConfig(handlers=[handler])
    for name in _OWN:
        logging.getLogger(name).setLevel(level.upper())
    if _answered not in telemetry.listeners:
        telemetry.listeners.append(_answered)


class _Json(logging.Formatter):
    """A record as an object of JSON on one line."""

    def format(self, record: logging.LogRecord) -> str:
        told = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            "request": getattr(record, "request", ""),
        }
        if record.exc_text:
            told["exception"] = record.exc_text
        return json.dumps(told, ensure_ascii=False)


def _answered(event: telemetry.Asked) -> None:
    """A line for each question, without its text."""
    took, answer = event.seconds * 1000, event.answer
    if answer is None:
        why = type(event.error).__name__ if event.error else "given up"
        _log.info("A question was not answered: %s, %d ms.", why, took)
        return
    used = answer.usage or Usage(0, 0)
    said = "A question was answered: %s, %s, %s, %d ms, %d + %d tokens."
    about = answer.status, answer.language, answer.writer or "-", took
    _log.info(said, *about, used.input_tokens, used.output_tokens)


def request_id() -> str:
    """The id of the request that is being answered here: of a page, that of its socket."""
    drawn = get_script_run_ctx(suppress_warning=True)
    return _request.get() or str(st.context.headers.get(REQUEST_HEADER, "") if drawn else "")


def answering(request: str) -> None:
    """From here on a request of this id is being answered."""
    _request.set(request)


def carried(do: Callable[[], object]) -> Callable[[], object]:
    """Something to be done in a thread of its own, for the request that is being answered here."""
    context = copy_context()
    context.run(answering, request_id())
    return partial(context.run, do)


def escaped(text: str, most: int) -> str:
    """A text on one line, cut: what is no printable character is written as its number."""
    cut = text if len(text) <= most else f"{text[:most]}…"
    return "".join(
        each if each.isprintable() else each.encode("unicode_escape").decode() for each in cut
    )
