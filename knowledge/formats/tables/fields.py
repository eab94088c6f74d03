"""Fields: what an object's fields hold, those within objects by language too."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from knowledge.formats.tables import columns as names
from knowledge.formats.tables import objects
from knowledge.formats.tables.columns import DEFINITION, TERM, Column
from knowledge.formats.tables.tongues import language_of, of_keys
from knowledge.words import fold

# Fields of an entry that may hold objects themselves.
_WITHIN = {"example", "related", "sources", "sections", "aliases", "note", "asked", "translation"}
ABOUT = frozenset({"meta", "metadata", "_meta", "info", "about", "header", "glossary_info", "ui",
                   "i18n", "strings", "labels", "messages", "config", "settings",
                   "schema"})  # fmt: skip
"""Keys of what a file says of itself."""

GENERIC = frozenset(
    fold(name)
    for name in re.findall(
        r"\w+",
        "glossary glossaries terms entries items data words results definitions concepts list "
        "records rows content dictionary vocabulary acronyms abbreviations lexicon terminology "
        "graph nodes children values all en default main cards notes body glossaryTerms "
        "glossaryEntries glossary_terms termList term_list faq letters categories sections "
        "groups topics dl cats themes temas temáticas categorías thèmes categorias kategorien "
        "themen",
    )
)
"""Keys of lists of entries, which say nothing of them."""


def asides(value: Mapping[str, Any]) -> frozenset[str]:
    """The keys of what an object says of itself: those known for it, and “_rules” beside others."""
    hidden = frozenset(key for key in map(str, value) if key.startswith("_"))
    return ABOUT | hidden if len(hidden) < len(value) else ABOUT


def fields(value: Mapping[str, Any], key: str = "") -> dict[Column, Any]:
    """What the fields of an object hold, with those within objects by language."""
    keys = [str(key) for key in value]
    found: dict[Column, Any] = {}
    for n, known in _named(value, keys, has_term=bool(key)).items():
        held = value[keys[n]] if keys[n] in value else list(value.values())[n]
        if known.role in (TERM, DEFINITION) and isinstance(held, dict) and "rendered" in held:
            held = held["rendered"]  # by WordPress
        held = _by_tongue(held)
        tongues = of_keys(held)
        if isinstance(held, dict) and held and known.language and not column_role(keys[n]):
            inner = names.recognised([str(k) for k in held])
            for m, within in inner.items():
                if within.role and not within.language:
                    found[replace(within, language=known.language)] = list(held.values())[m]
        elif tongues and known.role not in ("sources", "sections"):
            told = ((tongues[str(k)], v) for k, v in held.items() if str(k) in tongues)
            found |= {Column(known.role, tongue, known.rank): v for tongue, v in told}
        elif (
            known.role == TERM
            and not is_text(held)
            and not (isinstance(held, list) and are_text(held))
        ) or (known.role == DEFINITION and isinstance(held, dict) and not _says(held)):
            continue
        else:
            found.setdefault(known, held)
            if known.role == DEFINITION and isinstance(held, list):
                _add_beside(held, found)
    return found


def _named(value: Mapping[str, Any], keys: list[str], *, has_term: bool) -> dict[int, Column]:
    """What the fields of an object are called, and by their values those of terms."""
    known = names.recognised(keys, has_term=has_term)
    tongued = [n for n in known if not column_role(keys[n])]
    named = any(column_role(keys[n]) == TERM for n in known)
    if not named:  # “labels” that are not of a kind but one in each language
        labels = (n for n, each in known.items() if each.role == "category")
        terms = [n for n in labels if of_keys(value.get(keys[n]))]
    else:  # other names of it
        told = any(_is_told(list(value.values())[n]) for n in tongued)
        terms = tongued if not told else []
    known |= {n: replace(known[n], role=TERM) for n in terms}
    if {TERM, DEFINITION} & {each.role for each in known.values()} == {TERM}:
        known |= {n: Column(DEFINITION) for n in _senses(value, keys, known)}
    return known


def _senses(
    value: Mapping[str, Any], keys: list[str], known: Mapping[int, Column]
) -> Iterator[int]:
    """The fields of no known name that list what a term means."""
    for n, key in enumerate(keys):
        held = value.get(key)
        if n not in known and isinstance(held, list) and held and all(map(defined, held)):
            yield n


def defined(sense: Any) -> str:  # noqa: ANN401
    """The field that defines in an object which names no term of its own; or “”."""
    if not isinstance(sense, dict):
        return ""
    roles = {column_role(str(key)): str(key) for key, held in sense.items() if held}
    return roles.get(DEFINITION, "") if TERM not in roles else ""


def unused(value: Mapping[str, Any], key: str = "") -> tuple[str, ...]:
    """The names of the fields of an object that are no part of an entry."""
    keys = [str(each) for each in value]
    known = _named(value, keys, has_term=bool(key))
    read = {"sections", key, *children(value)}
    return tuple(
        name
        for n, (name, held) in enumerate(zip(keys, value.values(), strict=True))
        if (isinstance(held, str | list | dict) and held)
        and not (n in known or names.column(name) or name in read)
    )


def _add_beside(senses: list[Any], found: dict[Column, Any]) -> None:
    """Adds the sources and the examples that stand within the senses of a term."""
    for sense in senses:
        keys = [str(key) for key in sense] if isinstance(sense, dict) else []
        for n, known in names.recognised(keys).items():
            if known.role in ("sources", "example") and sense[keys[n]]:
                beside = found.setdefault(Column(known.role), [])
                if isinstance(beside, list):
                    beside.append(sense[keys[n]])


def is_by_language(value: Mapping[str, Any]) -> bool:
    """Whether an object says one thing in several languages: ``{"en": "…", "ar": "…"}``."""
    return len(value) > 1 and all(
        isinstance(held, str) and language_of(str(key)) and not column_role(str(key))
        for key, held in value.items()
    )


def by_language(value: Mapping[str, Any]) -> dict[Column, Any]:
    """What its key means in each language, or where it is too short for that, is called there."""
    told = [text.endswith((".", "。", "।", "؟")) or _is_told(text) for text in value.values()]
    role = DEFINITION if sum(told) > len(told) / 2 else TERM
    return {Column(role, language_of(str(key))): held for key, held in value.items()}


def are_alike(lists: Sequence[Any]) -> bool:
    """Whether several lists hold objects with the same fields: terms by what they are about."""
    firsts = [held[0] for held in lists if isinstance(held, list) and held]
    fields_of = [frozenset(first) for first in firsts if isinstance(first, dict)]
    return 1 < len(fields_of) == len(lists) and len({*fields_of}) == 1


def are_tongued(objects_: Sequence[Any]) -> bool:
    """Whether several objects say something in the same languages, whatever else each says."""
    tongues = [
        {key for key in held if language_of(str(key)) and isinstance(held[key], str)}
        for held in objects_
        if isinstance(held, dict)
    ]
    return 1 < len(tongues) == len(objects_) and len(set.intersection(*tongues)) > 1


def has_sections(value: Mapping[str, Any]) -> bool:
    """Whether an object is as the project itself writes them."""
    held = value.get("sections")
    return (
        isinstance(value.get("term"), str)
        and isinstance(held, list)
        and all(isinstance(each, dict) and {"name", "text"} <= each.keys() for each in held)
    )


def _is_told(held: Any) -> bool:  # noqa: ANN401
    """Whether a text says something, and does not merely name it."""
    return not isinstance(held, str) or held.count(" ") > 4  # noqa: PLR2004


def holds_records(value: Mapping[str, Any], deep: int = 2) -> bool:
    """Whether under a key that is no field of an entry there is a list of what may be records.

    There, or in objects as ``deep`` below it: lists by category and kind.
    """
    if has_sections(value):
        return False
    own = {str(key): column_role(str(key)) for key in value}
    for key, held in value.items():
        if own[str(key)] in _WITHIN or language_of(str(key)):
            continue
        if own[str(key)] == DEFINITION and TERM in own.values():
            continue  # its senses, its paragraphs
        grouped = deep > 0 and isinstance(held, dict) and own[str(key)] in ("", "category", "topic")
        if grouped and holds_records(held, deep - 1):
            return True
        items = held if isinstance(held, list) else []
        if objects.named(items):
            return True
        first = next((item for item in items if isinstance(item, dict)), None)
        if first is not None:
            roles = {known.role for known in fields(first)}
            if TERM in roles and roles & {DEFINITION, "translation"}:
                return True
            if any(isinstance(v, list | dict) for v in first.values()) and not roles & {DEFINITION}:
                return True
    return False


def defines(value: Mapping[str, Any]) -> bool:
    """Whether an object itself says what a term means, whatever lists it has beside.

    By names that but entries have: groups of them have titles and descriptions, too.
    """
    texts = (key for key, held in value.items() if isinstance(held, str) and held.strip())
    columns = [known for key in texts if (known := names.column(str(key)))]
    if not any(known.role == DEFINITION for known in columns):
        return False
    anyhow = {TERM: names.column("name"), DEFINITION: names.column("short description")}
    return any((of_any := anyhow.get(c.role)) and c.rank < of_any.rank for c in columns)


def children(value: Mapping[str, Any]) -> dict[str, list[Any]]:
    """The lists of entries within one that is an entry itself, of what it is above.

    Questions about it are none, nor what is written of it elsewhere.
    """
    found = {}
    for key, held in value.items() if not has_sections(value) else ():
        generic = fold(str(key)) in GENERIC
        last = names.column("question" if generic else "name")
        first = held[0] if isinstance(held, list) and held else None
        if not (isinstance(first, dict) and last) or (column_role(str(key)) and not generic):
            continue
        columns = fields(first)
        sure = any(known.role == TERM and known.rank < last.rank for known in columns)
        if sure and DEFINITION in {known.role for known in columns}:
            found[str(key)] = held
    return found


def group_of(value: Mapping[str, Any]) -> str:
    """The name of a group of records: of an object that has one, and a list of them."""
    if not holds_records(value, deep=0):
        return ""
    told = {str(k): v for k, v in value.items() if isinstance(v, str) and len(v) > 2}  # noqa: PLR2004
    known = names.recognised([*told])
    texts = {column.role: told[[*told][n]] for n, column in known.items()}
    return texts.get("category") or texts.get(TERM, "")


def said_language(value: Mapping[str, Any]) -> str:
    """The language that an object which holds records says of them all; or “”."""
    for key, held in value.items():
        if isinstance(held, str) and column_role(str(key)) == "language":
            return language_of(held)
        if isinstance(held, dict) and str(key).lower() in ABOUT:
            return said_language(held)
    return ""


def column_role(name: str) -> str:
    """The role that a name says by itself, its language aside."""
    known = names.column(name)
    return known.role if known else ""


def is_text(value: Any) -> bool:  # noqa: ANN401
    """Whether a value is text or a number."""
    return isinstance(value, str | int | float)


def are_text(value: Sequence[Any]) -> bool:
    """Whether all of a list is."""
    return all(map(is_text, value))


def _says(value: Mapping[str, Any]) -> bool:
    """Whether an object within a definition says it by its fields, and holds no terms."""
    roles = {column_role(str(key)) for key in value}
    return (DEFINITION in roles and "" not in roles) or any(
        key in value for key in ("text", "definition", "description", "value", "content", "para")
    )


def _by_tongue(held: Any) -> Any:  # noqa: ANN401
    """A list of texts that each say their language, ``{"lang": "en", "text": …}``, by these."""
    found: dict[str, list[str]] = {}
    for each in held if isinstance(held, list) else ():
        said = {str(k).lstrip("@"): v for k, v in each.items()} if isinstance(each, dict) else {}
        tongue = next((k for k in said if column_role(k) == "language"), "")
        language = language_of(str(said.pop(tongue, "")))
        if not language or len(said) != 1 or not all(isinstance(v, str) for v in said.values()):
            return held
        found.setdefault(language, []).extend(said.values())
    return {k: texts if len(texts) > 1 else texts[0] for k, texts in found.items()} or held
