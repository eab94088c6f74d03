"""The journal: what was done to each glossary last, kept so that it can be undone at any time.

It stands in the data folder, a file a glossary. Undoing is checked against the files themselves:
what has changed since is left as it is.
"""

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path, PurePath
from typing import Any, Literal, cast, get_args

from knowledge import GlossaryError
from knowledge.editing import atomic, entries
from knowledge.editing.atomic import replacing_file
from knowledge.editing.entries import FileChange

Kind = Literal["saved", "deleted", "imported"]


@dataclass(frozen=True, slots=True)
class Step:
    """Something that was done to a glossary, and what undoes it."""

    kind: Kind
    glossary: Path
    name: str
    """The entry's term, or the glossary's name."""
    at: datetime
    file: FileChange | None = None
    """The entry's file, as it was and is; None where the whole folder was switched."""
    former: Path | None = None
    """The glossary that was open before this one was made by the step; None where it was not."""
    mark: str = ""
    """The folder as the step left it (``marked``); of an entry that is in it already, nothing."""
    counts: tuple[int, int, int] = (0, 0, 0)
    """Of an import: how many entries were added, changed, and left as they were."""
    undone: bool = False
    also: Mapping[str, Any] | None = None
    """What else the step did, in values of JSON: for who took it."""


@dataclass(frozen=True, slots=True)
class Journal:
    """The last step of each glossary, in the data folder."""

    data_dir: Path

    def last(self, glossary: Path) -> Step | None:
        """What was done to a glossary last, if anything is known of it."""
        try:
            return _step(glossary, json.loads(self._note(glossary).read_text("utf-8")))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def keep(self, step: Step) -> None:
        """Keeps a step as the last of its glossary.

        Raises:
            OSError: the disk is full or refuses; the step before is kept.
        """
        note = self._note(step.glossary)
        note.parent.mkdir(parents=True, exist_ok=True)
        with replacing_file(note) as new:
            new.write_text(json.dumps(_values(step), ensure_ascii=False) + "\n", "utf-8")

    def forget(self, glossary: Path) -> None:
        """Keeps nothing of a glossary.

        Raises:
            OSError: the disk refuses.
        """
        self._note(glossary).unlink(missing_ok=True)

    def _note(self, glossary: Path) -> Path:
        place = str(glossary.resolve())
        name = hashlib.sha256(place.encode(errors="surrogateescape")).hexdigest()[:16]
        return self.data_dir / "journal" / f"{name}.json"


def undo_step(step: Step) -> Step:
    """Undoes a step, or does it again if it is undone; what it returns undoes that.

    One that made its glossary takes it away whole, and cannot be done again.

    Raises:
        GlossaryError: the files have changed since.
        OSError: the disk is full or refuses.
    """
    again = replace(step, undone=not step.undone, at=datetime.now(UTC))
    if step.mark and fingerprint(step.glossary) != step.mark:
        raise GlossaryError(
            "The files of the glossary have changed since, so this cannot be undone any more:"
            " they are left as they are."
        )
    if step.former:
        atomic.remove(step.glossary)
        return again
    if step.file:
        return replace(again, file=entries.undo(step.file))
    atomic.undo(step.glossary)
    return replace(again, mark=fingerprint(step.glossary))


def fingerprint(folder: Path) -> str:
    """Tells the files of a folder, as they are, from what they may be later."""
    told = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        about = path.stat()
        name = str(path.relative_to(folder)).encode(errors="surrogateescape")
        told.update(b"%b\0%d\0%d\0" % (name, about.st_mtime_ns, about.st_size))
    return told.hexdigest()


def _values(step: Step) -> dict[str, Any]:
    file = step.file
    return {
        "kind": step.kind,
        "glossary": str(step.glossary),  # for who looks into it
        "name": step.name,
        "at": step.at.isoformat(),
        "file": file
        and {
            "origin": file.origin.as_posix(),
            "term": file.term,
            "language": file.language,
            "id": file.id,
            "was": _text(file.was),
            "now": _text(file.now),
        },
        "former": str(step.former) if step.former else None,
        "mark": step.mark,
        "counts": step.counts,
        "undone": step.undone,
        "also": step.also,
    }


def _step(glossary: Path, values: Mapping[str, Any]) -> Step | None:
    """A step as it was kept.

    Raises:
        ValueError, KeyError, TypeError: it is not as it should be.
    """
    if values["kind"] not in get_args(Kind):
        return None
    file = values["file"]
    added, changed, unchanged = values["counts"]
    return Step(
        cast("Kind", values["kind"]),
        glossary,
        values["name"],
        datetime.fromisoformat(values["at"]),
        file
        and FileChange(
            glossary,
            PurePath(file["origin"]),
            file["term"],
            file["language"],
            file["id"],
            _bytes(file["was"]),
            _bytes(file["now"]),
        ),
        Path(values["former"]) if values["former"] else None,
        values["mark"],
        (added, changed, unchanged),
        values["undone"],
        values["also"],
    )


def _text(data: bytes | None) -> str | None:
    return None if data is None else base64.b64encode(data).decode()


def _bytes(text: str | None) -> bytes | None:
    return None if text is None else base64.b64decode(text)
