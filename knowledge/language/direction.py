"""Direction: what runs from left to right within text that is written from right to left.

By the Unicode Bidirectional Algorithm (UAX 9) signs take their direction from what is around them:
in an Arabic line −4 × 6 = −24 comes out as 24− = 6 × 4−, and of two Latin names with an Arabic
comma between them the second is read first. Such a run is put between an isolate and its end.
In a text that is itself written from left to right it is the Arabic words that are isolated.
"""

import re
from collections.abc import Iterable, Iterator
from typing import TypeVar

from knowledge.language.text import Span

T = TypeVar("T")
Pieces = list[tuple[str, T | None]]  # each piece of a text with what it is set apart for, or None

ISOLATE, END = "\u2066", "\u2069"  # LRI and PDI
_RTL = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_ISOLATED = re.compile("[\u2066-\u2068]")
_HAS_RTL = re.compile(f"[{_RTL}]")
_WORDS = re.compile(f"[{_RTL}](?:[{_RTL}\\s]*[{_RTL}])?")
_STRETCH = re.compile(f"[^{_RTL}«»…\n\u2066-\u2069]+")
# What stands in brackets; not words behind a word, «A/B (A/B test)», which are read after it.
_PAIR = re.compile(
    r"(?<!\w )\([^()]*\)|\((?![^()=]*[A-Za-z]{2}[^()=]*\))[^()]*\)"
    r"|\[[^\[\]]*\]|\{[^{}]*\}|“[^“”]*”|\"[^\"]*\""
)
_DEEPEST = 4  # brackets in brackets
# A bracket without its other, and the end of a sentence.
_CUT = re.compile(r"[()\[\]{}“”\"]|(?<=[.!?])\s+|$")
# What a run does not begin with: a sign that stands alone, a stray mark, and a number before a
# word, which is read first; and what it does not end with.
_BEFORE = re.compile(r"(?:\s+|[^\w\s]+(?=\s)|[,;:!?]+|[\d.,%]+\s+(?=[^\W\d]))*")
_AFTER = re.compile(r"(?:\s+|(?<=\s)[^\w\s]+(?=\s|$)|[.,;:!?]+)*$")
# A letter or a sign; a number alone is shown as it is written.
_DIRECTED = re.compile("[A-Za-zÀ-ɏͰ-Ͽ=<>≤≥≈≠×÷*^√∑∞+/→[{]|[-−]\\d")
# «10 مليارات × 20 = 200»: numbers in a sum of words run as the words do.
_OPERATOR = re.compile("[-−+×÷*/]")
_LETTER = re.compile("[A-Za-zÀ-ɏͰ-Ͽ]")
_SHORT = 24  # characters: they fit on any line, and are not broken


def isolate_runs(text: str, within: Span | None = None) -> str:
    """A text with its runs isolated, or a span of it with what of them begins or ends there.

    Short runs are not broken across lines. ``clean`` takes the isolates away again.
    """
    start, last = within or Span(0, len(text))
    made, position = [], start
    for run in runs(text):
        first, end = max(run.start, start), min(run.end, last)
        if first < end:
            shown = text[first:end]
            if run.end - run.start <= _SHORT:
                shown = shown.replace(" ", "\u00a0").replace("-", "-\u2060")
            begins, ends = run.start >= start, run.end <= last
            made += [text[position:first], ISOLATE * begins, shown, END * ends]
            position = end
    return "".join((*made, text[position:last]))


def split(text: str, spans: Iterable[tuple[int, int, T]], within: Span | None = None) -> Pieces[T]:
    """A text, or a span of it, at spans that do not overlap, in order; its runs are isolated."""
    position, last = within or Span(0, len(text))
    pieces: Pieces[T] = []
    for start, end, value in spans:
        pieces += [(isolate_runs(text, Span(position, start)), None)] * (position < start)
        pieces.append((isolate_runs(text, Span(start, end)), value))
        position = end
    return [*pieces, *[(isolate_runs(text, Span(position, last)), None)] * (position < last)]


def runs(text: str) -> Iterator[Span]:
    """Formulas, negative numbers, code and Latin words in a text with right-to-left letters.

    In a text that begins with Latin letters and has more of them than others: these others.
    """
    if _ISOLATED.search(text) or not (arabic := _HAS_RTL.findall(text)):
        return
    latin = _LETTER.findall(text)
    if len(latin) > len(arabic) and text.find(latin[0]) < text.find(arabic[0]):
        yield from (Span(*found.span()) for found in _WORDS.finditer(text))
        return
    for stretch in _STRETCH.finditer(text):
        masked, start = stretch[0], stretch.start()
        if text[start - 1 : start] == "«" and text[stretch.end() :][:1] == "»":
            masked = "x" * len(masked)
        for _ in range(_DEEPEST):
            masked = _PAIR.sub(lambda pair: "x" * len(pair[0]), masked)
        for cut in _CUT.finditer(masked):
            end = stretch.start() + cut.start()
            part = text[start:end]
            first = len(part) - len(_BEFORE.sub("", part, count=1))
            last = first + len(_AFTER.sub("", part[first:]))
            goes_on = _OPERATOR.search(part, 0, first) and not _LETTER.search(part, first)
            if _DIRECTED.search(part, first, last) and not goes_on:
                yield Span(start + first, start + last)
            start = stretch.start() + cut.end()
