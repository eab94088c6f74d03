"""Markers: a model's text, as it streams, into sentences and the numbers that they cite."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from knowledge.language import clean, sentences

_NUMBER = r"\d{1,3}"  # \d is any script's digit, and int() reads it
_MARKER = re.compile(rf"\s*[\[【]\s*({_NUMBER}(?:\s*[,،;]\s*{_NUMBER})*)\s*[\]】]")
_UNFINISHED = re.compile(r"\s*[\[【][\d\s,،;]*$")
_LEADING = re.compile(rf"(?:{_MARKER.pattern})+[.。؟?!]?")
_HAS_WORD = re.compile(r"\w")


class CitedSentence(NamedTuple):
    """A sentence without its markers, and the numbers that stood in them."""

    text: str
    numbers: tuple[int, ...]


class SentenceReader:
    """Collects chunks of text, cut anywhere, and gives back each sentence once it is complete.

    A sentence is complete when the next one has begun: only then are all the markers behind it
    there. ``close`` gives back the last.
    """

    def __init__(self, language: str) -> None:
        self._language = language
        self._text = ""

    def feed(self, chunk: str) -> Iterator[CitedSentence]:
        """The sentences that a chunk completes."""
        self._text += chunk
        if _UNFINISHED.search(self._text):
            return
        pieces = self._pieces()
        if len(pieces) > 1:
            self._text = pieces.pop()
            yield from _read(pieces)

    def close(self) -> Iterator[CitedSentence]:
        """What is left when the text ends."""
        yield from _read(self._pieces())
        self._text = ""

    def _pieces(self) -> list[str]:
        """The sentences, each with the markers behind it; their order and text kept."""
        text = clean(self._text)
        starts = [span.start for span in sentences(text, self._language)]
        cuts = [0]
        for start in starts[1:]:
            marker = _LEADING.match(text, start)
            cut = marker.end() if marker else start
            if cut < len(text) and cut > cuts[-1] and _HAS_WORD.search(text[cut:]):
                cuts.append(cut)
        ends = [*cuts[1:], len(text)]
        return [text[start:end] for start, end in zip(cuts, ends, strict=True)]


def _read(pieces: list[str]) -> Iterator[CitedSentence]:
    for piece in pieces:
        numbers = [
            int(number)
            for marker in _MARKER.finditer(piece)
            for number in re.findall(_NUMBER, marker[1])
        ]
        text = " ".join(_MARKER.sub("", piece).split())
        if _HAS_WORD.search(text):
            yield CitedSentence(text, tuple(dict.fromkeys(numbers)))
