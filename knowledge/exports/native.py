"""The project's own format: a folder a language, an entry a file."""

from collections.abc import Iterator, Sequence
from pathlib import PurePath

from knowledge.entry import Entry

LOST: tuple[str, ...] = ()


def write(entries: Sequence[Entry], title: str) -> Iterator[tuple[PurePath, bytes]]:
    """The files, each in the folder of its language; the format has no place for a title."""
    del title
    from knowledge.formats import native  # noqa: PLC0415  (only this writer needs it)

    for entry in entries:
        path = native.place(entry)
        yield path, native.write(entry, path).encode()
