"""Folders: which files in them may hold entries, and the language and id that their paths give."""

import os
import re
from collections.abc import Iterator
from pathlib import Path, PurePath

from babel import localedata

from knowledge import GlossaryError, lists
from knowledge.fault import Fault
from knowledge.language.text import standard

# Control characters, and bytes that are no UTF-8: no message, no index and no page can hold them.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_UNNAMED = "has a name with signs that cannot be shown: rename it."
_TAG = re.compile(r"([a-z]{2,3})(?:[-_](?:[a-z]{4}|[a-z]{2}|[0-9]{3})){0,2}", re.IGNORECASE)
# Two letters that are a subject before they are a language: operating systems, user interface ….
_SUBJECTS = frozenset({"ai", "db", "ee", "ii", "io", "os", "se", "ti", "to", "ts", "vo", "yi"})
_DEEPEST = 100  # folders in folders; no path of the system's can hold many times as many
_DEEP = f"is {_DEEPEST} folders deep, and those in it were not read: move them up."
_OUT = "leads out of the folder: put the file itself here."


def files(path: Path) -> tuple[Path, list[PurePath | Fault]]:
    """The folder that paths are relative to, and its files that may hold entries, by name.

    Hidden ones, and those that no glossary has, are passed over; links that lead out of the folder
    are faults, and those to folders are not followed.

    Raises:
        GlossaryError: there is no such file or folder, or one cannot be read.
    """
    try:
        if path.is_dir():
            folder, found = path, list(_within(path))
        elif path.is_file():
            folder, found = path.parent, [(PurePath(path.name), "")]
        else:
            raise GlossaryError(
                f"There is no glossary at {path}: give --glossary (or MASRAD_GLOSSARY) a file or"
                " folder that exists."
            )
    except OSError as error:
        raise GlossaryError(
            f"{error.filename or path} cannot be read: {error.strerror}."
        ) from error
    return folder, [_named(file, wrong) for file, wrong in found]


def _named(file: PurePath, wrong: str) -> PurePath | Fault:
    shown = _UNPRINTABLE.sub("�", str(file))
    wrong = wrong or (_UNNAMED if shown != str(file) else "")
    return Fault(shown, 1, wrong) if wrong else file


def _within(folder: Path) -> Iterator[tuple[PurePath, str]]:
    """The files of a folder and its folders, by their paths in it, and what is wrong with each."""

    def refuse(error: OSError) -> None:
        raise error

    whole, generated = folder.resolve(), lists.listed("files")["generated"]
    for root, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = sorted(n for n in folders if n[:1] != "." and n not in generated)
        within = PurePath(root).relative_to(folder)
        if len(within.parts) >= _DEEPEST and folders:
            folders.clear()
            yield within, _DEEP
        for name in sorted(name for name in names if not _holds_none(within / name)):
            wrong = ""
            try:
                target = Path(root, name).resolve(strict=True)
                if not target.is_file():
                    continue  # a pipe or a device, which would be waited for
                wrong = "" if target.is_relative_to(whole) else _OUT
            except (OSError, RuntimeError):
                pass  # reading it will say why
            yield within / name, wrong


def _holds_none(path: PurePath) -> bool:
    """Whether a file's name says that there is no entry in it."""
    known = lists.listed("files")
    if not lists.kind(path, "documents", "records", "terminology"):
        return True
    if str(path.parent) in known["evaluation"] and path.suffix.lower() in (".yaml", ".yml"):
        return True
    stem = path.name.partition(".")[0].replace("-", "_")
    is_known = not {stem, stem.lower()}.isdisjoint(known["repository"])
    return not stem or is_known or stem.lower() in known["configuration"]


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
