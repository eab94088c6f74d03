"""Reading what is not in the project's own format, as a child process with limits."""

import sys
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from pydantic import TypeAdapter

from knowledge import GlossaryError, child
from knowledge.fault import Fault
from knowledge.formats import Request, content, document, pdf, records, terminology
from knowledge.formats.document import Source

_ARCHIVES = (b"PK\x03\x04", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ")


def answer(data: bytes) -> bytes:
    """What a ``Request`` asks for, as JSON below a line that says whether it was granted."""
    request = TypeAdapter(Request).validate_json(data)
    of_documents = {"shapes": document.shapes, "paragraphs": document.paragraphs}
    of_files = {"items": _items, "sheets": _sheets}
    try:
        if request.wanted in of_files:
            found = list(of_files[request.wanted](request))
        else:
            found = list(of_documents[request.wanted](_documents(request)))
    except GlossaryError as error:
        return b"refused\n" + str(error).encode()
    return b"granted\n" + TypeAdapter(list[Any]).dump_json(found)


def _items(request: Request) -> Iterator[Any]:
    documents: list[Source] = []
    for path, data in _contents(request):
        if isinstance(data, Fault):
            yield data
        elif not data.strip():
            yield Fault(str(path), 1, "is empty: write an entry or remove the file.")
        elif terminology.handles(path, data):
            yield from terminology.read(path, data)
        elif records.handles(path, data):
            yield from records.read(path, data, *_columns(request, str(path)))
        elif source := _document(path, data):
            documents.append(source) if isinstance(source, Source) else (yield source)
        elif data.startswith(_ARCHIVES):
            yield Fault(str(path), 1, "is an archive: unpack it, and give the folder.")
        else:
            yield Fault(str(path), 1, "holds no entry in a known format.", "warning")
    yield from document.read(documents, request.shape)


def _sheets(request: Request) -> Iterator[Any]:
    for path, data in _contents(request):
        if isinstance(data, bytes) and records.handles(path, data):
            yield from records.sheets(path, data)


def _documents(request: Request) -> list[Source]:
    found = (
        _document(path, data)
        for path, data in _contents(request)
        if isinstance(data, bytes)
        and not terminology.handles(path, data)
        and not records.handles(path, data)
    )
    return [each for each in found if isinstance(each, Source)]


def _contents(request: Request) -> Iterator[tuple[PurePath, bytes | Fault]]:
    for name in request.files:
        sys.stderr.write(f"\n> {name}\n")  # whose fault it is if this process ends here
        sys.stderr.flush()
        yield PurePath(name), content(request.folder / name, name)


def _document(path: PurePath, data: bytes) -> Source | Fault | None:
    if data.startswith(b"%PDF"):
        try:
            return Source(path, b"<!doctype html>" + pdf.to_html(data).encode())
        except ValueError as error:
            return Fault(str(path), 1, str(error))
    return Source(path, data) if document.handles(path, data) else None


def _columns(request: Request, name: str) -> tuple[Any, Any]:
    """What was chosen for a file: for its one table, and for its sheets by their names."""
    chosen, above = request.by_table or {}, f"{name}/"
    sheets = {key.removeprefix(above): chosen[key] for key in chosen if key.startswith(above)}
    return chosen.get(name, request.columns), sheets


if __name__ == "__main__":
    child.serve(answer)
