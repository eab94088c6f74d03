"""Arabic in Latin letters, as it is typed in chats: “ta3allum” is تعلم.

Writers agree on the consonants, more or less, and on no vowel. So both spellings are brought to a
*skeleton*: classes of consonants, vowels left out. There is no standard to cite; the classes are
those of the romanised questions that retrieval is tuned on and of common use, in which 2 3 5 6 7 8
9 stand for ء ع خ ط ح غ/ق ق/ص.
"""

import re

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
ARTICLES = frozenset({"al", "el", "il", "l"})
"""The article as a word of its own."""

_ARTICLE = re.compile(r"^(?:[wfbl]i?)?(?:al|el|il)(?=\w{3})")


def skeleton(word: str) -> str:
    """The consonants of a folded word, Arabic or Latin, without those that double the one before.

    >>> skeleton("ta3allum") == skeleton("تعلم")
    True
    """
    if "\u0600" <= word[:1] <= "\u06ff":
        word = word.removesuffix("ه")
        return _single("".join(_ARABIC.get(letter, "") for letter in word))
    word = _ARTICLE.sub("", word)
    for pair, sound in _LATIN_PAIRS:
        word = word.replace(pair, sound)
    word = word.removesuffix("h")
    return _single("".join(_LATIN.get(letter, "") for letter in word))


def _single(sounds: str) -> str:
    return re.sub(r"(.)\1+", r"\1", sounds)
