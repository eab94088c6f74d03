"""Pieces: a model's text, as it streams, told apart into letters, code and markers."""

import re
from collections.abc import Iterator
from typing import NamedTuple

# \d is any script's digit, and int() reads it.
_NUMBER = r"\^?\s*(\d{1,9})(?:\s*[-–—‑]\s*\^?(\d{1,9}))?"
_ITEM = re.compile(_NUMBER)
_PLAIN = _NUMBER.replace("(\\d", "(?:\\d")
_MARKER = re.compile(  # “【1†source】” is how some models were taught to cite
    rf"[\[【［]\s*{_PLAIN}(?:\s*[,،;؛；、\s]\s*{_PLAIN})*\s*(?:†[^\]】］]*)?[\]】］]"
)
_UNFINISHED = re.compile(r"[\[【［][\s\d^,،;؛；、–—‑-]*(?:†[^\]】］\n]*)?")
_CODE_OR_MARKER = re.compile(rf"(`+)[^`]+\1|{_MARKER.pattern}")
_OPENERS = "[【［"
_CLOSERS = "]】］"
_LONGEST = 60  # characters of a marker
_LONGEST_SPAN = 500  # and of code within a line
_TICK = "`"
_BLOCK = 3  # so many backticks may hold lines
_PER_RANGE = 50  # numbers; more is a slip


class Marker(NamedTuple):
    """The numbers of a citation, as written."""

    numbers: tuple[int, ...]


class Code(NamedTuple):
    """Code within a line, or lines of it, with its backticks."""

    text: str


Piece = str | Marker | Code


class Pieces:
    """Takes text cut anywhere and gives back its pieces: single letters, markers and code.

    What a piece is follows from the text alone, never from where it was cut: what may yet become a
    marker or code is held back until that is known.
    """

    def __init__(self) -> None:
        self._held: list[str] = []
        """What may yet be a marker, or is the code since its first backtick."""
        self._opened = 0
        """The backticks that opened the code, once they are counted."""
        self._run = 0
        """The backticks that the text now ends with."""

    def feed(self, chunk: str) -> Iterator[Piece]:
        """The pieces that a chunk completes."""
        for letter in chunk:
            if self._held and self._held[0] == _TICK:
                yield from self._read_code(letter)
            elif self._held:
                yield from self._read_marker(letter)
            elif letter == _TICK or letter in _OPENERS:
                self._held, self._opened, self._run = [letter], 0, 1
            else:
                yield letter

    def close(self) -> Iterator[Piece]:
        """What was held back when the text ends; the beginning of a marker is dropped."""
        held, self._held = "".join(self._held), []
        if not held.startswith(_TICK):
            return
        if self._opened and (self._opened >= _BLOCK or self._run == self._opened):
            yield Code(held)
            return
        ticks = self._opened or len(held)
        yield from held[:ticks]
        yield from self.feed(held[ticks:])
        yield from self.close()

    def _read_marker(self, letter: str) -> Iterator[Piece]:
        self._held.append(letter)
        held = "".join(self._held)
        if letter in _CLOSERS and _MARKER.fullmatch(held) and (numbers := _numbers(held)):
            self._held = []
            yield Marker(numbers)
        elif len(held) > _LONGEST or not _UNFINISHED.fullmatch(held):
            self._held = []
            yield held[0]
            yield from self.feed(held[1:])

    def _read_code(self, letter: str) -> Iterator[Piece]:
        if letter == _TICK:
            self._held.append(letter)
            self._run += 1
            return
        if self._opened and (self._run == self._opened or self._run > self._opened >= _BLOCK):
            code, self._held = Code("".join(self._held)), []
            yield code
            yield from self.feed(letter)
            return
        opened = self._opened = self._opened or self._run
        self._run = 0
        self._held.append(letter)
        if opened < _BLOCK and (letter == "\n" or len(self._held) > _LONGEST_SPAN):
            held, self._held = "".join(self._held), []
            yield from held[:opened]  # nothing closes these on their line: they are letters
            yield from self.feed(held[opened:])


def _numbers(marker: str) -> tuple[int, ...]:
    """The numbers of a marker; none where it is an interval, as in “a probability in [0, 1]”."""
    items = [(int(a), int(b or a)) for a, b in _ITEM.findall(marker.partition("†")[0])]
    if items[0][0] == 0 and items[-1][1] > 0:
        return ()
    spans = (range(a, min(b, a + _PER_RANGE) + 1) for a, b in items)
    return tuple(dict.fromkeys(number for span in spans for number in span))


def unmarked(text: str) -> str:
    """Text whose numbers in brackets stand in round ones, so that who copies it cites nothing."""

    def rounded(found: re.Match[str]) -> str:
        return found[0] if found[1] or not _numbers(found[0]) else f"({found[0][1:-1]})"

    return _CODE_OR_MARKER.sub(rounded, text)
