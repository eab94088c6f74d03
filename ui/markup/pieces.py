"""A text as pieces, some of which are set apart: links, quoted words, what was searched for."""

from collections.abc import Iterable
from typing import TypeVar

from knowledge.language.text import Span
from knowledge.linking import Link

T = TypeVar("T")
Pieces = list[tuple[str, T | None]]  # each piece with what it is set apart for, or None


def split(text: str, spans: Iterable[tuple[int, int, T]]) -> Pieces[T]:
    """A text at spans that do not overlap, in order, each with what it is set apart for."""
    pieces: Pieces[T] = []
    position = 0
    for start, end, value in spans:
        pieces += [(text[position:start], None), (text[start:end], value)]
        position = end
    return [piece for piece in (*pieces, (text[position:], None)) if piece[0]]


def linked(text: str, links: Iterable[Link], within: Span | None = None) -> Pieces[str]:
    """A text, or a span of it, in which the terms of links that lie wholly in it are set apart."""
    first, last = within or (0, len(text))
    spans = ((*link.span, link.entry_id) for link in links)
    kept = ((s - first, e - first, i) for s, e, i in spans if first <= s and e <= last)
    return split(text[first:last], kept)
