"""Documents for tests: what is read of some files."""

from collections.abc import Mapping
from pathlib import PurePath

from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.formats import document
from knowledge.formats.document import Source


def read(files: Mapping[str, str | bytes], shape: str | None = None) -> list[Entry | Fault]:
    sources = [
        Source(PurePath(name), data if isinstance(data, bytes) else data.encode())
        for name, data in files.items()
    ]
    return list(document.read(sources, shape))


def terms(files: Mapping[str, str | bytes], shape: str | None = None) -> dict[str, str]:
    return {e.term: e.summary for e in read(files, shape) if isinstance(e, Entry)}
