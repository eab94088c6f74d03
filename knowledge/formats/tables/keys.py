"""Keys: those that name an entry and a field of it at once, of the parts of a graph, of forms."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from knowledge.formats.tables import objects
from knowledge.formats.tables.columns import DEFINITION, TERM, holds_entries, recognised
from knowledge.formats.tables.contents import looks_like_terms
from knowledge.formats.tables.fields import column_role, defined
from knowledge.formats.tables.lists import GENERIC
from knowledge.formats.tables.tongues import language_of, of_keys
from knowledge.language.words import fold

_JOINED = re.compile(r"(.*\w\W?)[-_.:/ ](\w+)", re.DOTALL)
_NUMBERED = re.compile(r"(\w*[^\W\d])[-_ ]?(\d+)")
_FORMS = {"short": TERM, "long": "expansion", "key": "id"}
_TOLD = frozenset({"description", "desc", "definition", "def"})
_SPACES = 4  # in a short form; with more it says something
_REFERRED = re.compile(r"(?<![\w@])@([a-z][\w-]{0,60})(?::[a-z]+)?(?:\[([^\[\]\n]{1,80})\])?")
_SET = re.compile(r"#[a-z]{2,12}(?:\([^()\n]{0,80}\))?\[([^\[\]\n]{0,200})\]")
_FEWEST, _MOST = 2, 0.9  # entries, and share of the keys
_MANY = 60  # fields of one entry
_FEW = 3  # texts
_SIDES = (": ", " – ", " — ", " - ", "：")


def parted(value: Mapping[str, Any]) -> dict[str, dict[str, Any]] | None:
    """The entries of ``{"tide-term": "Tide", "tide-definition": "It rises."}`` by their keys.

    Or of ``{"term1": …, "definition1": …}`` by their numbers. None if the keys do not say it;
    those that name something else are left out.
    """
    entries: dict[str, dict[str, Any]] = {}
    for key, held in value.items():
        name = str(key)[:1000]
        if numbered := _NUMBERED.fullmatch(name):
            field, of = numbered.groups()
        elif joined := _JOINED.fullmatch(name):
            of, field = joined.groups()
        else:
            continue
        if column_role(field):
            entries.setdefault(of, {})[field] = held
    whole = {
        key: entry
        for key, entry in entries.items()
        if {TERM, DEFINITION} <= {column_role(name) for name in entry}
    }
    named = sum(map(len, whole.values()))
    return whole if len(whole) >= _FEWEST and named >= _MOST * len(value) else None


def nodes(value: Mapping[str, Any]) -> dict[str, Any] | None:
    """A graph without the lines between its nodes, which have a source and a target, too."""
    lined = isinstance(value.get("nodes"), list) and {"links", "edges"} & value.keys()
    return {"nodes": value["nodes"]} if lined else None


def columns(value: Mapping[str, Any]) -> list[dict[str, Any]] | None:
    """The rows of a table that is kept by its columns: ``{"term": {"0": …}, "definition": {…}}``.

    Each is an object by the numbers of the rows, or a list, which is as long as the others.
    """
    held = [dict(enumerate(each)) if isinstance(each, list) else each for each in value.values()]
    if len(held) < _FEWEST or not all(isinstance(each, dict) for each in held):
        return None
    if not holds_entries(recognised([*map(str, value)])):
        return None
    rows = [*held[0]]
    listed = len(rows) > _FEWEST and all(isinstance(each, list) for each in value.values())
    numbered = bool(rows) and all(str(row).isdecimal() for row in rows)
    if not (listed or (numbered and not isinstance(rows[0], int))):
        return None
    if any(each.keys() != held[0].keys() for each in held):
        return None
    return [{str(key): each[row] for key, each in zip(value, held, strict=True)} for row in rows]


def sensed(value: Mapping[str, Any]) -> dict[str, Any] | None:
    """One object for each of the terms in ``{"ebb": [{"definition": …}, …]}``.

    What else a sense says, its kind or where it is from, is that of the first.
    """
    senses = {
        key: held
        for key, held in value.items()
        if isinstance(held, list) and not column_role(str(key)) and any(map(defined, held))
    }
    listed = [sense for held in senses.values() for sense in held]
    if len(senses) < max(_FEWEST, _MOST * len(value)) or not all(map(defined, listed)):
        return None
    if TERM in objects.named(listed).values():
        return None
    return {**value, **{key: _joined(held) for key, held in senses.items()}}


def told(value: Mapping[str, Any]) -> dict[str, Any] | None:
    """Objects by their terms, where a field of no known name says what each means.

    ``{"ebb": {"d": "The sea falls.", "rank": 1}, …}``
    """
    items = [held for held in value.values() if isinstance(held, dict)]
    if len(items) <= _FEWEST or len(items) < len(value) or of_keys(value):
        return None
    known = objects.named([{**item, TERM: str(key)} for key, item in value.items()])
    if [*known.values()] != [DEFINITION] or any(map(column_role, known)):
        return None
    return {key: objects.renamed(item, known) for key, item in value.items()}


def spoken(value: Any) -> Any:  # noqa: ANN401
    """An object whose terms stand below it in each language, with these as its translations.

    ``{"id": "ebb", "names": [{"lang": "en", "term": …, "definition": …}, {"lang": "ar", …}]}``
    """
    found = {k: by for k, v in value.items() if (by := _by_tongue(v))} if _is_brief(value) else {}
    if len(found) != 1 or any(column_role(str(key)) == TERM for key in value if key not in found):
        return value
    kept = {key: held for key, held in value.items() if key not in found}
    return objects.remade(value, {**kept, "translations": next(iter(found.values()))})


def _is_brief(value: Any) -> bool:  # noqa: ANN401
    return isinstance(value, dict) and len(value) <= _MANY


def _by_tongue(held: Any) -> dict[str, Any]:  # noqa: ANN401
    """What is said of a term in several languages, by these, each with the term in it."""
    found: dict[str, Any] = {}
    if isinstance(held, dict) and len(of_keys(held)) == len(held):
        found = dict(held)
    for item in held if isinstance(held, list) else ():
        keys = item if isinstance(item, dict) else ()
        said = next((k for k in keys if column_role(str(k)) == "language"), "")
        tongue = language_of(str(item[said])) if said else ""
        if not tongue or tongue in found:
            return {}
        found[tongue] = objects.remade(item, {k: v for k, v in item.items() if k != said})
    roles = [{*map(column_role, map(str, i))} for i in found.values() if isinstance(i, dict)]
    named = len(roles) == len(found) > 1 and all(TERM in each for each in roles)
    return found if named and any(DEFINITION in each for each in roles) else {}


def _joined(senses: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    first = defined(senses[0])
    told = [sense[defined(sense)] for sense in senses]
    return objects.remade(senses[0], {**senses[0], first: told if len(told) > 1 else told[0]})


def formed(value: Any) -> Any:  # noqa: ANN401
    """A glossary for Typst as others have it: a key, a short and a long form, a description.

    Its texts refer to the others by their keys (“@ebb”), and are set as is “#emph[the sea]”.
    """
    by_key = value if isinstance(value, dict) else dict(enumerate(value))
    items = {key: item for key, item in by_key.items() if isinstance(item, dict)}
    shorts = {
        str(item.get("key", key)): str(item["short"])
        for key, item in items.items()
        if _is_formed(item)
    }
    if not items or len(shorts) < _MOST * len(items):
        return value
    found = by_key | {
        key: _unset(objects.renamed(item, _FORMS), shorts) for key, item in items.items()
    }
    return found if isinstance(value, dict) else [*found.values()]


def _is_formed(item: Mapping[str, Any]) -> bool:
    short = item.get("short")
    named = isinstance(short, str) and short.count(" ") <= _SPACES
    return (
        named
        and bool(_TOLD & item.keys())
        and TERM not in {column_role(key) for key in item if key not in _FORMS}
    )


def _unset(item: Mapping[str, Any], shorts: Mapping[str, str]) -> Mapping[str, Any]:
    """An object without the marks in its texts."""
    return objects.rewritten(
        item,
        lambda text: _SET.sub(r"\1", _REFERRED.sub(lambda m: m[2] or shorts.get(m[1], m[1]), text)),
    )


def sided(value: Sequence[Any]) -> Sequence[Any]:
    """A list of texts such as “Ebb: the sea falls” as rows of a term and what it means."""
    if len(value) < _FEW or not all(isinstance(each, str) for each in value):
        return value
    for mark in _SIDES:
        rows = [list(map(str.strip, each.split(mark, 1))) for each in value]
        if all(len(row) > 1 for row in rows) and looks_like_terms(rows):
            return rows
    return value


def listed(value: Mapping[str, Any]) -> dict[str, Any] | None:
    """An object with such lists of terms as rows, if it has any."""
    found = {
        key: sided(held)
        for key, held in value.items()
        if isinstance(held, list)
        and fold(str(key)) in GENERIC
        and (column_role(str(key)) in ("", TERM) or fold(str(key)) == "glossary")
    }
    return {**value, **found} if any(found[key] is not value[key] for key in found) else None


FORMS = (parted, nodes, sensed, told, listed)
"""What makes of an object one that is easier to read, or None."""
