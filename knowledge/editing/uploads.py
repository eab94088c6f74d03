"""Uploaded files, kept in a temporary folder of their own until they are read."""

import re
import tempfile
from pathlib import Path, PurePath, PureWindowsPath

from knowledge import GlossaryError, formats
from knowledge.formats.draft import slug
from knowledge.glossary import Glossary

_LONGEST = 80  # characters of a name
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,8}")


class Uploads:
    """Files in a temporary folder, which goes when this does, or is closed."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="masrad-")
        self.path = Path(self._folder.name)
        """The folder."""
        self.names: tuple[str, ...] = ()
        """The files' names, made safe, in the order in which they came."""

    def close(self) -> None:
        """Removes the files; it can be used no more."""
        self._folder.cleanup()

    def add(self, name: str, data: bytes) -> str:
        """Adds a file; returns the name that it gets: no path, and none that another has."""
        safe = _safe(name)
        number, taken, wanted = 1, {each.casefold() for each in self.names}, PurePath(safe)
        while safe.casefold() in taken:
            number += 1
            safe = f"{wanted.stem}-{number}{wanted.suffix}"
        (self.path / safe).write_bytes(data)
        self.names = (*self.names, safe)
        return safe

    def read(self, columns: formats.Columns | None = None, shape: str | None = None) -> Glossary:
        """What its files say; ``columns`` and ``shape`` are as ``formats.read`` takes them.

        Raises:
            GlossaryError: there is no entry in them, or a table has no such column.
        """
        found = Glossary.of(self.path, [*formats.read(self.path, columns, shape)])
        if not found.entries:
            reasons = "; ".join(map(str, found.faults[:3]))
            raise GlossaryError(
                "There is no entry in that" + (f" ({reasons})." if reasons else ".")
            )
        return found


def _safe(name: str) -> str:
    """A file's name: without a path, and without what a system would not have in one."""
    last = PurePath(PureWindowsPath(name).name)
    ending = last.suffix if _ENDING.fullmatch(last.suffix) else ""
    stem = slug(last.stem if ending else last.name)[:_LONGEST].strip("-") or "file"
    return f"{stem}{ending.lower()}"
