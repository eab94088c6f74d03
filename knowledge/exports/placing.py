"""Putting a file or folder in place: whole, or not at all."""

import contextlib
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath

from knowledge import ExportError
from knowledge.editing.atomic import exchange, replacing_file


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


def place_file(content: bytes, place: Path) -> None:
    """Writes a file aside, then puts it in place.

    Raises:
        ExportError: it cannot be written. What was in the place is still there.
    """
    with _as_export_error(place), replacing_file(place) as new, new.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def place_folder(files: Iterable[tuple[PurePath, bytes]], place: Path) -> None:
    """Writes a folder aside, then puts it in place of the one that is there, if one is.

    Raises:
        ExportError: it cannot be written. What was in the place is still there.
    """
    new = place.with_name(f".{place.name}.{secrets.token_hex(4)}.new")  # two may export at once
    try:
        with _as_export_error(place):
            new.mkdir()
            for path, content in files:
                file = new / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(content)
            if place.exists():
                exchange(new, place)
            else:
                new.rename(place)
    finally:
        shutil.rmtree(new, ignore_errors=True)


@contextlib.contextmanager
def _as_export_error(place: Path) -> Iterator[None]:
    """Says what was to be written, and not the file aside, if it fails."""
    try:
        yield
    except OSError as error:
        raise ExportError(
            f"{place} cannot be written ({error.strerror or error}); nothing was changed there."
        ) from error
