"""Writing aside: a file or folder is made beside its place, and switched there once it is whole.

All of it raises OSError where the disk is full or refuses, and GlossaryError where another process,
or another thread, is writing there; what stood there is then what it was.
"""

import contextlib
import ctypes
import hashlib
import os
import secrets
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TypeVar

from filelock import FileLock, Timeout
from pydantic import TypeAdapter

from knowledge import GlossaryError

T = TypeVar("T")

_AT_FDCWD, _RENAME_EXCHANGE = -100, 2  # linux/fcntl.h, linux/fs.h
_RENAME_SWAP = 2  # macOS, sys/stdio.h


@contextlib.contextmanager
def replacing(dest: Path) -> Iterator[Path]:
    """Where to write the folder that is to stand at ``dest``; it is switched once the block ends.

    One that stood there is kept as ``previous(dest)`` until the next switch. Killed at any moment,
    or on a full disk, ``dest`` is whole: what it was, or what it is to be.
    """
    dest = Path(os.path.abspath(dest))  # noqa: PTH100  (a link is written, not what it leads to)
    new = dest.with_name(f".{dest.name}.new")
    with locked(dest):
        _recover(dest)
        _remove(new)  # of a process that was killed
        try:
            yield new
            if dest.is_dir():
                exchange(new, dest)
                _remove(previous(dest))
            new.rename(previous(dest) if dest.is_dir() else dest)
        finally:
            _remove(new)


@contextlib.contextmanager
def placing(dest: Path) -> Iterator[Path]:
    """Where to write the file or folder that is to stand at ``dest``; the last of two stays."""
    new = dest.with_name(f".{dest.name}.{secrets.token_hex(4)}.new")
    try:
        yield new
        if dest.is_dir():
            exchange(new, dest)
            return
        if new.is_file():
            with new.open("rb+") as file:  # on the disk before it is in force
                os.fsync(file.fileno())
        new.replace(dest)
    finally:
        _remove(new)


def write_whole(file: Path, data: bytes) -> None:
    """Puts data in the place of what a file holds; its folder is made."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with placing(file) as new:
        new.write_bytes(data)


def kept_in(file: Path, kind: type[T]) -> T | None:
    """What a file keeps as JSON; None if it is not there, or is damaged."""
    try:
        return TypeAdapter(kind).validate_json(file.read_bytes())
    except (OSError, ValueError):
        return None


def previous(dest: Path) -> Path:
    """Where the folder is kept that stood at ``dest`` before the last switch."""
    return dest.with_name(f".{dest.name}.before")


def undo(dest: Path) -> None:
    """Puts back what stood at ``dest`` before the last switch; done again, it undoes that.

    Raises GlossaryError if there is nothing to put back.
    """
    dest = Path(os.path.abspath(dest))  # noqa: PTH100
    with locked(dest):
        _recover(dest)
        if not previous(dest).exists():
            raise GlossaryError(f"There is nothing to undo at {dest}: no import has changed it.")
        exchange(previous(dest), dest)


def remove(dest: Path) -> None:
    """Takes a folder away whole."""
    with locked(dest):
        _remove(dest)


def locked(dest: Path) -> AbstractContextManager[None]:
    """Keeps others from writing at ``dest`` meanwhile."""
    dest = Path(os.path.abspath(dest))  # noqa: PTH100
    busy = f"Another process is writing {dest} just now: wait until it is done, and try again."
    return alone(dest.with_name(f".{dest.name}.lock"), 0, GlossaryError(busy))


@contextlib.contextmanager
def alone(
    file: Path,
    seconds: float,
    busy: Exception,
    failed: Callable[[OSError], Exception] = lambda error: error,
) -> Iterator[None]:
    """Keeps other threads and processes out meanwhile, by a file whose folder is made.

    Raises ``busy`` where another has it for so many seconds, and what ``failed`` makes of the error
    where the folder cannot be written.
    """
    lock = FileLock(file, timeout=seconds)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout:
        raise busy from None
    except OSError as error:
        raise failed(error) from None
    try:
        yield
    finally:
        lock.release()


def fingerprint(folder: Path) -> str:
    """Tells the files of a folder, as they are, from what they may be later; in any copy of it."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return hashed((path.relative_to(folder).as_posix(), path.read_bytes()) for path in paths)


def hashed(files: Iterable[tuple[str, bytes]]) -> str:
    """A hash of the names and contents of files, in their order."""
    told = hashlib.sha256()
    for name, data in files:
        encoded = name.encode(errors="surrogateescape")
        told.update(b"%b\0%b" % (encoded, hashlib.sha256(data).digest()))
    return told.hexdigest()


def exchange(one: Path, other: Path) -> None:
    """Two folders change places: in one step where the system has it, else in three."""
    if _exchanged(os.fsencode(one), os.fsencode(other)):
        return
    between = other.with_name(f".{other.name}.old")
    other.rename(between)
    try:
        one.rename(other)
    except BaseException:
        between.rename(other)
        raise
    between.rename(one)


def _exchanged(one: bytes, other: bytes) -> bool:
    """Asks the system to do it in one step; whether it has."""
    with contextlib.suppress(AttributeError, OSError):
        system = ctypes.CDLL(None)
        if sys.platform == "linux":
            flag = _RENAME_EXCHANGE
            return bool(system.renameat2(_AT_FDCWD, one, _AT_FDCWD, other, flag) == 0)
        if sys.platform == "darwin":
            return bool(system.renamex_np(one, other, _RENAME_SWAP) == 0)
    return False


def _recover(dest: Path) -> None:
    """Ends an exchange in three steps that was killed between them."""
    between = dest.with_name(f".{dest.name}.old")
    if between.exists() and not dest.exists():
        between.rename(dest)
    _remove(between)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
