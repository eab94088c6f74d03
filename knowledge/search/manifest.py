"""The manifest: which rows of a collection make up the index. It is replaced in one step."""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

FORMAT = 3


@dataclass(frozen=True)
class Manifest:
    """What an index holds: the rows of each entry, and the embedder that made them."""

    embedder: str
    dimension: int
    collection: str
    entries: Mapping[str, tuple[str, ...]]
    synced_at: str
    format: int = FORMAT

    @property
    def rows(self) -> frozenset[str]:
        """The ids of all its rows."""
        return frozenset(row for rows in self.entries.values() for row in rows)

    @classmethod
    def read(cls, path: Path) -> "Manifest | None":
        """The manifest, or None if there is none or not one that this version wrote."""
        try:
            values = json.loads(path.read_text("utf-8"))
            entries = {key: tuple(rows) for key, rows in values.pop("entries").items()}
            manifest = cls(entries=entries, **values)
        except (FileNotFoundError, ValueError, TypeError, AttributeError, KeyError):
            return None
        return manifest if manifest.format == FORMAT else None

    def write(self, path: Path) -> None:
        """Writes aside, makes sure it is on the disk, then switches."""
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = path.with_suffix(".new")
        with aside.open("w", encoding="utf-8") as file:
            json.dump(asdict(self), file)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
