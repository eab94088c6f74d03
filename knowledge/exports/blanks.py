"""Blanks: where a text names its entry, so that a flash card does not give its answer away."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from knowledge.entry import Entry
from knowledge.glossary import Glossary
from knowledge.language import Span
from knowledge.mentions import Linker

_MOST_PLACES = 50  # of one text: each costs a reading of what follows it
_SHORT = 3  # letters: up to here capitals tell a name from a word, “Go” from “go”


class Piece(NamedTuple):
    """A piece of a text; ``named`` tells whether it is a name of the entry."""

    text: str
    named: bool


def parted(text: str, entry: Entry, also: Sequence[str] = ()) -> list[Piece]:
    """The text in pieces, the entry's names in it apart, in the forms that grammar gives them.

    ``also`` are names in other languages, which give the answer away too.
    """
    pieces: list[Piece] = []
    position = 0
    names = (*entry.names, *also)
    for start, end in _merged([*_linked(text, entry), *_written(text, names)]):
        pieces += [Piece(text[position:start], named=False), Piece(text[start:end], named=True)]
        position = end
    pieces.append(Piece(text[position:], named=False))
    return [piece for piece in pieces if piece.text]


def _linked(text: str, entry: Entry) -> Iterator[Span]:
    """The places that ``knowledge.mentions`` knows: plurals, articles, Arabic particles."""
    linker = Linker(Glossary(Path(), (entry,)))
    offset = 0
    for _ in range(_MOST_PLACES):
        link = next(iter(linker.find(text[offset:], entry.language)), None)
        if link is None:
            return
        yield Span(offset + link.span.start, offset + link.span.end)
        offset += link.span.end


def _written(text: str, names: Sequence[str]) -> Iterator[Span]:
    """The places where a name is written as it stands in the glossary, whatever it may mean."""
    for name in names:
        case = re.IGNORECASE if len(name) > _SHORT else 0
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text, case):
            yield Span(*match.span())


def _merged(spans: Sequence[Span]) -> Iterator[Span]:
    """The spans in order, those that overlap as one."""
    last: Span | None = None
    for span in sorted(spans):
        if last and span.start < last.end:
            last = Span(last.start, max(last.end, span.end))
            continue
        if last:
            yield last
        last = span
    if last:
        yield last
