"""Folders: the files in them that may hold entries, and what is wrong with the others."""

import os
import re
import stat
from collections.abc import Iterator
from itertools import islice
from pathlib import Path, PurePath

from knowledge import GlossaryError
from knowledge.fault import Fault
from knowledge.formats.sites import naming, paths

_SUFFIXES = {
    "", ".md", ".markdown", ".mdx", ".qmd", ".adoc", ".asciidoc", ".asc", ".txt", ".text", ".rst",
    ".rest", ".json", ".jsonl", ".ndjson",
    ".jsonld", ".csv", ".tsv", ".tab", ".xml", ".tbx", ".rdf", ".owl", ".skos", ".ttl", ".nt",
    ".nq", ".n3", ".html", ".htm", ".xhtml", ".xlsx", ".xlsm", ".xls", ".ods", ".yaml", ".yml",
    ".toml", ".docbook", ".dbk", ".dita",
}  # fmt: skip
# What `masrad eval` asks of a glossary lies beside its entries, as YAML.
_ASKED, _YAML = {"answers", "claims", "conversations", "questions"}, {".yaml", ".yml"}
_NOT_ENTRIES = {"readme", "license", "licence", "copying", "changelog", "contributing", "notice"}
# Control characters, and bytes that are no UTF-8: no message, no index and no page can hold them.
_UNSHOWN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_DEEPEST = 100  # folders in folders; no path of the system's can hold many times as many
_PAGES = 2  # beside it make a page that of its folder


def files(folder: Path) -> Iterator[Path | Fault]:
    """The files of a folder and its folders, in order of name, that may hold entries.

    Raises:
        GlossaryError: a folder cannot be read.
    """
    root = folder.resolve()
    for file in _walked(folder):
        if isinstance(file, Path) and file.is_symlink() and _leads_out(file, root):
            name = _shown(file.relative_to(folder))
            yield Fault(name, 1, "leads out of the folder: put the file itself here.")
        else:
            yield file


def unshown(path: PurePath) -> Fault | None:
    """What is wrong with a path that no message and no index can hold."""
    if not _UNSHOWN.search(str(path)):
        return None
    return Fault(_shown(path), 1, "has a name with signs that cannot be shown: rename it.")


def _walked(folder: Path) -> Iterator[Path | Fault]:
    def refuse(error: OSError) -> None:
        raise GlossaryError(f"The folder {error.filename} cannot be read: {error.strerror}.")

    for root, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        within = Path(root).relative_to(folder)
        if len(within.parts) >= _DEEPEST and folders:
            folders.clear()
            message = f"is {_DEEPEST} folders deep, and those in it were not read: move them up."
            yield Fault(_shown(within), 1, message)
        for name in sorted(names):
            file = Path(root, name)
            if name.startswith(".") or file.suffix.lower() not in _SUFFIXES:
                continue
            if str(within) in _ASKED and file.suffix.lower() in _YAML:
                continue
            if file.stem.lower() not in _NOT_ENTRIES and not _is_special(file):
                yield file


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


def _shown(path: PurePath) -> str:
    return _UNSHOWN.sub("�", str(path))


def is_headed(file: Path) -> bool:
    """Whether a file is the page of a folder in which others are pages too."""
    if not paths.is_index(file) or file.suffix.lower() not in naming.MARKDOWN:
        return False
    pages = (each for each in file.parent.iterdir() if each.suffix.lower() in naming.MARKDOWN)
    others = (e for e in pages if not paths.is_index(e) and e.stem.lower() not in _NOT_ENTRIES)
    return len(list(islice(others, _PAGES))) == _PAGES
