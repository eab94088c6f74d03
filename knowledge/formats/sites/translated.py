"""Translated: terms that the writer of a glossary gives in English, too, in brackets."""

import re
from collections.abc import Iterable

from knowledge.formats.sites.wording import name_and_aliases
from knowledge.language import base, leaning

_BRACKETED = re.compile(r"([^()（）]*[^\W\d_]{2}[^()（）]*?)\s*[(（]([a-zA-Z][a-zA-Z ,/'’-]+)[)）]")
_PARTS = re.compile(r"\s*[,/]\s*")
_ENDS = (")", "）")
_MOST_WORDS = 6
_LONG = 200  # characters
_HABIT = 8.0
"""Of the natural logarithm of the odds, in all: enough that the brackets are in English."""
_LEAST = 1.0
_MOST = 500
"""Terms that are looked at: each costs a tenth of a millisecond."""


def translated(terms: Iterable[tuple[str, str]]) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Of terms, each with its language: those with English names in brackets, parted from these.

    “Voisin bruyant (noisy neighbor)” is such, and “Norme (mathématiques)” is not: what stands in
    the brackets is in another language than what stands before them.
    """
    found: dict[str, tuple[str, tuple[str, ...]]] = {}
    habit = 0.0
    for term, tongue in terms:
        match = _BRACKETED.fullmatch(term) if term.endswith(_ENDS) and len(term) < _LONG else None
        language = base(tongue)
        if match is None or language in ("", "en") or len(found) >= _MOST:
            continue
        name, *parts = (match[1].strip("*_ "), *_PARTS.split(match[2].strip()))
        if len(match[2].split()) > _MOST_WORDS or name_and_aliases(term)[1]:
            continue
        said = leaning(name, language, "en") - min(leaning(p, language, "en") for p in parts)
        habit += said
        if said >= _LEAST:
            found[term] = name, tuple(parts)
    return found if habit >= _HABIT else {}
