"""The store: where Chroma keeps the vectors. The one module that imports Chroma."""

import contextlib
import hashlib
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID, uuid4

from knowledge import IndexFailure
from knowledge.editing.atomic import alone, write_whole
from knowledge.glossary import BUNDLED

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection as ChromaCollection

    Client = ClientAPI
    Collection = ChromaCollection

CLOUD = "api.trychroma.com"
"""The host of Chroma Cloud."""

_LOCK_SECONDS = 600.0
_PAGE = 5000  # rows asked or given at once: under SQLite's limit of variables
_CLOUD_PAGE = 300  # the least of Chroma Cloud's quotas (docs.trychroma.com/cloud/quotas-limits)


class Sharing(Protocol):
    """What replicas, each with a folder of its own, settle among them of the index they share.

    Every method raises IndexFailure where that cannot be settled.
    """

    @property
    def owner(self) -> str:
        """The id that all of them have in common."""

    def locked(self, name: str) -> AbstractContextManager[None]:
        """Keeps the others from making a collection meanwhile; waits for one that does."""

    def needed(self, collection: str, rows: Iterable[str]) -> frozenset[str]:
        """Notes that rows of a collection are used from now on; returns all that are."""

    def pruning(self) -> AbstractContextManager[Sequence[str]]:
        """The collections that none uses any more; they are forgotten once the block ends."""


@dataclass(frozen=True, slots=True)
class Access:
    """How a Chroma server is reached: by default without TLS, and by anybody."""

    ssl: bool = False
    token: str | None = field(default=None, repr=False)
    """Sent as ``Authorization: Bearer``."""
    api_key: str | None = field(default=None, repr=False)
    """That of Chroma Cloud."""
    tenant: str | None = None
    database: str | None = None


@dataclass(frozen=True, slots=True)
class Store:
    """Where Chroma keeps its collections: a folder, or a server if a host is given.

    Others may use the same server, so the collections there belong to the data folder that made
    them, or to the replicas that share them: no other reads them, or removes them. Methods raise
    IndexFailure where the folder cannot be written, no server answers, or another process has the
    lock for ten minutes.
    """

    folder: Path
    host: str | None = None
    port: int = 8000
    access: Access = Access()
    sharing: Sharing | None = None

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
        """What a glossary goes by in the store; on a server, for this data folder alone."""
        place = glossary.resolve()
        if self.sharing:  # whose folders are at different places
            with contextlib.suppress(ValueError):
                place = place.relative_to(self.folder.resolve())
            if place == BUNDLED.resolve():
                place = Path(BUNDLED.name)
            owner = self.sharing.owner
        else:
            owner = self.owner() if self.host else ""
        return hashlib.sha256(f"{owner}{place}".encode()).hexdigest()[:12]

    def home(self, glossary: Path) -> Path:
        """The folder of what is kept of a glossary beside its vectors: readable, and its own."""
        stem = glossary.resolve().stem
        readable = "".join(c if c.isascii() and c.isalnum() else "-" for c in stem)[:40]
        return self.folder / "indexes" / f"{readable}-{self.key(glossary)}"

    def owner(self) -> str:
        """The id of the data folder: random, so that no other has it; made once."""
        path = self.folder / "owner"
        with self.locked():
            try:
                with contextlib.suppress(FileNotFoundError, ValueError):  # not made yet; damaged
                    return str(UUID(path.read_text("ascii")))
                write_whole(path, (owner := str(uuid4())).encode())
            except OSError as error:
                raise unwritable(self.folder, error) from error
        return owner

    def connect(self) -> "Client":
        """A client of the store."""
        import chromadb  # noqa: PLC0415  (a second to import: paid when an index is opened)
        from chromadb.api.shared_system_client import SharedSystemClient  # noqa: PLC0415
        from chromadb.config import DEFAULT_DATABASE, DEFAULT_TENANT, Settings  # noqa: PLC0415

        # A client of before would be given again, which neither finds what another process has
        # added since, nor recovers from a database that was damaged. Those in use stay in use.
        SharedSystemClient.clear_system_cache()

        settings = Settings(anonymized_telemetry=False)
        try:
            self.note.unlink(missing_ok=True)  # from here on the files may change
            if not self.host:
                return chromadb.PersistentClient(self.chroma, settings=settings)
            ssl, key, token = self.access.ssl, self.access.api_key, self.access.token
            tenant, database = self.access.tenant, self.access.database
            if key:
                at: Any = {"cloud_host": self.host, "cloud_port": self.port, "enable_ssl": ssl}
                return chromadb.CloudClient(tenant, database, key, settings, **at)
            sent = {"Authorization": f"Bearer {token}"} if token else None
            of = tenant or DEFAULT_TENANT, database or DEFAULT_DATABASE
            return chromadb.HttpClient(self.host, self.port, ssl, sent, settings, *of)
        except Exception as error:
            raise self.failure("opened", error) from error

    def page(self, client: "Client") -> int:
        """How many rows may be asked or given at once."""
        most = client.get_max_batch_size()  # a server without a limit says -1
        return min(_CLOUD_PAGE if self.access.api_key else _PAGE, most if most > 0 else _PAGE)

    def failure(self, what: str, error: Exception) -> IndexFailure:
        """An error of Chroma's, with what to do about it."""
        remedy = (
            "check CHROMA_HOST and the settings that begin with CHROMA_, and that the server runs"
            if self.host
            else f"if this lasts, delete {self.chroma}, which is then made anew"
        )
        return IndexFailure(
            f"The index in {self.place} cannot be {what} ({short_reason(error)}): {remedy}."
        )

    def locked(self) -> AbstractContextManager[None]:
        """Keeps other processes from changing the store meanwhile; waits for one that does."""
        busy = IndexFailure(
            f"Another process has been updating the index in {self.folder} for ten minutes:"
            " wait for it to end, or choose another folder with --data-dir."
        )
        failed = partial(unwritable, self.folder)
        return alone(self.folder / "index.lock", _LOCK_SECONDS, busy, failed)


def unwritable(folder: Path, error: OSError) -> IndexFailure:
    """The failure of a folder that cannot be written."""
    return IndexFailure(
        f"The data folder {folder} cannot be written ({error.strerror or error}): make it writable,"
        " or choose another with --data-dir (MASRAD_DATA_DIR)."
    )


def short_reason(error: BaseException) -> str:
    """An error in short, on one line."""
    return " ".join(f"{type(error).__name__}: {error}".split())[:200]
