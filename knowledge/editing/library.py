"""The user's own glossaries in the data folder, and which glossary is open."""

import contextlib
import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path

from knowledge.draft import slug
from knowledge.editing.atomic import kept_in, write_whole
from knowledge.glossary import BUNDLED

PARTS = ("owner", "generation", "glossary.json", "glossaries", "journal")
"""What of a data folder is the library: files and folders. The rest can be made anew, or is this
machine's own. (An earlier version wrote “generation”.)"""
PRIVATE = ("owner.key", "model.json")
"""What is this machine's own: the secret of its owner's cookie, and the models chosen on it."""

_BUNDLED = "bundled"  # the note of a glossary that comes with the program
_LONGEST = 60  # characters of a name: the folder's path is to fit on every system
_TAKEN = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}


@dataclass(frozen=True, slots=True)
class Library:
    """The folder ``glossaries`` in the data folder, and the note of what was chosen beside it.

    Methods raise OSError where files cannot be read or written; the library is then what it was.
    """

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
        """A name like that, whatever was typed, which no glossary has yet."""
        stem = slug(wanted)[:_LONGEST].strip("-") or "glossary"
        stem = f"{stem}-1" if stem in _TAKEN else stem
        names = chain([stem], (f"{stem}-{number}" for number in count(2)))
        return next(name for name in names if not (self.folder / name).exists())

    def chosen(self) -> Path | None:
        """The glossary that was chosen last, if there still is one there; None is the bundled."""
        note = kept_in(self._note, dict[str, str | None])
        path = note and note.get("glossary")
        found = placed(path, self.data_dir) if path else None
        return found if found and found.exists() else None

    def choose(self, path: Path | None) -> None:
        """Notes a glossary as the chosen one; None is the bundled."""
        place = noted(path, self.data_dir) if path else None
        text = json.dumps({"glossary": place}, ensure_ascii=False)
        write_whole(self._note, f"{text}\n".encode())

    def open_one(self, default: Path) -> Path:
        """The glossary that is open: the chosen one, or ``default`` where none was ever chosen."""
        return (self.chosen() or BUNDLED) if self._note.exists() else default

    def files(self, parts: tuple[str, ...] = PARTS) -> dict[str, bytes]:
        """What the library holds, by the paths from the data folder."""
        found = {}
        for part in parts:
            whole = self.data_dir / part
            for path in sorted(whole.rglob("*")) if whole.is_dir() else [whole]:
                name = path.relative_to(self.data_dir)
                if path.is_file() and not any(map(_is_passing, name.parts)):
                    found[name.as_posix()] = path.read_bytes()
        return found

    @contextlib.contextmanager
    def replacing(
        self, files: Mapping[str, bytes], parts: tuple[str, ...] = PARTS
    ) -> Iterator[Path]:
        """Puts other files in the place of all that the library holds, once they are written.

        What was there is in the folder that it gives until the block ends, and is put back if that
        fails.
        """
        new, old = (self.data_dir / f".library.{name}" for name in ("new", "old"))
        for path in (new, old):
            shutil.rmtree(path, ignore_errors=True)  # of a process that was killed
            path.mkdir(parents=True)
        moved: list[tuple[Path, Path]] = []
        try:
            for name, data in files.items():
                (new / name).parent.mkdir(parents=True, exist_ok=True)
                (new / name).touch(0o600 if name in PRIVATE else 0o666)
                (new / name).write_bytes(data)
            for part in parts:
                for source, dest in ((self.data_dir, old), (new, self.data_dir)):
                    if (source / part).exists():
                        (source / part).rename(dest / part)
                        moved.append((source / part, dest / part))
            yield old
        except BaseException:
            for source, dest in reversed(moved):
                dest.rename(source)
            raise
        finally:
            for path in (new, old):
                shutil.rmtree(path, ignore_errors=True)

    @property
    def _note(self) -> Path:
        return self.data_dir / "glossary.json"


def noted(path: Path, data_dir: Path) -> str:
    """A path as it is kept, so that it holds in a copy of the data folder, too."""
    if path.absolute() == BUNDLED.absolute():
        return _BUNDLED
    with contextlib.suppress(ValueError):
        return path.absolute().relative_to(data_dir.absolute()).as_posix()
    return str(path.absolute())


def placed(text: str, data_dir: Path) -> Path:
    """The path that was kept so."""
    return BUNDLED if text == _BUNDLED else data_dir / text


def _is_passing(name: str) -> bool:
    """Whether a name is that of a lock, or of what is being written."""
    return name.startswith(".") and name.endswith((".lock", ".new", ".old"))
