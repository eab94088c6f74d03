"""Telling: the language of a text that is too short for a classifier."""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from knowledge.language.grammar import function_words
from knowledge.language.text import (
    ENOUGH_LETTERS,
    base,
    detect,
    is_likely,
    main_script_of,
    scripts,
    written_in,
)
from knowledge.language.words import fold

_WORDED = ("en", "de", "fr", "es", "pt", "it", "nl", "sv", "pl", "tr", "id", "ru", "uk", "ar", "fa",
           "ur")  # fmt: skip
# Letters by which a language is told from others in its script; each counts for three words.
_LETTERED = {"de": "ßäöü", "tr": "ğışİ", "fa": "پچژگکی", "pl": "łżśźćńęą", "es": "ñ¿¡", "pt": "ãõ",
             "uk": "їєґ", "sv": "åäö", "ur": "ٹڈڑےںہھ", "ar": "ةيكى"}  # fmt: skip
_ALPHABETS = {"de": "äöüß", "fr": "àâæçéèêëîïôœùûüÿ", "es": "áéíñóúü", "pt": "áâãàçéêíóôõúü",
              "it": "àèéìíîòóùú", "nl": "áèéëíïóöü", "sv": "åäöéü", "pl": "ąćęłńóśźż",
              "tr": "çğıöşüâîû", "id": "é"}  # fmt: skip
"""The letters that each has beside those of English, which borrows any."""
_LATIN = re.compile(r"[À-ÖØ-öø-ɏḀ-ỿ]")
_FOREIGN = 3  # letters
_LETTERS = frozenset("bcdfghjklmnpqrstvwxz")
"""No words, though “c” and “d” are French: “C” may well be a term."""
_CLEARLY = 2  # times as many
_WORD = 3  # letters of a word that is a sign by itself


def told(text: str) -> str:
    """The language of a text. Of a short one in Latin or Arabic letters, what its words are of.

    Where these tell nothing it is English, or Arabic.
    """
    counts = scripts(text)
    most = main_script_of(counts)
    if counts.total() >= ENOUGH_LETTERS or most not in ("LATIN", "ARABIC"):
        return detect(text) or "en"
    return worded(text, most) or ("ar" if most == "ARABIC" else "en")


def may_be(text: str, language: str) -> bool:
    """Whether a text may well be in a language that something beside it says it is in."""
    counts = scripts(text)
    most = max(counts, key=lambda script: counts[script], default="")
    if most not in written_in(language):
        return False
    if sum(counts.values()) >= ENOUGH_LETTERS:
        return is_likely(text, language)
    return most != "LATIN" or base(language) == "en" or worded(text, most) != "en"


def worded(text: str, script: str) -> str:
    """The language whose words of grammar, or letters, little text has; “” if that is unclear.

    A classifier errs on a line or two, where “und” or “ğ” leave no doubt; it tells those apart
    that share their words. English, which lends its words to all, must be the only one.
    """
    by_word, by_letter = _signs(script)
    signs: dict[str, list[str]] = {language: [] for language in _fitting(script)}
    for word in fold(text).split():
        for language in by_word.get(word, ()):
            signs[language].append(word)
    for letter in text:
        for language in by_letter.get(letter, ()):
            signs[language] += 3 * [letter]
    counts = {language: len(found) for language, found in signs.items()}
    best = max(counts, key=lambda language: counts[language], default="")
    likely = [each for each in signs if counts[each] * _CLEARLY > counts[best]]
    if not any(len(sign) > 1 or not sign.isascii() for sign in signs.get(best, ())):
        return ""  # but letters, as “y” is
    if _is_foreign(text, best):
        return ""
    if len(likely) > 1:
        return "" if "en" in likely else detect(text, likely) or ""
    tells = any(len(sign) >= _WORD or not sign.isascii() for sign in signs[best])
    return best if tells or counts[best] > 1 else ""


@cache
def _fitting(script: str) -> tuple[str, ...]:
    return tuple(language for language in _WORDED if script in written_in(language))


@cache
def _signs(script: str) -> tuple[Mapping[str, Sequence[str]], Mapping[str, Sequence[str]]]:
    """By each word, and by each letter, the languages written in a script that it is a sign of."""
    words: dict[str, list[str]] = {}
    letters: dict[str, list[str]] = {}
    for language in _fitting(script):
        for word in function_words(language) - _LETTERS:
            words.setdefault(word, []).append(language)
        for letter in _LETTERED.get(language, ""):
            letters.setdefault(letter, []).append(language)
    return words, letters


def _is_foreign(text: str, language: str) -> bool:
    """Whether a text has letters, and most of those beyond English, that a language has not."""
    beyond = _LATIN.findall(text.lower()) if language in _ALPHABETS else []
    foreign = sum(letter not in _ALPHABETS[language] for letter in beyond)
    return foreign >= _FOREIGN and foreign > len(beyond) / 2
