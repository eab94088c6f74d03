"""Cloze texts: where a text names its entry, so that a flash card does not give its answer away."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from knowledge.entry import Entry
from knowledge.glossary import Glossary
from knowledge.language.text import Span
from knowledge.linking import Linker

_MOST_PLACES = 50  # of one text: each costs a reading of what follows it
_SHORT = 3  # letters: up to here capitals tell a name from a word, “Go” from “go”


class BlankSegment(NamedTuple):
    """A piece of a text; ``named`` tells whether it is a name of the entry."""

    text: str
    named: bool


class Blanks:
    """Finds the names of one entry; ``also`` are others that give it away, in other languages."""

    def __init__(self, entry: Entry, also: Sequence[str] = ()) -> None:
        self._language = entry.language
        self._linker = Linker(Glossary(Path(), (entry,)))
        names = sorted({*entry.names, *also}, key=len, reverse=True)
        self._written = re.compile(rf"(?<!\w)(?:{'|'.join(map(_cased, names))})(?!\w)")

    def split(self, text: str) -> list[BlankSegment]:
        """The text in pieces, the names in it apart, in the forms that grammar gives them."""
        pieces: list[BlankSegment] = []
        position = 0
        written = (Span(*match.span()) for match in self._written.finditer(text))
        for start, end in _merged([*self._linked(text), *written]):
            pieces += [
                BlankSegment(text[position:start], named=False),
                BlankSegment(text[start:end], named=True),
            ]
            position = end
        pieces.append(BlankSegment(text[position:], named=False))
        return [piece for piece in pieces if piece.text]

    def _linked(self, text: str) -> Iterator[Span]:
        """The places that ``knowledge.linking`` knows: plurals, articles, Arabic particles."""
        offset = 0
        for _ in range(_MOST_PLACES):
            link = next(iter(self._linker.find(text[offset:], self._language)), None)
            if link is None:
                return
            yield Span(offset + link.span.start, offset + link.span.end)
            offset += link.span.end


def _cased(name: str) -> str:
    """A pattern for a name as it is written, in whatever case unless it is short."""
    return re.escape(name) if len(name) <= _SHORT else f"(?i:{re.escape(name)})"


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
