"""Languages: cleaning text, telling its language, its sentences, and its words as they compare."""

import re
import threading
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

import sentencex
import Stemmer
import yaml

# Byte-order mark, soft hyphen, zero-width joiners aside, and the bidirectional controls of Unicode
# TR 9: they direct a display and carry no words.
_INVISIBLE = re.compile("[\ufeff\u00ad\u200b\u200e\u200f\u061c\u202a-\u202e\u2060\u2066-\u2069]")
_UNWRITABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
_SPACES = re.compile("[\x0b\x0c\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")

# Letters that Arabic writers use one for another.
_ARABIC_VARIANTS = str.maketrans("أإآٱىةؤئ", "اااايهوي", "ـ")
# و ف then ب ك ل before the article, and لل, which swallows its alef.
_ARABIC_ARTICLE = re.compile(r"^(?:[وف]?[بك]?ال|[وف]?لل)(?=\w\w)")

# Snowball's stemmers by BCP 47 language.
_STEMMERS = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek",
    "en": "english", "es": "spanish", "eu": "basque", "fi": "finnish", "fr": "french",
    "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian",
    "it": "italian", "lt": "lithuanian", "ne": "nepali", "nl": "dutch", "no": "norwegian",
    "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish",
    "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip

# Scripts that one widely taught language writes; the others share Latin or Cyrillic.
_SCRIPT_LANGUAGE = {
    "HEBREW": "he", "GREEK": "el", "HANGUL": "ko", "HIRAGANA": "ja", "KATAKANA": "ja",
    "THAI": "th", "DEVANAGARI": "hi", "ARMENIAN": "hy", "GEORGIAN": "ka", "TAMIL": "ta",
    "CJK": "zh", "BENGALI": "bn",
}  # fmt: skip
_LANGUAGE_SCRIPTS = {
    "ar": {"ARABIC"}, "fa": {"ARABIC"}, "ur": {"ARABIC"}, "ja": {"HIRAGANA", "KATAKANA", "CJK"},
    "ko": {"HANGUL"}, "zh": {"CJK"}, "ru": {"CYRILLIC"}, "uk": {"CYRILLIC"}, "bg": {"CYRILLIC"},
    "sr": {"CYRILLIC"}, "he": {"HEBREW"}, "el": {"GREEK"}, "th": {"THAI"}, "hi": {"DEVANAGARI"},
    "bn": {"BENGALI"}, "ta": {"TAMIL"}, "hy": {"ARMENIAN"}, "ka": {"GEORGIAN"},
}  # fmt: skip
RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})


class Span(NamedTuple):
    """Characters ``start`` to ``end`` of some text."""

    start: int
    end: int


def clean(text: str) -> str:
    """Text without what a copy brings along and no reader sees.

    Line ends become line feeds, special spaces plain ones; byte-order marks, bidirectional
    controls, NULs and lone surrogates go (the last two end or break an embedder's input); letters
    are composed (NFC).
    """
    text = _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return unicodedata.normalize("NFC", _SPACES.sub(" ", _UNWRITABLE.sub("", text)))


def base(language: str) -> str:
    """The language of a BCP 47 tag without its region: ``ar`` of ``ar-EG``."""
    return language.replace("_", "-").split("-")[0].lower()


def is_right_to_left(language: str) -> bool:
    """Whether a language is written from right to left."""
    return base(language) in RIGHT_TO_LEFT


def scripts(text: str) -> Counter[str]:
    """How many letters of each script, by the first word of their Unicode names."""
    return Counter(
        unicodedata.name(letter, "UNKNOWN").split()[0] for letter in text if letter.isalpha()
    )


def detect(text: str, candidates: Sequence[str] = ()) -> str | None:
    """The language of a text, among the candidates if any are given.

    The script decides where it can; else py3langid, a classifier of 97 languages. None where there
    is not a letter to go by, or no candidate is written in that script.
    """
    counts = scripts(text)
    if not counts:
        return None
    script = counts.most_common(1)[0][0]
    if script == "CJK" and (counts["HIRAGANA"] or counts["KATAKANA"]):
        script = "HIRAGANA"
    if candidates:
        fitting = [c for c in candidates if script in _LANGUAGE_SCRIPTS.get(base(c), {"LATIN"})]
        if len(fitting) <= 1:
            return fitting[0] if fitting else None
        guess = _classify(text)
        return next((c for c in fitting if base(c) == guess), fitting[0])
    return _SCRIPT_LANGUAGE.get(script) or _classify(text)


def _classify(text: str) -> str:
    import py3langid  # noqa: PLC0415  (its model takes a quarter of a second; few need it)

    return str(py3langid.classify(text[:2000])[0])


def sentences(text: str, language: str) -> list[Span]:
    """Where the sentences of a text stand, without the space around them.

    ``text[start:end]`` is the sentence. A line break always ends one.
    """
    spans: list[Span] = []
    offset = 0
    for line in text.splitlines(keepends=True):
        position = start = offset
        for piece in sentencex.segment(base(language), line) if line.strip() else ():
            position = text.index(piece, position) + len(piece) if piece else position
            if _is_open(text[start:position], text[position : offset + len(line)]):
                continue  # “(5 + 3) / 2”: sentencex takes “3)” for the number of an item
            spans += _stripped(text, start, position)
            start = position
        spans += _stripped(text, start, offset + len(line))
        offset += len(line)
    return spans


def _is_open(sentence: str, rest: str) -> bool:
    """Whether a bracket of a sentence is closed only in what follows."""
    closed, bracket, _ = rest.partition(")")
    return sentence.count("(") > sentence.count(")") and bool(bracket) and "(" not in closed


def _stripped(text: str, start: int, end: int) -> Iterator[Span]:
    piece = text[start:end]
    if stripped := piece.strip():
        lead = start + len(piece) - len(piece.lstrip())
        yield Span(lead, lead + len(stripped))


def level(text: str) -> str:
    """Text without case, marks and Arabic spelling variants: أ, إ, آ are ا; ة is ه; ى is ي."""
    text = unicodedata.normalize("NFKD", text.casefold())
    # NFKD takes أ apart into ا and a mark, so the marks go after it.
    return "".join(c for c in text if not unicodedata.combining(c)).translate(_ARABIC_VARIANTS)


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Text as names compare: levelled, without punctuation, its words parted by single spaces.

    An Arabic word loses its article and what is joined before it.
    """
    kept = "".join(c if c.isalnum() or c in "+#" or _is_vowel(c) else " " for c in level(text))
    return " ".join(_ARABIC_ARTICLE.sub("", word) for word in kept.split())


def _is_vowel(c: str) -> bool:
    """Whether a mark is part of a word: the vowel signs of Indic scripts, Thai and their kin."""
    return unicodedata.category(c) in ("Mc", "Mn") and not "\ufe00" <= c <= "\ufe0f"


_local = threading.local()  # a Snowball stemmer has inner state


def stem(word: str, language: str) -> str:
    """The stem of a folded word, by Snowball where it knows the language.

    An Arabic word is stemmed as Arabic in whatever text it stands, and a Latin one in Arabic text
    as English.
    """
    arabic = "\u0600" <= word[:1] <= "\u06ff"
    language = base(language)
    if arabic != (language in ("ar", "fa", "ur")):
        language = "ar" if arabic else "en"
    algorithm = _STEMMERS.get(language)
    if algorithm is None:
        return word
    stemmers: dict[str, Stemmer.Stemmer] = _local.__dict__.setdefault("stemmers", {})
    if algorithm not in stemmers:
        stemmers[algorithm] = Stemmer.Stemmer(algorithm)
    if algorithm == "arabic":  # with its article it is taken for a noun: ات is a plural, ب a letter
        word = word[:-1] + "ة" if word.endswith("ه") else word  # as it was before it was folded
        return str(stemmers[algorithm].stemWord(f"ال{word}")).removeprefix("ال")
    return str(stemmers[algorithm].stemWord(word))


def content_stems(text: str, language: str, *, aspects: bool = True) -> list[str]:
    """The stems of the words that carry meaning, in order: no function words.

    Without ``aspects``, also none that say what is asked about a subject (“limits”, “example”).
    """
    empty = function_words(language)
    return [
        stem(word, language)
        for word in fold(text).split()
        if word not in empty
        and (aspects or not is_aspect(word, language))
        and (len(word) > 1 or word > "\u2e80")  # a Han character is a word
    ]


def function_words(language: str) -> frozenset[str]:
    """Folded words of grammar, and those that wrap a question; none for a language unlisted."""
    return _words(base(language), "function")


def aspect_words(language: str) -> frozenset[str]:
    """Folded words for what is asked about a subject; none for a language unlisted."""
    return _words(base(language), "aspect")


def is_aspect(word: str, language: str) -> bool:
    """Whether a folded word, or a form of its stem, says what is asked about a subject."""
    return word in aspect_words(language) or stem(word, language) in _aspect_stems(base(language))


@cache
def _aspect_stems(language: str) -> frozenset[str]:
    return frozenset(stem(word, language) for word in aspect_words(language))


def negations(text: str, language: str) -> int:
    """How many words of a text negate, of those listed for its language."""
    listed = _words(base(language), "negation")
    return sum(word in listed for word in level(text).replace("n't", " not").split())


@cache
def _words(language: str, kind: str) -> frozenset[str]:
    path = files("knowledge").joinpath("words", f"{language}.yaml")
    if not path.is_file():
        return frozenset()
    words: dict[str, str] = yaml.safe_load(path.read_text("utf-8"))
    plain = level if kind == "negation" else fold
    return frozenset(plain(words[kind]).split())
