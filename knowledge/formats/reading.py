"""Reading what is not in the project's own format, as a child process with limits."""

import sys
from collections.abc import Iterator
from pathlib import PurePath
from types import ModuleType
from typing import Any

from pydantic import TypeAdapter

from knowledge import GlossaryError, child
from knowledge.fault import Fault
from knowledge.formats import Request, content, document, records, terminology
from knowledge.formats.document import Source

_ARCHIVES = (b"PK\x03\x04", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ")


def answer(data: bytes) -> bytes:
    """What a ``Request`` asks for, as JSON below a line that says whether it was granted."""
    request = TypeAdapter(Request).validate_json(data)
    try:
        found = TypeAdapter(list[Any]).dump_json(list(_found(request)))
    except GlossaryError as error:
        return b"refused\n" + str(error).encode()
    return b"granted\n" + found


def _found(request: Request) -> Iterator[Any]:
    if request.wanted == "items":
        yield from _items(request)
        return
    told = [(path, data, r) for path, data, r in _files(request) if isinstance(data, bytes)]
    documents = [Source(path, data) for path, data, reader in told if reader is document]
    if request.wanted == "sheets":
        for path, data, reader in told:
            yield from records.sheets(path, data) if reader is records else ()
    else:
        shapes, paragraphs = document.shapes, document.paragraphs
        yield from (shapes if request.wanted == "shapes" else paragraphs)(documents)


def _items(request: Request) -> Iterator[Any]:
    documents: list[Source] = []
    for path, data, reader in _files(request):
        if isinstance(data, Fault):
            yield data
        elif not data.strip():
            yield Fault(str(path), 1, "is empty: write an entry or remove the file.")
        elif reader is terminology:
            yield from terminology.read(path, data)
        elif reader is records:
            yield from records.read(path, data, request.columns)
        elif reader is document:
            documents.append(Source(path, data))
        elif data.startswith(_ARCHIVES):
            yield Fault(str(path), 1, "is an archive: unpack it, and give the folder.")
        else:
            yield Fault(str(path), 1, "holds no entry in a known format.", "warning")
    yield from document.read(documents, request.shape)


def _files(request: Request) -> Iterator[tuple[PurePath, bytes | Fault, ModuleType | None]]:
    """Each file, what it holds, and who reads it."""
    for name in request.files:
        sys.stderr.write(f"\n> {name}\n")  # whose fault it is if this process ends here
        sys.stderr.flush()
        path, data = PurePath(name), content(request.folder / name, name)
        known = (m for m in (terminology, records, document) if m.handles(path, data))
        yield path, data, next(known, None) if isinstance(data, bytes) else None


if __name__ == "__main__":
    child.serve(answer)
