"""Telling: the language of a text that is too short for a classifier."""

from knowledge.language import TELLING, detect, scripts
from knowledge.words import fold, function_words

_LATIN = ("de", "es", "fr", "id", "it", "nl", "pl", "pt", "sv", "tr")
# Letters that one of these languages writes, and English does not.
_LETTERS = {"de": "ß", "es": "ñ¿¡", "pl": "łąęśźż", "pt": "ãõ", "tr": "ğış"}
# Of the letters that differ, those of Persian and Urdu, those of Urdu alone, those of Arabic.
_PERSIAN, _URDU, _ARABIC = frozenset("پچژگیک"), frozenset("ٹڈڑےںہھ"), frozenset("يكةىأإ")
_WORD = 3  # letters of a word that is a sign by itself


def told(text: str) -> str:
    """The language of a text. Of a short one in Latin or Arabic letters, what its words are of.

    Where these tell nothing it is English, or Arabic.
    """
    counts = scripts(text)
    most = max(counts, key=lambda script: counts[script], default="")
    if sum(counts.values()) >= TELLING or most not in ("LATIN", "ARABIC"):
        return detect(text) or "en"
    return _of_latin(text) if most == "LATIN" else _of_arabic(text)


def _of_latin(text: str) -> str:
    words = frozenset(fold(text).split())
    english = len(words & function_words("en"))
    signs = {
        language: (words & function_words(language))
        | (_letters(text) & frozenset(_LETTERS.get(language, "")))
        for language in _LATIN
    }
    most = max(map(len, signs.values()))
    likely = [language for language, found in signs.items() if len(found) == most]
    if most <= english or (most == 1 and not any(map(_tells, signs[likely[0]]))):
        return "en"
    return (detect(text, likely) if len(likely) > 1 else likely[0]) or "en"


def _of_arabic(text: str) -> str:
    letters = [c for c in text if c in _PERSIAN or c in _ARABIC]
    persian = sum(c in _PERSIAN for c in letters)
    if 2 * persian <= len(letters):
        return "ar"
    return "ur" if _letters(text) & _URDU else "fa"


def _tells(sign: str) -> bool:
    return len(sign) >= _WORD or not sign.isascii()


def _letters(text: str) -> frozenset[str]:
    return frozenset(text.lower())
