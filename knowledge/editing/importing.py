"""Importing: the entries of any glossary become files of the project's own format in a folder.

What an import would do is planned, and reviewed entry by entry, before it is done. Files that
somebody hands in are kept in a temporary folder until they are read.
"""

import re
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath, PureWindowsPath
from typing import Literal

from knowledge import GlossaryError, formats
from knowledge.draft import slug
from knowledge.editing import native
from knowledge.editing.atomic import fingerprint, replacing
from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.formats import markdown
from knowledge.formats.columns import Columns
from knowledge.glossary import Glossary
from knowledge.language.words import fold

_LONGEST = 80  # characters of an uploaded file's name
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,8}")

State = Literal["added", "changed", "unchanged"]


@dataclass(frozen=True, slots=True)
class Change:
    """An entry as it will stand, where, and as it stood; or one that stays as it is."""

    entry: Entry
    path: PurePath
    before: Entry | None = None
    state: State = "added"


@dataclass(frozen=True)
class Plan:
    """What an import would do to a folder; nothing is done yet."""

    dest: Path
    mark: str
    """Tells the folder as it was when this was planned."""
    changes: tuple[Change, ...]
    """For each entry of the source: first what is new, then what changes, then what stays."""
    kept: tuple[Entry, ...]
    """Entries of the folder that the source does not have: they stay."""
    faults: tuple[Fault, ...]
    """What of the source could not be used."""

    def of(self, *states: State) -> tuple[Change, ...]:
        """The changes of some kinds."""
        return tuple(change for change in self.changes if change.state in states)

    def carry_out(self) -> None:
        """Does it: the folder is written aside, then switched (``knowledge.editing.atomic``).

        Raises:
            GlossaryError: the folder has changed since, or another import into it is under way.
            OSError: the disk is full or refuses; the folder is what it was.
        """
        changes = self.of("added", "changed")
        if not changes and self.dest.is_dir():
            return
        with replacing(self.dest) as new:
            if fingerprint(self.dest) != self.mark:
                since = "have changed since this import was planned: look at it again."
                raise GlossaryError(f"The files of {self.dest} {since}")
            if self.dest.is_dir():
                shutil.copytree(self.dest, new, symlinks=True)
            for change in changes:
                path = new / change.path
                path.parent.mkdir(parents=True, exist_ok=True)
                was = path.read_bytes() if change.before else None
                path.write_bytes(native.revised(was, change.entry, change.path).encode())


def plan(source: Glossary, dest: Path) -> Plan:
    """What importing a glossary into a folder would do.

    An entry that is there already, by its id or by its term, is updated and keeps its id and its
    file, so that citations hold. What the source does not say of it stays.

    Raises:
        GlossaryError: the folder is a file, or holds a glossary in another format.
    """
    mark, there = fingerprint(dest), _existing(dest)
    known = {entry.key: entry for entry in there}
    ids, changes = _ids(source, there), []
    for each in source.entries:
        related = tuple(dict.fromkeys(ids.get(name, name) for name in each.related))
        entry = replace(each, id=ids[each.id], related=related)
        if before := known.pop(entry.key, None):
            merged, path = _merged(entry, before), PurePath(before.origin)
            is_same = native.write(merged, path) == native.write(before, path)
            changes.append(Change(merged, path, before, "unchanged" if is_same else "changed"))
        else:
            path = native.place(entry)
            while (dest / path).exists():  # of an entry with another id
                path = path.with_stem(f"{path.stem}-2")
            changes.append(Change(entry, path))
    changes.sort(key=lambda change: change.state)  # as it happens, from A to Z
    return Plan(dest, mark, tuple(changes), tuple(known.values()), source.faults)


def is_native(glossary: Glossary) -> bool:
    """Whether every entry of a glossary is a file of the project's own format in a folder."""
    files = (glossary.path / entry.origin for entry in glossary.entries)
    return glossary.path.is_dir() and all(
        markdown.is_native(file.read_text("utf-8", errors="replace")) for file in files
    )


def _existing(dest: Path) -> Sequence[Entry]:
    """The entries of the folder; none if it is not there yet, or holds none."""
    if dest.exists() and not dest.is_dir():
        raise GlossaryError(f"{dest} is a file: give a folder to import into.")
    glossary = Glossary.of(dest, list(formats.read(dest)) if dest.exists() else ())
    if glossary.entries and not is_native(glossary):
        raise GlossaryError(f"{dest} holds a glossary in another format: import into a new folder.")
    return glossary.entries


def _ids(source: Glossary, there: Sequence[Entry]) -> dict[str, str]:
    """The id that each id of the source has in the folder: its own, or that of its term there."""
    found = {entry_id: entry_id for entry_id in source.ids}
    ids = {entry.id for entry in there}
    free = ids - found.keys()
    named = {(e.language, fold(e.term)): e.id for e in reversed(there) if e.id in free}
    for entry in source.entries:
        there_id = named.get((entry.language, fold(entry.term)))
        if there_id in free and entry.id not in ids and found[entry.id] == entry.id:
            found[entry.id] = there_id
            free.remove(there_id)
    return found


def _merged(entry: Entry, before: Entry) -> Entry:
    """An entry, with all that it leaves out and the former one says."""
    said = {section.name for section in entry.sections}
    sections = (*entry.sections, *(s for s in before.sections if s.name not in said))
    names = ("aliases", "category", "related", "asked", "sources", "updated")
    kept = {name: getattr(entry, name) or getattr(before, name) for name in names}
    return replace(entry, sections=sections, **kept)


class Uploads:
    """Files in a temporary folder, which goes when this does."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="masrad-")
        self.path = Path(self._folder.name)
        """The folder."""

    def add(self, name: str, data: bytes) -> str:
        """Adds a file; returns the name that it gets: no path, and none that another has."""
        safe = _safe(name)
        while (self.path / safe).exists():
            safe = PurePath(safe).with_stem(f"{PurePath(safe).stem}-2").name
        (self.path / safe).write_bytes(data)
        return safe

    def read(self, columns: Columns | None = None, shape: str | None = None) -> Glossary:
        """What its files say; ``columns`` and ``shape`` are as ``formats.read`` takes them.

        Raises:
            GlossaryError: there is no entry in them, or a table has no such column.
        """
        found = Glossary.of(self.path, [*formats.read(self.path, columns, shape)])
        if not found.entries:
            reasons = "; ".join(map(str, found.faults[:3]))
            raise GlossaryError(f"There is no entry in that{reasons and f' ({reasons})'}.")
        return found


def _safe(name: str) -> str:
    """A file's name: without a path, and without what a system would not have in one."""
    last = PurePath(PureWindowsPath(name).name)
    ending = last.suffix if _ENDING.fullmatch(last.suffix) else ""
    stem = slug(last.stem if ending else last.name)[:_LONGEST].strip("-") or "file"
    return f"{stem}{ending.lower()}"
