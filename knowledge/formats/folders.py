"""Folders: the files in them that may hold entries, and what is wrong with the others."""

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path, PurePath

from knowledge import GlossaryError
from knowledge.fault import Fault
from knowledge.formats import lists

# Control characters, and bytes that are no UTF-8: no message, no index and no page can hold them.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_DEEPEST = 100  # folders in folders; no path of the system's can hold many times as many


def files(folder: Path) -> Iterator[PurePath | Fault]:
    """The files of a folder and its folders that may hold entries, in order of name.

    Their paths begin in the folder. Hidden ones, and those that no glossary has, are passed over;
    links that lead out of the folder are faults, and those to folders are not followed.

    Raises:
        GlossaryError: a folder cannot be read.
    """

    def refuse(error: OSError) -> None:
        raise GlossaryError(f"The folder {error.filename} cannot be read: {error.strerror}.")

    whole, generated = folder.resolve(), lists.listed("files")["generated"]
    for root, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = sorted(n for n in folders if n[:1] != "." and n not in generated)
        within = PurePath(root).relative_to(folder)
        if len(within.parts) >= _DEEPEST and folders:
            folders.clear()
            message = f"is {_DEEPEST} folders deep, and those in it were not read: move them up."
            yield Fault(_printable(within), 1, message)
        for name in sorted(names):
            path, file = within / name, Path(root, name)
            if _holds_none(path) or _is_special(file):
                continue
            if file.is_symlink() and _leads_out(file, whole):
                message = "leads out of the folder: put the file itself here."
                yield Fault(_printable(path), 1, message)
            else:
                yield unprintable(path) or path


def unprintable(path: PurePath) -> Fault | None:
    """What is wrong with a path that no message and no index can hold."""
    message = "has a name with signs that cannot be shown: rename it."
    return Fault(_printable(path), 1, message) if _UNPRINTABLE.search(str(path)) else None


def _holds_none(path: PurePath) -> bool:
    """Whether a file's name says that there is no entry in it."""
    known, suffix = lists.listed("files"), path.suffix.lower()
    if not any(lists.kind(path, of) for of in ("documents", "records", "terminology")):
        return True
    if str(path.parent) in known["evaluation"] and suffix in (".yaml", ".yml"):
        return True
    stem = path.name.partition(".")[0]
    is_known = {stem.replace("-", "_"), stem.replace("-", "_").lower()} & {*known["repository"]}
    return not stem or bool(is_known) or stem.lower() in known["configuration"]


def _is_special(file: Path) -> bool:
    """Whether a name is a pipe's or a device's, which would be waited for, or a link's to one."""
    try:
        return not stat.S_ISREG(file.stat().st_mode)
    except OSError:  # reading it will say why
        return False


def _leads_out(link: Path, folder: Path) -> bool:
    try:
        return not link.resolve().is_relative_to(folder)
    except (OSError, RuntimeError):  # it leads to itself: reading it will say so
        return False


def _printable(path: PurePath) -> str:
    return _UNPRINTABLE.sub("�", str(path))
