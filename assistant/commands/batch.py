"""Batches: JSON Lines of questions in, JSON Lines of results out, in the same order."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any, TextIO

from assistant import AssistantError, BatchError

Row = dict[str, Any]


def run(path: str, answer: Callable[[Row], Row], out: TextIO) -> int:
    """Answers each row of a file (``-`` is standard input), and prints it with the row's ``id``.

    A row that fails is printed with an ``error`` and does not stop the others.

    Returns:
        The exit status: 0, or 1 if a row failed.

    Raises:
        BatchError: the file cannot be read.
    """
    status = 0
    for number, line in _lines(path):
        result: Row
        try:
            row = _row(line, f"{path}:{number}")
        except AssistantError as error:
            row, result = {"id": getattr(error, "row_id", None)}, {"error": str(error)}
        else:
            result = answer(row)
        status = status or int("error" in result)
        print(json.dumps({"id": row.get("id"), **result}, ensure_ascii=False), file=out, flush=True)
    return status


def _open(path: str) -> TextIO:
    return Path(path).open(encoding="utf-8-sig")


def _lines(path: str) -> Iterator[tuple[int, str]]:
    try:
        with nullcontext(sys.stdin) if path == "-" else _open(path) as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield number, line
    except OSError as error:
        raise BatchError(f"The batch {path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise BatchError(f"The batch {path} is not in UTF-8: save it as UTF-8.") from error


def _row(line: str, place: str) -> Row:
    try:
        row = json.loads(line.lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise BatchError(f"{place}: not a JSON object on one line.") from error
    if not isinstance(row, dict):
        raise BatchError(f"{place}: not a JSON object on one line.")
    if not isinstance(row.get("question"), str):
        fault = f"{place}: expected an object with a text “question”."
    elif not isinstance(row.get("language"), str | None):
        fault = f"{place}: “language” should be a language tag such as en or ar."
    elif not isinstance(row.get("conversation"), str | int | None):
        fault = f"{place}: “conversation” should be a name or a number."
    else:
        return row
    raise BatchError(fault, row.get("id"))
