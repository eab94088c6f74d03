"""Words: folded so that spellings compare, their stems, and how seldom they are used."""

import re
import threading
import unicodedata
from collections.abc import Callable
from functools import lru_cache

import Stemmer

from knowledge.language.text import base, macrolanguage

# Letters that Arabic writers use one for another; the kaf and yeh of Persian and Urdu.
_ARABIC_VARIANTS = str.maketrans("أإآٱىةؤئظکیے", "اااايهويضكيي", "ـ")
# و ف then ب ك ل before the article, and لل, which swallows its alef.
_ARABIC_ARTICLE = re.compile(r"^(?:[وف]?[بك]?ال|[وف]?لل)(?=\w\w)")

# Scripts that put no space between words: Thai, Lao, Burmese, Khmer, kana and Han. A letter of
# theirs, with the marks on it, is a word of its own here.
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
_MARKS = (
    "\u0e31\u0e33-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb3-\u0ebc\u0ec8-\u0ece\u102b-\u103e\u17b4-\u17d3"
)
_UNSPACED_LETTER = re.compile(f"[{UNSPACED}][{_MARKS}]*")
_FIRST_UNSPACED = "\u0e00"
_INITIALS = re.compile(r"\b(?:[^\W\d_]\.){2,}")  # A.I. is AI
_VOICED = "\u3099\u309a"  # が is another letter than か

# Snowball's stemmers by BCP 47 language.
_STEMMERS = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek",
    "en": "english", "es": "spanish", "eu": "basque", "fi": "finnish", "fr": "french",
    "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian",
    "it": "italian", "lt": "lithuanian", "ne": "nepali", "nl": "dutch", "no": "norwegian",
    "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish",
    "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
_IN_ARABIC_LETTERS = ("ar", "fa", "ur")


PROCLITICS = "وفبلك"
"""Arabic words of a letter, which are written with the next word: and, so, by, for, as."""


class _Table(dict[int, str]):
    """What each character becomes, made as it is met."""

    def __init__(self, become: Callable[[str], str]) -> None:
        super().__init__()
        self._become = become

    def __missing__(self, code: int) -> str:
        return self.setdefault(code, self._become(chr(code)))


def _level(c: str) -> str:
    """A character without what sets it apart: marks are nothing, digits 0 to 9."""
    if unicodedata.combining(c) and c not in _VOICED:
        return ""
    return str(unicodedata.decimal(c)) if c.isdecimal() else c


def _part(c: str) -> str:
    """A character of a word as it is, a space for one between words."""
    # The vowel signs of Indic scripts, Thai and their kin are marks, and part of a word.
    vowel = unicodedata.category(c) in ("Mc", "Mn") and not "\ufe00" <= c <= "\ufe0f"
    return c if c.isalnum() or c in "+#" or vowel else " "


_LEVELLED, _SPACED = _Table(_level), _Table(_part)


def normalize(text: str) -> str:
    """Text without case, marks, spelling variants of Arabic (أ, إ, آ are ا) and other digits."""
    text = text.casefold()
    if text.isascii():
        return text
    text = unicodedata.normalize("NFKD", text)
    # NFKD takes أ apart into ا and a mark, so the marks go after it.
    return unicodedata.normalize("NFC", text.translate(_LEVELLED)).translate(_ARABIC_VARIANTS)


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Text as names compare: levelled, without punctuation, its words parted by single spaces.

    An Arabic word loses its article and what is joined before it; initials lose their full stops.
    In a script without spaces each letter is a word.
    """
    # Word by word: a glossary uses the same ones again and again.
    return " ".join(filter(None, map(_fold_word, text.split())))


@lru_cache(maxsize=262144)
def _fold_word(word: str) -> str:
    word = normalize(word)
    if "." in word:
        word = _INITIALS.sub(lambda found: found[0].replace(".", ""), word)
    kept = word if word.isascii() and word.isalnum() else word.translate(_SPACED)
    if kept.isascii():
        return " ".join(kept.split())
    kept = _UNSPACED_LETTER.sub(r" \g<0> ", kept)
    return " ".join(_ARABIC_ARTICLE.sub("", part) if "ل" in part else part for part in kept.split())


def is_unspaced(word: str) -> bool:
    """Whether a folded word is a letter of a script that puts no space between words."""
    return word[0] >= _FIRST_UNSPACED and _UNSPACED_LETTER.match(word) is not None


def is_arabic(word: str) -> bool:
    """Whether a word is written in Arabic letters."""
    return "\u0600" <= word[:1] <= "\u06ff"


def proclitic_forms(word: str) -> tuple[str, ...]:
    """A levelled word, and an Arabic one without the letter that may be written with it."""
    return (word, word[1:]) if word[:1] in PROCLITICS and word[1:] else (word,)


_local = threading.local()  # a Snowball stemmer has inner state


@lru_cache(maxsize=262144)
def stem(word: str, language: str) -> str:
    """The stem of a folded word, by Snowball where it knows the language.

    An Arabic word is stemmed as Arabic in whatever text it stands, and a Latin one in Arabic text
    as English.
    """
    algorithm = _algorithm(word, language)
    if algorithm is None:
        return word
    stemmers: dict[str, Stemmer.Stemmer] = _local.__dict__.setdefault("stemmers", {})
    if algorithm not in stemmers:
        stemmers[algorithm] = Stemmer.Stemmer(algorithm, 0)  # what it said is kept here
    if algorithm == "arabic":  # with its article it is taken for a noun: ات is a plural, ب a letter
        word = word[:-1] + "ة" if word.endswith("ه") else word  # as it was before it was folded
        return str(stemmers[algorithm].stemWord(f"ال{word}")).removeprefix("ال") or word
    return str(stemmers[algorithm].stemWord(word)) or word


def has_stemmer(word: str, language: str) -> bool:
    """Whether Snowball knows the language of a folded word."""
    return is_unspaced(word) or _algorithm(word, language) is not None


def _algorithm(word: str, language: str) -> str | None:
    language = macrolanguage(language)
    if is_arabic(word) != (language in _IN_ARABIC_LETTERS):
        language = "ar" if is_arabic(word) else "en"
    return _STEMMERS.get(language)


# On the Zipf scale (Van Heuven et al., 2014, doi:10.1080/17470218.2013.850521) a word in a thousand
# is at 6, a word in a hundred million at 1. Of what is rarer than this, counts say nothing.
_COMMON, _LEAST, UNHEARD = 7.0, 0.5, 6.0
_FEW = 5  # threes of letters: fewer say little, and nobody says “RLHF” as a word
_CUT_INTO_WORDS = {"ja", "ko", "zh"}  # by other packages, which are not needed for a letter


@lru_cache(maxsize=65536)
def rarity(word: str, language: str) -> float:
    """How seldom a folded word is used: 0.5 for those of every sentence, 6 for those unheard of.

    It is in powers of ten of the word's frequency, by ``wordfreq``, of the most common of the
    word's forms; the middle for a language that it does not know.
    """
    tag = _counted_in(word, language)
    if tag not in _known():
        return (_LEAST + UNHEARD) / 2
    forms = {word}
    if tag in _IN_ARABIC_LETTERS and not word.isascii():
        # Folded, it has lost its article, and ه may stand for ة.
        forms |= {f"ال{word}", f"{word[:-1]}ة" if word.endswith("ه") else word}
        forms |= {word[1:]} if word[0] in PROCLITICS and len(word) > 3 else set()  # noqa: PLR2004
    known = max(frequency(form, tag, "small") for form in forms)
    return min(max(_COMMON - known, _LEAST), UNHEARD)


def frequency(word: str, language: str, wordlist: str = "best") -> float:
    """How often a word is used, on the Zipf scale, by one of the lists of ``wordfreq``."""
    from wordfreq import zipf_frequency  # noqa: PLC0415  (slow to import; no first page needs it)

    return zipf_frequency(word, language, wordlist)


def is_sayable(word: str, language: str) -> bool:
    """Whether a folded word may be one, and not keys pressed at random.

    Of one that is unheard of, half of the threes of letters stand in the 30,000 commonest words of
    the language. So do those of all but one of 2,197 words of the bundled glossary's names, and not
    those of 19 of 39 that were typed at random.
    """
    tag = _counted_in(word, language)
    if tag not in _known() or not word.isalpha() or rarity(word, language) < UNHEARD:
        return True
    threes = _threes(word)
    return len(threes) < _FEW or 2 * len(threes & _common_threes(tag)) > len(threes)


def _threes(word: str) -> set[str]:
    word = f" {word} "
    return {word[n : n + 3] for n in range(len(word) - 2)}


@lru_cache(maxsize=4)
def _common_threes(tag: str) -> set[str]:
    from wordfreq import top_n_list  # noqa: PLC0415  (as above)

    return set().union(*(_threes(fold(word)) for word in top_n_list(tag, 30_000, "small")))


def _counted_in(word: str, language: str) -> str:
    """The language in which a folded word is looked up."""
    tag = base(language)
    if is_arabic(word) and tag not in _IN_ARABIC_LETTERS:
        return "ar"
    return "en" if word.isascii() and tag == "ar" else tag


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    from wordfreq import available_languages  # noqa: PLC0415  (as above)

    return frozenset(available_languages("small")) - _CUT_INTO_WORDS
