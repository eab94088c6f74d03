"""The user's own glossaries in the data folder, and which glossary is open."""

import json
from dataclasses import dataclass
from pathlib import Path

from knowledge import GlossaryError
from knowledge.editing.atomic import replacing_file
from knowledge.formats.draft import slug

_LONGEST = 60  # characters of a name: the folder's path is to fit on every system
_TAKEN = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}


@dataclass(frozen=True, slots=True)
class Library:
    """The folder ``glossaries`` in the data folder, and the note of what was chosen beside it."""

    data_dir: Path

    @property
    def folder(self) -> Path:
        """Where its glossaries stand, each a folder."""
        return self.data_dir / "glossaries"

    def names(self) -> tuple[str, ...]:
        """The names of its glossaries."""
        if not self.folder.is_dir():
            return ()
        found = (path for path in self.folder.iterdir() if path.is_dir())
        return tuple(sorted(path.name for path in found if not path.name.startswith(".")))

    def path(self, name: str) -> Path:
        """Where the glossary of a name stands, or is to stand."""
        return self.folder / name

    def free_name(self, wanted: str) -> str:
        """A name like that which no glossary has yet."""
        stem = (slug(wanted)[:_LONGEST].strip("-") or "glossary").removesuffix("-")
        stem = f"{stem}-1" if stem in _TAKEN else stem
        name, number = stem, 1
        while (self.folder / name).exists():
            number += 1
            name = f"{stem}-{number}"
        return name

    def checked_name(self, typed: str) -> str:
        """The name that a glossary gets which is to be called so.

        Raises:
            GlossaryError: it is no name, or another glossary has it.
        """
        name = slug(typed)
        if not name or name in _TAKEN or len(name) > _LONGEST:
            raise GlossaryError(
                f"“{typed}” is no name for a glossary: give one of up to {_LONGEST} letters and"
                " digits."
            )
        if (self.folder / name).exists():
            raise GlossaryError(f"There is a glossary “{name}” already: give another name.")
        return name

    def chosen(self) -> Path | None:
        """The glossary that was chosen last, if there still is one there; None is the bundled."""
        try:
            told = json.loads(self._note.read_text("utf-8"))
        except (OSError, ValueError):
            return None
        path = told.get("glossary") if isinstance(told, dict) else None
        return Path(path) if isinstance(path, str) and path and Path(path).exists() else None

    def choose(self, path: Path | None) -> None:
        """Notes a glossary as the chosen one; None is the bundled.

        Raises:
            OSError: the data folder cannot be written.
        """
        self.data_dir.mkdir(parents=True, exist_ok=True)
        text = json.dumps({"glossary": str(path.absolute()) if path else None}, ensure_ascii=False)
        with replacing_file(self._note) as new:
            new.write_text(text + "\n", "utf-8")

    @property
    def _note(self) -> Path:
        return self.data_dir / "glossary.json"
