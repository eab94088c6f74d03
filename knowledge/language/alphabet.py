"""The alphabet: the heading under which a term stands in an index from A to Z, and its order there.

A term is filed by its letters: case, accents, vowel signs, quotation marks and brackets aside, its
words parted by single spaces; in Arabic, each word without its article. The article is a bare
``ال`` before two letters or more, unless these are the word's own:

- an alef with hamza or madda is never the article's: ألفا, إلكتروني, آلية;
- nor is that of the verbal nouns of form VIII from roots in lam, which are few: التزام, التفافي
  (but the article's are those of التزامن, التقاطع and الالتزام);
- nor those of الله, and of loanwords often written without their hamza: الفا, الكتروني.
"""

import re
import unicodedata
from functools import lru_cache

from knowledge.language.text import base, written_in

OTHERS = "#"
"""The heading of terms that begin with a digit or a sign."""

_LATIN = tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_ARABIC = tuple("ابتثجحخدذرزسشصضطظعغفقكلمنهوي")  # in the order of their code points too

_ASIDE = re.compile("[\"'“”„‘’‚«»‹›()\\[\\]{}]")
_BETWEEN = re.compile(r"[\s\-‐-―/_]+")
_VOWELS = re.compile("[\u0610-\u061a\u0640\u064b-\u0652\u0656-\u065f\u0670\u06d6-\u06ed]")
_FORM_VIII = (
    "التئام|التباس|التجاء|التحاق|التحام|التزام|التصاق|التطام|التفات|التفاف|التقاء|التقاط|التماس"
    "|التهاب|التهام|التواء"
)
_ARTICLE = re.compile(
    rf"\b(?!(?:{_FORM_VIII})(?:ات|ان|ين|ا|ة|ي|ية)?\b|(?:الله|الفا)\b|الفبا|الكترون)[اٱ]ل(?=\w\w)"
)
_ACCENTS = re.compile("(?<=[a-z])[\u0300-\u036f]+|[\u0653-\u0655]")  # once letters are taken apart

# Latin letters that are none with an accent; Arabic ones that are written for one of the 28.
_LETTERS = str.maketrans({
    "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ħ": "h", "ı": "i",
    **dict(zip("٠١٢٣٤٥٦٧٨٩", "0123456789", strict=True)),
})  # fmt: skip
_ARABIC_LETTERS = str.maketrans("ٱءةىیکگپچژڤ", "ااهييككبجزف")


def letters(language: str) -> tuple[str, ...]:
    """The alphabet of a language: A to Z, or the 28 Arabic letters; of other scripts, nothing."""
    if base(language) == "ar":
        return _ARABIC
    return _LATIN if "LATIN" in written_in(language) else ()


def letter(term: str, language: str) -> str:
    """The heading of a term: its first letter as in ``letters``, whatever its script."""
    first = _filed(term, language)[:1]
    return first.title() if first.isalpha() else OTHERS


def sort_key(term: str, language: str) -> tuple[int, str, str]:
    """What terms sort by: those under one heading stand together.

    The language's own letters come first, then those of other scripts, then digits and signs.
    """
    heading = letter(term, language)
    place = 0 if heading in letters(language) else 2 if heading == OTHERS else 1
    return place, _filed(term, language), term


@lru_cache(maxsize=16384)
def _filed(term: str, language: str) -> str:
    """The letters by which a term is filed."""
    text = _VOWELS.sub("", unicodedata.normalize("NFKC", term).casefold())
    text = " ".join(_BETWEEN.sub(" ", _ASIDE.sub("", text)).split())
    if arabic := base(language) == "ar":
        text = _ARTICLE.sub("", text)
    if not text.isascii():  # hamza and madda are marks too, once taken apart
        text = _ACCENTS.sub("", unicodedata.normalize("NFD", text))
        text = unicodedata.normalize("NFC", text).translate(_LETTERS)
    return text.translate(_ARABIC_LETTERS) if arabic else text
