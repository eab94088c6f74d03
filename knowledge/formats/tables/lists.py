"""Lists: which fields of an object hold entries, and whether it is one itself."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from knowledge.formats.tables import columns as names
from knowledge.formats.tables import objects
from knowledge.formats.tables.columns import DEFINITION, TERM
from knowledge.formats.tables.fields import (
    are_text,
    column_role,
    fields,
    has_sections,
    named,
)
from knowledge.formats.tables.tongues import language_of, of_keys
from knowledge.language.words import fold

# Fields of an entry that may hold objects themselves.
_WITHIN = {"example", "related", "sources", "sections", "aliases", "note", "asked", "translation"}
GENERIC = frozenset(
    fold(name)
    for name in re.findall(
        r"\w+",
        "glossary glossaries terms entries items data words results definitions concepts list "
        "records rows content dictionary vocabulary acronyms abbreviations lexicon terminology "
        "graph nodes edges children values all en default main cards notes body glossaryTerms "
        "glossaryEntries glossary_terms termList term_list faq letters categories sections "
        "groups topics dl cats themes temas temáticas categorías thèmes categorias kategorien "
        "themen",
    )
)
"""Keys of lists of entries, which say nothing of them."""
_LISTED = GENERIC - {"content", "body"}  # which what is said of one term may be called, too
_COLLECTIONS = frozenset({"glossary", "glossaries", "terms", "dictionary", "vocabulary", "lexicon"})
_GLOSSARIES = frozenset(map(fold, ("glossary", "glossar", "glosario", "glossario", "glossaire",
                                   "glossário", "glosariusz", "глоссарий")))  # fmt: skip
_PARTS = frozenset({"attributes", "columns", "fields", "properties"})
"""What a thing that is described beside them is made of: a table, an entity."""
_FEWEST = 3  # terms


def are_alike(lists: Sequence[Any]) -> bool:
    """Whether several lists hold objects with the same fields: terms by what they are about."""
    firsts = [held[0] for held in lists if isinstance(held, list) and held]
    fields_of = [frozenset(first) for first in firsts if isinstance(first, dict)]
    return 1 < len(fields_of) == len(lists) and len({*fields_of}) == 1


def holds_records(value: Mapping[str, Any], deep: int = 2) -> bool:
    """Whether under a key that is no field of an entry there is a list of what may be records.

    There, or in objects as ``deep`` below it: lists by category and kind.
    """
    if has_sections(value):
        return False
    own = {
        str(key): "" if _is_collection(key, held) else column_role(str(key))
        for key, held in value.items()
    }
    for key, held in value.items():
        if own[str(key)] in _WITHIN or language_of(str(key)):
            continue
        if own[str(key)] == DEFINITION and TERM in own.values() and not _are_entries(key, held):
            continue  # its senses, its paragraphs
        grouped = deep > 0 and isinstance(held, dict) and own[str(key)] in ("", "category", "topic")
        if grouped and holds_records(held, deep - 1):
            return True
        items = held if isinstance(held, list) else []
        if objects.named(items) or _are_keyed(str(key), held):
            return True
        first = next((item for item in items if isinstance(item, dict)), None)
        if first is not None:
            roles = {known.role for known in fields(first)}
            if TERM in roles and roles & {DEFINITION, "translation"}:
                return True
            if any(isinstance(v, list | dict) for v in first.values()) and not roles & {DEFINITION}:
                return True
    return False


def _are_keyed(key: str, held: Any) -> bool:  # noqa: ANN401
    """Whether under a key stand terms, each with what it means: as objects, texts, or rows."""
    each = [*held.values()] if isinstance(held, dict) else held
    if not isinstance(each, list) or len(each) < _FEWEST or of_keys(held):
        return False
    if isinstance(held, dict) and all(isinstance(item, dict) for item in each):
        told = sum(DEFINITION in {c.role for c in fields(v, str(k))} for k, v in held.items())
        return told > len(each) / 2
    if fold(key) not in GENERIC:
        return False
    if isinstance(held, dict):
        return are_text(each)
    return all(
        len(item) > 1 and are_text(item)
        if isinstance(item, list)
        else isinstance(item, dict) and len(item) == 1 and are_text([*item.values()])
        for item in each
    )


def _is_collection(key: Any, held: Any) -> bool:  # noqa: ANN401
    """Whether a key names what holds terms, and no field of one that may be called so, too."""
    each = [*held.values()] if isinstance(held, dict) else held
    if fold(str(key)) not in _COLLECTIONS or not isinstance(each, list):
        return False
    return len(each) > 1 if isinstance(held, dict) else not are_text(each)


def defines(value: Mapping[str, Any]) -> bool:
    """Whether an object itself says what a term means, whatever lists it has beside.

    By names that but entries have: groups of them have titles and descriptions, too.
    """
    texts = (key for key, held in value.items() if isinstance(held, str) and held.strip())
    columns = [known for key in texts if (known := names.column(str(key)))]
    if not any(known.role == DEFINITION for known in columns):
        return False
    if any(_are_parts(str(key), held) for key, held in value.items()):
        return True
    anyhow = {TERM: names.column("name"), DEFINITION: names.column("short description")}
    return any((of_any := anyhow.get(c.role)) and c.rank < of_any.rank for c in columns)


def children(value: Mapping[str, Any]) -> dict[str, list[Any]]:
    """The lists of entries within one that is an entry itself, of what it is above.

    Questions about it are none, nor what is written of it elsewhere.
    """
    found = {}
    for key, held in value.items() if not has_sections(value) else ():
        generic = fold(str(key)) in _LISTED
        last = names.column("question" if generic else "name")
        each = [*held.values()] if isinstance(held, dict) else held
        first = each[0] if isinstance(each, list) and each else None
        if not (isinstance(first, dict) and last) or (column_role(str(key)) and not generic):
            continue
        if _are_parts(str(key), held):
            found[str(key)] = held
            continue
        columns = fields(first)
        sure = any(known.role == TERM and known.rank < last.rank for known in columns)
        if sure and DEFINITION in {known.role for known in columns}:
            found[str(key)] = held
    return found


def _are_parts(key: str, held: Any) -> bool:  # noqa: ANN401
    """Whether under a key stand the parts of a thing, each of which says what it means."""
    if fold(key) not in _PARTS or not held or not isinstance(held, dict | list):
        return False
    parts = [*held.items()] if isinstance(held, dict) else [("", part) for part in held]
    return all(
        isinstance(part, dict)
        and (name or TERM in {column.role for column in fields(part)})
        and DEFINITION in {column.role for column in fields(part, str(name))}
        for name, part in parts
    )


def of_terms(value: Mapping[str, Any]) -> Mapping[str, Any]:
    """An object without its lists of other things, where one list is named as its glossary.

    A plan may have a glossary beside its principles, which have titles and texts, too.
    """
    glossaries = {key for key, held in value.items() if fold(str(key)) in _GLOSSARIES}
    if not any(_name_terms(value[key]) for key in glossaries):
        return value
    kept = {
        key: held
        for key, held in value.items()
        if not isinstance(held, list)
        or column_role(str(key))
        or fold(str(key)) in GENERIC
        or _name_terms(held)
    }
    return objects.remade(value, kept)


def _name_terms(held: Any) -> bool:  # noqa: ANN401
    """Whether a list is one of terms, by fields that are named for those, and not for anything."""
    first = held[0] if isinstance(held, list) and held else None
    columns = fields(first) if isinstance(first, dict) else {}
    of_anything = names.column("name")
    sure = any(of_anything and c.role == TERM and c.rank < of_anything.rank for c in columns)
    return sure and DEFINITION in {column.role for column in columns}


def _are_entries(key: Any, held: Any) -> bool:  # noqa: ANN401
    """Whether a list under a name that a definition may have is one of entries."""
    first = held[0] if isinstance(held, list) and held else None
    named = fold(str(key)) in _LISTED
    return (
        named and isinstance(first, dict) and {TERM, DEFINITION} <= {c.role for c in fields(first)}
    )


def group_of(value: Mapping[str, Any]) -> str:
    """The name of a group of records: of an object that has one, and a list of them."""
    if not holds_records(value, deep=0):
        return ""
    told = {str(k): v for k, v in value.items() if isinstance(v, str) and len(v) > 2}  # noqa: PLR2004
    known = names.recognised([*told])
    texts = {column.role: told[[*told][n]] for n, column in known.items()}
    return texts.get("category") or texts.get(TERM, "")


def unused(value: Mapping[str, Any], key: str = "") -> tuple[str, ...]:
    """The names of the fields of an object that are no part of an entry."""
    keys = [str(each) for each in value]
    known = named(value, keys, has_term=bool(key))
    read = {"sections", key, *children(value)}
    return tuple(
        name
        for n, (name, held) in enumerate(zip(keys, value.values(), strict=True))
        if (isinstance(held, str | list | dict) and held)
        and not (n in known or names.column(name) or name in read)
    )
