"""Levels: what the cosines of an index mean, learnt from questions whose answer is known."""

from importlib.resources import files
from typing import TYPE_CHECKING, Any

import yaml

from knowledge.embeddings import Embedder
from knowledge.glossary import Glossary

if TYPE_CHECKING:
    from knowledge.store import Collection

_SAMPLE = 24  # terms asked to learn how near a related question comes


def levels(
    collection: "Collection", glossary: Glossary, embedder: Embedder, stale: frozenset[str]
) -> tuple[float, float]:
    """How near unrelated and related questions come in this index: what its cosines mean.

    Cosines of one model crowd between 0.7 and 0.95, of another between 0 and 0.6, so only their
    place between these two levels carries over from model to model and glossary to glossary.
    Both are averages of the best cosine that a question reaches, over rows that stay.
    """
    step = max(1, len(glossary.entries) // _SAMPLE)
    terms = [entry.term for entry in glossary.entries[::step][:_SAMPLE]]
    everyday = yaml.safe_load(files("knowledge").joinpath("everyday.yaml").read_text("utf-8"))
    unrelated, related = (
        sum(_nearest(collection, embedder.query(text), stale) for text in texts) / len(texts)
        for texts in (everyday, terms)
    )
    return unrelated, max(related, unrelated + 0.01)


def _nearest(collection: "Collection", vector: Any, stale: frozenset[str]) -> float:  # noqa: ANN401
    """The best cosine among the rows that stay."""
    found = collection.query(
        query_embeddings=[vector], n_results=1 + len(stale), include=["distances"]
    )
    rows = zip(found["ids"][0], (found["distances"] or [[]])[0], strict=True)
    return next((1.0 - distance for row, distance in rows if row not in stale), 0.0)
