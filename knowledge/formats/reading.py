"""Reading what is not in the project's own format, as a child process with limits."""

from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from pydantic import TypeAdapter

from knowledge import GlossaryError, child
from knowledge.fault import Fault
from knowledge.formats import Item, Request, announce, content, document, records, terminology
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
    documents: list[Source] = []
    for name in request.files:
        announce(name)
        path, data = PurePath(name), content(request.folder / name, name)
        known = (m for m in (terminology, records, document) if m.handles(path, data))
        reader = next(known, None) if isinstance(data, bytes) and data.strip() else None
        if reader is document and isinstance(data, bytes):
            documents.append(Source(path, data))
        elif request.wanted == "items":
            yield from _items(path, data, reader, request)
        elif request.wanted == "sheets" and reader is records and isinstance(data, bytes):
            yield from records.sheets(path, data)
    if request.wanted == "items":
        yield from document.read(documents, request.shape)
    elif request.wanted != "sheets":
        shapes, paragraphs = document.shapes, document.paragraphs
        yield from (shapes if request.wanted == "shapes" else paragraphs)(documents)


def _items(path: PurePath, data: bytes | Fault, reader: Any, request: Request) -> Iterator[Item]:  # noqa: ANN401
    if isinstance(data, Fault):
        yield data
    elif reader is terminology:
        yield from terminology.read(path, data)
    elif reader is records:
        yield from records.read(path, data, request.columns)
    elif not data.strip():
        yield Fault(str(path), 1, "is empty: write an entry or remove the file.")
    elif data.startswith(_ARCHIVES):
        yield Fault(str(path), 1, "is an archive: unpack it, and give the folder.")
    else:
        yield Fault(str(path), 1, "holds no entry in a known format.", "warning")


if __name__ == "__main__":
    child.serve(answer)
