"""Beginnings: other names of a term, and remarks, that what is said of it begins with."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from knowledge.formats.sites.labels import RECURRING
from knowledge.formats.sites.lead import Term, after
from knowledge.formats.sites.referral import seen
from knowledge.formats.sites.translated import translated
from knowledge.formats.sites.wording import (
    NAMES_APART,
    in_other_scripts,
    is_called,
    is_label,
    name_and_aliases,
    other_name,
)

_IN_BRACKETS = re.compile(r"[(（]([^()（）.。!?؟\n]{1,80})[)）]\s*([:：]?)[,;،]?\s*")
_MOST_WORDS = 6  # of another name
_MARKED = re.compile(r"[.。!?؟:：]")


class _Head(NamedTuple):
    """What a definition begins with that may be other names."""

    text: str
    rest: str
    """The first paragraph without it."""
    bracketed: bool
    perhaps: bool
    """Whether it is one if it is known to be: a colon parts it from the rest, or a line."""


def taken(terms: Sequence[Term], names: Sequence[str], tongues: Sequence[str]) -> None:
    """Takes other names, and remarks of grammar, from before the definitions of terms.

    ``names`` are what the terms are called, and ``tongues`` their languages.
    """
    heads = [_head(term) for term in terms]
    lines = sum(head is not None and not head.bracketed for head in heads)
    kept = [h if h and (h.bracketed or lines >= RECURRING) else None for h in heads]
    whole = [
        f"{name} ({head.text})" if head and head.perhaps else ""
        for name, head in zip(names, kept, strict=True)
    ]
    known = translated(zip(whole, tongues, strict=True))
    for term, head, name in zip(terms, kept, whole, strict=True):
        if head:
            _named(term, head, (known.get(name) or name_and_aliases(name))[1])
        _remarked(term)
        _translated(term)


def _head(term: Term) -> _Head | None:
    """What is in brackets before a definition, or alone in a paragraph above it."""
    if not term.blocks or term.blocks[0].kind in ("heading", "code"):
        return None
    first, *below = term.blocks
    if match := _IN_BRACKETS.match(first.text):
        return _Head(match[1], first.text[match.end() :], bracketed=True, perhaps=bool(match[2]))
    apart = first.kind == "text" and bool(below) and below[0].kind == "text"
    if not apart or first.lead or not _is_name(first.text):
        return None
    return _Head(first.text, "", bracketed=False, perhaps=True)


def _named(term: Term, head: _Head, others: Sequence[str]) -> None:
    """Takes other names out of a definition that begins with them.

    They are a paragraph in brackets, are said to be such (“(also: Tide) …”), or ``others``, of
    which that is known.
    """
    first = term.blocks[0]
    names: Sequence[str] = NAMES_APART.split(other_name(head.text))
    alone = head.bracketed and not head.rest and first.kind == "text" and len(term.blocks) > 1
    said = head.rest and other_name(head.text) != head.text and not seen(head.text)
    if not (alone or said) or not all(map(_is_name, names)):
        names = others
    if names:
        term.aliases = [*term.aliases, *names]
        kept = [replace(first, text=head.rest, lead="", strong=False)] if head.rest else []
        term.blocks = [*kept, *term.blocks[1:]]


def _is_name(text: str) -> bool:
    return len(text.split()) <= _MOST_WORDS and not _MARKED.search(text)


def _remarked(term: Term) -> None:
    """Takes a remark of grammar, on a line of its own, from before a definition: “noun”."""
    first = term.blocks[0] if term.blocks else None
    if first is None or first.kind != "text":
        return
    line, _, rest = first.text.partition("\n")
    told = all(is_called(word.strip(" *_()"), "grammar") for word in re.split(r"[,;/]", line))
    if told and rest:
        term.blocks = [replace(first, text=rest, lead="", strong=False), *term.blocks[1:]]
    elif told and len(term.blocks) > 1 and term.blocks[1].kind != "heading":
        term.blocks = term.blocks[1:]


def _translated(term: Term) -> None:
    """Takes the name in another script out of a definition that begins with it: “*Tide* — …”."""
    first = term.blocks[0] if term.blocks else None
    if first is None or not first.lead or first.kind != "text" or is_label(first.lead):
        return
    found = after(first)
    if found and found[1] and in_other_scripts(term.name, first.lead) and first.lead[0].isalpha():
        name, others = name_and_aliases(first.lead)
        term.aliases = [*term.aliases, name, *others, *found[0]]
        term.blocks = [replace(first, text=found[1], lead=""), *term.blocks[1:]]
