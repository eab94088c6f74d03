"""Terms in a table: JSON, JSON Lines and CSV with at least ``term`` and ``definition``."""

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from knowledge.entry import EXAMPLE, Entry, Section
from knowledge.fault import Fault
from knowledge.formats.draft import make_entry, opening
from knowledge.language import clean

_REQUIRED = ("term", "definition")
_SPACE = re.compile(r"\s*")
_DECODER = json.JSONDecoder()


def recognises_json(text: str) -> bool:
    """Whether a text is JSON, one value or one a line."""
    return text.lstrip()[:1] in ("{", "[")


def recognises_csv(text: str) -> bool:
    """Whether the first line names the columns ``term`` and ``definition``."""
    columns = {
        c.strip().strip('"').casefold() for c in re.split(r"[,;\t|]", text.split("\n", 1)[0])
    }
    return set(_REQUIRED) <= columns


def read_json(text: str, path: PurePath) -> Iterator[Entry | Fault]:
    """Entries from a list, from one object or many, or from a list within an object.

    A broken row costs that row where rows are lines, and the rest of the file where they are not.
    """
    origin = str(path)
    rows_are_lines = path.suffix.lower() in (".jsonl", ".ndjson")
    position = _skip(text, 0)
    if not rows_are_lines:
        position = _list_within(text, position)
    if text[position : position + 1] == "[":
        position = _skip(text, position + 1)
    while position < len(text) and text[position] != "]":
        line = text.count("\n", 0, position) + 1
        try:
            value, position = _DECODER.raw_decode(text, position)
        except (ValueError, RecursionError) as error:
            reason = getattr(
                error, "msg", "too long" if isinstance(error, ValueError) else "too deep"
            )
            if not rows_are_lines:
                at = getattr(error, "lineno", line)
                yield Fault(
                    origin, at, f"not valid JSON here: {reason}; what follows was not read."
                )
                return
            yield Fault(origin, line, f"not valid JSON here: {reason}; the row was not read.")
            following = text.find("\n", position)
            if following < 0:
                return
            position = _skip(text, following)
            continue
        yield _row(value, origin, line)
        position = _skip(text, position)


def _list_within(text: str, position: int) -> int:
    """Where the list begins that an object holds in place of a row: ``{"entries": […]}``."""
    try:
        value, _ = _DECODER.raw_decode(text, position)
    except (ValueError, RecursionError):
        return position
    if not isinstance(value, dict) or not value.keys().isdisjoint(_REQUIRED):
        return position
    lists = [key for key, rows in value.items() if isinstance(rows, list)]
    if len(lists) != 1:
        return position
    key, position = _DECODER.raw_decode(text, _end(text, position + 1))
    while key != lists[0]:
        _, position = _DECODER.raw_decode(text, _end(text, _end(text, position) + 1))
        key, position = _DECODER.raw_decode(text, _skip(text, position))
    return _end(text, _end(text, position) + 1)


def _skip(text: str, position: int) -> int:
    """Past white space and one comma."""
    position = _end(text, position)
    return _end(text, position + 1) if text[position : position + 1] == "," else position


def _end(text: str, position: int) -> int:
    match = _SPACE.match(text, position)
    return match.end() if match else position


def _row(value: object, origin: str, line: int) -> Entry | Fault:
    if not isinstance(value, dict):
        return Fault(origin, line, "expected an object with “term” and “definition” here.")
    return _entry(value, origin, line)


def read_csv(text: str, path: PurePath) -> Iterator[Entry | Fault]:
    """An entry a row; the columns are parted by comma, semicolon, tab or bar."""
    origin = str(path)
    header = text.split("\n", 1)[0]
    delimiter = max(",;\t|", key=header.count)
    reader = csv.reader(
        io.StringIO(text, newline=""),
        delimiter=delimiter,
        skipinitialspace=True,
        strict=True,
    )
    try:
        columns = [column.strip().casefold() for column in next(reader)]
        line = reader.line_num + 1
        for row in reader:
            if any(cell.strip() for cell in row[len(columns) :]):
                yield Fault(
                    origin,
                    line,
                    f"has {len(row)} cells for {len(columns)} columns: put quotes"
                    f" around a cell that holds “{delimiter}”.",
                )
            elif any(cell.strip() for cell in row):
                yield _entry(dict(zip(columns, row, strict=False)), origin, line)
            line = reader.line_num + 1
    except csv.Error as error:
        yield Fault(origin, reader.line_num, f"not valid CSV here: {error}; the rest was not read.")


def _entry(row: dict[str, Any], origin: str, line: int) -> Entry | Fault:
    definition = row.get("definition")
    if not isinstance(definition, str) or not definition.strip():
        return Fault(origin, line, "has no definition: give it one beside its term.")
    paragraphs = [p.strip() for p in re.split(r"\n\s*\n", clean(definition)) if p.strip()]
    sections = opening(paragraphs)
    if isinstance(example := row.get("example"), str):
        sections.append(Section(EXAMPLE, "", clean(example).strip()))
    return make_entry(row, sections, origin, line=line)
