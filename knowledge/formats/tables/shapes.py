"""Shapes: the records within a value of JSON or YAML, however it arranges them."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from knowledge.fault import Fault
from knowledge.formats.tables import columns as names
from knowledge.formats.tables import contents, glossarist, groups, keys, mdast, objects
from knowledge.formats.tables.columns import DEFINITION, NOTHING, TERM, Column
from knowledge.formats.tables.fields import (
    are_text,
    are_tongued,
    asides,
    by_language,
    column_role,
    fields,
    has_sections,
    is_by_language,
    is_text,
    said_language,
    spelled_out,
)
from knowledge.formats.tables.lists import (
    GENERIC,
    are_alike,
    children,
    defines,
    group_of,
    holds_records,
    of_terms,
    unused,
)
from knowledge.formats.tables.record import Record
from knowledge.formats.tables.tongues import language_of
from knowledge.language.words import fold

_DEEPEST = 12  # objects within objects; no glossary has as many
_INITIAL = re.compile(r"\W*|\W?\w\W?|\d\W\d|[A-Za-z]\W+[A-Za-z]|num\w*|sym\w*|other", re.IGNORECASE)
_ID = re.compile(r"[A-Za-z0-9]+(?:[-_.:/][A-Za-z0-9]+)*")
_LONGEST_TERM = 160  # characters
_PAIR = {0: Column(TERM), 1: Column(DEFINITION)}
_FORMS = (mdast.terms, glossarist.terms, *keys.FORMS, groups.named)

Where = Callable[[Any, str], int]
"""The line on which a value, or a key of it, stands."""


class _Place(NamedTuple):
    """Where a value stands: what the keys above it say of all that is within."""

    origin: str
    where: Where
    key: str = ""
    language: str = ""
    category: str = ""
    said: str = ""
    """The language that a file says of itself; columns that are named for others keep theirs."""
    listed: bool = True
    """Whether a list here is one of terms, by the key above it, if there is any."""
    alike: bool = False
    """Whether it stands beside others whose objects have the same fields."""
    depth: int = 0


def records(value: Any, origin: str, where: Where, language: str = "") -> Iterator[Record | Fault]:  # noqa: ANN401
    """The records of a value: a list, an object, or objects by term, letter, category, language.

    ``language`` is what the file says that it is in.
    """
    yield from _records(value, _Place(origin, where, said=language))


def is_record(value: Mapping[str, Any]) -> bool:
    """Whether an object is a record itself."""
    return _record(value, _Place("", lambda *_: 1)) is not None


def _records(value: Any, place: _Place) -> Iterator[Record | Fault]:  # noqa: ANN401
    if place.depth > _DEEPEST:
        return
    below = place._replace(depth=place.depth + 1, key="")
    value = (keys.columns(value) if isinstance(value, dict) else None) or value
    value = keys.formed(value) if isinstance(value, list | dict) else value
    value = keys.sided(value) if isinstance(value, list) else value
    if isinstance(value, list) and _is_table(value):
        yield from _rows(value, place)
    elif isinstance(value, list):
        value = [keys.spoken(item) for item in value]
        known = objects.named(value) if place.listed or place.alike else {}
        for item in value:
            yield from _item(objects.renamed(item, known) if known else item, below)
    elif isinstance(value, dict):
        value = next(filter(None, (form(value) for form in _FORMS)), value)
        if record := _record(value, place):
            yield record
            whole = str(next(iter(record.of(TERM)), ""))
            for held in children(value).values():
                yield from _records(held, below._replace(category=whole))
        elif _is_half(value):
            yield _of(value, place)
        else:
            said = said_language(value)
            yield from _members(value, below._replace(said=said) if said else below)


def _is_table(value: list[Any]) -> bool:
    """Whether a list holds rows: lists of texts, a term and what it means in each."""
    return len(value) > 1 and all(
        isinstance(row, list) and len(row) > 1 and are_text(row) for row in value
    )


def _rows(value: list[list[Any]], place: _Place) -> Iterator[Record]:
    """The records of rows, the first of which may name the columns."""
    header = [str(cell) for cell in value[0]]
    known = names.recognised(header)
    headed = names.holds_entries(known)
    if not headed:
        known = contents.guessed([[*map(str, row)] for row in value]) or _PAIR
    for row in value[1:] if headed else value:
        found = {column: row[n] for n, column in known.items() if n < len(row)}
        record = _made(found, place, {c: header[n] for n, c in known.items()} if headed else None)
        record.line = place.where(row, str(row[0]))
        yield record


def _is_half(value: Mapping[str, Any]) -> bool:
    """Whether an object is a record that lacks its term or its definition."""
    known = [column_role(str(key)) for key in value]
    held = [
        value[key] for key, role in zip(value, known, strict=True) if role in (TERM, DEFINITION)
    ]
    told = bool(held) and all(is_text(v) or v is None for v in held)
    return told and sum(map(bool, known)) * 2 > len(known) and not holds_records(value)


def _item(item: Any, place: _Place) -> Iterator[Record | Fault]:  # noqa: ANN401
    """The records of one of a list."""
    if isinstance(item, dict):
        roles = {known.role for known in names.recognised([str(k) for k in item]).values()}
        alone = len(item) == 1 and not roles & {TERM, DEFINITION}
        if alone or _record(item, place) or holds_records(item):
            yield from _records(item, place)
        elif roles & {TERM, DEFINITION}:
            yield _of(item, place)
        elif inner := _wrapped(item):
            yield from _records(inner, place)
        else:
            yield _unexpected(item, place)
    elif isinstance(item, list) and (_is_table(item) or any(isinstance(e, dict) for e in item)):
        yield from _records(item, place)
    else:
        yield _unexpected(item, place)


def _wrapped(item: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The record that an object holds with what a store says of it: its number, its place."""
    inner = [held for held in item.values() if isinstance(held, dict) and is_record(held)]
    return inner[0] if len(inner) == 1 else None


def _unexpected(item: Any, place: _Place) -> Fault:  # noqa: ANN401
    key = next(iter(item), "") if isinstance(item, dict) else str(item)[:80]
    message = "expected an object with “term” and “definition” here."
    return Fault(place.origin, place.where(item, str(key)), message)


def _record(value: Mapping[str, Any], place: _Place) -> Record | None:
    """A record, if an object is one: it says a term, unless its key does, and a definition."""
    if place.key and is_by_language(value):
        return _of(value, place)
    found = fields(value, place.key)
    roles = {known.role for known in found}
    named = TERM in roles or (place.key and len(place.key) <= _LONGEST_TERM)
    tongued = place.alike and sum(bool(k.language) for k in found if k.role == TERM) > 1
    if not named or not (roles & {DEFINITION, "translation"} or tongued or has_sections(value)):
        return None
    return _of(value, place, found) if defines(value) or not holds_records(value) else None


def _of(value: Mapping[str, Any], place: _Place, read: dict[Column, Any] | None = None) -> Record:
    tongued = place.key and is_by_language(value)
    found = read or (by_language(value) if tongued else fields(value, place.key))
    if place.key.isupper() and (whole := spelled_out(found)):
        found = {**found, whole: place.key, Column(DEFINITION): found[whole]}
    elif place.key and not any(_names(known, held, place.key) for known, held in found.items()):
        found = {Column(TERM): place.key, **found}
    record = _made(
        found, place, {known: str(key) for key in value if (known := names.column(str(key)))}
    )
    roles = {known.role for known in found}
    record.bilingual = not roles & {DEFINITION, "translation"}  # else one that is missing is told
    if isinstance(value.get("sections"), list):
        record.add(Column("sections"), "sections", value["sections"])
    if place.key and not record.of("id") and place.key not in map(str, record.of(TERM)):
        record.add(Column("id"), "id", place.key)
    record.exact, record.unused = has_sections(value), unused(value, place.key)
    named = next((str(term) for term in record.of(TERM) if isinstance(term, str)), place.key)
    record.line = place.where(value, named)
    return record


def _names(known: Column, held: Any, key: str) -> bool:  # noqa: ANN401
    """Whether a field holds the term, and the key is no other name of it but an id."""
    if known.role != TERM:
        return False
    return not known.language or _ID.fullmatch(key) is not None or fold(str(held)) == fold(key)


def _made(
    found: Mapping[Column, Any], place: _Place, shown: Mapping[Column, str] | None = None
) -> Record:
    record = Record()
    for known, held in found.items():
        if known.role == NOTHING or (place.language and known.language not in ("", place.language)):
            continue
        record.add(known, (shown or {}).get(known, known.role), held)
    if place.language and not record.of("language"):
        record.add(Column("language"), "language", place.language)
    elif place.said and not record.of("language") and not any(k.language for k in found):
        record.add(Column("language"), "language", place.said)
    if place.category and not record.of("category"):
        record.add(Column("category"), "category", place.category)
    return record


def _members(value: Mapping[str, Any], place: _Place) -> Iterator[Record | Fault]:
    """The records of an object that is none: those of its values, by their keys."""
    value = of_terms(value)
    texts = sum(is_text(held) for held in value.values())
    listed = sum(
        isinstance(held, list) and bool(held) and are_text(held) for held in value.values()
    )
    keyed = all(
        isinstance(held, dict) and DEFINITION in {known.role for known in fields(held, str(key))}
        for key, held in value.items()
        if not is_text(held)
    )
    plain = keyed or (texts > len(value) / 2 and not holds_records(value))
    group = group_of(value)
    whole = any(fold(str(k)) in GENERIC and _holds_all(v, texts) for k, v in value.items())
    plain = plain and not whole
    place = place._replace(alike=are_alike([*value.values()]) or are_tongued([*value.values()]))
    about = asides(value)
    beside = holds_records({key: held for key, held in value.items() if str(key) not in about})
    for key, held in value.items():
        name = str(key)
        if is_text(held) or (isinstance(held, list) and held and are_text(held)):
            if (plain and is_text(held)) or (not is_text(held) and listed > len(value) / 2):
                record = _made({Column(TERM): name, Column(DEFINITION): held}, place)
                record.line = place.where(value, name)
                yield record
        elif isinstance(held, dict) and (
            (whole and name in about)
            or (beside and name in about and not holds_records(held))
            or ((whole or name in about) and not _has_record(held))
        ):
            continue  # what is said of the list beside it
        elif isinstance(held, dict | list) and held:
            yield from _records(held, _below(name, held, group, place))


def _holds_all(held: Any, texts: int) -> bool:  # noqa: ANN401
    """Whether a list, or objects by their terms, is the whole: texts beside it are none of it."""
    if isinstance(held, dict):
        inner = [(str(key), each) for key, each in held.items() if isinstance(each, dict)]
        defined = sum(DEFINITION in {k.role for k in fields(each, key)} for key, each in inner)
        return len(held) > max(1, texts) and defined > len(held) / 2
    return isinstance(held, list)


def _below(name: str, held: Any, group: str, place: _Place) -> _Place:  # noqa: ANN401
    """What a key says of the value under it: its language, its category, or its term."""
    tongue = language_of(name) if not column_role(name) else ""
    place = place._replace(listed=fold(name) in GENERIC)
    generic = fold(name) in GENERIC or _INITIAL.fullmatch(name) or column_role(name)
    if tongue and not place.language:
        return place._replace(language=tongue)
    if (
        isinstance(held, dict)
        and fields(held)
        and (defines(held) or not holds_records(held))
        and fold(name) not in {"glossary", "terms", "entries"}
    ):
        return place._replace(key=name, category=place.category or group)
    if isinstance(held, dict) and are_alike([*held.values()]):  # whose keys say it better
        generic = True
    category = place.category or group or ("" if generic else name)
    return place._replace(category=category)


def _has_record(value: Mapping[str, Any]) -> bool:
    """Whether an object is a record, or holds some by their terms or in a list."""
    inner = [(str(key), held) for key, held in value.items() if isinstance(held, dict)]
    keyed = any({k.role for k in fields(held, key)} & {DEFINITION} for key, held in inner[:9])
    return keyed or is_record(value) or holds_records(value)
