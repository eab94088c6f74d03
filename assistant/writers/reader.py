"""The reader of a model's text, as it streams: sentences, and the ids that each ends with."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from knowledge.language.text import clean, sentences

# \d is any script's digit, and int() reads it. “【1†source】” is how some models learned to cite.
_ID = re.compile(r"(\d{1,4})(?:[.٫:](\d{1,4}))?")
_ONE = r"\^?\d{1,4}(?:[.٫:]\d{1,4})?"
_MARKER = re.compile(rf"[\[【［]\s*{_ONE}(?:[\s,،;؛、–-]+{_ONE})*\s*(?:†[^\]】］\n]*)?[\]】］]")
_RUN = re.compile(rf"{_MARKER.pattern}(?:\s*[,،;؛]\s*{_MARKER.pattern})*")
_CODE = re.compile(r"(`+)(?:(?!\1).)+\1")
_BREAKS = "\n\r\u2028\u2029"
_STOPS = "。！？"  # no space follows them
_PIECE = re.compile(rf"[\s{_STOPS}]|[^\s{_STOPS}]+")
# What no sentence ends within: its opening sign, and those that close it; or a sign that does both.
_PAIRS = (("“", "”„"), ("„", "“"), ("«", "»"), ("(", ")"), ("[", "]"), ("【", "】"), ("［", "］"))
_TWINS = ('"', "`", "**", "__")
_ITEM = re.compile(r"\s*(?:>|[-*+•‣▪◦–—]|\(?\d{1,3}[.)-])\s+")
_HEADING = re.compile(r"\s*(?:#{1,6}\s.*|(\*\*|__)[^*_]+\1:?\s*|[-*_=]{3,}\s*|```.*)")
_BOLD_SENTENCE = re.compile(r"[.!۔。]\s*(?:\*\*|__)\s*")
_STRONG = re.compile(
    r"(?<![\w*])\*{2,3}(?=\S)|(?<=\S)\*{2,3}(?![\w*])|(?<!\w)__(?=\S)|(?<=\S)__(?!\w)"
)
_SLANTED = re.compile(r"(?<![\w*])\*(?![\s*])([^*]+)(?<!\s)\*(?![\w*])|\b_(?![\s_])([^_]+)_\b")
_BETWEEN = re.compile(r"^[\s,،;؛:]+|(?:\s*[,،;؛])+(?=\s*(?:$|[,،;؛]|[.!?؟…。](?:\s|$)))")
_BEFORE_STOP = re.compile(r"\s+(?=[.!?؟,،;:)\]»”。]+(?:\s|$))")  # “if … then” has its space
_EMPTY = re.compile(r"[(\[]\s*[)\]]")
_ENDING = re.compile(r"[.!?։؟۔।。！？…]")
_MOST = 4000  # characters of a line: what goes on for longer has no end
_FENCE = "```"

Id = tuple[int, int | None]
"""A passage, and a sentence of it; None where the whole passage is named."""


class RawSentence(NamedTuple):
    """A sentence as written, without its markers."""

    text: str
    ids: tuple[Id, ...]
    """What it says that it rests on."""
    item: bool = False
    """Whether it is an item of a list."""
    cell: tuple[str, str] = ("", "")
    """Of a cell in a table: the label of its row, and the heading of its column."""


class Reader:
    """Collects text, cut anywhere, and gives back each sentence once it is complete.

    A sentence is complete when the first word of the next one is there, for only then are all its
    ids, or when its line ends. ``close`` gives back the last.
    """

    def __init__(self, language: str) -> None:
        self._language = language
        self._line = ""
        self._item = False
        self._opens = True
        """Whether nothing of the line has been given back."""
        self._fenced = False
        self._returned = False
        self._columns: list[str] | None = None

    def read(self, chunks: Iterable[str]) -> Iterator[RawSentence]:
        """The sentences of a text that comes in chunks."""
        for chunk in chunks:
            yield from self.feed(chunk)
        yield from self.close()

    def feed(self, chunk: str) -> Iterator[RawSentence]:
        """The sentences that a chunk completes."""
        for piece in _PIECE.findall(chunk):
            returned, self._returned = self._returned, piece == "\r"
            if piece not in _BREAKS:
                self._line += piece
                if (piece.isspace() or piece in _STOPS) and self._may_end():
                    yield from self._complete()
                if len(self._line) > _MOST and piece.isspace():
                    yield from self.close()
            elif piece != "\n" or not returned:
                yield from self.close()

    def close(self) -> Iterator[RawSentence]:
        """The sentences of a line that has come to its end, as the last does with the text."""
        line, self._line = self._line, ""
        is_row = False
        if line.lstrip().startswith(_FENCE):
            self._fenced = not self._fenced
        elif self._fenced or (self._opens and _is_heading(line)):
            pass
        elif is_row := self._opens and line.lstrip().startswith("|"):
            yield from self._row(line)
        else:
            yield from self._sentences(self._parted(line))
        self._opens = True
        self._columns = self._columns if is_row else None

    def _may_end(self) -> bool:
        """Whether a sentence may have ended; asked behind each word, however the text is cut."""
        whole = self._opens and self._line.lstrip().startswith(("|", "#", _FENCE))
        closed = not (self._fenced or whole or _is_open(self._line))
        return closed and bool(_ENDING.search(self._line))

    def _complete(self) -> Iterator[RawSentence]:
        """The sentences of an open line that another one follows, as its first word tells."""
        parts = self._parted(self._line)
        last = len(parts) - (1 if re.search(r"\w", parts[-1]) else 2)
        if last > 0:
            self._line = "".join(parts[last:])
            yield from self._sentences(parts[:last])

    def _parted(self, line: str) -> list[str]:
        """The sentences of a line, each with the markers behind it."""
        blank = _RUN.sub(lambda found: " " * len(found[0]), _hidden(line))
        starts = [0, *[span.start for span in sentences(blank, self._language)][1:], len(line)]
        return [line[start:end] for start, end in pairwise(starts)]

    def _sentences(self, parts: Sequence[str]) -> Iterator[RawSentence]:
        for part in parts:
            text = part
            if self._opens:
                item = _ITEM.match(text)
                self._item = bool(item)
                text = text[item.end() :] if item else text
            self._opens = False
            said, ids = _unmarked(text), _ids(text)
            if re.search(r"\w", said) and (ids or not said.endswith((":", "："))):
                yield RawSentence(said, ids, self._item)

    def _row(self, line: str) -> Iterator[RawSentence]:
        """The cells of a row of a table; its first row names the columns."""
        bare = line.strip().removeprefix("|").removesuffix("|")
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", bare)]
        if self._columns is None:
            self._columns = [_unmarked(cell) for cell in cells]
            return
        label = _unmarked(cells[0])
        for column, cell in zip(self._columns[1:], cells[1:], strict=False):
            said = _unmarked(cell)
            if re.search(r"\w", said):
                yield RawSentence(said, _ids(cell), cell=(label, column))


def _is_open(line: str) -> bool:
    """Whether a quotation, a bracket, code or emphasis of a line is not closed yet."""
    quoted = any(line.count(sign) % 2 for sign in _TWINS)
    return quoted or any(line.count(a) > sum(map(line.count, closing)) for a, closing in _PAIRS)


def _is_heading(line: str) -> bool:
    """Whether a line is a heading, a rule or a fence; a bold sentence with its ids is none."""
    bare = _MARKER.sub("", line)
    is_sentence = bare != line and _BOLD_SENTENCE.search(bare)
    return bool(_HEADING.fullmatch(bare)) and not is_sentence


def _hidden(text: str) -> str:
    """Text whose code holds no sign that could end a sentence or cite."""
    return _CODE.sub(lambda found: "x" * len(found[0]), text)


def _markers(text: str) -> Iterator[re.Match[str]]:
    """The markers of a text; an interval or a vector such as [0, 1] is none."""
    for found in _MARKER.finditer(_hidden(text)):
        if all(passage for passage, _ in _named(found)):
            yield found


def _named(marker: re.Match[str]) -> list[Id]:
    """The ids in a marker."""
    found = _ID.findall(marker[0].partition("†")[0])
    return [(int(passage), int(sentence) if sentence else None) for passage, sentence in found]


def _ids(text: str) -> tuple[Id, ...]:
    return tuple(dict.fromkeys(each for marker in _markers(text) for each in _named(marker)))


def _unmarked(text: str) -> str:
    """Text without its markers and signs of emphasis."""
    text = clean(text).replace("\ue001", "")
    markers = list(_markers(text))
    for marker in reversed(markers):
        text = f"{text[: marker.start()]} {text[marker.end() :]}"
    codes = [found[0] for found in _CODE.finditer(text)]
    bare = _STRONG.sub("", _CODE.sub("\ue001", text))
    bare = _SLANTED.sub(lambda found: found[1] or found[2], bare)
    bare = _EMPTY.sub("", " ".join(bare.split()))
    bare = _BEFORE_STOP.sub("", _BETWEEN.sub("", bare)) if markers else bare
    return re.sub("\ue001", lambda _: codes.pop(0), bare.strip(" \t|"))


def unbracketed(text: str) -> str:
    """Text whose numbers in brackets stand in round ones, so that who copies it cites nothing."""
    for marker in reversed(list(_markers(text))):
        text = f"{text[: marker.start()]}({marker[0][1:-1]}){text[marker.end() :]}"
    return text
