"""Notations: JSON, JSON Lines and YAML, read into records with their lines."""

import json
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import PurePath
from typing import Any

import yaml

from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.formats.tables import mending, objects, records, shapes, tree
from knowledge.formats.tables.columns import DEFINITION, TERM, column, holds_entries, recognised
from knowledge.formats.tables.fields import said_language
from knowledge.formats.tables.record import Record

_ABOVE = re.compile(r"(?:\s+|//[^\n]*\n|/\*.*?\*/)*", re.DOTALL)
# No attribute of a page ({: .x}, {{< x >}}, {% x %}), anchor ([[top]]), link or note ([1] x).
_OBJECT = re.compile(r"\{(?![{%:#<]|lang=)")
_LIST = re.compile(
    r"(?:\[\s*)+(?:[{\"']|\Z|\]\s*(?:\Z|,)|-?\d[\d.]*\s*,|(?:true|false|null)\b|/\*|//(?!\]:))"
)
# What loose JSON has beside it: comments, and commas that nothing follows. Strings are passed over.
_COMMENT = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|//[^\n]*|/\*.*?\*/", re.DOTALL)
_COMMA = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|,(?=\s*[\]}])")
_SPACE = re.compile(r"\s*")
_LOOKED_AT = 100  # values of a list
_DECODER = json.JSONDecoder()
_MOST_BROKEN = 1_000  # rows: of each error all lines before it are counted
_KEY = re.compile(
    r"(?:- +)?(?:\"[^\"\n]{1,160}\"|'[^'\n]{1,160}'"
    r"|[^\s\"'#&*!|>%@`\-\[{][^\n:]{0,160}):(?:[ \t]|$)"
)
_BEGINS = re.compile(r"---(?:[ \t]+#.*)?[ \t]*")
_ROWS = re.compile(r"\[\s*[\[\"]")
_BETWEEN = re.compile(r"^---(?:[ \t].*)?$", re.MULTILINE)
_FIELD = re.compile(r"^[ \t]*(?:- +)?[\"']?([\w][\w \t-]{0,40})[\"']?:(?=[ \t\n])", re.MULTILINE)
_FLOWS = re.compile(r"- +\{ *[\w\"'][^{}:\n]{0,40}:[ \t]")  # - {term: Ebb, definition: It falls.}
_IN_FLOW = re.compile(r"[{,] *[\"']?([\w][\w -]{0,40})[\"']?:(?=[ \t])")
_IS_BLOCK = re.compile(r"[|>\"'][-+0-9]*")
_MARKED = re.compile(
    r"^#{1,6} [^\n]+\n\s*\n(?:[^\n]*\n)*?(?:\d+[.)]|[-*+])[ \t]+(?:\*\*|__|`)\w", re.MULTILINE
)
"""A heading of Markdown, and below it a list whose items begin in bold."""
_FEWEST, _A_PHRASE, _TOLD = 3, 15, 0.7  # keys, characters, share
_FEW = 8  # fields of a pair of words
_MOST_YAML = 16 * 1024 * 1024


def recognises_json(text: str) -> bool:
    """Whether a text is JSON, one value or one a line."""
    above = _ABOVE.match(text)
    start = above.end() if above else 0
    return bool(_OBJECT.match(text, start) or _LIST.match(text, start))


def recognises_yaml(text: str) -> bool:
    """Whether a text is YAML whose fields are those of a glossary, and no front matter."""
    top = text[:20_000]
    lines = [line for line in top.split("\n")[:400] if line.strip() and not line.startswith("#")]
    if lines and _BEGINS.fullmatch(lines[0]):
        lines = lines[1:]
    if any(line.rstrip() == "---" for line in lines) or "\n---\n" in text[4:]:
        return _has_documents(text)
    outer = [line for line in lines if line[0] not in " \t"]
    if not outer or not all(
        _KEY.match(line) or _FLOWS.match(line) or line.rstrip() in ("-", "...") for line in outer
    ):
        return False
    if _MARKED.search(top):
        return False
    flowing = [name for line in outer if _FLOWS.match(line) for name in _IN_FLOW.findall(line)]
    fields = dict.fromkeys([*_FIELD.findall(top), *flowing])
    roles = {known.role for name in fields if (known := column(name))}
    told = DEFINITION in roles or {TERM, "translation"} <= roles or _is_paired(outer, [*fields])
    return (told and len(lines) > 1) or _is_told(outer, lines)


def _is_paired(outer: list[str], fields: list[str]) -> bool:
    """Whether a list has but words in two languages: a source and a target, or named for both."""
    if len(outer) == 1 and not outer[0].startswith("-"):  # the name of the list
        fields = [name for name in fields if not outer[0].startswith(name)]
        outer = []
    listed = all(line.startswith("-") for line in outer)
    return listed and len(fields) <= _FEW and holds_entries(recognised(fields))


def _has_documents(text: str) -> bool:
    """Whether a text is several documents of YAML, no page that begins with front matter."""
    parts = [part for part in _BETWEEN.split(text) if part.strip()]
    return len(parts) > 1 and all(map(_is_document, parts))


def _is_document(text: str) -> bool:
    """Whether a text is YAML throughout, and names a term and what it means."""
    outer = [line for line in text.split("\n") if line.strip() and line[0] not in " \t#"]
    roles = {known.role for name in _FIELD.findall(text) if (known := column(name))}
    return {TERM, DEFINITION} <= roles and all(map(_KEY.match, outer))


def _is_told(outer: list[str], lines: list[str]) -> bool:
    """Whether the keys of a mapping are terms: what is said of most is text of several words."""
    if len(outer) < _FEWEST or any(line.startswith("-") for line in outer):
        return False
    said: list[str] = []
    for line in lines:
        if line[0] in " \t" and said:
            if _KEY.match(line.strip()) and not _IS_BLOCK.match(said[-1]):
                return False  # settings within settings
            said[-1] += f" {line.strip()}"
        elif line[0] not in " \t":
            said.append(line.partition(":")[2].strip())
    worded = sum(len(text) > _A_PHRASE and text.count(" ") > 1 for text in said)
    return worded > _TOLD * len(said)


def read_json(text: str, path: PurePath) -> Iterator[Entry | Fault]:
    """Entries from JSON of any usual shape (``shapes``), or from one value a line.

    A broken row costs that row where rows are lines, and the rest of the file where they are not.
    """
    yield from records.read(_json(text, path), str(path))


def read_yaml(text: str, path: PurePath) -> Iterator[Entry | Fault]:
    """Entries from YAML of the same shapes. An alias within what is itself anchored is refused."""
    origin = str(path)
    if len(text) > _MOST_YAML:
        yield Fault(origin, 1, "is too long for YAML: part it, or save it as JSON.")
        return
    try:
        documents, mended = mending.of_yaml(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error)
        line = mark.line + 1 if mark else 1
        yield Fault(origin, line, f"not valid YAML here: {problem}; the file was not read.")
        return
    for line, problem, is_read in mended:
        message = f"not valid YAML here: {problem}; the entry was not read."
        if is_read:
            message = f"not valid YAML here: {problem}; the line was read as it stands: quote it."
        yield Fault(origin, line, message, "warning" if is_read else "error")
    found = (shapes.records(value, origin, tree.line) for value in documents)
    yield from records.read(chain.from_iterable(found), origin)


def _strict(text: str) -> str:
    """The text without comments and commas that nothing follows; all else stays in its place."""
    for loose in (_COMMENT, _COMMA):
        text = loose.sub(
            lambda found: found[0] if found[0][0] == '"' else re.sub(r"[^\n]", " ", found[0]), text
        )
    return text


def _decoded(text: str, position: int) -> tuple[Any, int]:
    """The value of JSON that begins at a place, and where it ends.

    Raises:
        ValueError: it is not valid, or holds too long a number.
        RecursionError: it nests too deep.
    """
    value, end = _DECODER.raw_decode(text, position)
    tree.refuse_deep(value)
    return value, end


def _json(text: str, path: PurePath) -> Iterator[Record | Fault]:
    origin = str(path)
    rows_are_lines = path.suffix.lower() in (".jsonl", ".ndjson")
    text = text if rows_are_lines else _strict(text)
    lines = tree.Lines(text)
    position = _skip(text, 0)
    if text[position : position + 1] == "[" and not (rows_are_lines or _ROWS.match(text, position)):
        position, listed, said = _skip(text, position + 1), True, ""
    else:
        position, listed, said = (
            (position, False, "") if rows_are_lines else _list_within(text, position)
        )
    rows = listed or rows_are_lines
    known = objects.named(_first(text, position)) if rows else {}
    broken = 0
    while position < len(text) and text[position] != "]":
        line = lines.at(position)
        try:
            value, end = _decoded(text, position)
        except (ValueError, RecursionError) as error:
            deep = "too long" if isinstance(error, ValueError) else "too deep"
            reason = getattr(error, "msg", deep)
            broken += 1
            if not rows_are_lines or broken > _MOST_BROKEN:
                at = line if rows_are_lines else getattr(error, "lineno", line)
                message = f"not valid JSON here: {reason}; what follows was not read."
                yield Fault(origin, at, message)
                return
            yield Fault(origin, line, f"not valid JSON here: {reason}; the row was not read.")
            following = text.find("\n", position)
            if following < 0:
                return
            position = _skip(text, following)
            continue
        value = objects.renamed(value, known) if known and isinstance(value, dict) else value
        wrapped = [value] if rows or not isinstance(value, list | dict) else value
        yield from shapes.records(wrapped, origin, lines.of, said)
        position = _skip(text, end)


def _first(text: str, position: int) -> list[Any]:
    """The first values of a list, by which it is told what the fields of all hold."""
    found: list[Any] = []
    while len(found) < _LOOKED_AT and position < len(text) and text[position] != "]":
        try:
            value, end = _decoded(text, position)
        except (ValueError, RecursionError):
            break
        found.append(value)
        position = _skip(text, end)
    return found


def _list_within(text: str, position: int) -> tuple[int, bool, str]:
    """Where the list begins that an object holds in place of a row: ``{"entries": […]}``.

    With it comes the language that is said beside it.
    """
    whole = (position, False, "")
    try:
        value, _ = _decoded(text, position)
    except (ValueError, RecursionError):
        value = None
    if value is not None and not isinstance(value, dict):
        return whole
    # Read member by member, so that a list that breaks off gives what stands before.
    at = _end(text, position + 1)
    lists: list[int] = []
    while value is None or value:
        try:
            _, at = _decoded(text, at)
            at = _end(text, _end(text, at) + 1)
            if text[at : at + 1] == "[":
                lists.append(_end(text, at + 1))
            elif text[at : at + 1] == "{":
                return whole
            _, at = _decoded(text, at)
        except (ValueError, RecursionError):
            break
        at = _skip(text, at)
        if text[at : at + 1] == "}":
            break
    if len(lists) != 1 or text[lists[0] : lists[0] + 1] != "{":
        return whole
    if value is not None and shapes.is_record(value):
        return whole
    return lists[0], True, said_language(value) if value else ""


def _skip(text: str, position: int) -> int:
    """Past white space and one comma."""
    position = _end(text, position)
    return _end(text, position + 1) if text[position : position + 1] == "," else position


def _end(text: str, position: int) -> int:
    match = _SPACE.match(text, position)
    return match.end() if match else position
