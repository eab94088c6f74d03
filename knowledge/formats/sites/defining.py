"""Defining: what the fields of a page say its term is, where its text does not."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from knowledge.formats.sites import fields
from knowledge.formats.sites.wording import asked_for, is_called
from knowledge.language.words import fold, is_unspaced

_TOLD = 40  # characters of a description that may define
_SAME = 2  # words
_SHORT = 3  # letters: such words are in any text
_SHARED = 0.6
_LEADS_IN = re.compile(r"(?:learn|discover|find out|explore|read|see|this|how to)\b", re.IGNORECASE)
_ONE = r"(?:an?|une?|ein|eine|um|uma|una|uno|een|en|ett|et)\s"
_ARTICLE = (
    r"(?:(?:an?|the|une?|le|la|les|eine?|der|die|das|uma?|os?|as?|una|el|los|las|il|lo|i)\s|l)?"
)


def stated(text: str, heading: str, given: Mapping[str, Any], names: Sequence[str]) -> str:
    """What fields say that define the term, where the text above the headings does not.

    A field that is called a definition always does; a short one, where the text does not begin as
    a definition does. A description may: of a page that is said to be of a term, or where the text
    goes on from it. ``heading`` is that of the first section.
    """
    if sure := fields.first(given, fields.SURE):
        return sure
    if described := _described(text, given, names):
        return described
    said = fields.first(given, (*fields.SHORT, "summary")) if text else ""
    said = "" if _LEADS_IN.match(said) else said
    said = said or fields.description_of_a_term(given)
    return "" if not said or _defines(text or heading, said, names) else said


def _described(text: str, given: Mapping[str, Any], names: Sequence[str]) -> str:
    """A description that the text goes on from, as it does not name what it is about.

    One that names the term is about the page, and written for search engines.
    """
    said = fields.first(given, fields.DESCRIPTIONS) if text else ""
    if len(said) < _TOLD or _LEADS_IN.match(said):
        return ""
    opening = text.split("\n\n", maxsplit=1)[0]
    return (
        "" if any(_is_named(name, whole) for name in names for whole in (opening, said)) else said
    )


def _defines(text: str, said: str, names: Sequence[str]) -> bool:
    """Whether a page's first paragraph, or heading, is on what its term is.

    It begins with the term (“A tide is …”), or as what is said elsewhere does; holds most words of
    that; says what kind of thing it is; or asks.
    """
    if asked_for(text) != text or is_called(text, "definition"):
        return True
    opening = fold(text.split("\n\n", maxsplit=1)[0])
    words, told = opening.split(), fold(said).split()
    if words[:_SAME] == told[:_SAME] or re.match(_ONE, opening):
        return True
    if any(re.match(rf"{_ARTICLE}{re.escape(fold(name))}\b", opening) for name in names):
        return True
    long = [word for word in told if len(word) > _SHORT or is_unspaced(word)]
    return sum(word in words for word in long) >= _SHARED * len(long)


def _is_named(name: str, text: str) -> bool:
    """Whether a text holds half the words of a name, or more."""
    words, within = fold(name).split(), fold(text)
    return 2 * sum(word.rstrip("s") in within for word in words) >= len(words)
