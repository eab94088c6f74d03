"""Putting a file or folder in place: whole, or not at all."""

import contextlib
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

from knowledge import ExportError
from knowledge.editing.atomic import exchange


def check_place(dest: Path, glossary: Path, *, is_folder: bool, force: bool = False) -> Path:
    """The place, all links followed, if something may be written there.

    Raises:
        ExportError: it is of the other kind; it is the glossary, holds it or lies in it; or it is
            a folder with something in it, and is not to be replaced (``force``) or never may be.
    """
    place, source = dest.resolve(), glossary.resolve()
    if not place.name:
        raise ExportError(f"{dest} cannot be replaced: name a file or folder in it.")
    if place == source or place in source.parents or source in place.parents:
        raise ExportError(
            f"{dest} is in the glossary's own place, where it would harm it or be read as a part"
            " of it: choose another place."
        )
    if not place.parent.is_dir():
        raise ExportError(f"There is no folder {dest.parent}: make it first.")
    if not is_folder:
        if place.is_dir():
            raise ExportError(f"{dest} is a folder: give the name of a file.")
        return place
    if place.exists() and not place.is_dir():
        raise ExportError(f"{dest} is a file: give the name of a folder.")
    if place.is_dir() and any(place.iterdir()):
        if not force:
            raise ExportError(
                f"{dest} is a folder with files in it: name a new one, or give --force to replace"
                " all that is in it."
            )
        here, home = Path.cwd(), Path.home().resolve()
        if place in (here, *here.parents, home, *home.parents):
            raise ExportError(f"{dest} holds where you work, and is not replaced: name another.")
    return place


@contextlib.contextmanager
def placed(place: Path) -> Iterator[Path]:
    """Where to write the file or folder that is to stand at a place: it is put there once whole.

    Raises:
        ExportError: it cannot be written. What was in the place is still there.
    """
    new = place.with_name(f".{place.name}.{secrets.token_hex(4)}.new")  # two may export at once
    try:
        yield new
        if place.is_dir():
            exchange(new, place)
        else:
            new.replace(place)
    except OSError as error:
        raise ExportError(
            f"{place} cannot be written ({error.strerror or error}); nothing was changed there."
        ) from error
    finally:
        if new.is_dir():
            shutil.rmtree(new, ignore_errors=True)
        new.unlink(missing_ok=True)
