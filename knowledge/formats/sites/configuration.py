"""Configuration: the language that the generator of a site is told its pages are in."""

import re
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePath

from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.formats.sites import paths
from knowledge.formats.telling import may_be
from knowledge.language.text import base

_HUGO = ("defaultContentLanguage", "languageCode")
# The files, by name without suffix, and the settings in them, the surest first.
_FILES = {
    "hugo": _HUGO, "config": _HUGO, "config/_default/hugo": _HUGO, "config/_default/config": _HUGO,
    "_config": ("lang", "locale", "language"), "mkdocs": ("language",), "book": ("language",),
    "docusaurus.config": ("defaultLocale",), "astro.config": ("defaultLocale", "lang"),
    ".vitepress/config": ("lang",), "quartz.config": ("locale",), "_quarto": ("lang",),
    "conf": ("language",),
}  # fmt: skip
_SUFFIXES = (".toml", ".yaml", ".yml", ".json", ".js", ".mjs", ".ts", ".mts", ".py")
_HIGHEST = 6  # folders above the one that was pointed at
_LONGEST = 256 * 1024  # bytes of such a file


def language(folder: Path) -> str:
    """The language that the nearest configuration says, in the folder or above it; or nothing.

    English is not believed: most templates of sites say it, and few who write others change that.
    """
    whole = folder.absolute()
    for each in [whole, *whole.parents][: _HIGHEST + 1]:
        for text, settings in _configurations(each):
            said = next(filter(None, (_said(text, name) for name in settings)), "")
            if said:
                return "" if said == "en" else said
    return ""


def _configurations(folder: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The texts of the configurations that stand in a folder; no link is followed."""
    for name, settings in _FILES.items():
        for suffix in _SUFFIXES:
            file = folder / f"{name}{suffix}"
            try:
                told = file.lstat()
                if stat.S_ISREG(told.st_mode) and told.st_size <= _LONGEST:
                    yield file.read_text("utf-8", "replace"), settings
            except OSError:
                continue


def _said(text: str, setting: str) -> str:
    """The first language that a setting names, in whatever notation: YAML, TOML, JSON, a script."""
    named = re.compile(
        rf"^[^#\n]*?(?<![\w.]){setting}[\"']?\s*[:=]\s*[\"']?([a-z]{{2,3}}(?:[-_]\w{{2,8}})*)\b",
        re.IGNORECASE | re.MULTILINE,
    )
    tags = (paths.language(PurePath(match[1], "page")) for match in named.finditer(text))
    return base(next(filter(None, tags), ""))


def spoken(item: Entry | Fault, language: str) -> Entry | Fault:
    """An entry whose language was told from its text, in that of its site, if it may well be."""
    if not language or isinstance(item, Fault) or not item.guessed:
        return item
    text = " ".join((item.term, *(section.text for section in item.sections)))
    return replace(item, language=language, guessed=False) if may_be(text, language) else item
