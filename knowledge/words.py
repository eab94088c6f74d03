"""Words: folded so that spellings compare, and told apart by whether they carry meaning."""

import re
import threading
import unicodedata
from collections.abc import Collection, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

import Stemmer
import yaml

from knowledge.language import tongue

# Letters that Arabic writers use one for another; the kaf and yeh of Persian and Urdu.
_ARABIC_VARIANTS = str.maketrans("أإآٱىةؤئظکیے", "اااايهويضكيي", "ـ")
# و ف then ب ك ل before the article, and لل, which swallows its alef.
_ARABIC_ARTICLE = re.compile(r"^(?:[وف]?[بك]?ال|[وف]?لل)(?=\w\w)")

# Scripts that put no space between words: Thai, Lao, Burmese, Khmer, kana and Han. A letter of
# theirs, with the marks on it, is a word of its own here.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
_MARKS = (
    "\u0e31\u0e33-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb3-\u0ebc\u0ec8-\u0ece\u102b-\u103e\u17b4-\u17d3"
)
_UNSPACED_LETTER = re.compile(f"[{_UNSPACED}][{_MARKS}]*")
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
_CLEARLY = 2  # times as many function words tell another language
_IN_ARABIC_LETTERS = ("ar", "fa", "ur")
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Word(NamedTuple):
    """A word that carries meaning: ``words[start:end]`` of some folded words."""

    text: str
    stem: str
    start: int
    end: int


class _Levelled(dict[int, str]):
    """What each character is levelled to, made as it is met: marks are nothing, digits 0 to 9."""

    def __missing__(self, code: int) -> str:
        c = chr(code)
        if unicodedata.combining(c) and c not in _VOICED:
            self[code] = ""
        else:
            self[code] = str(unicodedata.decimal(c)) if c.isdecimal() else c
        return self[code]


class _Spaced(dict[int, str]):
    """What each character is in a folded text: itself in a word, a space between words."""

    def __missing__(self, code: int) -> str:
        c = chr(code)
        kept = c.isalnum() or c in "+#" or (not c.isascii() and _is_vowel(c))
        self[code] = c if kept else " "
        return self[code]


_LEVELLED, _SPACED = _Levelled(), _Spaced()


def level(text: str) -> str:
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
    word = level(word)
    if "." in word:
        word = _INITIALS.sub(lambda found: found[0].replace(".", ""), word)
    kept = word if word.isascii() and word.isalnum() else word.translate(_SPACED)
    if kept.isascii():
        return " ".join(kept.split())
    kept = _UNSPACED_LETTER.sub(r" \g<0> ", kept)
    return " ".join(_ARABIC_ARTICLE.sub("", part) if "ل" in part else part for part in kept.split())


def _is_vowel(c: str) -> bool:
    """Whether a mark is part of a word: the vowel signs of Indic scripts, Thai and their kin."""
    return unicodedata.category(c) in ("Mc", "Mn") and not "\ufe00" <= c <= "\ufe0f"


def is_unspaced(word: str) -> bool:
    """Whether a folded word is a letter of a script that puts no space between words."""
    return word[0] >= _FIRST_UNSPACED and _UNSPACED_LETTER.match(word) is not None


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
        return str(stemmers[algorithm].stemWord(f"ال{word}")).removeprefix("ال")
    return str(stemmers[algorithm].stemWord(word))


def has_stemmer(word: str, language: str) -> bool:
    """Whether Snowball knows the language of a folded word."""
    return is_unspaced(word) or _algorithm(word, language) is not None


def _algorithm(word: str, language: str) -> str | None:
    arabic = "\u0600" <= word[:1] <= "\u06ff"
    language = tongue(language)
    if arabic != (language in _IN_ARABIC_LETTERS):
        language = "ar" if arabic else "en"
    return _STEMMERS.get(language)


def content(
    words: Sequence[str], language: str, *, aspects: bool = True, kept: Collection[int] = ()
) -> list[Word]:
    """The words that carry meaning among folded ones, in order: none of grammar, no lone letter.

    Without ``aspects``, also none that say what is asked about a subject (“limits”, “example”).
    Those at the places in ``kept`` carry meaning in any case. Where a script puts no space between
    words, every two neighbouring letters are taken for one (bigrams serve Chinese as well as words
    do: Nie, Gao, Zhang and Zhou, 2000, doi:10.1145/355214.355235).
    """
    found: list[Word] = []
    run: list[int] = []
    skipped = _skipped(words, language, aspects=aspects)
    for n in range(len(words) + 1):
        counts = n < len(words) and (n in kept or n not in skipped)
        if counts and is_unspaced(words[n]):
            run.append(n)
            continue
        if run:
            pairs = [(a, a + 2) for a in run[:-1]] or [(run[0], run[0] + 1)]
            found += [Word(s := "".join(words[a:b]), s, a, b) for a, b in pairs]
            run = []
        if counts and (len(words[n]) > 1 or n in kept):
            found.append(Word(words[n], stem(words[n], language), n, n + 1))
    return found


def _skipped(words: Sequence[str], language: str, *, aspects: bool) -> set[int]:
    """The places of words that carry no meaning; the longest first where one is several words."""
    phrases = _phrases(tongue(language), aspects=aspects)
    skipped: set[int] = set()
    end = 0
    for n, word in enumerate(words):
        if n < end:
            continue
        for phrase in phrases.get(word, ()):
            if phrase == tuple(words[n : n + len(phrase)]):
                end = n + len(phrase)
                skipped.update(range(n, end))
                break
        else:
            if not aspects and is_aspect(word, language):
                skipped.add(n)
    return skipped


@cache
def _phrases(language: str, *, aspects: bool) -> dict[str, list[tuple[str, ...]]]:
    """What carries no meaning, by its first word, the longest first."""
    listed = function_words(language) | (frozenset() if aspects else aspect_words(language))
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted((tuple(text.split()) for text in listed), key=len, reverse=True):
        found.setdefault(phrase[0], []).append(phrase)
    return found


def content_stems(text: str, language: str, *, aspects: bool = True) -> list[str]:
    """The stems of the words of a text that carry meaning, in order, as ``content`` tells them."""
    return [word.stem for word in content(fold(text).split(), language, aspects=aspects)]


def function_words(language: str) -> frozenset[str]:
    """Folded words of grammar, and those that wrap a question; none for a language unlisted."""
    return _words(tongue(language), "function")


def aspect_words(language: str) -> frozenset[str]:
    """Folded words for what is asked about a subject; none for a language unlisted."""
    return _words(tongue(language), "aspect")


def is_aspect(word: str, language: str) -> bool:
    """Whether a folded word, or a form of its stem, says what is asked about a subject."""
    return word in aspect_words(language) or stem(word, language) in _aspect_stems(tongue(language))


@cache
def _aspect_stems(language: str) -> frozenset[str]:
    return frozenset(stem(word, language) for word in aspect_words(language))


def particulars(words: Sequence[str], language: str) -> list[list[str]]:
    """The stems of those folded words that demand a particular, such as a price or a link."""
    listed = _particulars(tongue(language))
    stems = [stem(word, language) for word in words]
    return [
        [word.stem for word in content(words[n : n + len(phrase)], language)]
        for n, first in enumerate(stems)
        for phrase in listed.get(first, ())
        if phrase == tuple(stems[n : n + len(phrase)])
    ]


@cache
def _particulars(language: str) -> dict[str, list[tuple[str, ...]]]:
    """Their stems by the first; where a script puts no space between words, they are letters."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for text in _words(language, "particular"):
        phrase = tuple(stem(word, language) for word in text.split())
        found.setdefault(phrase[0], []).append(phrase)
    return found


def spoken(text: str, languages: Sequence[str]) -> str | None:
    """The language of a question by its function words, if they tell one clearly.

    One of ``languages``, unless another has two of the text's words and twice as many as any of
    them; so Arabic in Latin letters is told, and French, which no script tells. None where no word
    is listed.
    """
    words = fold(text).split()
    counts = {tag: len(_skipped(words, tag, aspects=True)) for tag in (*languages, *listed())}
    expected = max(languages, key=counts.__getitem__, default=None)
    found = max(counts, key=counts.__getitem__)
    if expected and counts[found] < _CLEARLY * max(1, counts[expected]):
        found = expected
    return found if counts[found] else None


@cache
def listed() -> tuple[str, ...]:
    """The languages whose words are listed."""
    names = (path.name for path in files("knowledge").joinpath("words").iterdir())
    return tuple(sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml")))


def negations(text: str, language: str) -> int:
    """How many words of a text negate, of those listed for its language."""
    listed = _words(tongue(language), "negation")
    return sum(word in listed for word in level(text).replace("n't", " not").split())


@cache
def _words(language: str, kind: str) -> frozenset[str]:
    path = files("knowledge").joinpath("words", f"{language}.yaml")
    if not path.is_file():
        return frozenset()
    words: dict[str, str] = yaml.load(path.read_text("utf-8"), _Loader)  # noqa: S506  (it is a safe one)
    plain = level if kind == "negation" else fold
    return frozenset(filter(None, map(plain, words.get(kind, "").split())))
