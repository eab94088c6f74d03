"""The store: where Chroma keeps the vectors. The one module that imports Chroma."""

import contextlib
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from filelock import FileLock, Timeout

from knowledge import IndexFailure

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection as ChromaCollection

    Client = ClientAPI
    Collection = ChromaCollection

_LOCK_SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class Store:
    """Where Chroma keeps its collections: a folder, or a server if a host is given.

    Others may use the same server, so the collections there belong to the data folder that made
    them: no other reads them, or removes them.
    """

    folder: Path
    host: str | None = None
    port: int = 8000

    @property
    def place(self) -> str:
        """The store in words."""
        return f"the Chroma server at {self.host}:{self.port}" if self.host else str(self.folder)

    @property
    def chroma(self) -> Path:
        """The folder of Chroma's files, where no server has them."""
        return self.folder / "chroma"

    @property
    def note(self) -> Path:
        """Where it is noted in what order the files were left; see ``integrity``."""
        return self.folder / ("server.json" if self.host else "files.json")

    def key(self, glossary: Path) -> str:
        """What a glossary goes by in the store; on a server, where this data folder alone does so.

        Raises:
            IndexFailure: the folder cannot be written.
        """
        owner = self._owner() if self.host else ""
        return hashlib.sha256(f"{owner}{glossary.resolve()}".encode()).hexdigest()[:12]

    def home(self, glossary: Path) -> Path:
        """The folder of what is kept of a glossary beside its vectors: readable, and its own.

        Raises:
            IndexFailure: the folder cannot be written.
        """
        stem = glossary.resolve().stem
        readable = "".join(c if c.isascii() and c.isalnum() else "-" for c in stem)[:40]
        return self.folder / "indexes" / f"{readable}-{self.key(glossary)}"

    def _owner(self) -> str:
        """The id of the data folder: random, so that no other has it; made once."""
        path = self.folder / "owner"
        with self.locked():
            try:
                with contextlib.suppress(FileNotFoundError, ValueError):  # not made yet; damaged
                    return str(UUID(path.read_text("ascii")))
                new = path.with_suffix(".new")
                new.write_text(owner := str(uuid4()), "ascii")
                new.replace(path)
            except OSError as error:
                raise unwritable(self.folder, error) from error
        return owner

    def connect(self) -> "Client":
        """A client of the store.

        Raises:
            IndexFailure: the folder cannot be written, or no server answers.
        """
        import chromadb  # noqa: PLC0415  (a second to import: paid when an index is opened)
        from chromadb.api.shared_system_client import SharedSystemClient  # noqa: PLC0415
        from chromadb.config import Settings  # noqa: PLC0415

        # A client of before would be given again, which neither finds what another process has
        # added since, nor recovers from a database that was damaged. Those in use stay in use.
        SharedSystemClient.clear_system_cache()

        settings = Settings(anonymized_telemetry=False)
        try:
            self.note.unlink(missing_ok=True)  # from here on the files may change
            if self.host:
                return chromadb.HttpClient(self.host, self.port, settings=settings)
            return chromadb.PersistentClient(self.chroma, settings=settings)
        except Exception as error:
            raise self.failure("opened", error) from error

    def failure(self, what: str, error: Exception) -> IndexFailure:
        """An error of Chroma's, with what to do about it."""
        remedy = (
            "check CHROMA_HOST and CHROMA_PORT, and that the server runs"
            if self.host
            else f"if this lasts, delete {self.chroma}, which is then made anew"
        )
        return IndexFailure(
            f"The index in {self.place} cannot be {what} ({short_reason(error)}): {remedy}."
        )

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Keeps other processes from changing the store meanwhile; waits for one that does.

        Raises:
            IndexFailure: the folder cannot be written, or another process takes ten minutes.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self.folder / "index.lock", timeout=_LOCK_SECONDS)
            lock.acquire()
        except Timeout as error:
            raise IndexFailure(
                f"Another process has been updating the index in {self.folder} for ten minutes:"
                " wait for it to end, or choose another folder with --data-dir."
            ) from error
        except OSError as error:
            raise unwritable(self.folder, error) from error
        try:
            yield
        finally:
            lock.release()


def unwritable(folder: Path, error: OSError) -> IndexFailure:
    """The failure of a folder that cannot be written."""
    return IndexFailure(
        f"The data folder {folder} cannot be written ({error.strerror or error}): make it writable,"
        " or choose another with --data-dir (MASRAD_DATA_DIR)."
    )


def short_reason(error: BaseException) -> str:
    """An error in short, on one line."""
    return " ".join(f"{type(error).__name__}: {error}".split())[:200]
