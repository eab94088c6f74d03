"""Readers of glossary files, one a format, chosen by what the file holds and not by its name."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath

from knowledge import GlossaryError
from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.formats import markdown, page, table
from knowledge.language import clean


@dataclass(frozen=True, slots=True)
class Reader:
    """A format: how it is recognised, and how it is read."""

    name: str
    recognises: Callable[[str], bool]
    read: Callable[[str, PurePath], Iterator[Entry | Fault]]


READERS = (
    Reader("Markdown with front matter", markdown.recognises, markdown.read),
    Reader("JSON or JSON Lines", table.recognises_json, table.read_json),
    Reader("CSV", table.recognises_csv, table.read_csv),
    Reader("a web page as text", page.recognises, page.read),
)

_TEXT_SUFFIXES = {"", ".md", ".markdown", ".txt", ".json", ".jsonl", ".ndjson", ".csv", ".tsv"}
_NOT_ENTRIES = {"readme", "license", "licence", "copying", "changelog", "contributing", "notice"}


def read(path: Path) -> Iterator[Entry | Fault]:
    """Everything in a file, or in the files of a folder and its folders, in order of name.

    Paths in entries and faults are relative to where reading began. Links to other folders are not
    followed; hidden files, and those that by name hold no entries (a README), are passed over.

    Raises:
        GlossaryError: the path does not exist or cannot be read.
    """
    if path.is_file():
        yield from _read_file(path, PurePath(path.name))
    elif path.is_dir():
        for file in _files(path):
            yield from _read_file(file, PurePath(file.relative_to(path)))
    else:
        raise GlossaryError(
            f"There is no glossary at {path}: give --glossary (or MASRAD_GLOSSARY) a file or folder"
            " that exists."
        )


def _files(folder: Path) -> Iterator[Path]:
    def refuse(error: OSError) -> None:
        raise GlossaryError(f"The folder {error.filename} cannot be read: {error.strerror}.")

    for root, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = Path(root, name)
            if name.startswith(".") or file.suffix.lower() not in _TEXT_SUFFIXES:
                continue
            if not file.is_file() and not file.is_symlink():  # a pipe would be waited for
                continue
            if file.stem.lower() not in _NOT_ENTRIES:
                yield file


def _read_file(file: Path, shown: PurePath) -> Iterator[Entry | Fault]:
    origin = str(shown)
    try:
        data = file.read_bytes()
    except OSError as error:
        yield Fault(origin, 1, f"cannot be read: {error.strerror}.")
        return
    if b"\0" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        yield Fault(origin, 1, "is not text but binary data: save it as UTF-8 text or remove it.")
        return
    try:
        text = data.decode("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        yield Fault(origin, line, "is not in UTF-8 from here on: save the file as UTF-8.")
        return
    text = clean(text)
    if not text.strip():
        yield Fault(origin, 1, "is empty: write an entry or remove the file.")
        return
    reader = next((r for r in READERS if r.recognises(text)), None)
    if reader is None:
        known = "; ".join(r.name for r in READERS)
        yield Fault(origin, 1, f"holds no entry in a known format ({known}).", "warning")
        return
    yield from reader.read(text, shown)
