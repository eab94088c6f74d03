"""Trees: JSON, JSON Lines, YAML and TOML, in which records may stand in many ways."""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import PurePath
from typing import Any

import yaml

from knowledge.fault import Fault
from knowledge.formats import columns
from knowledge.formats.columns import DEFINITION, TERM, Column
from knowledge.language.words import fold, is_unspaced

JSON, LINES, YAML = (".json", ".geojson"), (".jsonl", ".ndjson"), (".yaml", ".yml")
SUFFIXES = (*JSON, *LINES, *YAML, ".toml")

_MOST = 2_000_000  # values of a file, those that YAML repeats counted each time
_DEEPEST = 4  # lists and objects around records
_EXPLAINED = 0.5  # share of a file's text that records hold: else it is something else
_READS = 0.6  # share of texts that read like one
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_KEY = re.compile(r"\S*(?:[./:_]|[a-z][A-Z])\S*")  # of a program: button.save, max_width
_NEVER = 10**9


class Unreadable(Exception):  # noqa: N818
    """The file is not what its name says; the message says where and why, for a fault."""

    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True, slots=True)
class Record:
    """One row or object: its values, each with what its column holds and what that is called."""

    values: Sequence[tuple[Column, str, Any]]
    line: int = 1
    name: str = ""
    """The key under which it stands, if that is its id."""


def records(text: str, path: PurePath) -> Iterator[Record | Fault]:
    """The records of a file; none where it is a configuration, or holds something else.

    A list of objects, alone or below keys, which are categories where several hold such; an object
    by terms, or by ids, or by languages; and texts by their terms.

    Raises:
        Unreadable: the file is not JSON, YAML or TOML, or is too large for it.
    """
    suffix = path.suffix.lower()
    faults: list[Fault] = []
    try:
        if suffix in YAML:
            tree = _of_yaml(text)
        elif suffix == ".toml":
            tree = tomllib.loads(text)
        else:
            tree = _of_json(text, str(path), faults)
    except RecursionError:
        raise Unreadable("nests too deeply: a glossary has few levels.") from None
    except tomllib.TOMLDecodeError as error:
        raise Unreadable(f"is not valid TOML: {error}.") from None
    yield from faults
    if _size(tree) == _NEVER:
        raise Unreadable("holds too much: part it into several files.")
    found = [*_walk(tree, _Place())]
    if sum(each.size for each in found) < _EXPLAINED * _size(tree):
        return
    at, line = 0, 1
    for each in found:
        # No parser tells lines: its term stands on the next that has it.
        place = text.find(each.term, at) if each.term else -1
        if place >= 0:
            line, at = line + text.count("\n", at, place), place
        yield Record(each.values, line, each.name)


def _of_json(text: str, origin: str, faults: list[Fault]) -> Any:  # noqa: ANN401
    try:
        return json.loads(text)
    except ValueError as error:
        at = getattr(error, "lineno", 1)
        broken = Unreadable(f"is not valid JSON here: {getattr(error, 'msg', error)}.", at)
    lines = [(n, line) for n, line in enumerate(text.split("\n"), 1) if line.strip()]
    if not all(line.lstrip().startswith("{") for _, line in lines[:2]):
        raise broken
    found = []
    for n, line in lines:
        try:
            found.append(json.loads(line))
        except ValueError:
            faults.append(Fault(origin, n, "is no JSON object: mend the line."))
    if not found:
        raise broken
    return found


def _of_yaml(text: str) -> Any:  # noqa: ANN401
    # All scalars are text: “no” is a word, and a day stays as it is written.
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        documents = [*islice(yaml.load_all(text, loader), 10_000)]
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", "") or "it cannot be parsed"
        raise Unreadable(f"is not valid YAML here: {what}.", mark.line + 1 if mark else 1) from None
    except ValueError:
        raise Unreadable("is not valid YAML.") from None
    return documents[0] if len(documents) == 1 else documents


def _size(tree: Any) -> int:  # noqa: ANN401
    """How many characters the texts of a tree have; endless if it has too many values."""
    size, seen, stack = 0, 0, [tree]
    while stack:
        node = stack.pop()
        seen += 1
        if seen > _MOST or len(stack) > _MOST:
            return _NEVER
        if isinstance(node, dict):
            stack += node.values()
        elif isinstance(node, list):
            stack += node
        elif isinstance(node, str):
            size += len(node)
    return size


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in a tree something stands."""

    depth: int = 0
    language: str = ""
    category: str = ""

    def below(self, language: str = "", category: str = "") -> "_Place":
        return _Place(self.depth + 1, language or self.language, category or self.category)


@dataclass(frozen=True, slots=True)
class _Found:
    values: Sequence[tuple[Column, str, Any]]
    term: str
    size: int
    name: str = ""


def _walk(node: Any, place: _Place) -> Iterator[_Found]:  # noqa: ANN401
    if place.depth > _DEEPEST:
        return
    if isinstance(node, list):
        objects = [each for each in node if isinstance(each, dict)]
        if any(_record(each, place) for each in objects):
            terms = (_record(each, place, partial=True) for each in objects)
            yield from (each for each in terms if each)
        elif objects:
            for each in objects:
                yield from _walk(each, place.below(category=_named(each)))
        elif len(node) > 1 and all(isinstance(each, list) for each in node):
            yield from _rows(node, place)
    elif isinstance(node, dict):
        yield from _of_object(node, place)


def _of_object(node: Mapping[str, Any], place: _Place) -> Iterator[_Found]:
    if languages := _languages(node):
        for key, language in languages.items():
            yield from _walk(node[key], place.below(language))
        return
    if not place.depth and (record := _record(node, place, sure=True)):
        yield record
        return
    if texts := _texts_by_term(node):
        for term, text in texts.items():
            values = [(Column(TERM, place.language), "", term)]
            values += [(Column(DEFINITION, place.language), "", text)]
            yield _Found([*values, *_around(place)], term, len(text))
        return
    keyed = [(key, each) for key, each in node.items() if isinstance(each, dict)]
    found = [
        r for key, each in keyed if (r := _record(each, place, str(key), sure=place.depth > 0))
    ]
    if 2 * len(found) > len(node):
        yield from found
        return
    groups = {str(key): each for key, each in node.items() if isinstance(each, dict | list)}
    below = {key: [*_walk(each, place.below())] for key, each in groups.items()}
    several = sum(map(bool, below.values())) > 1
    for key, records_below in below.items():
        named = several and len(key) > 1 and columns.column(key) is None
        for each in records_below:
            category = [(Column("category"), "", key)] if named else []
            yield _Found([*each.values, *category], each.term, each.size, each.name)


def _around(place: _Place) -> list[tuple[Column, str, Any]]:
    return [(Column("category"), "", place.category)] if place.category else []


def _languages(node: Mapping[str, Any]) -> dict[str, str]:
    """The languages that the keys of an object mean, if each means one."""
    found = {str(key): columns.language_of(str(key)) for key in node}
    return found if found and all(found.values()) else {}


def _named(node: Mapping[str, Any]) -> str:
    """What a group calls itself."""
    said = [each for each in node.values() if isinstance(each, str) and len(each) > 1]
    return said[0] if said and len(said) < len(node) else ""


def _fields(node: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The fields of an object, those in several languages apart: “term (en)”."""
    for name, value in node.items():
        key = str(name)
        if isinstance(value, dict) and (languages := _languages(value)):
            for tag, held in value.items():
                yield f"{key} ({languages[str(tag)]})", held
        elif isinstance(value, dict) and (language := columns.language_of(key)):
            for field, held in value.items():
                yield f"{field} ({language})", held
        else:
            yield key, value


def _record(
    node: Mapping[str, Any],
    place: _Place,
    key: str = "",
    *,
    sure: bool = False,
    partial: bool = False,
) -> _Found | None:
    """A record, if its fields tell a term and what it means, by names that are ``sure`` if need be.

    Where it stands under a key, that is its id, or its term if no field is. A ``partial`` one tells
    but a term.
    """
    fields = [(name, held) for name, held in _fields(node) if held not in (None, "", [], {})]
    names = [name for name, _ in fields]
    known = columns.roles(names, has_term=bool(key) and not place.depth)
    own = any(column.role == TERM for column in known.values())
    if not own and key:
        known = columns.roles(names, has_term=True)
    known = {n: c for n, c in known.items() if not (c.role == TERM and _is_group(fields[n][1]))}
    told = {column.role for column in known.values()}
    whole = columns.holds_entries(known) or (key and DEFINITION in told)
    if not whole and not (partial and TERM in told):
        return None
    if sure and not all(_is_sure(names[n]) for n, c in known.items() if c.role == DEFINITION):
        return None
    values = [
        (
            Column(c.role, c.language or (place.language if c.role in _SPOKEN else ""), c.rank),
            names[n],
            fields[n][1],
        )
        for n, c in known.items()
    ]
    if isinstance(node.get("sections"), list):  # though it be empty, as the project writes it
        values.append((Column("sections"), "", node["sections"]))
    if key and not own:
        values.insert(0, (Column(TERM, place.language), "", key))
    term = next((str(held) for column, _, held in values if column.role == TERM), "")
    return _Found([*values, *_around(place)], term, _size(dict(node)), key if own else "")


def _is_group(value: Any) -> bool:  # noqa: ANN401
    """Whether a value is no name, but holds more records."""
    return isinstance(value, dict) or (isinstance(value, list) and isinstance(value[0], dict))


_SPOKEN = (TERM, DEFINITION)


def _is_sure(name: str) -> bool:
    return fold(name) not in columns.of_file("unsure")


def _rows(node: Sequence[Sequence[Any]], place: _Place) -> Iterator[_Found]:
    """A table as a list of lists, the first of which names the columns."""
    header = [str(each) for each in node[0]]
    known = columns.roles(header)
    if columns.holds_entries(known):
        for row in node[1:]:
            fields = dict(zip(header, row, strict=False))
            if record := _record(fields, place):
                yield record


def _texts_by_term(node: Mapping[str, Any]) -> dict[str, str]:
    """An object that is nothing but texts by their terms; settings and translations are none."""
    texts = {str(k): v for k, v in node.items() if isinstance(v, str)}
    if not texts or len(texts) < len(node):
        return {}
    keys = sum(_KEY.fullmatch(key) is not None or columns.column(key) is not None for key in texts)
    reading = sum(map(_reads, texts.values()))
    return texts if reading >= _READS * len(texts) and keys < len(texts) / 2 else {}


def _reads(text: str) -> bool:
    """Whether a text is words, and not a command or a setting."""
    if any(is_unspaced(letter) for letter in text[:20]):
        return len(text) > 5  # noqa: PLR2004
    words = [word.strip(".,;:!?()«»“”\"'،؛؟") for word in text.split()]
    return len(words) > 2 and sum(map(bool, map(_WORD.fullmatch, words))) >= 0.7 * len(words)  # noqa: PLR2004
