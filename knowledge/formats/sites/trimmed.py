"""Trimmed: names without what stands about them and is none of them."""

import re
import unicodedata
from itertools import takewhile

_STOP = re.compile(r"(?:(?<=[^\W\d_]{5})|(?<=[)\]»”\"]))\.\s*$")
_STEM = 3  # letters
_QUOTED = re.compile(r"[«“„\"「『]([^«»“”„\"「」『』]+)[»”“\"」』]")


def unstarred(name: str) -> str:
    """A name without stars about it that are left of bold, and none of its own: “A*”."""
    left = name[:1] == name[-1:] == "*" or "**" in (name[:2], name[-2:])
    return name.strip("* ") if left else name.strip()


def unmarked(name: str) -> str:
    """A name without quotation marks about it, or a full stop that is none of an abbreviation."""
    name = _STOP.sub("", name)
    quoted = _QUOTED.fullmatch(name)
    return quoted[1] if quoted else name


def bare(name: str) -> str:
    """A name without the pictures before and behind it: “🔑 Key”."""
    words = name.split(" ")
    while len(words) > 1 and _is_picture(words[0]):
        words.pop(0)
    while len(words) > 1 and _is_picture(words[-1]):
        words.pop()
    return " ".join(words)


def are_alike(one: str, other: str) -> bool:
    """Whether of two names one begins as the other does, for half of it or more, or ends so."""
    short, long = sorted((one.casefold(), other.casefold()), key=len)
    same = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(short, long, strict=False))))
    return same >= max(_STEM, len(short) / 2) or (len(short) > _STEM and long.endswith(short))


def _is_picture(word: str) -> bool:
    kinds = {unicodedata.category(c) for c in word if c not in "#*0123456789"}
    return bool(kinds & {"So", "Me"}) and kinds <= {"So", "Sk", "Mn", "Cf", "Me"}
