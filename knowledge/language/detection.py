"""Detection: the language of a text, also of one that is too short for a classifier."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

from knowledge.language.grammar import function_words
from knowledge.language.text import ENOUGH_LETTERS, detect, main_script, scripts, written_in
from knowledge.language.words import fold

_WORDED = ("en", "de", "fr", "es", "pt", "it", "nl", "sv", "pl", "tr", "id", "ru", "uk", "ar", "fa",
           "ur")  # fmt: skip
# Letters by which a language is told from others in its script; each counts for two words.
_LETTERS = {"de": "ßäöü", "tr": "ğışİ", "fa": "پچژگکی", "pl": "łżśźćńęą", "es": "ñ¿¡", "pt": "ãõ",
            "uk": "їєґ", "sv": "åäö", "ur": "ٹڈڑےںہھ", "ar": "ةيكى"}  # fmt: skip
_LETTER_WEIGHT = 2
_CLEARLY = 2  # times as many signs as the next


def language_of(text: str) -> str:
    """The language of a text; of a short one, that whose words of grammar and letters it has.

    Where these tell nothing it is English, or Arabic in Arabic letters.
    """
    script = main_script(text)
    if scripts(text).total() >= ENOUGH_LETTERS or script not in ("LATIN", "ARABIC"):
        return detect(text) or "en"
    by_word, by_letter = _signs(script)
    found = Counter[str]()
    for word in fold(text).split():
        found.update(by_word.get(word, ()))
    for letter in text:
        found.update(_LETTER_WEIGHT * list(by_letter.get(letter, ())))
    ranked = found.most_common(2)
    likely = [language for language, n in ranked if n * _CLEARLY > ranked[0][1]]
    if len(likely) == 1 and (ranked[0][1] > 1 or script == "ARABIC"):
        return likely[0]
    if len(likely) > 1 and "en" not in likely and (told := detect(text, likely)):
        return told
    return "ar" if script == "ARABIC" else "en"


@cache
def _signs(script: str) -> tuple[Mapping[str, Sequence[str]], Mapping[str, Sequence[str]]]:
    """By each word, and by each letter, the languages written in a script that it is a sign of."""
    words: dict[str, list[str]] = {}
    letters: dict[str, list[str]] = {}
    for language in (each for each in _WORDED if script in written_in(each)):
        for word in function_words(language):
            if len(word) > 1 or not word.isascii():  # “C” may well be a term
                words.setdefault(word, []).append(language)
        for letter in _LETTERS.get(language, ""):
            letters.setdefault(letter, []).append(language)
    return words, letters
