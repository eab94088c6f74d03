"""The vectors that ship with the bundled glossary, made by ``make vectors``."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
from tqdm import tqdm

from knowledge.glossary import BUNDLED, Glossary
from knowledge.search.embeddings import FOLDER, Embedder, bundled_embedders, file_name, shipped
from knowledge.search.questions import HASH_BYTES, text_hash

_BATCH = 32
_GREATEST = 15  # of five bits: a cosine moves by 0.002, of which two sentences differ by 0.04


def write(texts: Iterable[str], embedder: Embedder, folder: Path = FOLDER) -> None:
    """Puts the vectors of these texts, and no others, into a file; those it held are kept.

    The new file is written beside the old one, which it then replaces.
    """
    wanted = {text_hash(text): text for text in texts}
    held, path = shipped(embedder, folder), folder / file_name(embedder)
    new = [key for key in wanted if key not in held]
    for start in tqdm(range(0, len(new), _BATCH), unit_scale=_BATCH, unit=" sentences"):
        batch = new[start : start + _BATCH]
        vectors = np.array(embedder.passages([wanted[key] for key in batch]), np.float32)
        held.update(zip(batch, vectors, strict=True))
    vectors = np.array([held[key] for key in wanted], np.float32)
    scales = np.abs(vectors).max(axis=1) / _GREATEST
    aside = path.with_suffix(".new.npz")
    np.savez_compressed(
        aside,
        embedder=np.array(embedder.name),
        hashes=np.frombuffer(b"".join(wanted), np.uint8).reshape(-1, HASH_BYTES),
        bytes=np.round(vectors / scales[:, None]).astype(np.int8),
        scales=scales,
    )
    aside.replace(path)


if __name__ == "__main__":
    every = tuple(Glossary.read(BUNDLED).rows.values())
    for each in bundled_embedders():
        write(every, each)
