"""Readers of glossary files, one a format, chosen by what the file holds and not by its name."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Generic, TypeVar

from knowledge import GlossaryError
from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.formats import outline, page, site, table
from knowledge.language import clean

Content = TypeVar("Content", str, bytes)


@dataclass(frozen=True, slots=True)
class Reader(Generic[Content]):
    """A format: how it is recognised, and how it is read.

    ``read`` is given the content, and the file's path from where reading began (for messages, the
    id and the language), and yields entries and faults in the file's order. Whatever the content,
    it does not raise: what cannot be used is a fault with its line, and what to do about it.
    """

    name: str
    recognises: Callable[[Content], bool]
    read: Callable[[Content, PurePath], Iterator[Entry | Fault]]


# The first that recognises a file reads it: those that are sure stand before those that guess.
WORKBOOKS: tuple[Reader[bytes], ...] = ()
READERS: tuple[Reader[str], ...] = (
    Reader("Markdown with front matter", site.recognises, site.read),
    Reader("JSON or JSON Lines", table.recognises_json, table.read_json),
    Reader("CSV", table.recognises_csv, table.read_csv),
    Reader("Markdown with many terms", outline.recognises, site.read_bare),
    Reader("a web page as text", page.recognises, page.read),
)

_SUFFIXES = {
    "", ".md", ".markdown", ".mdx", ".txt", ".text", ".rst", ".rest", ".json", ".jsonl", ".ndjson",
    ".jsonld", ".csv", ".tsv", ".tab", ".xml", ".tbx", ".rdf", ".owl", ".skos", ".ttl", ".nt",
    ".n3", ".html", ".htm", ".xhtml", ".xlsx", ".xlsm", ".xls", ".ods", ".yaml", ".yml",
}  # fmt: skip
_NOT_ENTRIES = {"readme", "license", "licence", "copying", "changelog", "contributing", "notice"}
_MOST_BYTES = 128 * 1024 * 1024
_ARCHIVES = (b"PK\x03\x04", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ")


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
            if name.startswith(".") or file.suffix.lower() not in _SUFFIXES:
                continue
            if not file.is_file() and not file.is_symlink():  # a pipe would be waited for
                continue
            if file.stem.lower() not in _NOT_ENTRIES:
                yield file


def _read_file(file: Path, shown: PurePath) -> Iterator[Entry | Fault]:
    origin = str(shown)
    try:
        if file.stat().st_size > _MOST_BYTES:
            most = _MOST_BYTES // 1024**2
            yield Fault(origin, 1, f"is larger than {most} MB: part it into several files.")
            return
        data = file.read_bytes()
    except OSError as error:
        yield Fault(origin, 1, f"cannot be read: {error.strerror}.")
        return
    workbook = next((reader for reader in WORKBOOKS if reader.recognises(data)), None)
    if workbook is not None:
        yield from workbook.read(data, shown)
    elif data.startswith(_ARCHIVES):
        yield Fault(origin, 1, "is an archive: unpack it, and give the folder.")
    else:
        yield from _read_text(data, shown)


def _read_text(data: bytes, shown: PurePath) -> Iterator[Entry | Fault]:
    origin = str(shown)
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
