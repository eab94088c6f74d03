"""Paths: the language and the id that a file's place in a folder gives its entry."""

import re
from pathlib import PurePath

from babel import localedata

from knowledge.language.text import standard

_TAG = re.compile(r"([a-z]{2,3})(?:[-_](?:[a-z]{4}|[a-z]{2}|[0-9]{3})){0,2}", re.IGNORECASE)
# Two letters that are a subject before they are a language: operating systems, user interface ….
_SUBJECTS = frozenset({"ai", "db", "ee", "ii", "io", "os", "se", "ti", "to", "ts", "vo", "yi"})


def language(path: PurePath) -> str:
    """The language that a file's name or a folder above it names, the nearest first; or nothing.

    ``name.ar.md``, ``ar/name.md``, ``content/zh-cn/docs/name.md``, ``pt_BR/name.md``.
    """
    _, tag = _split(path)
    return tag or next(filter(None, map(_tag, reversed(path.parent.parts))), "")


def entry_id(path: PurePath) -> str:
    """The id that a file's name gives; of an ``index.md``, that of its folder."""
    stem, _ = _split(path)
    if is_index(path):
        return next((each for each in reversed(path.parent.parts) if not _tag(each)), "")
    return stem


def is_index(path: PurePath) -> bool:
    """Whether a file is the page of its folder."""
    return _split(path)[0].lower().lstrip("_") == "index"


def _split(path: PurePath) -> tuple[str, str]:
    """A file's name without its suffix, and the language that it ends in."""
    stem, dot, last = path.stem.rpartition(".")
    if dot and stem and (tag := _tag(last)):
        return stem, tag
    return path.stem, ""


def _tag(name: str) -> str:
    """A name as a language tag (BCP 47), if it is one of a language in Unicode's CLDR."""
    match = _TAG.fullmatch(name)
    if not match or len(match[1]) != 2 or match[1].lower() in _SUBJECTS:  # noqa: PLR2004
        return ""
    if not localedata.exists(match[1].lower()):
        return ""
    return standard(name)
