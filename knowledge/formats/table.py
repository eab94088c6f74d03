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
    position = _skip(text, 0)
    if text[position : position + 1] == "[":
        position = _skip(text, position + 1)
    while position < len(text) and text[position] != "]":
        line = text.count("\n", 0, position) + 1
        try:
            value, position = _DECODER.raw_decode(text, position)
        except (json.JSONDecodeError, RecursionError) as error:
            reason = error.msg if isinstance(error, json.JSONDecodeError) else "nested too deep"
            at = getattr(error, "lineno", line)
            yield Fault(origin, at, f"not valid JSON here: {reason}; what follows was not read.")
            following = text.find("\n", position)
            if not path.suffix.lower().startswith((".jsonl", ".ndjson")) or following < 0:
                return
            position = _skip(text, following)
            continue
        yield from _rows(value, origin, line)
        position = _skip(text, position)


def _skip(text: str, position: int) -> int:
    """Past white space and one comma."""
    position = _end(text, position)
    return _end(text, position + 1) if text[position : position + 1] == "," else position


def _end(text: str, position: int) -> int:
    match = _SPACE.match(text, position)
    return match.end() if match else position


def _rows(value: object, origin: str, line: int) -> Iterator[Entry | Fault]:
    if isinstance(value, dict) and "term" not in value:
        lists = [rows for rows in value.values() if isinstance(rows, list)]
        if len(lists) == 1:
            for row in lists[0]:
                yield from _rows(row, origin, line)
            return
    if not isinstance(value, dict):
        yield Fault(origin, line, "expected an object with “term” and “definition” here.")
        return
    yield _entry(value, origin, line)


def read_csv(text: str, path: PurePath) -> Iterator[Entry | Fault]:
    """An entry a row; the columns are parted by comma, semicolon, tab or bar."""
    origin = str(path)
    header = text.split("\n", 1)[0]
    delimiter = max(",;\t|", key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        columns = [column.strip().casefold() for column in next(reader)]
        line = reader.line_num + 1
        for row in reader:
            if any(cell.strip() for cell in row):
                yield _entry(dict(zip(columns, row, strict=False)), origin, line)
            line = reader.line_num + 1
    except csv.Error as error:
        yield Fault(origin, reader.line_num, f"not valid CSV here: {error}; the rest was not read.")


def _entry(row: dict[str, Any], origin: str, line: int) -> Entry | Fault:
    definition = row.get("definition")
    if not isinstance(definition, str) or not definition.strip():
        return Fault(origin, line, "has no definition: give it one beside its term.")
    paragraphs = [p.strip() for p in re.split(r"\n\s*\n", definition) if p.strip()]
    sections = opening(paragraphs)
    if isinstance(example := row.get("example"), str):
        sections.append(Section(EXAMPLE, "", example.strip()))
    return make_entry(row, sections, origin, line=line)
