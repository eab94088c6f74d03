"""Formats of glossary files: what a file or a folder holds, as entries and faults.

Each reader ends in ``draft.make_entry``, which checks what was found and makes it an ``Entry``::

    markdown, matter             the project's own format
    document, shapes, tree       texts with headings, lists and tables, by Pandoc's tree
    pdf                          its text with headings, as such a document
    records, columns             rows with named fields: tables, sheets, JSON, YAML, TOML
    terminology                  Moodle, TBX, SKOS and schema.org
    concepts                     what a row or an element says, made into entries by language

A reader raises ``UnreadableError`` (``decoding``) of a file that cannot be read, ``GlossaryError``
of a choice that cannot be. The project's own format is read here; all else by a child process with
limits (``reading``), which is the one guard against files without end: one that it cannot get
through is left out.
"""

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePath
from typing import TypeAlias

from pydantic import Field, TypeAdapter
from pydantic.dataclasses import dataclass

from knowledge import GlossaryError, child
from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.formats import folders, markdown
from knowledge.formats.columns import Columns, SheetPreview
from knowledge.formats.decoding import UnreadableError
from knowledge.language.text import clean

Item: TypeAlias = Entry | Fault
MOST_BYTES = 32 * 1024 * 1024
_SECONDS, _SECONDS_A_FILE = 24.0, 0.2


@dataclass(frozen=True)
class Preview:
    """What was understood of a file, or of a folder of them."""

    sheets: tuple[SheetPreview, ...]
    shapes: dict[str, tuple[str, ...]]
    """The terms that each shape of documents gives; the one that reading chooses first."""


@dataclass(frozen=True)
class Request:
    """What the child is asked: the entries of files in a folder, or a preview of them."""

    folder: Path
    files: tuple[str, ...]
    is_preview: bool = False
    columns: Columns = Field(default_factory=dict)
    shape: str | None = None


def read(path: Path, columns: Columns | None = None, shape: str | None = None) -> Iterator[Item]:
    """Everything in a file, or in the files of a folder and its folders, in their order.

    Paths in entries and faults are relative to where reading began. ``columns`` says what the
    columns of tables hold where their names do not, and ``shape`` which shape the terms of
    documents have (``Preview``).

    Raises:
        GlossaryError: the path does not exist or cannot be read; a table has no such column.
    """
    folder, files, wrong = folders.files(path)
    yield from wrong
    own = {str(file): _own(folder, file) for file in files}
    foreign = tuple(name for name, items in own.items() if items is None)
    request = Request(folder, foreign, columns=columns or {}, shape=shape)
    answer, faults = _asked(request) if foreign else (b"[]", [])
    found = {name: items or [] for name, items in own.items()}
    for item in (*TypeAdapter(list[Item]).validate_json(answer), *faults):
        found[item.origin if isinstance(item, Entry) else item.path].append(item)
    for items in found.values():
        yield from items


def preview(path: Path) -> Preview:
    """What is understood of a file or folder, for a person to choose from.

    Raises:
        GlossaryError: it cannot be read.
    """
    folder, files, _ = folders.files(path)
    answer, _ = _asked(Request(folder, tuple(map(str, files)), is_preview=True))
    return TypeAdapter(Preview).validate_json(answer)


def content(file: Path) -> bytes:
    """The bytes of a file; ``UnreadableError`` if it is too large or cannot be read."""
    try:
        if file.stat().st_size > MOST_BYTES:
            most = MOST_BYTES // 1024**2
            raise UnreadableError(f"is larger than {most} MB: part it into several files.")
        return file.read_bytes()
    except OSError as error:
        raise UnreadableError(f"cannot be read: {error.strerror}.") from error


def _own(folder: Path, file: PurePath) -> list[Item] | None:
    """What a file in the project's own format holds; None if it is in another."""
    if file.suffix.lower() not in markdown.SUFFIXES:
        return None
    try:
        text = clean(content(folder / file).decode("utf-8-sig", errors="replace"))
    except UnreadableError as error:
        return [Fault(str(file), error.line, str(error))]
    return list(markdown.read(text, file)) if markdown.is_native(text) else None


def _asked(request: Request) -> tuple[bytes, list[Fault]]:
    """What a child finds; a file that it cannot get through is left out, and a fault."""
    faults: list[Fault] = []
    while True:
        data = TypeAdapter(Request).dump_json(request)
        seconds = _SECONDS + _SECONDS_A_FILE * len(request.files)
        try:
            answer = child.run("knowledge.formats.reading", data, seconds)
        except child.ChildError as error:
            last = error.log.rpartition("\n> ")[2].partition("\n")[0]
            if last not in request.files:  # it is not a file's fault
                raise GlossaryError(f"Files cannot be read: {error.log[-300:].strip()}.") from error
            request = replace(request, files=tuple(f for f in request.files if f != last))
            faults.append(Fault(last, 1, f"{error}: part it into several files."))
        else:
            status, _, body = answer.partition(b"\n")
            if status == b"refused":
                raise GlossaryError(body.decode())
            return body, faults


def announce(file: str) -> None:
    """Says, in the child, which file is read: whose fault it is if the child ends."""
    sys.stderr.write(f"\n> {file}\n")
    sys.stderr.flush()
