"""What was said: a turn's words as typed, and their plain form, in which patterns are found."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from knowledge.words import level

_ENDS = re.compile(r"[?؟!]['\"»”)]*$")
_SIGNS = re.compile(r"[^\w\s.]|_")
_FULL_STOP = re.compile(r"\.(?!\w)")
# Letters that level takes for others, by which an Arabic ending is told from a pronoun.
_KEPT = str.maketrans("ةئؤ", "\ue000\ue001\ue002")
_BACK = str.maketrans("\ue000\ue001\ue002", "ةئؤ")


def plainly(text: str) -> str:
    """Text levelled, but for Arabic letters that tell an ending from a pronoun."""
    return level(text.translate(_KEPT)).translate(_BACK)


@dataclass(frozen=True)
class Said:
    """Words as typed. A match in ``plain`` can be taken out of them, or replaced."""

    words: tuple[str, ...]
    mark: str = ""
    """The question mark that it ended with."""

    @classmethod
    def of(cls, text: str) -> "Said":
        """What a text says."""
        return cls(tuple(text.split()), text[-1] if text.endswith(("?", "؟")) else "")

    @property
    def text(self) -> str:
        """The words as they stand, with the question mark that they had."""
        text = " ".join(self.words).rstrip(" ,،;؛:-–—").lstrip(",،;؛:-–— ")
        return text + self.mark if text and text[-1] not in "?؟.!" else text

    @cached_property
    def plain_words(self) -> tuple[str, ...]:
        """Each word without case, marks and punctuation; some are several, some none."""
        return tuple(map(_plain, self.words))

    @cached_property
    def plain(self) -> str:
        """The words without case, marks and punctuation, parted by single spaces."""
        return " ".join(filter(None, self.plain_words))

    def finds(self, pattern: re.Pattern[str]) -> bool:
        """Whether a pattern is in the plain words."""
        return pattern.search(self.plain) is not None

    def place(self, pattern: re.Pattern[str]) -> int | None:
        """The first of the words in which a pattern is found."""
        found = pattern.search(self.plain)
        return self._reached(*found.span())[0] if found else None

    def without(self, pattern: re.Pattern[str]) -> "Said":
        """The words without those in which a pattern is found, wherever it is."""
        said = self
        while (found := pattern.search(said.plain)) and found.end() > found.start():
            said = said.replaced(found, "")
        return said

    def replaced(self, found: re.Match[str], text: str, group: str | int = 0) -> "Said":
        """The words with something else in place of those that a match in ``plain`` reaches."""
        first, last = self._reached(*found.span(group))
        new = (text,) if text else ()
        return Said((*self.words[:first], *new, *self.words[last + 1 :]), self.mark)

    def reached(self, found: re.Match[str], group: str | int = 0) -> range:
        """The places of the words that a match in ``plain`` reaches."""
        first, last = self._reached(*found.span(group))
        return range(first, last + 1)

    def _reached(self, start: int, end: int) -> tuple[int, int]:
        """The first and the last of the words that some characters of ``plain`` belong to."""
        reached, position = [], 0
        for number, word in enumerate(self.plain_words):
            if word:
                if position < end and position + len(word) > start:
                    reached.append(number)
                position += len(word) + 1
        return (reached[0], reached[-1]) if reached else (0, -1)

    def parted(self, joint: re.Pattern[str]) -> list["Said"]:
        """The pieces between joints, and behind question marks."""
        cuts = [n for n in range(1, len(self.words)) if _ENDS.search(self.words[n - 1])]
        levelled = [plainly(word) for word in self.words]
        starts = _starts(levelled)
        for found in joint.finditer(" ".join(levelled)):
            cuts += [n for n, start in enumerate(starts) if n and start >= found.start()][:1]
        edges = [0, *sorted(set(cuts)), len(self.words)]
        pieces = [self.words[a:b] for a, b in pairwise(edges)]
        return [Said(piece, self.mark) for piece in pieces if any(map(_plain, piece))]


def _starts(words: Sequence[str]) -> list[int]:
    starts, position = [], 0
    for word in words:
        starts.append(position)
        position += len(word) + 1
    return starts


def _plain(word: str) -> str:
    return " ".join(_FULL_STOP.sub(" ", _SIGNS.sub(" ", plainly(word))).split())
