"""Alike: which questions mean the same, by the vectors of the embedders."""

from collections.abc import Hashable, Sequence

import numpy as np

from knowledge import EmbedderError
from knowledge.language.text import likely_language
from knowledge.search import Array
from knowledge.search.embeddings import Embedder

LEAST = 9.3
"""Deviations from which two questions count as one, where each stands with the name it asks for.

Of the pairs of ``tests/data/alike.tsv``, of which the different ones were written to be hard, it
joins 19 of 32 that mean the same, and 1 of 34 that do not."""


def leaders(
    texts: Sequence[str], kinds: Sequence[Hashable], embedders: Sequence[Embedder]
) -> list[int]:
    """For each text the place of the one that it is counted with: its own, or one before it.

    It joins the first that leads, is of the same kind and means the same. Where an embedder fails,
    each stands for itself.
    """
    if not texts:
        return []
    try:
        close = sum((_close(texts, each) for each in embedders), np.zeros((len(texts),) * 2))
    except EmbedderError:
        return [*range(len(texts))]
    found: list[int] = []
    for n, kind in enumerate(kinds):
        near = close[n] >= LEAST * (len(embedders) or 1)
        joins = (m for m in range(n) if near[m] and found[m] == m and kinds[m] == kind)
        found.append(next(joins, n))
    return found


def _close(texts: Sequence[str], embedder: Embedder) -> Array:
    """How close each text is to each, in deviations: (texts, texts)."""
    vectors = np.array([embedder.query(text) for text in texts])
    tongues = np.array([likely_language(text, "en") for text in texts])
    foreign = tongues[:, None] != tongues
    mean, deviation = (
        np.where(foreign, across, within)
        for across, within in zip(embedder.across, embedder.within, strict=True)
    )
    return (vectors @ vectors.T - mean) / deviation
