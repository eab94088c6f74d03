"""Reading what is not in the project's own format, as a child process with limits."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import PurePath
from types import ModuleType
from typing import Any

from pydantic import TypeAdapter

from knowledge import GlossaryError, child
from knowledge.fault import Fault
from knowledge.formats import Item, Request, announce, content, document, records, terminology
from knowledge.formats.decoding import File, UnreadableError
from knowledge.formats.preview import Preview, SheetPreview


def answer(data: bytes) -> bytes:
    """What a ``Request`` asks for, as JSON below a line that says whether it was granted."""
    request = TypeAdapter(Request).validate_json(data)
    try:
        found = _preview(request) if request.is_preview else list(_items(request))
    except GlossaryError as error:
        return b"refused\n" + str(error).encode()
    return b"granted\n" + TypeAdapter(Any).dump_json(found)


def _preview(request: Request) -> Preview:
    sheets: list[SheetPreview] = []
    documents: list[File] = []
    for file, reader in _files(request):
        with suppress(UnreadableError):  # reading will say why
            if reader is records:
                sheets += records.sheets(file)
            elif reader is document:
                documents.append(file)
    return Preview(tuple(sheets), document.preview(documents))


def _items(request: Request) -> Iterator[Item]:
    documents: list[File] = []
    for file, reader in _files(request):
        try:
            if isinstance(reader, Fault):
                yield reader
            elif reader is terminology:
                yield from terminology.read(file)
            elif reader is records:
                yield from records.read(file, request.columns)
            else:
                documents.append(file)
        except UnreadableError as error:
            yield Fault(file.origin, error.line, str(error))
    yield from document.read(documents, request.shape)


def _files(request: Request) -> Iterator[tuple[File, ModuleType | Fault]]:
    """Each file, and who reads it, or what is wrong with it."""
    for name in request.files:
        announce(name)
        data = content(request.folder / name, name)
        file = File(PurePath(name), b"" if isinstance(data, Fault) else data)
        readers = (module for module in (terminology, records, document) if module.handles(file))
        if isinstance(data, Fault):
            yield file, data
        elif not data.strip():
            yield file, Fault(name, 1, "is empty: write an entry or remove the file.")
        else:
            lacks = Fault(name, 1, "holds no entry in a known format.", "warning")
            yield file, next(readers, lacks)


if __name__ == "__main__":
    child.serve(answer)
