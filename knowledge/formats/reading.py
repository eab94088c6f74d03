"""Reading what is not in the project's own format, as a child process with limits."""

from collections.abc import Iterator
from pathlib import PurePath
from types import ModuleType
from typing import Any

from pydantic import TypeAdapter

from knowledge import GlossaryError, child
from knowledge.fault import Fault
from knowledge.formats import Item, Request, announce, content, document, records, terminology
from knowledge.formats.document import Source
from knowledge.formats.preview import Preview, SheetPreview

_ARCHIVES = (b"PK\x03\x04", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ")


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
    documents: list[Source] = []
    for source, reader in _files(request):
        if isinstance(source, Source) and reader is records:
            sheets += records.sheets(*source)
        elif isinstance(source, Source) and reader is document:
            documents.append(source)
    return Preview(tuple(sheets), document.preview(documents))


def _items(request: Request) -> Iterator[Item]:
    documents: list[Source] = []
    for source, reader in _files(request):
        if isinstance(source, Fault):
            yield source
        elif reader is terminology:
            yield from terminology.read(*source)
        elif reader is records:
            yield from records.read(*source, request.columns)
        elif reader is document:
            documents.append(source)
        elif source.data.startswith(_ARCHIVES):
            yield Fault(str(source.path), 1, "is an archive: unpack it, and give the folder.")
        else:
            yield Fault(str(source.path), 1, "holds no entry in a known format.", "warning")
    yield from document.read(documents, request.shape)


def _files(request: Request) -> Iterator[tuple[Source | Fault, ModuleType | None]]:
    """Each file, or what is wrong with it, and who reads it."""
    for name in request.files:
        announce(name)
        path, data = PurePath(name), content(request.folder / name, name)
        if isinstance(data, Fault):
            yield data, None
        elif not data.strip():
            yield Fault(name, 1, "is empty: write an entry or remove the file."), None
        else:
            known = (m for m in (terminology, records, document) if m.handles(path, data))
            yield Source(path, data), next(known, None)


if __name__ == "__main__":
    child.serve(answer)
