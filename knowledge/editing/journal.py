"""The journal: what was done to each glossary last, kept so that it can be undone at any time.

It stands in the data folder, a file a glossary. Undoing is checked against the files themselves:
what has changed since is left as it is.
"""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter

from knowledge import GlossaryError
from knowledge.editing import atomic, entries
from knowledge.editing.atomic import fingerprint, kept_in, write_whole
from knowledge.editing.entries import FileChange
from knowledge.editing.library import noted, placed

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
    """The folder as the step left it (``fingerprint``); nothing for an entry that is in it."""


@dataclass(frozen=True, slots=True)
class Journal:
    """The last step of each glossary, in the data folder; OSError leaves the one before."""

    data_dir: Path

    def last(self, glossary: Path) -> Step | None:
        """What was done to a glossary last, if anything is known of it."""
        step = kept_in(self._note(glossary), Step)
        if step and step.former:
            step = replace(step, former=placed(step.former.as_posix(), self.data_dir))
        return step and replace(step, glossary=glossary)

    def keep(self, step: Step) -> None:
        """Keeps a step as the last of its glossary."""
        former = step.former and Path(noted(step.former, self.data_dir))
        kept = TypeAdapter(Step).dump_json(replace(step, former=former))
        write_whole(self._note(step.glossary), kept)

    def forget(self, glossary: Path) -> None:
        """Keeps nothing of a glossary."""
        self._note(glossary).unlink(missing_ok=True)

    def _note(self, glossary: Path) -> Path:
        place = noted(glossary.resolve(), self.data_dir.resolve())
        name = hashlib.sha256(place.encode(errors="surrogateescape")).hexdigest()[:16]
        return self.data_dir / "journal" / f"{name}.json"


def undo_step(step: Step) -> None:
    """Undoes a step; of one that made its glossary, it is taken away whole.

    Raises:
        GlossaryError: the files have changed since.
        OSError: the disk is full or refuses.
    """
    if step.mark and fingerprint(step.glossary) != step.mark:
        raise GlossaryError(
            "The files of the glossary have changed since, so this cannot be undone any more:"
            " they are left as they are."
        )
    if step.former:
        atomic.remove(step.glossary)
    elif step.file:
        entries.undo(step.file, step.glossary)
    else:
        atomic.undo(step.glossary)
