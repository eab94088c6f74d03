"""Vectors that ship with the bundled glossary, so that its first index need not be embedded.

There is a file for each bundled embedder. Each vector is kept under a hash of the text that it
embeds, and the file names the model that made it: a text that has changed, or another model, finds
nothing here and is embedded as ever. The numbers of a vector are kept as bytes, in parts of the
greatest of them, which makes the file a fifth and moves a cosine by a thousandth. ``make vectors``
writes the files anew.
"""

from pathlib import Path
from typing import Any

import numpy as np

from knowledge.glossary import BUNDLED
from knowledge.search.embeddings import Embedder

FOLDER = BUNDLED / "vectors"


def shipped(embedder: Embedder, folder: Path = FOLDER) -> dict[bytes, Any]:
    """The vectors that ship of a model, by the hashes of their texts (``questions.text_hash``)."""
    try:
        with np.load(folder / file_name(embedder), allow_pickle=False) as held:
            if str(held["embedder"]) != embedder.name:
                return {}
            vectors = held["bytes"] * held["scales"][:, None]
            return dict(zip(map(bytes, held["hashes"]), vectors, strict=True))
    except (FileNotFoundError, NotADirectoryError):
        return {}


def file_name(embedder: Embedder) -> str:
    """The name of the file of a model's vectors."""
    return f"{embedder.name.partition(',')[0]}.npz"
