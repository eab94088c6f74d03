"""Stems: the words of each entry as numbers, kept so that only changed entries are taken apart."""

import hashlib
import itertools
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np

from knowledge.entry import Entry
from knowledge.language.grammar import content_stems

_FORMAT = b"1"  # of the stems themselves: to be raised where words are told or stemmed otherwise
_HASH_BYTES = 16
UNREADABLE = (
    OSError,
    EOFError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    zipfile.BadZipFile,
)
"""What a file that was damaged raises when NumPy reads it."""


@dataclass(frozen=True)
class Stems:
    """The stems of some entries, one after another."""

    hashes: tuple[bytes, ...]
    """Of what each entry says."""
    vocabulary: tuple[str, ...]
    flat: Any
    """The stems' places in the vocabulary, of all entries: (stems,)."""
    starts: Any
    """Where each entry begins in ``flat``, and where the last one ends: (entries + 1,)."""

    @classmethod
    def of(cls, entries: Sequence[Entry], before: "Stems | None" = None) -> Self:
        """The stems of entries; those of entries that were there ``before`` are taken from it."""
        hashes = tuple(map(_hash, entries))
        places = {hashed: n for n, hashed in enumerate(before.hashes)} if before else {}
        numbers: dict[str, int] = {}
        if before:
            numbers = {stem: n for n, stem in enumerate(before.vocabulary)}
        parts = []
        for entry, hashed in zip(entries, hashes, strict=True):
            if before and hashed in places:
                n = places[hashed]
                parts.append(before.flat[before.starts[n] : before.starts[n + 1]])
                continue
            stems = content_stems(_text(entry), entry.language)
            parts.append(np.array([numbers.setdefault(s, len(numbers)) for s in stems], np.int32))
        flat = np.concatenate(parts) if parts else np.zeros(0, np.int32)
        kept, flat = np.unique(flat, return_inverse=True)  # what no entry uses any more goes
        every = list(numbers)
        starts = np.array([0, *itertools.accumulate(map(len, parts))])
        return cls(hashes, tuple(every[n] for n in kept), flat.astype(np.int32), starts)

    def numbers(self) -> list[list[int]]:
        """Each entry's stems, by their places in the vocabulary."""
        parts = np.split(self.flat, self.starts[1:-1]) if len(self.hashes) else []
        return [part.tolist() for part in parts]

    @classmethod
    def read(cls, file: Path) -> Self | None:
        """The stems of a file; None if it cannot be read."""
        try:
            with np.load(file, allow_pickle=False) as held:
                hashes = tuple(bytes(row) for row in held["hashes"])
                vocabulary = tuple(held["vocabulary"].tobytes().decode().split("\n"))
                return cls(hashes, vocabulary, held["flat"], held["starts"])
        except UNREADABLE:
            return None

    def write(self, file: Path) -> None:
        """Writes the stems to a new file."""
        np.savez(
            file,
            hashes=np.frombuffer(b"".join(self.hashes), np.uint8).reshape(-1, _HASH_BYTES),
            vocabulary=np.frombuffer("\n".join(self.vocabulary).encode(), np.uint8),
            flat=self.flat,
            starts=self.starts,
        )

    @staticmethod
    def fingerprint(entries: Iterable[Entry]) -> str:
        """A hash of all that the stems of entries are made of."""
        return hashlib.sha256(b"".join(map(_hash, entries))).hexdigest()[:16]


def _text(entry: Entry) -> str:
    texts = (section.text for section in entry.sections)
    return " . ".join((*entry.names, *entry.names, *texts, *entry.asked))


def _hash(entry: Entry) -> bytes:
    said = f"{entry.key}\x1f{_text(entry)}".encode()
    return hashlib.sha256(_FORMAT + said).digest()[:_HASH_BYTES]
