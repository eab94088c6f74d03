"""Folders: which files in them may hold entries, and the language and id that their paths give."""

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path, PurePath

from knowledge import GlossaryError, lists
from knowledge.fault import Fault
from knowledge.formats.columns import language_of

# Control characters, and bytes that are no UTF-8: no message, no index and no page can hold them.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_UNNAMED = "has a name with signs that cannot be shown: rename it."
_OUT = "leads out of the folder: put the file itself here."


def files(path: Path) -> tuple[Path, list[PurePath], list[Fault]]:
    """The folder that paths are relative to, its files that may hold entries, and what is wrong.

    Hidden ones, and those that no glossary has, are passed over; links that lead out of the folder
    are faults, and those to folders are not followed.

    Raises:
        GlossaryError: there is no such file or folder, or one cannot be read.
    """
    try:
        if path.is_dir():
            folder, found = path, dict(_within(path))
        elif path.is_file():
            folder, found = path.parent, {PurePath(path.name): ""}
        else:
            raise GlossaryError(
                f"There is no glossary at {path}: give --glossary (or MASRAD_GLOSSARY) a file or"
                " folder that exists."
            )
    except OSError as error:
        raise GlossaryError(
            f"{error.filename or path} cannot be read: {error.strerror}."
        ) from error
    unnamed = {file: _UNNAMED for file in found if _UNPRINTABLE.search(str(file))}
    wrong = {file: why for file, why in (found | unnamed).items() if why}
    faults = [Fault(_UNPRINTABLE.sub("�", str(file)), 1, why) for file, why in wrong.items()]
    return folder, [file for file in found if file not in wrong], faults


def _within(folder: Path) -> Iterator[tuple[PurePath, str]]:
    """The files of a folder and its folders, by their paths in it, and what is wrong with each."""

    def refuse(error: OSError) -> None:
        raise error

    whole, generated = folder.resolve(), lists.listed("files")["generated"]
    for root, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = sorted(n for n in folders if n[:1] != "." and n not in generated)
        within = PurePath(root).relative_to(folder)
        for name in sorted(name for name in names if not _holds_none(within / name)):
            target = Path(os.path.realpath(Path(root, name)))  # which follows no link in a circle
            with suppress(OSError):  # reading it will say why
                if target.exists() and not target.is_file():
                    continue  # a pipe or a device, which would be waited for
            yield within / name, "" if target.is_relative_to(whole) else _OUT


def _holds_none(path: PurePath) -> bool:
    """Whether a file's name says that there is no entry in it."""
    known = lists.listed("files")
    if not lists.kind(path, "documents", "records", "terminology"):
        return True
    stem = path.name.partition(".")[0].replace("-", "_")
    is_known = not {stem, stem.lower()}.isdisjoint(known["repository"])
    return not stem or is_known or stem.lower() in known["configuration"]


def language(path: PurePath) -> str:
    """The language that a file's name or a folder above it names, the nearest first; or nothing.

    ``name.ar.md``, ``ar/name.md``, ``content/zh-cn/docs/name.md``, ``pt_BR/name.md``.
    """
    _, tag = _split(path)
    return tag or next(filter(None, map(language_of, reversed(path.parent.parts))), "")


def entry_id(path: PurePath) -> str:
    """The id that a file's name gives; of an ``index.md``, that of its folder."""
    stem, _ = _split(path)
    if is_index(path):
        return next((each for each in reversed(path.parent.parts) if not language_of(each)), "")
    return stem


def is_index(path: PurePath) -> bool:
    """Whether a file is the page of its folder."""
    return _split(path)[0].lower().lstrip("_") == "index"


def _split(path: PurePath) -> tuple[str, str]:
    """A file's name without its suffix, and the language that it ends in."""
    stem, dot, last = path.stem.rpartition(".")
    if dot and stem and (tag := language_of(last)):
        return stem, tag
    return path.stem, ""
