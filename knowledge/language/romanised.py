"""Arabic in Latin letters, as it is typed in chats, and English in Arabic ones.

“ta3allum” is تعلم, and «فاين تيوننج» is “fine tuning”.

Writers agree on the consonants, more or less, and on no vowel. So both spellings are brought to a
*skeleton*: classes of consonants, vowels left out. There is no standard to cite; the classes are
those of the romanised questions that retrieval is tuned on and of common use, in which 2 3 5 6 7 8
9 stand for ء ع خ ط ح غ/ق ق/ص.
"""

import re
from collections.abc import Sequence

from knowledge.language.words import is_arabic

# Two letters of one sound first; then letters alone. A class of its own for each sound that both
# spellings keep apart; hamza, ع and the vowels are kept apart by neither, and left out.
_LATIN_PAIRS = (
    ("sh", "S"), ("ch", "S"), ("kh", "X"), ("gh", "G"), ("th", "s"), ("dh", "s"), ("ph", "f"),
    ("ou", ""), ("ee", ""), ("oo", ""),
)  # fmt: skip
_LATIN = {
    "b": "b", "p": "b", "t": "t", "6": "t", "j": "j", "g": "j", "7": "h", "h": "h", "5": "X",
    "d": "d", "z": "s", "s": "s", "r": "r", "f": "f", "v": "f", "q": "k", "k": "k", "9": "k",
    "c": "k", "8": "G", "l": "l", "m": "m", "n": "n", "x": "ks", "S": "S", "G": "G", "X": "X",
}  # fmt: skip
_ARABIC = dict(zip("بپتطجحهخدضزذظسصثرفڤقكلمنشغ", "bbttjhhXddssssssrffkklmnSG", strict=True))
_ENGLISH = (
    ("tion", "shn"), ("ssion", "shn"), ("sion", "shn"), ("ce", "se"), ("ci", "si"), ("cy", "sy"),
    ("dg", "j"), ("دج", "ج"),
)  # fmt: skip
_COARSER = str.maketrans("jG", "kk")  # g is written ج, غ, ق or ك
_NEVER_ENGLISH = frozenset("حخصضطظعذ")
_VOWELS = "aeiouwyاوي"
_LETTERS = {
    "A": "اي", "B": "بي", "C": "سي", "D": "دي", "E": "اي", "F": "اف", "G": "جي", "H": "اتش",
    "I": "اي", "J": "جي", "K": "كي", "L": "ال", "M": "ام", "N": "ان", "O": "او", "P": "بي",
    "Q": "كيو", "R": "ار", "S": "اس", "T": "تي", "U": "يو", "V": "في", "W": "دبليو", "X": "اكس",
    "Y": "واي", "Z": "زد",
}  # fmt: skip
ARTICLES = frozenset({"al", "el", "il", "l"})
"""The article as a word of its own."""

_ARTICLE = re.compile(r"^(?:[wfbl]i?)?(?:al|el|il)(?=\w{3})")


def skeleton(word: str) -> str:
    """The consonants of a folded word, Arabic or Latin, without those that double the one before.

    >>> skeleton("ta3allum") == skeleton("تعلم")
    True
    """
    return _consonants(word.removesuffix("ه") if is_arabic(word) else _ARTICLE.sub("", word))


def spelled(acronym: str) -> tuple[str, str]:
    """The names of an acronym's letters, as Arabic writes them; A is written in two ways.

    >>> spelled("RAG")
    ('ار اي جي', 'ار ايه جي')
    """
    usual = " ".join(_LETTERS[letter] for letter in acronym)
    return usual, " ".join("ايه" if letter == "A" else _LETTERS[letter] for letter in acronym)


def spoken(words: Sequence[str]) -> str:
    """How an English name sounds, of its folded words, or of Arabic ones that may stand for it.

    That is its consonants, and whether it begins with one; nothing for what cannot be English.

    >>> spoken(["fine", "tuning"]) == spoken(["فاين", "تيوننج"])
    True
    >>> spoken(["ضربت"])
    ''
    """
    text = " ".join(words)
    if not _NEVER_ENGLISH.isdisjoint(text):
        return ""
    for letters, sound in _ENGLISH:
        text = text.replace(letters, sound)
    sounds = [_consonants(word).translate(_COARSER) for word in text.split()]
    return (text[0] in _VOWELS) * "-" + "".join(sounds) if all(sounds) else ""


def _consonants(word: str) -> str:
    if is_arabic(word):
        sounds = "".join(_ARABIC.get(letter, "") for letter in word)
    else:
        for pair, sound in _LATIN_PAIRS:
            word = word.replace(pair, sound)
        sounds = "".join(_LATIN.get(letter, "") for letter in word.removesuffix("h"))
    return re.sub(r"(.)\1+", r"\1", sounds)
