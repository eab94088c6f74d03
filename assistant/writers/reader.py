"""The reader of a model's text, as it streams: sentences, and what the ids of each name."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from assistant.writers import Draft, Paragraph
from knowledge.language.text import clean, sentences

# \d is any script's digit, and int() reads it. “【1†source】” is how some models learned to cite;
# an interval or a vector such as [0, 1] is no marker, and nothing within code is.
_ID = re.compile(r"(\d{1,4})(?:[.٫:](\d{1,4}))?")
_ONE = r"\^?(?![0٠])\d{1,4}(?:[.٫:]\d{1,4})?"
_MARKER = rf"[\[【［]\s*{_ONE}(?:[\s,،;؛、–-]+{_ONE})*\s*(?:†[^\]】］\n]*)?[\]】］]"
_RUN = re.compile(rf"{_MARKER}(?:\s*[,،;؛]\s*{_MARKER})*")
_CODE = r"(?P<code>(?P<tick>`+)(?:(?!(?P=tick)).)+(?P=tick))"
_IN_CODE = re.compile(_CODE)
_MARKED = re.compile(rf"{_CODE}|(?P<marker>{_MARKER})")
_EMPHASIS = re.compile(
    rf"{_CODE}|(?<![\w*])\*{{2,3}}(?=\S)|(?<=\S)\*{{2,3}}(?![\w*])|(?<!\w)__(?=\S)|(?<=\S)__(?!\w)"
    r"|(?<![\w*])\*(?![\s*])(?P<slanted>[^*]+)(?<!\s)\*(?![\w*])|\b_(?![\s_])(?P<low>[^_]+)_\b"
)
_BREAKS = "\n\u2028\u2029"
_STOPS = "。！？"  # no space follows them
_PIECE = re.compile(rf"[\s{_STOPS}]|[^\s{_STOPS}]+")
# What no sentence ends within: its opening sign, and those that close it; or a sign that does both.
_PAIRS = (("“", "”„"), ("„", "“"), ("«", "»"), ("(", ")"), ("[", "]"), ("【", "】"), ("［", "］"))
_TWINS = ('"', "`", "**", "__")
_ITEM = re.compile(r"\s*(?:>|[-*+•‣▪◦–—]|\(?\d{1,3}[.)-])\s+")
_HEADING = re.compile(r"\s*(?:#{1,6}\s.*|(\*\*|__)[^*_]+\1:?\s*|[-*_=]{3,}\s*|```.*)")
_BOLD_SENTENCE = re.compile(r"[.!۔。]\s*(?:\*\*|__)\s*")
_BETWEEN = re.compile(r"^[\s,،;؛:]+|(?:\s*[,،;؛])+(?=\s*(?:$|[,،;؛]|[.!?؟…。](?:\s|$)))")
_BEFORE_STOP = re.compile(r"\s+(?=[.!?؟,،;:)\]»”。]+(?:\s|$))")  # “if … then” has its space
_EMPTY = re.compile(r"[(\[]\s*[)\]]")
_ENDING = re.compile(r"[.!?։؟۔।。！？…]")
_MOST = 4000  # characters of a line: what goes on for longer has no end
_FENCE = "```"


class Reader:
    """Collects text, cut anywhere, and gives back each sentence once it is complete.

    A sentence is complete when the first word of the next one is there, for only then are all its
    ids, or when its line ends. ``close`` gives back the last. Ids are those of ``given``.
    """

    def __init__(self, language: str, given: Sequence[Paragraph]) -> None:
        self._language, self._given = language, given
        self._line = ""
        self._item = False
        self._opens = True
        """Whether nothing of the line has been given back."""
        self._fenced = False
        self._columns: list[str] | None = None

    def read(self, chunks: Iterable[str]) -> Iterator[Draft]:
        """The sentences of a text that comes in chunks."""
        for chunk in chunks:
            yield from self.feed(chunk)
        yield from self.close()

    def feed(self, chunk: str) -> Iterator[Draft]:
        """The sentences that a chunk completes."""
        for piece in _PIECE.findall(chunk):
            if piece in _BREAKS:
                yield from self.close()
                continue
            self._line += piece
            if (piece.isspace() or piece in _STOPS) and self._may_end():
                yield from self._complete()
            if len(self._line) > _MOST and piece.isspace():
                yield from self.close()

    def close(self) -> Iterator[Draft]:
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

    def _complete(self) -> Iterator[Draft]:
        """The sentences of an open line that another one follows, as its first word tells."""
        parts = self._parted(self._line)
        last = len(parts) - (1 if re.search(r"\w", parts[-1]) else 2)
        if last > 0:
            self._line = "".join(parts[last:])
            yield from self._sentences(parts[:last])

    def _parted(self, line: str) -> list[str]:
        """The sentences of a line, each with the markers behind it."""
        hidden = _IN_CODE.sub(lambda found: "x" * len(found[0]), line)
        blank = _RUN.sub(lambda found: " " * len(found[0]), hidden)
        starts = [0, *[span.start for span in sentences(blank, self._language)][1:], len(line)]
        return [line[start:end] for start, end in pairwise(starts)]

    def _sentences(self, parts: Sequence[str]) -> Iterator[Draft]:
        for part in parts:
            text = part
            if self._opens:
                item = _ITEM.match(text)
                self._item = bool(item)
                text = text[item.end() :] if item else text
            self._opens = False
            draft = self._draft(text, item=self._item)
            named = draft.rests or draft.within
            if re.search(r"\w", draft.text) and (named or not draft.text.endswith((":", "："))):
                yield draft

    def _row(self, line: str) -> Iterator[Draft]:
        """The cells of a row of a table; its first row names the columns."""
        bare = line.strip().removeprefix("|").removesuffix("|")
        label, *cells = (cell.strip() for cell in re.split(r"(?<!\\)\|", bare))
        if self._columns is None:
            self._columns = list(map(_unmarked, cells))
            return
        for column, cell in zip(self._columns, cells, strict=False):
            draft = self._draft(cell, cell=(_unmarked(label), column))
            if re.search(r"\w", draft.text):
                yield draft

    def _draft(self, text: str, **form: Any) -> Draft:  # noqa: ANN401  (fields of a draft)
        """A sentence with what its ids name; those that were not given name nothing."""
        rests, within = Paragraph(), Paragraph()
        markers = (found["marker"] or "" for found in _MARKED.finditer(text))
        ids = (each for marker in markers for each in _ID.findall(marker.partition("†")[0]))
        for passage, sentence in dict.fromkeys(ids):
            paragraph = next(iter(self._given[int(passage) - 1 : int(passage)]), ())
            if sentence:
                rests += paragraph[max(int(sentence) - 1, 0) : int(sentence)]
            else:
                within += paragraph
        return Draft(_unmarked(text), rests, within, **form)


def _is_open(line: str) -> bool:
    """Whether a quotation, a bracket, code or emphasis of a line is not closed yet."""
    quoted = any(line.count(sign) % 2 for sign in _TWINS)
    return quoted or any(line.count(a) > sum(map(line.count, closing)) for a, closing in _PAIRS)


def _is_heading(line: str) -> bool:
    """Whether a line is a heading, a rule or a fence; a bold sentence with its ids is none."""
    bare = _RUN.sub("", line)
    is_sentence = bare != line and _BOLD_SENTENCE.search(bare)
    return bool(_HEADING.fullmatch(bare)) and not is_sentence


def _unmarked(text: str) -> str:
    """Text without its markers and signs of emphasis."""
    text = clean(text)
    unmarked = _MARKED.sub(lambda found: found["code"] or "  ", text)
    bare = _EMPHASIS.sub(lambda f: f["code"] or f["slanted"] or f["low"] or "", unmarked)
    bare = _EMPTY.sub("", " ".join(bare.split()))
    bare = _BEFORE_STOP.sub("", _BETWEEN.sub("", bare)) if unmarked != text else bare
    return bare.strip(" \t|")


def unbracketed(text: str) -> str:
    """Text whose numbers in brackets stand in round ones, so that who copies it cites nothing."""
    return _MARKED.sub(lambda found: found["code"] or f"({found['marker'][1:-1]})", text)
