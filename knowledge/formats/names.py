"""Names: the term and its other names in how a glossary writes a term."""

import re
import unicodedata

_BRACKETED = re.compile(r"(.*\S)\s*[(（]([^()（）]+)[)）]")
_BETWEEN = re.compile(r"\s*[,;،؛、]\s*(?!\d)|\s+[/|–—]\s+")
_SHORT = 12  # characters of an acronym, at most
_CAPITALS = 2


def split_names(written: str) -> tuple[str, tuple[str, ...]]:
    """The term, and what else it is called, from one line: “Recurrent neural network (RNN)”.

    What stands in brackets, or behind a comma, a stroke or a dash, is a name only if it shortens
    the other or is in another script; else part of the term: “Turing, Alan”, “Mean (statistics)”.
    """
    written = " ".join(written.split())
    bracketed = _BRACKETED.fullmatch(written)
    first, *others = [bracketed[1], *_BETWEEN.split(bracketed[2])] if bracketed else [written]
    if not bracketed:
        first, *others = _BETWEEN.split(written)
    names = [name for name in others if name]
    if first and names and all(_is_other_name(name, first) for name in names):
        return first, tuple(names)
    return written, ()


def _is_other_name(one: str, other: str) -> bool:
    return abbreviates(one, other) or "" != script(one) != script(other) != ""


def abbreviates(one: str, other: str) -> bool:
    """Whether the shorter of two names is an acronym of the longer: each of its letters, in order.

    It has two capitals or more, begins as the other does, and is one word.
    """
    short, long = sorted((one, other), key=len)
    letters = [c for c in short.lower().removesuffix("s") if c.isalnum()]
    capitals = sum(c.isupper() or c.isdigit() for c in short)
    if not letters or " " in short or len(short) > _SHORT or capitals < min(_CAPITALS, len(short)):
        return False
    rest = iter(long.lower())
    return long[:1].lower() == letters[0] and all(c in rest for c in letters)


def script(text: str) -> str:
    """The script of a text's first letter, as Unicode names it: LATIN, ARABIC; “” without one."""
    first = next(filter(str.isalpha, text), "")
    return unicodedata.name(first, "").partition(" ")[0] if first else ""
