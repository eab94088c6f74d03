"""Fields: what an object's fields hold, those within objects by language too."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from knowledge.formats.tables import columns as names
from knowledge.formats.tables.columns import DEFINITION, TERM, Column
from knowledge.formats.tables.tongues import language_of, of_keys
from knowledge.formats.tables.values import are_sentences, is_sentence

ABOUT = frozenset({"meta", "metadata", "_meta", "info", "about", "header", "glossary_info", "ui",
                   "i18n", "strings", "labels", "messages", "config", "settings",
                   "schema"})  # fmt: skip
"""Keys of what a file says of itself."""


def asides(value: Mapping[str, Any]) -> frozenset[str]:
    """The keys of what an object says of itself: those known for it, and “_rules” beside others."""
    hidden = frozenset(key for key in map(str, value) if key.startswith("_"))
    return ABOUT | hidden if len(hidden) < len(value) else ABOUT


def fields(value: Mapping[str, Any], key: str = "") -> dict[Column, Any]:
    """What the fields of an object hold, with those within objects by language."""
    keys = [str(key) for key in value]
    found: dict[Column, Any] = {}
    columns = named(value, keys, has_term=bool(key))
    least = of_anything.rank if (of_anything := names.column("name")) else 0
    sure = any(known.role == TERM and known.rank < least for known in columns.values())
    for n, known in columns.items():
        held = value[keys[n]] if keys[n] in value else list(value.values())[n]
        if sure and known.role == DEFINITION and _is_in_parts(held):
            held = [*held.values()]
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
            more = known in found and known.role == DEFINITION  # “short_def”, “full_def”
            found.setdefault(replace(known, rank=known.rank + 1) if more else known, held)
            if known.role == DEFINITION and isinstance(held, list):
                _add_beside(held, found)
    return found


def named(value: Mapping[str, Any], keys: list[str], *, has_term: bool) -> dict[int, Column]:
    """What the fields of an object are called, and by their values those of terms."""
    known = names.recognised(keys, has_term=has_term)
    known |= _in_short(value, keys, known)
    tongued = [n for n in known if not column_role(keys[n])]
    named = any(column_role(keys[n]) == TERM for n in known)
    if not named:  # “labels” that are not of a kind but one in each language
        labels = (n for n, each in known.items() if each.role == "category")
        terms = [n for n in labels if of_keys(value.get(keys[n]))]
    else:  # other names of it
        held = [[*value.values()][n] for n in tongued]
        told = any(not isinstance(each, str) or is_sentence(each) for each in held)
        terms = tongued if not told else []
    known |= {n: replace(known[n], role=TERM) for n in terms}
    if {TERM, DEFINITION} & {each.role for each in known.values()} == {TERM}:
        known |= {n: Column(DEFINITION) for n in _senses(value, keys, known)}
    return known


def _in_short(
    value: Mapping[str, Any], keys: list[str], known: Mapping[int, Column]
) -> dict[int, Column]:
    """What tells of a term under the name of a short form, for what it is where but notes do."""
    brief = [n for n, each in known.items() if each.role == "acronym"]
    told = {n: Column(DEFINITION) for n in brief if is_sentence(str(value.get(keys[n], "")))}
    others = {n for n, each in known.items() if each.role == DEFINITION} if told else set()
    if any(column_role(keys[n]) != "note" for n in others):
        return {}
    return told | {n: Column("note") for n in others}


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
    role = DEFINITION if are_sentences([*value.values()]) else TERM
    return {Column(role, language_of(str(key))): held for key, held in value.items()}


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


def spelled_out(found: Mapping[Column, Any]) -> Column | None:
    """The field of an acronym by its key that holds what it is short for, and is all it says."""
    terms = [known for known in found if known.role == TERM and not known.language]
    defined = any(known.role in (DEFINITION, "translation", "expansion") for known in found)
    held = found[terms[0]] if terms and not defined else ""
    texts = held if isinstance(held, list) else [held]
    return terms[0] if all(isinstance(t, str) and not t.isupper() for t in texts) and held else None


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


def _is_in_parts(held: Any) -> bool:  # noqa: ANN401
    """Whether an object says what one term means more than once: ``{"short": …, "long": …}``."""
    if not isinstance(held, dict) or len(held) < 2 or of_keys(held) or _says(held):  # noqa: PLR2004
        return False
    named = (" " not in str(key) and isinstance(text, str) for key, text in held.items())
    return all(named) and are_sentences([*held.values()])


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
