"""Pointing: the words of a piece that point back, and the piece with a term in their place."""

import re
from collections.abc import Iterator

from assistant.phrases import Phrases, Refer
from assistant.piece import Piece
from assistant.said import Said

_IT = "it"
"""The group of a pattern that is what points back, where that is less than the match."""


def pointed(piece: Piece, refer: Refer, *, known: bool = True) -> int | None:
    """The place of the first word that points back at what was said; None if there is none.

    Args:
        piece: the words.
        refer: what points back in their language.
        known: whether something was said before; else a name is the subject of a verb before it.
    """
    said = piece.said
    places = [said.reached(found, group).start for found, group in _pointing(said, refer)]
    for subject in refer.implied.finditer(said.plain):
        reached = said.reached(subject)
        near = reached.stop == piece.first and piece.kind != "check"
        if reached.stop <= piece.first and (not piece.names or (known and not near)):
            places.append(reached.start)
    return min(places, default=None)


def standing(piece: Piece, terms: list[str], words: Phrases) -> Said | None:
    """The piece with terms in place of what points back; None where none can stand there."""
    every = sorted(_pointing(piece.said, words.refer), key=lambda p: p[0].start(p[1]))
    if not every:
        return None
    found, group = every[0]
    if piece.said.reached(found, group).start > piece.first:
        return None
    parts = words.refer.ending.match(found[group])
    if not parts or not (form := words.attached.get(parts["core"], words.attached.get(""))):
        return None
    text = parts["joined"] + form.format(term=words.listed(terms))
    return piece.said.replaced(found, text, group)


def _pointing(said: Said, refer: Refer) -> Iterator[tuple[re.Match[str], str | int]]:
    """What points back, and its group in the match, but for what stands for nothing."""
    void = [found.span() for found in refer.expletive.finditer(said.plain)]
    for pattern in (refer.pronoun, *refer.pointer):
        for found in pattern.finditer(said.plain):
            group = _IT if found.groupdict().get(_IT) else 0
            start, end = found.span(group)
            if not any(a < end and start < b for a, b in void):
                yield found, group
