"""Reading what is not in the project's own format, as a child process with limits."""

import sys
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from pydantic import TypeAdapter

from knowledge import GlossaryError, child
from knowledge.fault import Fault
from knowledge.formats import Item, Request, content, document, pdf, records, terminology

_ARCHIVES = (b"PK\x03\x04", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ")


def answer(data: bytes) -> bytes:
    """What a ``Request`` asks for, as JSON below a line that says whether it was granted."""
    request = TypeAdapter(Request).validate_json(data)
    try:
        found: list[Any]
        if request.wanted == "items":
            found = list(_items(request))
        else:
            files, faults = _contents(request)
            if faults:
                raise GlossaryError(f"{request.folder / faults[0].path} {faults[0].message}")
            if request.wanted == "sheets":
                found = [s for path, body in files for s in records.sheets(path, body)]
            else:
                found = list(document.shapes(_documents(files)[0]))
    except GlossaryError as error:
        return b"refused\n" + str(error).encode()
    return b"granted\n" + TypeAdapter(list[Any]).dump_json(found)


def _items(request: Request) -> Iterator[Item]:
    documents: list[document.Source] = []
    for name in request.files:
        path = PurePath(name)
        sys.stderr.write(f"\n> {name}\n")  # whose fault it is if this process ends here
        sys.stderr.flush()
        data = content(request.folder / path, name)
        if isinstance(data, Fault):
            yield data
        elif terminology.handles(path, data):
            yield from terminology.read(path, data)
        elif records.handles(path, data):
            yield from records.read(path, data, request.columns, request.by_sheet)
        ...
