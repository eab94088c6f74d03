"""Objects: which fields of some that are alike hold what, told by their texts."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from statistics import median
from typing import Any

from knowledge.formats.tables import tree
from knowledge.formats.tables.columns import DEFINITION, TERM, column
from knowledge.formats.tables.tongues import language_of, of_keys
from knowledge.words import fold

_NAME = 60  # characters of a term
_DISTINCT = 0.9  # share of the objects
_WORDED = 12  # characters of what is said of a term
_ALIKE = 3  # objects
_WORDS = 4  # spaces in a name
_FAR = 3  # times as long: a text that goes on where another has said what the term is
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
    often = _DISTINCT * len(items)
    keys = [key for key in items[0] if sum(bool(item.get(key)) for item in items) >= often]
    columns = {key: found for key in items[0] if (found := column(str(key)))}
    terms = sorted((key for key in keys if columns.get(key) and columns[key].role == TERM),
                   key=lambda key: columns[key].rank)  # fmt: skip
    # Beside the surest they may say what it means, if nothing else does.
    labels = terms[1:] if "note" not in {found.role for found in columns.values()} else []
    known = {key: found.role for key, found in columns.items() if key not in labels}
    roles = {*known.values()}
    if {"acronym", "translation"} & roles or {TERM, DEFINITION} <= roles:
        return {}
    texts = {key: [_one_text(item, key) for item in items] for key in keys}
    lengths = {key: median(map(len, held)) for key, held in texts.items()}
    unknown = [key for key in keys if key not in known]
    longest = max(unknown, key=lambda key: lengths[key], default="")
    far = [key for key in unknown if lengths[key] > lengths[longest] / _FAR]
    longest = next((key for key in far if _are_sentences(texts[key])), longest)
    length = lengths.get(longest, 0)
    if TERM in roles:
        name = max(lengths.get(key, 0) for key in known if known[key] == TERM)
        if length > max(2 * name, _WORDED - 1):
            return {str(longest): DEFINITION}
        coded = [key for key in unknown if fold(str(key)) == _CODE and 0 < 2 * lengths[key] < name]
        return {_CODE: TERM, str(terms[0]): DEFINITION} if coded and name >= _WORDED else {}
    tongues = [key for key in keys if known.get(key) == "" and lengths[key] > length]
    if DEFINITION in roles:
        definitions, length = {}, 2 * _NAME
    elif _are_sentences(text for key in tongues for text in texts[key]):
        definitions = {str(key): f"{DEFINITION}_{language_of(str(key))}" for key in tongues}
        length = min(lengths[key] for key in tongues)
    else:
        definitions = {str(longest): DEFINITION}
    for key in unknown if length >= _WORDED else ():
        short = 0 < lengths[key] <= min(_NAME, length / 2)
        if short and len({*texts[key]}) >= often and str(key) not in definitions:
            return {str(key): TERM, **definitions}
    return {}


def _terse(items: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """What the fields of some objects hold that are named by initials: ``{"q": …, "a": …}``."""
    keys = {key for item in items for key in item}
    for term, definition in (pair for pair in _PAIRS if keys.issuperset(pair)):
        named = [item for item in items if item.get(term) and item.get(definition)]
        texts = [(str(item[term]), item[definition]) for item in named]
        if len(named) >= _DISTINCT * len(items) and all(
            isinstance(text, str) and any(map(str.isalpha, text)) and len(text) > len(name) / 2
            for name, text in texts
        ):
            return {
                term: TERM,
                definition: "translation" if (term, definition) == _TRANSLATED else DEFINITION,
            }
    return {}


def _are_sentences(texts: Iterable[str]) -> bool:
    """Whether most texts are sentences, and no names."""
    ends = [text.endswith((".", "。", "।", "؟")) or text.count(" ") > _WORDS for text in texts]
    return sum(ends) > len(ends) / 2


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
