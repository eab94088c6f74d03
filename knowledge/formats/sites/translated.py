"""Translated: terms that a glossary in another language gives in English, too, in brackets."""

import re
from collections.abc import Iterable

from knowledge.formats.sites.trimmed import unstarred
from knowledge.formats.sites.wording import name_and_aliases
from knowledge.language.text import base, log_odds

_BRACKETED = re.compile(r"([^()（）]*[^\W\d_]{2}[^()（）]*?)\s*[(（]([^\W\d_][^()（）.:;!?]+)[)）]")
_PARTS = re.compile(r"\s*[,/]\s*")
_ENDS = (")", "）")
_MOST_WORDS = 6
_LONG = 200  # characters
_HABIT = 8.0
"""Of the natural logarithm of the odds, in all: enough that one of the two is in English."""
_LEAST = 1.0
_SEVERAL = 3
_MOST = 500
"""Terms that are looked at: each costs a tenth of a millisecond."""

Parted = dict[str, tuple[str, tuple[str, ...]]]
"""What a term is called, and what else, by how it is written."""


def translated(terms: Iterable[tuple[str, str]]) -> Parted:
    """Of terms, each with its language: those with other names in brackets, parted from these.

    “Voisin bruyant (noisy neighbor)” is such, and “Norme (mathématiques)” is not: what stands in
    the brackets is English, and what stands before them is less so. “Event (evento)” is one if a
    third of the terms are written so: others may but tell in which sense a word is meant.
    """
    foreign: Parted = {}
    native: Parted = {}
    habits = [0.0, 0.0]
    count = 0
    for term, tongue in terms:
        count += bool(term)
        match = _BRACKETED.fullmatch(term) if term.endswith(_ENDS) and len(term) < _LONG else None
        language = base(tongue)
        if match is None or language in ("", "en") or len(foreign) + len(native) >= _MOST:
            continue
        name, *parts = (unstarred(match[1]), *_PARTS.split(match[2].strip()))
        if len(match[2].split()) > _MOST_WORDS or name_and_aliases(term)[1]:
            continue
        inner = min(log_odds(part, language, "en") for part in parts)
        said = log_odds(name, language, "en") - inner
        if said >= _LEAST and match[2].isascii():
            foreign[term] = name, tuple(parts)
        elif -said >= _LEAST and inner > 0:
            native[term] = name, tuple(parts)
        habits[0] += said
        habits[1] -= said
    often = len(native) >= max(_SEVERAL, count / 3) and habits[1] >= _HABIT
    return {**(foreign if habits[0] >= _HABIT else {}), **(native if often else {})}
