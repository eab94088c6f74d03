"""Objects: which fields of some that are alike hold what, told by their texts."""

from collections.abc import Callable, Mapping, Sequence
from statistics import median
from typing import Any

from knowledge.formats.tables import texts, tree
from knowledge.formats.tables.columns import DEFINITION, TERM, column
from knowledge.formats.tables.tongues import language_of, of_keys
from knowledge.formats.tables.values import are_sentences
from knowledge.language.words import fold

_NAME = 60  # characters of a term
_ALIKE = 3  # objects
_TRANSLATED = ("from", "to")
_CODE = "code"
_PAIRS = (*map(tuple, ("td", "wd", "wm", "qa", "fb", "kv", "nd")), _TRANSLATED)
"""The initials of term, word, question, front, key and name, each with that of what is beside it;
and words that name no column of a table by themselves."""


def named(items: Sequence[Any]) -> dict[str, str]:
    """Which fields of objects that are alike hold the term and the definition, by their texts.

    The longest text, or one of sentences before it that is not far shorter, or that is said in
    several languages, defines; the first short one that is another in each names the term. Of what
    the name of a field tells, nothing.
    """
    if not all(isinstance(item, dict) for item in items):
        return {}
    return _terse(items) or (_told(items) if len(items) >= _ALIKE else {})


def _told(items: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    header = [*map(str, items[0])]
    columns = {n: found for n, key in enumerate(header) if (found := column(key))}
    rows = [[_one_text(item, key) for key in items[0]] for item in items[: texts.LOOKED_AT]]
    often = texts.DISTINCT * len(rows)
    terms = [n for n, each in columns.items() if each.role == TERM]
    terms = [n for n in terms if sum(bool(row[n]) for row in rows) >= often]
    terms.sort(key=lambda n: columns[n].rank)
    # Beside the surest they may say what it means, if nothing else does.
    labels = terms[1:] if "note" not in {found.role for found in columns.values()} else []
    known = {n: found.role for n, found in columns.items() if n not in labels}
    roles = {*known.values()}
    if {"acronym", "translation"} & roles or {TERM, DEFINITION} <= roles:
        return {}
    unknown = [n for n in range(len(header)) if n not in known]
    if DEFINITION in roles:
        term = texts.naming(unknown, rows, _NAME)
        return {} if term is None else {header[term]: TERM}
    told = texts.telling(unknown, rows)
    length = 0 if told is None else texts.length(rows, told)
    if TERM not in roles:
        tongues = [n for n in known if not known[n] and texts.length(rows, n) > length]
        return {} if told is None else _both(header, rows, unknown, told, tongues)
    name = max(texts.length(rows, n) for n in known if known[n] == TERM)
    if told is not None and length > max(2 * name, texts.WORDED - 1):
        return {header[told]: DEFINITION}
    for n in unknown if name >= texts.WORDED else ():
        if fold(header[n]) == _CODE and 0 < 2 * median(len(row[n]) for row in rows) < name:
            return {header[n]: TERM, header[terms[0]]: DEFINITION}
    return {}


def _both(
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    unknown: Sequence[int],
    told: int,
    tongues: Sequence[int],
) -> dict[str, str]:
    """The term and the definition, which is ``told`` unless sentences in several languages are."""
    if are_sentences([row[n] for n in tongues for row in rows]):
        definitions = {header[n]: f"{DEFINITION}_{language_of(header[n])}" for n in tongues}
        length = min(texts.length(rows, n) for n in tongues)
    else:
        definitions, length = {header[told]: DEFINITION}, texts.length(rows, told)
    free = [n for n in unknown if header[n] not in definitions]
    term = texts.naming(free, rows, min(_NAME, length / 2))
    if term is None or length < texts.WORDED:
        return {}
    return {header[term]: TERM, **definitions}


def _terse(items: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """What the fields of some objects hold that are named by initials: ``{"q": …, "a": …}``."""
    keys = {key for item in items for key in item}
    for term, definition in (pair for pair in _PAIRS if keys.issuperset(pair)):
        named = [item for item in items if item.get(term) and item.get(definition)]
        said = [(str(item[term]), item[definition]) for item in named]
        if len(named) >= texts.DISTINCT * len(items) and all(
            isinstance(text, str) and any(map(str.isalpha, text)) and len(text) > len(name) / 2
            for name, text in said
        ):
            return {
                term: TERM,
                definition: "translation" if (term, definition) == _TRANSLATED else DEFINITION,
            }
    return {}


def _one_text(item: Mapping[str, Any], key: str) -> str:
    """A text, or that in the first of several languages; no address, and no number."""
    held = item.get(key)
    if isinstance(held, dict) and (tongues := of_keys(held)):
        held = held[next(iter(tongues))]
    return held if isinstance(held, str) and "://" not in held and not held.isdecimal() else ""


def rewritten(item: Mapping[str, Any], written: Callable[[str], str]) -> Mapping[str, Any]:
    """An object with its texts as a function writes them."""
    return remade(item, {k: written(v) if isinstance(v, str) else v for k, v in item.items()})


def renamed(item: Mapping[str, Any], known: Mapping[str, str]) -> Mapping[str, Any]:
    """An object with some of its fields under the names of what they hold."""
    return remade(item, {known.get(str(key), str(key)): value for key, value in item.items()})


def remade(item: Mapping[str, Any], held: Mapping[str, Any]) -> Mapping[str, Any]:
    """An object with other fields, where it stands."""
    kept: dict[str, Any] = tree.Mapping(item.line) if isinstance(item, tree.Mapping) else {}
    kept.update(held)
    return kept
