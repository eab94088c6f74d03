"""Paths: what the place of a file in a site tells of its entry, its language and its id."""

import re
from pathlib import PurePath

from babel import localedata

# Languages that documentation is written in (ISO 639-1, with Unicode CLDR data), and that a folder
# of two letters may mean: “os” is a folder of operating systems before it is one of Ossetic.
_WIDE = frozenset(
    {
        "af", "am", "ar", "az", "be", "bg", "bn", "bs", "ca", "cs", "cy", "da", "de", "el", "en",
        "es", "et", "eu", "fa", "fi", "fr", "ga", "gl", "gu", "ha", "he", "hi", "hr", "hu", "hy",
        "id", "ig", "is", "it", "ja", "ka", "kk", "km", "kn", "ko", "ku", "ky", "lo", "lt", "lv",
        "mk", "ml", "mn", "mr", "ms", "my", "nb", "ne", "nl", "nn", "no", "pa", "pl", "ps", "pt",
        "ro", "ru", "si", "sk", "sl", "so", "sq", "sr", "sv", "sw", "ta", "te", "tg", "th", "tk",
        "tl", "tr", "uk", "ur", "uz", "vi", "yo", "zh", "zu",
    }
)  # fmt: skip
_LONG = re.compile(r"[a-z]{3}")
_TAG = re.compile(r"([a-z]{2,3})(?:[-_](?:[a-z]{4}|[a-z]{2}|[0-9]{3})){0,2}", re.IGNORECASE)
_SHELVES = frozenset(
    {
        "content", "contents", "files", "i18n", "l10n", "lang", "langs", "language", "languages",
        "locale", "locales", "translations", "_i18n", "translated-content",
    }
)  # fmt: skip
_INDEX = re.compile(r"_?index", re.IGNORECASE)
_GLOSSARY = re.compile(
    r"_?(?:glossar|glosar|terms?$|terminolog|definition|dictionar)", re.IGNORECASE
)


def language(path: PurePath) -> str:
    """The language that a file's name or a folder above it names, the nearest first; or nothing.

    ``name.ar.md``, ``ar/name.md``, ``content/zh-cn/docs/name.md``, ``pt_BR/name.md``.
    """
    _, suffix = _parted(path)
    if suffix:
        return suffix
    folders = path.parent.parts
    for place in range(len(folders) - 1, -1, -1):
        above = folders[place - 1].lower() if place else ""
        if tag := _tag(folders[place], shelved=above in _SHELVES):
            return tag
    return ""


def entry_id(path: PurePath) -> str:
    """The id that a file's place gives: its name, and of an ``index.md`` the folders of a glossary.

    ``glossary/block/css/index.md`` is ``block/css``.
    """
    stem, _ = _parted(path)
    if not _INDEX.fullmatch(stem):
        return stem
    folders = list(path.parent.parts)
    for place in range(len(folders) - 1, -1, -1):
        if _GLOSSARY.match(folders[place]) or _tag(folders[place], shelved=True):
            return "/".join(folders[place + 1 :])
    return folders[-1] if folders else ""


def is_index(path: PurePath) -> bool:
    """Whether a file is the page of its folder."""
    return _INDEX.fullmatch(_parted(path)[0]) is not None


def is_section(path: PurePath) -> bool:
    """Whether a file is the page of a section of a Hugo site, ``_index.md``."""
    return is_index(path) and path.name.startswith("_")


def _parted(path: PurePath) -> tuple[str, str]:
    """A file's name without its suffix, and the language that it ends in."""
    stem, dot, last = path.stem.rpartition(".")
    if dot and stem and (tag := _tag(last, shelved=False)):
        return stem, tag
    return path.stem, ""


def _tag(name: str, *, shelved: bool) -> str:
    match = _TAG.fullmatch(name)
    if match is None:
        return ""
    base = match[1].lower()
    if base in _WIDE or (shelved and _LONG.fullmatch(base) and localedata.exists(base)):
        return "-".join([base, *map(_subtag, re.split("[-_]", name)[1:])])
    return ""


def _subtag(part: str) -> str:
    """As BCP 47 writes it: a script with one capital, a region in capitals."""
    return part.title() if len(part) == 4 else part.upper()  # noqa: PLR2004
