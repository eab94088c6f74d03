"""Rarity: how much a word tells, by how seldom people use it."""

from functools import lru_cache

from wordfreq import available_languages, zipf_frequency

from knowledge.language.text import base
from knowledge.language.words import PROCLITICS

# On the Zipf scale (Van Heuven et al., 2014, doi:10.1080/17470218.2013.850521) a word in a thousand
# is at 6, a word in a hundred million at 1. Of what is rarer than this, counts say nothing.
_COMMON, _LEAST, _MOST = 7.0, 0.5, 6.0
_CUT_INTO_WORDS = {"ja", "ko", "zh"}  # by other packages, which are not needed for a letter


@lru_cache(maxsize=65536)
def rarity(word: str, language: str) -> float:
    """How seldom a folded word is used: 0.5 for those of every sentence, 6 for those unheard of.

    It is in powers of ten of the word's frequency, by ``wordfreq``, of the most common of the
    word's forms; the middle for a language that it does not know.
    """
    arabic = "\u0600" <= word[:1] <= "\u06ff"
    tag = base(language)
    tag = "ar" if arabic and tag not in ("fa", "ur") else tag
    if word.isascii() and tag == "ar":
        tag = "en"
    if tag not in _known():
        return (_LEAST + _MOST) / 2
    forms = {word}
    if arabic:  # folded, it has lost its article, and ه may stand for ة
        forms |= {f"ال{word}", f"{word[:-1]}ة" if word.endswith("ه") else word}
        forms |= {word[1:]} if word[0] in PROCLITICS and len(word) > 3 else set()  # noqa: PLR2004
    known = max(zipf_frequency(form, tag, wordlist="small") for form in forms)
    return min(max(_COMMON - known, _LEAST), _MOST)


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    return frozenset(available_languages("small")) - _CUT_INTO_WORDS
