"""Vectors that ship with the bundled glossary, so that its first index need not be embedded.

There is a file for each bundled embedder.
Each is kept under a hash of the text that it embeds, and the file names the model that made it: a
text that has changed, or another model, finds nothing here and is embedded as ever. The numbers of
a vector are kept as bytes, in 63rds of the greatest of them, which makes the file a fifth and
moves a cosine by a thousandth.

``python -m knowledge.search.vectors`` (``make vectors``) writes the files anew.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from tqdm import tqdm

from knowledge.glossary import BUNDLED, Glossary
from knowledge.search.embeddings import Embedder, bundled_embedders
from knowledge.search.questions import HASH_BYTES, text_hash

FOLDER = BUNDLED / "vectors"

_BATCH = 32
_GREATEST = 63  # of seven bits


@dataclass(frozen=True)
class Vectors:
    """Vectors by the text they embed, made by one model."""

    embedder: str
    by_hash: Mapping[bytes, Any]

    @classmethod
    def read(cls, embedder: Embedder, folder: Path = FOLDER) -> "Vectors":
        """The vectors of a model; none, of no model, where there are none."""
        path = folder / file_name(embedder)
        try:
            with np.load(path, allow_pickle=False) as held:
                rows = zip(held["hashes"], held["bytes"] * held["scales"][:, None], strict=True)
                return cls(str(held["embedder"]), {bytes(h): vector for h, vector in rows})
        except (FileNotFoundError, NotADirectoryError):
            return cls("", {})

    def hold(self, text: str, embedder: Embedder) -> bool:
        """Whether the vector is here that a model gives a text."""
        return embedder.name == self.embedder and text_hash(text) in self.by_hash

    def of(self, texts: Sequence[str]) -> list[list[float]]:
        """The vectors of texts that are held here, in order."""
        return [self.by_hash[text_hash(t)].tolist() for t in texts]


def file_name(embedder: Embedder) -> str:
    """The name of the file of a model's vectors."""
    return f"{embedder.name.partition(',')[0]}.npz"


def write(texts: Iterable[str], embedder: Embedder, folder: Path = FOLDER) -> None:
    """Puts the vectors of these texts, and no others, into a file; those it held are kept.

    The new file is written beside the old one, which it then replaces.
    """
    wanted = list(dict.fromkeys(texts))
    held, path = Vectors.read(embedder, folder), folder / file_name(embedder)
    new = [text for text in wanted if not held.hold(text, embedder)]
    by_hash = dict(held.by_hash)
    for start in tqdm(range(0, len(new), _BATCH), unit_scale=_BATCH, unit=" sentences"):
        batch = new[start : start + _BATCH]
        vectors = np.array(embedder.passages(batch), np.float32)
        by_hash.update(zip(map(text_hash, batch), vectors, strict=True))
    hashes = [text_hash(text) for text in wanted]
    vectors = np.array([by_hash[key] for key in hashes], np.float32)
    scales = np.abs(vectors).max(axis=1) / _GREATEST
    aside = path.with_suffix(".new.npz")
    np.savez_compressed(
        aside,
        embedder=np.array(embedder.name),
        hashes=np.frombuffer(b"".join(hashes), np.uint8).reshape(-1, HASH_BYTES),
        bytes=np.round(vectors / scales[:, None]).astype(np.int8),
        scales=scales,
    )
    aside.replace(path)


def _main() -> None:
    texts = tuple(Glossary.read(BUNDLED).rows.values())
    for embedder in bundled_embedders():
        write(texts, embedder)


if __name__ == "__main__":
    _main()
