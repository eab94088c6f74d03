"""Editing: an entry of a glossary in the project's own format, as it will stand, and saving it.

What is edited is the file as it stands when the edit begins. Whatever changes it looks whether it
is still that one, and raises EditConflict if another has written there since. It raises
GlossaryError if the glossary would have an id twice or no entry at all, or an import is under way;
OSError if the disk refuses. A file is written aside and then switched, so that it is whole at any
moment.
"""

from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath

from pydantic import Base64Bytes

from knowledge import GlossaryError
from knowledge.editing import native
from knowledge.editing.atomic import locked, write_whole
from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.formats import markdown
from knowledge.glossary import Glossary


@dataclass(frozen=True, slots=True)
class Edit:
    """An entry that is being written: where it will stand, and what stood there as it was opened.

    Of a new entry nothing stood there, and ``before`` is None.
    """

    origin: PurePath
    """Its file, as seen from the glossary's folder."""
    id: str
    language: str
    before: Entry | None = None
    was: bytes | None = field(default=None, repr=False)
    """What its file held."""


@dataclass(frozen=True, slots=True)
class FileChange:
    """What was done to an entry's file, so that it can be undone."""

    origin: PurePath
    language: str
    id: str
    was: Base64Bytes | None = field(repr=False)
    now: Base64Bytes | None = field(repr=False)


class EditConflict(GlossaryError):  # noqa: N818  (what happened, not a fault)
    """The file has changed since the edit began; ``edit`` begins from how it stands now."""

    def __init__(self, edit: Edit) -> None:
        super().__init__(f"{edit.origin} was changed elsewhere since the edit began")
        self.edit = edit


def begin_edit(glossary: Glossary, entry_id: str, language: str) -> Edit:
    """An edit of the entry as its file stands now, or of a new one if there is none.

    Raises:
        GlossaryError: the file is there and holds no entry that can be read.
    """
    found = next((e for e in glossary.versions(entry_id) if e.language == language), None)
    if found is None:
        return Edit(PurePath(), entry_id, language)
    return _opened(glossary, PurePath(found.origin), found)


def _opened(glossary: Glossary, origin: PurePath, known: Entry) -> Edit:
    data = _bytes(glossary.path / origin)
    if data is None:  # it was deleted elsewhere
        return Edit(origin, known.id, known.language)
    items = _read(data, origin)
    entry = next((item for item in items if isinstance(item, Entry)), None)
    if entry is None:
        raise GlossaryError(f"{items[0] if items else origin}: mend the file, and open it again.")
    links = (met for link in entry.links if (met := glossary.id_of(link)) and met != entry.id)
    related = tuple(dict.fromkeys((*entry.related, *links)))
    entry = replace(entry, related=related, links=())
    return Edit(origin, entry.id, entry.language, entry, data)


def with_entry(glossary: Glossary, entry: Entry) -> Glossary:
    """The glossary with the entry in its place, or at the end if it is new."""
    entries = {each.key: each for each in glossary.entries} | {entry.key: entry}
    return replace(glossary, entries=tuple(entries.values()))


def save(edit: Edit, entry: Entry, glossary: Glossary, typed: str = "") -> FileChange:
    """Writes an entry where its edit began, below its fields as it is ``typed``, if it is."""
    if not edit.origin.name and any(e.key == entry.key for e in glossary.entries):
        raise GlossaryError(f"There is an entry “{entry.id}” in that language: edit that one.")
    with locked(glossary.path):
        origin = edit.origin if edit.origin.name else native.place(entry)
        while edit.before is None and _is_taken(glossary.path / origin, origin, entry):
            origin = origin.with_stem(f"{origin.stem}-2")
        was = _checked(edit, origin, entry, glossary)
        now = native.revised(was, entry, origin, typed).encode()
        write_whole(glossary.path / origin, now)
    return FileChange(origin, entry.language, entry.id, was, now)


def delete(edit: Edit, glossary: Glossary) -> FileChange:
    """Takes an entry out of its glossary."""
    if len(glossary.entries) < 2:  # noqa: PLR2004
        raise GlossaryError("This is the glossary's only entry, and one has to stay.")
    assert edit.before is not None  # noqa: S101  (what is new is in no glossary)
    with locked(glossary.path):
        was = _checked(edit, edit.origin, edit.before, glossary)
        (glossary.path / edit.origin).unlink()
    return FileChange(edit.origin, edit.language, edit.id, was, None)


def undo(saved: FileChange, glossary: Path) -> None:
    """Puts a file of a glossary back as it was; GlossaryError if it has changed since."""
    path = glossary / saved.origin
    with locked(glossary):
        if _bytes(path) != saved.now:
            raise GlossaryError(f"{saved.origin} has changed since: it is left as it is.")
        if saved.was is None:
            path.unlink()
        else:
            write_whole(path, saved.was)


def _checked(edit: Edit, origin: PurePath, entry: Entry, glossary: Glossary) -> bytes | None:
    """The file, if it is as it was when the edit began."""
    data = _bytes(glossary.path / origin)
    if data != edit.was:
        raise EditConflict(_opened(glossary, origin, entry))
    return data


def _is_taken(file: Path, origin: PurePath, entry: Entry) -> bool:
    """Whether a file is that of another entry, not of this, which another has written meanwhile."""
    items = _read(_bytes(file) or b"", origin)
    return file.exists() and not any(isinstance(i, Entry) and i.key == entry.key for i in items)


def _read(data: bytes, origin: PurePath) -> list[Entry | Fault]:
    return list(markdown.read(native.source(data), origin))


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None
