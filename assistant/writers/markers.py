"""Markers: a model's text, as it streams, into sentences and the numbers that they cite."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from assistant.writers.pieces import Code, Marker, Pieces
from knowledge.language import clean, sentences

# Stand for a marker and for code in the text of a sentence, and never for themselves.
_MARK, _CODE = "\ue000", "\ue001"

_LINE_ENDS = "\r\n\u2028\u2029"
_ENDING = frozenset(".!?։؟۔܀܁܂।॥၊။።፧፨᙮᠃᠉‼‽⁇⁈⁉⸮。꓿꘎꘏︒﹒﹖﹗！．？｡")
_UNSPACED_ENDING = frozenset("。！．？｡")  # no space follows these
_CLOSING = frozenset("\"'”’»)]}›」』】）＂*_")
_PAIRS = ("()", "“”", "«»", "（）", "「」", "『』")
_LOW_QUOTE = "„"  # what it opens, “ closes

_LOOKBACK = 300  # characters: a bracket opened before was never meant to be closed
_LONGEST_WORD = 12  # letters that are waited for, where an abbreviation may stand before a word

_ORDINAL = re.compile(r"\d\.\W*$")  # “am 3. April”: the whole word decides
_NUMBERED = re.compile(r"\(?\d{1,3}[.)]+")
_ITEM = re.compile(r"\s*(?:(?:>|(?:[-*+•‣▪◦–—|]|#{1,6}|\(?\d{1,3}[.)])\s)\s*)+")
_STRONG = re.compile(
    r"(?<![\w*])\*{2,3}(?=\S)|(?<=\S)\*{2,3}(?![\w*])|(?<!\w)__(?=\S)|(?<=\S)__(?!\w)"
)
_WEAK = re.compile(r"(?<![\w*])([*_])(?=\S)((?:(?!\1).)+)(?<=\S)\1(?![\w*])")
_AROUND = " \t*_|"
_AFTER_FIRST = ":.,;،؛。"
_FIRST = re.compile(rf"\s*(?:{_MARK}\s*)+[{_AFTER_FIRST}]*")
_ALONE = re.compile(rf"[(\[（]\s*{_MARK}[\s,،;؛；、{_MARK}]*[)\]）]")
_SEVERAL = re.compile(rf"{_MARK}(?:[\s,،;؛；、]*{_MARK})+")
_BEFORE_STOP = re.compile(rf"\s*{_MARK}\s*(?=[\s.!?,:;)\]»”’…。！？，、：；）」』؟،؛۔।]|$)")
_BETWEEN = re.compile(rf"(\s*){_MARK}(\s*)")
_HAS_WORD = re.compile(r"\w")


class CitedSentence(NamedTuple):
    """A sentence without its markers, and the numbers that stood in them."""

    text: str
    numbers: tuple[int, ...]


class SentenceReader:
    """Collects text, cut anywhere, and gives back each sentence once it is complete.

    A sentence is complete when the next one has begun: only then are all the markers behind it
    there. ``close`` gives back the last. Each letter is looked at once, and where it may begin a
    sentence, the text as far as that letter decides: so what comes out never depends on how the
    text was cut.
    """

    def __init__(self, language: str, given: int) -> None:
        self._language = language
        self._given = given
        """Numbers above this were not given, and are dropped."""
        self._pieces = Pieces()
        self._text: list[str] = []
        """The letters of the sentence being read, and behind its end what may begin the next."""
        self._codes: list[str] = []
        self._numbers: list[int] = []
        self._end: int | None = None
        """Where the sentence may end, its closing quotes and markers included."""
        self._unspaced = False
        """Whether it may end there with no space behind it."""
        self._next: int | None = None
        """Where a word begins that will decide whether it does."""
        self._broken = False
        """Whether its line has ended."""
        self._opens_line = True
        self._led = False
        """Whether its marker stands before it: the one behind it is the next sentence's then."""

    def feed(self, chunk: str) -> Iterator[CitedSentence]:
        """The sentences that a chunk completes."""
        for piece in self._pieces.feed(chunk):
            yield from self._read(piece)

    def close(self) -> Iterator[CitedSentence]:
        """What is left when the text ends."""
        for piece in self._pieces.close():
            yield from self._read(piece)
        yield from self._decide()
        yield from self._cut(len(self._text))

    def _read(self, piece: str | Marker | Code) -> Iterator[CitedSentence]:
        if isinstance(piece, Marker):
            yield from self._read_marker(piece)
        elif isinstance(piece, Code):
            yield from self._read_letter(_CODE)
            self._codes.append(piece.text)
        else:
            yield from self._read_letter("\ufffd" if piece in (_MARK, _CODE) else piece)

    def _read_marker(self, marker: Marker) -> Iterator[CitedSentence]:
        yield from self._decide()
        begun = any(letter.isalnum() or letter == _CODE for letter in self._text)
        behind = begun and (self._broken or self._end is not None)
        if behind and self._led and self._text.count(_MARK) <= 1:
            yield from self._cut(len(self._text))
            begun = behind = False
        self._led = self._led or not begun
        self._text.append(_MARK)
        self._numbers += [n for n in marker.numbers if 1 <= n <= self._given]
        if behind:
            self._end = len(self._text)

    def _read_letter(self, letter: str) -> Iterator[CitedSentence]:
        at = len(self._text)
        word = letter.isalnum() or letter == _CODE
        if self._next is not None and not (word and at - self._next < _LONGEST_WORD):
            yield from self._decide()
        if letter in _LINE_ENDS:
            self._broken = self._broken or bool(self._text)
            return
        if self._broken:
            if letter.isspace() or (letter in _AFTER_FIRST and self._text[-1] == _MARK):
                return  # “[1]: …” at the beginning of a line
            yield from self._cut(len(self._text))
        at = len(self._text)
        self._text.append(letter)
        if letter in _ENDING:
            self._end, self._unspaced = at + 1, letter in _UNSPACED_ENDING
        elif self._end == at and letter in _CLOSING:
            self._end += 1
        elif word and self._end is not None and self._next is None:
            if not self._parted():  # “3.5”
                self._end = None
            elif not _ORDINAL.search("".join(self._text[max(0, at - 9) : at])) and self._ends():
                yield from self._cut(self._end)
            else:
                self._next = at

    def _parted(self) -> bool:
        """Whether there is a space, or a marker, between the end and the letter behind it."""
        end = self._end or 0
        between = self._text[end - 1 : -1]
        return self._unspaced or between[0] == _MARK or any(c.isspace() for c in between)

    def _ends(self) -> bool:
        """Whether the sentence ends where it may: not behind an abbreviation, or in brackets."""
        end = self._end or 0
        behind = "".join(self._text[end:])
        parted = behind[:1].isspace() or self._text[end - 1] == _MARK
        head = _plain("".join(self._text[max(0, end - _LOOKBACK) : end]))
        if _is_open(head) or (self._opens_line and _NUMBERED.fullmatch(head)):
            return False
        spans = sentences(f"{head}{' ' * parted}{_plain(behind)}", self._language)
        return any(span.start >= len(head) for span in spans[1:])

    def _decide(self) -> Iterator[CitedSentence]:
        """Decides, now that the word behind it is complete, whether the sentence has ended."""
        if self._next is None or self._end is None:
            return
        end, self._next = self._end, None
        if self._ends():
            yield from self._cut(end)
        else:
            self._end = None

    def _cut(self, end: int) -> Iterator[CitedSentence]:
        """The sentence as far as ``end``; what stands behind that begins the next."""
        text = "".join(self._text[:end])
        split = text.count(_CODE)
        codes, self._codes = self._codes[:split], self._codes[split:]
        sentence = _restored(_plain(text, opens_line=self._opens_line), codes)
        self._opens_line = self._broken
        self._text, self._end, self._next, self._broken = self._text[end:], None, None, False
        if _HAS_WORD.search(sentence):
            numbers, self._numbers, self._led = tuple(self._numbers), [], False
            yield CitedSentence(sentence, tuple(dict.fromkeys(numbers)))


def _is_open(text: str) -> bool:
    """Whether a bracket or a quotation is open at the end of a text."""
    pairs = [pair for pair in _PAIRS if pair != "“”" or _LOW_QUOTE not in text]
    opened = any(text.count(pair[0]) > text.count(pair[1]) for pair in pairs)
    return opened or text.count(_LOW_QUOTE) > text.count("“") or text.count('"') % 2 == 1


def _plain(text: str, *, opens_line: bool = False) -> str:
    """Text without markers, signs of emphasis and, where it opens a line, those of an item."""
    text = _STRONG.sub("", clean(text))
    text = _WEAK.sub(r"\2", text)
    text = _FIRST.sub("", text) if text.lstrip().startswith(_MARK) else text
    text = _ITEM.sub("", text, count=1) if opens_line and _ITEM.match(text) else text
    text = _SEVERAL.sub(_MARK, _ALONE.sub(_MARK, text))
    text = _BETWEEN.sub(lambda found: " " * bool(found[1] or found[2]), _BEFORE_STOP.sub("", text))
    return " ".join(text.split()).strip(_AROUND)


def _restored(text: str, codes: list[str]) -> str:
    """Text with its code again."""
    left = iter(codes)
    return re.sub(_CODE, lambda _: next(left, ""), text)
