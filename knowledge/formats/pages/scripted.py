"""Scripted: the terms that a page's own script holds as data, and would show when it is opened."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePath
from typing import Any

from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.formats.tables import notation, objects

_BEGIN = re.compile(r"(?:=|\(|\breturn\b)\s*(?=[\[{]\s*(?:[\[{\"'`/]|\w+\s*:))")
_TOKEN = re.compile(
    r"""(?P<text>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\$]|\\.)*`)"""
    r"|(?P<space>\s+|//[^\n]*|/\*.*?\*/)|(?P<name>[A-Za-z_$][\w$]*)(?P<key>\s*:)?"
    r"|(?P<number>-?\d+(?:\.\d+)?)|(?P<sign>[\[\]{}:,])",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_ESCAPED = {"n": "\n", "t": " ", "r": "", "\n": "", "b": "", "f": "", "v": "", "0": ""}
_COMMA = re.compile(r",(\s*[\]}])")
_INITIALS = ((("w", "t", "k"), "term"), (("d", "m"), "definition"))
_MOST = 20  # values of a page that are looked at
_LEAST = 2  # entries: fewer are something else
_LONGEST = 2_000_000  # characters of one
_PAIR = 2


def entries(root: Any, path: PurePath, language: str) -> list[Entry | Fault]:  # noqa: ANN401
    """What the value holds in which most entries are; nothing, where there is none.

    Those of one language are in the page's.
    """
    best: list[Entry | Fault] = []
    most = _LEAST - 1
    for script in root.iter("script"):
        if "json" in (script.get("type") or "") or not script.text:
            continue
        for line, text in _values(script.text):
            above = "\n" * ((script.sourceline or 1) - 1 + line)
            found = list(notation.read_json(above + text, path))
            count = sum(isinstance(each, Entry) for each in found)
            if count > most:
                best, most = found, count
    tongues = {each.language for each in best if isinstance(each, Entry)}
    if not language or len(tongues) > 1:
        return best
    return [
        replace(each, language=language, guessed=False) if isinstance(each, Entry) else each
        for each in best
    ]


def _values(script: str) -> Iterator[tuple[int, str]]:
    """The lists and objects that a script writes out, as JSON, and the lines above each."""
    at = 0
    for _ in range(_MOST):
        begin = _BEGIN.search(script, at)
        if begin is None:
            return
        text, at = _json(script, begin.end())
        if text:
            yield script.count("\n", 0, begin.end()), text


def _json(script: str, at: int) -> tuple[str, int]:
    """A value that is written at a place, as JSON, and where it ends; nothing, if it is no data."""
    pieces: list[str] = []
    depth, begin = 0, at
    while at - begin < _LONGEST and (token := _TOKEN.match(script, at)):
        at = token.end()
        if token["text"]:
            pieces.append(json.dumps(_ESCAPE.sub(_unescaped, token["text"][1:-1])))
        elif token["space"]:
            pieces.append("\n" * token["space"].count("\n"))
        elif token["name"]:
            known = token["name"] in ("true", "false", "null") and not token["key"]
            pieces.append(token["name"] if known else json.dumps(token["name"]))
            pieces.append(":" if token["key"] else "")
        else:
            sign = token["sign"] or token["number"]
            depth += (sign in "[{") - (sign in "]}") if token["sign"] else 0
            pieces.append(sign)
        if depth == 0:
            text = _COMMA.sub(r"\1", "".join(pieces))
            return _named(text), at
    return "", at + 1


def _named(text: str) -> str:
    """A value with rows of words alone as objects: the term, and what it means."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return ""
    if isinstance(value, dict) and not any(isinstance(v, (dict, list)) for v in value.values()):
        prose = [v for v in value.values() if isinstance(v, str) and " " in v]
        return text if len(prose) > _PAIR and len(prose) * 3 > len(value) * 2 else ""
    if isinstance(value, list) and value and all(isinstance(row, dict) for row in value):
        return _unshortened(text, value)
    listed = isinstance(value, list) and value and all(isinstance(row, list) for row in value)
    return _of_rows(value) if listed else text


def _of_rows(value: list[list[Any]]) -> str:
    """The rows of a list as objects; of wide ones, the words and the longest texts are told."""
    items = [{str(n): cell for n, cell in enumerate(row)} for row in value]
    if len(value[0]) > _PAIR and (known := objects.named(items)):
        return json.dumps([{role: item.get(key) for key, role in known.items()} for item in items])
    rows = [row for row in value if len(row) >= _PAIR and all(isinstance(c, str) for c in row[:2])]
    told = sum(len(row[1]) > len(row[0]) for row in rows)
    if not rows or told * 3 < len(value) * 2:
        return ""
    return json.dumps([{"term": row[0], "definition": row[1]} for row in rows])


def _unshortened(text: str, value: list[dict[str, Any]]) -> str:
    """A list of objects, the keys of which may be initials: “w” and “d” of word and definition."""
    for initials, key in _INITIALS:
        known = {each for row in value for each in row}
        short = next((each for each in initials if all(each in row for row in value)), "")
        if short and key not in known:
            text = re.sub(rf'(?<=[{{,\s])"{short}"(?=:)', f'"{key}"', text)
    return text


def _unescaped(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _ESCAPED.get(match[3], match[3])
