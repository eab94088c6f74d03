"""Languages: cleaning text, telling its language, and finding its sentences."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

import sentencex
from babel.core import Locale, get_global

# Byte-order mark, soft hyphen, zero-width joiners aside, and the bidirectional controls of Unicode
# TR 9: they direct a display and carry no words.
_INVISIBLE = re.compile("[\ufeff\u00ad\u200b\u200e\u200f\u061c\u202a-\u202e\u2060\u2066-\u2069]")
# Those by which a terminal colours, too.
_CONTROLS = "\x00-\x08\x0e-\x1f\x7f\ud800-\udfff"
_UNWRITABLE = re.compile(f"\x1b\\[[0-9;]*[A-Za-z]|[{_CONTROLS}]")
_SPACES = re.compile("[\x0b\x0c\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
# Marks on one letter without end, of signs that are no letters; two of these count as such.
_HEAP = re.compile("(?:[^\\w\\s\x00-\x7f]|[\uff9e\uff9f]){100,}")
_OF_A_HEAP = re.compile("(?:[^\\w\\s\x00-\x7f]|[\uff9e\uff9f]){2}")
"""In every fiftieth character of a text with a heap, which is looked through sooner than all."""
_MOST_MARKS = 30  # as in the stream-safe text of Unicode TR 15
# In one class, which is found sooner: whatever colours begins with a control.
_UNCLEAN = re.compile(f"[\r{_CONTROLS}{_INVISIBLE.pattern[1:-1]}{_SPACES.pattern[1:-1]}]")


# Scripts that one widely taught language writes; the others share Latin or Cyrillic.
_SCRIPT_LANGUAGE = {
    "HEBREW": "he", "GREEK": "el", "HANGUL": "ko", "HIRAGANA": "ja", "KATAKANA": "ja",
    "THAI": "th", "DEVANAGARI": "hi", "ARMENIAN": "hy", "GEORGIAN": "ka", "TAMIL": "ta",
    "CJK": "zh", "BENGALI": "bn",
}  # fmt: skip
# What CLDR calls otherwise than Unicode.
_SCRIPT_NAMES = {
    "Jpan": {"HIRAGANA", "KATAKANA", "CJK"}, "Kore": {"HANGUL"}, "Hans": {"CJK"}, "Hant": {"CJK"},
    "Beng": {"BENGALI"}, "Orya": {"ORIYA"},
}  # fmt: skip
ENOUGH_LETTERS = 80
"""Letters: from about a line on, the language of a text can be told."""
_SENTENCE = 8  # letters of scripts whose letters are syllables: fewer may be but a translation
_WORD = 3  # letters of others that one of these counts for


_NO_LANGUAGE = "zxx"  # which ISO 639 has for code and numbers
# What is spoken so is mostly written as Chinese, or as Arabic; and lists of Spanish words are taken
# for Aragonese, of English ones for Nigerian Pidgin.
_WRITTEN_AS = {"wuu": "zh", "yue": "zh", "arz": "ar", "ary": "ar", "an": "es", "pcm": "en"}


class Span(NamedTuple):
    """Characters ``start`` to ``end`` of some text."""

    start: int
    end: int


def clean(text: str) -> str:
    """Text without what a copy brings along and no reader sees.

    Line ends become line feeds, special spaces plain ones; byte-order marks, bidirectional
    controls, NULs and lone surrogates go (the last two end or break an embedder's input); letters
    are composed (NFC). Of more marks on a letter than any script has, the first are kept: ordering
    them takes a time that grows with the square of their number.
    """
    if text.isascii() and text.isprintable():
        return text
    if _UNCLEAN.search(text):
        text = _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
        text = _SPACES.sub(" ", _UNWRITABLE.sub("", text))
    if _OF_A_HEAP.search(text[::50]):
        text = _HEAP.sub(_lowered, text)
    return unicodedata.normalize("NFC", text)


def _lowered(heap: re.Match[str]) -> str:
    kept: list[str] = []
    marks = 0
    for sign in heap[0]:
        is_mark = sign in "\uff9e\uff9f" or unicodedata.category(sign).startswith("M")
        marks = marks + len(unicodedata.normalize("NFD", sign)) if is_mark else 0
        if marks <= _MOST_MARKS:
            kept.append(sign)
    return "".join(kept)


def base(language: str) -> str:
    """The language of a BCP 47 tag without its region: ``ar`` of ``ar-EG``."""
    return language.replace("_", "-").split("-")[0].lower()


def standard(tag: str) -> str:
    """A tag as BCP 47 writes it: a region in capitals, a script with one, all else small."""
    first, *rest = re.split("[-_]", tag.lower())
    named = {2: str.upper, 4: str.title}
    return "-".join([first, *(named.get(len(part), str)(part) for part in rest)])


def macrolanguage(language: str) -> str:
    """The language of a tag as it is spoken: Norwegian, ``no``, is written as ``nb`` and ``nn``."""
    code = base(language)
    return "no" if code in ("nb", "nn") else code


def is_right_to_left(language: str) -> bool:
    """Whether a language is written from right to left."""
    return base(language) in {"ar", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"}


@cache
def written_in(language: str) -> frozenset[str]:
    """The scripts in which a language is likely written by CLDR, named as ``scripts`` does."""
    likely = get_global("likely_subtags").get(base(language), "und_Latn_US")
    script = likely.split("_")[1]
    return frozenset(_SCRIPT_NAMES.get(script) or {Locale("en").scripts[script].upper()})


def scripts(text: str) -> Counter[str]:
    """How many letters of each script, by the first word of their Unicode names."""
    found: Counter[str] = Counter()
    for letter, count in Counter(text).items():
        if letter.isalpha():
            found[_script(letter)] += count
    return found


@lru_cache(maxsize=65536)
def _script(letter: str) -> str:
    return unicodedata.name(letter, "UNKNOWN").split()[0]


def main_script(text: str, *, kana: bool = False, brief: bool = False) -> str:
    """The script that a text is in; where letters are syllables or words, each counts twice.

    In a ``brief`` one, of which names in Latin letters may be the most, each counts for as many
    letters as a word has. What is Japanese by its ``kana``, which stand among Chinese characters,
    is told apart if asked.
    """
    counts = scripts(text)
    japanese = counts.pop("HIRAGANA", 0) + counts.pop("KATAKANA", 0)
    counts["CJK"] += japanese
    for dense in ("CJK", "HANGUL"):
        counts[dense] *= _WORD if brief else 2 if counts[dense] >= _SENTENCE else 1
    found = counts.most_common(1)[0][0] if counts.total() else ""
    return "HIRAGANA" if kana and japanese and found == "CJK" else found


def detect(text: str, candidates: Sequence[str] = ()) -> str | None:
    """The language of a text, among the candidates if any are given.

    The script decides where it can; else py3langid, a classifier of 97 languages. None where there
    is not a letter to go by, no words are written, or no candidate is written in that script.
    """
    script = main_script(text, kana=True)
    if not script:
        return None
    if candidates:
        fitting = [c for c in candidates if script in written_in(c)]
        if len(fitting) <= 1:
            return fitting[0] if fitting else None
        guess = _classify(text)
        return next((c for c in fitting if base(c) == guess), fitting[0])
    return _SCRIPT_LANGUAGE.get(script) or _classify(text)


def language_of(text: str) -> str:
    """The language of a text; of one too short to tell, Arabic in Arabic letters, else English."""
    script = main_script(text)
    if scripts(text).total() >= ENOUGH_LETTERS or script not in ("LATIN", "ARABIC"):
        return detect(text) or "en"
    return "ar" if script == "ARABIC" else "en"


def likely_language(text: str, language: str) -> str:
    """The language, where a quarter of a text is in a script that it is written in; else its own.

    The rest may be names.
    """
    counts = scripts(text)
    fitting = sum(counts[script] for script in written_in(language))
    return language if 4 * fitting >= counts.total() else detect(text) or language


def _classify(text: str) -> str | None:
    import py3langid  # noqa: PLC0415  (its model takes a quarter of a second; few need it)

    found = str(py3langid.classify(text[:2000])[0])
    return None if found == _NO_LANGUAGE else _WRITTEN_AS.get(found, found)


def sentences(text: str, language: str) -> list[Span]:
    """Where the sentences of a text stand, without the space around them.

    ``text[start:end]`` is the sentence. A line break always ends one.
    """
    ends = [0]
    for line in text.splitlines(keepends=True):
        offset = position = ends[-1]
        # “(5 + 3) / 2”: sentencex takes “3)” for the number of an item.
        masked = line.replace("(", "[").replace(")", "]")
        for piece in sentencex.segment(base(language), masked) if line.strip() else ():
            position = offset + masked.index(piece, position - offset) + len(piece)
            ends.append(position)
        ends.append(offset + len(line))
    return [span for start, end in pairwise(ends) if (span := stripped(text, start, end))]


def stripped(text: str, start: int, end: int) -> Span | None:
    """Where a part of a text stands without the space around it; None if it is nothing but that."""
    piece = text[start:end]
    lead = len(piece) - len(piece.lstrip())
    return Span(start + lead, start + len(piece.rstrip())) if piece.strip() else None
