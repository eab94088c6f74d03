"""Reading what is not in the project's own format, as a child process with limits."""

from pathlib import PurePath

from pydantic import TypeAdapter

from knowledge import GlossaryError, child, formats
from knowledge.fault import Fault
from knowledge.formats import document, records, terminology
from knowledge.formats.columns import SheetPreview
from knowledge.formats.decoding import File, UnreadableError


def answer(data: bytes) -> bytes:
    """What a ``Request`` asks for, as JSON below a line that says whether it was granted."""
    request = TypeAdapter(formats.Request).validate_json(data)
    found, sheets, documents = list[formats.Item](), list[SheetPreview](), list[File]()
    try:
        for name in request.files:
            formats.announce(name)
            try:
                file = File(PurePath(name), formats.content(request.folder / name))
                readers = (terminology, records, document) if file.data.strip() else ()
                reader = next((each for each in readers if each.handles(file)), None)
                if reader is document:
                    documents.append(file)
                elif reader is records and request.is_preview:
                    sheets += records.sheets(file)
                elif reader is records:
                    found += records.read(file, request.columns)
                elif reader is terminology and not request.is_preview:
                    found += terminology.read(file)
                elif file.data.strip():
                    found.append(Fault(name, 1, "holds no entry in a known format.", "warning"))
                else:
                    found.append(Fault(name, 1, "is empty: write an entry or remove the file."))
            except UnreadableError as error:
                found.append(Fault(name, error.line, str(error)))
        if request.is_preview:
            preview = formats.Preview(tuple(sheets), document.preview(documents))
            return b"granted\n" + TypeAdapter(formats.Preview).dump_json(preview)
        found += document.read(documents, request.shape)
    except GlossaryError as error:
        return b"refused\n" + str(error).encode()
    return b"granted\n" + TypeAdapter(list[formats.Item]).dump_json(found)


if __name__ == "__main__":
    child.serve(answer)
