"""Spelling: the words of a text where they stand, and what each may be a form of."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from knowledge.language.text import Span
from knowledge.language.words import UNSPACED, is_arabic, normalize

MARKS = "".join(chr(c) for c in range(0x300, 0x1900) if unicodedata.category(chr(c))[0] == "M")
"""Those that stand on letters."""
# An address, initials, a number, a word, or what stands between words.
_TOKEN = re.compile(
    r"(?:https?://|www\.)\S+|[\w.+-]++@[\w.-]+|(?:[^\W\d_]\.){2,}|\d+(?:[.,٫]\d+)+(?!\w)"
    rf"|[\w+#{MARKS}]+|[^\w\s]+"
)
_HYPHENS = frozenset("-‐‑–")
_APOSTROPHE = str.maketrans("’", "'")
_PIECE = re.compile(f"[{UNSPACED}][{MARKS}]*|[^{UNSPACED}]+")  # a letter, where these are words

_SINGULAR = (("ies", "y"), ("ices", "ix"), ("ora", "us"), ("yses", "ysis"), ("s", ""))
_BEFORE_ES = ("s", "x", "z", "ch", "sh")
# Of Arabic words, whose ة is levelled: plurals, duals, and what they are before a pronoun.
_ENDINGS = (
    ("ات", "ه"), ("ات", ""), ("تان", "ه"), ("تين", "ه"), ("ان", ""), ("ين", ""), ("ون", ""),
)  # fmt: skip
_INDEFINITE = (*_ENDINGS, ("ا", ""))  # نموذجًا
_BEFORE_PRONOUNS = (("ت", "ه"), ("ات", "ه"), ("ات", ""))
_PRONOUNS = ("هما", "ها", "هم", "هن", "نا", "كم", "ه")
LEAST_LETTERS = 3
"""Letters of an Arabic word without its endings."""
_ARTICLE = "ال"
_HAMZAS = frozenset("أإآ")


class WordForm(NamedTuple):
    """A way to read a written word: as a key of names, without what is joined to it."""

    key: str
    surface: str
    """As it is written, in Latin letters without the “s” of a plural."""
    before: str = ""
    """The Arabic conjunction and preposition joined before it."""
    start: int = 0
    """The letters before those of the key."""
    is_definite: bool = False
    """It has the Arabic article."""


class Word(NamedTuple):
    """A word of a text, or the punctuation between two; after a space, a hyphen or neither."""

    text: str
    span: Span
    gap: str


def tokenize(text: str) -> list[Word]:
    """The words of a text, and its punctuation but for hyphens within a word."""
    words: list[Word] = []
    end = 0
    for found in _TOKEN.finditer(text):
        between = text[end : found.start()]
        if found[0] in _HYPHENS and not between and text[found.end() :][:1].isalnum():
            continue
        gap = "-" if between in _HYPHENS else between and ("\n" if "\n" in between else " ")
        end = found.start()
        for piece in _PIECE.findall(found[0]):
            is_initials = piece[-1] == "." and piece[0].isalpha()
            written = piece.replace(".", "") if is_initials else piece
            words.append(Word(written, Span(end, end + len(piece)), gap))
            end, gap = end + len(piece), ""
    return words


@lru_cache(maxsize=65536)
def plain(word: str) -> str:
    """A word levelled."""
    return word.casefold() if word.isascii() else normalize(word.translate(_APOSTROPHE))


def key_of(word: str) -> str:
    """What a word of a name is looked up by: the word, plain, without an Arabic article."""
    folded = plain(word)
    return folded[len(_ARTICLE) :] if has_article(folded) else folded


def has_article(folded: str) -> bool:
    """Whether a plain word begins with the Arabic article."""
    return folded.startswith(_ARTICLE) and len(folded) > LEAST_LETTERS


def agree(name: str, word: str, start: int) -> bool:
    """Whether two Arabic words that are plainly the same, one from a letter on, are so as written.

    Where both have a hamza, it is the same: إحكام is not أحكام.
    """
    asked, written = _letters(name), _letters(word)[start:]
    asked = asked[len(_ARTICLE) :] if has_article(plain(name)) else asked
    pairs = zip(asked[:-1], written, strict=False)
    return not any(a != b and a in _HAMZAS and b in _HAMZAS for a, b in pairs)


@lru_cache(maxsize=65536)
def _letters(word: str) -> str:
    return "".join(c for c in word if c not in MARKS and c != "ـ")


def is_acronym_like(word: str) -> bool:
    """Whether capitals make a word what it is: AI, GPUs, LoRA; not “Falcon”."""
    return len(word) > 1 and (word.isupper() or any(c.isupper() for c in word[1:]))


@lru_cache(maxsize=65536)
def forms(word: str, *, is_first: bool) -> tuple[WordForm, ...]:
    """The ways to read a word of a text, the nearest to its letters first.

    Only the first word of a name may have a conjunction or a preposition joined before it.
    """
    folded = plain(word)
    if not is_arabic(folded):
        is_plural = len(word) > LEAST_LETTERS or word[:-1].isupper()  # AIs, but not “gas”
        cut = word.removesuffix("s")
        plural_of = singulars(folded) if is_plural else ()
        return (WordForm(folded, word), *(WordForm(key, cut) for key in plural_of))
    found: dict[str, WordForm] = {}
    for before, rest in _parted(folded) if is_first else [("", folded)]:
        swallowed = before.endswith("ل") and rest.startswith("ل")  # للنموذج
        article = 2 if rest.startswith(_ARTICLE) else int(swallowed)
        for length in dict.fromkeys((article, 0)):
            start = len(before) + length
            for key in _uninflected(folded[start:], is_definite=length > 0):
                found.setdefault(key, WordForm(key, "", before, start, length > 0))
    return tuple(found.values())


def singulars(word: str) -> tuple[str, ...]:
    """What an English word may be the plural of."""
    if word.endswith(("ss", "us", "is")) or not word.isascii():
        return ()
    found = _replaced(word, _SINGULAR)
    if word.endswith("es") and word[:-2].endswith(_BEFORE_ES):
        found.append(word[:-2])
    return tuple(found)


def _parted(word: str) -> list[tuple[str, str]]:
    """A folded Arabic word, and what is left of it without the particles joined before it."""
    parted = [("", word)]
    parted += [(word[0], word[1:])] if word[0] in "وف" else []
    parted += [(before + rest[0], rest[1:]) for before, rest in parted if rest[:1] in tuple("بكل")]
    return [(before, rest) for before, rest in parted if not before or len(rest) >= LEAST_LETTERS]


def _uninflected(word: str, *, is_definite: bool) -> list[str]:
    """An Arabic word without its article, and what it may be a dual, plural or other form of."""
    found = _replaced(word, _ENDINGS if is_definite else _INDEFINITE)
    if not is_definite and (pronoun := next(filter(word.endswith, _PRONOUNS), None)):
        rest = word.removesuffix(pronoun)
        found += [rest, *_replaced(rest, _BEFORE_PRONOUNS)]
    return [word, *(key for key in found if len(key) >= LEAST_LETTERS)]


def _replaced(word: str, endings: Iterable[tuple[str, str]]) -> list[str]:
    return [word.removesuffix(end) + new for end, new in endings if word.endswith(end)]
